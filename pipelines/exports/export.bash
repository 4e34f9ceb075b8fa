# export.bash - what every export shares: words, days, the ledger, the files
#
# The ledger of an export is a folder OUT/store/exports/NAME with one table a
# night, dt=D.tsv: what was told that night. A night's table is written once and
# never changed, and the files are made from it alone: so a night run again gives
# the same bytes, and what has changed since goes out with the next one.

# The tables are made of the night's by the awk programs beside this file.
export_here=${BASH_SOURCE[0]%/*}

say() {
	local text
	printf -v text '%q' "$1"
	[[ $1 == *[![:print:]]* ]] || text=$1
	printf '%s: %s\n' "${0##*/}" "$text" >&2
}

# refuse WORDS - the request or the machine is wrong
refuse() {
	say "$1"
	exit 2
}

# fail WORDS - the input is wrong
fail() {
	say "$1"
	exit 1
}

# export_options ARG... - the options that all exports take, and those whose
# defaults are set in the array known; operands go to the array operands
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

# export_night - the tables of the night, in night; the end of its day in the
# zone, in night_end
export_night() {
	local date=${known[date]} zone=${known[tz]} next same
	[ -n "$date" ] && [ -n "${known[out]}" ] || refuse '--date and --out must be given'
	[[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || refuse "--date: not a date: $date"
	same=$(date -d "$date" +%F 2>/dev/null) || refuse "--date: not a date: $date"
	[ "$same" = "$date" ] || refuse "--date: not a date: $date"
	[ "$zone" = UTC ] || [ -f "/usr/share/zoneinfo/$zone" ] ||
		refuse "--tz: no such zone here: $zone"
	night=${known[out]}/as_of=$date
	[ -d "$night" ] || refuse "no such night: $night"
	next=$(date -d "$date 1 day" +%F)
	night_end=$(date -u -d "TZ=\"$zone\" $next 00:00" +%FT%TZ)
	[ -n "${known[to]}" ] || known[to]=${known[out]}/exports
}

# --- the ledger ---

# ledger_open NAME - the folder in ledger, locked until the program ends
ledger_open() {
	ledger=${known[out]}/store/exports/$1
	mkdir -p "$ledger"
	exec {ledger_lock}>>"$ledger/.lock"
	flock -n "$ledger_lock" || refuse "$ledger: locked by another run"
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
	"$@" >"$ledger/.dt=${known[date]}.tsv"
	whole "$ledger/.dt=${known[date]}.tsv" "$ledger/dt=${known[date]}.tsv"
}

# --- the files ---

# export_file PART NAME - the night's table as the layout's file PART
export_file() {
	local to=${known[to]}
	mkdir -p "$to"
	awk -f "$export_here/layout.awk" -v part="$1" -v model="${known[model]-}" "$layout" \
		"$ledger/dt=${known[date]}.tsv" >"$to/.$2"
	whole "$to/.$2" "$to/$2"
}

# whole FROM TO - a file takes its name when all of it is on the disk
whole() {
	sync -- "$1"
	mv -fT -- "$1" "$2"
	sync -- "${2%/*}"
}
