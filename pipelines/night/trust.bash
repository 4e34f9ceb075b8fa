# trust.bash - the tables that say how far the night can be believed

tables_trust() {
	table_unmapped
	table_coverage
	freeze coverage
	table_hygiene
	table_quality
	table_claims
	freeze claims
	table_changes
}

# trust_awk PROGRAM OPERAND... - an awk program of the tables of trust
trust_awk() {
	local program=$1
	shift
	awk -f "$here/exports/money.awk" -f "$here/night/cells.awk" \
		-f "$here/night/$program.awk" "$@"
}

# trust_days FOLDER - what= and the files of the store's days, in operands
trust_days() {
	local files names
	store_until "$1" .tsv
	operands+=("what=$1" "${files[@]}")
}

# trust_files - what the tables of trust read beside the night's own, in operands
trust_files() {
	local file
	operands=()
	for file in sources campaigns; do
		[ -e "$conf/$file.tsv" ] || continue
		grep -v '^#' "$conf/$file.tsv" >"$stage/parts/.$file.tsv" ||
			refuse "$conf/$file.tsv: no header"
		operands+=("what=$file" "$stage/parts/.$file.tsv")
	done
	trust_days counts
	trust_days visits
	[ ! -e "$stage/parts/.spend.tsv" ] ||
		operands+=(what=spend "$stage/parts/.spend.tsv")
}

# What the company's maps lack, and what they have in vain, so that somebody can mend
# them.
table_unmapped() {
	local operands to
	[ -e "$conf/campaigns.tsv" ] || [ -e "$conf/sources.tsv" ] || return 0
	trust_files
	trust_awk unmapped -v declared="$DECLARED" "${operands[@]}" what=steps "$steps" \
		>"$stage/parts/.unmapped.tsv"
	sources_unknown
	table unmapped
	to=$REPLY
	{
		printf 'side\tplatform\tcampaign_id\tcampaign\trows\tfirst\tlast\n'
		awk -F '\t' '
			what == "unknown" { if ($2 == "unassigned") unknown[$1] = 1; next }
			$1 != "source" || $2 in unknown' what=unknown "$stage/parts/.unknown.tsv" \
			what=rows "$stage/parts/.unmapped.tsv" | sort
	} >"$to"
}

# sources_unknown - of the sources that no table of ours names, the channel that each has
# by its name alone: what lead-parse-utm knows has one
sources_unknown() {
	local parse=() stats
	conf_option parse --sources sources.tsv
	conf_option parse --rules channels.tsv
	{
		printf 'event\tsource\n'
		awk -F '\t' -v OFS='\t' '$1 == "source" { print "page_view", $2 }' \
			"$stage/parts/.unmapped.tsv"
	} >"$stage/parts/.named.tsv"
	account sources
	lead-parse-utm "${parse[@]}" "${stats[@]}" -f source,channel \
		-o "$stage/parts/.unknown.tsv" "$stage/parts/.named.tsv"
	balanced sources
}

table_coverage() {
	local operands
	trust_files
	store_file identity.tsv
	operands+=(what=identity "$REPLY")
	truth credit
	operands+=(what=credit "$REPLY")
	coverage_figures "$PERIOD"
	[ "$PERIOD" = all ] || coverage_figures all
	table coverage
	{
		printf 'period\tmeasure\tsegment\tvalue\tnumerator\tdenominator\n'
		trust_awk coverage -v period="$PERIOD" -v declared="$DECLARED" \
			"${operands[@]}" what=steps "$steps" | sort
	} >"$REPLY"
}

# coverage_figures KIND - when each lead was created, and what it brought when
coverage_figures() {
	local stats figures=$stage/parts/.figures.$1.tsv
	account "coverage.$1"
	lead-kpi --by lead_id --kpi leads,revenue --period "$1" "${as_of[@]}" "${stats[@]}" \
		-o "$figures" "$steps"
	figure steps out
	took "coverage.$1" "$REPLY"
	operands+=(what=figures "$figures")
}

table_hygiene() {
	local operands
	trust_files
	table hygiene
	{
		printf 'source\tmedium\tcampaign\tchannel\tvisits\tflawed\tcost\tfirst\tlast\tproblem\tlike\n'
		trust_awk nearest -f "$here/night/hygiene.awk" "${operands[@]}" | sort
	} >"$REPLY"
}

table_claims() {
	local operands
	trust_files
	table explain-credit
	operands+=(what=credit "$REPLY")
	table claims
	{
		printf 'period\tplatform\tcampaign\tmilestone\tmodel\tclaimed_conversions\tclaimed_value\t'
		printf 'credited_conversions\tcredited_value\tover_conversions\tover_value\n'
		trust_awk claims -v period="$PERIOD" "${operands[@]}" | sort
	} >"$REPLY"
}
