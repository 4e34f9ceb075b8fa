#!/usr/bin/env bats
load ../helper

# An account of three people, three deals and a refund (EUR, Europe/Madrid).
worked_account() {
	table <<-'E'
		account_id event_id time                 precision kind      event         lead_id deal_id deal_type channel        value rep
		A1         t1       2025-01-12T08:00:00Z .         touch     page_view     ana     .       .         paid_social    .     .
		A1         m1       2025-01-12T08:06:00Z .         milestone lead          ana     .       .         .              .     .
		A1         t2       2025-02-03T09:15:02Z .         touch     email_clicked ana     .       .         email          .     .
		A1         t3       2025-03-10T23:00:00Z day       touch     trade_show    ben     .       .         event          .     .
		A1         m2       2025-03-13T10:00:00Z .         milestone lead          ben     .       .         .              .     .
		A1         t4       2025-03-20T07:30:00Z .         touch     page_view     ben     .       .         organic_search .     .
		A1         o1       2025-03-20T22:59:59Z day       milestone opp           ana     D1      new       .              .     R1
		A1         t5       2025-04-02T12:00:00Z .         touch     page_view     carla   .       .         paid_search    .     .
		A1         m3       2025-04-02T12:25:00Z .         milestone lead          carla   .       .         .              .     .
		A1         t6       2025-06-30T07:20:00Z .         touch     email_clicked ana     .       .         email          .     .
		A1         w1       2025-06-30T21:59:59Z day       milestone won           ana     D1      new       .              12000 R1
		A1         t7       2025-09-01T08:00:00Z .         touch     email_clicked ana     .       .         email          .     .
		A1         t8       2025-09-15T08:00:00Z .         touch     webinar       ben     .       .         webinar        .     .
		A1         o2       2025-09-20T21:59:59Z day       milestone opp           ana     D2      expansion .              .     R2
		A1         w2       2025-10-20T21:59:59Z day       milestone won           ana     D2      expansion .              5000  R2
		A1         r2       2025-12-01T22:59:59Z day       milestone refund        ana     D2      expansion .              -1000 R2
		A1         w3       2026-06-30T21:59:59Z day       milestone won           ana     D3      renewal   .              12000 R3
	E
}

# A life of touches 1, 2, … n a day apart, then lead, opp and won on the days
# named after n; channels are a, b, c …: life 3 lead=1 opp=2 (won after the last)
life() {
	awk -v n="$1" -v lead="${2#*=}" -v opp="${3#*=}" -v OFS='\t' 'BEGIN {
		print "lead_id", "time", "kind", "event", "deal_id", "channel", "value"
		for (i = 1; i <= n; i++) {
			day = sprintf("2026-11-%02dT", i)
			print "L", day "10:00:00Z", "touch", "page_view", "", sprintf("%c", 96 + i), ""
			if (i == lead) print "L", day "11:00:00Z", "milestone", "lead", "", "", ""
			if (i == opp) print "L", day "12:00:00Z", "milestone", "opp", "D", "", ""
		}
		print "L", "2026-11-30T10:00:00Z", "milestone", "won", "D", "", 100 }'
}

# shares MODEL - channel and value of the life in "in", on one line
shares() {
	lead-attribute --model "$1" in | awk -F '\t' 'NR > 1 { printf "%s%s=%s", s, $4, $6; s = " " }'
}

# total TABLE... - the sum of the last column but one and of the last, exactly
total() {
	awk -F '\t' 'FNR > 1 { n++; split($(NF - 1), c, "."); split($NF, v, ".")
		a += c[1]; b += substr(c[2] "000000", 1, 6); x += v[1]
		y += (v[1] ~ /^-/ ? -1 : 1) * substr(v[2] "000000", 1, 6) }
		END { printf "%.6f %.6f\n", a + b / 1e6, x + y / 1e6 }' "$@"
}

@test "attribute: the example of the manual" {
	sed -n '/^lead_id/,/^\$ /p' "$top/cmd/lead-attribute.1" | sed '$d' >in
	sed -n '/^\$ lead-attribute --model/,/^\.Ed/p' "$top/cmd/lead-attribute.1" | sed '1d; $d' >want
	[ "$(wc -l <in)" -eq 6 ]
	[ "$(wc -l <want)" -eq 6 ]
	check_filter 0 lead-attribute --model first,last-non-direct,linear
}

# --- T16: a worked account, figures worked by hand

@test "attribute: T16: the first deal of the worked account by six models" {
	worked_account >in
	table <<-'E' >want
		model           milestone period  channel        conversions value
		first           won       2025-06 paid_social    1           12000
		last            won       2025-06 email          1           12000
		last-non-direct won       2025-06 email          1           12000
		linear          won       2025-06 email          0.333333    4000
		linear          won       2025-06 event          0.166667    2000
		linear          won       2025-06 organic_search 0.166667    2000
		linear          won       2025-06 paid_search    0.166666    2000
		linear          won       2025-06 paid_social    0.166667    2000
		u               won       2025-06 email          0.08        960
		u               won       2025-06 event          0.04        480
		u               won       2025-06 organic_search 0.04        480
		u               won       2025-06 paid_search    0.04        480
		u               won       2025-06 paid_social    0.8         9600
		w               won       2025-06 email          0.05        600
		w               won       2025-06 event          0.025       300
		w               won       2025-06 organic_search 0.3         3600
		w               won       2025-06 paid_search    0.025       300
		w               won       2025-06 paid_social    0.6         7200
	E
	check_filter 0 lead-attribute --model first,last,last-non-direct,linear,u,w \
	    --tz Europe/Madrid --until 2025-07-01T00:00:00Z
}

@test "attribute: T16: the expansion is earned since the first deal, its refund by the same weights" {
	worked_account >in
	table <<-'E' >want
		model  milestone period  channel conversions value
		first  won       2025-10 email   1           5000
		first  won       2025-12 email   0           -1000
		last   won       2025-10 webinar 1           5000
		last   won       2025-12 webinar 0           -1000
		linear won       2025-10 email   0.5         2500
		linear won       2025-10 webinar 0.5         2500
		linear won       2025-12 email   0           -500
		linear won       2025-12 webinar 0           -500
		u      won       2025-10 email   0.666667    3333.333333
		u      won       2025-10 webinar 0.333333    1666.666667
		u      won       2025-12 email   0           -666.666667
		u      won       2025-12 webinar 0           -333.333333
		w      won       2025-10 email   0.5         2500
		w      won       2025-10 webinar 0.5         2500
		w      won       2025-12 email   0           -500
		w      won       2025-12 webinar 0           -500
	E
	check_filter 0 lead-attribute --model first,last,linear,u,w --tz Europe/Madrid \
	    --since 2025-07-01T00:00:00Z --until 2026-01-01T00:00:00Z
}

