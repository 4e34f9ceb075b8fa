#!/usr/bin/env bats
# The page says what the night's tables say, and advises only where it may.
load ../helper

report() {
	"$top/pipelines/monthly-report" --date 2026-11-30 --out out "$@"
}

# kpi DIMENSION MODEL SEGMENT KPI=VALUE... - rows of May in the night's kpi.tsv
kpi() {
	local dimension=$1 model=$2 segment=$3 figure
	shift 3
	for figure; do
		printf '2026-05\t%s\t%s\t%s\t%s\t%s\t%s\t\t1\n' "$dimension" "$segment" "${figure%%=*}" \
			"$model" "${figure#*=}" "${figure#*=}"
	done >>"$kpi"
}

# source NAME SALES MATURE COHORT ROAS ROAS ROAS - as the three models have it
source_of() {
	local model i=4
	kpi first_channel '' "$1" revenue=1000 cost_ads=100 mature_cohort="$3" roas_cohort="$4"
	for model in first last-non-direct linear; do
		i=$((i + 1))
		kpi channel $model "$1" deals="$2" roas="${!i}"
	done
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	kpi=out/as_of=2026-11-30/kpi.tsv
	mkdir -p "${kpi%/*}"
	rows 'period dimension segment kpi model value numerator denominator n' >"$kpi"
	kpi '(all)' '' '(all)' leads=400 revenue=1234567.891 roas=9.995 within_4h=0.8549
}

# advice NAME - the last cell of its row
advice() {
	sed -n "/What the ad money/,/cohort:/s/^  $1 .*\(fund\|stop\|watch.*\)\$/\1/p" page
}

@test "report: fund or stop asks for ten sales, a mature cohort, and agreement" {
	source_of good 10 1 1.5 1 2 3
	source_of bad 12.5 1 0.9 0.5 0.99 0
	source_of few 9.999999 1 5 5 5 5
	source_of young 50 0.99 5 5 5 5
	source_of torn 50 1 5 5 0.5 5
	source_of turned 50 1 0.5 5 5 5
	report --month 2026-05 >page
	[ "$(advice good)" = fund ]
	[ "$(advice bad)" = stop ]
	[ "$(advice few)" = 'watch: fewer than 10 sales' ]
	[ "$(advice young)" = 'watch: its leads are too young' ]
	[ "$(advice torn)" = 'watch: the models do not agree' ]
	[ "$(advice turned)" = 'watch: the models do not agree' ]
	report --month 2026-05 --target 2.5 >page # good: 1, 2, 3 and 1.5 stand on both sides now
	[ "$(advice good)" = 'watch: the models do not agree' ]
	grep -q 'These are averages' page
}

@test "report: sources stand by revenue; figures are rounded from their digits" {
	kpi first_channel '' b revenue=10.005 cost_ads=0 customers=1
	kpi first_channel '' a revenue=10.005 cost_ads=0
	kpi first_channel '' c revenue=2000000 cost_ads=1
	kpi channel first c roas=1 deals=1
	kpi channel last-non-direct c roas=1 deals=1
	kpi channel linear c roas=1 deals=1
	report --month 2026-05 >page
	grep -q '^  revenue, less refunds  *1,234,567.89$' page
	grep -q '^  ROAS, revenue / ad cost  *10.00$' page
	grep -q '^  answered within 4 hours  *85 %$' page
	[ "$(sed -n '/Where the customers/,/What the ad/s/^  \([abc]\) .*/\1/p' page | tr -d '\n')" = cab ]
	grep -q '^  a .* 10.01 ' page
	awk 'length > 100 { exit 1 }' page
}

@test "report: what the night lacks is said, and ends with 1; a wrong request with 2" {
	run --separate-stderr -1 report --month 2026-04
	[ "$stderr" = 'monthly-report: the night of 2026-11-30 has no figures of 2026-04' ]
	run --separate-stderr -1 report --month 2026-05
	[ "$stderr" = 'monthly-report: no figures by channel under the model first (KPI_CREDIT_BY, MODELS)' ]
	run --separate-stderr -2 report --models first,last
	run --separate-stderr -2 report --month May
	run --separate-stderr -2 "$top/pipelines/monthly-report" --date 2026-11-29 --out out
	[ "$stderr" = 'monthly-report: no such night: out/as_of=2026-11-29' ]
}

@test "report: of a made company's night: its figures are those of kpi.tsv and funnel.tsv" {
	world --leads 60 --days 30 --exports 2 --out in
	"$top/pipelines/nightly" --date 2026-11-30 --in in --out real --conf "$top/pipelines/conf" 2>/dev/null
	"$top/pipelines/monthly-report" --date 2026-11-30 --out real >page
	at() { awk -F '\t' -v k="$1" '$1 == "2026-11" && $2 == "(all)" && $4 == k { print $6 }' real/as_of=2026-11-30/kpi.tsv; }
	[ "$(sed -n 's/^  deals won  *\([0-9,]*\)$/\1/p' page)" = "$(at deals)" ]
	[ "$(sed -n 's/^  revenue, less refunds  *\([0-9,.]*\)$/\1/p' page | tr -d ,)" = "$(printf '%.2f' "$(at revenue)")" ]
	reached=$(awk -F '\t' '$2 == "(all)" && $4 == "won" && $5 == "reached" && $6 == "" { print $7 }' \
		real/as_of=2026-11-30/funnel.tsv)
	[ "$(sed -n 's/^  won  *\([0-9]*\) .*/\1/p' page)" = "$reached" ]
}

