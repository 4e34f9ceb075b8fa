#!/usr/bin/env bats
# lead-kpi: figures worked out on paper, each from its definition, the whole block in
# one place: what is asked of one deal, one lead, one month
load ../helper
load kpi

# shown OPTION... - period, kpi, value, numerator, denominator and n of "in", all segments
shown() {
	lead-kpi "$@" in | sed 1d | cut -f 1,4,6-9 | tr '\t' '|'
}

@test "kpi: --list: every figure of the definitions, in its unit and on its basis" {
	cat >want <<-'EOF'
	ad_ctr ratio P
	arpa money P
	arr money P
	avg_deal money P
	bounce_rate ratio P
	cac_ads money P
	cac_full money P
	click_to_conversion ratio P
	conv_180d ratio C
	conv_30d ratio C
	conv_90d ratio C
	cost_per_customer money P
	cost_per_customer_cohort money C
	cost_per_sql money P
	coverage_ratio ratio P
	cpc money P
	cpl money P
	cpm money P
	cpql money P
	ctor ratio P
	customer_churn ratio P
	customers count P
	cycle_days_mean days P
	cycle_days_median days P
	cycle_days_p90 days P
	days_to_close_mean days P
	days_to_close_median days P
	days_to_close_p90 days P
	db_size count P
	deals count P
	delivery_rate ratio P
	disq_rate ratio C
	disq_share ratio C
	email_ctr ratio P
	expected_lead_value money P, C
	forecast money P
	gross_mrr_churn ratio P
	influenced_revenue money P
	lead_margin money P
	lead_to_customer ratio C
	lead_value money P
	lead_value_cohort money C
	leads count P
	leads_per_customer ratio C
	leads_per_day ratio P
	leads_per_impr ratio P
	loss_rate ratio P
	loss_rate_cohort ratio C
	lost count P
	mature_cohort ratio C
	mql count P
	mql_per_impr ratio P
	mql_rate ratio C
	mql_to_sql ratio C
	mrr money P
	mrr_churned money P
	mrr_contraction money P
	mrr_expansion money P
	mrr_ltv money P
	mrr_new money P
	mrr_reactivated money P
	net_mrr_churn ratio P
	never_contacted_rate ratio C
	no_response_of_leads ratio P
	no_response_of_leads_cohort ratio C
	no_response_of_lost ratio P
	no_response_of_lost_cohort ratio C
	not_nurtured_rate ratio C
	nurture_leads count P
	nurture_uplift money P
	nurture_uplift_annual money P
	nurture_uplift_pct ratio P
	nurtured_rate ratio C
	open_opps count P
	open_rate ratio P
	opp_conversion ratio P
	opp_conversion_cohort ratio C
	opps count P
	optout_rate ratio P
	pipeline money P
	refunds money P
	response_bh_mean hours C
	response_bh_median hours C
	response_bh_p90 hours C
	response_mean hours C
	response_median hours C
	response_p90 hours C
	revenue money P
	revenue_expansion money P
	revenue_new money P
	revenue_renewal money P
	roas ratio P
	roas_cohort ratio C
	roi ratio P
	sourced_revenue money P
	spam_rate ratio P
	sql count P
	sql_to_won ratio C
	unsub_rate ratio P
	velocity_day money P
	weighted_pipeline money P
	win_if_later ratio C
	win_if_within_4h ratio C
	win_rate ratio P
	win_rate_cohort ratio C
	within_4h ratio C
	within_4h_of_contacted ratio C
	within_4h_of_won ratio C
	EOF
	lead-kpi --list | sed 1d | awk -F '\t' '{ print $1, $2, $3 }' | comm -23 want - >missing
	diff /dev/null missing
	# beside them: what machines did, what costs are made of, and three more
	lead-kpi --list | sed 1d | awk -F '\t' '{ print $1, $2, $3 }' | comm -13 want - |
		cut -d ' ' -f 1 | paste -sd ' ' >more
	echo 'accounts cac_full_cohort click_to_conversion_all clicks cost cost_ads ctor_all' \
	    'email_ctr_all impressions open_rate_all renewal_rate within_4h_bh' | diff - more
}