@test "attribute: T16: the renewal goes to the touches that won the customer" {
	worked_account >in
	lead-attribute --model first,last,linear,u,w in >all
	awk -F '\t' -v OFS='\t' '$3 == "2025-06" { $3 = ""; print }' all >first
	awk -F '\t' -v OFS='\t' '$3 == "2026-06" { $3 = ""; print }' all >renewal
	[ -s first ]
	diff first renewal
}

@test "attribute: T16: each rep has his own deals, refunds included" {
	worked_account >in
	table <<-'E' >want
		model milestone period rep conversions value
		w     won       (all)  R1  1           12000
		w     won       (all)  R2  1           4000
		w     won       (all)  R3  1           12000
	E
	check_filter 0 lead-attribute --model w --by rep --period all
}

@test "attribute: in an account the lead role is the earliest lead of its people" {
	table <<-'E' >in
		account_id time                 kind      event     lead_id channel value
		A          2026-01-01T10:00:00Z touch     page_view ana     a       .
		A          2026-01-02T10:00:00Z touch     page_view ben     b       .
		A          2026-01-02T11:00:00Z milestone lead      ben     .       .
		A          2026-01-03T10:00:00Z touch     page_view ana     c       .
		A          2026-01-03T11:00:00Z milestone lead      ana     .       .
		A          2026-01-04T10:00:00Z milestone won       ana     .       100
	E
	[ "$(shares u)" = "a=40 b=40 c=20" ]
}

@test "attribute: half-life is a third of the lookback, 7d only for a short one" {
	worked_account >in
	email() { awk -F '\t' '$4 == "email" { exit $6 > 11990 ? 0 : 1 }'; }
	lead-attribute --model time-decay --half-life 7d --until 2025-07-01T00:00:00Z in | email
	run ! email < <(lead-attribute --model time-decay --until 2025-07-01T00:00:00Z in)
	cmp <(lead-attribute --model time-decay in) <(lead-attribute --model time-decay --half-life 30d in)
	cmp <(lead-attribute --model time-decay --lookback 30d in) \
	    <(lead-attribute --model time-decay --lookback 30d --half-life 7d in)
	cmp <(lead-attribute --model time-decay --lookback 0 in) \
	    <(lead-attribute --model time-decay --lookback 0 --half-life 30d in)
}

# --- the traps

@test "attribute: T17: two deals of one lead, two reps: each rep his own" {
	table <<-'E' >in
		lead_id time                 kind      event     deal_id channel value rep
		L       2026-01-01T10:00:00Z touch     page_view .       email   .     .
		L       2026-01-02T10:00:00Z milestone lead      .       .       .     R1
		L       2026-02-01T10:00:00Z milestone won       D1      .       70    R1
		L       2026-02-01T10:00:00Z milestone won       D2      .       30    R2
	E
	table <<-'E' >want
		model           milestone period  channel rep conversions value
		last-non-direct won       2026-02 email   R1  1           70
		last-non-direct won       2026-02 email   R2  1           30
	E
	check_filter 0 lead-attribute --by channel,rep
}

@test "attribute: T19: a date-only close takes in the touch of that day; days are civil" {
	table <<-'E' >in
		lead_id time                 precision kind      event     channel value
		L       2026-01-31T23:30:00Z .         touch     page_view early   .
		L       2026-02-01T00:30:00Z .         touch     page_view edge    .
		L       2026-05-02T18:00:00Z .         touch     page_view email   .
		L       2026-05-02T21:59:59Z day       milestone won       .       90
	E
	table <<-'E' >want
		model  milestone period  channel conversions value
		linear won       2026-05 early   0.333334    30
		linear won       2026-05 edge    0.333333    30
		linear won       2026-05 email   0.333333    30
	E
	# 90 civil days before 2 May, in Madrid, begin on 31 January at 23:00 UTC
	check_filter 0 lead-attribute --model linear --tz Europe/Madrid
	sed -i 's/T23:30/T22:59/' in
	table <<-'E' >want
		model  milestone period  channel conversions value
		linear won       2026-05 edge    0.5         45
		linear won       2026-05 email   0.5         45
	E
	check_filter 0 lead-attribute --model linear --tz Europe/Madrid
}

@test "attribute: T20: a first touch is credited though the sale came half a year later" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2026-01-01T10:00:00Z touch     page_view social  .
		L       2026-01-02T10:00:00Z milestone lead      .       .
		L       2026-07-02T10:00:00Z milestone won       .       100
	E
	table <<-'E' >want
		model           milestone period  channel conversions value
		last-non-direct won       2026-07 social  1           100
	E
	check_filter 0 lead-attribute
	table <<-'E' >want
		model           milestone period  channel        conversions value
		last-non-direct won       2026-07 (unattributed) 1           100
	E
	check_filter 0 lead-attribute --lookback-from conversion
}

@test "attribute: T22: a refund mirrors its deal's sale, model by model, to the last millionth" {
	table <<-'E' >in
		lead_id time                 kind      event     deal_id channel value
		L       2026-01-01T10:00:00Z touch     page_view .       a       .
		L       2026-01-05T10:00:00Z touch     page_view .       b       .
		L       2026-01-09T10:00:00Z touch     page_view .       c       .
		L       2026-01-10T10:00:00Z milestone won       D1      .       100
		L       2026-01-20T10:00:00Z touch     page_view .       d       .
		L       2026-01-21T10:00:00Z milestone refund    D1      .       -100
	E
	lead-attribute --model first,last,linear,time-decay,position,u,w,full-path --period all in >got
	[ "$(wc -l <got)" -gt 8 ]
	[ "$(tail -n +2 got | cut -f 6 | sort -u)" = 0 ]
	[ "$(awk -F '\t' '{ s[$1] += $5 } END { for (m in s) if (m != "model" && s[m] != 1) print m }' got)" = "" ]
}

