# say.bash - messages, days, and the places of things

# Control bytes of a name must not reach a terminal: printf %q shows them.
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

# fail WORDS - the input is wrong, or a check failed
fail() {
	say "$1"
	exit 1
}

# tool_failed STATUS COMMAND FIRST - a filter says by itself what was wrong, and its
# status counts (FIRST: that of the filter before it in a pipeline); any other
# program only fails when the machine does
tool_failed() {
	case $2 in
	lead-*)
		if [[ $2 == lead-parse-utm* && ${3-} == 2 ]]; then
			conf_blame lead-import 2
			exit 2
		fi
		conf_blame "${2%%[[:space:]]*}" "$1"
		exit "$1"
		;;
	*) refuse "ended with $1: ${2%%$'\n'*}" ;;
	esac
}

# The filters: in PATH, where this tree builds them, or where they were installed
# with this file: cron looks into no /usr/local.
find_filters() {
	local filter
	[ -z "${BUILD-}" ] || PATH=$BUILD/bin:$PATH
	for filter in "$here"/../{,../}build/bin "$here"/../../../{,../}bin; do
		[ ! -x "$filter/lead-import" ] || PATH=$PATH:$filter
	done
	for filter in import parse-utm dedupe identify journey attribute score kpi mask; do
		type -P "lead-$filter" >/dev/null || refuse "lead-$filter is not in PATH"
	done
}

# is_day TEXT - is it 2026-11-30, a day that there is?
is_day() {
	local same
	[[ $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || return 1
	same=$(date -d "$1" +%F 2>/dev/null) || return 1
	[ "$same" = "$1" ]
}

# day_shift DAY N - the day N days later, in REPLY
day_shift() {
	REPLY=$(date -d "$1 $2 days" +%F)
}

# day_start DAY - the second since 1970 in which it begins in the zone, in REPLY
day_start() {
	REPLY=$(date -d "TZ=\"$ZONE\" $1 00:00" +%s)
}

# flush FILE... - to the disk, folders too
flush() {
	[ $# -eq 0 ] || sync -- "$@" || refuse "cannot flush to the disk"
}