# four leads of January, two won of them, one not before April; what was spent
company() {
	bars >in <<-'EOF'
	lead_id|time|kind|event|channel|deal_id|deal_type|value|reason
	a|2026-01-04T00:00:00Z|touch|page_view|paid||||
	a|2026-01-05T00:00:00Z|milestone|lead|||||
	a|2026-01-06T00:00:00Z|milestone|mql|||||
	a|2026-01-07T00:00:00Z|milestone|sql|||||
	a|2026-01-08T00:00:00Z|milestone|opp||A|||
	a|2026-01-20T00:00:00Z|milestone|won||A||900|
	b|2026-01-05T00:00:00Z|milestone|lead|||||
	b|2026-01-06T00:00:00Z|milestone|mql|||||
	b|2026-02-06T00:00:00Z|milestone|opp||B|||
	b|2026-04-01T00:00:00Z|milestone|won||B||300|
	b|2026-04-05T00:00:00Z|milestone|refund||B||-50|
	c|2026-01-05T00:00:00Z|milestone|lead|||||
	c|2026-03-06T00:00:00Z|milestone|opp||C|||
	c|2026-04-06T00:00:00Z|milestone|lost||C|||no response
	d|2026-01-09T00:00:00Z|milestone|lead|||||
	d|2026-02-09T00:00:00Z|milestone|opp||D|||
	d|2026-04-20T00:00:00Z|milestone|opp||D2|renewal||
	d|2026-04-21T00:00:00Z|milestone|lost||D2|renewal||price
	EOF
	bars >spend <<-'EOF'
	date|channel|campaign|cost|impressions|clicks|kind|trackable
	2026-01-05|paid|x|60|4000|20|ad|
	2026-01-06|paid|x|40|1000|30|ad|yes
	2026-01-06|paid|podcast|500|9000|90|ad|no
	2026-01-07|email|n|30|||nurture|
	2026-01-08|event|fair|70|||event|
	2026-01-09|||25|||tool|
	2026-01-09|||15|||staff|
	2026-01-09|||5|||other|
	2026-01-10|email|n2|9|||nurture|no
	EOF
}

@test "kpi: a quarter's cost by hand: ads 100, customers' 200, of all kinds 754" {
	company
	# one customer and one sql of the quarter, two mql, four leads on two days of ads
	shown --as-of 2026-09-30 --period quarter --until 2026-04-01 --spend spend --kpi \
	    ad_ctr,cac_ads,cac_full,cost,cost_ads,cost_per_customer,cost_per_sql,cpc,cpl,cpm,cpql \
	    --kpi lead_margin,leads_per_day,leads_per_impr,mql_per_impr,roas,roi,clicks,impressions >got
	cat >want <<-'EOF'
	2026-Q1|ad_ctr|0.01|50|5000|2
	2026-Q1|cac_ads|100|100|1|1
	2026-Q1|cac_full|754|754|1|1
	2026-Q1|clicks|50|50||2
	2026-Q1|cost|754|754||9
	2026-Q1|cost_ads|100|100||2
	2026-Q1|cost_per_customer|200|200|1|1
	2026-Q1|cost_per_sql|100|100|1|1
	2026-Q1|cpc|2|100|50|2
	2026-Q1|cpl|25|100|4|4
	2026-Q1|cpm|20|100000|5000|2
	2026-Q1|cpql|50|100|2|2
	2026-Q1|impressions|5000|5000||2
	2026-Q1|lead_margin|200|800|4|4
	2026-Q1|leads_per_day|2|4|2|2
	2026-Q1|leads_per_impr|0.0008|4|5000|2
	2026-Q1|mql_per_impr|0.0004|2|5000|2
	2026-Q1|roas|9|900|100|2
	2026-Q1|roi|0.193634|146|754|9
	EOF
	diff -u want got
}

@test "kpi: a cohort by hand: what became of January's leads by September" {
	company
	# A and B are won, C is lost, D open, D2 a lost renewal; 900 + 300 - 50 came of them
	shown --as-of 2026-09-30 --period quarter --until 2026-04-01 --spend spend --kpi \
	    cac_full_cohort,conv_30d,conv_90d,conv_180d,cost_per_customer_cohort,lead_value \
	    --kpi expected_lead_value,lead_to_customer,lead_value_cohort,leads_per_customer \
	    --kpi loss_rate_cohort,mature_cohort,no_response_of_leads_cohort,roas_cohort \
	    --kpi no_response_of_lost_cohort,opp_conversion_cohort,win_rate_cohort >got
	cat >want <<-'EOF'
	2026-Q1|cac_full_cohort|377|754|2|2
	2026-Q1|conv_180d|0.5|2|4|4
	2026-Q1|conv_30d|0.25|1|4|4
	2026-Q1|conv_90d|0.5|2|4|4
	2026-Q1|cost_per_customer_cohort|100|200|2|2
	2026-Q1|expected_lead_value|450|||1
	2026-Q1|lead_to_customer|0.5|2|4|4
	2026-Q1|lead_value|225|900|4|4
	2026-Q1|lead_value_cohort|287.5|1150|4|4
	2026-Q1|leads_per_customer|2|4|2|2
	2026-Q1|loss_rate_cohort|0.333333|1|3|3
	2026-Q1|mature_cohort|1|4|4|4
	2026-Q1|no_response_of_leads_cohort|0.25|1|4|4
	2026-Q1|no_response_of_lost_cohort|0.5|1|2|2
	2026-Q1|opp_conversion_cohort|0.5|2|4|4
	2026-Q1|roas_cohort|11.5|1150|100|2
	2026-Q1|win_rate_cohort|0.666667|2|3|3
	EOF
	diff -u want got
}