@test "attribute: a refund of an unknown deal is (unattributed); one before its sale is not" {
	table <<-'E' >in
		lead_id time                 kind      event     deal_id channel value
		L       2026-01-01T10:00:00Z touch     page_view .       a       .
		L       2026-01-02T10:00:00Z milestone refund    D1      .       -5
		L       2026-01-10T10:00:00Z milestone won       D1      .       100
		L       2026-01-11T10:00:00Z milestone refund    D9      .       -7
		L       2026-01-12T10:00:00Z milestone refund    .       .       -1
	E
	table <<-'E' >want
		model           milestone period  channel        conversions value
		last-non-direct won       2026-01 (unattributed) 0           -8
		last-non-direct won       2026-01 a              1           95
	E
	check_filter 0 lead-attribute
	lead-attribute --stats s in >/dev/null
	grep -q '"refund_before_sale":1' s
	grep -q '"refund_without_sale":2' s
	sed -i 's/-7$/-107/; s/D9/D1/' in
	lead-attribute --stats s in >/dev/null
	grep -q '"refund_over_sale":1' s
}

@test "attribute: conversions in one second stay separate" {
	table <<-'E' >in
		lead_id event_id time                 kind      event     deal_id channel value
		L       t        2026-01-01T10:00:00Z touch     page_view .       a       .
		L       w1       2026-01-02T10:00:00Z milestone won       .       .       1
		L       w2       2026-01-02T10:00:00Z milestone won       .       .       1
	E
	[ "$(lead-attribute in | cut -f 5-6 | tail -1)" = "2	2" ]
	[ "$(lead-attribute --explain-credit in | column conversion_id | tr '\n' ' ')" = "w1 w2 " ]
}

@test "attribute: --exclude-channel: the others share the whole, unless none would be left" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		A       2026-01-01T10:00:00Z touch     page_view paid    .
		A       2026-01-02T10:00:00Z touch     page_view direct  .
		A       2026-01-03T10:00:00Z milestone won       .       10
		B       2026-01-01T10:00:00Z touch     page_view direct  .
		B       2026-01-03T10:00:00Z milestone won       .       10
	E
	table <<-'E' >want
		model  milestone period  channel conversions value
		linear won       2026-01 direct  1           10
		linear won       2026-01 paid    1           10
	E
	check_filter 0 lead-attribute --model linear --exclude-channel direct
}

@test "attribute: an empty campaign never joins a real one" {
	table <<-'E' >in
		lead_id time                 kind      event     channel campaign value
		L       2026-01-01T10:00:00Z touch     page_view paid    .        .
		L       2026-01-02T10:00:00Z touch     page_view paid    (none)   .
		L       2026-01-03T10:00:00Z touch     page_view paid    spring   .
		L       2026-01-04T10:00:00Z milestone won       .       .        30
	E
	table <<-'E' >want
		model  milestone period  channel campaign conversions value
		linear won       2026-01 paid    .        0.333334    10
		linear won       2026-01 paid    (none)   0.333333    10
		linear won       2026-01 paid    spring   0.333333    10
	E
	check_filter 0 lead-attribute --model linear --by channel,campaign
}

@test "attribute: touches after the conversion earn nothing" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2026-01-01T10:00:00Z touch     page_view a       .
		L       2026-01-04T10:00:00Z milestone won       .       30
		L       2026-01-04T10:00:00Z touch     page_view b       .
		L       2026-01-05T10:00:00Z touch     page_view c       .
	E
	[ "$(shares linear)" = "a=30" ]
	[ "$(shares last)" = "a=30" ]
}

@test "attribute: names with ' > ' and parentheses stay themselves" {
	table <<-'E' >in
		lead_id time                 kind      event     channel   value
		L       2026-01-01T10:00:00Z touch     page_view a~>~b     .
		L       2026-01-02T10:00:00Z touch     page_view (won)~50% .
		L       2026-01-04T10:00:00Z milestone won       .         30
	E
	table <<-'E' >want
		model  milestone period  channel   conversions value
		linear won       2026-01 (won)~50% 0.5         15
		linear won       2026-01 a~>~b     0.5         15
	E
	check_filter 0 lead-attribute --model linear
	table <<-'E' >want
		path                       conversions value nulls
		a~%3E~b~>~%28won)~50%25    1           30    0
	E
	check_filter 0 lead-attribute --paths
}

# --- models

@test "attribute: position: one, two, three, five touches" {
	life 1 lead=1 opp= >in && [ "$(shares position)" = "a=100" ]
	life 2 lead=1 opp= >in && [ "$(shares position)" = "a=50 b=50" ]
	life 3 lead=1 opp= >in && [ "$(shares position)" = "a=40 b=20 c=40" ]
	life 5 lead=1 opp= >in
	[ "$(shares position)" = "a=40 b=6.666667 c=6.666667 d=6.666666 e=40" ]
	[ "$(shares j)" = "a=20 b=6.666667 c=6.666667 d=6.666666 e=60" ]
	[ "$(shares inverse-j)" = "a=60 b=6.666667 c=6.666667 d=6.666666 e=20" ]
	[ "$(shares first)" = "a=100" ]
	[ "$(shares last)" = "e=100" ]
}

@test "attribute: --position: the weights given; two touches share the middle's part pro rata" {
	life 2 lead=1 opp= >in
	lead-attribute --model position --position 30,0,70 in | cut -f 4,6 | tail -2 >got
	diff <(rows 'a 30' 'b 70') got
	lead-attribute --model position --position 10,60,30 in | cut -f 4,6 | tail -2 >got
	diff <(rows 'a 25' 'b 75') got
	lead-attribute --model position --position 0,1,0 in | cut -f 4,6 | tail -2 >got
	diff <(rows 'a 50' 'b 50') got
	life 4 lead=1 opp= >in
	lead-attribute --model position --position 0,1,0 in | cut -f 4,6 | tail -n +2 >got
	diff <(rows 'b 50' 'c 50') got
}

