#!/usr/bin/env bats
# How much of what happened was seen, month by month: by hand, and on the made company.
load ../helper
load trust

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 60 --from 2026-10-18 --days 28 --exports 1 --out in
	"$top/pipelines/nightly" --date 2026-11-14 --in in --out out 2>log
}

# coverage OPERAND... - of small tables, by month
coverage() {
	both coverage -v period=month "$@"
}

# figures_of KIND - of the table steps, as the night has them
figures_of() {
	lead-kpi -q --by lead_id --kpi leads,revenue --period "$1" --as-of 2026-12-31 steps
}

# Four leads: a by an advert and then direct, b within the site, c by a call, d
# of nobody's touch; and a deal that is of nobody.
small_steps() {
	table <<-'E'
		lead_id time                 kind      event     channel      evidence campaign value original_source
		a       2026-10-01T10:00:00Z touch     page_view paid_search  campaign es_marca .     .
		a       2026-10-02T10:00:00Z touch     page_view direct       none     .        .     .
		a       2026-10-02T10:05:00Z milestone lead      .            .        .        .     PAID_SEARCH
		a       2026-10-03T10:00:00Z touch     page_view organic_search referrer .      .     PAID_SEARCH
		a       2026-10-30T10:00:00Z milestone won       .            .        .        100.1 PAID_SEARCH
		a       2026-11-02T10:00:00Z milestone refund    .            .        .        -0.1  PAID_SEARCH
		b       2026-11-01T10:00:00Z touch     page_view direct       internal .        .     .
		b       2026-11-01T10:05:00Z milestone lead      .            .        .        .     Email~marketing
		c       2026-10-05T10:00:00Z touch     call_in   phone        .        .        .     .
		c       2026-10-05T10:00:01Z milestone lead      .            .        .        .     Referrals
		c       2026-11-05T10:00:00Z milestone won       .            .        .        50    Referrals
		d       2026-10-30T10:00:00Z milestone contacted .            .        .        .     .
		d       2026-10-31T10:00:00Z touch     page_view unassigned   campaign .        .     .
		d       2026-10-31T10:05:00Z milestone lead      .            .        .        .     .
		deal:9  2026-11-09T10:00:00Z milestone won       .            .        .        50    .
	E
}

# few - with the periods of the small steps
few() {
	small_steps >steps
	figures_of month >month
	figures_of all >all
	few=(what=figures month all what=steps steps)
}

@test "coverage: leads and revenue by what was seen of them before the lead" {
	few
	table <<-'E' >want
		leads                (all)       4     4     .
		leads_by_evidence    (none~seen) 0     0     4
		leads_by_evidence    campaign    0.5   2     4
		leads_by_evidence    click       0     0     4
		leads_by_evidence    contact     0.25  1     4
		leads_by_evidence    declared    0     0     4
		leads_by_evidence    internal    0.25  1     4
		leads_by_evidence    none        0     0     4
		leads_by_evidence    referrer    0     0     4
		leads_direct         (all)       0.5   2     4
		leads_internal_start (all)       0.25  1     4
		leads_tracked        (all)       0.75  3     4
		leads_unassigned     (all)       0.25  1     4
		leads_with_visitor   (all)       0.75  3     4
		revenue_by_evidence  (none~seen) 0.25  50    200
		revenue_by_evidence  campaign    0.5   100   200
		revenue_by_evidence  click       0     0     200
		revenue_by_evidence  contact     0.25  50    200
		revenue_by_evidence  declared    0     0     200
		revenue_by_evidence  internal    0     0     200
		revenue_by_evidence  none        0     0     200
		revenue_by_evidence  referrer    0     0     200
		revenue_tracked      (all)       0.5   100   200
	E
	coverage "${few[@]}" | sed -n 's/^(all)\t//p' | grep -E '^(leads|revenue)' >got
	diff -u want got
	# c called, and the CRM knows a visitor of his
	rows 'key_type key lead_id' 'visitor_id v1 c' 'email e d' >identity
	coverage what=identity identity "${few[@]}" | grep -P '^\(all\)\tleads_with_visitor' >got
	rows '(all) leads_with_visitor (all) 1 4 4' | diff -u - got
}

