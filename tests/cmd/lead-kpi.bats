#!/usr/bin/env bats
load ../helper
load kpi

# the example of the manual: two leads, one of them won
small() {
	bars <<-'EOF'
	lead_id|time|kind|event|channel|deal_id|value
	a|2026-01-05T10:00:00Z|touch|page_view|paid_social||
	a|2026-01-05T10:05:00Z|milestone|lead|||
	a|2026-01-05T11:05:00Z|milestone|contacted|||
	a|2026-02-04T10:05:00Z|milestone|won||D1|1200
	b|2026-01-06T09:00:00Z|touch|page_view|email||
	b|2026-01-06T09:10:00Z|milestone|lead|||
	EOF
}

@test "kpi: two leads, one won: the figures of each segment, in byte order" {
	small >in
	bars >want <<-'EOF'
	period|dimension|segment|kpi|model|value|numerator|denominator|n
	2026|(all)|(all)|deals||1|1||1
	2026|(all)|(all)|lead_to_customer||0.5|1|2|2
	2026|(all)|(all)|lead_value||600|1200|2|2
	2026|(all)|(all)|leads||2|2||2
	2026|(all)|(all)|response_mean||1|1|1|1
	2026|(all)|(all)|revenue||1200|1200||1
	2026|(all)|(all)|within_4h||0.5|1|2|2
	2026|first_channel|email|deals||0|0||0
	2026|first_channel|email|lead_to_customer||0|0|1|1
	2026|first_channel|email|lead_value||0|0|1|1
	2026|first_channel|email|leads||1|1||1
	2026|first_channel|email|response_mean|||0|0|0
	2026|first_channel|email|revenue||0|0||0
	2026|first_channel|email|within_4h||0|0|1|1
	2026|first_channel|paid_social|deals||1|1||1
	2026|first_channel|paid_social|lead_to_customer||1|1|1|1
	2026|first_channel|paid_social|lead_value||1200|1200|1|1
	2026|first_channel|paid_social|leads||1|1||1
	2026|first_channel|paid_social|response_mean||1|1|1|1
	2026|first_channel|paid_social|revenue||1200|1200||1
	2026|first_channel|paid_social|within_4h||1|1|1|1
	EOF
	check_filter 0 lead-kpi --as-of 2026-06-30 --period year --by first_channel \
	    --kpi leads,deals,revenue,lead_value,lead_to_customer,within_4h,response_mean
}

# manual N - what the N-th block of the manual's examples shows, tabs for bars
manual() {
	awk -v want="$1" '/^\.Sh EXAMPLES/ { on = 1 } /^\.Ed/ { inside = 0 }
		on && inside && n == want { sub(/\\e$/, "\\"); print }
		on && /^\.Bd/ { inside = 1; n++ }' "$top/cmd/lead-kpi.1" | tr '|' '\t'
}

@test "kpi: the manual's first example gives what it shows" {
	manual 1 >steps.tsv
	small | diff -u - steps.tsv
	manual 2 >shown
	awk '/^period/ { on = 1 } !on { sub(/^\$ /, ""); print }' shown >command
	awk '/^period/ { on = 1 } on' shown >want
	bash ./command >got
	diff -u want got
}

@test "kpi: all figures together stand in the byte order of their columns" {
	small | lead-kpi --as-of 2026-06-30 --by first_channel --by first_channel,deal_id >got
	sed 1d got | sort -c
	[ "$(wc -l <got)" -gt 300 ]
}

@test "kpi: a name that --list lacks, and one whose columns are missing, end with 2" {
	small >in
	run --separate-stderr -2 lead-kpi --as-of 2026-06-30 --kpi leads,sorrow in
	[ "$stderr" = 'lead-kpi: --kpi: "sorrow": none of those that --list shows' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-06-30 --kpi leads,win_rat in
	[ "$stderr" = 'lead-kpi: --kpi: "win_rat": no such figure: did you mean win_rate?' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-06-30 --sla 2h --kpi withni_2h in
	[ "$stderr" = 'lead-kpi: --kpi: "withni_2h": no such figure: did you mean within_2h?' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-06-30 --kpi cpl in
	[ "$stderr" = 'lead-kpi: --kpi: "cpl": needs --spend' ]
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 --by rep in
	[ "$stderr" = 'lead-kpi: --by: "rep": no such column in steps' ]
	run --separate-stderr -2 lead-kpi in
	[[ $stderr == *'--as-of TIME is needed'* ]]
	[ -z "$output" ]
}

@test "kpi: --list and the manual define the same figures, and every one is printed" {
	lead-kpi --list | column kpi | sort >listed
	lead-kpi --list | sed 1d | cut -f1 | sort -c
	sed -n 's/^\.It Cm \([a-z0-9_]*\)$/\1/p' "$top/cmd/lead-kpi.1" | sort >manual
	diff -u manual listed
	bars >in <<-'EOF'
	account_id|time|kind|event|value|months|reason|channel
	x|2026-01-05T10:05:00Z|milestone|lead||||
	x|2026-01-06T10:05:00Z|milestone|disqualified|||budget|
	x|2026-01-07T10:05:00Z|milestone|payment|12|12||
	EOF
	bars >spend <<-'EOF'
	date|cost|impressions|clicks|campaign|kind
	2026-01-05|1|2|3||
	2026-01-05|1|||spring|nurture
	EOF
	printf 'weekday\tfrom\tto\nmon-fri\t09:00\t18:00\n' >hours
	printf 'period\tkpi\tgoal\n2026\tleads\t1\n' >goals
	printf 'time\tevent\temail\n2026-01-05T09:00:00Z\tconsented\tana@x.example\n' >mail
	printf 'key_type\tkey\tlead_id\taccount_id\tsince\trule\n' >map
	lead-kpi --as-of 2026-06-30 --spend spend --hours hours --goals goals --email mail \
	    --identity map in | column kpi | sort -u | diff listed -
}

@test "kpi: T1, T2: revenue over all leads, and by source with the unknown one" {
	awk 'BEGIN { OFS = "\t"; print "lead_id", "time", "kind", "event", "source", "value"
		for (i = 1; i <= 200; i++) {
			id = sprintf("l%03d", i); s = i <= 60 ? "A" : i <= 120 ? "B" : ""
			if (s) print id, "2026-03-01T08:00:00Z", "touch", "page_view", s, ""
			print id, "2026-03-01T09:00:00Z", "milestone", "lead", "", ""
			if (i % 30 == 1 && s)
				print id, "2026-03-20T09:00:00Z", "milestone", "won", "",
				    s == "A" ? 42500 : 7500
		} }' >in
	lead-kpi --as-of 2026-03-31 --by source --kpi lead_value,revenue in >got
	[ "$(figure 2026-03 '(all)' '(all)' lead_value)" = '500|100000|200|200' ]
	[ "$(figure 2026-03 source A lead_value)" = '1416.666667|85000|60|60' ]
	[ "$(figure 2026-03 source B lead_value)" = '250|15000|60|60' ]
	[ "$(figure 2026-03 source '(unknown)' lead_value)" = '0|0|80|80' ]
}

@test "kpi: T4: leads by impression, and by day with spend" {
	awk 'BEGIN { OFS = "\t"; print "lead_id", "time", "kind", "event", "campaign"
		for (i = 1; i <= 50; i++) {
			id = sprintf("l%02d", i); c = i <= 25 ? "A" : "B"
			print id, "2026-03-01T08:00:00Z", "touch", "page_view", c
			print id, "2026-03-01T09:00:00Z", "milestone", "lead", ""
		} }' >in
	{
		printf 'date\tcost\timpressions\tcampaign\n'
		for i in {0..89}; do
			printf '%s\t1\t%s\tA\n' "$(date -ud "2026-01-01 +$i day" +%F)" \
			    $((i == 0 ? 15000 - 89 * 100 : 100))
		done
		for i in 1 2 3 4 5 6 7; do
			printf '2026-02-0%s\t1\t%s\tB\n' $i $((i == 1 ? 400 : 100))
		done
	} >spend
	lead-kpi --period year --as-of 2026-12-31 --by campaign --spend spend \
	    --kpi leads_per_impr,leads_per_day,impressions in >got
	[ "$(figure 2026 campaign A leads_per_impr)" = '0.001667|25|15000|90' ]
	[ "$(figure 2026 campaign B leads_per_impr)" = '0.025|25|1000|7' ]
	[ "$(figure 2026 campaign A leads_per_day)" = '0.277778|25|90|90' ]
	[ "$(figure 2026 campaign B leads_per_day)" = '3.571429|25|7|7' ]
	[ "$(figure 2026 '(all)' '(all)' leads_per_day)" = '0.555556|50|90|90' ]
}

@test "kpi: without spend, leads_per_day counts the days of the period up to as-of" {
	small | lead-kpi --as-of 2026-02-10 --kpi leads_per_day >got
	[ "$(figure 2026-01 '(all)' '(all)' leads_per_day)" = '0.064516|2|31|31' ]
	[ "$(figure 2026-02 '(all)' '(all)' leads_per_day)" = '0|0|10|10' ]
}

@test "kpi: --interval: Wilson's bounds beside each proportion, and nothing elsewhere" {
	# 3 of 10: (6 + 3.841459 -+ 1.959964 sqrt(3.841459 + 8.4)) / 27.682918, by hand
	answered 10 3 0 | awk 'NR == 1 || $1 <= "l010"' >in
	lead-kpi --as-of 2026-04-30 --interval \
	    --kpi leads,within_4h,conv_90d,response_mean,never_contacted_rate in >got
	bars >want <<-'EOF'
	period|dimension|segment|kpi|model|value|numerator|denominator|n|lo|hi
	2026-03|(all)|(all)|conv_90d|||0|0|0||
	2026-03|(all)|(all)|leads||10|10||10||
	2026-03|(all)|(all)|never_contacted_rate||0|0|10|10|0|0.277533
	2026-03|(all)|(all)|response_mean||4.000194|40.001944|10|10||
	2026-03|(all)|(all)|within_4h||0.3|3|10|10|0.107791|0.603222
	EOF
	diff -u want got
}

# leads I..J as of day 100: contacted after HOURS:MIN:SEC, and won
answered() {
	awk 'BEGIN { OFS = "\t"; print "lead_id", "time", "kind", "event", "segment"
		for (i = 1; i <= 100; i++) {
			id = sprintf("l%03d", i)
			print id, "2026-03-01T08:00:00Z", "milestone", "lead", "Enterprise"
			if (i <= '"$1"')
				print id, "2026-03-01T12:00:0" (i <= '"$2"' ? 0 : 1) "Z",
				    "milestone", "contacted", "Enterprise"
			if (i <= '"$3"')
				print id, "2026-03-20T09:00:00Z", "milestone", "won", "Enterprise"
		} }'
}

