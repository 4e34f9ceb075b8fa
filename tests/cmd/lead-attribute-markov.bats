#!/usr/bin/env bats
# lead-attribute --model markov: credit by what the removal of a channel costs.
load ../helper

# Three leads: A B A B B A, A B B A A, A A. A to B 3 times, A wins 3 times, B
# always goes back to A: without A nothing is won, without B half is. 2 to 1.
three_leads() {
	table <<-'E'
		lead_id time                 kind      event     channel campaign rep value
		L1      2026-11-01T10:00:00Z touch     page_view A       x        .   .
		L1      2026-11-02T10:00:00Z touch     page_view B       >~y      .   .
		L1      2026-11-03T10:00:00Z touch     page_view A       x        .   .
		L1      2026-11-04T10:00:00Z touch     page_view B       >~y      .   .
		L1      2026-11-05T10:00:00Z touch     page_view B       >~y      .   .
		L1      2026-11-06T10:00:00Z touch     page_view A       x        .   .
		L1      2026-11-20T18:30:00Z milestone won       .       .        Ana 12
		L2      2026-11-01T10:00:00Z touch     page_view A       x        .   .
		L2      2026-11-02T10:00:00Z touch     page_view B       >~y      .   .
		L2      2026-11-03T10:00:00Z touch     page_view B       >~y      .   .
		L2      2026-11-06T10:00:00Z touch     page_view A       x        .   .
		L2      2026-11-07T10:00:00Z touch     page_view A       x        .   .
		L2      2026-12-20T18:30:00Z milestone won       .       .        Ben 12
		L3      2026-11-01T10:00:00Z touch     page_view A       x        .   .
		L3      2026-11-02T10:00:00Z touch     page_view A       x        .   .
		L3      2026-12-20T18:30:00Z milestone won       .       .        Ana 12
	E
}

@test "markov: A B A B B A, A B B A A, A A: A 2, B 1" {
	three_leads >in
	table <<-'E' >want
		model  milestone period channel conversions value
		markov won       (all)  A       2           24
		markov won       (all)  B       1           12
	E
	check_filter 0 lead-attribute --model markov --period all
}

@test "markov: --by of several columns: tuples are states, a rep's sales are shared apart" {
	three_leads >in
	table <<-'E' >want
		model  milestone period  channel rep campaign conversions value
		markov won       2026-11 A       Ana x        0.666667    8
		markov won       2026-11 B       Ana >~y      0.333333    4
		markov won       2026-12 A       Ana x        0.666667    8
		markov won       2026-12 A       Ben x        0.666667    8
		markov won       2026-12 B       Ana >~y      0.333333    4
		markov won       2026-12 B       Ben >~y      0.333333    4
	E
	check_filter 0 lead-attribute --model markov --by channel,rep,campaign
}

@test "markov: by columns of the conversion alone all of it is the conversion's" {
	three_leads >in
	lead-attribute --model markov --by rep --period all in | tail -n +2 | cut -f 4- >got
	diff <(rows 'Ana 2 24' 'Ben 1 12') got
}

@test "markov: --removal: what is left without each channel, and what goes with it" {
	three_leads >in
	table <<-'E' >want
		model    milestone channel probability mean_value removal removal_value
		markov   won       (all)   1           12         0       0
		markov   won       A       0           0          1       1
		markov   won       B       0.5         6          0.5     0.5
		markov:2 won       (all)   1           12         0       0
		markov:2 won       A       0           0          1       1
		markov:2 won       B       0.333333333333333 4    0.666666666666667 0.666666666666667
	E
	check_filter 0 lead-attribute --model markov,markov:2 --removal
}

@test "markov: a group without the milestone, after it, or of another is a null" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		L1      2026-11-01T10:00:00Z touch     page_view A       .
		L1      2026-11-02T10:00:00Z milestone opp       .       .
		L1      2026-11-03T10:00:00Z milestone won       .       8
		L1      2026-11-04T10:00:00Z touch     page_view B       .
		L2      2026-11-01T10:00:00Z touch     page_view A       .
		L2      2026-11-02T10:00:00Z touch     page_view B       .
		L2      2026-11-03T10:00:00Z milestone opp       .       .
		L3      2026-11-01T10:00:00Z touch     page_view B       .
		L4      2026-11-01T10:00:00Z milestone lead      .       .
	E
	# won: A 1; A B null; B null. opp: A 1; A B 1; B null: of the two at B one won.
	table <<-'E' >want
		model  milestone channel probability mean_value removal removal_value
		markov opp       (all)   0.666666666666667 0    0                 0
		markov opp       A       0.166666666666667 0    0.75              0
		markov opp       B       0.333333333333333 0    0.5               0
		markov won       (all)   0.333333333333333 2.666666666666667 0    0
		markov won       A       0                 0                 1    1
		markov won       B       0.333333333333333 2.666666666666667 0    0
	E
	check_filter 0 lead-attribute --model markov --removal --milestone won,opp
}

