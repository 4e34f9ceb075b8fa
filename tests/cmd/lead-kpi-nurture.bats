#!/usr/bin/env bats
# lead-kpi: what nurturing brings, and what of the revenue is marketing's
load ../helper

# bars - tab-separated lines from a here-document with | for each tab
bars() {
	tr '|' '\t'
}

# before_and_after - 5,000 a month, nurturing from April on, 8,750 a month
before_and_after() {
	bars >in <<-'EOF'
	lead_id|time|kind|event|channel|campaign|deal_id|value
	a|2026-01-02T10:00:00Z|touch|page_view|paid_search|brand||
	a|2026-01-02T11:00:00Z|milestone|lead||||
	a|2026-01-10T11:00:00Z|milestone|won|||D1|5000
	b|2026-02-02T11:00:00Z|milestone|lead||||
	b|2026-02-10T11:00:00Z|milestone|won|||D2|5000
	c|2026-03-02T11:00:00Z|milestone|lead||||
	c|2026-03-10T11:00:00Z|milestone|won|||D3|5000
	d|2026-04-01T10:00:00Z|touch|page_view|email|spring||
	d|2026-04-02T11:00:00Z|milestone|lead||||
	d|2026-04-10T11:00:00Z|milestone|won|||D4|8750
	e|2026-05-02T11:00:00Z|milestone|lead||||
	e|2026-05-10T11:00:00Z|milestone|won|||D5|8750
	EOF
	bars >campaigns <<-'EOF'
	platform|campaign_id|campaign|channel|kind
	mail|n1|spring|email|nurture
	EOF
}

# kpi NAMES OPTIONS... - of the file in
kpi() {
	local names=$1
	shift
	lead-kpi --as-of 2026-05-31 --kpi "$names" "$@" in
}

@test "kpi: T6: 5,000 a month before, 8,750 after: 3,750, 75 %, 45,000 a year; roi empty without cost" {
	before_and_after
	printf 'date\tcost\n2026-04-01\t0\n' >spend
	kpi nurture_uplift,nurture_uplift_pct,nurture_uplift_annual,roi --campaigns campaigns \
	    --spend spend -f '!dimension,segment,model' >got
	bars >want <<-'EOF'
	period|kpi|value|numerator|denominator|n
	2026-01|nurture_uplift||||0
	2026-01|nurture_uplift_annual||||0
	2026-01|nurture_uplift_pct||||0
	2026-01|roi||5000|0|0
	2026-02|nurture_uplift||||0
	2026-02|nurture_uplift_annual||||0
	2026-02|nurture_uplift_pct||||0
	2026-02|roi||5000|0|0
	2026-03|nurture_uplift||||0
	2026-03|nurture_uplift_annual||||0
	2026-03|nurture_uplift_pct||||0
	2026-03|roi||5000|0|0
	2026-04|nurture_uplift|3750|3750||3
	2026-04|nurture_uplift_annual|45000|45000||3
	2026-04|nurture_uplift_pct|0.75|3750|5000|3
	2026-04|roi||8750|0|1
	2026-05|nurture_uplift|3750|3750||3
	2026-05|nurture_uplift_annual|45000|45000||3
	2026-05|nurture_uplift_pct|0.75|3750|5000|3
	2026-05|roi||8750|0|0
	EOF
	diff -u want got
}

@test "kpi: nurture_uplift where nothing tells of nurturing: each month against its own three before" {
	before_and_after
	kpi nurture_uplift -f period,value,n >got
	bars >want <<-'EOF'
	period|value|n
	2026-01||0
	2026-02|0|1
	2026-03|0|2
	2026-04|3750|3
	2026-05|2500|3
	EOF
	diff -u want got
	lead-kpi --as-of 2026-05-31 in >all
	run ! grep -q nurture all
}

@test "kpi: nurture_uplift of a year is by its periods: 365, 52, 12, 4, 1, and none of all time" {
	before_and_after
	for period in day week month quarter year all; do
		printf '%s ' $period
		kpi nurture_uplift_annual --campaigns campaigns --period $period -f value |
			sed 1d | grep . | sort -n | sed -n 1p | grep . || echo
	done >got
	# the least of each: days without revenue; the week of the first touch, nothing
	# against 5,000 in three weeks; a quarter against the one before; the year has none
	cat >want <<-'EOF'
	day 0
	week -86666.666667
	month 45000
	quarter 10000
	year 
	all 
	EOF
	diff -u want got
}

@test "kpi: nurture_uplift by tactic: of the campaign's own leads, and as credit shares it" {
	before_and_after
	lead-kpi --as-of 2026-05-31 --campaigns campaigns --by nurture_campaign \
	    --kpi nurture_uplift,nurture_leads -f period,segment,kpi,value in |
		grep spring >got
	bars >want <<-'EOF'
	2026-04|spring|nurture_leads|1
	2026-04|spring|nurture_uplift|8750
	EOF
	diff -u want got
	lead-attribute --model first,linear --explain-credit --as-of 2026-05-31 -o credit in
	lead-kpi --as-of 2026-05-31 --campaigns campaigns --by campaign --credit credit \
	    --kpi nurture_uplift -f segment,model,value in | grep -P '^spring\t.*\d' >got
	bars >want <<-'EOF'
	spring|first|8750
	spring|linear|8750
	EOF
	diff -u want got
}

