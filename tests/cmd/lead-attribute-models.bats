#!/usr/bin/env bats
# lead-attribute: every model over small lives, each figure worked by hand from
# the definitions. mine.tsv is first 1, lead 2, opp 3, close 4, middle 5.
load ../helper

all=first,last,last-non-direct,linear,linear-unique,time-decay,position,j,inverse-j,u,w,full-path,custom:mine.tsv

mine() { rows 'role weight' 'first 1' 'lead 2' 'opp 3' 'close 4' 'middle 5' >mine.tsv; }

# life N LEAD OPP VALUE - touches a, b, c … a day apart at 10:00, a lead behind
# touch number LEAD and an opp behind number OPP (0: none), a won at the end
life() {
	awk -v n="$1" -v lead="$2" -v opp="$3" -v value="$4" -v OFS='\t' 'BEGIN {
		print "lead_id", "time", "kind", "event", "deal_id", "channel", "value"
		for (i = 1; i <= n; i++) {
			day = sprintf("2026-11-%02dT", i)
			print "L", day "10:00:00Z", "touch", "page_view", "", sprintf("%c", 96 + i), ""
			if (i == lead) print "L", day "11:00:00Z", "milestone", "lead", "", "", ""
			if (i == opp) print "L", day "12:00:00Z", "milestone", "opp", "D", "", ""
		}
		print "L", "2026-11-30T10:00:00Z", "milestone", "won", "D", "", value }'
}

# pivot FIGURE - one row a model, in the order asked, one column a channel: "." none
pivot() {
	awk -F '\t' -v OFS='\t' -v figure="$1" '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ m = $at["model"]; c = $at["channel"]
			if (!(m in seen)) { seen[m]; model[++models] = m }
			if (!(c in have)) { have[c]; channel[++n] = c }
			v[m, c] = $at[figure] }
		END {
			for (i = 1; i <= n; i++)
				for (j = i; j > 1 && channel[j - 1] > channel[j]; j--) {
					t = channel[j]; channel[j] = channel[j - 1]; channel[j - 1] = t }
			line = "model"; for (i = 1; i <= n; i++) line = line OFS channel[i]
			print line
			for (k = 1; k <= models; k++) {
				line = model[k]; sub(/custom:.*/, "mine", line)
				for (i = 1; i <= n; i++)
					line = line OFS ((model[k], channel[i]) in v ? v[model[k], channel[i]] : "-")
				print line
			}
		}'
}

# holds OPTIONS... - the values that all models give to the steps in "in" are the
# table in "want", whatever the order of its rows
holds() {
	lead-attribute --model "$all" "$@" in | pivot value | sort >got
	sort want | diff - got
}

@test "models: one touch has all, in every role" {
	mine
	life 1 1 1 100 >in
	lead-attribute --model "$all" in | pivot value | tail -n +2 | cut -f 2 | sort | uniq -c | tr -s ' ' >got
	[ "$(cat got)" = " 13 100" ]
}

@test "models: two touches, lead behind the first, opp behind the second" {
	mine
	life 2 1 2 100 >in
	table <<-'T' >want
		model           a         b
		first           100       -
		last            -         100
		last-non-direct -         100
		linear          50        50
		linear-unique   50        50
		time-decay      33.333333 66.666667
		position        50        50
		j               25        75
		inverse-j       75        25
		u               80        20
		w               66.666667 33.333333
		full-path       50        50
		mine            30        70
	T
	holds --half-life 1d
}

@test "models: three touches, lead behind the second, opp behind the third" {
	mine
	life 3 2 3 100 >in
	table <<-'T' >want
		model           a         b         c
		first           100       -         -
		last            -         -         100
		last-non-direct -         -         100
		linear          33.333334 33.333333 33.333333
		linear-unique   33.333334 33.333333 33.333333
		time-decay      14.285714 28.571429 57.142857
		position        40        20        40
		j               20        20        60
		inverse-j       60        20        20
		u               40        40        20
		w               33.333334 33.333333 33.333333
		full-path       25        25        50
		mine            10        20        70
	T
	holds --half-life 1d
}

@test "models: five touches, lead behind the second, opp behind the fourth" {
	mine
	life 5 2 4 100 >in
	table <<-'T' >want
		model           a        b         c         d         e
		first           100      -         -         -         -
		last            -        -         -         -         100
		last-non-direct -        -         -         -         100
		linear          20       20        20        20        20
		linear-unique   20       20        20        20        20
		time-decay      3.225806 6.451613  12.903226 25.806452 51.612903
		position        40       6.666667  6.666667  6.666666  40
		j               20       6.666667  6.666667  6.666666  60
		inverse-j       60       6.666667  6.666667  6.666666  20
		u               40       40        6.666667  6.666667  6.666666
		w               30       30        5         30        5
		full-path       22.5     22.5      10        22.5      22.5
		mine            6.666667 13.333333 33.333333 20        26.666667
	T
	holds --half-life 1d
}

