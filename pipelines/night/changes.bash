# changes.bash - tonight against the last night that was published
#
# store/settings.tsv: of each night whose tables were made the digest of the
# company's settings, to tell a change of rules from one of facts.

# last_night - the newest night before this one, in REPLY; empty if there is none
last_night() {
	local path day
	REPLY=''
	for path in "$out"/as_of=*/steps.tsv; do
		day=${path%/steps.tsv}
		day=${day##*/as_of=}
		[[ ! $day < $date || $day < $REPLY ]] || REPLY=$day
	done
}

# settings_digest - of the files in conf that figures depend on, in REPLY
settings_digest() {
	local path
	REPLY=$(
		lead-kpi -V
		for path in "$conf"/{nightly.conf,*.tsv,internal.txt} "$conf"/maps/*.tsv; do
			[ -e "$path" ] && [[ ${path##*/} != checks.tsv && $path != "$KEY_FILE" ]] ||
				continue
			printf '%s\n' "${path#"$conf/"}"
			sha256sum <"$path"
		done | sha256sum
	)
	REPLY=$(sha256sum <<<"$REPLY")
	REPLY=${REPLY%% *}
}

# settings_keep - add the night to store/settings.tsv; says in rules whether they were
# others in the night of $1
settings_keep() {
	local digest
	settings_digest
	digest=$REPLY
	rules=''
	: >"$stage/parts/.settings.tsv"
	if store_file settings.tsv; then
		sed "1d; /^$date	/d" "$REPLY" >"$stage/parts/.settings.tsv"
		! grep -q "^$1	" "$stage/parts/.settings.tsv" ||
			grep -qx "$1	$digest" "$stage/parts/.settings.tsv" || rules=yes
	fi
	printf '%s\t%s\n' "$date" "$digest" >>"$stage/parts/.settings.tsv"
	staged settings.tsv
	{
		printf 'night\tsha256\n'
		sort "$stage/parts/.settings.tsv"
	} >"$REPLY"
}

table_changes() {
	local last rules operands=() table
	last_night
	last=$REPLY
	settings_keep "$last"
	if [ -n "$last" ]; then
		changes_facts "$out/as_of=$last/steps.tsv"
		for table in kpi credit; do
			changes_figures "$table" "$out/as_of=$last/$table.tsv"
		done
		[ ! -e "$out/as_of=$last/changes.tsv" ] ||
			operands+=(what=before "$out/as_of=$last/changes.tsv")
	fi
	lead-kpi --list >"$stage/parts/.list.tsv"
	for table in kpi credit; do
		sed '1i period' "$stage/parts/.adjust.$table.tsv" >"$stage/parts/.adjusted.$table.tsv"
		operands+=("what=adjust.$table" "$stage/parts/.adjusted.$table.tsv")
	done
	table changes
	{
		printf 'kind\ttable\tperiod\tdimension\tsegment\tmeasure\tmodel\twas\tis\tdelta\tcause\n'
		trust_awk changes -v since="$last" -v period="$PERIOD" -v rules="$rules" \
			what=list "$stage/parts/.list.tsv" "${operands[@]}" | sort
	} >"$REPLY"
}

# changes_facts STEPS - facts that only one of the nights has, and their leads
changes_facts() {
	local part=$stage/parts
	awk -f "$here/night/facts.awk" "$1" | sort >"$part/.was.all"
	awk -f "$here/night/facts.awk" "$steps" | sort >"$part/.is.all"
	comm -23 "$part/.was.all" "$part/.is.all" >"$part/.was.facts"
	comm -13 "$part/.was.all" "$part/.is.all" >"$part/.is.facts"
	rm "$part/.was.all" "$part/.is.all"
	table journeys
	awk -F '\t' -v OFS='\t' '
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "lead_at") c = i }
		what == "facts" { mentioned[$5] = 1; next }
		$1 in mentioned && $c != "" { print $1, $c }
		' what=facts "$part"/.{was,is}.facts what=journeys "$REPLY" >"$part/.leads.facts"
	days_before 4 "$part/.was.facts" "$part/.was.dated"
	days_before 4 "$part/.is.facts" "$part/.is.dated"
	days_before 2 "$part/.leads.facts" "$part/.leads.days"
	awk -F '\t' -v OFS='\t' '{ print NR == 1 ? "lead" OFS "day" : $2 OFS $1 }' \
		"$part/.leads.days" >"$part/.leads.dated"
	! store_file forget.tsv || operands+=(what=forgotten "$REPLY")
	operands+=(what=was "$part/.was.dated" what=is "$part/.is.dated"
		what=leads "$part/.leads.dated"
		what=had "${1%/*}/journeys.tsv" what=has "$stage/tables/.journeys.tsv")
}

# days_before COLUMN FROM TO - a line for a header, and before each row the civil day
# of the time in that column; nothing where there is no time
days_before() {
	cut -f "$1" "$2" | sed 's/^$/1970-01-01T00:00:00Z/' >"$stage/parts/.times"
	TZ=$ZONE date -f "$stage/parts/.times" +%F >"$stage/parts/.civil"
	{
		echo day
		paste "$stage/parts/.civil" "$2" | awk -F '\t' -v OFS='\t' -v c="$(($1 + 1))" '
			$c == "" { $1 = "" }
			{ print }'
	} >"$3"
}

# changes_figures NAME WAS - rows of a table that only one of the nights has
changes_figures() {
	local part=$stage/parts is
	table "$1"
	is=$REPLY
	sed 1d "$2" | sort >"$part/.was.rows"
	sed 1d "$is" | sort >"$part/.is.rows"
	# each with its own header: a column may have come since
	{
		sed -n '1s/^/side	/p' "$2"
		comm -23 "$part/.was.rows" "$part/.is.rows" | sed 's/^/was	/'
	} >"$part/.was.$1.tsv"
	{
		sed -n '1s/^/side	/p' "$is"
		comm -13 "$part/.was.rows" "$part/.is.rows" | sed 's/^/is	/'
	} >"$part/.is.$1.tsv"
	operands+=("what=$1" "$part/.was.$1.tsv" "$part/.is.$1.tsv")
}