@test "attribute: u, w, full-path: one to five touches, each role on its own" {
	life 1 lead=1 opp=1 >in
	for model in u w full-path; do [ "$(shares $model)" = "a=100" ]; done
	life 2 lead=2 opp=2 >in
	[ "$(shares u)" = "a=50 b=50" ]
	[ "$(shares w)" = "a=33.333333 b=66.666667" ]
	[ "$(shares full-path)" = "a=25 b=75" ]
	life 3 lead=2 opp=3 >in
	[ "$(shares u)" = "a=40 b=40 c=20" ]
	[ "$(shares w)" = "a=33.333334 b=33.333333 c=33.333333" ]
	[ "$(shares full-path)" = "a=25 b=25 c=50" ]
	life 5 lead=2 opp=4 >in
	[ "$(shares u)" = "a=40 b=40 c=6.666667 d=6.666667 e=6.666666" ]
	[ "$(shares w)" = "a=30 b=30 c=5 d=30 e=5" ]
	[ "$(shares full-path)" = "a=22.5 b=22.5 c=10 d=22.5 e=22.5" ]
}

@test "attribute: roles: no opp, no lead, lead after opp, several on one touch" {
	life 4 lead=2 opp= >in
	[ "$(shares w)" = "a=42.857143 b=42.857143 c=7.142857 d=7.142857" ]
	life 4 lead= opp= >in
	[ "$(shares u)" = "a=66.666667 b=11.111111 c=11.111111 d=11.111111" ]
	life 4 lead=3 opp=2 >in
	[ "$(shares w)" = "a=30 b=30 c=30 d=10" ]
	life 4 lead=1 opp=4 >in
	[ "$(shares w)" = "a=60 b=5 c=5 d=30" ]
	[ "$(shares full-path)" = "a=45 b=5 c=5 d=45" ]
}

@test "attribute: w: the opp is this deal's, not another's" {
	table <<-'E' >in
		lead_id time                 kind      event     deal_id channel value
		L       2026-01-01T10:00:00Z touch     page_view .       a       .
		L       2026-01-01T11:00:00Z milestone lead      .       .       .
		L       2026-01-02T10:00:00Z touch     page_view .       b       .
		L       2026-01-02T11:00:00Z milestone opp       D1      .       .
		L       2026-01-03T10:00:00Z touch     page_view .       c       .
		L       2026-01-03T11:00:00Z milestone opp       D2      .       .
		L       2026-01-04T10:00:00Z milestone won       D2      .       200
		L       2026-01-05T10:00:00Z milestone won       D1      .       100
	E
	lead-attribute --model w --by deal_id,channel --period all in | cut -f 4,5,7 | tail -n +2 >got
	diff <(rows 'D1 a 60' 'D1 b 30' 'D1 c 10' 'D2 a 120' 'D2 b 20' 'D2 c 60') got
}

@test "attribute: roles earn beyond the lookback; other models do not see those touches" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2025-01-01T10:00:00Z touch     page_view old     .
		L       2025-01-02T10:00:00Z touch     page_view older   .
		L       2026-01-01T10:00:00Z touch     page_view new     .
		L       2026-01-01T11:00:00Z milestone lead      .       .
		L       2026-01-02T10:00:00Z touch     page_view late    .
		L       2026-01-03T10:00:00Z milestone won       .       100
	E
	[ "$(shares linear)" = "late=50 new=50" ]
	[ "$(shares u)" = "late=20 new=40 old=40" ]
}

@test "attribute: time-decay: a half-life halves the weight" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2026-01-01T10:00:00Z touch     page_view early   .
		L       2026-01-02T10:00:00Z touch     page_view middle  .
		L       2026-01-03T10:00:00Z touch     page_view late    .
		L       2026-01-04T10:00:00Z milestone won       .       7
	E
	lead-attribute --model time-decay --half-life 1d in | cut -f 4-6 | tail -n +2 >got
	diff <(rows 'early 0.142857 1' 'late 0.571429 4' 'middle 0.285714 2') got
	# a half-life too short for any but the last
	[ "$(lead-attribute --model time-decay --half-life 1ms in | tail -n +2 | cut -f 4,6)" = "late	7" ]
}

@test "attribute: custom:FILE: roles and weights of one's own" {
	life 5 lead=2 opp=4 >in
	rows 'role weight' 'opp 3' 'middle 1' >mine.tsv
	[ "$(shares custom:mine.tsv)" = "a=6.25 b=6.25 c=6.25 d=75 e=6.25" ]
	rows 'role weight' 'mql 1' >mine.tsv # nobody holds it: shared evenly
	[ "$(shares custom:mine.tsv)" = "a=20 b=20 c=20 d=20 e=20" ]
	for row in 'nobody 1' 'opp x' 'opp -1' 'opp 1001'; do
		rows 'role weight' "$row" >mine.tsv
		run -1 --separate-stderr lead-attribute --model custom:mine.tsv in
		[[ $stderr == "lead-attribute: mine.tsv:2: "* ]]
	done
	rows 'role weight' 'opp 1' 'opp 2' >mine.tsv
	run -1 --separate-stderr lead-attribute --model custom:mine.tsv in
	[[ $stderr == "lead-attribute: mine.tsv:3: role: a role is there twice"* ]]
	run -2 lead-attribute --model custom:absent.tsv in
	run -2 lead-attribute --model custom in
	run -2 lead-attribute --model custom: in
}

@test "attribute: linear-unique: one share for each --by tuple of the path" {
	table <<-'E' >in
		lead_id time                 kind      event     channel campaign value
		L       2026-01-01T10:00:00Z touch     page_view a       x        .
		L       2026-01-02T10:00:00Z touch     page_view b       x        .
		L       2026-01-03T10:00:00Z touch     page_view a       x        .
		L       2026-01-04T10:00:00Z touch     page_view a       y        .
		L       2026-01-05T10:00:00Z milestone won       .       .        60
	E
	[ "$(shares linear-unique)" = "a=30 b=30" ]
	lead-attribute --model linear-unique --by channel,campaign in | cut -f 4,5,7 | tail -n +2 >got
	diff <(rows 'a x 20' 'a y 20' 'b x 20') got
	cmp <(lead-attribute --model shapley in | sed s/shapley/linear-unique/) \
	    <(lead-attribute --model linear-unique in)
}

@test "attribute: a cent over three touches, and less than nothing over three" {
	life 3 lead=1 opp= | sed 's/100$/0.01/' >in
	[ "$(shares linear)" = "a=0.003334 b=0.003333 c=0.003333" ]
	life 3 lead=1 opp= | sed 's/100$/-5.00/' >in
	[ "$(shares linear)" = "a=-1.666667 b=-1.666667 c=-1.666666" ]
	life 3 lead=1 opp= | sed 's/100$//' >in
	[ "$(shares linear)" = "a=0 b=0 c=0" ]
}

