#!/usr/bin/env bats
# lead-kpi: monthly recurring revenue, from payments that say what they cover
load ../helper

# bars - tab-separated lines from a here-document with | for each tab
bars() {
	tr '|' '\t'
}

# payments - steps of payments of one lead: "day value months [deal]" a line
payments() {
	printf 'lead_id\ttime\tprecision\tkind\tevent\tvalue\tmonths\tdeal_id\n'
	printf 'a\t2025-01-01T00:00:00Z\tday\tmilestone\tlead\t\t\t\n'
	while read -r day value months deal; do
		printf 'a\t%sT00:00:00Z\tday\tmilestone\tpayment\t%s\t%s\t%s\n' \
			"$day" "$value" "$months" "$deal"
	done
}

# series KPI AS_OF OPTIONS... - its value of each month, from the file in
series() {
	local kpi=$1 as_of=$2
	shift 2
	lead-kpi --as-of "$as_of" --kpi "$kpi" -f value "$@" in | sed 1d | paste -sd ' '
}

@test "kpi: T21: an annual prepayment of 12,000 is 1,000 every month, and goes on when renewed" {
	payments >in <<-'EOF'
	2025-07-01 12000 12
	2026-07-01 12000 12
	EOF
	[ "$(series mrr 2026-08-31 --since 2025-06-01T00:00:00Z)" = \
	    '1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000 1000' ]
	lead-kpi --as-of 2026-08-31 --period all \
	    --kpi mrr_new,mrr_churned,mrr_expansion,mrr_contraction,mrr_reactivated,arr \
	    -f kpi,value,n in >got
	bars >want <<-'EOF'
	kpi|value|n
	arr|12000|1
	mrr_churned|0|0
	mrr_contraction|0|0
	mrr_expansion|0|0
	mrr_new|1000|1
	mrr_reactivated|0|0
	EOF
	diff -u want got
}

@test "kpi: mrr: a month in which nothing happened tells what stands, and no more" {
	payments >in <<-'EOF'
	2025-01-01 1200 12
	EOF
	lead-kpi --as-of 2025-06-30 -f period,kpi in | awk -F '\t' '$1 == "2025-05" { print $2 }' >got
	lead-kpi --list | grep 'column months' | cut -f 1 | diff -u - got
}

@test "kpi: mrr: rise, fall, end and return, by hand: each month's movements and rates" {
	payments >in <<-'EOF'
	2025-01-10 100 1
	2025-02-10 150 1
	2025-03-10 120 1
	2025-07-20 80 1
	EOF
	# paid to 10 April; nothing till 20 July, so the end is known, and dated in April
	lead-kpi --as-of 2025-07-31 --kpi mrr,mrr_new,mrr_expansion,mrr_contraction,mrr_churned,mrr_reactivated \
	    -f period,kpi,value in | awk -F '\t' '$3 != 0' >got
	bars >want <<-'EOF'
	period|kpi|value
	2025-01|mrr|100
	2025-01|mrr_new|100
	2025-02|mrr|150
	2025-02|mrr_expansion|50
	2025-03|mrr|120
	2025-03|mrr_contraction|30
	2025-04|mrr_churned|120
	2025-07|mrr|80
	2025-07|mrr_reactivated|80
	EOF
	diff -u want got
	[ "$(series customer_churn 2025-07-31)" = ' 0 0 1   ' ]
	[ "$(series gross_mrr_churn 2025-07-31)" = ' 0 0.2 1   ' ]
	[ "$(series net_mrr_churn 2025-07-31)" = ' -0.5 0.2 1   ' ]
}

@test "kpi: mrr: a payment is in time on the last day of the grace, not on the next" {
	for day in 2025-03-04 2025-03-05; do
		payments >in <<-EOF
		2025-01-01 100 1
		$day 100 1
		EOF
		lead-kpi --as-of 2025-03-31 --period all --kpi mrr_churned -f value in | sed 1d
	done >got
	printf '0\n100\n' >want
	diff -u want got
}

@test "kpi: mrr: until the grace is over an end is not known; then it is dated where it was" {
	payments >in <<-'EOF'
	2025-01-01 100 1
	EOF
	[ "$(series mrr 2025-03-04)" = '100 100 100' ]
	[ "$(series mrr 2025-03-05)" = '100 0 0' ]
	[ "$(series mrr 2025-03-04 --grace 10d)" = '100 0 0' ]
}

@test "kpi: mrr: months end on their own day, in February on its last, and come back to it" {
	payments >in <<-'EOF'
	2025-01-31 100 1
	2025-02-28 100 1
	2025-03-31 100 1
	EOF
	[ "$(series mrr 2025-04-29 --period day --grace 0d | tr ' ' '\n' | sort | uniq -c |
	    sed 's/^ *//' | paste -sd ' ')" = '1 0 89 100' ]
}

