#!/usr/bin/env bats
# lead-attribute --from-paths: tables of paths, any tool's.
load ../helper

# near WANT GOT TOLERANCE - two tables of name and figures, no figure further off
near() {
	awk -F '\t' -v tolerance="$3" 'NR == FNR { for (i = 2; i <= NF; i++) want[$1, i] = $i; n++; next }
		{ m++; for (i = 2; i <= NF; i++) { d = $i - want[$1, i]
			if (!(($1, i) in want) || d > tolerance || -d > tolerance) {
				print "not near: " $0 " column " i " want " want[$1, i]; bad = 1 } } }
		END { if (m != n || n == 0) print n " rows wanted, " m " got"
			exit bad || m != n || n == 0 }' "$1" "$2"
}

# by_model MODEL - channel, conversions, value of that model in "got"
by_model() {
	awk -F '\t' -v OFS='\t' -v m="$1" '$1 == m { print $4, $5, $6 }' got
}

@test "paths: four models over a small table, worked by hand" {
	table <<-'E' >in
		path                 conversions value nulls
		a~>~b~>~c            1           10    3
		b                    2           .     0
		c~>~direct           0.5         1     0
		a~>~a                0           0     7
	E
	table <<-'E' >want
		model           milestone period channel conversions value
		first           won       (all)  a       1           10
		first           won       (all)  b       2           0
		first           won       (all)  c       0.5         1
		last-non-direct won       (all)  b       2           0
		last-non-direct won       (all)  c       1.5         11
		linear          won       (all)  a       0.333333    3.333333
		linear          won       (all)  b       2.333333    3.333333
		linear          won       (all)  c       0.583333    3.833333
		linear          won       (all)  direct  0.25        0.5
		position        won       (all)  a       0.4         4
		position        won       (all)  b       2.2         2
		position        won       (all)  c       0.65        4.5
		position        won       (all)  direct  0.25        0.5
	E
	check_filter 0 lead-attribute --from-paths --model first,linear,position,last-non-direct
}

@test "paths: figures keep eighteen decimals and are rounded once" {
	# what thirds of 0.000001 leave goes to the first, 3,000 times
	awk 'BEGIN { print "path\tconversions\tvalue"
		for (i = 0; i < 3000; i++) print "a > b > c\t0.000000000000000001\t0.000001" }' >in
	lead-attribute --from-paths --model linear in | cut -f 4-6 | tail -n +2 >got
	diff <(rows 'a 0 0.001' 'b 0 0.001' 'c 0 0.001') got
	lead-attribute --from-paths --model linear --partial in | cut -f 4-6 | tail -n +2 >got
	diff <(rows 'a 0.000000000000003 0.001000000000002' \
	    'b 0 0.000999999999999' 'c 0 0.000999999999999') got
	rows 'path conversions' 'a 0.0000005' 'b 0.0000004999' >in
	lead-attribute --from-paths --model first in | cut -f 5 | tail -n +2 >got
	diff <(rows 0.000001 0) got
}

@test "paths: names as they are; the empty path is (unattributed)" {
	table <<-'E' >in
		path           conversions
		(x)%3E~y~>~z>w 2
		.              1
	E
	table <<-'E' >want
		model  milestone period source         conversions value
		linear opp       (all)  (unattributed) 1           .
		linear opp       (all)  (x)%3E~y       1           .
		linear opp       (all)  z>w            1           .
	E
	check_filter 0 lead-attribute --from-paths --model linear --milestone opp --by source
}

@test "paths: a > without blanks is part of a name, and that is said once" {
	rows 'path conversions value' 'a>b 1 2' 'a~>~b>c 1 2' >in
	run -0 --separate-stderr lead-attribute --from-paths --model first --stats s in
	[ "$stderr" = 'lead-attribute: 2 names of paths have a > without blanks around it: taken as one name' ]
	[ "${lines[1]}" = "$(rows 'first won (all) a 1 2')" ]
	[ "${lines[2]}" = "$(rows 'first won (all) a>b 1 2')" ]
	grep -q '"glued_name":2' s
}

@test "paths: last-non-direct knows direct by the names that other tools give it" {
	rows 'path conversions value' 'a~>~direct 1 0' 'a~>~Direct 1 0' 'a~>~(direct) 1 0' \
	    'a~>~(direct)~/~(none) 1 0' 'a~>~directory 1 0' 'Direct 1 0' >in
	lead-attribute --from-paths in | cut -f 4,5 | tail -n +2 >got
	diff <(rows 'Direct 1' 'a 4' 'directory 1') got
}