@test "models: first, lead and opp on one touch of four" {
	mine
	life 4 1 1 100 >in
	all=u,w,full-path,custom:mine.tsv
	table <<-'T' >want
		model     a    b         c         d
		u         80   6.666667  6.666667  6.666666
		w         90   3.333334  3.333333  3.333333
		full-path 67.5 5         5         22.5
		mine      40   16.666667 16.666667 26.666666
	T
	holds
}

@test "models: no opp: its part goes to the others, pro rata" {
	mine
	life 3 2 0 100 >in
	all=u,w,full-path,custom:mine.tsv
	table <<-'T' >want
		model     a         b         c
		u         40        40        20
		w         42.857143 42.857143 14.285714
		full-path 33.333334 33.333333 33.333333
		mine      14.285714 28.571429 57.142857
	T
	holds
}

@test "models: neither lead nor opp" {
	mine
	life 3 0 0 100 >in
	all=u,w,full-path,custom:mine.tsv
	table <<-'T' >want
		model     a         b         c
		u         66.666667 16.666667 16.666666
		w         75        12.5      12.5
		full-path 40.909091 18.181818 40.909091
		mine      10        50        40
	T
	holds
}

@test "models: a lead behind the opp keeps its own touch" {
	mine
	life 4 3 2 100 >in
	all=u,w,full-path,custom:mine.tsv
	table <<-'T' >want
		model     a  b  c  d
		u         40 10 40 10
		w         30 30 30 10
		full-path 25 25 25 25
		mine      10 30 20 40
	T
	holds
}

@test "models: last-non-direct: direct earns only where there is nothing else" {
	life 3 1 1 100 | sed 's/	c	/	direct	/' >in
	[ "$(lead-attribute in | tail -n 1 | cut -f 4,6)" = "b	100" ]
	life 3 1 1 100 | sed 's/	[abc]	/	direct	/' >in
	[ "$(lead-attribute in | tail -n 1 | cut -f 4,6)" = "direct	100" ]
}

# a, lead, b, opp of D1, c, opp of D2, D2 won for 200, d, D1 won for 100, 50 of D2 back
two_deals() {
	table <<-'T'
		lead_id time                 kind      event     deal_id channel value
		L       2026-11-01T10:00:00Z touch     page_view .       a       .
		L       2026-11-01T11:00:00Z milestone lead      .       .       .
		L       2026-11-02T10:00:00Z touch     page_view .       b       .
		L       2026-11-02T11:00:00Z milestone opp       D1      .       .
		L       2026-11-03T10:00:00Z touch     page_view .       c       .
		L       2026-11-03T11:00:00Z milestone opp       D2      .       .
		L       2026-11-03T18:00:00Z milestone won       D2      .       200
		L       2026-11-04T10:00:00Z touch     page_view .       d       .
		L       2026-12-04T10:00:00Z milestone won       D1      .       100
		L       2027-01-05T10:00:00Z milestone refund    D2      .       -50
	T
}

@test "models: two deals: the first one's opp and touches are not the other's" {
	mine
	two_deals >in
	table <<-'T' >want
		model           a         b         c
		first           200       -         -
		last            -         -         200
		last-non-direct -         -         200
		linear          66.666667 66.666667 66.666666
		linear-unique   66.666667 66.666667 66.666666
		time-decay      28.571429 57.142857 114.285714
		position        80        40        80
		j               40        40        120
		inverse-j       120       40        40
		u               160       20        20
		w               120       20        60
		full-path       90        20        90
		mine            40        66.666667 93.333333
	T
	holds --half-life 1d --until 2026-12-01T00:00:00Z
	table <<-'T' >want
		model           a        b         c         d
		first           100      -         -         -
		last            -        -         -         100
		last-non-direct -        -         -         100
		linear          25       25        25        25
		linear-unique   25       25        25        25
		time-decay      6.666667 13.333333 26.666667 53.333333
		position        40       10        10        40
		j               20       10        10        60
		inverse-j       60       10        10        20
		u               80       6.666667  6.666667  6.666666
		w               60       30        5         5
		full-path       45       22.5      10        22.5
		mine            20       20        33.333333 26.666667
	T
	holds --half-life 1d --since 2026-12-01T00:00:00Z --until 2027-01-01T00:00:00Z
}