@test "kpi: mrr: an early renewal follows on; another subscription stands beside" {
	payments >in <<-'EOF'
	2025-01-01 1200 12
	2025-06-01 50 1
	2025-12-15 2400 12
	EOF
	[ "$(series mrr 2026-02-28)" = '100 100 100 100 100 150 100 100 100 100 100 100 200 200' ]
}

@test "kpi: mrr: of two that end alike a payment renews the one of its deal" {
	payments >in <<-'EOF'
	2025-01-01 100 1 A
	2025-01-01 10 1 B
	2025-02-01 11 1 B
	2025-02-01 110 1 A
	EOF
	lead-kpi --as-of 2025-02-10 --kpi mrr,mrr_expansion,mrr_contraction -f kpi,value in |
		tail -n 3 >got
	bars >want <<-'EOF'
	mrr|121
	mrr_contraction|0
	mrr_expansion|11
	EOF
	diff -u want got
}

@test "kpi: mrr: a price that months do not divide neither rises nor falls within its time" {
	payments >in <<-'EOF'
	2025-01-01 1000 12
	2026-01-01 1000 12
	EOF
	[ "$(series mrr 2026-02-28 --period year)" = '83.333333 83.333333' ]
	[ "$(series mrr_contraction 2026-02-28 --period all)" = 0 ]
	[ "$(series mrr_expansion 2026-02-28 --period all)" = 0 ]
}

@test "kpi: mrr by the source of the first touch: each customer in one, the sum the whole" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|channel|deal_id|value|months
	a|2025-01-01T08:00:00Z|touch|page_view|paid_search|||
	a|2025-01-01T09:00:00Z|milestone|lead||||
	a|2025-01-05T09:00:00Z|milestone|payment||A1|100|1
	b|2025-01-01T08:00:00Z|touch|page_view|email|||
	b|2025-01-02T09:00:00Z|milestone|lead||||
	b|2025-01-06T09:00:00Z|milestone|payment||B1|30|1
	b|2025-01-06T09:00:00Z|milestone|payment||B2|600|12
	EOF
	lead-kpi --as-of 2025-01-31 --by first_channel --kpi mrr,arpa -f segment,kpi,value,n in >got
	bars >want <<-'EOF'
	segment|kpi|value|n
	(all)|arpa|90|2
	(all)|mrr|180|2
	email|arpa|80|1
	email|mrr|80|1
	paid_search|arpa|100|1
	paid_search|mrr|100|1
	EOF
	diff -u want got
}

@test "kpi: mrr_ltv, by hand: what a customer pays a month by the share that leaves" {
	{
		payments </dev/null
		for lead in b c d e; do
			printf '%s\t2025-01-10T00:00:00Z\tday\tmilestone\tpayment\t50\t1\t\n' $lead
			[ $lead = e ] ||
				printf '%s\t2025-02-10T00:00:00Z\tday\tmilestone\tpayment\t50\t1\t\n' $lead
		done
	} >in
	# four pay 50 in January; one of them no more from 10 February: 50 / 0.25
	lead-kpi --as-of 2025-03-14 --kpi mrr_ltv,customer_churn,arpa -f period,kpi,value in |
		grep '^2025-02' >got
	bars >want <<-'EOF'
	2025-02|arpa|50
	2025-02|customer_churn|0.25
	2025-02|mrr_ltv|200
	EOF
	diff -u want got
}

@test "kpi: mrr needs column months, and is not printed when no payment fills it" {
	payments </dev/null >in
	run --separate-stderr -0 lead-kpi --as-of 2025-02-01 in
	[[ $output != *mrr* ]]
	cut -f 1-6 in >bare
	run --separate-stderr -2 lead-kpi --as-of 2025-02-01 --kpi mrr bare
	[ "$stderr" = 'lead-kpi: --kpi: "mrr": needs payments with column months' ]
}

@test "kpi: mrr that is asked for of payments that cover no months is 0, and that is said" {
	echo '2025-01-02 100' | payments >in
	words='mrr is 0: no payment has months and a value above 0'
	for kpi in mrr,leads net_mrr_churn; do
		run --separate-stderr -0 lead-kpi --as-of 2025-01-31 --kpi $kpi in
		[ "$stderr" = "lead-kpi: $words" ]
	done
	lead-kpi --as-of 2025-01-31 --kpi mrr -f value in 2>/dev/null | sed 1d >got
	echo 0 | diff -u - got
	# of a part nobody knows yet; the whole is told
	run --separate-stderr -0 lead-kpi --as-of 2025-01-31 --kpi mrr --partial -o sum in
	[ "$stderr" = '' ]
	run --separate-stderr -0 lead-kpi --as-of 2025-01-31 --kpi mrr --merge sum
	[ "$stderr" = "lead-kpi: $words" ]
	# nothing of it was asked for; or there is what was asked for
	run --separate-stderr -0 lead-kpi --as-of 2025-01-31 --kpi leads in
	[ "$stderr" = '' ]
	echo '2025-01-02 100 1' | payments >in
	run --separate-stderr -0 lead-kpi --as-of 2025-01-31 --kpi mrr in
	[ "$stderr" = '' ]
}

