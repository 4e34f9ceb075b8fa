#!/usr/bin/env bats
load ../helper
load kpi

# four deals by two reps: A is won, B lost, C grows from 300 to 500 and stays open,
# D has no value yet; a renewal is no business to be won
deals() {
	bars <<-'EOF'
	deal_id|time|kind|event|stage|deal_type|value|rep
	A|2026-01-05T00:00:00Z|milestone|opp|talk||1000|R1
	A|2026-01-20T00:00:00Z|milestone|stage|offer||1200|R1
	A|2026-02-10T00:00:00Z|milestone|won|done||1100|R1
	B|2026-01-06T00:00:00Z|milestone|opp|talk||400|R2
	B|2026-03-08T00:00:00Z|milestone|lost|gone|||R2
	C|2026-02-01T00:00:00Z|milestone|opp|talk||300|R1
	C|2026-03-15T00:00:00Z|milestone|stage|offer||500|R1
	D|2026-03-20T00:00:00Z|milestone|opp||||R2
	E|2026-01-01T00:00:00Z|milestone|opp||renewal|9000|R1
	EOF
}

@test "kpi: pipeline: open deals at the end of each period, at the value known then" {
	deals >in
	bars >want <<-'EOF'
	period|dimension|segment|kpi|model|value|numerator|denominator|n
	2026-01|(all)|(all)|open_opps||2|2||2
	2026-01|(all)|(all)|pipeline||1600|1600||2
	2026-01|rep|R1|open_opps||1|1||1
	2026-01|rep|R1|pipeline||1200|1200||1
	2026-01|rep|R2|open_opps||1|1||1
	2026-01|rep|R2|pipeline||400|400||1
	2026-02|(all)|(all)|open_opps||2|2||2
	2026-02|(all)|(all)|pipeline||700|700||2
	2026-02|rep|R1|open_opps||1|1||1
	2026-02|rep|R1|pipeline||300|300||1
	2026-02|rep|R2|open_opps||1|1||1
	2026-02|rep|R2|pipeline||400|400||1
	2026-03|(all)|(all)|open_opps||2|2||2
	2026-03|(all)|(all)|pipeline||500|500||1
	2026-03|rep|R1|open_opps||1|1||1
	2026-03|rep|R1|pipeline||500|500||1
	2026-03|rep|R2|open_opps||1|1||1
	2026-03|rep|R2|pipeline||0|0||0
	2026-04|(all)|(all)|open_opps||2|2||2
	2026-04|(all)|(all)|pipeline||500|500||1
	2026-04|rep|R1|open_opps||1|1||1
	2026-04|rep|R1|pipeline||500|500||1
	2026-04|rep|R2|open_opps||1|1||1
	2026-04|rep|R2|pipeline||0|0||0
	EOF
	check_filter 0 lead-kpi --as-of 2026-04-30 --by rep --kpi open_opps,pipeline
}

@test "kpi: pipeline: weights are how many closed deals of the stage were won by then" {
	deals >in
	lead-kpi --as-of 2026-04-30 --by rep --kpi weighted_pipeline,forecast,revenue in >got
	# nothing is closed by January: no rate, no weight
	[ "$(figure 2026-01 '(all)' '(all)' weighted_pipeline)" = '|||2' ]
	[ "$(figure 2026-01 '(all)' '(all)' forecast)" = '|||2' ]
	# February: A is won, and was at talk and offer: 700 * 1
	[ "$(figure 2026-02 '(all)' '(all)' weighted_pipeline)" = '700|700||2' ]
	[ "$(figure 2026-02 '(all)' '(all)' forecast)" = '1800|1800||3' ]
	# March: B is lost from talk: talk 1/2, offer 1/1; C is at offer
	[ "$(figure 2026-03 '(all)' '(all)' weighted_pipeline)" = '500|500||1' ]
	[ "$(figure 2026-03 rep R2 weighted_pipeline)" = '0|0||0' ]
	# D turns out to be worth 90, at no stage but opp, of which none is closed: all, 1/2
	printf 'D\t2026-04-02T00:00:00Z\tmilestone\tmeeting\t\t\t90\tR2\n' >more
	sed '/^D/r more' in >later
	lead-kpi --as-of 2026-04-30 --kpi weighted_pipeline later >got
	[ "$(figure 2026-04 '(all)' '(all)' weighted_pipeline)" = '545|545||2' ]
}

