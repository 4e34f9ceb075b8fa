#!/usr/bin/env bats
load ../helper
load kpi

# five leads of two reps over two channels; three are ad touches
people() {
	bars <<-'EOF'
	lead_id|time|kind|event|channel|campaign|rep|deal_id|value
	a|2026-01-05T10:00:00Z|touch|page_view|paid_search|brand|R1||
	a|2026-01-05T11:00:00Z|milestone|lead|||R1||
	a|2026-01-20T11:00:00Z|milestone|won|||R1|D1|1500
	b|2026-01-06T10:00:00Z|touch|page_view|paid_search|brand|R2||
	b|2026-01-06T11:00:00Z|milestone|lead|||R2||
	c|2026-01-07T10:00:00Z|touch|page_view|paid_social|summer|R2||
	c|2026-01-07T11:00:00Z|milestone|lead|||R2||
	d|2026-01-08T10:00:00Z|touch|page_view|direct||R2||
	d|2026-01-08T11:00:00Z|milestone|lead|||R2||
	d|2026-02-02T11:00:00Z|milestone|won|||R2|D2|250000
	EOF
}

money() {
	bars <<-'EOF'
	date|channel|cost|impressions|clicks|kind
	2026-01-05|paid_search|100|1000|10|ad
	2026-01-06|paid_social|33.333333|500|5|ad
	2026-01-07|email|7|||nurture
	2026-02-03|paid_search|50|100|1|ad
	EOF
}

@test "kpi: --allocate leads: cost of each period by its leads, exact and flagged" {
	people >in
	money >spend
	# January 140.333333 by 1 and 3 leads; February has no lead
	bars >want <<-'EOF'
	period|dimension|segment|kpi|model|value|numerator|denominator|n|allocated
	2026-01|(all)|(all)|cost||140.333333|140.333333||3|
	2026-01|(all)|(all)|cpl||33.333333|133.333333|4|4|
	2026-01|(all)|(all)|leads||4|4||4|
	2026-01|rep|R1|cost||35.083333|35.083333||1|leads
	2026-01|rep|R1|cpl||33.333333|33.333333|1|1|leads
	2026-01|rep|R1|leads||1|1||1|
	2026-01|rep|R2|cost||105.25|105.25||1|leads
	2026-01|rep|R2|cpl||33.333333|100|3|3|leads
	2026-01|rep|R2|leads||3|3||3|
	2026-02|(all)|(all)|cost||50|50||1|
	2026-02|(all)|(all)|cpl|||50|0|0|
	2026-02|(all)|(all)|leads||0|0||0|
	2026-02|rep|(unknown)|cost||50|50||1|leads
	2026-02|rep|(unknown)|cpl|||50|0|0|leads
	2026-02|rep|(unknown)|leads||0|0||0|
	2026-02|rep|R2|cost||0|0||0|leads
	2026-02|rep|R2|cpl|||0|0|0|leads
	2026-02|rep|R2|leads||0|0||0|
	EOF
	check_filter 0 lead-kpi --as-of 2026-02-28 --by rep --kpi cost,cpl,leads --spend spend \
	    --allocate leads
}

@test "kpi: without --allocate cost is empty where spend has no such column" {
	people >in
	money >spend
	lead-kpi --as-of 2026-02-28 --by rep --kpi cost,cpl --spend spend in >got
	[ "$(figure 2026-01 rep R1 cost)" = '|||0' ]
	[ "$(head -1 got)" = "$(bars <<<'period|dimension|segment|kpi|model|value|numerator|denominator|n')" ]
}

