#!/usr/bin/env bats
# The worked examples of what the suite must do, from log lines and CSV exports
# to tables, by filters in a row. Local times are those of Madrid.
load ../helper

# visit VISITOR LOCAL-TIME PATH [REFERRER] - a line of the web server's log
visit() {
	local stamp offset=+0100
	[[ $2 < 2026-03-29T03 ]] || [[ $2 > 2026-10-25T02 ]] || offset=+0200
	stamp=$(date -u -d "${2}Z" +%d/%b/%Y:%H:%M:%S)
	printf '192.0.2.1 - - [%s %s] "GET %s HTTP/1.1" 200 10 "%s" "Mozilla/5.0" "%s"\n' \
	    "$stamp" "$offset" "$3" "${4--}" "$1"
}

# map ROW... - an import map of rows as rows() takes them; zone Madrid
map() {
	rows 'event column from as when' '@ zone Europe/Madrid . .' "$@"
}

contacts_map() {
	map '* crm_id ID . .' '* email Email . .' '* phone Phone . .' '* visitor_id Cookie . .' \
	    'lead time Created date .' 'contacted time Called date .'
}

deals_map() {
	map '@ snapshot Deal modified:Modified .' '* deal_id Deal . .' '* crm_id Contact . .' \
	    '* rep Rep . .' 'opp time Opened date .' 'won time Closed date .' \
	    'won value Amount money .' 'refund time Refunded date .' 'refund value Refund money .'
}

contacts=ID,Email,Phone,Cookie,Created,Called
deals=Deal,Contact,Rep,Opened,Closed,Amount,Refunded,Refund,Modified

# steps - the files log, contacts.csv, deals.csv (those that are there) as steps;
# what else is named is read with them
steps() {
	local parts=("$@")
	if [ -e log ]; then
		lead-import --format '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$cookie_c"' \
		    --visitor cookie:c log | lead-parse-utm --site www.w.example -o web.tsv
		parts+=(web.tsv)
	fi
	for export in contacts deals; do
		[ -e $export.csv ] || continue
		"${export}_map" >$export.map
		lead-import --map $export.map -o $export.tsv $export.csv
		parts+=($export.tsv)
	done
	lead-identify --plain-ids --default-country ES -o identity.tsv "${parts[@]}"
	lead-journey --identity identity.tsv --identified -o steps.tsv "${parts[@]}"
}

# cells COLUMNS - of a table on stdin, a blank as ., without header
cells() {
	awk -F '\t' -v want="$1" 'NR == 1 { n = split(want, w, ","); for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ for (i = 1; i <= n; i++) printf "%s%s", $at[w[i]] == "" ? "." : $at[w[i]], i < n ? " " : "\n" }'
}

touches() {
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "kind") c = i }
		NR == 1 || $c == "touch"' steps.tsv | cells "$1"
}

# credit MODEL - channel, deals, value, of all won together
credit() {
	lead-attribute --model "$1" --period all steps.tsv | cells channel,conversions,value
}

# kpi NAME [OPTION...] - the values of that figure for (all)
kpi() {
	local name=$1
	shift
	lead-kpi --as-of 2026-12-31 --tz Europe/Madrid --period all --kpi "$name" "$@" steps.tsv |
		awk -F '\t' '$2 == "(all)" { print $6 }'
}

