#!/usr/bin/env bats
# Killed at any moment and run again: the same bytes, nothing torn, no litter.
load ../helper

day=2026-11-21

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 12 --days 21 --exports 1 --out all
	# a night of three days is short enough to kill often
	mkdir -p in/logs
	cp -R all/crm all/spend all/rates.tsv in
	for kind in logs forms chats calls email; do
		mkdir -p in/$kind
		cp all/$kind/*-2026-11-{19,20,21}.* in/$kind
	done
	cp -R "$top/pipelines/conf" conf
	"$top/pipelines/nightly" --date $day --in in --out ref --conf conf
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ref=$BATS_FILE_TMPDIR/ref
}

night() {
	"$top/pipelines/nightly" --date $day --in "$BATS_FILE_TMPDIR/in" --out out \
		--conf "$BATS_FILE_TMPDIR/conf"
}

# whole - what is published is whole: nothing, or all
whole() {
	[ ! -e "out/as_of=$day" ] || diff -r "$ref/as_of=$day" "out/as_of=$day"
	(cd out && find store -type f 2>/dev/null) | while read -r file; do
		cmp "$ref/$file" "out/$file"
	done
}

@test "killed: at its k-th rename, and again by a second night, it comes to the same" {
	mkdir bin
	cat >bin/mv <<-'END'
	#!/usr/bin/env bash
	n=$(($(cat "$COUNT" 2>/dev/null) + 1))
	echo "$n" >"$COUNT"
	[ "$n" != "$KILL_AT" ] || { kill -9 "$PPID"; exit 1; }
	exec /bin/mv "$@"
	END
	chmod +x bin/mv
	export COUNT=$PWD/count
	KILL_AT=0 PATH=$PWD/bin:$PATH night
	moves=$(cat count)
	[ "$moves" -gt 20 ]
	for ((k = 1; k <= moves; k += 4)); do
		rm -rf out count
		KILL_AT=$k PATH=$PWD/bin:$PATH night && false
		[ ! -e "out/as_of=$day" ] || diff -r "$ref/as_of=$day" "out/as_of=$day"
		rm -f count
		KILL_AT=2 PATH=$PWD/bin:$PATH night || true
		night
		diff -r "$ref" out
	done
}

@test "killed: at random moments it comes to the same" {
	export -f night
	export BATS_FILE_TMPDIR top day
	t0=${EPOCHREALTIME/./}
	night
	span=$((${EPOCHREALTIME/./} - t0))
	RANDOM=7
	for ((i = 0; i < 12; i++)); do
		rm -rf out
		nap=$(((RANDOM * 32768 + RANDOM) % span))
		setsid "$top/pipelines/nightly" --date $day --in "$BATS_FILE_TMPDIR/in" \
			--out out --conf "$BATS_FILE_TMPDIR/conf" >log 2>&1 &
		pid=$!
		sleep "$(printf '%d.%06d' $((nap / 1000000)) $((nap % 1000000)))"
		kill -9 -- "-$pid" 2>/dev/null || true
		wait $pid || true
		mkdir -p out
		whole
		night
		diff -r "$ref" out
	done
}

@test "killed: the fault kit's sweep finds nothing torn, different or left over" {
	needs_shared chaos/killsweep
	run -0 bash "$shared/chaos/killsweep" -n 10 -- sh -c "exec '$top/pipelines/nightly' \
		--date $day --in '$BATS_FILE_TMPDIR/in' --out \"\$OUT\" --conf '$BATS_FILE_TMPDIR/conf'"
	[[ $output == *'TORN=0 DIFF=0 LITTER=0'* ]]
}

@test "killed: files are flushed before the night's rename, the folder after it" {
	export ASAN_OPTIONS=detect_leaks=0
	strace -f -qq -e trace=fsync,sync,syncfs,rename,renameat,renameat2 -o trace \
		"$top/pipelines/nightly" --date $day --in "$BATS_FILE_TMPDIR/in" --out out \
		--conf "$BATS_FILE_TMPDIR/conf"
	# the last rename is the publication; its two folders are flushed after it,
	# and nothing else
	awk '{ sub(/^[0-9]+ +/, "") } /^rename/ { last = $0; after = 0 }
		/^fsync/ { after++; n++ } END { print after, last, (n > 20) }' trace >got
	grep -q "^2 rename.*\"\.as_of=$day\".*\"as_of=$day\".* 1$" got
}
