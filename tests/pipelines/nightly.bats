#!/usr/bin/env bats
# A night publishes the right tables whole, or nothing.
load ../helper

night=$top/pipelines/nightly
day=2026-11-21

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 60 --days 21 --exports 4 --out in
	cp -R "$top/pipelines/conf" conf
	"$top/pipelines/nightly" --date 2026-11-21 --in in --out ref --conf conf
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	ref=$BATS_FILE_TMPDIR/ref conf=$BATS_FILE_TMPDIR/conf
}

# own_in - a copy of the input that the test may spoil
own_in() {
	cp -R "$BATS_FILE_TMPDIR/in" in
}

# own_conf KEY=VALUE... - a copy of the conf with other settings
own_conf() {
	cp -R "$BATS_FILE_TMPDIR/conf" conf
	local setting
	for setting; do
		sed -i "/^${setting%%=*}=/d" conf/nightly.conf
		echo "$setting" >>conf/nightly.conf
	done
	conf=conf
}

nightly() {
	"$night" --date "$day" --in "${in:-$BATS_FILE_TMPDIR/in}" --out out --conf "$conf" "$@"
}

# by_name FILE COL... - those columns, tab between
by_name() {
	local file=$1
	shift
	awk -F '\t' -v want="$*" '
		NR == 1 { n = split(want, w, " "); for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ for (i = 1; i <= n; i++) printf "%s%s", $(at[w[i]]), i < n ? "\t" : "\n" }' "$file"
}

same_as_ref() {
	diff -r "$ref" out
}

# same_tables - the tables of a night that had others before it: its log begins with
# the ids of those
same_tables() {
	diff -r -x identity-log.tsv -x manifest.tsv "$ref/as_of=$day" "out/as_of=$day"
}

@test "nightly: every table of the night is there, and the manifest tells it" {
	cd "$ref/as_of=$day"
	for table in steps journeys credit explain-credit scores kpi funnel stuck unmapped accounts; do
		[ -s "$table.tsv" ]
	done
	by_name manifest.tsv table rows bytes sha256 | while IFS=$'\t' read -r table rows bytes sum; do
		[ "$(($(wc -l <"$table") - 1))" = "$rows" ]
		[ "$(wc -c <"$table")" = "$bytes" ]
		echo "$sum  $table" | sha256sum -c --quiet
	done
	[ "$(by_name manifest.tsv table | sort)" = "$(ls | grep -v manifest)" ]
}