@test "kpi: T7: exactly four hours counts as within, one second more does not" {
	answered 100 85 100 | lead-kpi --as-of 2026-04-30 >got
	[ "$(figure 2026-03 '(all)' '(all)' within_4h_of_won)" = '0.85|85|100|100' ]
	answered 90 40 50 | lead-kpi --as-of 2026-04-30 >got
	[ "$(figure 2026-03 '(all)' '(all)' within_4h)" = '0.4|40|100|100' ]
	[ "$(figure 2026-03 '(all)' '(all)' within_4h_of_contacted)" = '0.444444|40|90|90' ]
	[ "$(figure 2026-03 '(all)' '(all)' win_if_within_4h)" = '1|40|40|40' ]
	[ "$(figure 2026-03 '(all)' '(all)' win_if_later)" = '0.2|10|50|50' ]
}

@test "kpi: T8: the share never contacted, by segment" {
	answered 38 38 0 | lead-kpi --as-of 2026-04-30 --by segment >got
	[ "$(figure 2026-03 segment Enterprise never_contacted_rate)" = '0.62|62|100|100' ]
}

@test "kpi: a lead younger than --sla is not late yet" {
	answered 0 0 0 >in
	lead-kpi --as-of 2026-03-01T11:59:59Z in >got
	[ "$(figure 2026-03 '(all)' '(all)' never_contacted_rate)" = '|0|0|0' ]
	lead-kpi --as-of 2026-03-01T12:00:00Z in >got
	[ "$(figure 2026-03 '(all)' '(all)' never_contacted_rate)" = '1|100|100|100' ]
}

@test "kpi: --sla 2h names its figures so" {
	answered 100 85 100 >in
	lead-kpi --as-of 2026-04-30 --sla 2h --kpi within_2h,win_if_within_2h in >got
	[ "$(figure 2026-03 '(all)' '(all)' within_2h)" = '0|0|100|100' ]
	run -2 lead-kpi --as-of 2026-04-30 --sla 2h --kpi within_4h in
}

@test "kpi: T9: leads lost for no response, however it is spelled" {
	awk 'BEGIN { OFS = "\t"; print "lead_id", "time", "kind", "event", "reason"
		for (i = 1; i <= 400; i++) {
			id = sprintf("l%03d", i)
			print id, "2026-03-01T09:00:00Z", "milestone", "lead", ""
			if (i <= 200) print id, "2026-03-20T09:00:00Z", "milestone", "lost",
			    i <= 90 ? "no response" : i <= 190 ? "No_Response" : "price"
		} }' >in
	lead-kpi --as-of 2026-03-31 in >got
	[ "$(figure 2026-03 '(all)' '(all)' no_response_of_leads)" = '0.475|190|400|400' ]
	[ "$(figure 2026-03 '(all)' '(all)' no_response_of_lost)" = '0.95|190|200|200' ]
	lead-kpi --as-of 2026-03-31 --no-response price --kpi no_response_of_lost in >got
	[ "$(figure 2026-03 '(all)' '(all)' no_response_of_lost)" = '0.05|10|200|200' ]
}

@test "kpi: the share disqualified for each reason adds up to one, in each segment" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|country|reason
	a|2026-01-01T10:00:00Z|milestone|lead|ES|
	a|2026-02-01T10:00:00Z|milestone|disqualified|ES|budget
	b|2026-01-01T10:00:00Z|milestone|lead|ES|
	b|2026-01-02T10:00:00Z|milestone|disqualified|ES|student
	c|2026-01-01T10:00:00Z|milestone|lead|PT|
	c|2026-01-02T10:00:00Z|milestone|disqualified|PT|budget
	d|2026-01-01T10:00:00Z|milestone|lead|PT|
	EOF
	lead-kpi --as-of 2026-06-30 --by country --kpi disq_rate,disq_share in | sed 1d >got
	bars >want <<-'EOF'
	2026-01|(all)|(all)|disq_rate||0.75|3|4|4
	2026-01|country|ES|disq_rate||1|2|2|2
	2026-01|country|PT|disq_rate||0.5|1|2|2
	2026-01|country+reason|ES > budget|disq_share||0.5|1|2|2
	2026-01|country+reason|ES > student|disq_share||0.5|1|2|2
	2026-01|country+reason|PT > budget|disq_share||1|1|1|1
	2026-01|reason|budget|disq_share||0.666667|2|3|3
	2026-01|reason|student|disq_share||0.333333|1|3|3
	EOF
	diff -u want got
}

