# quality.bash - conf/checks.tsv, and a night that does not stand up to it

# The checks that there are, and whether a band can be set for them (quality.awk).
declare -A known_check=(
	[rows]=band [spend_days_missing]='' [snapshot_age]='' [direct]=''
	[unassigned]='' [unattributed]='' [unmapped_cost]='' [won_without_value]=''
	[won_before_lead]='' [future_dates]='' [silent_hours]='' [rejected]=''
	[crm_rejected]=''
)

# quality_read - is checks.tsv, the company's or the one that ships, sound?
quality_read() {
	local line n=0 cell above=' '
	checks=$conf/checks.tsv
	[ -e "$checks" ] || checks=$here/conf/checks.tsv
	while IFS= read -r line || [ -n "$line" ]; do
		n=$((n + 1))
		[[ ! $line =~ ^(#.*)?$ ]] || continue
		IFS=$'\x1f' read -ra cell <<<"${line//$'\t'/$'\x1f'}"
		[ "${cell[0]}" != check ] || {
			[ "$line" = $'check\tmin\tmax\tband\tseverity' ] ||
				refuse "$checks:$n: the header is check, min, max, band, severity"
			continue
		}
		quality_line "${cell[@]}"
		[[ $above != *" ${cell[0]}=${cell[4]} "* ]] ||
			refuse "$checks:$n: a ${cell[4]} of ${cell[0]} stands above already"
		above+="${cell[0]}=${cell[4]} "
	done <"$checks"
}

# quality_line CHECK MIN MAX BAND SEVERITY
quality_line() {
	local bound
	[ $# -eq 5 ] || refuse "$checks:$n: not 5 columns"
	[ -v "known_check[$1]" ] || refuse "$checks:$n: no such check: $1"
	for bound in "$2" "$3"; do
		[[ -z $bound || $bound =~ ^[0-9]+(\.[0-9]+)?%?$ ]] ||
			refuse "$checks:$n: not a number: $bound"
	done
	[[ -z $4 || $4 =~ ^[0-9]+-[0-9]+$ ]] || refuse "$checks:$n: band: LOW-HIGH in percent: $4"
	[ -z "$4" ] || [ -n "${known_check[$1]}" ] || refuse "$checks:$n: $1 takes no band"
	[ -n "$2$3$4" ] || refuse "$checks:$n: $1 without a bound"
	[ -z "$4" ] || [ -z "$2$3" ] || refuse "$checks:$n: a band, or min and max"
	case $5 in warn | fail) ;; *) refuse "$checks:$n: severity: warn or fail: $5" ;; esac
}

# quality_days - the days of the CRM's exports and of the spend
quality_days() {
	local file name
	printf 'what\tname\tday\n'
	for file in "${!rows_in[@]}"; do
		name=${file##*/}
		case $file in
		crm/*) printf 'crm\t%s\t%s\n' "${name%.tsv.gz}" "${day_of[$file]}" ;;
		spend/*)
			file=${file#spend/dt=}
			[[ ${file%/*} > $date ]] ||
				printf 'spend\t%s\t%s\n' "${name%.tsv}" "${file%/*}"
			;;
		esac
	done
}

# quality_imports - of what the night imported beside its days: rows in, rejected
quality_imports() {
	printf 'kind\tname\tin\trejected\n'
	each_input 'crm spend' quality_import
}

quality_import() {
	local read
	[ -e "$stage/accounts/.$kind.$name" ] || return 0
	figure "$kind.$name" in
	read=$REPLY
	figure "$kind.$name" rejected_rows
	printf '%s\t%s\t%s\t%s\n' "$kind" "$name" "$read" "$REPLY"
}

# dropped STEP NAME - rows that a step of the night left out by that rule, in REPLY
dropped() {
	local line
	IFS= read -r line <"$stage/accounts/.$1"
	REPLY=0
	[[ ! $line =~ \"dropped\":\{[^\}]*\"$2\":([0-9]+) ]] || REPLY=${BASH_REMATCH[1]}
}

table_quality() {
	local operands future
	quality_days >"$stage/parts/.days.tsv"
	quality_imports >"$stage/parts/.imports.tsv"
	grep -v '^#' "$checks" >"$stage/parts/.checks.tsv"
	dropped steps after_as_of
	future=$REPLY
	trust_files
	operands+=(what=days "$stage/parts/.days.tsv" what=steps "$steps")
	operands+=(what=imports "$stage/parts/.imports.tsv")
	table explain-credit
	operands+=(what=credit "$REPLY")
	table quality
	{
		printf 'check\tsubject\tvalue\tmin\tmax\tseverity\tverdict\n'
		trust_awk quality -v date="$date" -v future="$future" \
			what=checks "$stage/parts/.checks.tsv" what=inputs "$conf/inputs.tsv" \
			"${operands[@]}" | sort
	} >"$REPLY"
}

# quality_check - say what is doubtful; a fail is the end of the night
quality_check() {
	local check subject value min max severity verdict line failed=''
	table quality
	while IFS= read -r line; do
		IFS=$'\x1f' read -r check subject value min max severity verdict \
			<<<"${line//$'\t'/$'\x1f'}"
		case $verdict in
		warn)
			# hours_check has named the hours
			[ "$check" = silent_hours ] || quality_say
			;;
		fail)
			quality_say
			failed=yes
			;;
		esac
	done <"$REPLY"
	[ -z "$failed" ] || exit 1
}

quality_say() {
	local bound="at least $min"
	[ -n "$min" ] || bound="at most $max"
	[ -z "$min" ] || [ -z "$max" ] || bound="$min to $max"
	[ "$subject" = '(all)' ] || subject=" of $subject"
	say "$verdict: $check${subject#(all)} is $value, not $bound ($checks)"
}
