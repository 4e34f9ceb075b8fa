#!/usr/bin/env bats
# lead-funnel --partial and --merge: parts of whole groups, merged, are one run.
load ../helper
load parts

at=(--as-of 2026-09-01T00:00:00Z)

@test "funnel: parts: deals and leads, moves, the stuck, credit, as one run has them" {
	local seed options name tables=0
	for seed in 1 2 3 4; do
		mkdir "$seed"
		/usr/bin/python3 "$top/tests/oracle/funnel.py" "$seed" "$seed"
		while IFS=$'\t' read -r options name; do
			# shellcheck disable=SC2086
			parted "$seed/in" lead-funnel -q --stages "$seed/stages" "${at[@]}" $options
			cmp want "$seed/$name"
			tables=$((tables + 1))
		done <"$seed/runs"
	done
	[ "$tables" = 56 ]
	grep -q -- --stuck 1/runs
	grep -q -- --flow 1/runs
}

@test "funnel: parts: credit is given whole to each, or its own groups' rows" {
	/usr/bin/python3 "$top/tests/oracle/nurture.py" world 1 >in
	rows 'key order kind' 'lead 1 open' 'opp 2 open' 'won 3 won' 'lost 4 lost' >stages
	lead-attribute --model first,w,linear --milestone lead,opp,won --explain-credit \
	    --by channel,country in >credit
	for unit in lead deal; do
		parted in lead-funnel -q --stages stages --as-of 2026-03-01 --unit $unit \
		    --by channel,country --credit credit
		[ "$(cut -f 6 want | sort -u | wc -l)" = 5 ]
		run=(lead-funnel -q --stages stages --as-of 2026-03-01 --unit $unit --by channel,country)
		deal 3 in
		for i in 1 2 3; do
			awk -F '\t' 'FILENAME != "credit" { of[$1]; next }
				FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "lead_id") c = i }
				FNR == 1 || ($c in of)' part.$i credit >own
			"${run[@]}" --credit own --partial part.$i >sum.$i
		done
		"${run[@]}" --credit credit --merge sum.2 sum.3 sum.1 | cmp - want
		"${run[@]}" --credit none --merge sum.2 sum.3 sum.1 | cmp - want
	done
}

@test "funnel: parts: credit that lacks a milestone cannot tell of it, whatever a part has" {
	/usr/bin/python3 "$top/tests/oracle/nurture.py" world 2 >in
	rows 'key order kind' 'opp 2 open' 'won 3 won' 'lost 4 lost' >stages
	for milestone in opp won; do
		lead-attribute --model linear --milestone $milestone --explain-credit \
		    --by channel in >credit
		parted in lead-funnel -q --stages stages --as-of 2026-03-01 --by channel --credit credit
		[ "$(wc -l <want)" -gt 50 ]
		run ! grep -q '	channel	.*	reached	' want
	done
}

@test "funnel: parts: labels and figures are the last run's to choose" {
	mkdir 6
	/usr/bin/python3 "$top/tests/oracle/funnel.py" 6 6
	run=(lead-funnel -q --stages 6/stages "${at[@]}" --by rep)
	"${run[@]}" --labels --kpi stuck,days_median,worst_step 6/in >want
	deal 2 6/in
	for i in 1 2; do "${run[@]}" --partial part.$i >sum.$i; done
	"${run[@]}" --merge --labels --kpi stuck,days_median,worst_step sum.* | cmp - want
}

@test "funnel: parts: a part of other stages, options or steps says which" {
	mkdir 7
	/usr/bin/python3 "$top/tests/oracle/funnel.py" 7 7
	run=(lead-funnel -q --stages 7/stages "${at[@]}")
	deal 2 7/in
	"${run[@]}" --partial part.1 >sum
	refused() { # WORDS OPTION...
		local words=$1
		shift
		run --separate-stderr -1 "$@" --merge sum
		[[ $stderr == "lead-funnel: sum:"*": value: $words differs: in this run it is "* ]]
	}
	sed 's/2.5/3.5/; s/20$/21/; s/400/401/' 7/stages >stages
	refused stages lead-funnel --stages stages "${at[@]}"
	refused as-of lead-funnel --stages 7/stages --as-of 2026-09-02
	refused by "${run[@]}" --by reason
	run --separate-stderr -1 "${run[@]}" --by rep --merge sum
	[ "$stderr" = 'lead-funnel: --by: "rep": the parts were made without it, or of steps that lack it' ]
	refused table "${run[@]}" --flow
	refused table "${run[@]}" --stuck
	refused strict "${run[@]}" --strict
	refused credit "${run[@]}" --credit 7/credit
	refused unit "${run[@]}" --unit lead
	refused tz "${run[@]}" --tz Europe/Madrid
	refused period "${run[@]}" --period year
	refused lead-source "${run[@]}" --lead-source won
	# labels may be mended meanwhile
	sed 's/^call\t/call\tCall/' 7/stages >labelled
	lead-funnel -q --stages labelled "${at[@]}" --merge sum >got
	lead-kpi --as-of 2026-09-01T00:00:00Z --partial part.2 >other
	run --separate-stderr -1 "${run[@]}" --merge other
	[[ $stderr == 'lead-funnel: other:2: value: program differs: in this run it is lead-funnel: "lead-kpi"' ]]
}
