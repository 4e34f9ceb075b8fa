# export.bash - what every export shares: words, days, the ledger, the files
#
# The ledger of an export is a folder OUT/store/exports/NAME with one table a
# night, dt=D.tsv: what was told that night. A night's table is written once and
# never changed, and the files are made from it alone: so a night run again gives
# the same bytes, and what has changed since goes out with the next one.

# The tables are made of the night's by the awk programs beside this file.
export_here=${BASH_SOURCE[0]%/*}

# shellcheck source=pipelines/night/say.bash
. "$export_here/../night/say.bash"
# shellcheck source=pipelines/night/digest.bash
. "$export_here/../night/digest.bash"

# export_options ARG... - the options that all exports take, and those whose
# defaults are set in the array known ("no" is that of one without a value);
# operands go to the array operands
export_options() {
	operands=()
	while [ $# -gt 0 ]; do
		case $1 in
		-h | --help)
			usage
			exit 0
			;;
		--*)
			[ -v "known[${1#--}]" ] || refuse "no such option: $1 (--help shows them)"
			if [ "${known[${1#--}]}" = no ] || [ "${known[${1#--}]}" = yes ]; then
				known[${1#--}]=yes
				shift
				continue
			fi
			[ $# -gt 1 ] && [ -n "$2" ] || refuse "$1 takes a value"
			known[${1#--}]=$2
			shift 2
			;;
		*)
			operands+=("$1")
			shift
			;;
		esac
	done
}

# export_layout - the one operand, which names a table in layouts/ that has a
# file PART, in layout
export_layout() {
	local part=$1
	[ ${#operands[@]} -eq 1 ] || refuse 'one operand is taken: whom to tell (--help)'
	[[ ${operands[0]} =~ ^[a-z0-9-]+$ ]] || refuse "no name: ${operands[0]}"
	layout=$export_here/layouts/${operands[0]}.tsv
	[ -r "$layout" ] && grep -q "^$part	" "$layout" ||
		refuse "no such layout: ${operands[0]} (--help shows them)"
}

# export_layouts PART - the names of the layouts that have a file PART
export_layouts() {
	grep -l "^$1	" "$export_here"/layouts/*.tsv | sed 's,.*/,,; s,\.tsv$,,' | paste -sd ' '
}

# export_conf - KEY_FILE and COUNTRY as the company set them, and its ZONE where --conf
# was given and --tz was not; the exports are of one conf with their nights
export_conf() {
	local line
	conf=${known[conf]:-$export_here/../conf}
	KEY_FILE='' COUNTRY='' ZONE=UTC
	[ -d "$conf" ] || refuse "--conf: no such folder: $conf"
	[ -r "$conf/nightly.conf" ] || refuse "$conf/nightly.conf: cannot be read"
	while IFS= read -r line || [ -n "$line" ]; do
		case $line in
		KEY_FILE=* | COUNTRY=* | ZONE=*) printf -v "${line%%=*}" %s "${line#*=}" ;;
		esac
	done <"$conf/nightly.conf"
	[ -z "$KEY_FILE" ] || [[ $KEY_FILE == /* ]] || KEY_FILE=$conf/$KEY_FILE
	[ -z "${known[conf]}" ] || [ -n "${known[tz]}" ] || known[tz]=$ZONE
	[ -n "${known[tz]}" ] || known[tz]=UTC
	find_filters
	digest_begin
}

# export_night - the tables of the night, in night; the end of its day in the
# zone, in night_end
export_night() {
	local date=${known[date]} zone=${known[tz]} next
	[ -n "$date" ] && [ -n "${known[out]}" ] || refuse '--date and --out must be given'
	is_day "$date" || refuse "--date: not a date: $date"
	[ "$zone" = UTC ] || [ -f "/usr/share/zoneinfo/$zone" ] ||
		refuse "--tz: no such zone here: $zone"
	night=${known[out]}/as_of=$date
	[ -d "$night" ] || refuse "no such night: $night"
	next=$(date -d "$date 1 day" +%F)
	night_end=$(date -u -d "TZ=\"$zone\" $next 00:00" +%FT%TZ)
	[ -n "${known[to]}" ] || known[to]=${known[out]}/exports
}

# --- the ledger ---

# ledger_open NAME - the folder in ledger, locked until the program ends; stage is a
# folder in it for what is made on the way
ledger_open() {
	ledger=${known[out]}/store/exports/$1
	mkdir -p "$ledger"
	exec {ledger_lock}>>"$ledger/.lock"
	flock -n "$ledger_lock" || refuse "$ledger: locked by another run"
	[ ! -e "${known[out]}/.night/.commit" ] ||
		refuse "${known[out]}: a night was cut off: run it again first"
	[ -z "${stage-}" ] || rm -rf "$stage"
	stage=$ledger/.stage
	rm -rf "$stage"
	mkdir "$stage"
	trap 'rm -rf "$stage"' EXIT
}

# ledger_has - was this night told already?
ledger_has() {
	[ -e "$ledger/dt=${known[date]}.tsv" ]
}

# ledger_before - the tables of the nights before, oldest first, in before
ledger_before() {
	local path day
	before=()
	for path in "$ledger"/dt=*.tsv; do
		[ -e "$path" ] || continue
		day=${path##*/dt=}
		[[ ! $day > ${known[date]}.tsv ]] ||
			refuse "$ledger: holds ${day%.tsv}: nights are told in order"
		before+=("$path")
	done
}

# ledger_write COMMAND... - what it prints is the night's table
ledger_write() {
	"$@" >"$stage/.told"
	whole "$stage/.told" "$ledger/dt=${known[date]}.tsv"
}

# --- the files ---

# export_rows - the night's table, in .rows of the stage, without what was told of
# people who were erased since: it has no click any more; how much, on stderr
export_rows() {
	awk -F '\t' -v rows="$stage/.rows" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == "click_id") c = i }
		NR > 1 && c && $c == "" { n++; next }
		{ print >rows }
		END { if (n) printf "%d forgotten\n", n >"/dev/stderr" }' \
		"$ledger/dt=${known[date]}.tsv"
}

# export_file PART NAME - those rows as the layout's file PART
export_file() {
	local to=${known[to]}
	mkdir -p "$to"
	awk -f "$export_here/layout.awk" -v part="$1" \
		-v hashes="${known[hashes]-no}" -v model="${known[model]-}" "$layout" \
		"$stage/.rows" >"$to/.$2"
	whole "$to/.$2" "$to/$2"
}

# whole FROM TO - a file takes its name when all of it is on the disk
whole() {
	sync -- "$1"
	mv -fT -- "$1" "$2"
	sync -- "${2%/*}"
}