@test "nightly: the revenue of kpi is the truth's, and so is every model's credit" {
	/usr/bin/python3 - "$BATS_FILE_TMPDIR/in" "$ref/as_of=$day" <<-'END'
	import csv, sys
	from decimal import Decimal
	read = lambda p: list(csv.DictReader(open(p, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
	truth = read(sys.argv[1] + "/truth.tsv")
	rates = {r["date"]: Decimal(r["rate"]) for r in read(sys.argv[1] + "/rates.tsv")}
	want = sum(Decimal(r["value"]) for r in truth)
	refunds = Decimal(0)
	for r in csv.DictReader(open(sys.argv[1] + "/crm/deals-2026-11-21.csv", encoding="utf-8-sig", newline="")):
	    if r["Refund Amount"]:
	        rate = rates[max(d for d in rates if d <= r["Refund Date"][:10])] if r["Currency"] == "USD" else 1
	        refunds += Decimal(r["Refund Amount"]) * rate
	kpi = [r for r in read(sys.argv[2] + "/kpi.tsv") if r["dimension"] == "(all)" and not r["model"]]
	got = sum(Decimal(r["value"]) for r in kpi if r["kpi"] == "revenue")
	assert got == want + refunds, (got, want, refunds)
	deals = sum(Decimal(r["value"]) for r in kpi if r["kpi"] == "deals")
	assert deals == len(truth), (deals, len(truth))
	credit = [r for r in read(sys.argv[2] + "/credit.tsv") if r["milestone"] == "won"]
	models = {r["model"] for r in credit}
	assert len(models) == 9, models
	for m in models:
	    assert sum(Decimal(r["value"]) for r in credit if r["model"] == m) == got, m
	    assert sum(Decimal(r["conversions"]) for r in credit if r["model"] == m) == deals, m
	END
}

@test "nightly: the first and the last touch of each sale are the planted ones" {
	/usr/bin/python3 - "$BATS_FILE_TMPDIR/in" "$ref/as_of=$day" <<-'END'
	import csv, sys
	read = lambda p: list(csv.DictReader(open(p, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
	won = [r for r in read(sys.argv[2] + "/explain-credit.tsv") if r["milestone"] == "won" and r["conversions"] != "0"]
	first = {r["deal_id"]: (r["channel"], r["campaign"]) for r in won if r["model"] == "first"}
	last = {r["deal_id"]: (r["channel"], r["campaign"]) for r in won if r["model"] == "last"}
	n = 0
	for r in read(sys.argv[1] + "/truth.tsv"):
	    if r["deal_type"] != "new":
	        continue
	    n += 1
	    assert first[r["deal_id"]] == (r["seen_channel"], r["seen_campaign"]), (r, first[r["deal_id"]])
	    assert last[r["deal_id"]] == (r["won_channel"], r["won_campaign"]), (r, last[r["deal_id"]])
	assert n > 3
	END
}

# revenue DIR - the revenue of kpi, all periods, in cents
revenue() {
	by_name "$1/as_of=$day/kpi.tsv" dimension model kpi numerator |
		awk -F '\t' '$1 == "(all)" && $2 == "" && $3 == "revenue" { s += $4 * 100 }
			END { printf "%.0f\n", s }'
}

@test "nightly: a sale without a contact is in the revenue, and credited to nobody" {
	own_in
	in=in
	printf '%s\r\n' "99001,Nadie,Closed Won,1000.00,EUR,2026-11-10 10:00:00,2026-11-12 10:00:00,Nuria Vidal,New Business,Nave 60 kW,,,,,2026-11-12 10:00:00" \
		>>in/crm/deals-$day.csv
	nightly
	[ "$(revenue out)" = $(($(revenue "$ref") + 100000)) ]
	by_name "out/as_of=$day/explain-credit.tsv" deal_id milestone model channel value |
		grep -P '^99001\twon\t(first|w)\t' >got
	rows '99001 won first (unattributed) 1000' '99001 won w (unattributed) 1000' >want
	diff -u want got
}

@test "nightly: a deal that changed between two exports counts once, as it was last" {
	own_in
	in=in
	line=$(grep -m 1 'Closed Won,[0-9.]*,EUR' in/crm/deals-2026-11-20.csv)
	id=${line%%,*}
	was=$(sed 's/.*Closed Won,\([0-9.]*\),.*/\1/' <<<"$line")
	"$night" --date 2026-11-20 --in in --out out --conf "$conf"
	sed -i "/^$id,/s/,Closed Won,[0-9.]*,/,Closed Won,7.50,/" in/crm/deals-$day.csv
	nightly
	[ "$(revenue out)" = $(($(revenue "$ref") - ${was/./} + 750)) ]
	[ "$(by_name "out/as_of=$day/steps.tsv" deal_id event | grep -c "^$id	won$")" = 1 ]
}

@test "nightly: run again, in another locale and zone, it gives the same bytes" {
	cp -R "$ref" out
	LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu nightly
	same_as_ref
	rm -rf out
	LANG=C.UTF-8 nightly
	same_as_ref
}

@test "nightly: Ella's session, call and sale are one lead, her colleague another" {
	awk -F '\t' '$2 ~ /^(ella|dario)/ { print $3 }' "$ref/store/identity.tsv" | sort -u >leads
	[ "$(wc -l <leads)" = 2 ]
	ella=$(awk -F '\t' '$2 ~ /^ella/ { print $3; exit }' "$ref/store/identity.tsv")
	awk -F '\t' -v id="$ella" 'NR == 1 || $1 == id' "$ref/as_of=$day/journeys.tsv" >line
	# the lead and its answer are of one instant: their ids decide
	by_name line path | sed 's/ > (stage)//g; s/(contacted) > (lead)/(lead) > (contacted)/' >got
	echo 'email > (lead) > (contacted) > (mql) > (sql) > (opp) > (won)' >want
	diff -u want got
	[ "$(by_name line method)" = call ]
}

@test "nightly: a second night at once is refused, by the pid that runs" {
	mkdir out
	exec 8<>out/.lock
	flock 8
	echo 4711 >out/.lock
	run -2 --separate-stderr nightly
	[[ $stderr == *'locked by pid 4711: another night is running' ]]
	[ "$(ls -A out)" = .lock ]
}

@test "nightly: a cut log publishes nothing and leaves the store as it was" {
	own_in
	in=in
	cp -R "$ref" out
	truncate -s -7 in/logs/access-$day.log.gz
	run -1 nightly
	same_as_ref
	rm -rf out
	run -1 nightly
	[ "$(find out -type f)" = out/.lock ]
}

@test "nightly: a broken CRM export, a missing file, a spoiled conf publish nothing" {
	own_in
	in=in
	cp -R "$ref" out
	printf 'Record ID,Email\n1,"x' >in/crm/contacts-$day.csv
	run -1 nightly
	same_as_ref
	cp "$BATS_FILE_TMPDIR/in/crm/contacts-$day.csv" in/crm
	rm in/forms/forms-$day.csv
	run -1 --separate-stderr nightly
	[[ $stderr == *"nightly: no file of forms for $day: forms/forms-$day.csv" ]]
	same_as_ref
	own_conf COLOUR=red
	run -2 --separate-stderr nightly
	[[ $stderr == *': no such setting: COLOUR' ]]
	same_as_ref
}

@test "nightly: a filter that loses a row and says nothing is caught" {
	mkdir bin
	cat >bin/lead-import <<-END
	#!/usr/bin/env bash
	set -o pipefail
	case " \$* " in *' --visitor '*) "$BUILD/bin/lead-import" "\$@" | sed '\$d' ;;
	*) exec "$BUILD/bin/lead-import" "\$@" ;; esac
	END
	chmod +x bin/lead-import
	mkdir fake
	for filter in "$BUILD"/bin/lead-*; do ln -s "$filter" fake/; done
	ln -sf "$PWD/bin/lead-import" fake/lead-import
	mkdir fake/b && mv fake/lead-* fake/b && mkdir fake/bin && mv fake/b/* fake/bin
	BUILD=$PWD/fake run -1 --separate-stderr nightly
	[[ $stderr == *'rows were lost: '* ]]
	[ ! -e "out/as_of=$day" ] && [ ! -e out/store ]
}

@test "nightly: nights that were missed are caught up" {
	"$night" --date 2026-11-18 --in "$BATS_FILE_TMPDIR/in" --out out --conf "$conf"
	[ -e out/as_of=2026-11-18 ] && [ ! -e out/store/events/dt=2026-11-19.tsv.gz ]
	nightly
	same_tables
	diff -r "$ref/store/events" out/store/events
}

@test "nightly: the nights one by one, or the last alone, give the same tables" {
	"$top/pipelines/backfill" --from 2026-11-19 --to $day --tables last \
		--in "$BATS_FILE_TMPDIR/in" --out out --conf "$conf"
	same_tables
	diff -r -x identity "$ref/store" out/store
}

@test "nightly: a log that came late is read again within REPROCESS_DAYS" {
	own_in
	in=in
	zcat in/logs/access-2026-11-20.log.gz | sed 500,900d | gzip -n >cut
	mv cut in/logs/access-2026-11-20.log.gz
	"$night" --date 2026-11-20 --in in --out out --conf "$conf"
	run ! cmp -s "$ref/store/events/dt=2026-11-20.tsv.gz" out/store/events/dt=2026-11-20.tsv.gz
	in=$BATS_FILE_TMPDIR/in nightly
	# a lead that was an MQL yesterday stays one from that time: scores may differ
	diff -r -x scores.tsv -x identity-log.tsv -x manifest.tsv -x changes.tsv \
		"$ref/as_of=$day" "out/as_of=$day"
	# and that the touches of yesterday are others now stands among the changes
	grep -P '^fact\tsteps\t2026-11\t\t\(all\)\ttouches\t.*\tlate rows$' "out/as_of=$day/changes.tsv"
}

@test "nightly: a night that changed takes the place of the one before, whole" {
	own_in
	in=in
	mkdir late
	zcat in/logs/access-2026-11-20.log.gz | sed 500,900d | gzip -n >cut
	mv cut in/logs/access-2026-11-20.log.gz
	nightly
	run ! diff -rq "$ref/as_of=$day" "out/as_of=$day"
	in=$BATS_FILE_TMPDIR/in nightly
	same_as_ref
}

@test "nightly: an hour without a line is a note, and with --require-hours an error" {
	own_in
	in=in
	zcat in/logs/access-$day.log.gz | grep -v ":1[45]:[0-9][0-9]:[0-9][0-9] +0100\]" |
		gzip -n >cut
	mv cut in/logs/access-$day.log.gz
	run -0 --separate-stderr nightly
	[[ $stderr == *"web of $day has no line in these hours (UTC): ${day}T13-14"* ]]
	rm -rf out
	run -1 --separate-stderr nightly --require-hours
	[ ! -e "out/as_of=$day" ]
}

@test "nightly: hours without a line are told of each day once" {
	own_in
	in=in
	for file in in/logs/access-2026-11-{19,20,21}.log.gz; do
		zcat "$file" | grep -v ":\(03\|0[67]\):[0-9][0-9]:[0-9][0-9] +0100\]" | gzip -n >cut
		mv cut "$file"
	done
	"$night" --date 2026-11-20 --in in --out out --conf "$conf" 2>notes
	nightly 2>>notes
	grep -o 'web of 2026-11-.*' notes >got
	printf 'web of %s has no line in these hours (UTC): %sT02, %sT05-06\n' 2026-11-{19,19,19,20,20,20,21,21,21} |
		diff -u - got
}

@test "nightly: milestones that no credit is asked for need not tie with kpi" {
	own_conf MILESTONES=won
	nightly
	cut -f 2 "out/as_of=$day/credit.tsv" | sed 1d | sort -u >got
	echo won | diff -u - got
}

@test "nightly: of the history that a first night finds days without a line in some hour are counted" {
	own_in
	in=in
	for file in in/logs/access-2026-11-{16,17,18}.log.gz; do
		zcat "$file" | grep -v ":03:[0-9][0-9]:[0-9][0-9] +0100\]" | gzip -n >cut
		mv cut "$file"
	done
	"$night" --store-only --date 2026-11-19 --in in --out out --conf "$conf" 2>notes
	grep -c 'has no line in these hours' notes >got || :
	grep 'hour without a line' notes >>got
	printf '%s\n' 2 'nightly: web: days before 2026-11-17 with an hour without a line: 1' | diff - got
}

@test "nightly: what a night cannot do without is asked for before it reads anything" {
	own_conf RATES=
	rm conf/rules.tsv
	run -2 --separate-stderr nightly
	[ "$stderr" = "nightly: $conf/rules.tsv: cannot be read: the points of lead-score" ]
	cp "$top/pipelines/conf/rules.tsv" conf
	printf 'other\tcrm\tcrm/other.csv\tnosuch\n' >>conf/inputs.tsv
	run -2 --separate-stderr nightly
	[ "$stderr" = 'nightly: conf/inputs.tsv: other: no such map: nosuch' ]
	[ ! -e out/.night ]
}

@test "nightly: a setting that a filter refuses is named with its line" {
	for setting in 'KPI_BY=first_channel nosuch' FUNNEL_BY=nosuch RATES=none.tsv; do
		rm -rf conf out
		conf=$BATS_FILE_TMPDIR/conf
		own_conf "$setting"
		run --separate-stderr nightly
		[ "$status" -ne 0 ]
		line=$(grep -n "^${setting%%=*}=" conf/nightly.conf)
		[[ $stderr == *"nightly: conf/nightly.conf:${line%%:*}: ${setting%%=*}: "* ]]
		[ ! -e "out/as_of=$day" ]
	done
	for setting in MODELS=foo LOG_FORMAT=%x; do
		rm -rf conf out
		conf=$BATS_FILE_TMPDIR/conf
		own_conf "$setting"
		run -2 --separate-stderr nightly
		[[ $stderr == *"nightly: conf/nightly.conf: one of these was refused by lead-"*"${setting%%=*}, "* ]]
	done
}

@test "nightly: K10: a secret that is none is refused before anything is read, its setting named" {
	own_conf KEY_FILE=key
	refused() {
		run -2 --separate-stderr nightly
		[[ $stderr == *'key: no key file: '*"nightly: conf/nightly.conf"*KEY_FILE* ]]
		[ "$(ls -A out)" = .lock ]
	}
	refused
	: >conf/key && chmod 600 conf/key && refused
	echo short >conf/key && refused
	printf '%032d' 7 >conf/key && chmod 644 conf/key && refused
	rm conf/key && mkdir conf/key && refused
	rmdir conf/key && printf '%032d' 7 >other && chmod 600 other && ln -s ../other conf/key && refused
}

@test "nightly: EXPORTS go out after the night, of the newest one; what fails takes nothing back" {
	own_conf 'EXPORTS=google --conversions lead=Lead,won=Purchase; hubspot'
	printf 'key_type\tkey\nemail\tno key\n' >conf/suppress.tsv
	run -1 --separate-stderr nightly
	[[ $stderr == *"nightly: $day is published, but not all of EXPORTS was made" ]]
	[ -e "out/as_of=$day/manifest.tsv" ] && [ ! -e out/exports ]
	rm conf/suppress.tsv
	nightly
	[ "$(ls out/exports)" = "google-adjustments-$day.csv
google-conversions-$day.csv
hubspot-contacts-$day.csv
hubspot-deals-$day.csv" ]
	sed 1d "out/exports/hubspot-contacts-$day.csv" | grep -q '^7'
	cp -R out told
	nightly
	diff -r told out
	run -0 --separate-stderr "$night" --date 2026-11-20 --in "$BATS_FILE_TMPDIR/in" --out out --conf conf
	[[ $stderr == *'there are later nights than 2026-11-20: nothing is exported' ]]
	diff -r told/exports out/exports
	rm -rf conf
	conf=$BATS_FILE_TMPDIR/conf
	own_conf EXPORTS=yahoo
	run -2 --separate-stderr nightly
	[[ $stderr == *': EXPORTS: no such export: yahoo' ]]
}

@test "nightly: a day that is too small by ROWS_BAND is refused, on a site of ROWS_LEAST" {
	own_in
	own_conf
	in=in
	zcat in/logs/access-$day.log.gz | sed -n 1,60p | gzip -n >cut
	mv cut in/logs/access-$day.log.gz
	run -1 --separate-stderr nightly
	[[ $stderr == *": outside conf/nightly.conf:"*": ROWS_BAND=20-500 percent (empty: no check)" ]]
	[ ! -e out/store ]
	# a site so small that chance is larger than the band
	sed -i 's/^ROWS_LEAST=.*/ROWS_LEAST=20000/' conf/nightly.conf
	nightly
}

@test "nightly: --manifest names a file that came short" {
	own_in
	in=in
	printf 'name\tbytes\tsha256\tlines\n' >manifest
	for file in logs/access-$day.log.gz crm/deals-$day.csv; do
		sum=$(sha256sum <in/$file)
		printf '%s\t%s\t%s\t\n' "$file" "$(stat -c %s in/$file)" "${sum%% *}"
	done >>manifest
	nightly --manifest manifest
	same_as_ref
	rm -rf out
	# two members, and the file cut exactly between them: sound gzip
	zcat in/logs/access-$day.log.gz | sed -n '1,700p' | gzip -n >in/logs/access-$day.log.gz.x
	mv in/logs/access-$day.log.gz.x in/logs/access-$day.log.gz
	run -1 --separate-stderr nightly --manifest manifest
	[[ $stderr == *"logs/access-$day.log.gz has "*' by the manifest' ]]
	[ ! -e "out/as_of=$day" ]
}

@test "nightly: strangers go after ANON_DAYS, the tables stay" {
	own_conf ANON_DAYS=5
	nightly
	diff -r -x accounts.tsv -x manifest.tsv "$ref/as_of=$day" "out/as_of=$day"
	for store in "$ref" out; do
		gzip -dc $store/store/events/dt=2026-11-10.tsv.gz | wc -l
	done >rows
	[ "$(sed -n 2p rows)" -lt $(($(sed -n 1p rows) / 3)) ]
	cmp "$ref/store/events/dt=2026-11-18.tsv.gz" out/store/events/dt=2026-11-18.tsv.gz
}

@test "nightly: MQL=score takes the score's mql events in place of the CRM's" {
	own_conf MQL=score
	nightly
	cd "out/as_of=$day"
	by_name scores.tsv mql_at lead_id | grep -v '^	' | cut -f 2 | sort >want
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$(at["event"]) == "mql" { print $(at["lead_id"]) }' steps.tsv | sort >got
	[ -s want ]
	diff -u want got
}

@test "nightly: cost without a campaign and campaigns without a line are listed" {
	own_conf
	grep -v es_baterias conf/campaigns.tsv >c && mv c conf/campaigns.tsv
	nightly
	by_name "out/as_of=$day/unmapped.tsv" side platform campaign_id >got
	# mail that has not been sent by then brought nobody
	rows 'campaigns.tsv newsletter nurture_4' 'spend google 21044871003' 'spend google 21044871010' \
		'touch google 21044871003' >want
	diff -u want got
}

@test "nightly: nights over KEEP_NIGHTS go, month ends stay" {
	cp -R "$ref" out
	mkdir out/as_of=2026-10-31 out/as_of=2026-10-17 out/as_of=2026-10-18 out/as_of=2026-09-30
	rm -rf "out/as_of=$day"
	nightly
	[ "$(cd out && echo as_of=*)" = "as_of=2026-09-30 as_of=2026-10-18 as_of=2026-10-31 as_of=$day" ]
}

@test "nightly: opening hours, holidays and goals of the company's own are in its figures" {
	own_conf
	rows 'weekday from to' 'mon-fri 09:00 14:00' 'mon-fri 16:00 19:00' >conf/hours.tsv
	rows date 2026-11-02 >conf/holidays.tsv
	rows 'period dimension segment kpi goal' '2026-11 . . revenue 100000' \
		'2026-11 rep Inés~Lago deals 4' >conf/goals.tsv
	nightly
	of() {
		awk -F '\t' -v d="$1" -v s="$2" -v k="$3" '$1 == "2026-11" && $2 == d && $3 == s &&
			$4 == k && $5 == "" { print $6 "|" $7 "|" $8 }' "out/as_of=$day/kpi.tsv"
	}
	[ "$(of '(all)' '(all)' revenue_goal)" = '100000|100000|' ]
	[ "$(of rep 'Inés Lago' deals_goal)" = '4|4|' ]
	pipeline=$(of '(all)' '(all)' pipeline | cut -d '|' -f 2)
	[ "$(of '(all)' '(all)' coverage_ratio | cut -d '|' -f 2,3)" = "$pipeline|100000" ]
	# the filter alone, over the same steps
	lead-kpi --as-of $day --tz Europe/Madrid --kpi response_bh_median,within_4h_bh \
		--hours conf/hours.tsv --holidays conf/holidays.tsv "out/as_of=$day/steps.tsv" |
		awk -F '\t' '$1 == "2026-11" { print $6 "|" $7 "|" $8 }' >want
	{
		of '(all)' '(all)' response_bh_median
		of '(all)' '(all)' within_4h_bh
	} | diff -u want -
	"$top/pipelines/monthly-report" --date $day --out out |
		grep -q '^  half of them, in office hours  *[0-9]'
}
