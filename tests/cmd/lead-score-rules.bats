#!/usr/bin/env bats
# Rules are input too: what a rules file may hold, and what it may cost. One test a
# line of the catalogue; R01 R02 R03 R11 are with the scores.
load ../helper

# pattern REGEX - a rules file of this one pattern
pattern() {
	{ printf 'points\tevent\tcolumn\top\tvalue\n5\tpage_view\tpage\t~\t'; printf '%s\n' "$1"; } >rules
}

# page BYTES - one view of a page of so many bytes a
page() {
	printf 'lead_id\ttime\tevent\tpage\nx\t2026-01-01T00:00:00Z\tpage_view\t' >in
	head -c "$1" /dev/zero | tr '\0' a >>in
	printf '\n' >>in
}

score() {
	lead-score --rules rules --as-of 2026-01-31 -f lead_id,score "$@" in
}

# within SECONDS COMMAND... - and not longer; where programs are slowed down tenfold
within() {
	local most=$1 start
	shift
	start=$(date +%s%N)
	"$@"
	[ -n "${LEAD_VALGRIND-}" ] || [ $((($(date +%s%N) - start) / 1000000)) -le "$((most * 1000))" ]
}

@test "rules: R04: a pattern that only scans is quick on 8 KiB; a longer text is rejected" {
	page 8192
	for hard in 'a+[0-9]' '.*.*=.*'; do
		pattern "$hard"
		within 1 score >got
		[ "$(cat got)" = "$(rows 'lead_id score' 'x 0')" ]
	done
	page 8193
	pattern 'a'
	run --separate-stderr -1 score
	[[ "$stderr" == *'too hard for a pattern of the rules'* ]]
}

@test "rules: R05: recursion without end, nesting and repeats beyond measure are told, or end as too hard" {
	page 2000
	pattern '(?1)'
	run --separate-stderr -2 score
	[[ "$stderr" == 'lead-score: rules:2: '*'reference to non-existent subpattern'* ]]
	pattern "$(printf '(%.0s' {1..300})a$(printf ')%.0s' {1..300})"
	run --separate-stderr -2 score
	[[ "$stderr" == *'parentheses are too deeply nested'* ]]
	pattern '(?R)'
	run --separate-stderr score
	[ "$status" = 1 ] || [ "$status" = 2 ]
	[ -n "$stderr" ]
	pattern '((ab){1,1000}c){1,4}'
	run --separate-stderr score
	[ "$status" = 0 ] || [[ "$stderr" == *'too large'* ]]
}

@test "rules: R06: what would switch limits or bytes off is refused by name" {
	page 10
	for forbidden in '\C' '(*UTF)a' '(*UCP)a' '(*NO_JIT)a' '(*LIMIT_MATCH=9)a'; do
		pattern "$forbidden"
		run --separate-stderr -2 score
		[[ "$stderr" == 'lead-score: rules:2: '* ]]
		[ -z "$output" ]
	done
	pattern '(?C1)a'
	score >got # a callout without anybody to call: harmless
	[ "$(cat got)" = "$(rows 'lead_id score' 'x 5')" ]
}

@test "rules: R07: a pattern of a megabyte, or a hundred thousand rules, is too much" {
	page 10
	pattern "$(head -c 1000000 /dev/zero | tr '\0' a)"
	run --separate-stderr -2 score
	[[ "$stderr" == *'a pattern has at most 4096 bytes' ]]
	awk 'BEGIN { print "points\tevent\tcolumn\top\tvalue"
		for (i = 0; i < 100000; i++) print "1\tpage_view\tpage\t=\t" i }' >rules
	run --separate-stderr -2 score
	[[ "$stderr" == *'scoring rules'* ]]
}

@test "rules: R08: rules that always hold, or twice, count as they stand, and --check says so" {
	page 3
	printf 'points\tevent\tcolumn\top\tvalue\n5\tpage_view\tpage\t~\tx*\n5\tpage_view\tpage\t~\tx*\n' >rules
	[ "$(score)" = "$(rows 'lead_id score' 'x 10')" ]
	run --separate-stderr -0 lead-score --check --rules rules
	[[ "$stderr" == *'rules:2: the pattern matches the empty text'* ]]
	[[ "$stderr" == *'rules:3: asks what another rule asks already, in line 2'* ]]
}

@test "rules: R09: without compiled patterns the bytes are the same" {
	page 50
	pattern '^(a|b)+$'
	score >want
	LEAD_NO_JIT=1 score | diff want -
}

@test "rules: R10: a pattern that eats its stack ends as too hard, compiled or not, at once" {
	page 8000
	pattern '^(?:a|b)*c'
	for no in '' 1; do
		run --separate-stderr env ${no:+LEAD_NO_JIT=1} "$BUILD/bin/lead-score" --rules rules \
			--as-of 2026-01-31 -f lead_id,score in
		if [ "$status" = 0 ]; then
			[ "$output" = "$(rows 'lead_id score' 'x 0')" ]
		else
			[ "$status" = 1 ]
			[[ "$stderr" == *'too hard for a pattern'* ]]
		fi
	done
}

@test "rules: R12: the file is read once: what cannot be read twice will do" {
	pattern 'a'
	page 3
	score >want
	mkfifo once
	cat rules >once &
	timeout 20 "$BUILD/bin/lead-score" --rules once --as-of 2026-01-31 -f lead_id,score in >got
	diff want got
}
