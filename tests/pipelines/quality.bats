#!/usr/bin/env bats
# A night that should not be believed says so, or is not published.
load ../helper
load trust

day=2026-11-21

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 40 --days 21 --exports 1 --out in
	cp -R "$top/pipelines/conf" conf
	"$top/pipelines/nightly" --date 2026-11-21 --in in --out ref --conf conf 2>log
}

# checks LINE... - checks.tsv, as the program reads it
checks() {
	rows 'check min max band severity' "$@" >checks
}

# quality OPERAND... - of the night of Saturday, 2026-11-21
quality() {
	both quality -v date=$day -v future="${future-}" what=checks checks "$@"
}

# saturdays NAME N... - counts of an input, 8 weeks ago first, the night's day last
saturdays() {
	local name=$1 n day=2026-09-26
	shift
	for n; do
		[ "$n" = - ] || rows 'input measure n' "$name in $n" >"dt=$day.tsv"
		day=$(date -d "$day 7 days" +%F)
	done
}

@test "quality: rows against the median of the last 8 same weekdays" {
	checks 'rows . . 50-200 warn'
	rows 'name kind' 'web log' >inputs
	saturdays web 900 1000 1100 1000 5000 1000 10 1000 400
	# other days do not count
	rows 'input measure n' 'web in 77' >dt=2026-11-20.tsv
	# median 1000: from 500 - 3 * 31.6 to 2000 + 3 * 31.6
	quality what=inputs inputs what=counts ./dt=*.tsv >got
	rows 'rows web 400 405 2095 warn warn' | diff -u - got
	rows 'input measure n' 'web in 405' >dt=$day.tsv
	quality what=inputs inputs what=counts ./dt=*.tsv >got
	rows 'rows web 405 405 2095 warn ok' | diff -u - got
	rows 'input measure n' 'web in 2096' >dt=$day.tsv
	quality what=inputs inputs what=counts ./dt=*.tsv | cut -f 7 >got
	echo warn | diff -u - got
}

@test "quality: small numbers are never even; of fewer than 4 days nothing is said" {
	checks 'rows . . 50-200 warn'
	rows 'name kind' 'forms events' 'mail email?' 'deals crm' >inputs
	saturdays forms - - - - 4 4 4 4 0
	# median 4: 2 - 6 is below 0; a form that sends nothing shows only when it is used more
	quality what=inputs inputs what=counts ./dt=*.tsv >got
	rows 'rows forms 0 0 15 warn ok' 'rows mail 0 . . warn unknown' | diff -u - got
	rm dt=2026-11-14.tsv
	quality what=inputs inputs what=counts ./dt=*.tsv >got
	rows 'rows forms 0 . . warn unknown' 'rows mail 0 . . warn unknown' | diff -u - got
	rm dt=*.tsv
	saturdays forms 100 100 100 100 100 100 100 100 -
	rows 'input measure n' 'web in 5' >dt=$day.tsv
	quality what=inputs inputs what=counts ./dt=*.tsv | head -1 >got
	rows 'rows forms 0 20 231 warn warn' | diff -u - got
}

@test "quality: days without spend, of a report that is daily" {
	checks 'spend_days_missing . 1 . warn'
	{
		rows 'what name day'
		for d in 01 02 03 04 05 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21; do
			echo "spend	whole	2026-11-$d"
		done
		for d in 01 02 03 05 06 07 09 10; do
			echo "spend	stopped	2026-11-$d"
		done
		for d in 01 02 03 04 05 06; do
			echo "spend	new	2026-11-$d"
		done
		for d in 1 2 3 4 5 6 7 8; do
			echo "spend	monthly	2026-0$d-01"
		done
	} >days
	# whole lacks the 6th; stopped the 4th, the 8th and 11 since
	quality what=days days >got
	rows 'spend_days_missing monthly . . 1 warn unknown' \
		'spend_days_missing new . . 1 warn unknown' \
		'spend_days_missing stopped 13 . 1 warn warn' \
		'spend_days_missing whole 1 . 1 warn ok' | diff -u - got
}