@test "kpi: pipeline: it stands at --until and --as-of, whatever comes after" {
	deals >in
	lead-kpi --as-of 2026-04-30 --until 2026-02-05 --kpi pipeline in >got
	[ "$(figure 2026-02 '(all)' '(all)' pipeline)" = '1900|1900||3' ]
	[ "$(figure 2026-03 '(all)' '(all)' pipeline)" = '' ]
	lead-kpi --as-of 2026-02-05 --kpi pipeline in >got
	[ "$(figure 2026-02 '(all)' '(all)' pipeline)" = '1900|1900||3' ]
	lead-kpi --as-of 2026-04-30 --since 2026-04-01 --kpi pipeline in | sed 1d >got
	bars >want <<<'2026-04|(all)|(all)|pipeline||500|500||1'
	diff -u want got
	lead-kpi --as-of 2026-04-30 --period all --kpi pipeline in | sed 1d >got
	bars >want <<<'(all)|(all)|(all)|pipeline||500|500||1'
	diff -u want got
}

@test "kpi: pipeline: a deal closed on a day unknown, or before it was opened, never stood" {
	bars >in <<-'EOF'
	deal_id|time|precision|kind|event|value
	A|2026-01-05T00:00:00Z||milestone|opp|10
	A||undated|milestone|won|10
	B|2026-01-04T00:00:00Z||milestone|won|20
	B|2026-01-05T00:00:00Z||milestone|opp|20
	EOF
	lead-kpi --as-of 2026-03-31 --kpi open_opps in >got
	[ "$(figure 2026-01 '(all)' '(all)' open_opps)" = '0|0||0' ]
	[ "$(figure 2026-02 '(all)' '(all)' open_opps)" = '' ]
}

@test "kpi: pipeline: an open deal that changed hands is its latest owner's, a closed one its outcome's" {
	bars >in <<-'EOF'
	deal_id|time|precision|kind|event|value|rep
	A|2026-01-05T00:00:00Z||milestone|opp|10|R1
	A|2026-02-05T00:00:00Z||milestone|stage||R2
	A||undated|milestone|stage||R3
	B|2026-01-05T00:00:00Z||milestone|opp|20|R1
	B|2026-02-05T00:00:00Z||milestone|won|20|R2
	B|2026-02-09T00:00:00Z||milestone|stage||R3
	C|2026-01-05T00:00:00Z||milestone|opp|40|R1
	C|2026-02-06T00:00:00Z||milestone|stage||
	D||undated|milestone|opp|80|R4
	D||undated|milestone|stage||R5
	EOF
	lead-kpi --as-of 2026-02-28 --by rep --kpi open_opps,deals,opps in >got
	[ "$(figure 2026-02 rep R2 open_opps)" = '1|1||1' ]
	[ "$(figure 2026-01 rep R2 opps)" = '2|2||2' ]
	[ "$(figure 2026-02 rep R2 deals)" = '1|1||1' ]
	# C: its latest row has no owner, the one above it has
	[ "$(figure 2026-02 rep R1 open_opps)" = '1|1||1' ]
	run ! grep -w R3 got
	# without any date the first row is as good as another
	lead-kpi --as-of 2026-02-28 --period all --by rep --kpi open_opps in >got
	[ "$(figure '(all)' rep R4 open_opps)" = '1|1||1' ]
}

@test "kpi: pipeline: what is paid for an open deal is not what it is worth" {
	bars >in <<-'EOF'
	deal_id|time|kind|event|stage|value
	A|2026-01-05T00:00:00Z|milestone|opp|talk|1000
	A|2026-01-09T00:00:00Z|milestone|payment||150
	A|2026-01-10T00:00:00Z|milestone|refund||-50
	EOF
	lead-kpi --as-of 2026-01-31 --kpi pipeline in >got
	[ "$(figure 2026-01 '(all)' '(all)' pipeline)" = '1000|1000||1' ]
}