@test "coverage: a lead counts in the month it was created, its money in that of the sale" {
	few
	table <<-'E' >want
		2026-10 leads                (all)       3    3     .
		2026-10 leads_direct         (all)       0.333333 1 3
		2026-10 leads_internal_start (all)       0    0     3
		2026-10 leads_tracked        (all)       0.666667 2 3
		2026-10 leads_unassigned     (all)       0.333333 1 3
		2026-10 leads_with_visitor   (all)       0.666667 2 3
		2026-10 revenue_tracked      (all)       1    100.1 100.1
		2026-11 leads                (all)       1    1     .
		2026-11 leads_direct         (all)       1    1     1
		2026-11 leads_internal_start (all)       1    1     1
		2026-11 leads_tracked        (all)       1    1     1
		2026-11 leads_unassigned     (all)       0    0     1
		2026-11 leads_with_visitor   (all)       1    1     1
		2026-11 revenue_tracked      (all)       -0.001001 -0.1 99.9
	E
	coverage "${few[@]}" | grep -P '^2.*\t\(all\)' >got
	diff -u want got
	coverage "${few[@]}" | grep -P '^2026-1.\trevenue_by_evidence\t(c|\(none)' | grep -v click >got
	table <<-'E' >want
		2026-10 revenue_by_evidence (none~seen) 0         0    100.1
		2026-10 revenue_by_evidence campaign    1         100.1 100.1
		2026-10 revenue_by_evidence contact     0         0    100.1
		2026-11 revenue_by_evidence (none~seen) 0.500501  50   99.9
		2026-11 revenue_by_evidence campaign    -0.001001 -0.1 99.9
		2026-11 revenue_by_evidence contact     0.500501  50   99.9
	E
	diff -u want got
}

@test "coverage: a lead without a date counts in all time alone" {
	table <<-'E' >steps
		lead_id time                 precision kind      event     channel     evidence campaign value
		a       2026-10-01T10:00:00Z second    touch     page_view paid_search campaign es_marca .
		a       2026-10-02T10:05:00Z second    milestone lead      .           .        .        .
		b       .                    undated   milestone lead      .           .        .        .
	E
	figures_of month >month
	figures_of all >all
	coverage what=figures month all what=steps steps | grep -P '\tleads(_tracked)?\t' >got
	rows '(all) leads (all) 2 2 .' '(all) leads_tracked (all) 0.5 1 2' \
		'2026-10 leads (all) 1 1 .' '2026-10 leads_tracked (all) 1 1 1' | diff -u - got
}

@test "coverage: what the CRM declares against the first touch that was seen" {
	few
	printf 'alias\tname\tcategory\tchannel\nemail marketing\tmail\t\tdirect\n' >sources
	table <<-'E' >want
		(all)   declared           direct~>~email            0.5 1 2
		(all)   declared           paid_search~>~paid_search 0.5 1 2
		(all)   declared_agreement (all)                     0.5 1 2
		2026-10 declared           paid_search~>~paid_search 1   1 1
		2026-10 declared_agreement (all)                     1   1 1
		2026-11 declared           direct~>~email            1   1 1
		2026-11 declared_agreement (all)                     0   0 1
	E
	coverage -v declared=original_source "${few[@]}" | grep -P '^[^\t]*\tdeclared' >got
	diff -u want got
	# the company's own words for a channel come first
	coverage -v declared=original_source what=sources sources "${few[@]}" |
		grep -P '^\(all\)\tdeclared_agreement' >got
	rows '(all) declared_agreement (all) 1 2 2' | diff -u - got
	# no such column: nothing to agree with
	coverage -v declared=lead_source "${few[@]}" | grep -P '^[^\t]*\tdeclared' >got
	rows '(all) declared_agreement (all) . 0 0' | diff -u - got
}

