#!/usr/bin/env bats
# Real files through several filters, against other programs' answers.
load ../helper

logs=$shared/data/logs

# events - the public Apache log as touches
events() {
	needs_shared data/logs/elastic_apache_logs.gz
	lead-import -q --format combined --visitor ip+ua "$logs/elastic_apache_logs.gz" |
		lead-parse-utm --site semicomplete.com -o events
}

@test "real data: without sources the visits of the log are those counted by others" {
	events
	lead-journey -k visitor_id --visit-source first -o steps events
	zcat "$logs/elastic_apache_logs.gz" >log
	/usr/bin/python3 - "$logs/expected_elastic_apache_sessions.tsv" <<-'END'
	import csv, sys
	from collections import Counter
	want = {r["metric"]: int(r["value"]) for r in csv.DictReader(open(sys.argv[1]), delimiter="\t")
	        if r["population"] == "all"}
	steps = list(csv.DictReader(open("steps", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
	runs = Counter(r["visitor_id"] for r in steps)
	assert len(runs) == want["visitors"], len(runs)
	assert len(steps) == want["sessions"], len(steps)
	assert sum(n > 1 for n in runs.values()) == want["visitors_with_2plus_sessions"]
	assert max(runs.values()) == want["max_sessions_of_a_visitor"]
	# equal lines are one hit
	assert sum(int(r["pages"]) for r in steps) == len(set(open("log", "rb"))) - 1
	END
}

@test "real data: each visit of the log, its source, its landing page and its pages, by the definition" {
	events
	lead-journey -k visitor_id --stats stats -o steps events
	/usr/bin/python3 - >want <<-'END'
	import csv
	from datetime import datetime
	from itertools import groupby
	rows = list(csv.DictReader(open("events", encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
	for r in rows:
	    r["at"] = datetime.strptime(r["time"], "%Y-%m-%dT%H:%M:%SZ").timestamp()
	order = lambda r: (r["visitor_id"], r["at"], r["event_id"])
	once = {order(r): r for r in rows}
	rank = {"campaign": 3, "click_id": 3, "referrer": 2, "internal": 1, "none": 0}
	name = lambda r: (r["source"], r["medium"], r["campaign"])
	runs = resumed = 0
	out = []
	for visitor, mine in groupby((once[k] for k in sorted(once)), key=lambda r: r["visitor_id"]):
	    visit = last = None
	    for r in mine:
	        kind = rank[r["evidence"]]
	        begins = last is None or r["at"] - last > 1800
	        if begins:
	            runs += 1
	            if kind == 1 and last is not None and r["at"] - last <= 86400:
	                resumed += 1
	                begins = False
	        if not begins and kind == 3 and visit["rank"] >= 2 and name(r) != visit["name"]:
	            begins = True
	        last = r["at"]
	        if begins:
	            visit = dict(rank=kind, time=r["time"], landing=r["page"], pages=0,
	                name=("(direct)", "(none)", "") if kind == 1 else name(r), visitor=visitor)
	            out.append(visit)
	        elif kind >= 2 and visit["rank"] < 2:
	            visit.update(rank=kind, name=name(r))
	        visit["pages"] += 1
	assert (runs, resumed) == (3223, 261), (runs, resumed)
	for v in out:
	    print(v["visitor"], v["time"], *v["name"], v["landing"], v["pages"], sep="\t")
	END
	awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) c[$i] = i; next }
		{ print $1, $c["time"], $c["source"], $c["medium"], $c["campaign"], $c["landing"],
		    $c["pages"] }' steps >got
	diff -u want got
	[ "$(wc -l <got)" = 2962 ]
	grep -q '"resumed":261' stats
}

@test "real data: 10,000 paths by six models, against fractions" {
	needs_shared data/attribution/paths.csv.gz
	lead-import --format csv --rename total_conversions=conversions \
	    --rename total_conversion_value=value --rename total_null=nulls \
	    "$shared/data/attribution/paths.csv.gz" >paths
	lead-attribute --from-paths --model first,last,linear,linear-unique,position,j,inverse-j \
	    -o got <paths
	/usr/bin/python3 - "$shared/data/attribution/expected_channelattribution_heuristics.tsv" <<-'END'
	import csv, gzip, sys
	from collections import defaultdict
	from fractions import Fraction as F
	got = {}
	for r in csv.DictReader(open("got"), delimiter="\t"):
	    got[r["model"], r["channel"]] = F(r["conversions"]), F(r["value"])
	def ends(first, middle, last):
	    def share(n):
	        if n == 1: return [F(1)]
	        if n == 2: return [F(first, first + last), F(last, first + last)]
	        return [F(first, 100)] + [F(middle, 100) / (n - 2)] * (n - 2) + [F(last, 100)]
	    return share
	shares = {
	    "first": lambda n: [F(1)] + [F(0)] * (n - 1), "last": lambda n: [F(0)] * (n - 1) + [F(1)],
	    "linear": lambda n: [F(1, n)] * n, "position": ends(40, 20, 40),
	    "j": ends(20, 20, 60), "inverse-j": ends(60, 20, 20)}
	want = defaultdict(lambda: [F(0), F(0)])
	with open("paths") as f:
	    rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
	assert len(rows) == 10000
	for r in rows:
	    touches, n, v = r["path"].split(" > "), F(r["conversions"]), F(r["value"])
	    unique = list(dict.fromkeys(touches))
	    for model in [*shares, "linear-unique"]:
	        names = unique if model == "linear-unique" else touches
	        weights = shares["linear" if model == "linear-unique" else model](len(names))
	        for name, w in zip(names, weights):
	            if w:
	                want[model, name][0] += w * n
	                want[model, name][1] += w * v
	assert want.keys() == got.keys(), want.keys() ^ got.keys()
	half = F(1, 2000000)
	for k in want:
	    for i in 0, 1:
	        assert abs(want[k][i] - got[k][i]) <= half, (k, i, float(want[k][i]), float(got[k][i]))
	published = list(csv.DictReader(open(sys.argv[1]), delimiter="\t"))
	for r in published:
	    for model, column in ("first", "first"), ("last", "last"), ("linear", "linear"), ("position", "pos"):
	        n, v = got.get((model, r["channel"]), (F(0), F(0)))
	        assert abs(n - F(r[column])) <= F(11, 10000000), (model, r)
	        assert abs(v - F(r[column + "_v"])) <= F(101, 10000000), (model, r)
	assert len(published) == 12
	for model in {m for m, _ in got}:
	    n = sum(v[0] for k, v in got.items() if k[0] == model)
	    v = sum(v[1] for k, v in got.items() if k[0] == model)
	    assert abs(n - 19785) < F(1, 100000) and abs(v - F("74802.971587")) < F(1, 100000), model
	END
}

@test "real data: 1,143 rows of Facebook ads: spend, clicks and their costs by campaign and age" {
	needs_shared data/spend/kag.csv
	rows 'event column from as when' '@ table spend . .' '* date Date date:%d-%m-%Y .' \
	    '* platform . const:meta .' '* campaign_id xyz_campaign_id . .' \
	    '* campaign xyz_campaign_id . .' '* term age . .' '* cost Spent money:1,234.56:round .' \
	    '* impressions Impressions count .' '* clicks Clicks count .' '* kind . const:ad .' >map
	lead-import --map map -o spend --stats stats "$shared/data/spend/kag.csv"
	grep -q '"in":1143,"out":1143,' stats
	rows 'lead_id time kind event campaign term' \
	    'L 2023-08-31T10:00:00Z milestone lead . .' >steps
	for by in campaign:campaign term:age; do
		lead-kpi --as-of 2024-12-31 --period all --by "first_${by%:*}" --spend spend \
		    --kpi cost_ads,impressions,clicks,ad_ctr,cpc,cpm steps >got
		/usr/bin/python3 - "$shared/data/spend/expected_kag_by_${by#*:}.tsv" \
		    "$shared/data/spend/expected_kag_total.tsv" <<-'END'
		import csv, sys
		of = dict(cost_ads="spent", impressions="impressions", clicks="clicks", ad_ctr="ctr", cpc="cpc", cpm="cpm")
		got = {(r["segment"], r["kpi"]): float(r["value"] or "nan") for r in csv.DictReader(open("got"), delimiter="\t")}
		n = 0
		for path in sys.argv[1:]:
		    for r in csv.DictReader(open(path), delimiter="\t"):
		        segment = "(all)" if "grp" in r else next(iter(r.values()))
		        for kpi, column in of.items():
		            # their cost has nine decimals, ours six: what is rounded evens out
		            bound = 1e-4 if kpi == "cost_ads" else 2e-6
		            assert abs(got[segment, kpi] - float(r[column])) <= bound, (segment, kpi, got[segment, kpi], r[column])
		            n += 1
		assert n >= 24, n
		END
	done
}
