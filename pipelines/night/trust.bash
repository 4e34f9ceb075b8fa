# trust.bash - the tables that say how far the night can be believed

tables_trust() {
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
		[ ! -e "$conf/$file.tsv" ] || operands+=("what=$file" "$conf/$file.tsv")
	done
	trust_days counts
	trust_days visits
	[ ! -e "$stage/parts/.spend.tsv" ] ||
		operands+=(what=spend "$stage/parts/.spend.tsv")
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