@test "kpi: --allocate clicks: by touches of ads, within what spend knows" {
	people >in
	money >spend
	lead-kpi --as-of 2026-02-28 --by rep --by channel,rep --by channel --kpi cost \
	    --spend spend --allocate clicks in >got
	[ "$(figure 2026-01 rep R1 cost)" = '46.777778|46.777778||1' ]
	[ "$(figure 2026-01 rep R2 cost)" = '93.555555|93.555555||1' ]
	[ "$(figure 2026-01 channel+rep 'paid_search > R1' cost)" = '50|50||1' ]
	[ "$(figure 2026-01 channel+rep 'paid_search > R2' cost)" = '50|50||1' ]
	[ "$(figure 2026-01 channel+rep 'paid_social > R2' cost)" = '33.333333|33.333333||1' ]
	[ "$(figure 2026-01 channel+rep 'email > (unknown)' cost)" = '7|7||1' ]
	[ "$(figure 2026-01 channel+rep 'direct > R2' cost)" = '0|0||0' ]
	# spend has channels: nothing of them is shared
	[ "$(figure 2026-01 channel paid_search cost)" = '100|100||1' ]
	awk -F '\t' '$2 == "channel" && $10 != "" { bad = 1 } END { exit bad }' got
}

@test "kpi: --allocate credit: by the deals that each model gives, a row a model" {
	people >in
	money >spend
	bars >credit <<-'EOF'
	lead_id|milestone|time|period|model|channel|term|conversions|value
	a|won|2026-01-20T11:00:00Z|2026-01|first|paid_search|shoes|1|1500
	a|won|2026-01-20T11:00:00Z|2026-01|linear|paid_search|shoes|0.75|1125
	a|won|2026-01-20T11:00:00Z|2026-01|linear|paid_search|boots|0.25|375
	EOF
	sed -i '1s/campaign/term/' in
	lead-kpi --as-of 2026-01-31 --by term --by channel,term --by rep --kpi cost,roas \
	    --spend spend --credit credit --allocate credit in >got
	[ "$(figure 2026-01 term shoes cost first)" = '140.333333|140.333333||1' ]
	[ "$(figure 2026-01 term shoes cost linear)" = '105.25|105.25||1' ]
	[ "$(figure 2026-01 term boots cost linear)" = '35.083333|35.083333||1' ]
	[ "$(figure 2026-01 channel+term 'paid_search > boots' cost linear)" = '25|25||1' ]
	[ "$(figure 2026-01 channel+term 'paid_social > (unknown)' cost linear)" = '33.333333|33.333333||1' ]
	[ "$(figure 2026-01 rep R1 cost)" = '|||0' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-01-31 --spend spend --allocate credit in
	[ "$stderr" = 'lead-kpi: --allocate needs --credit' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-01-31 --allocate leads in
	[ "$stderr" = 'lead-kpi: --allocate needs --spend' ]
}

@test "kpi: the cost of segments sums to the whole, whatever shares it" {
	people >in
	money >spend
	lead-attribute --model linear,first --milestone lead,won --by channel,campaign,rep \
	    --explain-credit --as-of 2026-02-28 -o credit in
	for basis in leads clicks credit; do
		lead-kpi --as-of 2026-02-28 --by rep --by channel --by campaign \
		    --by campaign,rep --by value_band --kpi cost,cost_ads,clicks \
		    --spend spend --credit credit --allocate $basis in >got
		awk -F '\t' 'function micros(v) { return int(v * 1e6 + (v < 0 ? -.5 : .5)) }
			NR == 1 || $6 == "" { next }
			$2 == "(all)" { whole[$1, $4] = micros($6) }
			$2 != "(all)" { sum[$1 SUBSEP $4, $2 SUBSEP $5] += micros($6) }
			END { for (k in sum) { split(k, p, SUBSEP); n++
				if (sum[k] != whole[p[1], p[2]]) { print k, sum[k]; bad = 1 } }
				exit bad || n < 12 }' got
	done
}

@test "kpi: ads without a name stand under (unknown), and one line says what to do" {
	people >in
	money >spend
	printf '2026-01-09\t\t12.5\t\t\tad\n2026-01-09\t\t9\t\t\tstaff\n' >>spend
	run --separate-stderr -0 lead-kpi --as-of 2026-02-28 --by channel --kpi cost \
	    --spend spend -o got --stats stats in
	[ "$stderr" = 'lead-kpi: spend: ads without a channel (cost 12.5, rows 1) stand under (unknown): name their campaigns in --campaigns, or let lead-parse-utm read their urls' ]
	[ "$(figure 2026-01 channel '(unknown)' cost)" = '21.5|21.5||2' ]
	[ "$(figure 2026-01 '(all)' '(all)' cost)" = '161.833333|161.833333||5' ]
	grep -q '"spend_nameless":1' stats
}

@test "kpi: value_band: deals by decades of their value, or by cuts of one's own" {
	people >in
	lead-kpi --as-of 2026-02-28 --by value_band --kpi revenue,opps,leads in >got
	[ "$(figure 2026-01 value_band 1000..10000 revenue)" = '1500|1500||1' ]
	[ "$(figure 2026-02 value_band 100000..1000000 revenue)" = '250000|250000||1' ]
	# leads that came to no deal have no value
	[ "$(figure 2026-01 value_band '(unknown)' leads)" = '2|2||2' ]
	lead-kpi --as-of 2026-02-28 --by value_band:1500:5000,rep --kpi revenue in >got
	[ "$(figure 2026-01 value_band+rep '1500..5000 > R1' revenue)" = '1500|1500||1' ]
	[ "$(figure 2026-02 value_band+rep '5000.. > R2' revenue)" = '250000|250000||1' ]
	for cuts in value_band: value_band:5:5 value_band:many; do
		run --separate-stderr -2 lead-kpi --as-of 2026-02-28 --by $cuts in
		[ "$stderr" = "lead-kpi: --by: \"$cuts\": bands are cut at rising amounts, as in value_band:1000:5000" ]
	done
	# a column of that name is that column
	sed '1s/rep/value_band/' in >own
	lead-kpi --as-of 2026-02-28 --by value_band --kpi revenue own >got
	[ "$(figure 2026-01 value_band R1 revenue)" = '1500|1500||1' ]
}

@test "kpi: value_band: the edges belong to the band above, a refund to its sale" {
	bars >in <<-'EOF'
	deal_id|time|kind|event|value
	A|2026-01-01T00:00:00Z|milestone|won|0
	B|2026-01-01T00:00:00Z|milestone|won|9.999999
	C|2026-01-01T00:00:00Z|milestone|won|10
	D|2026-01-01T00:00:00Z|milestone|won|100
	D|2026-01-02T00:00:00Z|milestone|refund|-40
	E|2026-01-01T00:00:00Z|milestone|won|9223372036854.775807
	EOF
	lead-kpi --as-of 2026-02-28 --by value_band --kpi deals,revenue in |
		awk -F '\t' '$2 == "value_band" { print $3, $4, $6 }' >got
	cat >want <<-'EOF'
	0..10 deals 2
	0..10 revenue 9.999999
	10..100 deals 1
	10..100 revenue 10
	100..1000 deals 1
	100..1000 revenue 60
	1000000000000.. deals 1
	1000000000000.. revenue 9223372036854.775807
	EOF
	diff -u want got
}

# shared BASIS [CREDIT] DIM... - what lead-kpi shares, and what a plain sharing gives
shared() {
	local basis=$1 credit=$2 dim by=()
	shift 2
	for dim; do
		by+=(--by "$dim")
	done
	/usr/bin/python3 "$top/tests/oracle/allocate.py" "$basis" $credit -- "$@" | sort >want
	lead-kpi --as-of 2026-12-31 "${by[@]}" --spend spend ${credit:+--credit "$credit"} \
	    --allocate "$basis" --kpi cost,cost_ads,impressions,clicks -q steps |
		awk -F '\t' -v OFS='\t' '$2 != "(all)" && $6 ~ /[1-9]/ { print $1, $2, $3, $4, $5, $6 }' |
		sort >got
	diff -u want got
	[ "$(wc -l <want)" -gt 300 ]
}

@test "kpi: random worlds: cost shared each way is what a plain sharing gives, to the millionth" {
	for seed in 1 2; do
		/usr/bin/python3 "$top/tests/oracle/allocate.py" world $seed
		shared leads '' rep channel,rep rep,country,channel
		shared clicks '' rep channel,rep rep,country,channel
		lead-attribute --model first,linear,time-decay --explain-credit \
		    --as-of 2026-12-31 -o credit steps
		shared credit credit term channel,term rep,term
	done
}
