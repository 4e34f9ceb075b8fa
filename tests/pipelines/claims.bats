#!/usr/bin/env bats
# What the ad platforms claim, against what they are credited.
load ../helper
load trust

small() {
	table <<-'E' >campaigns
		platform  campaign_id campaign channel kind trackable
		google    1           marca    .       ad   yes
		microsoft 9           marca    .       ad   yes
	E
	table <<-'E' >spend
		date       platform  source campaign_id campaign cost cost_orig currency_orig claimed_conversions claimed_value
		2026-10-31 google    google 1           ES~Marca 5    .         .             1                   100
		2026-11-01 google    google 1           ES~Marca 5    .         .             2.5                 300.25
		2026-11-02 google    google 1           ES~Marca 5    .         .             0.5                 .
		2026-11-02 google    google 2           Otra     5    .         .             4                   40
		2026-11-02 microsoft bing   9           Marca    4    5         USD           1                   10
		2026-11-03 microsoft bing   9           Marca    0    0         USD           1                   20
		2026-11-03 meta      fb     7           Hogar    9    .         .             .                   .
	E
	table <<-'E' >credit
		milestone model period  channel     source campaign campaign_id conversions value
		won       last  2026-11 paid_search google marca    .           0.5         200
		won       last  2026-11 paid_search google x        1           1           0.25
		won       last  2026-11 paid_search google marca    1           0           -50
		won       last  2026-11 paid_search bing   marca    .           2           48
		won       last  2026-11 paid_social fb     hogar    .           3           9
		won       last  2026-11 email       news   n1       .           7           70
		lead      last  2026-11 paid_search google marca    .           3           0
	E
}

@test "claims: each campaign's claim beside its credit, by id, name and source" {
	small
	table <<-'E' >want
		2026-10 google    (all) lead last 1 100    0   0      .   .
		2026-10 google    (all) won  last 1 100    0   0      .   .
		2026-10 google    marca lead last 1 100    0   0      .   .
		2026-10 google    marca won  last 1 100    0   0      .   .
		2026-11 google    (all) lead last 7 340.25 3   0      2.333333 .
		2026-11 google    (all) won  last 7 340.25 1.5 150.25 4.666667 2.264559
		2026-11 google    marca lead last 3 300.25 3   0      1   .
		2026-11 google    marca won  last 3 300.25 1.5 150.25 2   1.998336
		2026-11 google    otra  lead last 4 40     0   0      .   .
		2026-11 google    otra  won  last 4 40     0   0      .   .
		2026-11 microsoft (all) lead last 2 24     0   0      .   .
		2026-11 microsoft (all) won  last 2 24     2   48     1   0.5
		2026-11 microsoft marca lead last 2 24     0   0      .   .
		2026-11 microsoft marca won  last 2 24     2   48     1   0.5
	E
	both claims -v period=month what=campaigns campaigns what=spend spend what=credit credit >got
	diff -u want got
}

@test "claims: periods are those of kpi" {
	cat >period.awk <<-'E'
	FNR > 1 { print $1, period_of($1, "day"), period_of($1, "week"), period_of($1, "month"),
		period_of($1, "quarter"), period_of($1, "year"), period_of($1, "(all)") }
	E
	table <<-'E' >want
		2021-01-03 2021-01-03 2020-W53 2021-01 2021-Q1 2021 (all)
		2024-12-29 2024-12-29 2024-W52 2024-12 2024-Q4 2024 (all)
		2024-12-30 2024-12-30 2025-W01 2024-12 2024-Q4 2024 (all)
		2026-03-31 2026-03-31 2026-W14 2026-03 2026-Q1 2026 (all)
		2026-04-01 2026-04-01 2026-W14 2026-04 2026-Q2 2026 (all)
		2026-11-08 2026-11-08 2026-W45 2026-11 2026-Q4 2026 (all)
		2026-11-09 2026-11-09 2026-W46 2026-11 2026-Q4 2026 (all)
	E
	{ echo day; cut -f 1 want; } >in
	awk -f "$night/cells.awk" -f period.awk in >got
	diff -u want got
	# every day of seven years, by date(1)
	for ((i = 0; i < 2600; i++)); do echo "2020-01-01 $i days"; done >days
	{ echo day; date -f days +%F; } >in
	date -f days +$'%F\t%G-W%V' >want
	awk -f "$night/cells.awk" -f <(echo 'FNR > 1 { print $1, period_of($1, "week") }') in >got
	diff -u want got
}