# in_month MONTH KPI=VALUE... - rows of all in another month of the night
in_month() {
	local figure
	for figure in "${@:2}"; do
		printf '%s\t(all)\t(all)\t%s\t\t%s\t%s\t\t1\n' "$1" "${figure%%=*}" "${figure#*=}" "${figure#*=}"
	done >>"$kpi"
}

@test "report: lines and columns without a figure are left out" {
	source_of good 10 1 1.5 1 2 3
	kpi first_channel '' idle leads=0 customers=0 revenue=0 cost_ads=0
	kpi first_channel '' free leads=4 customers=1 revenue=5 cost_ads=0 cost_per_customer=0
	kpi '(all)' '' '(all)' mql=0
	report --month 2026-05 >page
	run ! grep -q 'change' page      # there is no month before
	run ! grep -q '^  idle' page     # neither leads nor money
	run ! grep -q 'mql' page         # none in either month
	run ! grep -q 'nine of ten' page # no such figure
	sed -n '/Where the customers/,/Cost a customer/p' page | grep -q '^  free  *4  *1  *5.00  *-  *-  *-$'
	in_month 2026-04 leads=200 mql=7
	report --month 2026-05 >page
	grep -q '^  *2026-05  *2026-04  *change$' page
	grep -q '^  leads  *400  *200  *+100 %$' page
	grep -q '^  ready for marketing (mql)  *0  *7  *-100 %$' page
}

@test "report: too young a month names the newest that is old enough" {
	source_of young 50 0.5 5 5 5 5
	in_month 2026-03 mature_cohort=1
	in_month 2026-02 mature_cohort=1
	in_month 2026-05 mature_cohort=0.5
	report --month 2026-05 >page
	grep -q 'The leads of 2026-05 are too young for advice. The newest month that is old enough:' page
	grep -q -- '--month 2026-03\.' page
	sed -i '/^2026-0[23]/d' "$kpi"
	report --month 2026-05 >page
	tr -s ' \n' ' ' <page | grep -q 'No month of this night is old enough yet.'
	sed -i '/mature_cohort/s/0\.5/1/g' "$kpi"
	report --month 2026-05 >page
	run ! grep -q 'too young for advice' page
}

@test "report: what a closed month would be by now stands beside what was published" {
	source_of good 10 1 1.5 1 2 3
	rows 'kind table period dimension segment measure model was is delta cause' \
		'adjustment kpi 2026-05 (all) (all) revenue . 1234567.891 1234000 -567.891 edited~deal' \
		'adjustment kpi 2026-04 (all) (all) leads . 1 2 1 late~rows' \
		'adjustment kpi 2026-05 rep R1 deals . 1 2 1 edited~deal' \
		'restated kpi 2026-05 (all) (all) deals . 1 2 1 edited~deal' >"${kpi%/*}/changes.tsv"
	rows 'period measure segment value numerator denominator' \
		'2026-05 leads_tracked (all) 0.755 3 4' '(all) leads_tracked (all) 0.5 2 4' >"${kpi%/*}/coverage.tsv"
	report --month 2026-05 >page
	grep -q '^  leads with a tracked touch before the lead  76 %$' page
	table <<-'E' | tr '\t' '|' >want
		since~2026-05~was~closed above is~now why
		revenue 1,234,567.89 1,234,000.00 edited~deal
	E
	sed -n '/was closed/,$p' page | sed 's/^  //; s/   */|/g' | diff -u want -
}

@test "report: stages in their own order where it is told, the lost last where it is not" {
	source_of good 10 1 1.5 1 2 3
	{
		rows 'period dimension segment stage kpi model value numerator denominator n'
		stage() { rows "2026-05 (all) (all) $1 reached . $2 $2 . 1"; }
		stage talk 10
		stage offer 4
		stage gone 6
		stage won 4
		for s in talk offer; do rows "2026-05 (all) (all) $s lost_here . 3 3 . 3"; done
		for s in offer won; do rows "2026-05 (all) (all) $s step . 0.4 4 10 10"; done
	} >"${kpi%/*}/funnel.tsv"
	stages_shown() { sed -n '/^  stage /,/^$/p' page | sed '1d; /^$/d; s/^  \([^ ]*\).*/\1/' | tr '\n' ' '; }
	report --month 2026-05 >page
	[ "$(stages_shown)" = 'talk offer won gone ' ]
	rows 'key label order kind' 'talk Talk 1 open' 'offer Offer 3 open' 'won Won 2 won' 'gone . 9 lost' >stages
	report --month 2026-05 --stages stages >page
	[ "$(stages_shown)" = 'Talk Won Offer gone ' ]
}

@test "report: a line has at most 100 columns, names of 16 letters, millions of money" {
	source_of cross_network_16 12345.5 1 12345.5 99999 99999 99999
	kpi first_channel '' cross_network_16 leads=123456 customers=12345 revenue=98765432.34 \
		cost_ads=98765432.12 cost_per_customer=12345.78 cost_per_customer_cohort=12345.78 \
		lead_value=12345.78 cpl=12345.78 lead_margin=12345.78 lead_value_cohort=12345.78 \
		lead_to_customer=0.12
	report --month 2026-05 >page
	awk 'length > 100 { print; exit 1 }' page
	grep -q cross_network_16 page
}
