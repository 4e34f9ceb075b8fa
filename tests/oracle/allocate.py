#!/usr/bin/env python3
"""Shared cost by its definition, a second opinion.

allocate.py world SEED              steps and spend of a random company, in this folder
allocate.py BASIS [CREDIT] -- DIM.. rows of lead-kpi --period month --spend spend
                                    --allocate BASIS (leads, clicks or credit), of the
                                    combined breakdowns DIM, joined by commas: period
                                    dimension segment kpi model value

What spend knows of a breakdown (its channel, its campaign) holds; what is left of a
period and these values is shared among the segments that agree in them, by leads
created, by touches of ads, or by the deals of each model of the credit.
"""
import datetime as dt
import random
import sys
from collections import Counter, defaultdict
from fractions import Fraction

SPEND_HAS = {"channel", "campaign"}
MEASURES = ("cost", "cost_ads", "impressions", "clicks")
STEPS = ("lead_id time kind event channel campaign campaign_id click_id term rep country "
         "deal_id value").split()


def write(path, columns, rows):
    with open(path, "w") as f:
        print(*columns, sep="\t", file=f)
        for r in rows:
            print(*(r.get(c, "") for c in columns), sep="\t", file=f)


def lead_rows(rnd, i):
    """one lead: touches before and after its lead row, perhaps a deal"""
    at = dt.datetime(2026, 1, 1) + dt.timedelta(minutes=rnd.randrange(150 * 1440))
    own = {"rep": rnd.choice(["R1", "R2", "R > 3", ""]), "country": rnd.choice(["ES", "PT", ""])}
    rows = [dict(own, time=at, kind="milestone", event="lead")]
    for _ in range(rnd.randrange(4)):
        t = at + dt.timedelta(minutes=rnd.randrange(-9 * 1440, 9 * 1440))
        ad = rnd.randrange(4)
        rows.append(dict(time=t, kind="touch", event="page_view",
                         channel=rnd.choice(["paid_search", "paid_social", "email", ""]),
                         campaign=rnd.choice(["x", "y"]) if ad == 1 else "",
                         campaign_id="7" if ad == 2 else "", click_id="g" if ad == 3 else "",
                         term=rnd.choice(["boots", "shoes", ""]),
                         rep=own["rep"] if rnd.random() < .5 else ""))
    for d in range(rnd.choice([0, 0, 1, 2])):
        t = at + dt.timedelta(minutes=rnd.randrange(60 * 1440))
        rows.append(dict(own, time=t, kind="milestone", event="won", deal_id=f"D{i}-{d}",
                         value=f"{rnd.randrange(1, 10**6) / 100:.2f}"))
    for r in rows:
        r["lead_id"] = f"l{i:03d}"
    return sorted(rows, key=lambda r: (r["time"], r["kind"] == "milestone"))


def world(seed):
    rnd = random.Random(seed)
    rows = [r for i in range(80) for r in lead_rows(rnd, i)]
    for r in rows:
        r["time"] = r["time"].strftime("%Y-%m-%dT%H:%M:%SZ")
    write("steps", STEPS, rows)
    spend = []
    for _ in range(120):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=rnd.randrange(170))
        spend.append(dict(date=day, channel=rnd.choice(["paid_search", "paid_social", "event", ""]),
                          cost=f"{rnd.randrange(-2000, 90000) / 997:.6f}",
                          impressions=rnd.randrange(3000), clicks=rnd.randrange(70),
                          kind=rnd.choice(["", "ad", "ad", "nurture", "staff"]),
                          trackable=rnd.choice(["", "", "no"])))
    write("spend", "date channel cost impressions clicks kind trackable".split(), spend)


def read(path):
    with open(path) as f:
        names = f.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in f]


def segment(dims, of):
    cells = [of(d) or "(unknown)" for d in dims]
    if len(cells) == 1:
        return cells[0]
    return " > ".join(c.replace("%", "%25").replace(">", "%3E") for c in cells)


def weights(basis, credit):
    """(month, model, what tells a column of the taker, weight in micros)"""
    if basis == "credit":
        for r in credit:
            if r["milestone"] == "won":
                yield r["time"][:7], r["model"], r.get, int(Fraction(r["conversions"]) * 10**6)
        return
    rows, first = read("steps"), {}
    for r in rows:
        if r["kind"] == "touch":
            first.setdefault(r["lead_id"], r)
    for r in rows:
        if basis == "clicks" and (r["campaign"] or r["campaign_id"] or r["click_id"]):
            yield r["time"][:7], "", r.get, 10**6
        if basis == "leads" and r["event"] == "lead":
            touch = first.get(r["lead_id"], {})
            yield (r["time"][:7], "", lambda d, r=r, t=touch:
                   t.get(d, "") if d in ("channel", "term") else r[d], 10**6)


def measures(r):
    cost, tracked = Fraction(r["cost"]), r["trackable"] != "no"
    ad = tracked and r["kind"] in ("", "ad")
    return dict(cost=cost, cost_ads=ad * cost, impressions=ad * int(r["impressions"]),
                clicks=ad * int(r["clicks"]))


def share(amount, takers):
    """Whole micros to each by its weight; what is left to the largest remainders."""
    sign, amount = (-1 if amount < 0 else 1), abs(int(amount * 10**6))
    total = sum(takers.values())
    out = {s: amount * w // total for s, w in takers.items()}
    by_rest = sorted(takers, key=lambda s: (-(amount * takers[s] % total), s.encode()))
    for s in by_rest[:amount - sum(out.values())]:
        out[s] += 1
    return {s: sign * n for s, n in out.items()}


def text(micros):
    s = f"{abs(micros) // 10**6}.{abs(micros) % 10**6:06d}".rstrip("0").rstrip(".")
    return ("-" if micros < 0 else "") + s


def main(basis, credit, dimensions):
    weighed = list(weights(basis, credit))
    models = sorted({m for _, m, _, _ in weighed})
    for dims in (d.split(",") for d in dimensions):
        pots = defaultdict(Counter)
        for r in read("spend"):
            known = tuple(r[d] or "(unknown)" for d in dims if d in SPEND_HAS and d in r)
            for m, v in measures(r).items():
                pots[r["date"][:7], known][m] += v
        takers = defaultdict(Counter)
        for month, model, of, weight in weighed:
            known = tuple(of(d) or "(unknown)" for d in dims if d in SPEND_HAS and d != "campaign")
            takers[month, known, model][segment(dims, of)] += weight
        for (month, known), amounts in pots.items():
            given = iter(known)
            nobody = segment(dims, lambda d: next(given) if d == "channel" else "")
            for model in models:
                those = takers.get((month, known, model)) or {nobody: 1}
                for m in MEASURES:
                    for s, micros in share(amounts[m], those).items():
                        if micros:
                            print(month, "+".join(dims), s, m, model, text(micros), sep="\t")


if sys.argv[1] == "world":
    world(int(sys.argv[2]))
else:
    at = sys.argv.index("--")
    main(sys.argv[1], read(sys.argv[2]) if at > 2 else [], sys.argv[at + 1:])