@test "attribute: ten thousand touches of one lead sum to the whole in every model" {
	awk -v OFS='\t' 'BEGIN {
		print "lead_id", "time", "kind", "event", "channel", "value"
		for (i = 0; i < 10000; i++)
			print "L", sprintf("2026-11-%02dT%02d:%02d:%02dZ", 1 + i / 1440, i / 60 % 24, i % 60, 0),
			    "touch", "page_view", "c" (i * 7919 % 13), ""
		print "L", "2026-11-29T10:00:00Z", "milestone", "won", "", "99.99" }' >in
	for model in linear time-decay position u linear-unique; do
		lead-attribute --model $model in >got
		[ "$(total got)" = "1.000000 99.990000" ]
	done
}

@test "attribute: as many campaigns as there are touches: right for heuristics, refused by a chain" {
	awk -v OFS='\t' 'BEGIN {
		print "lead_id", "time", "kind", "event", "campaign", "value"
		for (i = 0; i < 50000; i++) {
			id = sprintf("L%06d", i)
			for (k = 1; k <= 2; k++)
				print id, "2026-01-0" k "T10:00:00Z", "touch", "page_view", sprintf("c%06d", 2 * i + k), ""
			print id, "2026-01-05T10:00:00Z", "milestone", "won", "", 30
		} }' >in
	lead-attribute --model linear,j --by campaign in >got
	[ "$(wc -l <got)" -eq 200001 ]
	[ "$(tail -n +2 got | cut -f 1,5,6 | sort | uniq -c | tr -s ' ' | tr '\t' ' ')" = " 50000 j 0.25 7.5
 50000 j 0.75 22.5
 100000 linear 0.5 15" ]
	run -1 --separate-stderr lead-attribute --model markov --by campaign in
	[ "$stderr" = "lead-attribute: a chain of more than 20000 states: --by fewer names, or a lower order" ]
}

# --- which touches, which conversions

@test "attribute: --lookback: one for all, one for each milestone, 0 for any age; the edge is in" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2025-01-01T10:00:00Z touch     page_view ancient .
		L       2026-03-02T11:00:00Z touch     page_view month   .
		L       2026-03-31T11:00:00Z touch     page_view day     .
		L       2026-04-01T11:00:00Z milestone lead      .       .
		L       2026-04-02T10:00:00Z milestone won       .       10
	E
	credited() { lead-attribute --model linear --milestone lead,won "$@" in | awk -F '\t' \
	    'NR > 1 { s = s " " $2 ":" $4 } END { print s }'; }
	[ "$(credited)" = " lead:day lead:month won:day won:month" ]
	[ "$(credited --lookback 30d)" = " lead:day lead:month won:day won:month" ]
	[ "$(credited --lookback 29d)" = " lead:day won:day" ]
	[ "$(credited --lookback 1d,won=0)" = " lead:day won:ancient won:day won:month" ]
	[ "$(credited --lookback lead=30d,won=1h)" = " lead:day lead:month won:(unattributed)" ]
	[ "$(credited --lookback 30d --lookback-from conversion)" = " lead:day lead:month won:day" ]
	for bad in 90 won=x foo=1d refunds=1d 1d,; do
		run -2 --separate-stderr lead-attribute --lookback $bad in
		[[ $stderr == "lead-attribute: --lookback: "* ]]
	done
}

@test "attribute: a lead that comes after the conversion does not move its lookback" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2026-01-01T10:00:00Z touch     page_view a       .
		L       2026-01-02T10:00:00Z milestone won       .       10
		L       2026-12-01T10:00:00Z milestone lead      .       .
	E
	[ "$(shares linear)" = "a=10" ]
}

@test "attribute: --since-last: only touches after the previous conversion of the milestone" {
	table <<-'E' >in
		lead_id event_id time                 kind      event     channel value
		L       t1       2026-01-01T10:00:00Z touch     page_view a       .
		L       w1       2026-01-02T10:00:00Z milestone won       .       1
		L       t2       2026-01-03T10:00:00Z touch     page_view b       .
		L       o1       2026-01-03T11:00:00Z milestone opp       .       .
		L       t3       2026-01-03T12:00:00Z touch     page_view c       .
		L       w2       2026-01-04T10:00:00Z milestone won       .       2
		L       w3       2026-01-04T10:00:00Z milestone won       .       4
	E
	[ "$(shares linear)" = "a=3.000001 b=2 c=1.999999" ]
	lead-attribute --model linear --since-last in | cut -f 4,6 | tail -n +2 >got
	diff <(rows '(unattributed) 4' 'a 1' 'b 1' 'c 1') got
}

@test "attribute: an expansion without a touch since the last won is earned as a renewal is" {
	table <<-'E' >in
		lead_id time                 kind      event     deal_id deal_type channel value
		L       2026-01-01T10:00:00Z touch     page_view .       .         a       .
		L       2026-01-02T10:00:00Z milestone won       D1      new       .       100
		L       2026-02-02T10:00:00Z milestone won       D2      expansion .       10
		L       2026-03-01T10:00:00Z touch     page_view .       .         b       .
		L       2026-03-02T10:00:00Z milestone won       D3      expansion .       1
		L       2026-03-03T10:00:00Z milestone won       D4      new       .       1000
	E
	lead-attribute --model first --period all in | cut -f 4,6 | tail -n +2 >got
	diff <(rows 'a 1110' 'b 1') got
	lead-attribute --model last --acquisition in | cut -f 4,6 | tail -n +2 >got
	diff <(rows 'a 100' 'a 10' 'a 1001') got
}

@test "attribute: payments go to the first won's touches, or the first payment's" {
	table <<-'E' >in
		lead_id time                 kind      event     deal_id channel value
		A       2026-01-01T10:00:00Z touch     page_view .       a       .
		A       2026-01-02T10:00:00Z milestone won       D1      .       100
		A       2026-01-03T10:00:00Z touch     page_view .       b       .
		A       2026-01-04T10:00:00Z milestone payment   D1      .       60
		B       2026-01-01T10:00:00Z touch     page_view .       c       .
		B       2026-01-02T10:00:00Z milestone payment   D2      .       5
		B       2026-01-03T10:00:00Z touch     page_view .       d       .
		B       2026-01-04T10:00:00Z milestone payment   D2      .       7
	E
	table <<-'E' >want
		model milestone period  channel conversions value
		last  payment   2026-01 a       1           60
		last  payment   2026-01 c       2           12
	E
	check_filter 0 lead-attribute --model last --milestone payment
}