@test "kpi: cohorts: won within N days of leads at least N days old, to the second" {
	bars >in <<-'EOF'
	lead_id|time|kind|event
	a|2026-01-01T00:00:00Z|milestone|lead
	a|2026-01-31T00:00:00Z|milestone|won
	b|2026-01-01T00:00:00Z|milestone|lead
	b|2026-01-31T00:00:01Z|milestone|won
	c|2026-01-31T12:00:00Z|milestone|lead
	EOF
	lead-kpi --as-of 2026-03-02T11:59:59Z in >got
	[ "$(figure 2026-01 '(all)' '(all)' conv_30d)" = '0.5|1|2|2' ]
	lead-kpi --as-of 2026-03-02T12:00:00Z in >got
	[ "$(figure 2026-01 '(all)' '(all)' conv_30d)" = '0.333333|1|3|3' ]
	[ "$(figure 2026-01 '(all)' '(all)' conv_90d)" = '|0|0|0' ]
	[ "$(figure 2026-01 '(all)' '(all)' lead_to_customer)" = '0.666667|2|3|3' ]
	[ "$(figure 2026-01 '(all)' '(all)' leads_per_customer)" = '1.5|3|2|2' ]
}

@test "kpi: mql and sql: rates by cohort, counts by their own month" {
	bars >in <<-'EOF'
	lead_id|time|kind|event
	a|2026-01-01T00:00:00Z|milestone|lead
	a|2026-02-01T00:00:00Z|milestone|mql
	a|2026-02-02T00:00:00Z|milestone|sql
	a|2026-03-02T00:00:00Z|milestone|won
	b|2026-01-01T00:00:00Z|milestone|lead
	b|2026-01-02T00:00:00Z|milestone|mql
	c|2026-01-01T00:00:00Z|milestone|lead
	c|2026-01-02T00:00:00Z|milestone|sql
	d|2026-01-01T00:00:00Z|milestone|lead
	EOF
	lead-kpi --as-of 2026-06-30 in >got
	[ "$(figure 2026-01 '(all)' '(all)' mql_rate)" = '0.5|2|4|4' ]
	[ "$(figure 2026-01 '(all)' '(all)' mql_to_sql)" = '0.5|1|2|2' ]
	[ "$(figure 2026-01 '(all)' '(all)' sql_to_won)" = '0.5|1|2|2' ]
	[ "$(figure 2026-01 '(all)' '(all)' mql)" = '1|1||1' ]
	[ "$(figure 2026-02 '(all)' '(all)' mql)" = '1|1||1' ]
	[ "$(figure 2026-02 '(all)' '(all)' leads)" = '0|0||0' ]
}

@test "kpi: an even number has the mean of the middle two, p90 is the nearest rank" {
	awk 'BEGIN { OFS = "\t"; print "deal_id", "time", "kind", "event"
		for (i = 0; i < 10; i++) {
			print "d" i, "2026-01-01T00:00:00Z", "milestone", "opp"
			printf "d%d\t2026-01-%02dT00:00:00Z\tmilestone\twon\n", i, i + 2
		} print "d9a", "2026-01-03T00:00:00Z", "milestone", "opp" }' >in
	lead-kpi --as-of 2026-06-30 in >got
	[ "$(figure 2026-01 '(all)' '(all)' cycle_days_mean)" = '5.5|55|10|1' ]
	[ "$(figure 2026-01 '(all)' '(all)' cycle_days_median)" = '5.5||10|1' ]
	[ "$(figure 2026-01 '(all)' '(all)' cycle_days_p90)" = '9||10|1' ]
}

@test "kpi: n beside the days counts the deals open at the end of each period" {
	bars >in <<-'EOF'
	deal_id|time|kind|event
	a|2026-01-05T00:00:00Z|milestone|opp
	a|2026-03-05T00:00:00Z|milestone|won
	b|2026-01-05T00:00:00Z|milestone|opp
	b|2026-02-05T00:00:00Z|milestone|lost
	c|2026-02-05T00:00:00Z|milestone|opp
	EOF
	lead-kpi --as-of 2026-06-30 --kpi cycle_days_mean in | cut -f 1,6,9 | sed 1d >got
	printf '%s\t%s\t%s\n' 2026-01 '' 2 2026-02 '' 2 2026-03 59 1 | diff -u - got
	lead-kpi --as-of 2026-06-30 --since 2026-03-01 --kpi cycle_days_mean in |
		cut -f 1,6,9 | sed 1d >got
	printf '%s\t%s\t%s\n' 2026-03 59 1 | diff -u - got
}

@test "kpi: durations that run backwards are left out and counted" {
	bars >in <<-'EOF'
	lead_id|time|kind|event
	a|2026-01-05T00:00:00Z|milestone|contacted
	a|2026-01-06T00:00:00Z|milestone|lead
	b|2026-01-05T00:00:00Z|milestone|lead
	b|2026-01-05T02:00:00Z|milestone|contacted
	EOF
	lead-kpi --as-of 2026-06-30 --stats stats in >got
	[ "$(figure 2026-01 '(all)' '(all)' response_mean)" = '2|2|1|1' ]
	grep -q '"negative_duration":1' stats
}

@test "kpi: a fact of a day belongs to its civil day in every zone, and T28 spend too" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event|value
	a|2025-11-01T04:59:59Z|day|milestone|won|10
	b|2025-10-31T22:59:59Z|day|milestone|won|7
	c|2025-11-01T03:30:00Z|second|milestone|won|5
	EOF
	printf 'date\tcost\n2025-11-01\t3\n' >spend
	lead-kpi --as-of 2025-12-31 --tz America/New_York --spend spend --kpi revenue,cost in |
		cut -f 1,4,6 | sed 1d >got
	printf '%s\t%s\t%s\n' 2025-10 cost 0 2025-10 revenue 22 2025-11 cost 3 \
	    2025-11 revenue 0 | diff -u - got
	lead-kpi --as-of 2025-12-31 --spend spend --kpi revenue,cost in |
		cut -f 1,4,6 | sed 1d >got
	printf '%s\t%s\t%s\n' 2025-10 cost 0 2025-10 revenue 17 2025-11 cost 3 \
	    2025-11 revenue 5 | diff -u - got
}

@test "kpi: days between days, however late in the day; undated facts in all time alone" {
	bars >in <<-'EOF'
	deal_id|time|precision|kind|event
	a|2026-01-01T00:00:00Z|second|milestone|opp
	a|2026-01-11T23:59:59Z|day|milestone|won
	b||undated|milestone|opp
	EOF
	lead-kpi --as-of 2026-06-30 --period all in >got
	[ "$(figure '(all)' '(all)' '(all)' cycle_days_mean)" = '10|10|1|1' ]
	[ "$(figure '(all)' '(all)' '(all)' opps)" = '2|2||2' ]
	[ "$(figure '(all)' '(all)' '(all)' opp_conversion)" = '0.5|1|2|2' ]
	lead-kpi --as-of 2026-06-30 --stats stats in >got
	[ "$(figure 2026-01 '(all)' '(all)' opps)" = '1|1||1' ]
	grep -q '"undated_fact":1' stats
}

@test "kpi: --since and --until hold facts, not the history behind them" {
	small >in
	lead-kpi --as-of 2026-06-30 --since 2026-02-01 --until 2026-03-01 --period all \
	    --by first_channel in >got
	[ "$(figure '(all)' first_channel paid_social revenue)" = '1200|1200||1' ]
	[ "$(figure '(all)' first_channel paid_social leads)" = '0|0||0' ]
	[ "$(figure '(all)' first_channel paid_social days_to_close_mean)" = '30|30|1|0' ]
}

@test "kpi: rows after as-of do not exist yet, and are counted" {
	small >in
	lead-kpi --as-of 2026-02-04T10:04:59Z --stats stats in >got
	[ "$(figure 2026-01 '(all)' '(all)' lead_to_customer)" = '0|0|2|2' ]
	grep -q '"after_as_of":1' stats
	lead-kpi --as-of 2026-02-04T10:05:00Z in >got
	[ "$(figure 2026-01 '(all)' '(all)' lead_to_customer)" = '0.5|1|2|2' ]
}