@test "paths: a touch without a name is a touch" {
	printf 'path\tconversions\na > \t2\n' >in
	lead-attribute --from-paths --model linear in | cut -f 4,5 | tail -n +2 >got
	diff <(rows '. 1' 'a 1') got
}

@test "paths: a path with a thousand touches, one figure each" {
	awk 'BEGIN { printf "path\tconversions\tvalue\n"; for (i = 0; i < 1000; i++) printf "%sn%03d", i ? " > " : "", i
		print "\t1\t1" }' >in
	lead-attribute --from-paths --model linear in >got
	[ "$(wc -l <got)" -eq 1001 ]
	[ "$(cut -f 5 got | sort -u | tr '\n' ' ')" = "0.001 conversions " ]
}

@test "paths: what is no figure is refused, with the column" {
	refused() {
		rows 'path conversions value nulls' "$1" >in
		run -1 --separate-stderr lead-attribute --from-paths --model first in
		[[ $stderr == "lead-attribute: in:2: $2"* ]]
	}
	refused 'a x 1 0' 'conversions: not a number: "x"'
	refused 'a -1 1 0' 'conversions: less than none'
	refused 'a 1 1e3 0' 'value: not a number'
	refused 'a 1 1. 0' 'value: not a number'
	refused 'a 1 .5 0' 'value: not a number'
	refused 'a 1 0.1234567890123456789 0' 'value: more than eighteen decimals'
	refused 'a 1 170141183460469231732 0' 'value: beyond the largest number'
	refused 'a 1 1 -1' 'nulls: less than none'
	rows 'path conversions' 'a 170141183460469231731' 'a 1' >in
	run -1 --separate-stderr lead-attribute --from-paths --model first in
	[[ $stderr == *"in:3: conversions: the sum is out of range"* ]]
	rows 'path value' 'a 1' >in
	run -1 --separate-stderr lead-attribute --from-paths --model first in
	[[ $stderr == *"no column 'conversions'"* ]]
}

@test "paths: --paths of steps, read back, is the credit of the steps" {
	python3 "$top/tests/data/lead-attribute/oracle.py" world 31 500 >in
	models=first,last,last-non-direct,linear-unique,linear,position,j
	lead-attribute --model $models --period all in | sed 's/\r//' | cut -f 1,4- | tail -n +2 | sort >want
	lead-attribute --paths in >paths
	lead-attribute --from-paths --model $models paths | cut -f 1,4- | tail -n +2 | sort >got
	# shares are rounded per conversion there, once in all here
	join -t '	' <(awk -F '\t' -v OFS='\t' '{ print $1 ":" $2, $3, $4 }' want) \
	    <(awk -F '\t' -v OFS='\t' '{ print $1 ":" $2, $3, $4 }' got) >both
	[ "$(wc -l <both)" -eq "$(wc -l <want)" ]
	awk -F '\t' '{ c = $2 - $4; v = $3 - $5; if (c * c > 1e-6 || v * v > 1e-6) { print; bad = 1 } }
		END { exit bad }' both
}

@test "paths: nulls are the groups without the milestone" {
	table <<-'E' >in
		lead_id time                 kind      event     channel value
		A       2026-01-01T10:00:00Z touch     page_view a       .
		A       2026-01-02T10:00:00Z touch     page_view b       .
		A       2026-01-03T10:00:00Z milestone won       .       10
		A       2026-01-04T10:00:00Z touch     page_view c       .
		B       2026-01-01T10:00:00Z touch     page_view a       .
		B       2026-01-02T10:00:00Z touch     page_view b       .
		B       2026-01-03T10:00:00Z milestone lead      .       .
		C       2026-01-03T10:00:00Z milestone won       .       5
	E
	table <<-'E' >want
		path      conversions value nulls
		.         1           5     0
		a~>~b     1           10    1
	E
	check_filter 0 lead-attribute --paths
}

# --- real data with published answers

