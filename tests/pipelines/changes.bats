#!/usr/bin/env bats
# What last night said otherwise, why, and figures that are closed.
load ../helper
load trust

# steps NAME - a night's steps from the short table on stdin, its facts sorted in
# NAME.facts with the UTC day before them, its leads in NAME.leads
steps() {
	table >"$1"
	awk -f "$night/facts.awk" "$1" | sort >"$1.all"
	{ echo lead; cut -f 1 "$1" | tail -n +2 | uniq; } >"$1.leads"
}

# changes OPERAND... - of the nights "was" and "is"; the last one was 2026-11-10
changes() {
	local n side other
	for side in was is; do
		other=$([ $side = was ] && echo is || echo was)
		{
			echo day
			comm -23 $side.all $other.all | awk -F '\t' -v OFS='\t' '{ print substr($4, 1, 10), $0 }'
		} >$side.facts
	done
	awk -F '\t' -v OFS='\t' 'NR == 1 { print "lead", "day" } $4 == "lead" { print $1, substr($2, 1, 10) }' \
		is >leads
	both changes -v since=2026-11-10 -v period=month -v rules="${rules-}" what=was was.facts \
		what=is is.facts what=leads leads what=had was.leads what=has is.leads "$@"
}

header='lead_id time kind event deal_id value channel source medium campaign campaign_id event_id stage rep reason'

@test "changes: an edited deal, by its value, its time and the names of its columns" {
	steps was <<-E
		$header
		a 2026-10-02T00:00:00Z milestone lead . .    . . . . . . . . .
		a 2026-10-05T00:00:00Z milestone won  1 100.5 . . . . . . . R1 .
		a 2026-10-06T00:00:00Z milestone won  2 10    . . . . . . . R1 x
		a 2026-10-07T00:00:00Z milestone opp  3 10    . . . . . . . R1 .
	E
	steps is <<-E
		$header
		a 2026-10-02T00:00:00Z milestone lead . .    . . . . . . . . .
		a 2026-10-05T00:00:00Z milestone won  1 90    . . . . . . . R1 .
		a 2026-11-01T00:00:00Z milestone won  2 10    . . . . . . . R2 y
	E
	table <<-'E' >want
		fact steps 2026-10 deal 1 won~value  . 100.5 90 -10.5 edited~deal
		fact steps 2026-10 deal 3 opp        . 1 0 -1 edited~deal
		fact steps 2026-10 deal 3 opp~value  . 10 . -10 edited~deal
		fact steps 2026-11 deal 2 won~reason . . . . edited~deal
		fact steps 2026-11 deal 2 won~rep    . . . . edited~deal
		fact steps 2026-11 deal 2 won~time   . 2026-10-06T00:00:00Z 2026-11-01T00:00:00Z . edited~deal
	E
	changes >got
	diff -u want got
	# figures of both months are due to it, those of other months are not
	rows 'side period dimension segment kpi model value numerator denominator n' \
		'was 2026-10 (all) (all) revenue . 110.5 110.5 . 2' >was.kpi
	rows 'side period dimension segment kpi model value numerator denominator n' \
		'is 2026-10 (all) (all) revenue . 90 90 . 1' 'is 2026-09 (all) (all) revenue . 1 1 . 1' \
		'is 2026-11 (all) (all) revenue . 10 10 . 1' >is.kpi
	changes what=kpi was.kpi is.kpi | grep ^restated >got
	table <<-'E' >want
		restated kpi 2026-09 (all) (all) revenue . . 1 1 late~rows
		restated kpi 2026-10 (all) (all) revenue . 110.5 90 -20.5 edited~deal
	E
	diff -u want got
}