@test "models: a refund takes from each touch what its deal's sale gave, and no conversion" {
	mine
	two_deals >in
	table <<-'T' >want
		model           a          b          c
		first           -50        -          -
		last            -          -          -50
		last-non-direct -          -          -50
		linear          -16.666667 -16.666667 -16.666666
		linear-unique   -16.666667 -16.666667 -16.666666
		time-decay      -7.142857  -14.285714 -28.571429
		position        -20        -10        -20
		j               -10        -10        -30
		inverse-j       -30        -10        -10
		u               -40        -5         -5
		w               -30        -5         -15
		full-path       -22.5      -5         -22.5
		mine            -10        -16.666667 -23.333333
	T
	holds --half-life 1d --since 2027-01-01T00:00:00Z
	lead-attribute --model "$all" --since 2027-01-01T00:00:00Z in | column conversions | sort -u >got
	[ "$(cat got)" = 0 ]
}

@test "models: a cent over three touches" {
	mine
	life 3 2 3 0.01 >in
	table <<-'T' >want
		model           a        b        c
		first           0.01     -        -
		last            -        -        0.01
		last-non-direct -        -        0.01
		linear          0.003334 0.003333 0.003333
		linear-unique   0.003334 0.003333 0.003333
		time-decay      0.001429 0.002857 0.005714
		position        0.004    0.002    0.004
		j               0.002    0.002    0.006
		inverse-j       0.006    0.002    0.002
		u               0.004    0.004    0.002
		w               0.003334 0.003333 0.003333
		full-path       0.0025   0.0025   0.005
		mine            0.001    0.002    0.007
	T
	holds --half-life 1d
}

@test "models: five less than nothing over three touches" {
	mine
	life 3 2 3 -5.00 >in
	table <<-'T' >want
		model           a         b         c
		first           -5        -         -
		last            -         -         -5
		last-non-direct -         -         -5
		linear          -1.666667 -1.666667 -1.666666
		linear-unique   -1.666667 -1.666667 -1.666666
		time-decay      -0.714286 -1.428571 -2.857143
		position        -2        -1        -2
		j               -1        -1        -3
		inverse-j       -3        -1        -1
		u               -2        -2        -1
		w               -1.666667 -1.666667 -1.666666
		full-path       -1.25     -1.25     -2.5
		mine            -0.5      -1        -3.5
	T
	holds --half-life 1d
}

# Ten thousand touches a minute apart, each of a channel of its own, the lead behind
# the first, worth 10,000: what divides unevenly leaves millionths to the earliest.
@test "models: ten thousand touches: each model's shares, counted" {
	awk -v OFS='\t' 'BEGIN {
		print "lead_id", "time", "kind", "event", "channel", "value"
		for (i = 0; i < 10000; i++) {
			at = sprintf("2026-11-%02dT%02d:%02d:", 1 + i / 1440, i / 60 % 24, i % 60)
			print "L", at "00Z", "touch", "page_view", sprintf("t%05d", i), ""
			if (i == 0) print "L", at "30Z", "milestone", "lead", "", ""
		}
		print "L", "2026-11-29T10:00:00Z", "milestone", "won", "", 10000 }' >in
	shares() {
		lead-attribute --model "$1" in | tail -n +2 | cut -f 6 | uniq -c |
			awk '{ printf "%s%s:%s", s, $1, $2; s = " " }'
	}
	[ "$(shares first)" = "1:10000" ]
	[ "$(shares linear)" = "10000:1" ]
	[ "$(shares linear-unique)" = "10000:1" ]
	[ "$(shares position)" = "1:4000 80:0.200041 9918:0.20004 1:4000" ]
	[ "$(shares j)" = "1:2000 80:0.200041 9918:0.20004 1:6000" ]
	[ "$(shares inverse-j)" = "1:6000 80:0.200041 9918:0.20004 1:2000" ]
	[ "$(shares u)" = "1:8000 20:0.200021 9979:0.20002" ]
	[ "$(shares w)" = "1:8571.428571 4300:0.142872 5699:0.142871" ]
	[ "$(shares full-path)" = "1:5806.451613 696:0.129059 9302:0.129058 1:2903.225807" ]
	lead-attribute --model last,last-non-direct in | tail -n +2 | cut -f 4,6 | sort -u >got
	[ "$(cat got)" = "t09999	10000" ]
}