@test "kpi: a lead is nurtured by a touch above the won of its group, of a name or number of that kind" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|campaign|campaign_id
	a|2026-01-01T10:00:00Z|milestone|lead||
	a|2026-01-02T10:00:00Z|touch|page_view|spring|
	a|2026-01-03T10:00:00Z|milestone|won||
	b|2026-01-01T10:00:00Z|milestone|lead||
	b|2026-01-03T10:00:00Z|milestone|won||
	b|2026-01-04T10:00:00Z|touch|page_view|spring|
	c|2026-01-01T10:00:00Z|touch|page_view||77
	c|2026-01-02T10:00:00Z|milestone|lead||
	d|2026-01-01T10:00:00Z|touch|page_view|brand|
	d|2026-01-02T10:00:00Z|milestone|lead||
	EOF
	bars >spend <<-'EOF'
	date|cost|campaign_id|campaign|kind
	2026-01-01|1||spring|nurture
	2026-01-01|1|77||nurture
	2026-01-01|1|5|brand|ad
	EOF
	kpi nurture_leads,nurtured_rate,not_nurtured_rate --spend spend \
	    -f kpi,value,numerator,denominator >got
	bars >want <<-'EOF'
	kpi|value|numerator|denominator
	not_nurtured_rate|0.5|1|2
	nurture_leads|2|2|
	nurtured_rate|0.5|1|2
	EOF
	diff -u want got
	run --separate-stderr -2 lead-kpi --as-of 2026-05-31 --kpi nurture_leads in
	[ "$stderr" = 'lead-kpi: --kpi: "nurture_leads": needs --campaigns or --spend of kind nurture' ]
}

@test "kpi: sourced by the source touch, influenced 90 days before the opp and on its day, by hand" {
	bars >in <<-'EOF'
	lead_id|time|precision|kind|event|channel|deal_id|value
	a|2026-01-01T10:00:00Z||touch|page_view|paid_search||
	a|2026-04-01T10:00:00Z||milestone|opp||A|
	a|2026-04-02T10:00:00Z||milestone|won||A|100
	a|2026-04-03T10:00:00Z||milestone|refund||A|-40
	b|2026-01-01T10:00:00Z||touch|page_view|direct||
	b|2026-01-02T10:00:00Z||touch|page_view|email||
	b|2026-04-02T10:00:00Z||milestone|opp||B|
	b|2026-04-02T11:00:00Z||milestone|won||B|200
	c|2026-01-01T10:00:00Z||touch|page_view|direct||
	c|2026-01-02T10:00:00Z||touch|page_view|email||
	c|2026-04-02T10:00:01Z||milestone|opp||C|
	c|2026-04-02T11:00:00Z||milestone|won||C|400
	d|2026-04-02T12:00:00Z||touch|page_view|referral||
	d|2026-04-02T23:59:59Z|day|milestone|opp||D|
	d|2026-04-05T11:00:00Z||milestone|won||D|800
	e|2026-04-02T12:00:00Z||touch|page_view|phone||
	e|2026-04-05T11:00:00Z||milestone|won||E|1600
	f|2026-04-02T12:00:00Z||touch|webinar|webinar||
	f|2026-04-05T11:00:00Z||milestone|won||F|3200
	EOF
	# a: 90 days exactly; b: the same, though its source is direct; c: a second more
	kpi revenue,sourced_revenue,influenced_revenue --period all -f kpi,value >got
	bars >want <<-'EOF'
	kpi|value
	influenced_revenue|4260
	revenue|6260
	sourced_revenue|4060
	EOF
	diff -u want got
}

@test "kpi: sourced_revenue follows --lead-source" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|channel|value
	a|2026-01-01T10:00:00Z|touch|page_view|direct|
	a|2026-01-02T10:00:00Z|milestone|lead||
	a|2026-01-03T10:00:00Z|touch|page_view|email|
	a|2026-01-04T10:00:00Z|milestone|won||100
	EOF
	for which in first lead won; do
		kpi sourced_revenue --lead-source $which -f value | sed 1d
	done >got
	printf '0\n0\n100\n' >want
	diff -u want got
}

@test "kpi: what adds up with nothing says so in --list" {
	lead-kpi --list | grep '^influenced_revenue' | grep -q 'does not add up'
	[ "$(lead-kpi --list | grep -c 'not randomised')" = 2 ]
}

@test "kpi: a random world of nurturing: as a plain reading of its rows has it" {
	bars >campaigns <<-'EOF'
	platform|campaign_id|campaign|kind
	mail|n1|nurture_1|nurture
	mail|n2|nurture_2|nurture
	EOF
	for seed in 1 2 3; do
		python3 "$top/tests/oracle/nurture.py" world $seed >in
		python3 "$top/tests/oracle/nurture.py" in 2026-03-01T00:00:00Z | sort >want
		lead-kpi --as-of 2026-03-01T00:00:00Z --campaigns campaigns --by country \
		    --kpi nurture_uplift,nurture_uplift_pct,nurture_uplift_annual,nurture_leads \
		    --kpi nurtured_rate,not_nurtured_rate,sourced_revenue,influenced_revenue,revenue \
		    -f '!n' in | sed 1d | sort >got
		# what nobody did in a month, and growth before there was any
		comm -13 want got | awk -F '\t' '$6 != "" && $7 != 0' >more
		[ ! -s more ]
		comm -23 want got >less
		[ ! -s less ]
		[ "$(wc -l <want)" -gt 250 ]
	done
}