@test "changes: late rows, a late conversion and a refund; the new day is no change" {
	steps was <<-E
		$header
		a 2026-10-02T00:00:00Z touch     page_view . . email news email n1 . e1 . . .
		a 2026-10-03T00:00:00Z milestone lead      . . . . . . . . . . .
	E
	steps is <<-E
		$header
		a 2026-10-01T00:00:00Z touch     page_view . . email news email n1 . e0 . . .
		a 2026-10-02T00:00:00Z touch     page_view . . email news email n1 . e1 . . .
		a 2026-10-03T00:00:00Z milestone lead      . . . . . . . . . . .
		a 2026-11-02T00:00:00Z milestone won       1 50 . . . . . . . . .
		a 2026-11-03T00:00:00Z milestone refund    1 -5 . . . . . . . . .
		a 2026-11-11T00:00:00Z milestone won       2 70 . . . . . . . . .
		b 2026-10-01T00:00:00Z touch     page_view . . email news email n1 . e9 . . .
		b 2026-11-11T00:00:00Z milestone lead      . . . . . . . . . . .
	E
	table <<-'E' >want
		fact steps 2026-10 . (all) touches . 0 1 1 late~rows
		fact steps 2026-11 . (all) refund . 0 1 1 refund
		fact steps 2026-11 deal 1 won . 0 1 1 late~conversion
		fact steps 2026-11 deal 1 won~value . . 50 50 late~conversion
	E
	changes >got
	diff -u want got
	# the cohort of October has new sales; the rest of it only grows older
	rows 'kpi unit basis' 'lead_value_cohort money C' 'conv_30d ratio C' >list
	head='period dimension segment kpi model value numerator denominator n'
	rows "side $head" 'was 2026-10 (all) (all) lead_value_cohort . 0 0 1 1' \
		'was 2026-09 (all) (all) conv_30d . 0.5 1 2 2' >was.kpi
	rows "side $head" 'is 2026-10 (all) (all) lead_value_cohort . 115 115 1 1' \
		'is 2026-09 (all) (all) conv_30d . 0.333333 1 3 3' >is.kpi
	changes what=list list what=kpi was.kpi is.kpi | grep ^restated >got
	table <<-'E' >want
		restated kpi 2026-09 (all) (all) conv_30d . 0.5 0.333333 -0.166667 maturing
		restated kpi 2026-09 (all) (all) conv_30d~denominator . 2 3 1 maturing
		restated kpi 2026-10 (all) (all) lead_value_cohort . 0 115 115 late~rows,~late~conversion,~refund
		restated kpi 2026-10 (all) (all) lead_value_cohort~numerator . 0 115 115 late~rows,~late~conversion,~refund
	E
	diff -u want got
}