@test "kpi: only leads of 180 days are mature: to the second, and beside those that are not" {
	company
	# 5 January and 180 days is 4 July; the lead of the 9th is not as old by then
	shown --as-of 2026-07-03T23:59:59Z --until 2026-04-01 --period quarter \
	    --kpi conv_180d,mature_cohort >got
	shown --as-of 2026-07-04T00:00:00Z --until 2026-04-01 --period quarter \
	    --kpi conv_180d,mature_cohort >>got
	cat >want <<-'EOF'
	2026-Q1|conv_180d||0|0|0
	2026-Q1|mature_cohort|0|0|4|4
	2026-Q1|conv_180d|0.666667|2|3|3
	2026-Q1|mature_cohort|0.75|3|4|4
	EOF
	diff -u want got
}

@test "kpi: deals by hand: reopened, won too early, of no lead, of none open; renewals apart" {
	bars >events <<-'EOF'
	event_id|time|event|lead_id|deal_id|deal_type|value|reason
	01|2026-01-01T00:00:00Z|lead|a||||
	02|2026-01-02T00:00:00Z|opp|a|A|||
	03|2026-01-12T00:00:00Z|lost|a|A|||price
	04|2026-02-01T00:00:00Z|won|a|A||100|
	05|2026-01-05T00:00:00Z|lead|b||||
	06|2026-01-10T00:00:00Z|opp|b|B|||
	07|2026-01-20T00:00:00Z|won|b|B||50|
	08|2026-01-25T00:00:00Z|won|b|B||60|
	09|2026-03-01T00:00:00Z|won|c|C||70|
	10|2026-03-11T00:00:00Z|lead|c||||
	11|2026-04-01T00:00:00Z|opp|d|D|||
	12|2026-04-11T00:00:00Z|lost|d|D|||no response
	13|2026-05-01T00:00:00Z|lead|e||||
	14|2026-06-01T00:00:00Z|lead|f||||
	15|2026-06-02T00:00:00Z|opp|f|F|||
	16|2026-06-12T00:00:00Z|won|f|F||30|
	17|2026-06-20T00:00:00Z|lost|f|F|||
	18|2026-07-01T00:00:00Z|opp|f|F2|renewal||
	19|2026-07-05T00:00:00Z|won|f|F2|renewal|500|
	20|2026-08-01T00:00:00Z|lead|g||||
	21|2026-08-02T00:00:00Z|opp|g|G|||
	22|2026-08-03T00:00:00Z|opp|g|G2|||
	23|2026-08-08T00:00:00Z|won|g|G2||10|
	24|2026-08-12T00:00:00Z|won|g|G||20|
	EOF
	lead-journey --as-of 2026-12-31 -o in events
	shown --as-of 2026-12-31 --period year --kpi avg_deal,conv_30d,customers,deals,lost \
	    --kpi cycle_days_mean,cycle_days_median,cycle_days_p90,lead_to_customer,opps \
	    --kpi days_to_close_mean,days_to_close_median,days_to_close_p90,loss_rate,win_rate \
	    --kpi opp_conversion,renewal_rate,revenue,revenue_new,revenue_expansion,revenue_renewal \
	    --kpi no_response_of_lost,no_response_of_leads,loss_rate_cohort >got
	# A took 31 days and its cycle 30; B is won once, at first, with its last value:
	# 15 and 10; C was won before its lead: no days; F was won and lost again; G 11 and
	# 10, G2 7 and 5, the first of them is new business; f's first sale is a renewal
	cat >want <<-'EOF'
	2026|avg_deal|126.666667|760|6|6
	2026|conv_30d|0.333333|2|6|6
	2026|customers|4|4||4
	2026|cycle_days_mean|13.75|55|4|0
	2026|cycle_days_median|10||4|0
	2026|cycle_days_p90|30||4|0
	2026|days_to_close_mean|17.666667|53|3|0
	2026|days_to_close_median|15||3|0
	2026|days_to_close_p90|31||3|0
	2026|deals|6|6||6
	2026|lead_to_customer|0.833333|5|6|6
	2026|loss_rate|0.285714|2|7|7
	2026|loss_rate_cohort|0.166667|1|6|6
	2026|lost|2|2||2
	2026|no_response_of_leads|0.166667|1|6|6
	2026|no_response_of_lost|0.5|1|2|2
	2026|opp_conversion|0.666667|4|6|6
	2026|opps|7|7||7
	2026|renewal_rate|1|1|1|1
	2026|revenue|760|760||6
	2026|revenue_expansion|20|20||1
	2026|revenue_new|240|240||4
	2026|revenue_renewal|500|500||1
	2026|win_rate|0.714286|5|7|7
	EOF
	diff -u want got
}

