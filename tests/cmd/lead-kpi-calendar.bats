#!/usr/bin/env bats
load ../helper
load kpi

@test "kpi: ISO weeks over new year: the week has the year of its Thursday" {
	bars >in <<-'EOF'
	lead_id|time|kind|event
	a|2024-12-29T12:00:00Z|milestone|lead
	b|2024-12-30T12:00:00Z|milestone|lead
	c|2025-01-05T12:00:00Z|milestone|lead
	d|2025-01-06T12:00:00Z|milestone|lead
	e|2026-12-31T12:00:00Z|milestone|lead
	f|2027-01-03T12:00:00Z|milestone|lead
	g|2027-01-04T12:00:00Z|milestone|lead
	EOF
	lead-kpi --as-of 2027-02-01 --period week --kpi leads in | cut -f 1,6 | sed 1d >got
	rows '2024-W52 1' '2025-W01 2' '2025-W02 1' '2026-W53 2' '2027-W01 1' | diff -u - got
}

@test "kpi: a leap day is a day: of its month, of a cycle, of leads per day" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event|deal_id
	a|2024-02-28T23:00:00Z||milestone|lead|
	a|2024-02-28T23:59:59Z|day|milestone|opp|D
	a|2024-03-01T23:59:59Z|day|milestone|won|D
	b|2024-02-29T23:59:59Z||milestone|lead|
	EOF
	lead-kpi --as-of 2024-12-31 in >got
	[ "$(figure 2024-02 '(all)' '(all)' leads)" = '2|2||2' ]
	[ "$(figure 2024-02 '(all)' '(all)' leads_per_day)" = '0.068966|2|29|29' ]
	[ "$(figure 2024-03 '(all)' '(all)' cycle_days_mean)" = '2|2|1|0' ]
	sed 's/2024/2025/; s/02-29/02-28/' in >common
	lead-kpi --as-of 2025-12-31 common >got
	[ "$(figure 2025-03 '(all)' '(all)' cycle_days_mean)" = '1|1|1|0' ]
	[ "$(figure 2025-02 '(all)' '(all)' leads_per_day)" = '0.071429|2|28|28' ]
}

@test "kpi: the days on which Madrid's clocks change: real hours, civil days" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event|deal_id
	a|2025-03-29T23:30:00Z||milestone|lead|
	a|2025-03-30T22:30:00Z||milestone|contacted|
	b|2025-10-25T22:00:00Z||milestone|lead|
	b|2025-10-26T23:00:00Z||milestone|contacted|
	b|2025-10-25T21:59:59Z|day|milestone|opp|D
	b|2025-10-26T22:59:59Z|day|milestone|won|D
	EOF
	sort -t "$(printf '\t')" -k1,2 in | sed -n '/^lead_id/p' >sorted
	sed 1d in | sort >>sorted
	lead-kpi --as-of 2025-12-31 --tz Europe/Madrid --period day sorted >got
	# 30 March begins at 23:00 UTC of the 29th and has 23 hours
	[ "$(figure 2025-03-30 '(all)' '(all)' response_mean)" = '23|23|1|1' ]
	[ "$(figure 2025-10-26 '(all)' '(all)' response_mean)" = '25|25|1|1' ]
	# the day of 25 hours is one civil day of a cycle
	[ "$(figure 2025-10-26 '(all)' '(all)' cycle_days_mean)" = '1|1|1|0' ]
	[ "$(figure 2025-10-26 '(all)' '(all)' leads)" = '1|1||1' ]
}

@test "kpi: T28: spend of 1 November in New York stays in November, quarter and week" {
	printf 'lead_id\ttime\tkind\tevent\na\t2025-11-01T03:59:59Z\tmilestone\tlead\n' >in
	printf 'date\tcost\n2025-11-01\t3\n' >spend
	for period in month:2025-11 quarter:2025-Q4 week:2025-W44 day:2025-11-01; do
		lead-kpi --as-of 2025-12-31 --tz America/New_York --period "${period%:*}" \
		    --spend spend --kpi cost in >got
		[ "$(figure "${period#*:}" '(all)' '(all)' cost)" = '3|3||1' ]
	done
	# the lead, 23:59:59 of 31 October there, is of October
	lead-kpi --as-of 2025-12-31 --tz America/New_York --kpi leads in | grep -q '^2025-10'
}

@test "kpi: zero denominators: empty, never 0 nor inf, and the row stays" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|value|reason
	a|2026-01-05T00:00:00Z|milestone|mql||
	EOF
	printf 'date\tcost\timpressions\tclicks\n2026-01-05\t0\t0\t0\n' >spend
	printf 'period\tkpi\tgoal\n2026-01\tleads\t0\n' >goals
	lead-kpi --as-of 2026-01-31 --spend spend --goals goals --interval in >got
	awk -F '\t' '$8 == "0" && ($6 != "" || $10 != "" || $11 != "") { print; bad = 1 }
		$8 == "0" { n++ } END { exit bad || n < 30 }' got
	run ! grep -qiE 'inf|nan' got
}

@test "kpi: open leads: neither won nor lost, in every rate's denominator that they are of" {
	bars >in <<-'EOF'
	lead_id|time|kind|event
	a|2026-01-05T00:00:00Z|milestone|lead
	b|2026-01-05T00:00:00Z|milestone|lead
	b|2026-01-06T00:00:00Z|milestone|opp
	c|2026-01-05T00:00:00Z|milestone|lead
	c|2026-01-06T00:00:00Z|milestone|opp
	c|2026-01-09T00:00:00Z|milestone|won
	EOF
	lead-kpi --as-of 2026-01-31 in >got
	[ "$(figure 2026-01 '(all)' '(all)' lead_to_customer)" = '0.333333|1|3|3' ]
	[ "$(figure 2026-01 '(all)' '(all)' win_rate)" = '1|1|1|1' ]
	[ "$(figure 2026-01 '(all)' '(all)' opp_conversion)" = '0.5|1|2|2' ]
	[ "$(figure 2026-01 '(all)' '(all)' open_opps)" = '1|1||1' ]
	[ "$(figure 2026-01 '(all)' '(all)' conv_30d)" = '|0|0|0' ]
}
