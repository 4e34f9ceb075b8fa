# conf.bash - what a company sets: nightly.conf, and inputs.tsv

# Every key that nightly.conf may hold, with its default. The file is read, not
# run: KEY=value, one a line, # comments.
declare -A default=(
	[SITE]='' [ZONE]=UTC [COUNTRY]='' [CURRENCY]=''
	[LOG_FORMAT]=combined [VISITOR]=ip+ua [DROP]=bots,static,errors
	[RATES]='' [KEY_FILE]='' [MODELS]=first,last-non-direct,linear [MILESTONES]=lead,won
	[CREDIT_BY]=channel,campaign [PERIOD]=month [LOOKBACK]='' [MQL]=crm
	[KPI_BY]=first_channel [KPI_CREDIT_BY]=channel [FUNNEL_BY]='' [REPROCESS_DAYS]=3
	[ANON_DAYS]=90 [KEEP_NIGHTS]=35 [ROWS_BAND]='' [DECLARED]='' [EXPORTS]=''
	[ROWS_LEAST]=200 [FREEZE_DAYS]='' [CARRY_LATE]=''
)

conf_read() {
	local key value line n=0
	declare -gA conf_line=()
	for key in "${!default[@]}"; do
		printf -v "$key" %s "${default[$key]}"
	done
	[ -r "$conf/nightly.conf" ] || refuse "$conf/nightly.conf: cannot be read"
	while IFS= read -r line || [ -n "$line" ]; do
		n=$((n + 1))
		[[ $line =~ ^[[:space:]]*(#.*)?$ ]] && continue
		key=${line%%=*} value=${line#*=}
		[[ $line == *=* && -v default[$key] ]] ||
			refuse "$conf/nightly.conf:$n: no such setting: $key"
		printf -v "$key" %s "$value"
		conf_line[$key]=$n
	done <"$conf/nightly.conf"
	conf_check
	conf_inputs
}

# conf_place KEY - file and line of a setting, in REPLY
conf_place() {
	REPLY=$conf/nightly.conf:${conf_line[$1]:+${conf_line[$1]}:}\ $1
}

# conf_refuse KEY WORDS - the setting is wrong
conf_refuse() {
	conf_place "$1"
	refuse "$REPLY: $2"
}

# conf_files - the files that settings name, but for the secret, whose readers check it,
# and those that a night cannot do without: before hours of work
conf_files() {
	[ -z "$RATES" ] || [ -r "$RATES" ] || conf_refuse RATES "cannot be read: $RATES"
	[ -n "$store_only" ] || [ -r "$conf/rules.tsv" ] ||
		refuse "$conf/rules.tsv: cannot be read: the points of lead-score"
	each_input 'events events? email email? crm spend' map_path
}

# conf_blame FILTER STATUS - a filter refused what it was asked: by which settings? Of
# those that read our own tables any failure is one of the request.
conf_blame() {
	local keys='' key named=()
	case $2:$1 in
	2:lead-import) keys='LOG_FORMAT VISITOR DROP ZONE' ;;
	2:lead-parse-utm) keys=SITE ;;
	2:lead-identify | 2:lead-mask) keys='KEY_FILE COUNTRY ZONE' ;;
	2:lead-journey) keys='DECLARED ZONE CARRY_LATE' ;;
	[12]:lead-attribute) keys='MODELS MILESTONES CREDIT_BY PERIOD LOOKBACK' ;;
	[12]:lead-kpi) keys='KPI_BY KPI_CREDIT_BY' ;;
	[12]:lead-funnel) keys=FUNNEL_BY ;;
	esac
	for key in $keys; do
		[ -n "${!key}" ] || continue
		# of figures by a column we know which
		[[ $key != KPI_* || -z ${by-} || " ${!key} " == *" $by "* ]] || continue
		named+=("$key")
	done
	[ ${#named[@]} -gt 0 ] || return 0
	if [ ${#named[@]} -eq 1 ]; then
		conf_place "${named[0]}"
		say "$REPLY: refused by $1: ${by:-${!named[0]}}"
		return 0
	fi
	printf -v keys '%s, ' "${named[@]}"
	say "$conf/nightly.conf: one of these was refused by $1: ${keys%, }"
}

conf_check() {
	local key
	for key in REPROCESS_DAYS ANON_DAYS KEEP_NIGHTS; do
		[[ ${!key} =~ ^[0-9]{1,5}$ ]] ||
			conf_refuse "$key" "not a number of days: ${!key}"
	done
	[ "$REPROCESS_DAYS" -ge 1 ] || conf_refuse REPROCESS_DAYS 'at least 1'
	[[ $FREEZE_DAYS =~ ^[0-9]{0,5}$ ]] ||
		conf_refuse FREEZE_DAYS "not a number of days: $FREEZE_DAYS"
	# date takes an unknown zone for UTC and says nothing
	[[ $ZONE =~ ^[A-Za-z0-9_+/-]+$ ]] || conf_refuse ZONE "no name: $ZONE"
	[ "$ZONE" = UTC ] || [ -f "/usr/share/zoneinfo/$ZONE" ] ||
		conf_refuse ZONE "no such zone here: $ZONE"
	case $MQL in crm | score) ;; *) conf_refuse MQL "crm or score: $MQL" ;; esac
	[[ -z $ROWS_BAND || $ROWS_BAND =~ ^[0-9]+-[0-9]+$ ]] ||
		conf_refuse ROWS_BAND "LOW-HIGH in percent: $ROWS_BAND"
	[[ $ROWS_LEAST =~ ^[0-9]{1,9}$ ]] ||
		conf_refuse ROWS_LEAST "not a number of rows: $ROWS_LEAST"
	[ -z "$KEY_FILE" ] || [[ $KEY_FILE == /* ]] || KEY_FILE=$conf/$KEY_FILE
	[ -z "$RATES" ] || [[ $RATES == /* ]] || RATES=$in/$RATES
}

# inputs.tsv: name kind files map options. Kinds: log, events, email (a file a
# day, %D in files; with a ? it may be absent), crm (the newest export up to the
# night), spend (the days in it take the place of those known).
conf_inputs() {
	local line name kind files map options n=0
	inputs=()
	[ -r "$conf/inputs.tsv" ] || refuse "$conf/inputs.tsv: cannot be read"
	while IFS= read -r line || [ -n "$line" ]; do
		n=$((n + 1))
		[[ $line =~ ^(#.*)?$ || $n -eq 1 ]] && continue
		# an empty cell is a cell: tabs alone would run together
		IFS=$'\x1f' read -r name kind files map options <<<"${line//$'\t'/$'\x1f'}"
		[[ $name =~ ^[a-z0-9-]+$ ]] ||
			refuse "$conf/inputs.tsv:$n: a name is a-z, 0-9 and -: $name"
		[[ $files != /* && $files != *..* && -n $files ]] ||
			refuse "$conf/inputs.tsv:$n: files are inside --in: $files"
		case $kind in
		log | events | email | log\? | events\? | email\?)
			[[ $files == *%D* ]] || refuse "$conf/inputs.tsv:$n: no %D in: $files"
			;;
		crm | spend) ;;
		*) refuse "$conf/inputs.tsv:$n: no such kind: $kind" ;;
		esac
		inputs+=("$name"$'\x1f'"$kind"$'\x1f'"$files"$'\x1f'"$map"$'\x1f'"$options")
	done <"$conf/inputs.tsv"
	[ ${#inputs[@]} -gt 0 ] || refuse "$conf/inputs.tsv: no inputs"
}

# each_input KINDS COMMAND... - run COMMAND for each input of those kinds, with
# name kind files map options set
each_input() {
	local kinds=" $1 " input name kind files map options
	shift
	for input in "${inputs[@]}"; do
		IFS=$'\x1f' read -r name kind files map options <<<"$input"
		[[ $kinds != *" $kind "* ]] || "$@"
	done
}

# conf_option ARRAY OPTION FILE - append OPTION FILE to the array if conf has it
conf_option() {
	local -n array=$1
	[ ! -e "$conf/$3" ] || array+=("$2" "$conf/$3")
}
