# freeze.bash - a closed period's figures stay as they were published
#
# store/frozen/NAME.tsv: the rows of closed periods, as they were the night that
# those closed. Published tables hold these rows; what they would be by tonight's
# facts stands in changes.tsv as adjustments (freeze.awk).

# Tables with periods. A funnel is about deals that began in its period, and what came
# after: it never closes.
frozen_tables=(kpi credit claims coverage)
dated_tables=("${frozen_tables[@]}" funnel)

# figures_awk PROGRAM OPERAND... - an awk program of figures
figures_awk() {
	local program=$1
	shift
	trust_awk figures -f "$here/night/$program.awk" "$@"
}

# freeze NAME - tonight's table NAME, with the frozen rows
freeze() {
	local operands=() to new=$stage/parts/.new.$1.tsv truth=$stage/parts/.truth.$1.tsv
	[ -n "$FREEZE_DAYS" ] || return 0
	table "$1"
	to=$REPLY
	mv "$to" "$truth"
	lead-kpi --list >"$stage/parts/.list.tsv"
	! store_file "frozen/$1.tsv" || operands=(what=frozen "$REPLY")
	: >"$new"
	: >"$stage/parts/.adjust.$1.tsv"
	{
		sed -n 1p "$truth"
		figures_awk freeze -v date="$date" -v days="$FREEZE_DAYS" -v table="$1" \
			-v new="$new" -v adjust="$stage/parts/.adjust.$1.tsv" \
			what=list "$stage/parts/.list.tsv" "${operands[@]}" what=truth "$truth" |
			sort
	} >"$to"
	[ ! -s "$new" ] || freeze_keep "$1"
}

# freeze_keep NAME - the rows of periods that close tonight, with those that were
freeze_keep() {
	local files=() to
	mkdir -p "$stage/store/frozen"
	sed -n 1p "$truth" >"$stage/parts/.closing.tsv"
	cat "$new" >>"$stage/parts/.closing.tsv"
	if store_file "frozen/$1.tsv"; then
		files=("$REPLY")
	fi
	staged "frozen/$1.tsv"
	to=$REPLY
	unite "$stage/parts/.frozen.tsv" "${files[@]}" "$stage/parts/.closing.tsv"
	{
		sed -n 1p "$stage/parts/.frozen.tsv"
		sed 1d "$stage/parts/.frozen.tsv" | sort
	} >"$to"
}

# truth NAME - the table by tonight's facts alone, in REPLY. Frozen rows tied to one
# another the night they closed, and need not tie to a model that was added since.
truth() {
	REPLY=$stage/parts/.truth.$1.tsv
	[ -e "$REPLY" ] || table "$1"
}
