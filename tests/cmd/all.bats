#!/usr/bin/env bats
# What every filter holds; the ids are those of the catalogue of bad inputs.
load ../helper
load filters

# The command must end with STATUS and one message, and write nothing.
refused() {
	local status_want=$1
	shift
	run --separate-stderr "-$status_want" "$@"
	[ -z "$output" ] && [ "${#stderr_lines[@]}" -ge 1 ]
}

# The same for a message that has these words.
refused_as() {
	local words=$1
	shift
	refused "$@"
	[[ $stderr == *"$words"* ]] || { echo "$stderr"; return 1; }
}

# A table of the same header whose rows are standard input's.
under_header() {
	head -n 1 in >head
	cat head - >bad
}

# n fields of the header's number, the first one given
row_of() {
	first=$1 awk -F '\t' 'NR == 1 { printf "%s", ENVIRON["first"]
		for (i = 2; i <= NF; i++) printf "\t"; print "" }' in
}

# A day of rows, more than all buffers hold.
big_day() {
	steps | head -n 1
	steps | awk -F '\t' -v OFS='\t' 'NR == 2 { for (i = 0; i < 6000; i++) {
		$1 = sprintf("L%06d", i); $2 = "e" i; $18 = sprintf("%0100d", i); print } }'
}

@test "all: a file, a gzipped file, standard input and - are the same" {
	same() {
		filter "$1" in >want
		[ -s want ]
		gzip -kn in
		filter "$1" in.gz | cmp - want
		filter "$1" <in | cmp - want
		filter "$1" - <in.gz | cmp - want
		filter "$1" <(cat in) | cmp - want
	}
	each same
}

@test "X01: bad options end with 2 and make nothing" {
	bad_options() {
		refused 2 filter "$1" --no-such-option in
		refused 2 filter "$1" -q -q in
		refused 2 filter "$1" in -o
		refused 2 filter "$1" -o '' in
		refused 2 filter "$1" --max-reject x in
		[ "$(ls)" = in ]
	}
	each bad_options
}

@test "X02: sizes that are none end with 2" {
	sizes() {
		"$1" -h | grep -q -- '-S, --memory' || return 0
		for size in 0 -1 1e3 99999999999999999999 1Q ''; do
			refused 2 filter "$1" -S "$size" in
		done
	}
	each sizes
}

@test "T01 T02: nothing at all is an error, a header alone is a table" {
	nothing() {
		refused_as 'no header' 1 filter "$1" /dev/null
		head -n 1 in >head
		run -0 filter "$1" head
		[ "${#lines[@]}" -le 1 ]
	}
	each nothing
}

@test "T03: a last line without line feed is a cut file, unless --lax-eof" {
	cut_line() {
		filter "$1" in >want
		head -c -1 in >bad
		run -1 filter "$1" bad
		[[ $output == *'no line feed'* ]]
		filter "$1" --lax-eof bad | cmp - want
	}
	each cut_line
}

@test "T04 T08 T11 T12: bad rows are rejected by name, and the others counted" {
	bad_rows() {
		local reason
		for reason in fields nul escape; do
			case $reason in
			fields) echo 'too few' | under_header ;;
			nul) row_of 'x\0' | sed 's/\\0/\x00/' | under_header ;;
			escape) row_of 'x\q' | under_header ;;
			esac
			run -1 filter "$1" bad
			filter "$1" --max-reject 1 --reject rejects --stats stats bad 2>err
			grep -q '"in":1,' stats
			grep -qE '"rejected":\{"'"$reason"'":1\}' stats || { cat stats; return 1; }
			[ "$(wc -l <rejects)" = 2 ]
			grep -q "^$1: bad:2:" err
		done
	}
	each bad_rows
}

@test "T05: a column twice is an error" {
	twice() {
		sed '1s/^lead_id\tevent_id/lead_id\tlead_id/' in >bad
		refused 1 filter "$1" bad
	}
	each twice
}

@test "T05: two files that cat made one: the second header line is no row" {
	again() {
		cat in in >bad
		run --separate-stderr -1 filter "$1" bad
		[[ $stderr == *"bad:$(($(wc -l <in) + 1)): the header line again:"* ]] ||
			{ echo "$stderr"; return 1; }
	}
	each again
}

