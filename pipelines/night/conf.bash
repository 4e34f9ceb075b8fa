# conf.bash - what a company sets: nightly.conf, and inputs.tsv

# Every key that nightly.conf may hold, with its default. The file is read, not
# run: KEY=value, one a line, # comments.
declare -A default=(
	[SITE]='' [ZONE]=UTC [COUNTRY]='' [CURRENCY]=''
	[LOG_FORMAT]=combined [VISITOR]=ip+ua [DROP]=bots,static,errors
	[RATES]='' [KEY_FILE]='' [MODELS]=last-non-direct [MILESTONES]=lead,won
	[CREDIT_BY]=channel,campaign [PERIOD]=month [LOOKBACK]='' [MQL]=crm
	[KPI_BY]=first_channel [KPI_CREDIT_BY]=channel [FUNNEL_BY]='' [REPROCESS_DAYS]=3
	[ANON_DAYS]=90 [KEEP_NIGHTS]=35 [ROWS_BAND]='' [DECLARED]=''
)

conf_read() {
	local key value line n=0
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
	done <"$conf/nightly.conf"
	conf_check
	conf_inputs
}

conf_check() {
	local key
	for key in REPROCESS_DAYS ANON_DAYS KEEP_NIGHTS; do
		[[ ${!key} =~ ^[0-9]{1,5}$ ]] ||
			refuse "nightly.conf: $key: not a number of days: ${!key}"
	done
	[ "$REPROCESS_DAYS" -ge 1 ] || refuse 'nightly.conf: REPROCESS_DAYS: at least 1'
	# date takes an unknown zone for UTC and says nothing
	[[ $ZONE =~ ^[A-Za-z0-9_+/-]+$ ]] || refuse "nightly.conf: ZONE: no name: $ZONE"
	[ "$ZONE" = UTC ] || [ -f "/usr/share/zoneinfo/$ZONE" ] ||
		refuse "nightly.conf: ZONE: no such zone here: $ZONE"
	case $MQL in crm | score) ;; *) refuse "nightly.conf: MQL: crm or score: $MQL" ;; esac
	[[ -z $ROWS_BAND || $ROWS_BAND =~ ^[0-9]+-[0-9]+$ ]] ||
		refuse "nightly.conf: ROWS_BAND: LOW-HIGH in percent: $ROWS_BAND"
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