@test "kpi: answers by hand: what is imported, known to the day or younger than 4 h is out" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event|method
	a|2026-01-01T00:00:00Z||milestone|lead|form
	a|2026-01-01T01:00:00Z||milestone|contacted|
	a|2026-01-02T01:00:00Z||milestone|won|
	b|2026-01-01T00:00:00Z||milestone|lead|form
	b|2026-01-01T04:00:00Z||milestone|contacted|
	c|2026-01-01T00:00:00Z||milestone|lead|chat
	c|2026-01-01T04:00:01Z||milestone|contacted|
	c|2026-01-05T00:00:00Z||milestone|won|
	d|2026-01-01T00:00:00Z||milestone|lead|form
	d|2026-01-01T10:00:00Z||milestone|contacted|
	e|2026-01-01T00:00:00Z||milestone|lead|import
	e|2026-01-01T02:00:00Z||milestone|contacted|
	f|2026-01-01T23:59:59Z|day|milestone|lead|form
	f|2026-01-02T02:00:00Z||milestone|contacted|
	g|2026-01-01T00:00:00Z||milestone|lead|form
	g|2026-01-01T23:59:59Z|day|milestone|contacted|
	h|2026-01-01T00:00:00Z||milestone|lead|form
	h|2026-01-20T00:00:00Z||milestone|won|
	i|2026-01-30T21:00:00Z||milestone|lead|form
	j|2026-01-30T21:00:00Z||milestone|lead|form
	j|2026-01-30T22:00:00Z||milestone|contacted|
	k|2026-01-01T23:59:59Z|day|milestone|lead|form
	EOF
	# answered: a 1, b 4, c 4 and a second, d 10, j 1 hours; of a b c d h an hour is
	# due; i and j are three hours old; never contacted of those due by day: h and k
	shown --as-of 2026-01-31T00:00:00Z --period all --kpi response_mean,response_median \
	    --kpi response_p90,within_4h,within_4h_of_contacted,within_4h_of_won \
	    --kpi win_if_within_4h,win_if_later,never_contacted_rate >got
	cat >want <<-'EOF'
	(all)|never_contacted_rate|0.222222|2|9|9
	(all)|response_mean|4.000056|20.000278|5|5
	(all)|response_median|4||5|5
	(all)|response_p90|10||5|5
	(all)|win_if_later|0.5|1|2|2
	(all)|win_if_within_4h|0.5|1|2|2
	(all)|within_4h|0.4|2|5|5
	(all)|within_4h_of_contacted|0.5|2|4|4
	(all)|within_4h_of_won|0.333333|1|3|3
	EOF
	diff -u want got
}

# one lead that took its time, one without a touch
slow() {
	bars >in <<-'EOF'
	lead_id|time|kind|event|channel|deal_id|value
	a|2025-12-20T00:00:00Z|touch|page_view|paid||
	a|2026-01-05T00:00:00Z|milestone|lead|||
	a|2026-01-10T00:00:00Z|milestone|contacted|||
	a|2026-01-15T00:00:00Z|milestone|mql|||
	a|2026-01-20T00:00:00Z|milestone|sql|||
	a|2026-01-25T00:00:00Z|milestone|opp||A|
	a|2026-02-04T00:00:00Z|milestone|won||A|900
	b|2026-01-06T00:00:00Z|milestone|lead|||
	EOF
}