@test "paths: 10,000 real paths: first, last, linear, position as published" {
	needs_shared data/attribution
	answers=$shared/data/attribution/expected_channelattribution_heuristics.tsv
	zcat "$shared/data/attribution/paths.csv.gz" |
		awk -F , -v OFS='\t' 'NR == 1 { $0 = "path,conversions,value,nulls" } { $1 = $1; print }' >paths.tsv
	[ "$(wc -l <paths.tsv)" -eq 10001 ]
	lead-attribute --from-paths --model first,last,linear,position paths.tsv >got
	i=2
	for model in first last linear position; do
		by_model $model | cut -f 1,2 >conversions
		by_model $model | cut -f 1,3 >value
		near <(tail -n +2 "$answers" | cut -f 1,$i) conversions 0.0000011
		near <(tail -n +2 "$answers" | cut -f 1,$((i + 4))) value 0.0000101
		i=$((i + 1))
	done
}

@test "paths: small published cases: first, last, linear, linear-unique, shapley, position" {
	needs_shared data/attribution
	name_of() {
		case $1 in
		linear_touch) echo linear ;;
		linear_unique) echo linear-unique ;;
		position_*) echo "position --position $(echo "${1#position_}" | tr _ ,)" ;;
		*) echo "$1" ;;
		esac
	}
	cases=$shared/data/attribution/small_cases.tsv
	checked=0
	while IFS=$'\t' read -r case model; do
		awk -F '\t' -v OFS='\t' -v c="$case" -v m="$model" '$1 == c && $5 == m { print $6, $7 }' "$cases" >want
		awk -F '\t' -v OFS='\t' -v c="$case" 'BEGIN { print "path", "conversions", "nulls" }
			$1 == c { n = split($2, p, " ; "); split($3, k, " ; "); split($4, z, " ; ")
				for (i = 1; i <= n; i++) print p[i], k[i], z[i]; exit }' "$cases" >in
		lead-attribute --from-paths --model $(name_of "$model") in | tail -n +2 | cut -f 4,5 >got
		near want got 0.0000006
		checked=$((checked + 1))
	done < <(tail -n +2 "$cases" | cut -f 1,5 | grep -v -e transition -e shao | sort -u)
	[ "$checked" -ge 10 ]
}

# steps_of TOUCH DAY CHANNEL ... - touches on days from 1 January, won on DAYS
steps_of() {
	awk -F '\t' -v OFS='\t' -v won="$1" 'BEGIN { print "lead_id", "time", "kind", "event", "channel", "value" }
		function at(d) { return sprintf("2026-%02d-%02dT00:00:00Z", d < 31 ? 1 : 2, d < 31 ? d + 1 : d - 30) }
		{ print "L", at($1), "touch", "page_view", $2, "" }
		END { print "L", at(won), "milestone", "won", "", 12000 }'
}

@test "steps: the published B2B case of 12,000 over five touches" {
	needs_shared data/attribution
	# touches by name: one channel is there twice
	awk -F '\t' -v OFS='\t' 'NR > 1 { if ($3 != "direct") $3 = $1; print }' \
	    "$shared/data/attribution/b2b_12000.tsv" >cases
	[ "$(wc -l <cases)" -eq 5 ]
	cut -f 2,3 cases | steps_of 40 >in
	column=4
	for model in first last last-non-direct linear time-decay position; do
		cut -f 3,$column cases >want
		lead-attribute --model $model --half-life 7d in | tail -n +2 | cut -f 4,6 >some
		awk -F '\t' -v OFS='\t' 'NR == FNR { v[$1] = $2; next } { print $1, v[$1] + 0 }' some want >got
		near want got 0.0051
		column=$((column + 1))
	done
}

@test "steps: the published time-decay weights" {
	needs_shared data/attribution
	cases=$shared/data/attribution/time_decay_cases.tsv
	for model in first last linear position_40_20_40 time_decay_halflife_1d; do
		awk -F '\t' -v OFS='\t' -v m=$model '$1 == "five_models" && $2 == m { print $3, $5 }' "$cases" >want
		awk -F '\t' -v OFS='\t' -v m=$model '$1 == "five_models" && $2 == m { print 10 - $4, $3 }' "$cases" |
			steps_of 10 >in
		name=${model%%_*}
		lead-attribute --model "${name/time/time-decay}" --half-life 1d in | tail -n +2 | cut -f 4,5 >some
		awk -F '\t' -v OFS='\t' 'NR == FNR { v[$1] = $2; next } { print $1, v[$1] + 0 }' some want >got
		near want got 0.000001
	done
	rows '8 paid' '9 direct' | steps_of 10 >in
	[ "$(lead-attribute --model linear --exclude-channel direct in | tail -n +2 | cut -f 4,5)" = "paid	1" ]
	[ "$(lead-attribute --model linear in | tail -n +2 | cut -f 5 | sort -u)" = 0.5 ]
}