@test "attribute: --value deal: what leads up to a won is worth what it brought, refunds off" {
	table <<-'E' >in
		account_id time                 kind      event     lead_id deal_id channel value
		A          2026-01-01T10:00:00Z touch     page_view ana     .       x       .
		A          2026-01-02T10:00:00Z milestone lead      ana     .       .       .
		A          2026-01-02T11:00:00Z milestone lead      ben     .       .       .
		A          2026-01-03T10:00:00Z milestone opp       ana     D1      .       50
		A          2026-01-03T11:00:00Z milestone opp       ana     D2      .       70
		A          2026-01-04T10:00:00Z milestone won       ana     D1      .       100
		A          2026-01-05T10:00:00Z milestone won       ben     D3      .       40
		A          2026-01-06T10:00:00Z milestone refund    ana     D1      .       -30
	E
	table <<-'E' >want
		model           milestone period lead_id conversions value
		last-non-direct lead      (all)  ana     1           70
		last-non-direct lead      (all)  ben     1           40
		last-non-direct opp       (all)  ana     2           70
		last-non-direct won       (all)  ana     1           70
		last-non-direct won       (all)  ben     1           40
	E
	check_filter 0 lead-attribute --milestone lead,opp,won --value deal --by lead_id --period all
	sed -i '/opp.*ben/d; s/	lead	(all)	ana	1	70/	lead	(all)	ana	1	0/; s/	lead	(all)	ben	1	40/	lead	(all)	ben	1	0/; s/opp	(all)	ana	2	70/opp	(all)	ana	2	120/' want
	check_filter 0 lead-attribute --milestone lead,opp,won --by lead_id --period all
}

@test "attribute: --touch-kinds: other touches do not exist" {
	worked_account >in
	lead-attribute --model linear --touch-kinds webinar,trade_show --period all --stats s in |
		cut -f 4-6 | tail -n +2 >got
	diff <(rows 'event 2 24000' 'webinar 1 4000') got
	grep -q '"touch_kind":6' s
}

@test "attribute: no eligible touch: (unattributed) in every --by column" {
	table <<-'E' >in
		lead_id time                 kind      event channel campaign value rep
		L       2026-01-04T10:00:00Z milestone won   .       .        30    R1
	E
	table <<-'E' >want
		model milestone period  channel        rep            campaign       conversions value
		u     won       2026-01 (unattributed) (unattributed) (unattributed) 1           30
	E
	check_filter 0 lead-attribute --model u --by channel,rep,campaign
}

@test "attribute: an undated won counts in period (all), (unattributed), and nowhere else" {
	table <<-'E' >in
		lead_id time                 precision kind      event     deal_id channel value
		L       2026-01-01T10:00:00Z .         touch     page_view .       a       .
		L       2026-01-04T10:00:00Z .         milestone won       D1      .       30
		L       .                    undated   milestone won       D2      .       12
		L       .                    undated   milestone refund    D1      .       -1
	E
	table <<-'E' >want
		model           milestone period channel        conversions value
		last-non-direct won       (all)  (unattributed) 1           11
		last-non-direct won       (all)  a              1           30
	E
	check_filter 0 lead-attribute --period all
	table <<-'E' >want
		model           milestone period  channel conversions value
		last-non-direct won       2026-01 a       1           30
	E
	check_filter 0 lead-attribute
	lead-attribute --stats s in >/dev/null
	grep -q '"conversion_undated":2' s
}

@test "attribute: periods and zones: a conversion is booked on its own civil day" {
	table <<-'E' >in
		lead_id time                 precision kind      event     channel value
		L       2026-10-01T10:00:00Z .         touch     page_view a       .
		L       2026-10-31T23:30:00Z .         milestone won       .       30
		L       2026-11-01T22:59:59Z day       milestone won       .       12
	E
	periods() { lead-attribute "$@" in | awk -F '\t' 'NR > 1 { printf "%s%s=%s", s, $3, $6; s = " " }'; }
	[ "$(periods)" = "2026-10=30 2026-11=12" ]
	[ "$(periods --tz Europe/Madrid)" = "2026-11=42" ]
	[ "$(periods --tz Europe/Madrid --period day)" = "2026-11-01=42" ]
	[ "$(periods --tz Asia/Tokyo --period day)" = "2026-11-01=42" ]
	[ "$(periods --period week)" = "2026-W44=42" ]
	[ "$(periods --period quarter)" = "2026-Q4=42" ]
	[ "$(periods --period year)" = "2026=42" ]
}

@test "attribute: --as-of: later rows do not exist; --since, --until bound conversions, not touches" {
	worked_account >in
	[ "$(lead-attribute --period all --as-of 2025-12-31T00:00:00Z in | total -)" = "2.000000 16000.000000" ]
	[ "$(lead-attribute --period all --as-of 2025-11-30T00:00:00Z in | total -)" = "2.000000 17000.000000" ]
	lead-attribute --model first --since 2026-01-01T00:00:00Z --stats s in >got
	diff <(rows 'model milestone period channel conversions value' \
	    'first won 2026-06 paid_social 1 12000') got
	grep -q '"conversion_outside":3' s
	lead-attribute --as-of 2025-11-30T00:00:00Z --stats s in >/dev/null
	grep -q '"after_as_of":2' s
}

# --- every cent explained

@test "attribute: --explain-credit: one line for each touch, with its role, weight and share" {
	table <<-'E' >in
		lead_id event_id time                 kind      event     deal_id channel source value rep
		L       t1       2026-01-01T10:00:00Z touch     page_view .       paid    google .     .
		L       m1       2026-01-01T10:10:00Z milestone lead      .       .       .      .     R0
		L       t2       2026-01-02T10:00:00Z touch     page_view .       email   crm    .     .
		L       w1       2026-01-03T10:00:00Z milestone won       D1      .       .      10    R1
		M       w2       2026-01-03T10:00:00Z milestone won       D2      .       .      5     R2
	E
	table <<-'E' >want
		lead_id deal_id conversion_id milestone model  touch_time           role       weight channel        source         rep conversions value
		L       D1      w1            won       first  2026-01-01T10:00:00Z first,lead 1      paid           google         R1  1           10
		L       D1      w1            won       linear 2026-01-01T10:00:00Z first,lead 0.5    paid           google         R1  0.5         5
		L       D1      w1            won       linear 2026-01-02T10:00:00Z close      0.5    email          crm            R1  0.5         5
		M       D2      w2            won       first  .                    .          1      (unattributed) (unattributed) R2  1           5
		M       D2      w2            won       linear .                    .          1      (unattributed) (unattributed) R2  1           5
	E
	check_filter 0 lead-attribute --model linear,first --explain-credit \
	    -f lead_id,deal_id,conversion_id,milestone,model,touch_time,role,weight,channel,source,rep,conversions,value
	[ "$(lead-attribute --explain-credit --header-only in | tr '\t' ' ')" = "lead_id account_id deal_id \
conversion_id milestone time period model touch_time role weight channel source medium campaign term content \
campaign_id click_id click_id_type landing evidence pages rep conversions value" ]
}

