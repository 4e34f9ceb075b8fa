#!/usr/bin/env bats
# How much of what happened was seen: by hand, and on the made company.
load ../helper
load trust

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 60 --days 21 --exports 1 --out in
	"$top/pipelines/nightly" --date 2026-11-21 --in in --out out 2>log
}

# Four leads: a by an advert and then direct, b within the site, c by a call, d
# of nobody's touch; and a deal that is of nobody.
small_steps() {
	table <<-'E'
		lead_id kind      event     channel      evidence campaign value original_source
		a       touch     page_view paid_search  campaign es_marca .     .
		a       touch     page_view direct       none     .        .     .
		a       milestone lead      .            .        .        .     PAID_SEARCH
		a       touch     page_view organic_search referrer .      .     PAID_SEARCH
		a       milestone won       .            .        .        100.1 PAID_SEARCH
		a       milestone refund    .            .        .        -0.1  PAID_SEARCH
		b       touch     page_view direct       internal .        .     .
		b       milestone lead      .            .        .        .     Email~marketing
		c       touch     call_in   phone        .        .        .     .
		c       milestone lead      .            .        .        .     Referrals
		c       milestone won       .            .        .        50    Referrals
		d       milestone contacted .            .        .        .     .
		d       touch     page_view unassigned   campaign .        .     .
		d       milestone lead      .            .        .        .     .
		deal:9  milestone won       .            .        .        50    .
	E
}

@test "coverage: leads and revenue by what was seen of them before the lead" {
	small_steps >steps
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
	both coverage what=steps steps | grep -E '^(leads|revenue)' >got
	diff -u want got
	# c called, and the CRM knows a visitor of his
	rows 'key_type key lead_id' 'visitor_id v1 c' 'email e d' >identity
	both coverage what=identity identity what=steps steps | grep ^leads_with_visitor >got
	rows 'leads_with_visitor (all) 1 4 4' | diff -u - got
}

@test "coverage: what the CRM declares against the first touch that was seen" {
	small_steps >steps
	printf 'alias\tname\tcategory\tchannel\nemail marketing\tmail\t\tdirect\n' >sources
	table <<-'E' >want
		declared                    direct~>~email            0.5 1 2
		declared                    paid_search~>~paid_search 0.5 1 2
		declared_agreement          (all)                     0.5 1 2
	E
	both coverage -v declared=original_source what=steps steps | grep ^declared >got
	diff -u want got
	# the company's own words for a channel come first
	both coverage -v declared=original_source what=sources sources what=steps steps |
		grep ^declared_agreement >got
	rows 'declared_agreement (all) 1 2 2' | diff -u - got
	# no such column: nothing to agree with
	both coverage -v declared=lead_source what=steps steps | grep ^declared_agreement >got
	rows 'declared_agreement (all) . 0 0' | diff -u - got
}

@test "coverage: visits, bots, machine mail, cost, credit of nobody" {
	small_steps >steps
	table <<-'E' >counts
		input    measure               n
		web      in                    50
		web      dropped.bots          30
		web      dropped.static        10
		web      used                  8
		(visits) in                    8
		(visits) dropped.no_key        2
		(mail)   email_opened          4
		(mail)   email_opened.machine  1
		(mail)   email_clicked         3
	E
	table <<-'E' >visits
		channel     source   medium   campaign fact         n
		paid_search google   cpc      es_marca campaign     3
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
		platform campaign_id campaign cost   kind
		google   1           ES~Marca 30.000001 ad
		google   2           ES~Otra  20        ad
		google   3           ES~Tres  49.999999 ad
		books    fair        Feria    500       ad
		books    stand       Stand    500       event
	E
	table <<-'E' >credit
		model  milestone period  channel         conversions value
		first  lead      2026-11 (unattributed)  1           0
		first  lead      2026-11 direct          3           0
		first  won       2026-11 (unattributed)  1           50
		first  won       2026-11 paid_search     2           150
		last   won       2026-11 direct          3           200
	E
	table <<-'E' >want
		bots                     web       0.6      30        50
		conversions_unattributed lead      0.25     1         4
		conversions_unattributed won       0.333333 1         3
		cost_joined              (all)     0.3      30.000001 100
		cost_joined              google    0.3      30.000001 100
		cost_mapped              (all)     0.5      50.000001 100
		cost_mapped              google    0.5      50.000001 100
		machine_clicks           (all)     0        0         3
		machine_opens            (all)     0.25     1         4
		rows_without_visitor     (all)     0.25     2         8
		value_unattributed       lead      .        0         0
		value_unattributed       won       0.25     50        200
		visits_by_evidence       campaign  0.625    5         8
		visits_by_evidence       internal  0.125    1         8
		visits_by_evidence       none      0.25     2         8
		visits_direct            (all)     0.375    3         8
		visits_internal_start    (all)     0.125    1         8
		visits_unassigned        (all)     0.25     2         8
	E
	both coverage what=campaigns campaigns what=counts counts what=visits visits \
		what=spend spend what=credit credit what=steps steps |
		grep -vE '^(leads|revenue|declared)' >got
	diff -u want got
}