@test "T05: a column that is missing is named" {
	needs() {
		local column=$2
		[ -x "$BUILD/bin/$1" ] || return 0
		steps | sed "1s/\b$column\b/other/" >in
		refused_as "no column '$column' in the header" 1 filter "$1" in
	}
	needs lead-dedupe event_id
	needs lead-journey time
	needs lead-attribute time
	needs lead-score time
	needs lead-score event
	needs lead-kpi time
	needs lead-funnel time
}

@test "T06 T07: CR LF, CR, UTF-16 and a byte order mark are refused by name" {
	foreign() {
		sed 's/$/\r/' in >bad
		refused_as 'lead-import' 1 filter "$1" bad
		sed '1s/^/\xef\xbb\xbf/' in >bad
		refused_as 'lead-import' 1 filter "$1" bad
		sed '2s/$/\r/' in >bad
		run -1 filter "$1" bad
		tr '\n' '\r' <in >bad
		refused_as 'lines end in CR: ' 1 filter "$1" bad
		iconv -f utf-8 -t utf-16 in >bad
		refused_as 'UTF-16' 1 filter "$1" bad
	}
	each foreign
}

@test "T09 T13: a line of a MiB is read, a longer one rejected, and one of a million tabs" {
	long() {
		{ row_of x | tr -d '\n'; head -c 1048600 /dev/zero | tr '\0' y; echo; } | under_header
		tail -n 1 in >>bad
		filter "$1" --max-reject 1 --stats stats bad 2>err >out
		grep -q '"in":2,' stats
		grep -q '"rejected":{"long":1}' stats
		{ head -c 1000000 /dev/zero | tr '\0' '\t'; echo; } | under_header
		filter "$1" --max-reject 1 --stats stats bad 2>err >out
		grep -q '"rejected":{"fields":1}' stats
	}
	each long
}

@test "T09: a line of exactly a MiB is a row" {
	n=$((1048576 - $(printf 'x\t' | wc -c)))
	{ rows 'event_id fill'; printf 'x\t'; head -c "$n" /dev/zero | tr '\0' y; echo; } >in
	lead-dedupe in | cmp - in
	{ cat in; printf 'y\t'; head -c $((n + 1)) /dev/zero | tr '\0' y; echo; } >bad
	run ! lead-dedupe bad
	lead-dedupe --max-reject 1 bad 2>err | cmp - in
}

@test "T10: a line of 2 GiB is rejected in 64 MiB of address space" {
	[ -z "${LEAD_VALGRIND-}" ] || skip "valgrind needs more"
	[[ $BUILD != */san ]] || skip "sanitizers need more"
	{ rows 'event_id n' 'a 1'; head -c 2147483648 /dev/zero | tr '\0' y; echo; rows 'b 2'; } |
		(ulimit -v 65536 && exec "$BUILD/bin/lead-dedupe" --keep seen --max-reject 1) >out 2>err
	rows 'event_id n' 'a 1' 'b 2' | cmp - out
	[ "$(cat err)" = 'lead-dedupe: <stdin>:3: longer than 1 MiB: ""' ] ||
		grep -q '^lead-dedupe: <stdin>:3: longer than 1 MiB' err
}

@test "T15 T16: odd bytes inside a field are data" {
	printf 'event_id\tn\n#a\t-\n=b\t\x85\x0b\x0c\x1c\xe2\x80\xa8\n\xff\xc0\x80\t"\n' >in
	lead-dedupe in | cmp - in
}

@test "T19: a folder, a missing file and a socket end with 2, the same file twice is read" {
	paths() {
		refused_as 'Is a directory' 2 filter "$1" .
		refused_as 'No such file' 2 filter "$1" none
		refused 2 filter "$1" in none
	}
	each paths
	steps >in
	for name in lead-parse-utm lead-dedupe; do
		filter "$name" in in >out
		[ "$(wc -l <out)" -gt 4 ]
	done
}