@test "chain: T25: a visit that starts inside the site and meets a campaign is one visit, of the campaign" {
	{ visit v1 2026-02-10T10:00:00 /precios https://www.w.example/
	  visit v1 2026-02-10T10:04:00 '/?utm_source=google&utm_medium=cpc&utm_campaign=c1'
	  visit v1 2026-02-10T10:09:00 /contacto https://www.w.example/; } >log
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-02-10 10:10:00,' >contacts.csv
	printf '%s\n' $deals '7,1,R,2026-02-11,2026-02-20,100,,,2026-02-20' >deals.csv
	steps
	[ "$(touches time,channel,source,medium,campaign,landing,pages)" = \
	    '2026-02-10T09:00:00Z paid_search google cpc c1 /precios 3' ]
	[ "$(credit first,last,linear,w | sort -u)" = 'paid_search 1 100' ]
}

@test "chain: T30: a click in a mail and its landing visit 3 s later are one touch, a machine's click none" {
	visit v1 2026-02-03T10:15:05 '/guia?utm_source=nl&utm_medium=email&utm_campaign=feb' >log
	map '@ table email . .' '* email Recipient . .' '* message_id Message . .' \
	    '* campaign Campaign . .' '* url URL . .' \
	    'email_delivered time Time date Event~=~DELIVERED' \
	    'email_opened time Time date Event~=~OPEN' 'email_clicked time Time date Event~=~CLICK' >mail.map
	cat >mail.csv <<-'E'
		Time,Event,Recipient,Message,Campaign,URL
		2026-02-03 10:00:00,DELIVERED,a@x.example,m1,feb,
		2026-02-03 10:00:03,OPEN,a@x.example,m1,feb,
		2026-02-03 10:15:02,CLICK,a@x.example,m1,feb,https://www.w.example/guia
		2026-02-03 10:00:00,DELIVERED,b@y.example,m2,feb,
		2026-02-03 10:00:05,CLICK,b@y.example,m2,feb,https://www.w.example/guia
	E
	lead-import --email --map mail.map -o mail.tsv mail.csv
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-02-04 09:00:00,' \
	    '2,b@y.example,,,2026-02-04 09:00:00,' >contacts.csv
	printf '%s\n' $deals '7,1,R,2026-02-11,2026-02-20,100,,,2026-02-20' \
	    '8,2,R,2026-02-11,2026-02-20,50,,,2026-02-20' >deals.csv
	steps mail.tsv
	[ "$(touches event,channel,source,campaign,landing,pages)" = 'page_view email nl feb /guia 1' ]
	diff <(credit linear) - <<-'E'
		(unattributed) 1 50
		email 1 100
	E
}

@test "chain: T18: a deal edited between two exports counts once, with its latest value, however it is read" {
	visit v1 2026-02-10T10:00:00 / https://www.google.es/ >log
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-02-10 10:10:00,' >contacts.csv
	printf '%s\n' $deals '7,1,Ana,2026-02-11,2026-02-20,1000,,,2026-02-20 10:00:00' >monday.csv
	printf '%s\n' $deals '7,1,Ben,2026-02-11,2026-02-20,1500.50,,,2026-02-24 10:00:00' >tuesday.csv
	deals_map >deals.map
	for files in 'monday.csv tuesday.csv' 'tuesday.csv monday.csv'; do
		lead-import --map deals.map -o edited.tsv $files
		steps edited.tsv
		[ "$(kpi deals) $(kpi opps) $(kpi revenue)" = '1 1 1500.5' ]
		lead-attribute --model first --by channel,rep steps.tsv >got
		[ "$(cells channel,rep,conversions,value <got)" = 'organic_search Ben 1 1500.5' ]
	done
}

@test "chain: T17, T24: one phone, three people; two deals, two reps, each his own" {
	{ visit v1 2026-02-10T10:00:00 / https://www.google.es/
	  visit v2 2026-02-10T11:00:00 '/?gclid=1'; } >log
	cat >contacts.csv <<-E
		$contacts
		1,a@x.example,910 000 000,v1,2026-02-10 10:10:00,
		2,b@x.example,910000000,v2,2026-02-10 11:10:00,
		3,c@x.example,+34 910 00 00 00,,2026-02-10 12:10:00,
	E
	cat >deals.csv <<-E
		$deals
		7,1,Ana,2026-02-11,2026-02-20,1000,,,2026-02-20
		8,1,Ben,2026-03-11,2026-03-20,70,,,2026-03-20
		9,2,Ana,2026-03-11,2026-03-20,5,,,2026-03-20
	E
	steps
	[ "$(kpi leads) $(kpi deals) $(kpi revenue)" = '3 3 1075' ]
	[ "$(lead-kpi --as-of 2026-12-31 --period all --by rep --kpi revenue,deals steps.tsv |
	    cells segment,kpi,value | grep -v '^(' | tr '\n' ,)" = 'Ana deals 2,Ana revenue 1005,Ben deals 1,Ben revenue 70,' ]
	lead-attribute --model last --period all --by channel,rep steps.tsv >got
	diff <(cells channel,rep,conversions,value <got) - <<-'E'
		organic_search Ana 1 1000
		organic_search Ben 1 70
		paid_search Ana 1 5
	E
	lead-identify --plain-ids --default-country ES --conflicts conflicts -o map *.tsv
	[ "$(sed 1d conflicts | wc -l)" = 3 ]
}

@test "chain: T19: a deal closed on a date takes in the touch of that evening, not that of the next minute's day" {
	{ visit v1 2026-06-19T10:00:00 / https://www.google.es/
	  visit v1 2026-06-30T23:30:00 '/?gclid=1'
	  visit v1 2026-07-01T00:10:00 / https://www.facebook.com/; } >log
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-06-19 10:10:00,' >contacts.csv
	printf '%s\n' $deals '7,1,R,2026-06-20,2026-06-30,100,,,2026-06-30' >deals.csv
	steps
	[ "$(credit last)" = 'paid_search 1 100' ]
	diff <(credit linear) - <<-'E'
		organic_search 0.5 50
		paid_search 0.5 50
	E
	[ "$(kpi cycle_days_mean) $(kpi days_to_close_mean)" = '10 11' ]
	[ "$(lead-attribute --model last --period month --tz Europe/Madrid steps.tsv | cells period)" = 2026-06 ]
}

@test "chain: T20: a first touch earns half a year later, one 91 days before the lead does not" {
	{ visit v1 2025-10-01T10:00:00 / https://www.bing.com/
	  visit v1 2026-01-10T10:00:00 '/?utm_source=facebook&utm_medium=paid_social&utm_campaign=c'
	  visit v1 2026-01-11T10:00:00 / https://www.google.es/; } >log
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-01-11 10:10:00,' >contacts.csv
	printf '%s\n' $deals '7,1,R,2026-02-11,2026-07-12,100,,,2026-07-12' >deals.csv
	steps
	[ "$(credit first)" = 'paid_social 1 100' ]
	diff <(credit linear) - <<-'E'
		organic_search 0.5 50
		paid_social 0.5 50
	E
}

@test "chain: T22: a refund takes back from each channel by its sale's shares, on its own day" {
	{ visit v1 2026-05-01T10:00:00 / https://www.google.es/
	  visit v1 2026-05-02T10:00:00 '/?gclid=1'
	  visit v1 2026-05-03T10:00:00 / https://www.facebook.com/; } >log
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-05-03 10:10:00,' >contacts.csv
	printf '%s\n' $deals '7,1,R,2026-05-04,2026-06-30,1000,2026-08-02,-333.33,2026-08-02' >deals.csv
	steps
	lead-attribute --model linear,last --by channel --tz Europe/Madrid steps.tsv >got
	diff <(cells model,period,channel,conversions,value <got) - <<-'E'
		last 2026-06 organic_social 1 1000
		last 2026-08 organic_social 0 -333.33
		linear 2026-06 organic_search 0.333334 333.333334
		linear 2026-06 organic_social 0.333333 333.333333
		linear 2026-06 paid_search 0.333333 333.333333
		linear 2026-08 organic_search 0 -111.11
		linear 2026-08 organic_social 0 -111.11
		linear 2026-08 paid_search 0 -111.11
	E
	[ "$(kpi revenue) $(kpi refunds) $(kpi deals)" = '666.67 -333.33 1' ]
}

@test "chain: T23: spend by number joins touches by name, and what joins nothing is listed both ways" {
	{ visit v1 2026-05-01T10:00:00 '/?utm_source=google&utm_medium=cpc&utm_campaign=marca'
	  visit v2 2026-05-01T10:00:00 '/?utm_source=google&utm_medium=cpc&utm_campaign=sin_coste'; } >log
	printf '%s\n' $contacts '1,a@x.example,,v1,2026-05-01 10:10:00,' '2,b@x.example,,v2,2026-05-01 10:10:00,' >contacts.csv
	printf '%s\n' $deals '7,1,R,2026-05-04,2026-06-30,1000,,,2026-06-30' >deals.csv
	steps
	printf '%s\n' 'Day,Campaign ID,Campaign,Cost,Impressions,Clicks' \
	    '2026-05-01,111,Marca ES,"1,300.25",1000,10' '2026-05-01,222,Otra,50,10,1' >google.csv
	lead-import --map "$top/pipelines/conf/maps/google-ads.tsv" -o spend.tsv google.csv
	rows 'platform campaign_id campaign channel kind' 'google 111 marca paid_search ad' >campaigns.tsv
	lead-kpi --as-of 2026-12-31 --period all --by first_campaign --spend spend.tsv \
	    --campaigns campaigns.tsv --unjoined unjoined --kpi cost_ads,cpl,roas -o got steps.tsv
	[ "$(grep -c . unjoined)" = 3 ]
	[ "$(cells side,platform,campaign_id,campaign <unjoined | sort | tr '\n' ,)" = 'spend google 222 Otra,touch . . sin_coste,' ]
	diff <(cells segment,kpi,value <got | grep -v -e cpl -e '^(all)') - <<-'E'
		Otra cost_ads 50
		Otra roas 0
		marca cost_ads 1300.25
		marca roas 0.769083
		sin_coste cost_ads 0
		sin_coste roas .
	E
	[ "$(cells segment,kpi,value <got | grep -e cpl | tr '\n' ,)" = '(all) cpl 675.125,Otra cpl .,marca cpl 1300.25,sin_coste cpl 0,' ]
}

@test "chain: T28: spend of the first of November is November's in New York and in Auckland" {
	printf '%s\n' 'Day,Campaign ID,Campaign,Cost,Impressions,Clicks' '2026-11-01,1,c,10,5,1' >google.csv
	printf '%s\n' $contacts '1,a@x.example,,,2026-11-10 10:10:00,' >contacts.csv
	steps
	for zone in America/New_York Pacific/Auckland UTC; do
		lead-import --tz $zone --map "$top/pipelines/conf/maps/google-ads.tsv" -o spend.tsv google.csv
		[ "$(lead-kpi --as-of 2026-12-01 --tz $zone --spend spend.tsv --kpi cost_ads steps.tsv |
		    cells period,value)" = '2026-11 10' ]
	done
}

@test "chain: T7, T8: four hours over the night when the clocks go forward; never contacted" {
	cat >contacts.csv <<-E
		$contacts
		1,a@x.example,,,2026-03-29 00:30:00,2026-03-29 05:30:00
		2,b@x.example,,,2026-03-29 00:30:00,2026-03-29 05:30:01
		3,c@x.example,,,2026-03-29 00:30:00,2026-03-29 04:30:01
		4,d@x.example,,,2026-03-29 00:30:00,
	E
	steps
	[ "$(kpi within_4h) $(kpi never_contacted_rate) $(kpi response_median)" = '0.5 0.25 4' ]
}

@test "chain: T1, T2: what came from nowhere is shown, and the segments sum to the whole" {
	: >log
	printf '%s\n' $contacts >contacts.csv
	printf '%s\n' $deals >deals.csv
	for i in $(seq 200); do
		if [ "$i" -le 60 ]; then
			visit v$i 2026-05-01T10:00:00 / https://www.google.es/ >>log
		elif [ "$i" -le 120 ]; then
			visit v$i 2026-05-01T10:00:00 / https://www.facebook.com/ >>log
		fi
		echo "$i,p$i@x.example,,v$i,2026-05-02 10:00:00,"
	done >>contacts.csv
	for i in $(seq 17); do echo "$i,$i,R,2026-05-03,2026-05-04,5000,,,2026-05-04"; done >>deals.csv
	for i in $(seq 61 63); do echo "$i,$i,R,2026-05-03,2026-05-04,5000,,,2026-05-04"; done >>deals.csv
	steps
	lead-kpi --as-of 2026-06-01 --by first_source --kpi lead_value -o got steps.tsv
	diff <(cells segment,value,numerator,denominator <got) - <<-'E'
		(all) 500 100000 200
		(unknown) 0 0 80
		facebook 250 15000 60
		google 1416.666667 85000 60
	E
}
