#!/usr/bin/env bats
# Ten thousand leads of a made company, from its exports to its tables: nothing
# that the exports hold is lost on the way, to the last millionth.
load ../helper
load company

models=first,last,last-non-direct,linear,linear-unique,time-decay,position,j,inverse-j,u,w,full-path
milestones=lead,contacted,mql,sql,opp,won

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	company 10000 7
	company_events
	lead-identify --plain-ids --default-country ES -o identity.tsv events/*.tsv
	lead-journey --identified --identity identity.tsv --as-of "$last_export" -o steps.tsv \
		events/*.tsv
	lead-attribute --model $models --milestone $milestones --by channel,campaign,rep --period week \
		--as-of "$last_export" -o credit.tsv steps.tsv
	lead-attribute --model $models --milestone won --by channel,campaign --explain-credit \
		--as-of "$last_export" -o explained.tsv steps.tsv
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return
}

# crm_says - in python: won deals and their money as the CRM's export has them,
# in micros of EUR; the export is read by python's own csv module
crm_says='
import csv, sys
from collections import Counter, defaultdict
from fractions import Fraction
def table(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
def micros(text):
    m = Fraction(text or "0") * 1000000
    assert m.denominator == 1, text
    return m.numerator
rates = {r["date"]: Fraction(r["rate"]) for r in table("in/rates.tsv") if r["from"] == "USD"}
def euros(amount, currency, day):
    rate = Fraction(1) if currency == "EUR" else rates[max(d for d in rates if d <= day)]
    return micros(Fraction(amount) * rate)
def crm():
    deals, money = Counter(), Counter()
    with open("in/crm/deals-2026-11-30.csv", encoding="utf-8-sig", newline="") as f:
        for r in csv.DictReader(f):
            if r["Deal Stage"] == "Closed Won":
                rep = r["Deal owner"]
                deals[rep] += 1
                money[rep] += euros(r["Amount"], r["Currency"], r["Close Date"][:10])
            if r["Refund Date"]:
                money[r["Deal owner"]] += euros(r["Refund Amount"], r["Currency"], r["Refund Date"][:10])
    return deals, money
'

@test "sums: credit and (unattributed) are the CRM's deals and revenue in every model" {
	/usr/bin/python3 - <<-END
$crm_says
	deals, money = crm()
	assert sum(deals.values()) > 1000 and any(m % 10000 for m in money.values())
	credit = [r for r in table("credit.tsv") if r["milestone"] == "won"]
	got, won = Counter(), Counter()
	for r in credit:
	    got[r["model"]] += micros(r["value"])
	    won[r["model"]] += micros(r["conversions"])
	assert len(got) == 12, got
	for m in got:
	    assert got[m] == sum(money.values()), (m, got[m], sum(money.values()))
	    assert won[m] == 1000000 * sum(deals.values()), (m, won[m])
	END
}

@test "sums: each rep's credit is what the CRM says that the rep sold, in every model" {
	/usr/bin/python3 - <<-END
$crm_says
	deals, money = crm()
	got, won = defaultdict(Counter), defaultdict(Counter)
	for r in table("credit.tsv"):
	    if r["milestone"] == "won":
	        got[r["model"]][r["rep"]] += micros(r["value"])
	        won[r["model"]][r["rep"]] += micros(r["conversions"])
	assert len(deals) > 3
	for m in got:
	    assert {k: v for k, v in got[m].items() if v} == {k: v for k, v in money.items() if v}, m
	    assert won[m] == {k: 1000000 * n for k, n in deals.items()}, m
	END
}

@test "sums: the credit of each conversion is one, and its value, and so is each refund's" {
	/usr/bin/python3 - <<-END
$crm_says
	value, whole, worth = {}, Counter(), Counter()
	for r in table("steps.tsv"):
	    if r["event"] in ("won", "refund"):
	        value[r["event_id"]] = (r["event"], micros(r["value"]))
	shares = Counter()
	for r in table("explained.tsv"):
	    key = r["model"], r["conversion_id"]
	    whole[key] += micros(r["conversions"])
	    worth[key] += micros(r["value"])
	    shares[r["model"]] += 1
	assert len(whole) == 12 * len(value), (len(whole), len(value))
	for (model, id), n in whole.items():
	    event, v = value[id]
	    assert n == (1000000 if event == "won" else 0), (model, id, n)
	    assert worth[model, id] == v, (model, id, worth[model, id], v)
	assert shares["linear"] > shares["first"], shares
	END
}

@test "sums: credit per milestone and week is what kpi counts, in every model" {
	lead-kpi --as-of "$last_export" --period week --kpi leads,mql,sql,opps,deals,revenue \
		-o kpi.tsv steps.tsv
	/usr/bin/python3 - <<-END
$crm_says
	kpi = {(r["period"], r["kpi"]): micros(r["value"]) for r in table("kpi.tsv")}
	of = {"lead": "leads", "mql": "mql", "sql": "sql", "opp": "opps", "won": "deals"}
	got, n = Counter(), 0
	for r in table("credit.tsv"):
	    if r["milestone"] in of:
	        got[r["model"], r["period"], of[r["milestone"]]] += micros(r["conversions"])
	    if r["milestone"] == "won":
	        got[r["model"], r["period"], "revenue"] += micros(r["value"])
	for (model, period, name), v in got.items():
	    assert kpi[period, name] == v, (model, period, name, v, kpi[period, name])
	    n += 1
	assert n >= 12 * 6 * 4, n
	END
}

@test "sums: what explains the credit adds up to the credit" {
	lead-attribute --model $models --milestone won --by channel,campaign --as-of "$last_export" \
		-o won.tsv steps.tsv
	/usr/bin/python3 - <<-END
$crm_says
	want, got = Counter(), Counter()
	for path, sums in ("won.tsv", want), ("explained.tsv", got):
	    for r in table(path):
	        key = tuple(r[c] for c in ("model", "milestone", "period", "channel", "campaign"))
	        sums[key + ("n",)] += micros(r["conversions"])
	        sums[key + ("v",)] += micros(r["value"])
	differ = {k: (want[k], got[k]) for k in want.keys() | got.keys() if want[k] != got[k]}
	assert not differ, sorted(differ.items())[:9]
	assert len(want) > 200, len(want)
	END
}

@test "sums: the segments of every count and sum of kpi are (all), by column and by credit" {
	lead-attribute --model $models --milestone lead,mql,sql,opp,won --explain-credit \
		--as-of "$last_export" -o all-explained.tsv steps.tsv
	for by in first_channel lead_campaign won_source rep product country rep,first_channel; do
		lead-kpi --as-of "$last_export" --by $by steps.tsv
	done >kpi.tsv
	lead-kpi --as-of "$last_export" --by channel --credit all-explained.tsv steps.tsv >>kpi.tsv
	/usr/bin/python3 - <<-END
$crm_says
	whole, part, names = {}, Counter(), set()
	counts = {"leads", "mql", "sql", "opps", "deals", "lost", "revenue", "refunds", "revenue_new", "revenue_expansion"}
	for r in table("kpi.tsv"):
	    if r["kpi"] not in counts:
	        continue
	    if r["dimension"] == "(all)":
	        whole[r["period"], r["kpi"]] = micros(r["value"])
	    else:
	        part[r["period"], r["kpi"], r["dimension"], r["model"]] += micros(r["value"])
	        names.add((r["kpi"], r["dimension"], r["model"]))
	for (period, kpi, by, model), v in part.items():
	    assert whole[period, kpi] == v, (period, kpi, by, model, v, whole[period, kpi])
	assert len(names) >= 7 * 8, names
	assert len({m for _, _, m in names}) == 13, names
	END
}

@test "sums: days add up to all time, in credit and in kpi" {
	lead-attribute --model $models --period all --milestone won --by channel \
		--as-of "$last_export" -o whole.tsv steps.tsv
	lead-attribute --model $models --period day --milestone won --by channel \
		--as-of "$last_export" -o days.tsv steps.tsv
	lead-kpi --as-of "$last_export" --period all --kpi leads,mql,sql,opps,deals,lost,revenue -o kpi-all.tsv steps.tsv
	lead-kpi --as-of "$last_export" --period day --kpi leads,mql,sql,opps,deals,lost,revenue -o kpi-day.tsv steps.tsv
	/usr/bin/python3 - <<-END
$crm_says
	def sums(path, *key):
	    c = Counter()
	    for r in table(path):
	        for figure in "conversions", "value":
	            c[tuple(r[k] for k in key) + (figure,)] += micros(r.get(figure))
	    return {k: v for k, v in c.items() if v}
	assert sums("whole.tsv", "model", "channel") == sums("days.tsv", "model", "channel")
	assert sums("kpi-all.tsv", "kpi") == sums("kpi-day.tsv", "kpi")
	assert len(sums("kpi-all.tsv", "kpi")) == 7
	END
}

@test "sums: by account, by deal, and with strangers left in, the reps have sold the same" {
	for key in account_id deal_id lead_id; do
		map=(--identity identity.tsv)
		[ $key != deal_id ] || map=()
		lead-journey -k $key "${map[@]}" --as-of "$last_export" -o $key.tsv events/*.tsv
		lead-attribute --model linear,w --as-of "$last_export" -o $key-credit.tsv $key.tsv
		lead-kpi --by rep --kpi deals,revenue --as-of "$last_export" -o $key-kpi.tsv $key.tsv
	done
	/usr/bin/python3 - <<-END
$crm_says
	deals, money = crm()
	for key in "account_id", "deal_id", "lead_id":
	    got, won = Counter(), Counter()
	    for r in table(key + "-credit.tsv"):
	        got[r["model"]] += micros(r["value"])
	        won[r["model"]] += micros(r["conversions"])
	    for m in "linear", "w":
	        assert got[m] == sum(money.values()), (key, m, got[m])
	        assert won[m] == 1000000 * sum(deals.values()), (key, m, won[m])
	    sold = {(r["segment"], r["kpi"]): micros(r["value"]) for r in table(key + "-kpi.tsv") if r["dimension"] == "rep"}
	    for rep in deals:
	        assert sold[rep, "deals"] == 1000000 * deals[rep], (key, rep)
	        assert sold[rep, "revenue"] == money[rep], (key, rep)
	END
}

@test "sums: deals of nobody are kept, (unattributed), and so is what they brought" {
	awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR > 1 && NR % 3 == 0 { $at["crm_id"] = $at["link"] = $at["account_id"] = "" } { print }' events/deals.tsv >some-of-nobody.tsv
	lead-journey --identity identity.tsv --as-of "$last_export" some-of-nobody.tsv \
		events/[!d]*.tsv -o nobody.tsv
	lead-attribute --model first,linear,w --by channel --period all --as-of "$last_export" \
		-o nobody-credit.tsv nobody.tsv
	/usr/bin/python3 - <<-END
$crm_says
	deals, money = crm()
	got, won, lost = Counter(), Counter(), Counter()
	for r in table("nobody-credit.tsv"):
	    got[r["model"]] += micros(r["value"])
	    won[r["model"]] += micros(r["conversions"])
	    if r["channel"] == "(unattributed)":
	        lost[r["model"]] += micros(r["conversions"])
	for m in "first", "linear", "w":
	    assert got[m] == sum(money.values()), (m, got[m], sum(money.values()))
	    assert won[m] == 1000000 * sum(deals.values()), (m, won[m])
	    assert lost[m] > 100 * 1000000, lost
	END
}

@test "sums: the funnel's last stage holds the CRM's won deals, and segments are (all)" {
	lead-attribute --model first,linear,w --milestone opp,won --explain-credit \
		--as-of "$last_export" -o opp-explained.tsv steps.tsv
	lead-funnel --stages "$top/pipelines/conf/stages.tsv" --as-of "$last_export" --by rep \
		--by first_channel --by channel --by term --by rep,campaign --credit opp-explained.tsv \
		-o funnel.tsv steps.tsv
	/usr/bin/python3 - <<-END
$crm_says
	deals, money = crm()
	sums = {"reached", "lost_here", "open_here", "skipped", "returned", "value_open", "value_reached", "revenue"}
	whole, part, names, won, at = {}, Counter(), set(), Counter(), Counter()
	for r in table("funnel.tsv"):
	    key = r["period"], r["stage"], r["kpi"]
	    if r["dimension"] == "rep" and r["stage"] == "won" and r["kpi"] == "reached" and r["value"] != "0":
	        won[r["segment"]] += int(r["value"])
	    if r["dimension"] == "(all)" and r["kpi"] in ("reached", "revenue", "lost_here", "open_here"):
	        at[r["stage"], r["kpi"]] += micros(r["value"])
	    if r["kpi"] not in sums:
	        continue
	    if r["dimension"] == "(all)":
	        whole[key] = micros(r["value"])
	    else:
	        part[key + (r["dimension"], r["model"])] += micros(r["value"])
	        names.add((r["dimension"], r["model"]))
	assert won == deals, (won, deals)
	assert at["won", "revenue"] == sum(money.values())
	n = 1000000
	ends = sum(at[s, k] for s in ("appointment", "proposal", "contract") for k in ("lost_here", "open_here"))
	assert at["appointment", "reached"] == ends + at["won", "reached"] > 1000 * n, at
	for key, v in part.items():
	    assert whole[key[:3]] == v, (key, v, whole[key[:3]])
	assert len(names) == 2 + 3 * 3, names
	want, got = Counter(), Counter()
	for r in table("opp-explained.tsv"):
	    if r["milestone"] == "won":
	        want[r["model"], r["channel"], "revenue"] += micros(r["value"])
	        want[r["model"], r["channel"], "reached"] += micros(r["conversions"])
	for r in table("funnel.tsv"):
	    if r["dimension"] == "channel" and r["stage"] == "won" and r["kpi"] in ("revenue", "reached"):
	        got[r["model"], r["segment"], r["kpi"]] += micros(r["value"])
	assert {k: v for k, v in got.items() if v} == {k: v for k, v in want.items() if v}
	assert len(want) > 3 * 2 * 4, len(want)
	END
}