@test "attribute: --explain-credit sums to the table, and is sorted left of the weight" {
	worked_account >in
	lead-attribute --model u,w,time-decay,position --explain-credit in >lines
	cut -f 1-11 lines | tail -n +2 >keys
	sort -c -t '	' -k 1,1 -k 2,2 -k 3,3 -k 4,4 -k 5,5 -k 6,6 -k 7,7 -k 8,8 -k 9,9 -k 10,10 keys
	lead-attribute --model u,w,time-decay,position in >table
	sums() {
		sqlite3 -cmd '.mode tabs' -cmd ".import $1 t" :memory: \
		    "SELECT model, milestone, period, channel, printf('%.6f', sum(conversions)),
			printf('%.6f', sum(value)) FROM t GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
	}
	diff <(sums table) <(sums lines)
}

@test "attribute: --explain-credit: touches of one second stand by role" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L       2026-01-01T10:00:00Z touch     page_view a       .
		L       2026-01-01T10:00:00Z touch     page_view b       .
		L       2026-01-01T10:00:00Z touch     page_view c       .
		L       2026-01-04T10:00:00Z milestone won       .       30
	E
	lead-attribute --model linear --explain-credit -f role,channel in >got
	diff <(rows 'role channel' 'close c' 'first a' 'middle b') got
}

@test "attribute: --explain-credit: the refund's weights are its sale's" {
	worked_account >in
	lead-attribute --model u,w,time-decay --explain-credit in >lines
	pick() { awk -F '\t' -v id="$1" '$4 == id || $5 == id' lines | cut -f 8-11; }
	pick w2 >sale
	pick r2 >refund
	[ -s sale ]
	diff sale refund
}

# --- in parts

@test "attribute: split seven ways and merged equals one run, byte for byte" {
	python3 "$top/tests/data/lead-attribute/oracle.py" world 5 300 >in
	options='--model first,linear,time-decay,w --milestone won,opp --by channel,campaign'
	lead-attribute $options in >want
	[ "$(wc -l <want)" -gt 50 ]
	for i in 0 1 2 3 4 5 6; do
		awk -F '\t' -v i=$i 'NR == 1 || substr($1, 2) % 7 == i' in |
			lead-attribute $options --partial >part.$i
	done
	lead-attribute --merge part.? >got
	diff want got
	lead-attribute --merge part.[0-3] >half # a table is a part, too
	lead-attribute --merge half part.[4-6] | diff want -
	for i in 0 2 4; do # and parts of parts are parts: a tree
		lead-attribute --partial --merge part.$i part.$((i + 1)) >pair.$i
	done
	lead-attribute --partial --merge pair.0 pair.2 >four
	lead-attribute --merge part.6 four pair.4 | diff want -
	lead-attribute --paths in >want
	for i in 0 1 2 3 4 5 6; do
		awk -F '\t' -v i=$i 'NR == 1 || substr($1, 2) % 7 == i' in |
			lead-attribute --paths --partial >part.$i
	done
	lead-attribute --merge --paths part.? | diff want -
}

@test "attribute: --merge: a bad figure and a missing column are errors" {
	rows 'model milestone period channel conversions value' 'first won 2026 a x 1' >in
	run -1 --separate-stderr lead-attribute --merge in
	[[ $stderr == "lead-attribute: in:2: conversions: not a number"* ]]
	rows 'model milestone channel conversions value' 'first won a 1 1' >in
	run -1 --separate-stderr lead-attribute --merge in
	[[ $stderr == *"no column 'period'"* ]]
}

# --- what is wrong is said