@test "changes: merge, split, erasure; another id of one lead is none of them" {
	steps was <<-E
		$header
		a 2026-10-01T00:00:00Z touch     page_view . . email news email n1 . e1 . . .
		a 2026-10-02T00:00:00Z milestone lead      . . . . . . . . . . .
		b 2026-10-03T00:00:00Z touch     page_view . . email news email n1 . e2 . . .
		b 2026-10-04T00:00:00Z milestone lead      . . . . . . . . . . .
		c 2026-10-05T00:00:00Z touch     page_view . . email news email n1 . e3 . . .
		c 2026-10-06T00:00:00Z touch     page_view . . email news email n1 . e4 . . .
		d 2026-10-07T00:00:00Z touch     page_view . . email news email n1 . e5 . . .
		f 2026-10-07T00:00:00Z touch     page_view . . email news email n1 . e6 . . .
	E
	steps is <<-E
		$header
		a 2026-10-01T00:00:00Z touch     page_view . . email news email n1 . e1 . . .
		a 2026-10-02T00:00:00Z milestone lead      . . . . . . . . . . .
		a 2026-10-03T00:00:00Z touch     page_view . . email news email n1 . e2 . . .
		c 2026-10-05T00:00:00Z touch     page_view . . email news email n1 . e3 . . .
		C 2026-10-06T00:00:00Z touch     page_view . . email news email n1 . e4 . . .
		D 2026-10-07T00:00:00Z touch     page_view . . email news email n1 . e5 . . .
		r 2026-10-07T00:00:00Z touch     page_view . . email news email n1 . e6 . . .
	E
	rows 'key_type digest lead_id' 'email x r' >forgotten
	table <<-'E' >want
		fact steps 2026-10 . (all) lead . 1 0 -1 merge
		fact steps 2026-10 . (all) touches . 1 1 0 erasure
		fact steps 2026-10 . (all) touches . 1 1 0 merge
		fact steps 2026-10 . (all) touches . 1 1 0 split
	E
	changes what=forgotten forgotten >got || true
	both changes -v since=2026-11-10 -v period=month what=forgotten forgotten what=was was.facts \
		what=is is.facts what=leads leads what=had was.leads what=has is.leads >got
	diff -u want got
	# who a touch is of may move the credit of every month after it
	rows 'side model milestone period channel campaign conversions value' \
		'was first won 2026-09 email n1 1 5' 'was first won 2026-11 email n1 1 5' \
		'was first won 2026-10 email n1 1 5' >was.credit
	rows 'side model milestone period channel campaign conversions value' \
		'is first won 2026-10 direct . 1 5' >is.credit
	both changes -v since=2026-11-30 -v period=month what=was was.facts what=is is.facts \
		what=leads leads what=had was.leads what=has is.leads \
		what=credit was.credit is.credit | grep ^restated >got
	table <<-'E' >want
		restated credit 2026-09 channel+campaign email~>~n1 won~conversions first 1 . -1 late~rows
		restated credit 2026-09 channel+campaign email~>~n1 won~value first 5 . -5 late~rows
		restated credit 2026-10 channel+campaign direct~>~ won~conversions first . 1 1 merge,~split
		restated credit 2026-10 channel+campaign direct~>~ won~value first . 5 5 merge,~split
		restated credit 2026-10 channel+campaign email~>~n1 won~conversions first 1 . -1 merge,~split
		restated credit 2026-10 channel+campaign email~>~n1 won~value first 5 . -5 merge,~split
		restated credit 2026-11 channel+campaign email~>~n1 won~conversions first 1 . -1 merge,~split
		restated credit 2026-11 channel+campaign email~>~n1 won~value first 5 . -5 merge,~split
	E
	diff -u want got
}

@test "changes: other settings are a cause of everything" {
	steps was <<<"$header"
	cp was is
	cp was.all is.all
	cp was.leads is.leads
	rows 'side period dimension segment kpi model value numerator denominator n' \
		'was 2026-10 (all) (all) mql . 5 5 . 5' >was.kpi
	rows 'side period dimension segment kpi model value numerator denominator n' \
		'is 2026-10 (all) (all) mql . 6 6 . 6' >is.kpi
	rules=yes changes what=kpi was.kpi is.kpi >got
	rows 'restated kpi 2026-10 (all) (all) mql . 5 6 1 rules' | diff -u - got
}

@test "changes: an adjustment keeps its cause while it stays as it is" {
	steps was <<<"$header"
	cp was is
	cp was.all is.all
	cp was.leads is.leads
	rows 'kind table period dimension segment measure model was is delta cause' \
		'adjustment kpi 2026-10 (all) (all) deals . 5 6 1 edited~deal' \
		'adjustment kpi 2026-10 (all) (all) lost . 5 6 1 edited~deal' >before
	rows 'period dimension segment measure model was is' '2026-10 (all) (all) deals . 5 6' \
		'2026-10 (all) (all) lost . 5 7' '2026-10 (all) (all) opps . 5 .' >adjust
	changes what=before before what=adjust.kpi adjust >got
	table <<-'E' >want
		adjustment kpi 2026-10 (all) (all) deals . 5 6 1 edited~deal
		adjustment kpi 2026-10 (all) (all) lost . 5 7 2 late~rows,~edited~deal
		adjustment kpi 2026-10 (all) (all) opps . 5 . -5 late~rows
	E
	diff -u want got
}

