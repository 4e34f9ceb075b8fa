#!/usr/bin/env bash
# A worked account: Ana, Ben and Carla of one company, three deals by three reps,
# an expansion refunded in part, a renewal, a fair, a call, nurture mail.
set -Eeuo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
PATH=${BUILD:-../../build}/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# the web server's own log format: its host, and the first-party cookie
format=$(cat log-format)

lead-import --format "$format" --visitor cookie:vid --events events.tsv --drop bots access.log |
	lead-parse-utm --site www.cubierta.example,app.cubierta.example \
		--campaigns campaigns.tsv -o "$work/web.tsv"
for export in contacts calls stands deals payments spend; do
	lead-import --map maps/$export.tsv --rates rates.tsv -o "$work/$export.tsv" $export.csv
done
lead-import --email --map maps/mail.tsv -o "$work/mail.tsv" mail.csv
events=("$work"/{web,contacts,calls,stands,deals,payments,mail}.tsv)
lead-identify --plain-ids --default-country ES -o "$work/identity.tsv" "${events[@]}"
lead-journey -k account_id --identity "$work/identity.tsv" --identified \
	--not-marketing app.cubierta.example --as-of 2026-07-31 --tz Europe/Madrid \
	-o "$work/steps.tsv" "${events[@]}"

echo '# people, each a lead of his own, though they share a phone'
sed 1d "$work/identity.tsv" | cut -f 3 | sort -u | wc -l

echo '# touches of the account, in order'
awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$(at["kind"]) == "touch" { print substr($(at["time"]), 1, 10), $(at["channel"]), $(at["campaign"]) }' \
	"$work/steps.tsv"

echo '# who is owed the money: deals of R1 (new), R2 (expansion, refunded in part), R3 (renewal)'
lead-attribute --model first,last,linear,u,w --by rep,channel --period all \
	--as-of 2026-07-31 --tz Europe/Madrid "$work/steps.tsv" |
	grep -vP '^[uw]\t.*\tR2\t'

echo '# revenue by rep; the people themselves have none'
lead-kpi --by rep --period all --as-of 2026-07-31 --tz Europe/Madrid \
	--kpi deals,revenue,refunds -f segment,kpi,value "$work/steps.tsv"

echo '# what the campaign brought for its cost in 2025, by first touch and by w'
lead-attribute --model first,w --explain-credit --as-of 2025-12-31 --tz Europe/Madrid \
	-o "$work/credit.tsv" "$work/steps.tsv"
lead-kpi --by campaign --kpi roas --period year --as-of 2025-12-31 --tz Europe/Madrid \
	--spend "$work/spend.tsv" --campaigns campaigns.tsv --credit "$work/credit.tsv" \
	-f period,segment,model,value,numerator,denominator "$work/steps.tsv" |
	grep -P '^2025\tes_q1_whitepaper\t'

echo '# what a customer cost: the account of the first half of 2025; the podcast in the full cost alone'
lead-kpi --period all --since 2025-01-01T00:00:00Z --until 2025-07-01T00:00:00Z \
	--as-of 2026-07-31 --tz Europe/Madrid --spend "$work/spend.tsv" --campaigns campaigns.tsv \
	--kpi accounts,leads,lead_to_customer,cost_per_customer_cohort,cac_full_cohort \
	-f kpi,value,numerator,denominator "$work/steps.tsv"

echo '# the mail of February: a machine opened it, Ana clicked it'
lead-kpi --email "$work/mail.tsv" --identity "$work/identity.tsv" --by first_channel \
	--kpi delivery_rate,open_rate,open_rate_all,email_ctr,ctor,click_to_conversion \
	--since 2025-02-01T00:00:00Z --until 2025-03-01T00:00:00Z --as-of 2026-07-31 \
	--tz Europe/Madrid -f segment,kpi,value,numerator,denominator "$work/steps.tsv"

echo '# monthly recurring revenue by its source: one payment a year, 1,000 every month'
lead-kpi --by first_channel --kpi mrr --as-of 2026-07-31 --tz Europe/Madrid \
	-f period,segment,value "$work/steps.tsv" | grep -v '\b0$'
lead-kpi --period all --kpi mrr_new,mrr_churned,mrr_reactivated,mrr_expansion,mrr_contraction \
	--as-of 2026-07-31 --tz Europe/Madrid -f kpi,value "$work/steps.tsv"