@test "kpi: combined breakdowns mark > and % inside a value" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|country|rep
	a|2026-01-05T00:00:00Z|milestone|lead|A > B|50%
	EOF
	lead-kpi --as-of 2026-06-30 --kpi leads --by country --by country,rep in |
		cut -f 2,3 | sed 1d >got
	printf '%s\t%s\n' '(all)' '(all)' country 'A > B' country+rep 'A %3E B > 50%25' |
		diff -u - got
}

@test "kpi: a lead's own columns, a deal's own columns; --lead-source says which touch" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|channel|deal_id|value|rep
	a|2026-01-01T00:00:00Z|touch|page_view|email|||
	a|2026-01-02T00:00:00Z|touch|page_view|paid_search|||R1
	a|2026-01-02T00:00:01Z|milestone|lead||||R1
	a|2026-01-03T00:00:00Z|touch|webinar|webinar|||R1
	a|2026-01-04T00:00:00Z|milestone|won||D1|10|R2
	a|2026-01-05T00:00:00Z|milestone|won||D2|20|R3
	EOF
	for set in first:email lead:paid_search won:webinar; do
		lead-kpi --as-of 2026-06-30 --by channel --by "${set%:*}_channel" \
		    --lead-source "${set%:*}" in >got
		[ "$(figure 2026-01 channel "${set#*:}" revenue)" = '30|30||2' ]
		[ "$(figure 2026-01 "${set%:*}_channel" "${set#*:}" leads)" = '1|1||1' ]
	done
	lead-kpi --as-of 2026-06-30 --by rep in >got
	[ "$(figure 2026-01 rep R1 leads)" = '1|1||1' ]
	[ "$(figure 2026-01 rep R2 revenue)" = '10|10||1' ]
	[ "$(figure 2026-01 rep R3 revenue)" = '20|20||1' ]
	[ "$(figure 2026-01 rep R2 revenue_new)" = '10|10||1' ]
	[ "$(figure 2026-01 rep R3 revenue_expansion)" = '20|20||1' ]
}

@test "kpi: rows without deal_id: an outcome ends the earliest open one" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|value
	a|2026-01-01T00:00:00Z|milestone|opp|
	a|2026-01-02T00:00:00Z|milestone|opp|
	a|2026-01-11T00:00:00Z|milestone|won|5
	a|2026-01-12T00:00:00Z|milestone|lost|
	a|2026-01-13T00:00:00Z|milestone|won|7
	EOF
	lead-kpi --as-of 2026-06-30 in >got
	[ "$(figure 2026-01 '(all)' '(all)' opps)" = '2|2||2' ]
	[ "$(figure 2026-01 '(all)' '(all)' deals)" = '2|2||2' ]
	[ "$(figure 2026-01 '(all)' '(all)' win_rate)" = '0.666667|2|3|3' ]
	[ "$(figure 2026-01 '(all)' '(all)' cycle_days_mean)" = '10|10|1|0' ]
	[ "$(figure 2026-01 '(all)' '(all)' opp_conversion)" = '0.5|1|2|2' ]
}

@test "kpi: bad rows are rejected with their column, and conserved" {
	small | sed 's/2026-01-06T09:10:00Z/2026-13-06T09:10:00Z/' >in
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 in
	[[ $stderr == *'time: not a time, of "'*'": "2026-13-06T09:10:00Z"'* ]]
	lead-kpi --as-of 2026-06-30 --max-reject 1 --reject bad --stats stats in 2>/dev/null >got
	[ "$(figure 2026-01 '(all)' '(all)' leads)" = '1|1||1' ]
	[ "$(wc -l <bad)" = 2 ]
	grep -q '"balanced":true' stats
}

@test "kpi: a bad row of a group is told with its file and line" {
	bars >one <<-'EOF'
	lead_id|time|kind|event
	a|2026-01-06T00:00:00Z|milestone|lead
	b|2026-01-06T00:00:00Z|milestone|lead
	b|2026-01-07T00:00:00Z|milestone
	b|2026-13-01T00:00:00Z|milestone|contacted
	EOF
	bars >two <<-'EOF'
	time|kind|event|lead_id
	2026-01-08T00:00:00Z|milestone|mql|b
	2026-01-02T00:00:00Z|milestone|sql|b
	2026-01-08T00:00:00Z|nothing|lead|c
	EOF
	run --separate-stderr -0 lead-kpi --as-of 2026-06-30 --max-reject 4 --reject bad one two
	[[ $stderr == *'lead-kpi: one:5: time: not a time, of "b": "2026-13-01T00:00:00Z"'* ]]
	[[ $stderr == *'lead-kpi: two:3: time: earlier than the row above'* ]]
	[[ $stderr == *'lead-kpi: two:4: kind: '* ]]
	diff -u - <(cut -f 1-4 bad) <<-EOF
	$(rows 'file line column reason' 'one 4 . fields' 'one 5 time time' \
		'two 3 time unsorted' 'two 4 kind kind')
	EOF
}

@test "kpi: rows of a group out of order are rejected, an undated one stands last" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event
	a|2026-01-06T00:00:00Z||milestone|lead
	a||undated|milestone|won
	a|2026-01-07T00:00:00Z||milestone|contacted
	b|2026-01-06T00:00:00Z||milestone|lead
	b|2026-01-05T00:00:00Z||touch|page_view
	EOF
	lead-kpi --as-of 2026-06-30 --max-reject 2 --reject bad in >got 2>/dev/null
	cut -f 3,4 bad | sed 1d | sort | uniq -c | grep -q '2 time	unsorted'
	[ "$(figure 2026-01 '(all)' '(all)' leads)" = '2|2||2' ]
}

@test "kpi: money of two currencies is never added" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|value|currency
	a|2026-01-05T00:00:00Z|milestone|won|10|EUR
	b|2026-01-05T00:00:00Z|milestone|won|10|USD
	EOF
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 in
	[[ $stderr == *'currency: another currency than before: convert it when importing, of "b": "USD"'* ]]
	sed -i 's/USD/EUR/' in
	printf 'date\tcost\tcurrency\n2026-01-01\t5\tUSD\n' >spend
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 --spend spend in
	[[ $stderr == *currency* ]]
}

@test "kpi: spend with unreadable cells ends the run, naming file, line and column" {
	small >in
	printf 'date\tcost\n2026-01-01\t5\n2026-02-30\t5\n' >spend
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 --spend spend in
	[ "$stderr" = 'lead-kpi: spend:3: date: not a day: "2026-02-30"' ]
	printf 'date\tcost\tkind\n2026-01-01\t5\tgift\n' >spend
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 --spend spend in
	[[ $stderr == 'lead-kpi: spend:2: kind: none of ad, nurture, event, tool, staff, other: "gift"' ]]
}

