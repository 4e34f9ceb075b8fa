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
# others in the night of $1, in forgotten how many people had been forgotten by then
# and by now
settings_keep() {
	local digest night sha n
	settings_digest
	digest=$REPLY
	rules='' forgotten=('' "$(forgotten_people)")
	: >"$stage/parts/.settings.tsv"
	if store_file settings.tsv; then
		sed "1d; /^$date	/d" "$REPLY" >"$stage/parts/.settings.tsv"
		while IFS=$'\t' read -r night sha n; do
			[ "$night" = "$1" ] || continue
			forgotten[0]=$n
			[ "$sha" = "$digest" ] || rules=yes
		done <"$stage/parts/.settings.tsv"
	fi
	printf '%s\t%s\t%s\n' "$date" "$digest" "${forgotten[1]}" >>"$stage/parts/.settings.tsv"
	staged settings.tsv
	{
		printf 'night\tsha256\tforgotten\n'
		sort "$stage/parts/.settings.tsv"
	} >"$REPLY"
}

# forgotten_people - how many have been forgotten up to now
forgotten_people() {
	if store_file forget.tsv; then
		awk -F '\t' 'NR > 1 && $1 != "lead_id" && $3 != "" && !seen[$3]++ { n++ }
			END { print n + 0 }' "$REPLY"
	else
		echo 0
	fi
}

table_changes() {
	local last rules forgotten operands=() table
	last_night
	last=$REPLY
	settings_keep "$last"
	if [ -n "$last" ]; then
		changes_facts "$out/as_of=$last"
		for table in "${dated_tables[@]}"; do
			changes_figures "$table" "$out/as_of=$last/$table.tsv"
		done
		[ ! -e "$out/as_of=$last/changes.tsv" ] ||
			operands+=(what=before "$out/as_of=$last/changes.tsv")
	fi
	lead-kpi --list >"$stage/parts/.list.tsv"
	for table in "${frozen_tables[@]}"; do
		[ -e "$stage/parts/.adjust.$table.tsv" ] || continue
		# two rows may have one figure
		sort -u "$stage/parts/.adjust.$table.tsv" | sed '1i period' \
			>"$stage/parts/.adjusted.$table.tsv"
		operands+=("what=adjust.$table" "$stage/parts/.adjusted.$table.tsv")
	done
	table changes
	{
		printf 'kind\ttable\tperiod\tdimension\tsegment\tmeasure\tmodel\twas\tis\tdelta\tcause\n'
		figures_awk changes -v since="$last" -v period="$PERIOD" -v rules="$rules" \
			-v forgotten_was="${forgotten[0]}" -v forgotten_is="${forgotten[1]}" \
			what=list "$stage/parts/.list.tsv" "${operands[@]}" | sort
	} >"$REPLY"
}

# changes_facts FOLDER - facts that only one of the nights has, and their leads
changes_facts() {
	local part=$stage/parts was=$1/steps.tsv
	awk -f "$here/night/facts.awk" "$was" | sort >"$part/.was.all"
	awk -f "$here/night/facts.awk" "$steps" | sort >"$part/.is.all"
	comm -23 "$part/.was.all" "$part/.is.all" >"$part/.was.facts"
	comm -13 "$part/.was.all" "$part/.is.all" >"$part/.is.facts"
	rm "$part/.was.all" "$part/.is.all"
	if store_file forget.tsv; then
		cp "$REPLY" "$part/.forgotten.tsv"
		operands+=(what=forgotten "$part/.forgotten.tsv")
	else
		: >"$part/.forgotten.tsv"
	fi
	changes_leads
	changes_deals
	days_before 4 "$part/.was.facts" "$part/.was.dated"
	days_before 4 "$part/.is.facts" "$part/.is.dated"
	operands+=(what=was "$part/.was.dated" what=is "$part/.is.dated"
		what=leads "$part/.leads.dated" what=deals "$part/.deals.dated"
		what=had "$1/journeys.tsv" what=has "$stage/tables/.journeys.tsv")
}

# changes_leads - of the leads in these facts, or forgotten: when each became one
changes_leads() {
	awk -F '\t' -v OFS='\t' '
		what == "facts" { mentioned[$5] = 1; next }
		what == "forgotten" { mentioned[$3] = 1; next }
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "lead_at") c = i }
		FNR > 1 && $1 in mentioned && $c != "" { print $1, $c }
		' what=facts "$part"/.{was,is}.facts what=forgotten "$part/.forgotten.tsv" \
		what=journeys "$stage/tables/.journeys.tsv" >"$part/.leads.facts"
	days_before 2 "$part/.leads.facts" "$part/.leads.days"
	cut -f 1,2 "$part/.leads.days" | awk -F '\t' -v OFS='\t' '{ print $2, $1 }' \
		>"$part/.leads.dated"
}

# changes_deals - of the leads in these facts the milestones, by either night
changes_deals() {
	awk -F '\t' -v OFS='\t' '
		what == "facts" { mentioned[$5] = 1; next }
		FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$1 in mentioned && $(at["kind"]) == "milestone" { print $1, $(at["time"]) }
		' what=facts "$part"/.{was,is}.facts what=steps "$was" "$steps" |
		sort -u >"$part/.deals.facts"
	days_before 2 "$part/.deals.facts" "$part/.deals.days"
	cut -f 1,2 "$part/.deals.days" | awk -F '\t' -v OFS='\t' '{ print $2, $1 }' \
		>"$part/.deals.dated"
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

# changes_figures NAME WAS - rows of a table that only one of the nights has; a table
# that one of them has not, or had in other columns, is not compared
changes_figures() {
	local part=$stage/parts is
	table "$1"
	is=$REPLY
	[ -e "$2" ] && [ -e "$is" ] && columns_stand "$1" "$2" || return 0
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

# columns_stand NAME FILE - has it the columns that tell the table's rows apart?
columns_stand() {
	local header name
	IFS= read -r header <"$2"
	for name in $(awk -F '\t' -v t="$1" '$1 == t && $4 == "key" { print $2 }' \
		"$here/load/schema.tsv"); do
		[[ $'\t'$header$'\t' == *$'\t'$name$'\t'* ]] || return 1
	done
}