@test "quality: age of the exports, warned early and refused late" {
	checks 'snapshot_age . 3 . warn' 'snapshot_age . 30 . fail'
	rows 'what name day' 'crm old 2026-10-21' 'crm late 2026-10-22' 'crm new 2026-11-18' >days
	quality what=days days >got
	rows 'snapshot_age late 30 . 3 warn warn' 'snapshot_age late 30 . 30 fail ok' \
		'snapshot_age new 3 . 3 warn ok' 'snapshot_age new 3 . 30 fail ok' \
		'snapshot_age old 31 . 3 warn warn' 'snapshot_age old 31 . 30 fail fail' | diff -u - got
	# over the leap day and the turn of a year
	rows 'what name day' 'crm a 2023-12-31' >days
	both quality -v date=2024-03-01 what=checks checks what=days days | cut -f 3 | sort -u >got
	echo 61 | diff -u - got
}

@test "quality: direct and unassigned of the visits of 28 days" {
	checks 'direct . 40% . warn' 'unassigned . 0.05 . warn'
	rows 'channel source medium campaign fact n' 'direct (direct) (none) . none 39' \
		'direct (direct) (none) . internal 1' 'email a b . campaign 54' \
		'unassigned a b . campaign 6' 'unassigned a b . amp_lost 900' >dt=2026-10-25.tsv
	rows 'channel source medium campaign fact n' 'direct (direct) (none) . none 900' >dt=2026-10-24.tsv
	quality what=visits ./dt=2026-10-2*.tsv >got
	rows 'direct (all) 0.4 . 0.4 warn ok' 'unassigned (all) 0.06 . 0.05 warn warn' | diff -u - got
}

@test "quality: conversions of nobody in 90 days, by milestone and the first model" {
	checks 'unattributed . 20% . warn'
	table <<-'E' >credit
		milestone model time                 channel        conversions
		won       first 2026-11-01T00:00:00Z direct         0.7
		won       first 2026-11-01T00:00:00Z (unattributed) 0.3
		won       last  2026-11-01T00:00:00Z (unattributed) 9
		won       first 2026-08-22T00:00:00Z (unattributed) 9
		lead      first 2026-08-23T00:00:00Z (unattributed) 1
		lead      first 2026-11-01T00:00:00Z email          4
	E
	quality what=credit credit >got
	rows 'unattributed lead 0.2 . 0.2 warn ok' 'unattributed won 0.3 . 0.2 warn warn' |
		diff -u - got
}

@test "quality: ad cost of 28 days that campaigns.tsv does not name" {
	checks 'unmapped_cost . 5% . warn'
	rows 'platform campaign_id campaign channel kind trackable' 'g 1 a . ad yes' \
		'b x y . ad no' >campaigns
	rows 'date platform campaign_id campaign cost kind' '2026-10-25 g 1 A 94 ad' \
		'2026-11-20 g 2 B 6 ad' '2026-10-24 g 2 B 900 ad' '2026-11-20 b x X 50 ad' \
		'2026-11-20 b z Z 50 event' >spend
	quality what=campaigns campaigns what=spend spend >got
	rows 'unmapped_cost (all) 0.06 . 0.05 warn warn' | diff -u - got
	# a company that names none is not told so every night
	quality what=spend spend >got
	rows 'unmapped_cost (all) . . 0.05 warn unknown' | diff -u - got
}

@test "quality: sales without a value, and before their lead was one" {
	checks 'won_without_value . 0 . warn' 'won_before_lead . 0 . fail' 'future_dates . 0 . warn'
	table <<-'E' >steps
		lead_id kind      event time                 value
		a       milestone lead  2026-11-01T00:00:00Z .
		a       milestone won   2026-11-02T00:00:00Z .
		b       milestone won   2026-11-02T00:00:00Z 0
		b       milestone lead  2026-11-03T00:00:00Z .
		c       milestone won   2026-01-02T00:00:00Z .
		c       milestone lead  2026-11-03T00:00:00Z .
		deal:1  milestone won   2026-11-02T00:00:00Z 5
	E
	future=2 quality what=steps steps >got
	rows 'future_dates (all) 2 . 0 warn warn' 'won_before_lead (all) 1 . 0 fail fail' \
		'won_without_value (all) 2 . 0 warn warn' | diff -u - got
}

