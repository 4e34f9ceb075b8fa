#!/usr/bin/env bats
# The figures against tests/oracle/kpi.py, which has them from their definitions:
# accounts of several people and deals at random, with day-precise and undated facts,
# renewals, refunds, stages, imports, answers before their leads; Madrid's clocks.
load ../helper

# table PERIOD - every figure of this folder's world, by three breakdowns
table() {
	lead-kpi --as-of 2026-02-28T23:59:59.999999Z --tz Europe/Madrid --period "$1" --by rep \
	    --by first_channel --by first_channel,rep --spend spend --goals goals \
	    --hours hours --holidays holidays --interval -q steps
}

@test "kpi: random worlds: every figure of every segment and period, as defined" {
	for seed in 1 2 3; do
		/usr/bin/python3 "$top/tests/oracle/kpi.py" world $seed
		for period in month week quarter all; do
			table $period >got
			/usr/bin/python3 "$top/tests/oracle/kpi.py" check $period got
		done
	done
}

@test "kpi: random worlds: counts and money of segments sum to the whole, exactly" {
	/usr/bin/python3 "$top/tests/oracle/kpi.py" world 4
	table month | awk -F '\t' '
		function micros(v) { return int(v * 1e6 + (v < 0 ? -.5 : .5)) }
		$4 ~ /^(leads|mql|sql|accounts|opps|deals|lost|customers|revenue|refunds|revenue_new|open_opps|pipeline|cost)$/ {
			if ($2 == "(all)") whole[$1, $4] = micros($6)
			else if ($6 != "") { sum[$1, $4, $2] += micros($6); dims[$2] } }
		END { for (k in whole) for (d in dims) { n++
			if ((k SUBSEP d) in sum && sum[k, d] != whole[k]) { print k, d; bad = 1 } }
			exit bad || n < 300 }'
}