@test "kpi: mrr: payments of nothing, or without months, are counted; months that are no number are bad" {
	payments >in <<-'EOF'
	2025-01-01 0 12
	2025-01-02 100
	2025-01-03 100 1
	EOF
	lead-kpi --as-of 2025-01-31 --kpi mrr --stats stats -f value in >got
	[ "$(tail -n 1 got)" = 100 ]
	grep -q '"payment_uncovered":2' stats
	echo '2025-01-03 100 1.5' | payments >in
	run --separate-stderr -1 lead-kpi --as-of 2025-01-31 --kpi mrr in
	[[ $stderr == *'months: not a whole number of months up to 1200, of "a": "1.5"'* ]]
}

@test "kpi: mrr: what one customer pays may be more than 64 bits hold: it is added, not wrapped" {
	payments >in <<-'EOF'
	2025-01-01 9223372036854.775807 1 A
	2025-01-01 9223372036854.775807 1 B
	2025-01-01 9223372036854.775807 1 C
	EOF
	[ "$(series mrr 2025-02-28 --grace 0d)" = '27670116110564.327421 0' ]
	[ "$(series mrr_new 2025-02-28 --grace 0d)" = '27670116110564.327421 0' ]
	[ "$(series mrr_churned 2025-02-28 --grace 0d)" = '0 27670116110564.327421' ]
	lead-kpi --as-of 2025-01-31 --kpi customer_churn,arr in >got
	grep -P '\tarr\t\t332041393326771.929052\t' got
}

@test "kpi: --grace is in whole days" {
	payments </dev/null >in
	run --separate-stderr -2 lead-kpi --as-of 2025-02-01 --grace 36h in
	[ "$stderr" = 'lead-kpi: --grace: "a time": not in whole days' ]
}

@test "kpi: a random world of payments: stocks, movements and rates as a walk of days has them" {
	for seed in 1 2; do
		python3 "$top/tests/oracle/mrr.py" world $seed >in
		for grace in 31 0; do
			python3 "$top/tests/oracle/mrr.py" in 2026-06-30 $grace | sort >want
			lead-kpi --as-of 2026-06-30 --by country --grace ${grace}d \
			    --kpi mrr,arr,arpa,mrr_new,mrr_expansion,mrr_contraction,mrr_churned \
			    --kpi mrr_reactivated,customer_churn,gross_mrr_churn,net_mrr_churn,mrr_ltv in |
				sed 1d | sort >got
			# months in which a lead came, but no one had paid yet
			comm -13 want got | awk -F '\t' '$9 != 0' >more
			[ ! -s more ]
			comm -23 want got >less
			[ ! -s less ]
			[ "$(wc -l <want)" -gt 1000 ]
		done
	done
}

@test "kpi: a random world of payments: --since and --until cut rows, not what stands" {
	python3 "$top/tests/oracle/mrr.py" world 3 >in
	lead-kpi --as-of 2026-06-30 --by country --kpi mrr,mrr_new,customer_churn in >whole
	lead-kpi --as-of 2026-06-30 --by country --kpi mrr,mrr_new,customer_churn \
	    --since 2025-03-01T00:00:00Z --until 2025-09-01T00:00:00Z in >got
	awk -F '\t' 'NR == 1 || ($1 >= "2025-03" && $1 < "2025-09")' whole | diff -u - got
}

@test "kpi: random worlds of payments: mrr is that before and what moved; segments are the whole" {
	for seed in 11 12; do
		python3 "$top/tests/oracle/mrr.py" world $seed >in
		for period in month week; do
			lead-kpi --as-of 2026-06-30 --period $period --by country --kpi mrr,mrr_new \
			    --kpi mrr_expansion,mrr_contraction,mrr_churned,mrr_reactivated,arr in |
				awk -F '\t' 'function micros(v) { return int(v * 1e6 + (v < 0 ? -.5 : .5)) }
					function moved() {
						stood[s] += v["mrr_new"] + v["mrr_expansion"] + v["mrr_reactivated"]
						stood[s] -= v["mrr_contraction"] + v["mrr_churned"]
						if (v["mrr"] != stood[s] || v["arr"] != 12 * v["mrr"]) bad = 1
						n++ }
					NR == 1 { next }
					{ key = $1 SUBSEP $3; if (key != at) { moved(); at = key; s = $3; split("", v) }
						v[$4] = micros($6)
						sum[$1, $4] += ($2 == "(all)" ? 1 : -1) * v[$4] }
					END { moved(); for (k in sum) if (sum[k] != 0) bad = 1; exit bad || n < 100 }'
		done
	done
}