@test "coverage: nothing at all gives empty shares, not zeros" {
	printf 'lead_id\tkind\tevent\tchannel\tevidence\tcampaign\tvalue\n' >steps
	both coverage what=steps steps >got
	[ "$(awk -F '\t' '$1 != "leads" && $3 != ""' got)" = '' ]
	rows 'leads (all) 0 0 .' | diff -u - <(grep $'^leads\t' got)
}

@test "coverage: on the made company every figure is that of another count" {
	/usr/bin/python3 - "$BATS_FILE_TMPDIR/out" "$BATS_FILE_TMPDIR/in" <<-'END'
	import csv, glob, gzip, sys
	from collections import Counter, defaultdict
	from decimal import Decimal
	out, night = sys.argv[1], sys.argv[1] + "/as_of=2026-11-21/"
	op = lambda p: gzip.open(p, "rt", encoding="utf-8", newline="") if p.endswith(".gz") else open(p, encoding="utf-8", newline="")
	read = lambda p: list(csv.DictReader(op(p), delimiter="\t", quoting=csv.QUOTE_NONE))
	got = {(r["measure"], r["segment"]): (r["numerator"], r["denominator"]) for r in read(night + "coverage.tsv")}
	def same(measure, segment, n, d):
	    a, b = got[measure, segment]
	    assert Decimal(a) == n and Decimal(b) == d, (measure, segment, a, b, n, d)

	steps = read(night + "steps.tsv")
	groups = defaultdict(list)
	for r in steps:
	    groups[r["lead_id"]].append(r)
	order = "campaign click referrer internal none declared contact".split()
	best, revenue, direct = Counter(), defaultdict(Decimal), 0
	for g in groups.values():
	    at = [i for i, r in enumerate(g) if r["event"] == "lead"]
	    cut = at[0] if at else next(i for i, r in enumerate(g) if r["kind"] == "milestone")
	    seen = [r for r in g[:cut] if r["kind"] == "touch"]
	    e = min((order.index(r["evidence"] or "contact") for r in seen), default=7)
	    revenue[e] += sum(Decimal(r["value"]) for r in g if r["event"] in ("won", "refund") and r["value"])
	    if at:
	        best[e] += 1
	        direct += bool(seen) and seen[-1]["channel"] == "direct"
	n, money = sum(best.values()), sum(revenue.values())
	assert n >= 60, n
	for i, e in enumerate(order + ["(none seen)"]):
	    same("leads_by_evidence", e, best[i], n)
	    same("revenue_by_evidence", e, revenue[i], money)
	same("leads_tracked", "(all)", sum(best[i] for i in range(5)), n)
	same("revenue_tracked", "(all)", sum(revenue[i] for i in range(5)), money)
	same("leads_direct", "(all)", direct, n)
	known = {r["lead_id"] for r in read(out + "/store/identity.tsv") if r["key_type"] == "visitor_id"}
	tracked = lambda g: any(r["evidence"] in order[:5] for r in g if r["kind"] == "touch")
	same("leads_with_visitor", "(all)", sum(any(r["event"] == "lead" for r in g) and (k in known or tracked(g)) for k, g in groups.items()), n)

	spend = [r for p in glob.glob(out + "/store/spend/*/*.tsv") for r in read(p)]
	names = {r["campaign_id"] for r in read(sys.argv[2] + "/campaigns.tsv") if r["trackable"] == "yes"}
	ads = [r for r in spend if r["platform"] != "books"]
	same("cost_mapped", "(all)", sum(Decimal(r["cost"]) for r in ads if r["campaign_id"] in names), sum(Decimal(r["cost"]) for r in ads))

	mail = [r for p in glob.glob(out + "/store/email/*.gz") for r in read(p)]
	for measure, event in ("machine_opens", "email_opened"), ("machine_clicks", "email_clicked"):
	    acts = [r for r in mail if r["event"] == event]
	    same(measure, "(all)", sum(r["machine"] != "" for r in acts), len(acts))

	lines = sum(1 for p in glob.glob(sys.argv[2] + "/logs/*.gz") for _ in gzip.open(p))
	assert int(got["bots", "web"][1]) == lines, (got["bots", "web"], lines)
	assert 0.1 < int(got["bots", "web"][0]) / lines < 0.5
	END
}