# own_conf LINE... - a copy of the conf with these checks
own_conf() {
	cp -R "$BATS_FILE_TMPDIR/conf" conf
	rows 'check min max band severity' "$@" >conf/checks.tsv
}

nightly() {
	"$top/pipelines/nightly" --date $day --in "${in:-$BATS_FILE_TMPDIR/in}" --out out \
		--conf conf "$@"
}

@test "quality: a fail publishes nothing and names check, value and bound" {
	own_conf 'direct . 1% . fail' 'snapshot_age . 3 . warn'
	run -1 --separate-stderr nightly
	value=$(awk -F '\t' '$1 == "direct" { print $3 }' "$BATS_FILE_TMPDIR/ref/as_of=$day/quality.tsv")
	[ "${stderr##*$'\n'}" = "nightly: fail: direct is $value, not at most 0.01 (conf/checks.tsv)" ]
	[ "$(find out -type f)" = out/.lock ]
}

@test "quality: a deal of the CRM won on a day to come is told, and is in no figure yet" {
	own_conf 'future_dates . 0 . warn'
	cp -R "$BATS_FILE_TMPDIR/in" in
	sed -E -i '0,/,Closed Won,/s/(,Closed Won,[^,]*,[A-Z]*,[^,]*,)[^,]*/\12027-03-01 10:00:00/' \
		in/crm/deals-$day.csv
	grep -q ',2027-03-01' in/crm/deals-$day.csv
	in=in run -0 --separate-stderr nightly
	[[ $stderr == *'nightly: warn: future_dates is 1, not at most 0 (conf/checks.tsv)'* ]]
	grep -P '^future_dates\t\(all\)\t1\t' "out/as_of=$day/quality.tsv"
	for night in out "$BATS_FILE_TMPDIR/ref"; do
		awk -F '\t' '$2 == "(all)" && $4 == "deals" { n += $6 } END { print n }' \
			"$night/as_of=$day/kpi.tsv"
	done | paste -sd ' ' >got
	awk '{ exit $1 != $2 - 1 }' got
}

@test "quality: a warning is said once and stands in the table" {
	own_conf 'direct 90% 95% . warn'
	run -0 --separate-stderr nightly
	[ "$(grep -c 'nightly: warn: direct is 0.[0-9]*, not 0.9 to 0.95 (conf/checks.tsv)' <<<"$stderr")" = 1 ]
	[ "$(tail -n +2 "out/as_of=$day/quality.tsv" | cut -f 1,2,4-)" = \
		$'direct\t(all)\t0.9\t0.95\twarn\twarn' ]
	grep -q '^quality.tsv	1	' "out/as_of=$day/manifest.tsv"
}

@test "quality: hours of a log without a line stand in the table, and may be refused" {
	own_conf 'silent_hours . 0 . warn'
	in=in
	cp -R "$BATS_FILE_TMPDIR/in" in
	zcat in/logs/access-$day.log.gz | grep -v ":1[45]:[0-9][0-9]:[0-9][0-9] +0100\]" |
		gzip -n >cut
	mv cut in/logs/access-$day.log.gz
	run -0 --separate-stderr nightly
	[ "$(grep -c 'hours' <<<"$stderr")" = 1 ]
	tail -n +2 "out/as_of=$day/quality.tsv" | diff -u <(rows 'silent_hours web 2 . 0 warn warn') -
	rm -rf out
	sed -i 's/warn$/fail/' conf/checks.tsv
	run -1 nightly
	[ ! -e "out/as_of=$day" ]
}