@test "coverage: visits, bots, machine mail, cost, credit of nobody" {
	few
	mkdir counts visits
	table <<-'E' >counts/dt=2026-10-31.tsv
		input    measure               n
		web      in                    20
		web      dropped.bots          6
		(visits) in                    3
		(mail)   email_opened          4
		(mail)   email_opened.machine  1
	E
	table <<-'E' >counts/dt=2026-11-01.tsv
		input    measure               n
		web      in                    30
		web      dropped.bots          24
		web      dropped.static        10
		web      used                  8
		(visits) in                    5
		(visits) dropped.no_key        2
		(mail)   email_clicked         3
	E
	table <<-'E' >visits/dt=2026-10-31.tsv
		channel     source   medium   campaign fact         n
		paid_search google   cpc      es_marca campaign     3
	E
	table <<-'E' >visits/dt=2026-11-01.tsv
		channel     source   medium   campaign fact         n
		direct      (direct) (none)   .        none         2
		direct      (direct) (none)   .        internal     1
		unassigned  x        y        .        campaign     2
		internal    s        internal box      internal_utm 9
		paid_search google   cpc      es_marca macro        1
	E
	table <<-'E' >campaigns
		platform campaign_id campaign channel kind trackable
		google   1           es_marca .       ad   yes
		google   2           es_otra  .       ad   yes
		books    fair        feria    .       event no
	E
	table <<-'E' >spend
		date       platform campaign_id campaign cost   kind
		2026-10-31 google   1           ES~Marca 30.000001 ad
		2026-11-01 google   2           ES~Otra  20        ad
		2026-11-02 google   3           ES~Tres  49.999999 ad
		2026-11-01 books    fair        Feria    500       ad
		2026-11-01 books    stand       Stand    500       event
	E
	table <<-'E' >credit
		model  milestone period  channel         conversions value
		first  lead      2026-11 (unattributed)  1           0
		first  lead      2026-11 direct          3           0
		first  won       2026-10 (unattributed)  1           50
		first  won       2026-11 paid_search     2           150
		last   won       2026-11 direct          3           200
	E
	table <<-'E' >want
		(all)   bots                     web       0.6      30        50
		(all)   conversions_unattributed lead      0.25     1         4
		(all)   conversions_unattributed won       0.333333 1         3
		(all)   cost_joined              (all)     0.3      30.000001 100
		(all)   cost_joined              google    0.3      30.000001 100
		(all)   cost_mapped              (all)     0.5      50.000001 100
		(all)   cost_mapped              google    0.5      50.000001 100
		(all)   machine_clicks           (all)     0        0         3
		(all)   machine_opens            (all)     0.25     1         4
		(all)   rows_without_visitor     (all)     0.25     2         8
		(all)   value_unattributed       lead      .        0         0
		(all)   value_unattributed       won       0.25     50        200
		(all)   visits_by_evidence       campaign  0.625    5         8
		(all)   visits_by_evidence       internal  0.125    1         8
		(all)   visits_by_evidence       none      0.25     2         8
		(all)   visits_direct            (all)     0.375    3         8
		(all)   visits_internal_start    (all)     0.125    1         8
		(all)   visits_unassigned        (all)     0.25     2         8
		2026-10 bots                     web       0.3      6         20
		2026-10 conversions_unattributed won       1        1         1
		2026-10 cost_joined              (all)     1        30.000001 30.000001
		2026-10 cost_joined              google    1        30.000001 30.000001
		2026-10 cost_mapped              (all)     1        30.000001 30.000001
		2026-10 cost_mapped              google    1        30.000001 30.000001
		2026-10 machine_opens            (all)     0.25     1         4
		2026-10 rows_without_visitor     (all)     0        0         3
		2026-10 value_unattributed       won       1        50        50
		2026-10 visits_by_evidence       campaign  1        3         3
		2026-10 visits_by_evidence       internal  0        0         3
		2026-10 visits_by_evidence       none      0        0         3
		2026-10 visits_direct            (all)     0        0         3
		2026-10 visits_internal_start    (all)     0        0         3
		2026-10 visits_unassigned        (all)     0        0         3
		2026-11 bots                     web       0.8      24        30
		2026-11 conversions_unattributed lead      0.25     1         4
		2026-11 conversions_unattributed won       0        0         2
		2026-11 cost_joined              (all)     0        0         69.999999
		2026-11 cost_joined              google    0        0         69.999999
		2026-11 cost_mapped              (all)     0.285714 20        69.999999
		2026-11 cost_mapped              google    0.285714 20        69.999999
		2026-11 machine_clicks           (all)     0        0         3
		2026-11 rows_without_visitor     (all)     0.4      2         5
		2026-11 value_unattributed       lead      .        0         0
		2026-11 value_unattributed       won       0        0         150
		2026-11 visits_by_evidence       campaign  0.4      2         5
		2026-11 visits_by_evidence       internal  0.2      1         5
		2026-11 visits_by_evidence       none      0.4      2         5
		2026-11 visits_direct            (all)     0.6      3         5
		2026-11 visits_internal_start    (all)     0.2      1         5
		2026-11 visits_unassigned        (all)     0.4      2         5
	E
	coverage what=campaigns campaigns what=counts counts/* what=visits visits/* \
		what=spend spend what=credit credit "${few[@]}" |
		grep -vP '\t(leads|revenue|declared)' >got
	diff -u want got
}

@test "coverage: nothing at all gives empty shares, not zeros" {
	printf 'lead_id\tkind\tevent\tchannel\tevidence\tcampaign\tvalue\n' >steps
	coverage what=steps steps >got
	[ "$(awk -F '\t' '$2 != "leads" && $4 != ""' got)" = '' ]
	rows '(all) leads (all) 0 0 .' | diff -u - <(grep $'\tleads\t' got)
}

@test "coverage: on the made company every figure is that of another count" {
	/usr/bin/python3 - "$BATS_FILE_TMPDIR/out" "$BATS_FILE_TMPDIR/in" <<-'END'
	import csv, glob, gzip, sys
	from collections import Counter, defaultdict
	from decimal import Decimal
	from datetime import datetime
	from zoneinfo import ZoneInfo
	out, night = sys.argv[1], sys.argv[1] + "/as_of=2026-11-14/"
	op = lambda p: gzip.open(p, "rt", encoding="utf-8", newline="") if p.endswith(".gz") else open(p, encoding="utf-8", newline="")
	read = lambda p: list(csv.DictReader(op(p), delimiter="\t", quoting=csv.QUOTE_NONE))
	got = {(r["period"], r["measure"], r["segment"]): (r["numerator"], r["denominator"]) for r in read(night + "coverage.tsv")}
	def same(p, measure, segment, n, d):
	    a, b = got[p, measure, segment]
	    assert Decimal(a) == n and Decimal(b) == d, (p, measure, segment, a, b, n, d)
	def month(r):
	    t = datetime.strptime(r["time"][:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=ZoneInfo("UTC"))
	    return t.astimezone(ZoneInfo("Europe/Madrid")).strftime("%Y-%m")
	both = lambda r: (month(r), "(all)")
	months = "2026-10", "2026-11", "(all)"
	assert {p for p, m, s in got} == set(months)

	steps = read(night + "steps.tsv")
	groups = defaultdict(list)
	for r in steps:
	    groups[r["lead_id"]].append(r)
	order = "campaign click referrer internal none declared contact".split()
	known = {r["lead_id"] for r in read(out + "/store/identity.tsv") if r["key_type"] == "visitor_id"}
	best, revenue, direct, visitor = Counter(), defaultdict(Decimal), Counter(), Counter()
	for k, g in groups.items():
	    at = [i for i, r in enumerate(g) if r["event"] == "lead"]
	    cut = at[0] if at else next(i for i, r in enumerate(g) if r["kind"] == "milestone")
	    seen = [r for r in g[:cut] if r["kind"] == "touch"]
	    e = min((order.index(r["evidence"] or "contact") for r in seen), default=7)
	    for r in g:
	        if r["event"] in ("won", "refund") and r["value"]:
	            for p in both(r):
	                revenue[p, e] += Decimal(r["value"])
	    if at:
	        for p in both(g[cut]):
	            best[p, e] += 1
	            direct[p] += bool(seen) and seen[-1]["channel"] == "direct"
	            visitor[p] += k in known or any(r["evidence"] in order[:5] for r in g if r["kind"] == "touch")
	for p in months:
	    n, money = sum(best[p, i] for i in range(8)), sum(revenue[p, i] for i in range(8))
	    assert n >= 20 and money > 0, (p, n, money)
	    for i, e in enumerate(order + ["(none seen)"]):
	        same(p, "leads_by_evidence", e, best[p, i], n)
	        same(p, "revenue_by_evidence", e, revenue[p, i], money)
	    same(p, "leads_tracked", "(all)", sum(best[p, i] for i in range(5)), n)
	    same(p, "revenue_tracked", "(all)", sum(revenue[p, i] for i in range(5)), money)
	    same(p, "leads_direct", "(all)", direct[p], n)
	    same(p, "leads_with_visitor", "(all)", visitor[p], n)
	kpi = {(r["period"], r["kpi"]): r["numerator"] for r in read(night + "kpi.tsv") if r["dimension"] == "(all)"}
	for p in months[:2]:
	    assert got[p, "leads", "(all)"][0] == kpi[p, "leads"], p
	    assert got[p, "revenue_tracked", "(all)"][1] == kpi[p, "revenue"], p

	spend = [r for p in glob.glob(out + "/store/spend/*/*.tsv") for r in read(p)]
	names = {r["campaign_id"] for r in read(sys.argv[2] + "/campaigns.tsv") if r["trackable"] == "yes"}
	mail = [(p[-17:-10], r) for p in glob.glob(out + "/store/email/*.gz") for r in read(p)]
	days = {p[-17:-7]: sum(1 for _ in gzip.open(p)) for p in glob.glob(sys.argv[2] + "/logs/*.gz")}
	for p in months:
	    here = lambda day: p in (day[:7], "(all)")
	    ads = [r for r in spend if r["platform"] != "books" and here(r["date"])]
	    same(p, "cost_mapped", "(all)", sum(Decimal(r["cost"]) for r in ads if r["campaign_id"] in names), sum(Decimal(r["cost"]) for r in ads))
	    for measure, event in ("machine_opens", "email_opened"), ("machine_clicks", "email_clicked"):
	        acts = [r for day, r in mail if r["event"] == event and here(day)]
	        if acts:
	            same(p, measure, "(all)", sum(r["machine"] != "" for r in acts), len(acts))
	    lines = sum(n for day, n in days.items() if here(day))
	    assert int(got[p, "bots", "web"][1]) == lines, (p, got[p, "bots", "web"], lines)
	    assert 0.1 < int(got[p, "bots", "web"][0]) / lines < 0.5
	END
}