@test "claims: a platform's own columns come through the maps that ship" {
	printf 'Day,Campaign ID,Campaign,Currency code,Cost,Clicks,Impressions,Conversions,Conv. value\n2026-11-01,1,A,EUR,"1,000.50",1,2,"1,234.5678901",10\n' >google.csv
	lead-import -q --map "$top/pipelines/conf/maps/google-ads.tsv" google.csv >got
	[ "$(column claimed_conversions <got)" = 1234.56789 ]
	[ "$(column claimed_value <got)" = 10 ]
	printf 'Campaign ID,Campaign name,Amount spent (EUR),Impressions,Link clicks,Reporting starts,Reporting ends,Purchases,Purchases conversion value\n1,A,5,1,1,2026-11-01,2026-11-01,2,30.5\n' >meta.csv
	lead-import -q --map "$top/pipelines/conf/maps/meta.tsv" meta.csv >got
	[ "$(column claimed_conversions <got)$(column claimed_value <got)" = 230.5 ]
	printf 'date,account_id,campaign_id,campaign_name,currency_code,clicks,impressions,spend,conversions,revenue\n2026-11-01,1,2,A,EUR,5,9,1.5,3,7\n' >ms.csv
	lead-import -q --map "$top/pipelines/conf/maps/microsoft.tsv" ms.csv >got
	[ "$(column claimed_conversions <got)$(column claimed_value <got)" = 37 ]
	printf 'campaign_id,day,cost_in_local_currency,impressions,clicks,external_website_conversions,conversion_value_in_local_currency\n1,2026-11-01,5,1,1,4,9\n' >li.csv
	lead-import -q --map "$top/pipelines/conf/maps/linkedin.tsv" li.csv >got
	[ "$(column claimed_conversions <got)$(column claimed_value <got)" = 49 ]
}

@test "claims: on the made company claims and credits are those of sqlite3" {
	world --leads 60 --days 21 --exports 1 --out in
	"$top/pipelines/nightly" --date 2026-11-21 --in in --out out --conf "$top/pipelines/conf" 2>log
	cat out/store/spend/dt=*/google.tsv | awk 'NR == 1 || !/^date\t/' >google
	tail -n +2 in/campaigns.tsv | cut -f 1,2,4 >names
	sqlite3 >want <<-'E'
	.mode tabs
	.import google spend
	.import out/as_of=2026-11-21/explain-credit.tsv credit
	CREATE TABLE names(platform, id, campaign);
	.import names names
	CREATE TABLE claims AS SELECT coalesce(n.campaign, lower(s.campaign)) c,
		sum(CAST(round(claimed_conversions * 1000000) AS INTEGER)) n,
		sum(CAST(round(claimed_value * 1000000) AS INTEGER)) v FROM spend s
		LEFT JOIN names n ON n.platform = s.platform AND n.id = s.campaign_id GROUP BY 1;
	SELECT c, milestone, model, n, v,
		sum(iif(k.campaign = c, CAST(round(k.conversions * 1000000) AS INTEGER), 0)),
		sum(iif(k.campaign = c, CAST(round(k.value * 1000000) AS INTEGER), 0))
	FROM claims, credit k WHERE period = '2026-11' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
	E
	[ "$(wc -l <want)" -gt 200 ]
	awk -F '\t' -v OFS='\t' '$1 == "2026-11" && $2 == "google" && $3 != "(all)" {
		print $3, $4, $5, micros($6), micros($7), micros($8), micros($9) }
		function micros(t) { return sprintf("%.0f", t * 1000000) }' \
		out/as_of=2026-11-21/claims.tsv | sort -t "$(printf '\t')" -k 1,3 >got
	sort -t "$(printf '\t')" -k 1,3 want | diff -u - got
	# who pays for clicks by the platform's own count pays for the same sale twice
	awk -F '\t' '$3 == "(all)" && $4 == "won" { n++ } END { exit n < 9 }' out/as_of=2026-11-21/claims.tsv
}