@test "kpi: --cohort first: cohorts by the first touch, counts where they were" {
	slow
	shown --as-of 2026-09-30 --cohort first --kpi leads,lead_to_customer,lead_value_cohort \
	    --until 2026-02-01 >got
	cat >want <<-'EOF'
	2025-12|lead_to_customer|1|1|1|1
	2025-12|lead_value_cohort|900|900|1|1
	2025-12|leads|0|0||0
	2026-01|lead_to_customer|0|0|1|1
	2026-01|lead_value_cohort|0|0|1|1
	2026-01|leads|2|2||2
	EOF
	diff -u want got
	shown --as-of 2026-09-30 --cohort lead --kpi lead_to_customer --until 2026-02-01 >got
	echo '2026-01|lead_to_customer|0.5|1|2|2' | diff -u - got
}

@test "kpi: --close-from: days from the first of these that is there" {
	slow
	for from in first:46 lead:30 contacted:25 mql:20 sql:15 opp:10 lead,opp:30 opp,lead:10; do
		shown --as-of 2026-09-30 --period all --close-from "${from%:*}" \
		    --kpi days_to_close_mean >got
		echo "(all)|days_to_close_mean|${from#*:}|${from#*:}|1|0" | diff -u - got
	done
	grep -v '\(lead\|mql\|sql\)		' in >deal
	mv deal in
	# without a lead row there is none of a lead's: the deal's own opp
	shown --as-of 2026-09-30 --period all --close-from mql,lead,opp --kpi days_to_close_mean >got
	echo '(all)|days_to_close_mean|10|10|1|0' | diff -u - got
	run --separate-stderr -2 lead-kpi --as-of 2026-09-30 --close-from won in
	[ "$stderr" = 'lead-kpi: --close-from: "won": none of first, lead, contacted, mql, sql, opp' ]
}

@test "kpi: below zero: refunds past the sale, a sale of less, money back from a platform" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|deal_id|value
	a|2026-01-05T00:00:00Z|milestone|lead||
	a|2026-01-06T00:00:00Z|milestone|won|A|10
	a|2026-01-07T00:00:00Z|milestone|refund|A|-25.5
	b|2026-02-05T00:00:00Z|milestone|refund|Z|-3
	b|2026-02-06T00:00:00Z|milestone|lead||
	c|2026-02-06T00:00:00Z|milestone|lead||
	c|2026-02-07T00:00:00Z|milestone|won|Q|-7
	EOF
	printf 'date\tcost\n2026-01-01\t100\n2026-01-02\t-30\n' >spend
	shown --as-of 2026-12-31 --spend spend \
	    --kpi revenue,refunds,avg_deal,lead_value,lead_margin,roas,roi,cpl >got
	cat >want <<-'EOF'
	2026-01|avg_deal|10|10|1|1
	2026-01|cpl|70|70|1|1
	2026-01|lead_margin|-85.5|-85.5|1|1
	2026-01|lead_value|-15.5|-15.5|1|1
	2026-01|refunds|-25.5|-25.5||1
	2026-01|revenue|-15.5|-15.5||2
	2026-01|roas|-0.221429|-15.5|70|2
	2026-01|roi|-1.221429|-85.5|70|2
	2026-02|avg_deal|-7|-7|1|1
	2026-02|cpl|0|0|2|2
	2026-02|lead_margin|-5|-10|2|2
	2026-02|lead_value|-5|-10|2|2
	2026-02|refunds|-3|-3||1
	2026-02|revenue|-10|-10||2
	2026-02|roas||-10|0|0
	2026-02|roi||-10|0|0
	EOF
	diff -u want got
}

@test "kpi: periods are half-open: by the zone's midnight, a day by its date" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event
	a|2026-01-31T22:59:59Z||milestone|lead
	b|2026-01-31T23:00:00Z||milestone|lead
	c|2026-02-28T22:59:59Z||milestone|lead
	d|2026-02-28T23:00:00Z||milestone|lead
	e|2026-02-27T23:00:00Z|day|milestone|lead
	f|2026-05-03T21:59:59Z|day|milestone|lead
	EOF
	shown --as-of 2026-12-31 --tz Europe/Madrid --kpi leads | cut -d '|' -f 1,3 >got
	# nobody came in April: no row
	printf '%s\n' '2026-01|1' '2026-02|3' '2026-03|1' '2026-05|1' | diff -u - got
	shown --as-of 2026-12-31 --tz Europe/Madrid --since 2026-02-01 --until 2026-03-01 \
	    --period all --kpi leads >got
	echo '(all)|leads|3|3||3' | diff -u - got
	shown --as-of 2026-12-31 --tz Europe/Madrid --since 2026-02-28 --until 2026-05-03 \
	    --period day --kpi leads | cut -d '|' -f 1,3 >got
	printf '%s\n' '2026-02-28|2' '2026-03-01|1' | diff -u - got
}