@test "changes: what a frozen month would be, beside what it is" {
	table <<-'E' >truth
		period  dimension segment kpi        model value numerator denominator n
		2026-10 (all)     (all)   conv_30d   .     0.7   7         10          10
		2026-10 (all)     (all)   cpl        .     2.5   10        4           4
		2026-10 (all)     (all)   leads      .     4     4         .           4
		2026-10 rep       R2      leads      .     4     4         .           4
		2026-10 country   ES      leads      .     4     4         .           4
		2026-11 (all)     (all)   leads      .     9     9         .           9
	E
	table <<-'E' >frozen
		period  dimension segment kpi        model value numerator denominator n
		2026-10 (all)     (all)   cpl        .     2     10        5           5
		2026-10 (all)     (all)   leads      .     5     5         .           5
		2026-10 rep       R1      leads      .     5     5         .           5
	E
	rows 'kpi unit basis' 'conv_30d ratio C' 'leads count P' >list
	run_freeze() {
		rm -f new adjust
		both freeze -v date="$1" -v days=10 -v new=new -v adjust=adjust -v table=kpi \
			what=list list "${@:2}" what=truth truth
	}
	run_freeze 2026-11-10 what=frozen frozen >got
	table <<-'E' >want
		2026-10 (all)     (all)   conv_30d   .     0.7   7         10          10
		2026-10 (all)     (all)   cpl        .     2     10        5           5
		2026-10 (all)     (all)   leads      .     5     5         .           5
		2026-10 country   ES      leads      .     4     4         .           4
		2026-10 rep       R1      leads      .     5     5         .           5
		2026-11 (all)     (all)   leads      .     9     9         .           9
	E
	diff -u want got
	table <<-'E' >want
		2026-10 (all) (all) cpl             . 2 2.5
		2026-10 (all) (all) cpl~denominator . 5 4
		2026-10 (all) (all) leads           . 5 4
		2026-10 rep   R1    leads           . 5 .
		2026-10 rep   R2    leads           . . 4
	E
	sort -u adjust | diff -u want -
	[ ! -e new ]
	# a day before it closes it is as it is tonight; on the day it is kept
	run_freeze 2026-11-09 what=frozen frozen >got
	tail -n +2 truth | sort | diff -u - got
	run_freeze 2026-11-10 >got
	tail -n +2 truth | sort | diff -u - got
	sort -u new | diff -u <(grep '^2026-10' truth | grep -v conv_30d | sort) -
}

@test "changes: periods end on their last day" {
	awk -f "$night/cells.awk" -f <(echo 'FNR > 1 { print $1, period_last($1) }') \
		<(printf '%s\n' x 2024-02 2026-12 2026-Q1 2026-Q4 2026 2026-W53 2025-W01 2026-11-05 '(all)') >got
	rows '2024-02 2024-02-29' '2026-12 2026-12-31' '2026-Q1 2026-03-31' '2026-Q4 2026-12-31' \
		'2026 2026-12-31' '2026-W53 2027-01-03' '2025-W01 2025-01-05' '2026-11-05 2026-11-05' '(all) .' |
		diff -u - got
}