@test "kpi: pipeline: a deal without id goes on with the group's rows that have none" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|stage|value|rep
	L|2026-01-05T00:00:00Z|milestone|opp|talk|1000|
	L|2026-02-05T00:00:00Z|milestone|stage|offer|700|R1
	EOF
	lead-kpi --as-of 2026-02-28 --by rep --kpi pipeline in >got
	[ "$(figure 2026-01 '(all)' '(all)' pipeline)" = '1000|1000||1' ]
	[ "$(figure 2026-02 rep R1 pipeline)" = '700|700||1' ]
}

@test "kpi: velocity: open deals by win rate and mean deal, over the median cycle" {
	bars >in <<-'EOF'
	deal_id|time|kind|event|value
	A|2026-01-01T00:00:00Z|milestone|opp|
	A|2026-01-11T00:00:00Z|milestone|won|300
	B|2026-01-01T00:00:00Z|milestone|opp|
	B|2026-01-21T00:00:00Z|milestone|won|100
	C|2026-01-01T00:00:00Z|milestone|opp|
	C|2026-01-30T00:00:00Z|milestone|lost|
	D|2026-01-01T00:00:00Z|milestone|opp|
	E|2026-01-01T00:00:00Z|milestone|opp|
	F|2026-01-01T00:00:00Z|milestone|opp|
	EOF
	lead-kpi --as-of 2026-02-28 --kpi velocity_day in >got
	# 3 open * 2/3 * 200 / 15 days
	[ "$(figure 2026-01 '(all)' '(all)' velocity_day)" = '26.666667|||3' ]
	# February closes nothing: no rate of its own
	[ "$(figure 2026-02 '(all)' '(all)' velocity_day)" = '|||3' ]
}

@test "kpi: velocity of the public CRM sample is made of its published figures" {
	needs_shared data/crm/sales_pipeline.csv
	lead-import --map "$top/pipelines/conf/maps/maven.tsv" -o events \
	    "$shared/data/crm/sales_pipeline.csv"
	lead-journey -k deal_id --as-of 2018-01-01 -o in events
	lead-kpi --as-of 2018-01-01 --period all --by rep \
	    --kpi velocity_day,open_opps,win_rate,avg_deal,cycle_days_median in >got
	# engaging and prospecting deals are open: 1589 + 500; 2089 * 4238/6711 *
	# 10005534/4238 / 57
	[ "$(figure '(all)' '(all)' '(all)' open_opps)" = '2089|2089||2089' ]
	[ "$(figure '(all)' '(all)' '(all)' velocity_day)" = '54640.745689|||2089' ]
	awk -F '\t' '$2 == "rep" { v[$3, $4] = $6; seen[$3] }
		END { for (s in seen) { n++
			want = v[s, "open_opps"] * v[s, "win_rate"] * v[s, "avg_deal"] / v[s, "cycle_days_median"]
			off = v[s, "velocity_day"] - want
			if (off > 1e-5 * want || off < -1e-5 * want) { print s, want; bad = 1 } }
			exit bad || n != 30 }' got
}

goals() {
	bars <<-'EOF'
	period|dimension|segment|kpi|goal
	2026-01|||revenue|2000
	2026-02|||revenue|1000
	2026-02|rep|R1|revenue|1100
	2026-02|rep|R3|revenue|50
	2026-02|||win_rate|0.5
	2026-03|(all)|(all)|revenue|0
	2026-Q1|||revenue|4000
	2026-02|country|ES|revenue|1
	2026-06|||revenue|1
	EOF
}

