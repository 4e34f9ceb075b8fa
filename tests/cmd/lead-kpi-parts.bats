#!/usr/bin/env bats
# lead-kpi --partial and --merge: parts of whole groups, merged, are one run.
load ../helper
load kpi
load parts

# worlds of the oracles: see there
world() {
	/usr/bin/python3 "$top/tests/oracle/$1.py" world "${@:2}"
}

# spend_of FILE - campaigns of its touches, with days, kinds and numbers, at random
spend_of() {
	awk -F '\t' -v OFS='\t' 'BEGIN { srand(7)
			print "date", "platform", "campaign_id", "campaign", "channel", "cost", "impressions", "clicks", "kind" }
		NR == 1 { for (i = 1; i <= NF; i++) col[$i] = i; next }
		$col["campaign"] != "" && !($col["campaign"] in seen) && rand() < .8 { seen[$col["campaign"]]
			for (k = 0; k < 9; k++)
				print sprintf("2025-%02d-%02d", 1 + int(rand() * 12), 1 + int(rand() * 28)), "google",
				    rand() < .5 ? "n" k : "", $col["campaign"], rand() < .9 ? $col["channel"] : "",
				    int(rand() * 10000) / 100, int(rand() * 5000), int(rand() * 90),
				    rand() < .3 ? "nurture" : "" }
		END { print "2025-03-03", "bing", "x1", "nobody", "paid_search", "12.5", 9, 1, "" }' "$1"
}

@test "kpi: parts: accounts of several people: every figure but mail, of every period" {
	for seed in 1 2; do
		world kpi $seed
		for period in day month week quarter all; do
			parted steps lead-kpi --as-of 2026-02-28T23:59:59.999999Z --tz Europe/Madrid \
			    --period $period --by rep --by first_channel --by first_channel,rep \
			    --by value_band:100:5000 --spend spend --goals goals --hours hours \
			    --holidays holidays --interval -q
			[ "$(wc -l <want)" -gt 900 ]
		done
	done
}

@test "kpi: parts: --since and --until, --cohort first, few figures" {
	world kpi 3
	parted steps lead-kpi --as-of 2026-02-28 --since 2025-06-01 --until 2025-12-10 --by rep \
	    --cohort first -q
	[ "$(wc -l <want)" -gt 300 ]
	parted steps lead-kpi --as-of 2026-02-28 --since 2025-06-01 --by rep --kpi deals,leads \
	    --kpi cycle_days_median,win_rate,disq_share
	[ "$(wc -l <want)" -gt 100 ]
	parted steps lead-kpi --as-of 2026-02-28 --kpi lost
}

@test "kpi: parts: mail counts once, whoever it was sent to" {
	for seed in 1 2; do
		world mail $seed w
		parted w/steps lead-kpi --as-of 2026-01-15T00:00:00Z --email w/mail --identity w/map \
		    --by country --by email_campaign
		[ "$(wc -l <want)" -gt 500 ]
	done
}

@test "kpi: parts: nurturing, spend joined by number, cost shared by clicks and leads" {
	bars >campaigns <<-'EOF'
	platform|campaign_id|campaign|kind
	mail|n1|nurture_1|nurture
	mail|n2|nurture_2|nurture
	EOF
	world nurture 1 >in
	spend_of in >spend
	for basis in no clicks leads; do
		parted in lead-kpi --as-of 2026-03-01T00:00:00Z --campaigns campaigns --by country \
		    --by first_channel --by first_campaign,country --by nurture_campaign --spend spend \
		    --allocate $basis
		[ "$(wc -l <want)" -gt 3000 ]
	done
}

@test "kpi: parts: credit is shared once, and cost by it" {
	world nurture 2 >in
	spend_of in >spend
	lead-attribute --model first,linear,w --milestone lead,opp,won --explain-credit \
	    --by channel,campaign,country in >credit
	parted in lead-kpi --as-of 2026-03-01 --by channel --by campaign,country --spend spend \
	    --credit credit --allocate credit
	grep -q 'linear' want
	[ "$(wc -l <want)" -gt 1000 ]
}

@test "kpi: parts: recurring revenue" {
	world mrr 1 >in
	parted in lead-kpi --as-of 2026-06-30 --by country --by country,deal_id
	grep -q 'net_mrr_churn' want
	parted in lead-kpi --as-of 2026-06-30 --by country --since 2025-03-01 --until 2025-09-01
}

@test "kpi: parts: campaigns without a partner, by the last run alone" {
	world nurture 3 >in
	spend_of in >spend
	run=(lead-kpi --as-of 2026-03-01 --spend spend --by campaign)
	"${run[@]}" --unjoined want in >/dev/null
	[ "$(wc -l <want)" -gt 1 ]
	deal 3 in
	for i in 1 2 3; do "${run[@]}" --partial part.$i >sum.$i; done
	"${run[@]}" --merge --unjoined got sum.* >/dev/null
	cmp got want
	run --separate-stderr -2 "${run[@]}" --partial --unjoined got part.1
	[ "$stderr" = 'lead-kpi: --unjoined: of --merge, not of a part' ]
}