# --- the worked account: three people, three deals and a refund (EUR, Europe/Madrid)

worked_account() {
	table <<-'T'
		account_id event_id time                 precision kind      event         lead_id deal_id deal_type channel        value
		A1         t1       2025-01-12T08:00:00Z .         touch     page_view     ana     .       .         paid_social    .
		A1         m1       2025-01-12T08:06:00Z .         milestone lead          ana     .       .         .              .
		A1         t2       2025-02-03T09:15:02Z .         touch     email_clicked ana     .       .         email          .
		A1         t3       2025-03-10T23:00:00Z day       touch     trade_show    ben     .       .         event          .
		A1         m2       2025-03-13T10:00:00Z .         milestone lead          ben     .       .         .              .
		A1         t4       2025-03-20T07:30:00Z .         touch     page_view     ben     .       .         organic_search .
		A1         o1       2025-03-20T22:59:59Z day       milestone opp           ana     D1      new       .              .
		A1         t5       2025-04-02T12:00:00Z .         touch     page_view     carla   .       .         paid_search    .
		A1         m3       2025-04-02T12:25:00Z .         milestone lead          carla   .       .         .              .
		A1         t6       2025-06-30T07:20:00Z .         touch     email_clicked ana     .       .         email          .
		A1         w1       2025-06-30T21:59:59Z day       milestone won           ana     D1      new       .              12000
		A1         t7       2025-09-01T08:00:00Z .         touch     email_clicked ana     .       .         email          .
		A1         t8       2025-09-15T08:00:00Z .         touch     webinar       ben     .       .         webinar        .
		A1         o2       2025-09-20T21:59:59Z day       milestone opp           ana     D2      expansion .              .
		A1         w2       2025-10-20T21:59:59Z day       milestone won           ana     D2      expansion .              5000
		A1         r2       2025-12-01T22:59:59Z day       milestone refund        ana     D2      expansion .              -1000
		A1         w3       2026-06-30T21:59:59Z day       milestone won           ana     D3      renewal   .              12000
	T
}

# six touches: social is first and lead, organic the opp's, the second mail the close
d1() {
	table <<-'T'
		model           email        event       organic_search paid_search paid_social
		first           -            -           -              -           12000
		last            12000        -           -              -           -
		last-non-direct 12000        -           -              -           -
		linear          4000         2000        2000           2000        2000
		linear-unique   2400         2400        2400           2400        2400
		time-decay      9164.81163   676.853858  840.151745     1139.424367 178.7584
		position        5400         600         600            600         4800
		j               7800         600         600            600         2400
		inverse-j       3000         600         600            600         7200
		u               960          480         480            480         9600
		w               600          300         3600           300         7200
		full-path       3100         400         2700           400         5400
		mine            4533.333334  1333.333333 2400           1333.333333 2400
	T
}

@test "models: T16: the first deal of the worked account" {
	mine
	worked_account >in
	d1 >want
	holds --tz Europe/Madrid --until 2025-07-01T00:00:00Z
}

@test "models: T16: the expansion: two touches since the first deal, no lead among them" {
	mine
	worked_account >in
	table <<-'T' >want
		model           email       webinar
		first           5000        -
		last            -           5000
		last-non-direct -           5000
		linear          2500        2500
		linear-unique   2500        2500
		time-decay      2099.153181 2900.846819
		position        2500        2500
		j               1250        3750
		inverse-j       3750        1250
		u               3333.333333 1666.666667
		w               2500        2500
		full-path       1666.666667 3333.333333
		mine            625         4375
	T
	holds --tz Europe/Madrid --since 2025-07-01T00:00:00Z --until 2025-11-01T00:00:00Z
}

@test "models: T16: the refund: a fifth of it back, by the same weights" {
	mine
	worked_account >in
	table <<-'T' >want
		model           email       webinar
		first           -1000       -
		last            -           -1000
		last-non-direct -           -1000
		linear          -500        -500
		linear-unique   -500        -500
		time-decay      -419.830636 -580.169364
		position        -500        -500
		j               -250        -750
		inverse-j       -750        -250
		u               -666.666667 -333.333333
		w               -500        -500
		full-path       -333.333333 -666.666667
		mine            -125        -875
	T
	holds --tz Europe/Madrid --since 2025-11-01T00:00:00Z --until 2026-01-01T00:00:00Z
}

@test "models: T16: the renewal: as the first deal" {
	mine
	worked_account >in
	d1 >want
	holds --tz Europe/Madrid --since 2026-01-01T00:00:00Z
}