# the worked account as lead-journey -k account_id gives it: three people, three
# deals, a refund (EUR, Europe/Madrid, as of 2026-07-31)
account() {
	bars <<-'EOF'
	account_id|time|precision|kind|event|lead_id|deal_id|deal_type|method|channel|source|campaign|campaign_id|value|rep
	acme|2025-01-12T08:00:00Z||touch|page_view|ana||||paid_social|linkedin|es_q1_whitepaper|148633856||
	acme|2025-01-12T08:06:00Z||milestone|lead|ana|||form||||||
	acme|2025-01-13T08:30:00Z||milestone|contacted|ana|||||||||
	acme|2025-02-03T09:15:02Z||touch|page_view|ana||||email|newsletter|nurture_q1|||
	acme|2025-03-10T23:00:00Z|day|touch|trade_show|ben||||event|fair||||
	acme|2025-03-13T09:00:00Z||milestone|lead|ben|||import||||||
	acme|2025-03-20T07:30:00Z||touch|page_view|ben||||organic_search|google||||
	acme|2025-03-20T07:41:00Z||milestone|contacted|ben|||||||||
	acme|2025-03-20T22:59:59Z|day|milestone|opp|ben|D1|new|||||||R1
	acme|2025-04-02T12:20:00Z||touch|page_view|carla||||paid_search|google|brand|||
	acme|2025-04-02T12:25:00Z||milestone|lead|carla|||form||||||
	acme|2025-06-30T07:20:00Z||touch|page_view|ana||||email|newsletter|nurture_q2|||
	acme|2025-06-30T21:59:59Z|day|milestone|won|ana|D1|new||||||12000|R1
	acme|2025-09-01T07:00:00Z||touch|page_view|ana||||email|newsletter|customers|||
	acme|2025-09-15T07:00:00Z||touch|webinar|ben||||webinar|||||
	acme|2025-09-20T21:59:59Z|day|milestone|opp|ana|D2|expansion|||||||R2
	acme|2025-10-20T21:59:59Z|day|milestone|won|ana|D2|expansion||||||5000|R2
	acme|2025-12-01T22:59:59Z|day|milestone|refund|ana|D2|||||||-1000|
	acme|2026-06-30T21:59:59Z|day|milestone|won|ana|D3|renewal||||||12000|R3
	EOF
}

# its spend, by the platforms' own numbers and names, the dollars at their rate
account_spend() {
	bars <<-'EOF'
	date|platform|campaign_id|campaign|channel|kind|cost
	2025-01-31|linkedin|148633856|ES / Q1 / Whitepaper||ad|1500
	2025-02-10|podcast|7|Podcast||ad|1000
	2025-03-11|fair|1|Fair||event|4000
	2025-04-02|google|99|Brand||ad|270
	2025-01-31|mailer|||email|nurture|200
	2025-02-28|mailer|||email|nurture|200
	2025-03-31|mailer|||email|nurture|200
	2025-04-30|mailer|||email|nurture|200
	2025-05-31|mailer|||email|nurture|200
	2025-06-30|mailer|||email|nurture|200
	EOF
}

account_campaigns() {
	bars <<-'EOF'
	platform|campaign_id|campaign|channel|kind|trackable
	linkedin|148633856|es_q1_whitepaper|paid_social||
	google|99|brand|paid_search||
	podcast|7|podcast|audio|ad|no
	EOF
}

@test "kpi: T16: revenue by rep, new against returning, refunds on their own day" {
	account >in
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period all --by rep in >got
	[ "$(figure '(all)' rep R1 revenue)" = '12000|12000||1' ]
	[ "$(figure '(all)' rep R2 revenue)" = '4000|4000||2' ]
	[ "$(figure '(all)' rep R3 revenue)" = '12000|12000||1' ]
	[ "$(figure '(all)' '(all)' '(all)' revenue_new)" = '12000|12000||1' ]
	[ "$(figure '(all)' '(all)' '(all)' revenue_expansion)" = '4000|4000||2' ]
	[ "$(figure '(all)' '(all)' '(all)' revenue_renewal)" = '12000|12000||1' ]
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period year in >got
	[ "$(figure 2025 '(all)' '(all)' deals)" = '2|2||2' ]
	[ "$(figure 2025 '(all)' '(all)' revenue)" = '16000|16000||3' ]
	[ "$(figure 2025 '(all)' '(all)' refunds)" = '-1000|-1000||1' ]
	[ "$(figure 2025 '(all)' '(all)' customers)" = '1|1||1' ]
	[ "$(figure 2026 '(all)' '(all)' customers)" = '0|0||0' ]
	[ "$(figure 2026 '(all)' '(all)' renewal_rate)" = '1|1|1|1' ]
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 in >got
	[ "$(figure 2025-12 '(all)' '(all)' revenue)" = '-1000|-1000||1' ]
	[ "$(figure 2025-12 '(all)' '(all)' avg_deal)" = '|0|0|0' ]
}

@test "kpi: T16: days to close, cycles, answers: the renewal apart, the import left out" {
	account >in
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period all --by rep --by channel in >got
	[ "$(figure '(all)' '(all)' '(all)' days_to_close_mean)" = '169|169|1|0' ]
	[ "$(figure '(all)' rep R1 cycle_days_mean)" = '102|102|1|0' ]
	[ "$(figure '(all)' rep R2 cycle_days_mean)" = '30|30|1|0' ]
	[ "$(figure '(all)' rep R3 cycle_days_mean)" = '|0|0|0' ]
	[ "$(figure '(all)' '(all)' '(all)' response_mean)" = '24.4|24.4|1|1' ]
	[ "$(figure '(all)' '(all)' '(all)' within_4h)" = '0|0|2|2' ]
	[ "$(figure '(all)' '(all)' '(all)' never_contacted_rate)" = '0.333333|1|3|3' ]
	[ "$(figure '(all)' channel paid_social leads)" = '1|1||1' ]
	[ "$(figure '(all)' channel event leads)" = '1|1||1' ]
	[ "$(figure '(all)' channel paid_search leads)" = '1|1||1' ]
}

@test "kpi: T16: three people or one account, and what is a customer of each" {
	account >in
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period all in >got
	[ "$(figure '(all)' '(all)' '(all)' leads)" = '3|3||3' ]
	[ "$(figure '(all)' '(all)' '(all)' accounts)" = '1|1||1' ]
	[ "$(figure '(all)' '(all)' '(all)' lead_to_customer)" = '1|3|3|3' ]
	awk -F '\t' 'BEGIN { OFS = FS } { t = $1; $1 = $6; $6 = t } NR == 1 { $1 = "lead_id"
		$6 = "account_id" } 1' in | { read -r header; echo "$header"; sort -s -k1,1; } >people
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period all people >got
	[ "$(figure '(all)' '(all)' '(all)' leads)" = '3|3||3' ]
	[ "$(figure '(all)' '(all)' '(all)' accounts)" = '' ]
	[ "$(figure '(all)' '(all)' '(all)' lead_to_customer)" = '0.333333|1|3|3' ]
}

@test "kpi: T16, T23: cost joins by number through campaigns; nothing of it is lost" {
	account >in
	account_spend >spend
	account_campaigns >campaigns
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period all --until 2025-07-01 \
	    --spend spend --campaigns campaigns --by campaign --by channel --by rep \
	    --stats stats in >got
	[ "$(figure '(all)' campaign es_q1_whitepaper roas)" = '8|12000|1500|1' ]
	[ "$(figure '(all)' campaign brand cpl)" = '270|270|1|1' ]
	[ "$(figure '(all)' campaign podcast cost)" = '1000|1000||1' ]
	[ "$(figure '(all)' campaign podcast cpl)" = '|0|0|0' ]
	[ "$(figure '(all)' campaign Fair cost)" = '4000|4000||1' ]
	[ "$(figure '(all)' channel paid_social cost_ads)" = '1500|1500||1' ]
	[ "$(figure '(all)' channel email cost)" = '1200|1200||6' ]
	[ "$(figure '(all)' channel '(unknown)' cost)" = '4000|4000||1' ]
	[ "$(figure '(all)' rep R1 cost)" = '|||0' ]
	[ "$(figure '(all)' '(all)' '(all)' cost)" = '7970|7970||10' ]
	[ "$(figure '(all)' '(all)' '(all)' cac_ads)" = '1770|1770|1|1' ]
	[ "$(figure '(all)' '(all)' '(all)' cost_per_customer)" = '6970|6970|1|1' ]
	[ "$(figure '(all)' '(all)' '(all)' cac_full)" = '7970|7970|1|1' ]
	[ "$(figure '(all)' '(all)' '(all)' roi)" = '0.505646|4030|7970|10' ]
	for dimension in campaign channel; do
		awk -F '\t' -v d=$dimension '$2 == d && $4 == "cost" { s += $6 }
			END { exit s != 7970 }' got
	done
	grep -q '"spend_unmapped":1' stats
}

