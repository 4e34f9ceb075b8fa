# helper.bash - what every .bats file loads
bats_require_minimum_version 1.5.0
export LC_ALL=C TZ=UTC
top=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd)
BUILD=${BUILD:-$top/build}
PATH="$BUILD/bin:$BUILD/examples:$PATH"
shared=$top/../shared

if [ -n "${LEAD_VALGRIND-}" ]; then
	for program in "$BUILD"/bin/lead-*; do
		eval "${program##*/}() { valgrind -q --error-exitcode=99 --leak-check=full \
		    --errors-for-leak-kinds=definite $program \"\$@\"; }"
		export -f "${program##*/}"
	done
fi

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# rows 'a b' 'c d' - print tab-separated lines; a space in a row is a tab,
# ~ a space, and . alone an empty field
rows() {
	printf '%s\n' "$@" | tr ' ' '\t' |
		awk 'BEGIN { FS = OFS = "\t" } { for (i = 1; i <= NF; i++) {
			if ($i == ".") $i = ""; gsub(/~/, " ", $i) } print }'
}

# table - the same from a here-document, one row a line
table() {
	local line lines=()
	while IFS= read -r line; do
		lines+=("$(echo $line)")
	done
	rows "${lines[@]}"
}

# check_filter STATUS COMMAND... - the command must end with STATUS and turn
# the file "in" into the file "want": from a name, gzipped, stdin and "-"
check_filter() {
	local status_want=$1 from
	shift
	for from in name gz stdin dash; do
		run --separate-stderr "-$status_want" feed "$from" "$@"
		diff -u want got
	done
}

feed() {
	local how=$1
	shift
	case $how in
	name) "$@" in >got ;;
	gz) gzip -nc in >in.gz; "$@" in.gz >got ;;
	stdin) "$@" <in >got ;;
	dash) "$@" - <in >got ;;
	esac
}

# needs_shared PATH - skip, saying so, where the folder of real data is absent
needs_shared() {
	[ -e "$shared/$1" ] || skip "real data not here: ../shared/$1"
}

# column NAME - that column of a TSV on stdin, without its header
column() {
	awk -F '\t' -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i
		if (!c) exit 3; next } { print $c }'
}
