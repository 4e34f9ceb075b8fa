#!/usr/bin/env bats
# Every console block of the README files runs, and prints what stands there.
load ../helper

# said FILE - run the blocks of FILE one after the other in one shell at the
# top of a copy of the examples; print them as they would stand in FILE
said() {
	awk -v out="$BATS_TEST_TMPDIR" '
		/^```console$/ { in_block = 1; next }
		/^```$/ { in_block = 0; next }
		in_block && /^\$ / { n++; print substr($0, 3) >(out "/command." n); next }
		in_block && /^> / { print substr($0, 3) >(out "/command." n) }' "$1"
	for ((i = 1; ; i++)); do
		[ -e "$BATS_TEST_TMPDIR/command.$i" ] || break
		sed '1s/^/$ /; 2,$s/^/> /' "$BATS_TEST_TMPDIR/command.$i"
		eval "$(cat "$BATS_TEST_TMPDIR/command.$i")"
	done
}

# stands FILE - the blocks as they stand
stands() {
	awk '/^```console$/ { on = 1; next } /^```$/ { on = 0; next } on' "$1"
}

check_readme() {
	cp -R "$top/examples" "$top/pipelines" .
	export BUILD
	stands "$top/$1" >"$BATS_TEST_TMPDIR/want"
	said "$top/$1" >"$BATS_TEST_TMPDIR/got"
	[ -s "$BATS_TEST_TMPDIR/want" ]
	diff -u "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"
}

@test "readme: the blocks of README.md print what they show" {
	check_readme README.md
}

@test "readme: the ten questions to journeys have these answers" {
	check_readme examples/questions/README.md
}

@test "readme: the questions of a month have these answers" {
	check_readme examples/month/README.md
}

@test "readme: the walk from own files to a report goes as it says" {
	check_readme examples/start/README.md
}

# The files of the walk, in the folders that the command of README.md names.
@test "readme: the command of the night makes the tables of a night" {
	cp -R "$top/pipelines" "$top/examples/start/conf" .
	mkdir exports
	cp "$top"/examples/start/{crm,google,meta}.csv exports
	gzip -c "$top/examples/start/access.log" >exports/access.log-2026-11-30.gz
	export BUILD
	eval "$(sed -n '/^```sh$/,/^```$/{/^pipelines\/nightly /p}' "$top/README.md")"
	grep -q '^kpi.tsv	' tables/as_of=2026-11-30/manifest.tsv
}

@test "readme: each make target that is named exists" {
	for target in $(grep -ohE '\bmake [a-z-]+' "$top/README.md" | awk '{ print $2 }' | sort -u); do
		grep -q "^$target:" "$top/Makefile" || { echo "$target"; false; }
	done
}

@test "readme: each file that is linked exists" {
	for file in $(grep -ohE '\]\([A-Za-z][^):]*\)' "$top/README.md" | tr -d '])('); do
		[ -e "$top/$file" ] || { echo "$file"; false; }
	done
}