@test "T19: a file that may not be read ends with 2" {
	[ "$(id -u)" != 0 ] || skip "root may read all"
	unreadable() {
		chmod 0 in
		refused_as 'Permission denied' 2 filter "$1" in
	}
	each unreadable
}

@test "T20: reads of one byte each: the same bytes out" {
	needs_shared chaos/ptio.c
	cc -O1 -w -o "$BATS_TEST_TMPDIR/ptio" "$shared/chaos/ptio.c"
	dribble() {
		filter "$1" in >want
		mapfile -t must < <(options "$1")
		"$BATS_TEST_TMPDIR/ptio" short read 0 1 "$BUILD/bin/$1" "${must[@]}" in | cmp - want
	}
	each dribble
}

@test "G05: a cut gzip file ends with 1, and -o makes no file" {
	cut_gz() {
		gzip -kn in
		head -c -9 in.gz >cut.gz
		run -1 filter "$1" -o out cut.gz
		[[ $output == *'damaged gzip: cut in the'* ]]
		[ ! -e out ]
		run -1 filter "$1" -o out <cut.gz
		: >empty.gz
		refused_as 'empty, not gzip' 1 filter "$1" empty.gz
	}
	each cut_gz
}

@test "G22: zero padding behind gzip is read and noted" {
	padded() {
		filter "$1" in >want
		{ gzip -nc in; head -c 100 /dev/zero; } >padded
		filter "$1" padded 2>err | cmp - want
		grep -q "^$1: padded: 100 zero bytes after the last gzip member$" err
	}
	each padded
}

@test "P2: a full disk ends with 2 and says so" {
	full() {
		run --separate-stderr -2 bash -c 'cat in | "$@" >/dev/full' - \
		    "$1" $(options "$1")
		# to lead-fit these leads are open, and it says so before
		[ "${stderr#"lead-fit: no row was used of 4: open"$'\n'}" = \
		    "$1: <stdout>: No space left on device" ]
		run --separate-stderr -2 filter "$1" -o /dev/full in
		[ "${stderr#"lead-fit: no row was used of 4: open"$'\n'}" = \
		    "$1: /dev/full: No space left on device" ]
		run --separate-stderr -2 filter "$1" --stats /dev/full -o out in
		[ ! -e out ]
	}
	each full
}

@test "X03: -o over the input, a folder, a link, a FIFO, a place that is not there" {
	outputs() {
		filter "$1" in >want
		refused_as 'Is a directory' 2 filter "$1" -o . in
		refused_as 'No such file' 2 filter "$1" -o none/out in
		echo old >target
		ln -s target link
		filter "$1" -o link in
		cmp link want
		[ ! -L link ] && [ "$(cat target)" = old ]
		mkfifo fifo
		cat fifo >got &
		local reader=$!
		filter "$1" -o fifo in
		wait "$reader"
		cmp got want
		filter "$1" -o in in
		cmp in want
		[ -z "$(find . -name '.*' -type f)" ]
	}
	each outputs
}

@test "X04: closed standard files: data land nowhere else, and it is said" {
	closed() {
		mapfile -t must < <(options "$1")
		local run=("$BUILD/bin/$1" "${must[@]}")
		run -2 timeout 9 bash -c '"$@" <&-' - "${run[@]}"
		run -2 bash -c '"$@" >&-' - "${run[@]}" in
		run -2 bash -c '"$@" <&- >&- 2>&-' - "${run[@]}" in
		run -0 bash -c '"$@" <&- 2>&-' - "${run[@]}" -o out in
		filter "$1" in | cmp - out
		{ cat in; echo 'too few'; } >bad # the message must not land in the product
		bash -c '"$@" <&- >&- 2>&-' - "${run[@]}" --max-reject 1 -o out bad
		filter "$1" in | cmp - out
		bash -c '"$@" >&- 2>&-' - "${run[@]}" --stats stats -o out in
		[ "$(wc -l <stats)" = 1 ]
		filter "$1" in | cmp - out
	}
	each closed
}

