# freeze.bash - a closed period's figures stay as they were published
#
# store/frozen/kpi.tsv, credit.tsv: the rows of closed periods, as they were the night
# that those closed. Published tables hold these rows; what they would be by
# tonight's facts stands in changes.tsv as adjustments (freeze.awk).

tables_freeze() {
	local name
	for name in kpi credit; do
		: >"$stage/parts/.adjust.$name.tsv"
		[ -z "$FREEZE_DAYS" ] || freeze_table "$name"
	done
}

# freeze_table NAME - tonight's table NAME, with the frozen rows
freeze_table() {
	local operands=() to new=$stage/parts/.new.$1.tsv truth=$stage/parts/.truth.$1.tsv
	table "$1"
	to=$REPLY
	mv "$to" "$truth"
	lead-kpi --list >"$stage/parts/.list.tsv"
	! store_file "frozen/$1.tsv" || operands=(what=frozen "$REPLY")
	: >"$new"
	{
		sed -n 1p "$truth"
		trust_awk freeze -v date="$date" -v days="$FREEZE_DAYS" -v table="$1" \
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