@test "markov: no touch is (unattributed), whatever the chain" {
	three_leads >in
	printf 'L4\t2026-12-21T10:00:00Z\tmilestone\twon\t\t\tAna\t5\n' >>in
	lead-attribute --model markov --period all in | tail -n +2 | cut -f 4- >got
	diff <(rows '(unattributed) 1 5' 'A 2 24' 'B 1 12') got
}

@test "markov: --explain-credit shares each conversion by its touches' effects" {
	three_leads >in
	lead-attribute --model markov --explain-credit -f lead_id,touch_time,weight,channel,conversions,value in |
		grep L1 >got
	diff <(rows 'L1 2026-11-01T10:00:00Z 0.222223 A 0.222223 2.666667' \
	    'L1 2026-11-02T10:00:00Z 0.111111 B 0.111111 1.333333' \
	    'L1 2026-11-03T10:00:00Z 0.222222 A 0.222222 2.666667' \
	    'L1 2026-11-04T10:00:00Z 0.111111 B 0.111111 1.333333' \
	    'L1 2026-11-05T10:00:00Z 0.111111 B 0.111111 1.333333' \
	    'L1 2026-11-06T10:00:00Z 0.222222 A 0.222222 2.666667') got
	lead-attribute --model linear --explain-credit in | tail -n +2 >want
	lead-attribute --model linear,markov --explain-credit in | grep -v markov | tail -n +2 | diff want -
}

@test "markov: transition counts of seven parts, merged, are one run, byte for byte" {
	python3 "$top/tests/data/lead-attribute/oracle.py" world 11 400 >in
	for options in '--by channel' '--by channel,deal_id,campaign --milestone won,opp' '--by deal_id'; do
		options+=' --model linear,markov,markov:2,markov:3'
		lead-attribute $options in >want
		for i in 0 1 2 3 4 5 6; do
			awk -F '\t' -v i=$i 'NR == 1 || substr($1, 2) % 7 == i' in >part$i
			lead-attribute $options --partial part$i >sums$i
		done
		lead-attribute --merge sums3 sums0 sums6 sums1 sums5 sums2 sums4 >got
		cmp want got
		lead-attribute --partial --merge sums3 sums0 sums6 >left # a tree
		lead-attribute --partial --merge sums[1245] >right
		lead-attribute --merge left right | cmp want -
	done
	lead-attribute --model markov:2 --removal in >want
	for i in 0 1 2 3 4 5 6; do lead-attribute --model markov:2 --partial part$i >sums$i; done
	lead-attribute --merge --removal sums[0-6] | cmp want -
}

@test "markov: credit of every milestone and period is what linear gives in all" {
	python3 "$top/tests/data/lead-attribute/oracle.py" world 12 400 >in
	totals() {
		awk -F '\t' 'NR > 1 { c[$2 FS $3] += $5 * 1e6; v[$2 FS $3] += $6 * 1e6 }
			END { for (k in c) printf "%s\t%.0f\t%.0f\n", k, c[k], v[k] }' | sort
	}
	lead-attribute --model linear --milestone won,opp,payment in | totals >want
	for model in markov markov:2 markov:9; do
		lead-attribute --model $model --milestone won,opp,payment in | totals | diff want -
	done
	[ "$(wc -l <want)" -gt 10 ]
}

@test "markov: --paths read back makes the same chain" {
	three_leads >in
	lead-attribute --paths in >paths
	lead-attribute --from-paths --model markov,markov:2 --removal paths >got
	lead-attribute --model markov,markov:2 --removal in | diff - got
}

@test "markov: 10,000 real paths: the exact table, to the printed millionth" {
	needs_shared
	real_paths >in
	lead-attribute --from-paths --model markov in >got
	awk -F '\t' 'NR == FNR { if (FNR > 1) { c[$1] = $4; v[$1] = $5; n++ } next }
		FNR > 1 { m++; x = $5 - c[$4]; y = $6 - v[$4]
			if (!($4 in c) || x > 6e-7 || x < -6e-7 || y > 6e-7 || y < -6e-7) { print; bad = 1 } }
		END { exit bad || m != n || n != 12 }' "$shared/data/attribution/expected_markov1_exact.tsv" got
	awk -F '\t' 'NR > 1 { c += $5 * 1e6; v += $6 * 1e6 } END { printf "%.0f %.0f\n", c, v }' got >sum
	[ "$(cat sum)" = "19785000000 74802971587" ]
	for run in 1 2 3; do
		tail -n +2 in | shuf | cat <(head -n 1 in) - | lead-attribute --from-paths --model markov | cmp got -
	done
}

# real_paths - the 10,000 paths as our table
real_paths() {
	zcat "$shared/data/attribution/paths.csv.gz" | python3 -c '
import csv, sys
from decimal import Decimal
rows = csv.reader(sys.stdin)
next(rows)
print("path", "conversions", "value", "nulls", sep="\t")
for path, conversions, value, nulls in rows:
    print(path, conversions, format(Decimal(value), "f"), nulls, sep="\t")'
}

