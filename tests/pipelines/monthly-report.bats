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
	grep -q '^  revenue, less refunds  *1,234,567.89 ' page
	grep -q '^  ROAS, revenue / ad cost  *10.00 ' page
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
	[ "$(sed -n 's/^  deals won  *\([0-9,]*\) .*/\1/p' page)" = "$(at deals)" ]
	[ "$(sed -n 's/^  revenue, less refunds  *\([0-9,.]*\) .*/\1/p' page | tr -d ,)" = "$(printf '%.2f' "$(at revenue)")" ]
	reached=$(awk -F '\t' '$2 == "(all)" && $4 == "won" && $5 == "reached" && $6 == "" { print $7 }' \
		real/as_of=2026-11-30/funnel.tsv)
	[ "$(sed -n 's/^  won  *\([0-9]*\) .*/\1/p' page)" = "$reached" ]
}