@test "kpi: credit: what stands above and below each ratio adds up to the whole, in every model" {
	/usr/bin/python3 "$top/tests/oracle/allocate.py" world 5
	lead-attribute --model first,linear,time-decay,w --milestone lead,mql,sql,opp,won \
	    --explain-credit --as-of 2026-12-31 -o credit steps
	lead-kpi --as-of 2026-12-31 --by channel --by term --by channel,rep --by rep \
	    --by first_channel --credit credit --spend spend --allocate leads -q -o got steps
	# but days with ads, which segments share, and mean days, which are rounded sums
	awk -F '\t' 'function micros(v) { return int(v * 1e6 + (v < 0 ? -.5 : .5)) }
		NR == 1 || $4 ~ /^leads_per_day$|_mean$/ { next }
		$2 == "(all)" { above[$1, $4] = micros($7); below[$1, $4] = micros($8); next }
		{ id = $2 SUBSEP $5; of[$1 SUBSEP $4, id] = $1 SUBSEP $4; kpis[$4, id]
			n[$1 SUBSEP $4, id] += micros($7); d[$1 SUBSEP $4, id] += micros($8) }
		END { for (k in n) if (n[k] != above[of[k]] || d[k] != below[of[k]]) {
				print k, n[k], above[of[k]], d[k], below[of[k]]; bad = 1 }
			for (k in kpis) seen++
			exit bad || seen < 350 }' got
}

@test "kpi: leads_per_day of a part of a period, and of all time, has the days between --since and --until" {
	bars >in <<-'EOF'
	lead_id|time|kind|event
	a|2026-01-05T00:00:00Z|milestone|lead
	b|2026-01-15T00:00:00Z|milestone|lead
	EOF
	for period in month:2026-01 year:2026 'all:(all)'; do
		shown --as-of 2026-12-31 --since 2026-01-10 --until 2026-01-20 \
		    --period "${period%:*}" --kpi leads_per_day >got
		echo "${period#*:}|leads_per_day|0.1|1|10|10" | diff -u - got
	done
	# all time begins with the first that is known, and ends with as-of
	shown --as-of 2026-01-20 --period all --kpi leads_per_day >got
	echo '(all)|leads_per_day|0.125|2|16|16' | diff -u - got
}

@test "kpi: revenue is new, expansion and renewal together, whatever was given back of what" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|deal_id|deal_type|value|rep
	a|2026-01-05T10:00:00Z|milestone|lead||||R1
	a|2026-01-06T10:00:00Z|milestone|won|A||100|R1
	a|2026-01-07T10:00:00Z|milestone|won|B|renewal|50|R2
	a|2026-01-08T10:00:00Z|milestone|won|C||30|R1
	a|2026-01-09T10:00:00Z|milestone|refund|||-7|
	a|2026-01-09T10:00:00Z|milestone|refund|B||-5|
	a|2026-01-09T10:00:00Z|milestone|refund|C||-40|
	a|2026-01-10T10:00:00Z|milestone|refund|X||-1|
	b|2026-01-05T10:00:00Z|milestone|lead||||R1
	b|2026-01-06T10:00:00Z|milestone|refund|B||-2|
	EOF
	# what is given back of no deal of the group is less new business: 100 - 7 - 1 - 2
	lead-kpi --as-of 2026-12-31 --period year --by rep -f segment,kpi,value \
	    --kpi revenue,revenue_new,revenue_expansion,revenue_renewal,refunds in |
		sed 1d | tr '\t' '|' >got
	cat >want <<-'EOF'
	(all)|refunds|-55
	(all)|revenue|125
	(all)|revenue_expansion|-10
	(all)|revenue_new|90
	(all)|revenue_renewal|45
	(unknown)|refunds|-10
	(unknown)|revenue|-10
	(unknown)|revenue_expansion|0
	(unknown)|revenue_new|-10
	(unknown)|revenue_renewal|0
	R1|refunds|-40
	R1|revenue|90
	R1|revenue_expansion|-10
	R1|revenue_new|100
	R1|revenue_renewal|0
	R2|refunds|-5
	R2|revenue|45
	R2|revenue_expansion|0
	R2|revenue_new|0
	R2|revenue_renewal|45
	EOF
	diff -u want got
}
