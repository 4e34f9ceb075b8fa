#!/usr/bin/env bats
# The credit of every model, with what nobody earned, is the kpi: to the millionth.
load ../helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	# shellcheck source=pipelines/night/check.bash
	. "$top/pipelines/night/check.bash"
	MILESTONES=lead,won
	table <<-'E' >credit
		model  milestone period  channel        conversions value
		first  lead      2026-11 email          2           0
		first  lead      2026-11 (unattributed) 1           0
		first  won       2026-11 email          1           9007199254740992.000001
		first  won       2026-12 email          1           -0.5
		linear lead      2026-11 email          2.5         0
		linear lead      2026-11 direct         0.5         0
		linear won       2026-11 email          0.333333    0.000001
		linear won       2026-11 direct         0.666667    9007199254740992
		linear won       2026-12 direct         1           -0.5
	E
	table <<-'E' >kpi
		period  dimension segment kpi     model value numerator denominator n
		2026-11 (all)     (all)   leads   .     3     3         .           3
		2026-11 (all)     (all)   opps    .     7     7         .           7
		2026-11 (all)     (all)   deals   .     1     1         .           1
		2026-11 (all)     (all)   revenue .     9007199254740992.000001 9007199254740992.000001 . 1
		2026-12 (all)     (all)   deals   .     1     1         .           1
		2026-12 (all)     (all)   revenue .     -0.5  -0.5      .           1
		2026-12 channel   email   revenue first 4     4         .           1
	E
}

@test "check: sums that tie, to the millionth of sums no double holds; of MILESTONES alone" {
	sums_check credit kpi
	# opps are in kpi, and nobody asked for their credit
	MILESTONES=lead,opp,won
	run -1 sums_check credit kpi
	[ "$(sort <<<"$output")" = "$(printf 'opps of 2026-11: 0.000000 by the credit of %s, 7.000000 by kpi\n' first linear)" ]
}

@test "check: a millionth too much, a conversion too few, a month without credit" {
	sed 's/0\.000001/0.000002/' credit >c
	run -1 sums_check c kpi
	[ "$output" = 'revenue of 2026-11: 9007199254740992.000002 by the credit of linear, 9007199254740992.000001 by kpi' ]
	grep -v unattributed credit >c
	run -1 sums_check c kpi
	[ "$output" = 'leads of 2026-11: 2.000000 by the credit of first, 3.000000 by kpi' ]
	grep -v '2026-12' credit >c
	run -1 sums_check c kpi
	[ "$(grep -c ' of 2026-12: 0.000000 by the credit of ' <<<"$output")" = 4 ]
}

@test "check: a credit of nothing beside a kpi of something" {
	sed -n 1p credit >c
	run -1 sums_check c kpi
	[[ "$output" == *'leads of 2026-11: 0.000000 by the credit of no model, 3.000000 by kpi'* ]]
	sed -n 1p kpi >k
	sums_check c k
}