@test "changes: a closed month stays as published, and the adjustments lead to the truth" {
	world --leads 60 --days 37 --exports 2 --out in
	cp -R "$top/pipelines/conf" conf
	sed -i 's/^FREEZE_DAYS=.*/FREEZE_DAYS=6/' conf/nightly.conf
	night() {
		"$top/pipelines/nightly" --date "$1" --in in --out "$2" --conf "$3" 2>>log
	}
	night 2026-12-06 out conf
	# it closed that night: nothing is adjusted, all is kept
	[ "$(grep -c ^adjustment out/as_of=2026-12-06/changes.tsv)" = 0 ]
	grep -q '^2026-11	(all)	(all)	revenue' out/store/frozen/kpi.tsv
	run ! grep -q '^2026-12' out/store/frozen/kpi.tsv

	# a sale of November is worth 1000 more, another is lost after all
	mapfile -t ids < <(grep 'Closed Won,[0-9.]*,EUR,[^,]*,2026-11' in/crm/deals-2026-12-06.csv | cut -d , -f 1 | head -2)
	was=$(grep "^${ids[0]}," in/crm/deals-2026-12-07.csv | sed 's/.*Closed Won,\([0-9.]*\),.*/\1/')
	sed -i "/^${ids[0]},/s/Closed Won,$was,/Closed Won,1$was,/; /^${ids[1]},/s/Closed Won/Closed Lost/" \
		in/crm/deals-2026-12-07.csv
	night 2026-12-07 out conf
	cp -R out again
	night 2026-12-07 again conf
	diff -r out again
	# the truth: the same nights, nothing ever frozen
	cp -R conf open
	sed -i 's/^FREEZE_DAYS=.*/FREEZE_DAYS=/' open/nightly.conf
	night 2026-12-06 truth open
	night 2026-12-07 truth open
	/usr/bin/python3 - "${ids[@]}" <<-'END'
	import csv, sys
	from decimal import Decimal
	read = lambda p: list(csv.DictReader(open(p, encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
	def kpi(out, day):
	    return {(r["period"], r["dimension"], r["segment"], r["kpi"], r["model"]): r["value"] for r in read(f"{out}/as_of={day}/kpi.tsv")}
	before, now, truth = kpi("out", "2026-12-06"), kpi("out", "2026-12-07"), kpi("truth", "2026-12-07")
	changes = read("out/as_of=2026-12-07/changes.tsv")
	adjusted = {(r["period"], r["dimension"], r["segment"], r["measure"], r["model"]): r for r in changes if r["kind"] == "adjustment" and r["table"] == "kpi"}
	flow = {"leads", "mql", "sql", "opps", "deals", "revenue", "lost", "refunds", "customers", "cost", "cpl", "avg_deal", "roas", "lead_value"}
	keys = {k for k in before | truth if k[0] == "2026-11" and k[3] in flow}
	assert len(keys) > 300, len(keys)
	moved = 0
	for k in keys:
	    assert now.get(k) == before.get(k), (k, now.get(k), before.get(k))
	    a = adjusted.get(k)
	    if before.get(k, "") == truth.get(k, "") or ((k not in before or k not in truth) and (before.get(k) or truth.get(k, "")) in ("", "0")): # a row of nothing is none
	        assert a is None, (k, a)
	        continue
	    moved += 1
	    assert (a["was"], a["is"]) == (before.get(k, ""), truth.get(k, "")), (k, a)
	    assert "edited deal" in a["cause"], a
	    assert Decimal(a["was"] or 0) + Decimal(a["delta"]) == Decimal(a["is"] or 0), a
	assert moved > 20, moved
	assert adjusted["2026-11", "(all)", "(all)", "deals", ""]["delta"] == "-1"
	assert not [r for r in changes if r["kind"] == "restated" and r["period"] == "2026-11" and r["measure"] in flow]
	# credit too, to the last cent, by every model
	credit = [r for r in changes if r["kind"] == "adjustment" and r["table"] == "credit" and r["measure"] == "won value"]
	want = Decimal(adjusted["2026-11", "(all)", "(all)", "revenue", ""]["delta"])
	for m in "first", "last", "linear", "w":
	    assert sum(Decimal(r["delta"]) for r in credit if r["model"] == m) == want, m
	facts = {(r["segment"], r["measure"]): r["delta"] for r in changes if r["kind"] == "fact" and r["dimension"] == "deal"}
	assert facts[sys.argv[2], "won"] == "-1" and facts[sys.argv[1], "won value"].startswith("1"), facts
	# in the open nights the same month is restated, by the same cause
	open_ = [r for r in read("truth/as_of=2026-12-07/changes.tsv") if r["measure"] == "revenue" and r["segment"] == "(all)" and r["period"] == "2026-11"]
	assert [(r["kind"], r["cause"]) for r in open_] == [("restated", "edited deal")], open_
	END
	# the rows that were not touched are those of the truth
	diff <(grep -v '^2026-11' "truth/as_of=2026-12-07/kpi.tsv") <(grep -v '^2026-11' "out/as_of=2026-12-07/kpi.tsv")
}
