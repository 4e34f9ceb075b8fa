#!/usr/bin/env bats
# A backfill is the nights of its days, in order, by the same program.
load ../helper

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 20 --days 21 --exports 3 --out in
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	in=$BATS_FILE_TMPDIR/in
}

@test "backfill: every night of it is there, the last as by nightly" {
	"$top/pipelines/backfill" --from 2026-11-19 --to 2026-11-21 --in "$in" --out out
	[ "$(cd out && echo as_of=*)" = 'as_of=2026-11-19 as_of=2026-11-20 as_of=2026-11-21' ]
	for day in 19 20 21; do
		"$top/pipelines/nightly" --date 2026-11-$day --in "$in" --out each
	done
	diff -r out each
}

@test "backfill: it ends at the night that fails, with its status" {
	cp -R "$in" in
	truncate -s -9 in/logs/access-2026-11-20.log.gz
	run -1 "$top/pipelines/backfill" --from 2026-11-19 --to 2026-11-21 --in in --out out
	[ "$(cd out && echo as_of=*)" = as_of=2026-11-19 ]
}

@test "backfill: days that are none, or stand in the wrong order, are refused" {
	run -2 --separate-stderr "$top/pipelines/backfill" --from 2026-11-31 --to 2026-12-01 --in "$in" --out out
	[ "$stderr" = 'backfill: not a date: 2026-11-31' ]
	run -2 --separate-stderr "$top/pipelines/backfill" --from 2026-11-21 --to 2026-11-19 --in "$in" --out out
	[ "$stderr" = 'backfill: --from 2026-11-21 is after --to 2026-11-19' ]
	[ ! -e out ]
}