@test "markov: 10,000 real paths: at every order as many convert as did, and bring as much" {
	needs_shared
	real_paths >in
	lead-attribute --from-paths --model markov,markov:2,markov:3 --removal in | grep '(all)' | cut -f 4,5 >got
	diff <(rows '0.223845135596864 0.846311919028939' '0.223845135596864 0.846311919028939' \
	    '0.223845135596864 0.846311919028939') got
}

oracle() { python3 "$top/tests/data/lead-attribute/markov.py" "$@"; }

@test "markov: 10,000 real paths: every effect of orders 1 and 2 to the fifteenth decimal" {
	needs_shared
	real_paths >in
	for order in 1 2; do
		lead-attribute --from-paths --model markov:$order --removal in | tail -n +2 | cut -f 3- >got
		diff <(oracle $order in) got
		[ "$(wc -l <got)" -eq 13 ]
	done
}

# many NAMES PATHS - a table of random paths over so many names, some rare
many() {
	awk -v names="$1" -v paths="$2" 'BEGIN {
		seed = 7
		print "path\tconversions\tvalue\tnulls"
		for (p = 0; p < paths; p++) {
			path = ""
			do {
				seed = seed * 16807 % 2147483647; a = seed % names
				seed = seed * 16807 % 2147483647; b = seed % (a + 1)
				path = path (path == "" ? "" : " > ") "c" b
				seed = seed * 16807 % 2147483647
			} while (seed % 3 > 0)
			seed = seed * 16807 % 2147483647
			won = seed % 4 == 0
			print path "\t" won "\t" (won ? seed % 997 : 0) "\t" 1 - won
		}
	}'
}

@test "markov: large chains are swept: their effects, too, are right to the fifteenth decimal" {
	many 26 2000 >in
	lead-attribute --from-paths --model markov:2 --partial in | awk -F '\t' '$3 == "" && $4 ~ /^\(start\)|>.*>/ {
		split($4, n, " > "); s[n[1] == "(start)" ? n[2] " " n[3] : n[1] " " n[2]] }
		END { for (k in s) states++; exit states < 420 }'
	lead-attribute --from-paths --model markov:2 --removal in | tail -n +2 | cut -f 3- |
		grep -e '^(all)' -e '^c0	' -e '^c25	' >got
	diff <(oracle 2 in '(all)' c0 c25) got
}

@test "markov: thousands of states: all of what converted is shared, three runs alike" {
	many 70 60000 >in
	lead-attribute --from-paths --model markov,markov:2 in >got
	awk -F '\t' 'NR > 1 { c += $2; v += $3 } END { printf "%.0f\t%.0f\n", c * 1e6, v * 1e6 }' in >want
	for model in markov markov:2; do
		awk -F '\t' -v m=$model '$1 == m { c += $5 * 1e6; v += $6 * 1e6 }
			END { printf "%.0f\t%.0f\n", c, v }' got | diff want -
	done
	for run in 1 2 3; do
		tail -n +2 in | shuf | cat <(head -n 1 in) - |
			lead-attribute --from-paths --model markov,markov:2 | cmp got -
	done
}

@test "markov: fractional conversions, empty paths, values without conversions" {
	table <<-'E' >in
		path   conversions value nulls
		a~>~b  0.5         1     0.5
		b      0.25        1     0.75
		.      0.25        1     9
		c      0           0     0
		a      0           -0.5  0
	E
	# a begins half of the walks and goes to b, of whose 2 walks 0.75 convert: without
	# a half of them, without b none. Value: a's -0.5 and b's 2 in 2 walks; without a
	# b's half of 2, a third less; without b -0.5, four thirds less: 1 to 4.
	table <<-'E' >want
		model  milestone period channel        conversions value
		markov won       (all)  (unattributed) 0.25        1
		markov won       (all)  a              0.25        0.3
		markov won       (all)  b              0.5         1.2
	E
	check_filter 0 lead-attribute --from-paths --model markov
}

@test "markov: more than 20,000 states are refused in words" {
	awk 'BEGIN { print "path\tconversions"; for (i = 0; i < 20001; i++) print "c" i "\t1" }' >in
	run -1 --separate-stderr lead-attribute --from-paths --model markov in
	[[ $stderr == *"more than 20000 states"* ]]
	awk 'BEGIN { print "path\tconversions"; for (i = 0; i < 20000; i++) print "c" i "\t1" }' >in
	[ "$(lead-attribute --from-paths --model markov in | cut -f 5 | sort | uniq -c | head -n 1 | tr -s ' ')" = " 20000 1" ]
}

@test "markov: requests that make no sense are refused" {
	three_leads >in
	for options in '--model markov:0' '--model markov:10' '--model markov:x' '--model linear --removal' \
	    '--model markov --removal --by rep' '--model markov --removal --paths' \
	    '--model markov --removal --partial' '--removal --partial --merge'; do
		run -2 lead-attribute $options in
	done
}