@test "kpi: --goals: the goal, what was attained, and how the pipeline covers it" {
	deals >in
	goals >goals
	bars >want <<-'EOF'
	period|dimension|segment|kpi|model|value|numerator|denominator|n
	2026-01|(all)|(all)|coverage_ratio||0.8|1600|2000|2
	2026-01|(all)|(all)|revenue||0|0||0
	2026-01|(all)|(all)|revenue_attainment||0|0|2000|0
	2026-01|(all)|(all)|revenue_goal||2000|2000||1
	2026-01|(all)|(all)|win_rate|||0|0|0
	2026-01|rep|R1|coverage_ratio|||1200||1
	2026-01|rep|R1|revenue||0|0||0
	2026-01|rep|R1|win_rate|||0|0|0
	2026-01|rep|R2|coverage_ratio|||400||1
	2026-01|rep|R2|revenue||0|0||0
	2026-01|rep|R2|win_rate|||0|0|0
	2026-02|(all)|(all)|coverage_ratio||0.7|700|1000|2
	2026-02|(all)|(all)|revenue||1100|1100||1
	2026-02|(all)|(all)|revenue_attainment||1.1|1100|1000|1
	2026-02|(all)|(all)|revenue_goal||1000|1000||1
	2026-02|(all)|(all)|win_rate||1|1|1|1
	2026-02|(all)|(all)|win_rate_attainment||2|1|0.5|1
	2026-02|(all)|(all)|win_rate_goal||0.5|0.5||1
	2026-02|rep|R1|coverage_ratio||0.272727|300|1100|1
	2026-02|rep|R1|revenue||1100|1100||1
	2026-02|rep|R1|revenue_attainment||1|1100|1100|1
	2026-02|rep|R1|revenue_goal||1100|1100||1
	2026-02|rep|R1|win_rate||1|1|1|1
	2026-02|rep|R2|coverage_ratio|||400||1
	2026-02|rep|R3|revenue||0|0||0
	2026-02|rep|R3|revenue_attainment||0|0|50|0
	2026-02|rep|R3|revenue_goal||50|50||1
	2026-03|(all)|(all)|coverage_ratio|||500|0|1
	2026-03|(all)|(all)|revenue||0|0||0
	2026-03|(all)|(all)|revenue_attainment|||0|0|0
	2026-03|(all)|(all)|revenue_goal||0|0||1
	2026-03|(all)|(all)|win_rate||0|0|1|1
	2026-03|rep|R1|coverage_ratio|||500||1
	2026-03|rep|R2|coverage_ratio|||0||0
	2026-03|rep|R2|revenue||0|0||0
	2026-03|rep|R2|win_rate||0|0|1|1
	EOF
	lead-kpi --as-of 2026-03-31 --by rep --goals goals --stats stats \
	    --kpi revenue,win_rate,coverage_ratio in >got
	diff -u want got
	grep -q '"goal_rows":9,"goal_aside":3' stats
}

@test "kpi: --goals: a figure without a goal anywhere has no lines of goals" {
	deals >in
	goals >goals
	lead-kpi --as-of 2026-03-31 --goals goals in | column kpi | sort -u |
		grep -E '_(goal|attainment)$' >got
	printf '%s\n' revenue_attainment revenue_goal win_rate_attainment win_rate_goal |
		diff -u - got
	lead-kpi --as-of 2026-03-31 --goals goals --by rep in >got
	sed 1d got | sort -c
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --kpi coverage_ratio in
	[ "$stderr" = 'lead-kpi: --kpi: "coverage_ratio": needs --goals' ]
}

@test "kpi: --goals: a file of which nothing is asked for says so" {
	deals >in
	printf 'period\tkpi\tgoal\n2026\trevenue\t5\n2026-Q1\trevenue\t5\n' >goals
	run --separate-stderr -0 lead-kpi --as-of 2026-03-31 --goals goals --kpi revenue in
	[ "$stderr" = 'lead-kpi: goals: none (rows 2) is of these periods and breakdowns' ]
}

@test "kpi: --goals: rows that cannot be are refused with their line" {
	deals >in
	refused() {
		bars >goals <<-EOF
		period|dimension|segment|kpi|goal
		2026-01|||revenue|5
		$1
		EOF
		run --separate-stderr -1 lead-kpi --as-of 2026-03-31 --goals goals in
		[ "$stderr" = "lead-kpi: goals:3: $2" ]
	}
	refused '2026-13|||revenue|5' 'period: not a period: "2026-13"'
	refused '2026-01|||revenues|5' 'kpi: none of the figures that --list shows: "revenues"'
	refused '2026-01|||leads|many' 'goal: not an amount of six decimals: "many"'
	refused '2026-01|(all)|(all)|revenue|6' 'kpi: a second goal for the same: "revenue"'
}