@test "kpi: spend by number joins the campaign of the touches that have the number" {
	account >in
	printf 'date\tcampaign_id\tcampaign\tcost\n2025-01-31\t148633856\tES Q1\t1500\n' >spend
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period all --until 2025-07-01 \
	    --spend spend --by campaign in >got
	[ "$(figure '(all)' campaign es_q1_whitepaper roas)" = '8|12000|1500|1' ]
	[ "$(figure '(all)' campaign 'ES Q1' cost)" = '' ]
}

@test "kpi: T23: --unjoined lists spend without touches and touches without spend" {
	account >in
	account_spend >spend
	account_campaigns >campaigns
	bars >want <<-'EOF'
	side|platform|campaign_id|campaign|cost|touches
	spend|fair|1|Fair|4000|
	spend|mailer|||1200|
	spend|podcast|7|podcast|1000|
	touch|||customers||1
	touch|||nurture_q1||1
	touch|||nurture_q2||1
	EOF
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --spend spend --campaigns campaigns \
	    --unjoined got -o table in
	diff -u want got
	run --separate-stderr -2 lead-kpi --as-of 2026-07-31 --unjoined got in
	[ "$stderr" = 'lead-kpi: --unjoined needs --spend' ]
}

# shares of the worked account's deals, two models
account_credit() {
	bars <<-'EOF'
	account_id|milestone|time|period|model|channel|campaign|rep|conversions|value
	acme|won|2025-06-30T21:59:59Z|2025-06|first|paid_social|es_q1_whitepaper|R1|1|12000
	acme|won|2025-06-30T21:59:59Z|2025-06|w|paid_social|es_q1_whitepaper|R1|0.6|7200
	acme|won|2025-06-30T21:59:59Z|2025-06|w|organic_search||R1|0.3|3600
	acme|won|2025-06-30T21:59:59Z|2025-06|w|email|nurture_q2|R1|0.05|600
	acme|won|2025-06-30T21:59:59Z|2025-06|w|event||R1|0.025|300
	acme|won|2025-06-30T21:59:59Z|2025-06|w|paid_search|brand|R1|0.025|300
	acme|won|2025-10-20T21:59:59Z|2025-10|first|email|customers|R2|1|5000
	acme|won|2025-12-01T22:59:59Z|2025-12|first|email|customers|R2|0|-1000
	EOF
}

@test "kpi: T22, T29: a row a model, refunds as their sale, never a sum over models" {
	account >in
	account_spend >spend
	account_campaigns >campaigns
	account_credit >credit
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --period quarter --credit credit \
	    --spend spend --campaigns campaigns --by campaign --by channel --by first_channel \
	    --by channel,rep in >got
	[ "$(figure 2025-Q2 campaign es_q1_whitepaper revenue first)" = '12000|12000||1' ]
	[ "$(figure 2025-Q2 campaign es_q1_whitepaper revenue w)" = '7200|7200||1' ]
	[ "$(figure 2025-Q2 campaign es_q1_whitepaper revenue)" = '' ]
	[ "$(figure 2025-Q2 channel paid_social deals w)" = '0.6|0.6||1' ]
	[ "$(figure 2025-Q2 channel 'paid_social' avg_deal w)" = '12000|7200|0.6|1' ]
	[ "$(figure 2025-Q2 'channel+rep' 'paid_social > R1' revenue w)" = '7200|7200||1' ]
	[ "$(figure 2025-Q4 channel email revenue first)" = '4000|4000||2' ]
	[ "$(figure 2025-Q4 channel email refunds first)" = '-1000|-1000||1' ]
	[ "$(figure 2025-Q4 channel email avg_deal first)" = '5000|5000|1|1' ]
	[ "$(figure 2025-Q2 channel paid_search cost_ads w)" = '270|270||1' ]
	[ "$(figure 2025-Q2 first_channel paid_social revenue)" = '12000|12000||1' ]
	# no lead was credited: no leads of a channel, and no cost per lead
	[ -z "$(awk -F '\t' '$2 == "channel" && ($4 == "leads" || $4 == "cpl" || $5 == "")' got)" ]
	# period all: cost, and revenue by the touch of each model
	lead-kpi --tz Europe/Madrid --as-of 2026-07-31 --until 2025-07-01 --period all \
	    --credit credit --spend spend --campaigns campaigns --by campaign --kpi roas in >got
	[ "$(figure '(all)' campaign es_q1_whitepaper roas first)" = '8|12000|1500|1' ]
	[ "$(figure '(all)' campaign es_q1_whitepaper roas w)" = '4.8|7200|1500|1' ]
}

@test "kpi: credit of other periods, or beside a named touch, is refused" {
	account >in
	account_credit >credit
	run --separate-stderr -1 lead-kpi --as-of 2026-07-31 --period week --credit credit \
	    --by channel in
	[ "$stderr" = 'lead-kpi: credit:2: period: credit of other periods: give lead-attribute the same --period: "2025-06"' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-07-31 --credit credit \
	    --by channel,first_source in
	[[ $stderr == *'do not combine with columns that --credit shares'* ]]
	cut -f 1-7,9- credit >narrow
	run --separate-stderr -1 lead-kpi --as-of 2026-07-31 --credit narrow --by channel,rep in
	[ "$stderr" = "lead-kpi: narrow:1: no column 'rep' in the header: this is not lead-attribute --explain-credit with these columns in its --by" ]
	lead-kpi --as-of 2026-07-31 --credit narrow --by channel --by rep in >got
	run --separate-stderr -1 lead-kpi --as-of 2026-07-31 narrow
	[ "$stderr" = "lead-kpi: narrow:1: no column 'kind' in the header: these are not the steps of lead-journey" ]
}

# steps of the public CRM sample, grouped by KEY (deal_id or account)
maven() {
	tr -d '\r' <"$shared/data/crm/sales_pipeline.csv" | awk -F, -v key="$1" '
		BEGIN { OFS = "\t"
			print key == "deal_id" ? "deal_id\taccount_id" : "account_id\tdeal_id",
			    "time", "precision", "kind", "event", "value", "rep", "product" }
		function row(time, event, value) {
			print key == "deal_id" ? $1 OFS $4 : ($4 ? $4 : "deal:" $1) OFS $1,
			    time ? time "T23:59:59Z" : "", time ? "day" : "undated",
			    "milestone", event, value, $2, $3 }
		NR > 1 { row($6, "opp", "")
			if ($5 == "Won") row($7, "won", $8)
			if ($5 == "Lost") row($7, "lost", "") }' |
		{ IFS= read -r header; echo "$header"; sort -t "$(printf '\t')" -k1,1 -k4,4 -k3,3; }
}

# expected COLUMN... - name and these columns of an answer table, sorted
expected() {
	awk -F '\t' -v want="$*" 'BEGIN { OFS = FS; n = split(want, w, " ") }
		NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
		{ s = $1; for (i = 1; i <= n; i++) s = s OFS ($(c[w[i]]) + 0); print s }' | sort
}

# figures DIMENSION KPI... - segment and the values of these figures, sorted
figures() {
	awk -F '\t' -v want="$*" 'BEGIN { OFS = FS; n = split(want, w, " ") }
		$2 == w[1] { v[$3, $4] = $6; seen[$3] = 1 }
		END { for (s in seen) { t = s; for (i = 2; i <= n; i++)
			t = t OFS (v[s, w[i]] + 0); print t } }' got | sort
}

# as_published FILE - the figures of these steps are those computed apart
as_published() {
	local by crm=$shared/data/crm
	lead-kpi --as-of 2018-01-01 --period all --by rep --by product "$1" >got
	[ "$(figure '(all)' '(all)' '(all)' deals)" = '4238|4238||4238' ]
	[ "$(figure '(all)' '(all)' '(all)' win_rate)" = '0.631501|4238|6711|6711' ]
	[ "$(figure '(all)' '(all)' '(all)' opp_conversion)" = '0.481591|4238|8800|8800' ]
	[ "$(figure '(all)' '(all)' '(all)' revenue)" = '10005534|10005534||4238' ]
	[ "$(figure '(all)' '(all)' '(all)' avg_deal)" = '2360.909391|10005534|4238|4238' ]
	[ "$(figure '(all)' '(all)' '(all)' cycle_days_mean)" = '51.781973|219452|4238|2089' ]
	for by in agent:rep product:product; do
		expected opportunities won lost win_rate won_value avg_won_value \
		    avg_days_won median_days_won <"$crm/expected_maven_by_${by%:*}.tsv" >want
		figures "${by#*:}" opps deals lost win_rate revenue avg_deal \
		    cycle_days_mean cycle_days_median >have
		diff -u want have
	done
}

@test "kpi: the public CRM sample: totals, by agent and by product as computed apart" {
	needs_shared data/crm/sales_pipeline.csv
	for key in deal_id account; do
		maven $key >in
		as_published in
	done
}

@test "kpi: the public CRM sample by the quarter of closing" {
	needs_shared data/crm/sales_pipeline.csv
	maven deal_id >in
	lead-kpi --as-of 2018-01-01 --period quarter in >got
	awk -F '\t' 'NR > 1 { print $1 "|" $2 "|" $3 "|" $4 + 0 "|" $5 }' \
	    "$shared/data/crm/expected_maven_by_close_quarter.tsv" >want
	for q in 2017-Q1 2017-Q2 2017-Q3 2017-Q4; do
		echo "$q|$(figure $q '(all)' '(all)' win_rate | cut -d '|' -f 3)|$(figure $q '(all)' \
		    '(all)' deals | cut -d '|' -f 1)|$(figure $q '(all)' '(all)' win_rate |
		    cut -d '|' -f 1)|$(figure $q '(all)' '(all)' revenue | cut -d '|' -f 1)"
	done >have
	diff -u want have
}