@test "attribute: groups out of order, times out of order, bad rows: errors, with the column" {
	rows 'lead_id time kind event channel value' \
	    'B 2026-01-01T10:00:00Z milestone won . 1' \
	    'A 2026-01-01T10:00:00Z milestone won . 1' >in
	run -1 --separate-stderr lead-attribute in
	[[ $stderr == *"not sorted by the key"* ]]
	check_bad() {
		rows 'lead_id time precision kind event channel value' "$1" >in
		run -1 --separate-stderr lead-attribute in
		[[ ${stderr/, of \"A\"/} == "lead-attribute: "*"$2"* ]]
	}
	check_bad 'A 2026-13-01T10:00:00Z . touch page_view a .' 'time: not a time: "2026-13-01T10:00:00Z"'
	check_bad 'A . . touch page_view a .' 'time: not a time'
	check_bad 'A 2026-01-01T10:00:00Z undated touch page_view a .' 'time: a time on an undated row'
	check_bad 'A 2026-01-01T10:00:00Z hour touch page_view a .' 'precision: none of second, day, undated'
	check_bad 'A 2026-01-01T10:00:00Z . tuch page_view a .' 'kind: neither touch nor milestone: "tuch"'
	check_bad 'A 2026-01-01T10:00:00Z . milestone one a .' "event: not a milestone's name"
	check_bad 'A 2026-01-01T10:00:00Z . milestone won . 1e3' 'value: not an amount: "1e3"'
	check_bad 'A 2026-01-01T10:00:00Z . milestone won . 0.0000001' 'value: more than six decimals'
	rows 'lead_id time kind event channel value' \
	    'A 2026-01-02T10:00:00Z touch page_view a .' \
	    'A 2026-01-01T10:00:00Z milestone won . 1' >in
	run -1 --separate-stderr lead-attribute in
	[[ $stderr == *'time: earlier than the row above (lead-journey writes them in order), of "A": "2026-01-01T10:00:00Z"'* ]]
}

@test "attribute: a rejected row is kept with its fields, and the rest goes on" {
	rows 'lead_id time kind event channel value' \
	    'A 2026-01-01T10:00:00Z touch page_view a .' \
	    'A nonsense touch page_view b .' \
	    'A 2026-01-02T10:00:00Z milestone won . 1' >in
	run -0 --separate-stderr lead-attribute --max-reject 1 --reject bad --stats s in
	[ "${lines[1]}" = "last-non-direct	won	2026-01	a	1	1" ]
	grep -q nonsense bad
	grep -q '"rejected_rows":1' s
	grep -q '"balanced":true' s
}

@test "attribute: a bad row of a key of 600 KB is rejected as any other" {
	awk 'BEGIN { OFS = "\t"; while (length(k) < 600000) k = k "0123456789"
		print "lead_id", "time", "kind", "event", "channel"
		print k, "nonsense", "touch", "page_view", "a"
		print "A", "2026-01-02T10:00:00Z", "milestone", "won", "" }' >in
	lead-attribute --max-reject 1 --reject bad in >got
	grep -q '^last-non-direct.*(unattributed)' got
	[ "$(sed 1d bad | wc -l)" = 1 ]
}

@test "attribute: a group of 80,000 milestones of one deal, or of as many leads, takes no minute" {
	# heap EVENT LEAD DEAL VALUE - N rows; the i-th lead or deal where the word ends in #
	heap() {
		awk -v OFS='\t' -v event="$1" -v lead="$2" -v deal="$3" -v value="$4" 'BEGIN {
			for (i = 0; i < 80000; i++) {
				l = lead; d = deal; sub(/#/, i, l); sub(/#/, i, d)
				printf "A\t2026-01-02T%02d:%02d:%02dZ\tmilestone\t%s\t%s\t%s\t\t%s\n",
				    i / 3600, i / 60 % 60, i % 60, event, l, d, value } }'
	}
	begin() {
		rows 'account_id time kind event lead_id deal_id channel value' \
		    'A 2026-01-01T00:00:00Z touch page_view . . email .' \
		    "A 2026-01-01T00:00:01Z milestone $1 . ${2-.} . 1"
	}
	quick() {
		(ulimit -t 8 && lead-attribute --model linear,w --milestone "$1" --value "$2" in >got)
	}
	{ begin opp; heap payment '' '' 1; } >in
	quick payment own
	grep -q '^linear	payment	2026-01	email	80000	80000$' got
	{ begin won D; heap refund '' D -1; } >in
	quick won own
	grep -q '^linear	won	2026-01	email	1	-79999$' got
	{ heap lead 'L#' '' ''; heap won 'L#' 'D#' 1; } | sort -s -t "$(printf '\t')" -k 2,2 >body
	{ begin opp; cat body; } >in
	quick lead deal
	grep -q '^linear	lead	2026-01	email	80000	80000$' got
}

@test "attribute: requests that make no sense are refused before anything is written" {
	life 2 lead=1 opp= >in
	refused() {
		run -2 --separate-stderr lead-attribute "${@:2}" in
		[ "$output" = "" ]
		[[ $stderr == "lead-attribute: $1"* ]]
	}
	refused '--model: none of first, last, last-non-direct, linear, linear-unique, shapley, ' --model frist
	[[ $stderr == *', markov:ORDER, custom:FILE: "frist"' ]]
	refused '--model: there twice: "first"' --model first,last,first
	refused '--model: an empty name' --model first,,last
	refused '--milestone: not a milestone: "page_view"' --milestone page_view
	refused '--milestone: refunds are booked under won: "refund"' --milestone refund
	refused '--half-life: nothing halves at once' --half-life 0d
	refused '--position: not three weights' --model position --position 40,60
	refused '--position: not three weights' --model position --position 40,20,40,0
	refused '--position: not a weight' --model position --position 40,x,40
	refused '--position: no weight at all' --model position --position 0,0,0
	refused '--explain-credit' --explain-credit --partial
	refused '--milestone: a table of paths has one' --paths --milestone won,opp
	refused '--model: paths have no times or roles: "u"' --from-paths --model u
	run -1 --separate-stderr lead-attribute --by nowhere in
	[ "$stderr" = "lead-attribute: in:1: no column 'nowhere' in the header" ]
}

@test "attribute: a table that is no steps is told what is read here" {
	rows 'Contact~ID Stage Amount' '1 Won 9' >crm.tsv
	run -1 --separate-stderr lead-attribute crm.tsv
	[ "$stderr" = "lead-attribute: crm.tsv:1: no column 'kind' in the header: these are not the steps of lead-journey" ]
}

@test "attribute: without a column of value money is empty, in lines too; conversions are not" {
	rows 'lead_id time kind event channel' \
	    'A 2026-01-01T10:00:00Z touch page_view a' \
	    'A 2026-01-02T10:00:00Z milestone won .' >in
	run -0 --separate-stderr lead-attribute --model first,markov --explain-credit -f model,channel,conversions,value in
	[ "$output" = "$(rows 'model channel conversions value' 'first a 1 .' 'markov a 1 .')" ]
	[ "$stderr" = "lead-attribute: no column 'value' in the header: money is left empty" ]
	run -0 --separate-stderr lead-attribute --model markov --removal in
	[ "${lines[2]}" = "$(rows 'markov won a 0 . 1 .')" ]
	lead-attribute --partial in 2>/dev/null >part # a part is to be added up
	[ "$(lead-attribute --merge part | tail -n 1 | cut -f 5,6)" = "1	0" ]
}

@test "attribute: --model help lists every model" {
	run -0 lead-attribute --model help
	for model in first last last-non-direct linear linear-unique shapley time-decay position j \
	    inverse-j u w full-path custom:FILE; do
		[[ $'\n'$output == *$'\n'"$model	"* ]]
	done
}

@test "attribute: a header and no rows give a header, and nothing is an error" {
	rows 'lead_id time kind event channel value' >in
	rows 'model milestone period channel conversions value' >want
	check_filter 0 lead-attribute
	rows 'path conversions value nulls' >want
	check_filter 0 lead-attribute --paths
	: >in
	run -1 lead-attribute in
}

@test "attribute: --explain-credit: period (all) is written as such" {
	worked_account >in
	lead-attribute --explain-credit --period all -f period in | tail -n +2 | sort -u >got
	diff <(echo '(all)') got
}