@test "X05: a reader that goes away is no error message, and no endless loop" {
	away() {
		big_day >big
		mapfile -t must < <(options "$1")
		echo 0 >status
		{ timeout 20 "$BUILD/bin/$1" "${must[@]}" big 2>err || echo $? >status; } | :
		# these rows hold no key of a person: lead-identify says so
		[ -z "$(grep -v 'no row was used of' err)" ]
		grep -qxE '0|141' status
		echo 0 >status
		(trap '' PIPE; { timeout 20 "$BUILD/bin/$1" "${must[@]}" big 2>err || echo $? >status; } | :)
		grep -qxE '0|2' status
	}
	each away
}

@test "X06: a signal ends a filter by that signal, and leaves no file" {
	[ -z "${LEAD_VALGRIND-}" ] || skip "valgrind starts too late"
	signalled() {
		local signal status
		mapfile -t must < <(options "$1")
		mkfifo fifo
		exec 9<>fifo
		for signal in TERM INT HUP; do
			status=0
			cat in >&9
			timeout --preserve-status -s "$signal" 0.2 "$BUILD/bin/$1" "${must[@]}" -o out fifo || status=$?
			[ "$status" = $((128 + $(kill -l "$signal"))) ]
			[ -z "$(find . -type f ! -name in)" ]
		done
		exec 9>&-
	}
	each signalled
}

@test "X09: locale, zone, an empty environment and POSIXLY_CORRECT change no byte" {
	surroundings() {
		filter "$1" in >want
		mapfile -t must < <(options "$1")
		LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu filter "$1" in | cmp - want
		LC_ALL=xx_YY TZ=:/etc/passwd POSIXLY_CORRECT=1 filter "$1" in | cmp - want
		env -i "$BUILD/bin/$1" "${must[@]}" in | cmp - want
		LEAD_HASH_SEED=1 filter "$1" in | cmp - want
	}
	each surroundings
}

@test "X10: few files, no file size, a small stack: the same bytes or a clean 2" {
	[ -z "${LEAD_VALGRIND-}" ] || skip "valgrind needs more"
	[[ $BUILD != */san ]] || skip "sanitizers need more"
	limits() {
		filter "$1" in >want
		gzip -kn in
		mapfile -t must < <(options "$1")
		(ulimit -n 16 && exec "$BUILD/bin/$1" "${must[@]}" in.gz) | cmp - want
		(ulimit -s 256 && exec "$BUILD/bin/$1" "${must[@]}" in.gz) | cmp - want
		run -2 bash -c 'ulimit -f 0; exec "$@" >out 2>/dev/null' - "$BUILD/bin/$1" "${must[@]}" in
	}
	each limits
}

@test "X11 P17: the mode of a product is by umask, whatever was there" {
	modes() {
		(umask 027 && filter "$1" -o out in)
		[ "$(stat -c %a out)" = 640 ]
		(umask 000 && filter "$1" -o out in)
		[ "$(stat -c %a out)" = 666 ]
	}
	each modes
}

@test "X12: any file name is opened, and shown in one line" {
	names() {
		filter "$1" in >want
		local long name
		long=$(printf 'x%.0s' {1..255})
		for name in $'a\nb' -in $'\e[31mred' $'\xff\xfe' "$long"; do
			cp -- in "$name"
			filter "$1" -- "$name" | cmp - want
			printf 'x' >>"$name"
			run --separate-stderr -1 filter "$1" -- "$name"
			[[ $stderr =~ ^[[:print:]]+$ ]]
		done
	}
	each names
}

@test "P18: messages are one printable line, data in them cut" {
	messages() {
		row_of "$(printf '\e]0;x\a\xff\xc2\x9b%0200d\\q' 1)" | under_header
		run --separate-stderr -1 filter "$1" bad
		printf '%s\n' "${stderr_lines[@]}" >lines
		run ! grep '[^ -~]' lines
		run ! grep -E '.{500}' lines
	}
	each messages
}

@test "P18: ten lines a reason, the rest is counted" {
	many() {
		for i in {1..25}; do echo 'too few'; done | under_header
		filter "$1" --max-reject 25 --stats stats bad >out 2>err
		[ "$(grep -c ':[0-9]*: ' err)" = 10 ]
		grep -q '"rejected":{"fields":25}' stats
	}
	each many
}