# world - 2,000 leads at random (the same ones always): steps to "steps", the
# same facts as SQL tables to "world.sql", spend to "spend"
world() {
	gawk '
	function below(n) { seed = (seed * 69069 + 12345) % 4294967296
		return int(seed / 4294967296 * n) }
	function clock(s) { return strftime("%Y-%m-%dT%H:%M:%SZ", s, 1) }
	function step(event, s, deal, type, value, reason) {
		line[s sprintf("%09d", ++nrows)] = id OFS clock(s) OFS "milestone" OFS event \
		    OFS "" OFS country OFS deal OFS type OFS value OFS reason }
	function sql(table, values) { print "insert into " table " values(" values ");" >"world.sql" }
	function q(t) { return t == "" ? "null" : "\047" t "\047" }
	BEGIN { OFS = "\t"; seed = 7; day = 86400; start = 1735689600
		split("email paid_search paid_social referral", channels, " ")
		split("ES PT PL", countries, " ")
		print "lead_id", "time", "kind", "event", "channel", "country", "deal_id",
		    "deal_type", "value", "reason" >"steps"
		print "create table lead(id, ch, co, at, contacted, mql, sql, disq, reason);" \
		    "create table deal(lead, id, type, opp, closed, won, cents, reason);" \
		    "create table refund(deal, at, cents);" \
		    "create table spend(day, ch, cents, impressions, clicks);" >"world.sql"
		for (i = 1; i <= 2000; i++) {
			id = sprintf("l%05d", i); delete line; nrows = 0
			channel = channels[below(5)]; country = countries[below(4)]
			at = start + below(364 * day)
			if (channel) line[at - 60 "000000000"] = id OFS clock(at - 60) OFS "touch" \
			    OFS "page_view" OFS channel OFS country OFS OFS OFS OFS
			step("lead", at, "", "", "", "")
			c = m = s = d = r = ""
			if (below(3)) step("contacted", c = at + below(3) * 7200 + below(7200) - 60 * !below(20), "", "", "", "")
			if (below(2)) step("mql", m = at + below(20 * day), "", "", "", "")
			if (below(3) == 0) step("sql", s = at + below(40 * day), "", "", "", "")
			if (below(6) == 0) step("disqualified", d = at + below(40 * day), "", "", "",
			    r = below(2) ? "budget" : "student")
			sql("lead", q(id) "," q(channel) "," q(country) "," at "," (c ? c : "null") "," \
			    (m ? m : "null") "," (s ? s : "null") "," (d ? d : "null") "," q(r))
			for (k = below(8) - 4; k > 0; k--) {
				deal = id "-" k; opp = at + below(60 * day); close_at = opp + below(90 * day)
				type = below(5) ? "new" : below(2) ? "renewal" : "expansion"
				won = below(3); cents = below(1000000); reason = ""
				step("opp", opp, deal, type, "", "")
				if (won == 1) step("won", close_at, deal, type, sprintf("%.2f", cents / 100), "")
				if (won == 0) step("lost", close_at, deal, type, "",
				    reason = below(2) ? "no response" : "price")
				sql("deal", q(id) "," q(deal) "," q(type) "," opp "," (won < 2 ? close_at : "null") \
				    "," (won < 2 ? won : "null") "," (won == 1 ? cents : "null") "," q(reason))
				if (won == 1 && !below(9)) {
					back = below(cents + 1)
					step("refund", close_at + day, deal, "", sprintf("-%.2f", back / 100), "")
					sql("refund", q(deal) "," close_at + day "," (-back))
				}
			}
			n = asorti(line, order)
			for (j = 1; j <= n; j++) print line[order[j]] >"steps"
		}
		print "date", "channel", "cost", "impressions", "clicks" >"spend"
		for (i = 0; i < 400; i++) {
			t = start + below(365) * day; channel = channels[below(6)]
			cents = below(50000); shown = below(9000); clicks = below(300)
			print strftime("%Y-%m-%d", t, 1), channel, sprintf("%.2f", cents / 100), shown,
			    clicks >"spend"
			sql("spend", t "," q(channel) "," cents "," shown "," clicks)
		}
	}'
}