@test "quality: share of an input's rows that could not be read; of the CRM's, each" {
	checks 'rejected . 1% . warn' 'crm_rejected . 0 . fail'
	rows 'name kind' 'web log' 'mail email?' 'deals crm' 'stages crm' >inputs
	rows 'input measure n' 'web in 200' 'web rejected 3' 'mail in 100' 'mail rejected 1' >dt=$day.tsv
	# another day's do not count
	rows 'input measure n' 'mail in 100' 'mail rejected 100' >dt=2026-11-20.tsv
	rows 'kind name in rejected' 'crm deals 500 1' 'crm stages 10 0' 'spend meta 40 1' >imports
	quality what=inputs inputs what=imports imports what=counts ./dt=*.tsv >got
	rows 'crm_rejected deals 1 . 0 fail fail' 'crm_rejected stages 0 . 0 fail ok' \
		'rejected deals 0.002 . 0.01 warn ok' 'rejected mail 0.01 . 0.01 warn ok' \
		'rejected meta 0.025 . 0.01 warn warn' 'rejected stages 0 . 0.01 warn ok' \
		'rejected web 0.015 . 0.01 warn warn' | diff -u - got
}

@test "quality: a won deal of the CRM that cannot be read stands in the table and on the page" {
	own_conf 'crm_rejected . 0 . warn'
	in=in
	cp -R "$BATS_FILE_TMPDIR/in" in
	for file in in/crm/deals-*.csv; do
		awk -F , -v OFS=, 'NR == 2 { for (i = 1; i <= NF; i++)
			gsub(/20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]/, "31-31-31", $i) } { print }' "$file" >spoiled
		mv spoiled "$file"
	done
	run -0 --separate-stderr nightly
	[[ $stderr == *'nightly: warn: crm_rejected of deals is 1, not at most 0 (conf/checks.tsv)'* ]]
	[[ $stderr != *'no row was used'* ]]
	grep -qx 'crm_rejected	deals	1		0	warn	warn' "out/as_of=$day/quality.tsv"
	"$top/pipelines/monthly-report" --date $day --out out >page
	grep -q 'warning of the night: crm_rejected of deals' page
}

@test "quality: a faulty checks.tsv is refused by file and line" {
	local case
	for case in 'colour . 1 . warn|no such check: colour' \
		'direct . viel . warn|not a number: viel' 'direct . 1 . maybe|severity: warn or fail: maybe' \
		'direct . . 1-2 warn|direct takes no band' 'rows . . 12 warn|band: LOW-HIGH in percent: 12' \
		'direct . . . warn|direct without a bound' 'rows 1 . 1-2 warn|a band, or min and max' \
		'direct . 1 warn|not 5 columns' 'direct . 2 . warn|a warn of direct stands above already'; do
		rm -rf conf
		own_conf 'direct . 1 . warn' "${case%|*}"
		run -2 --separate-stderr nightly
		[ "$stderr" = "nightly: conf/checks.tsv:3: ${case#*|}" ]
	done
	[ ! -e out ]
	printf 'check\tmax\nrows\t1\n' >conf/checks.tsv
	run -2 --separate-stderr nightly
	[ "$stderr" = 'nightly: conf/checks.tsv:1: the header is check, min, max, band, severity' ]
}

@test "quality: a table that is not as schema.tsv promises is not published" {
	cp -R "$top/pipelines" pipelines
	own_conf 'direct . 1 . warn'
	sed -i 's/^coverage	numerator	number/coverage	numerator	day/' pipelines/load/schema.tsv
	run -1 --separate-stderr "$PWD/pipelines/nightly" --date $day --in "$BATS_FILE_TMPDIR/in" --out out --conf conf
	[[ ${stderr##*$'\n'} == 'nightly: coverage.tsv is not as in load/schema.tsv: '*': numerator: no day: "'* ]]
	[ ! -e "out/as_of=$day" ]
}

@test "quality: without a checks.tsv of its own a company has the one that ships" {
	cp -R "$BATS_FILE_TMPDIR/conf" conf
	rm conf/checks.tsv
	nightly
	diff -u "$BATS_FILE_TMPDIR/ref/as_of=$day/quality.tsv" "out/as_of=$day/quality.tsv"
}