@test "P4: data reach the disk before the name, and the folder after it" {
	command -v strace >/dev/null || skip "no strace"
	[ -z "${LEAD_VALGRIND-}" ] || skip "valgrind runs itself"
	export ASAN_OPTIONS=detect_leaks=0
	calls=write,fsync,linkat,rename,renameat,renameat2
	steps >in
	strace -qq -e trace=$calls -o trace "$BUILD/bin/lead-dedupe" -o out in
	[ "$(sed 's/(.*//' trace | uniq | tr '\n' ' ')" = 'write fsync linkat renameat fsync ' ]
	for k in 1 2; do
		echo old >out
		run -2 strace -qq -o /dev/null -e trace=fsync -e inject=fsync:error=EIO:when=$k \
		    "$BUILD/bin/lead-dedupe" -o out in
		[[ $output == *'lead-dedupe: out: Input/output error'* ]]
	done
	run -2 strace -qq -o /dev/null -e trace=renameat -e inject=renameat:error=EXDEV \
	    "$BUILD/bin/lead-dedupe" -o new in
	[ "$(find . -type f | sort | tr '\n' ' ')" = './in ./out ./trace ' ]
}

@test "P1: the account of every filter balances" {
	balance() {
		filter "$1" --stats stats in >out
		grep -q '"in":4,' stats
		grep -q '"balanced":true' stats
	}
	each balance
}

@test "P21: a filter opens no socket, runs nothing, writes nowhere else" {
	command -v strace >/dev/null || skip "no strace"
	traced() {
		mapfile -t must < <(options "$1")
		ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=%network,execve,openat -o trace \
		    "$BUILD/bin/$1" "${must[@]}" in >out
		run ! grep -E 'socket|connect|bind' trace
		[ "$(grep -c execve trace)" = 1 ]
		run ! grep -E 'openat.*O_(WRONLY|RDWR|CREAT)' trace
	}
	[ -z "${LEAD_VALGRIND-}" ] || skip "valgrind runs itself"
	each traced
}

@test "P2: four filters in a row without pipefail: the last one knows that the first failed" {
	big_day >in
	gzip -kn in
	head -c -20 in.gz >cut.gz
	set +o pipefail
	run -0 bash -c 'lead-parse-utm in.gz | lead-dedupe --keep seen | lead-parse-utm | lead-dedupe --keep seen >out'
	[ "$(wc -l <out)" = 6001 ]
	for first in 'lead-parse-utm cut.gz' 'lead-parse-utm none' 'lead-parse-utm --max-reject 0 bad' \
	    'lead-parse-utm in.gz --no-such-option' 'timeout -s KILL 0.001 lead-parse-utm in.gz'; do
		{ cat in; echo 'too few'; head -n 3 in; } >bad
		rm -f out whole
		run -1 bash -c "$first 2>/dev/null | lead-dedupe --keep seen 2>/dev/null | lead-parse-utm 2>/dev/null | lead-dedupe --keep seen -o whole"
		[ ! -e whole ]
		run -1 bash -c "$first 2>/dev/null | lead-dedupe --keep seen 2>/dev/null | lead-parse-utm 2>/dev/null | lead-dedupe --keep seen >out"
		[ ! -s out ] || [ "$(tail -c 1 out | od -An -tx1)" = ' 18' ]
	done
}

@test "a table that no row came into says so, by the rule that left out most; -q does not" {
	rows 'time event visitor_id' '2026-01-01T00:00:00Z won v' '2026-03-01T00:00:00Z won v' \
	    '2026-03-02T00:00:00Z won v' >in
	run --separate-stderr -0 lead-journey -k visitor_id --since 2026-02-01 --until 2026-03-01 in
	[ "$stderr" = 'lead-journey: no row was used of 3: from_until' ]
	run --separate-stderr -0 lead-journey -q -k visitor_id --until 2026-01-01 in
	[ -z "$stderr" ]
	run --separate-stderr -0 lead-journey -k visitor_id --until 2026-02-01 in
	[ -z "$stderr" ]
	sed 1q in >none
	run --separate-stderr -0 lead-journey -k visitor_id none
	[ -z "$stderr" ]
}