# what SQL makes of it: period, dimension, segment, kpi, numerator, denominator
world_sql() {
	cat world.sql - <<-'EOF' | sqlite3 -separator '|' :memory:
	create view customer as select lead, min(closed) first from deal where won = 1 group by 1;
	create view lost as select * from deal where won = 0;
	create table fact(dim, seg, at, kpi, num, den);
	create view dims as select id, '(all)' dim, '(all)' seg from lead
		union all select id, 'first_channel', coalesce(ch, '(unknown)') from lead
		union all select id, 'country', coalesce(co, '(unknown)') from lead;
	create table f(id, at, kpi, num, den);
	insert into f select id, at, 'leads', 1, null from lead;
	insert into f select id, mql, 'mql', 1, null from lead where mql not null;
	insert into f select id, sql, 'sql', 1, null from lead where sql not null;
	insert into f select lead, opp, 'opps', 1, null from deal;
	insert into f select lead, closed, 'deals', 1, null from deal where won = 1;
	insert into f select lead, closed, 'lost', 1, null from lost;
	insert into f select lead, closed, 'revenue', cents / 100.0, null from deal where won = 1;
	insert into f select d.lead, r.at, 'revenue', r.cents / 100.0, null from refund r join deal d on d.id = r.deal;
	insert into f select d.lead, r.at, 'refunds', r.cents / 100.0, null from refund r join deal d on d.id = r.deal;
	insert into f select lead, closed, 'avg_deal', cents / 100.0, 1 from deal where won = 1;
	insert into f select id, at, 'lead_value', 0, 1 from lead;
	insert into f select id, at, 'lead_value', num, 0 from f where kpi = 'revenue';
	insert into f select lead, closed, 'win_rate', won, 1 from deal where won not null and type <> 'renewal';
	insert into f select lead, closed, 'loss_rate', 1 - won, 1 from deal where won not null and type <> 'renewal';
	insert into f select lead, closed, 'renewal_rate', won, 1 from deal where won not null and type = 'renewal';
	insert into f select lead, opp, 'opp_conversion', 0, 1 from deal where type <> 'renewal';
	insert into f select lead, closed, 'opp_conversion', 1, 0 from deal where won = 1 and type <> 'renewal';
	insert into f select lead, closed, 'no_response_of_lost', reason = 'no response', 1 from lost;
	insert into f select lead, closed, 'no_response_of_leads', 1, 0 from lost where reason = 'no response';
	insert into f select id, at, 'no_response_of_leads', 0, 1 from lead;
	insert into f select id, at, 'lead_to_customer', id in (select lead from customer), 1 from lead;
	insert into f select id, at, 'mql_rate', mql not null, 1 from lead;
	insert into f select id, at, 'mql_to_sql', sql not null, 1 from lead where mql not null;
	insert into f select id, at, 'sql_to_won', id in (select lead from customer), 1 from lead where sql not null;
	insert into f select id, at, 'disq_rate', disq not null, 1 from lead;
	insert into f select id, at, 'never_contacted_rate', contacted is null, 1 from lead;
	insert into f select id, at, 'within_4h', coalesce(contacted - at <= 14400, 0), 1 from lead
		where contacted is null or contacted >= at;
	insert into f select id, at, 'within_4h_of_won', coalesce(contacted - at <= 14400, 0), 1 from lead
		where (contacted is null or contacted >= at) and id in (select lead from customer);
	insert into f select id, at, 'conv_90d', exists(select 1 from deal where lead = l.id and won = 1
		and closed - at between 0 and 90 * 86400), 1 from lead l;
	insert into f select l.id, l.at, 'lead_value_cohort', 0, 1 from lead l;
	insert into f select l.id, l.at, 'lead_value_cohort', cents / 100.0, 0 from lead l join deal on lead = l.id where won = 1;
	insert into f select l.id, l.at, 'lead_value_cohort', r.cents / 100.0, 0 from refund r join deal d on d.id = r.deal
		join lead l on l.id = d.lead;
	insert into f select id, at, 'cpl', 0, 1 from lead;
	insert into f select id, at, 'roas', num, 0 from f where kpi = 'revenue';
	insert into fact select dim, seg, at, kpi, num, den from f join dims using (id);
	create view paid as select '(all)' dim, '(all)' seg, * from spend
		union all select 'first_channel', coalesce(ch, '(unknown)'), * from spend;
	insert into fact select dim, seg, day, 'cost', cents / 100.0, null from paid;
	insert into fact select dim, seg, day, 'cpl', cents / 100.0, 0 from paid;
	insert into fact select dim, seg, day, 'roas', 0, cents / 100.0 from paid;
	insert into fact select dim, seg, day, 'ad_ctr', clicks, impressions from paid;
	delete from fact where dim = 'country' and kpi in ('cpl', 'roas');
	select strftime('%Y-%m', at, 'unixepoch') p, dim, seg, kpi,
		rtrim(rtrim(printf('%.2f', sum(num)), '0'), '.'),
		case when max(den) is not null then rtrim(rtrim(printf('%.2f', sum(den)), '0'), '.') end
		from fact group by p, dim, seg, kpi;
	EOF
}

@test "kpi: a random world: numerators and denominators as SQL has them" {
	world
	lead-kpi --as-of 2027-01-01 --by first_channel --by country --spend spend steps >got
	world_sql | sort >want
	[ "$(wc -l <want)" -gt 2000 ]
	awk -F '\t' 'NR == FNR { split($0, w, "|"); asked[w[1] "|" w[2] "|" w[3] "|" w[4]]; next }
		{ k = $1 "|" $2 "|" $3 "|" $4 } k in asked { print k "|" $7 "|" $8 }' want got |
		sort >have
	diff -u want have
}

@test "kpi: a random world: every ratio is its numerator by its denominator, rounded" {
	world
	lead-kpi --as-of 2027-01-01 --by first_channel --by country --spend spend steps |
		awk -F '\t' 'NR > 1 && $8 != "" && $8 != 0 && $7 != "" && $4 !~ /cpm|_mean/ {
			v = $7 / $8 - $6; if (v > 5.1e-7 || v < -5.1e-7) { print; bad = 1 } n++ }
			$8 == "0" && $6 != "" && $4 !~ /_/ { print; bad = 1 }
			END { exit bad || n < 2000 }'
}

@test "kpi: a random world: medians and percentiles as a plain sort has them" {
	world
	lead-kpi --as-of 2027-01-01 --period year --by country steps >got
	cat world.sql - <<-'EOF' | sqlite3 -separator '|' :memory: >durations
	select 'response', coalesce(co, '(unknown)'), contacted - at from lead where contacted >= at;
	select 'cycle_days', coalesce(co, '(unknown)'), closed - opp from deal d join lead l on l.id = d.lead
		where won = 1 and type <> 'renewal' and closed < 1767225600;
	EOF
	sort -t '|' -k1,2 -k3n durations | awk -F '|' '
		function half(num, den) { return int((2e6 * num + den) / (2 * den)) }
		function out() { if (!n) return
			unit = k ~ /cycle/ ? 86400 : 3600; r = int((n * 9 + 9) / 10)
			print k, half(s, n * unit), half(v[int((n + 1) / 2)] + v[int(n / 2) + 1],
			    2 * unit), half(v[r], unit), n }
		{ if ($1 "|" $2 != k) { out(); n = s = 0; k = $1 "|" $2 } v[++n] = $3; s += $3 }
		END { out() }' | sort >want
	awk -F '\t' '$1 == 2025 && $2 == "country" && $4 ~ /^(response|cycle_days)_/ {
		k = $4; sub(/_[^_]*$/, "", k); v[k "|" $3, substr($4, length(k) + 2)] = $6 * 1e6
		c[k "|" $3] = $8 }
		END { for (k in c) printf "%s %.0f %.0f %.0f %d\n", k, v[k, "mean"],
		    v[k, "median"], v[k, "p90"], c[k] }' got | sort >have
	[ "$(wc -l <want)" = 8 ]
	diff -u want have
}

@test "kpi: a random world: credit of each model sums to the figures without credit" {
	world
	lead-attribute --model first,linear,w --milestone lead,won --lookback 0 --explain-credit \
	    --as-of 2027-01-01 -o credit steps
	lead-kpi --as-of 2027-01-01 --by channel --credit credit --kpi leads,deals,revenue \
	    -o got steps
	awk -F '\t' '$2 == "(all)" { want[$1, $4] = $6 }
		$2 == "channel" { sum[$1, $4, $5] += $6; models[$5] }
		END { for (m in models) for (k in want) { n++
			d = sum[k, m] - want[k]; if (d > 1e-6 || d < -1e-6) { print k, m, d; bad = 1 } }
			exit bad || n < 3 * 3 * 12 }' got
}

@test "kpi: the public CRM sample through its map and lead-journey, by deal and account" {
	needs_shared data/crm/sales_pipeline.csv
	lead-import --map "$top/pipelines/conf/maps/maven.tsv" -o events \
	    "$shared/data/crm/sales_pipeline.csv"
	for key in deal_id account_id; do
		lead-journey -k $key --as-of 2018-01-01 -o steps events
		as_published steps
	done
}
