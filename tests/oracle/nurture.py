#!/usr/bin/env python3
"""Nurturing and marketing's part in revenue by their definitions, a second opinion.

nurture.py world SEED        steps of a random company, grouped by lead
nurture.py FILE AS_OF        rows of lead-kpi --by country --period month, campaigns
                             nurture_1 and nurture_2 being of the kind nurture
"""
import datetime as dt
import random
import sys
from fractions import Fraction

OTHER = {"direct", "internal", "unassigned", "phone", ""}
NURTURE = {"nurture_1", "nurture_2"}


def world(seed):
    rnd = random.Random(seed)
    print("lead_id", "time", "precision", "kind", "event", "channel", "campaign",
          "deal_id", "value", "country", sep="\t")
    for i in range(120):
        at = dt.datetime(2025, 1, 1) + dt.timedelta(hours=rnd.randrange(400 * 24))
        rows = [[at, "", "milestone", "lead", "", "", "", "",
                 rnd.choice(["ES", "PT", ""])]]
        for _ in range(rnd.randrange(6)):
            t = at + dt.timedelta(hours=rnd.randrange(-40 * 24, 120 * 24))
            campaign = rnd.choice(["", "", "x", "nurture_1", "nurture_2"])
            if t < dt.datetime(2025, 6, 10) and campaign in NURTURE:
                campaign = "x"
            rows.append([t, "", "touch", "page_view",
                         rnd.choice(["paid_search", "email", "direct", "phone", ""]),
                         campaign, "", "", ""])
        for d in range(rnd.choice([0, 0, 1, 1, 2])):
            t = at + dt.timedelta(hours=rnd.randrange(60 * 24))
            end = t + dt.timedelta(hours=rnd.randrange(100 * 24))
            deal, value = f"D{i}-{d}", rnd.randrange(1, 10**6) / 100
            if rnd.random() < .8:
                day = rnd.random() < .4
                when = t.replace(hour=23, minute=59, second=59) if day else t
                rows.append([when, "day" if day else "", "milestone", "opp", "", "", deal,
                             "", ""])
                end = max(end, when)
            rows.append([end, "", "milestone", "won", "", "", deal, f"{value:.2f}", ""])
            if rnd.random() < .3:
                rows.append([end + dt.timedelta(days=rnd.randrange(40)), "", "milestone",
                             "refund", "", "", deal, f"-{value / 4:.2f}", ""])
        for at, *rest in sorted(rows, key=lambda r: (r[0], r[1] == "day", r[3])):
            print(f"l{i:03d}", at.strftime("%Y-%m-%dT%H:%M:%SZ"), *rest, sep="\t")


def half_away(x):
    n, d = abs(x).numerator, abs(x).denominator
    r = (2 * n + d) // (2 * d)
    return r if x >= 0 else -r


def text(x):
    """A number to six decimals."""
    m = half_away(Fraction(x) * 10**6)
    s = f"{abs(m) // 10**6}.{abs(m) % 10**6:06d}".rstrip("0").rstrip(".")
    return ("-" if m < 0 else "") + s


def before(month):
    y, m = map(int, month.split("-"))
    return f"{y - (m == 1)}-{12 if m == 1 else m - 1:02d}"


def influenced(rows, opp):
    """Is a touch of marketing's within 90 days before it, or of its day alone?"""
    at = dt.datetime.fromisoformat(opp["time"][:-1])
    for r in rows:
        if r["kind"] != "touch" or r["channel"] in OTHER:
            continue
        t = dt.datetime.fromisoformat(r["time"][:-1])
        span = at - t
        if opp["precision"] == "day":
            span = dt.timedelta(days=(at.date() - t.date()).days)
        if dt.timedelta(0) <= span <= dt.timedelta(days=90):
            return True
    return False


def main(path, as_of):
    groups, facts, first = {}, {}, None
    with open(path) as f:
        names = f.readline().rstrip("\n").split("\t")
        for line in f:
            r = dict(zip(names, line.rstrip("\n").split("\t")))
            if r["time"] <= as_of:
                groups.setdefault(r["lead_id"], []).append(r)
    for rows in groups.values():
        lead = next((r for r in rows if r["event"] == "lead"), None)
        segs = ["(all)"]
        touches = [r for r in rows if r["kind"] == "touch"]
        won = next((i for i, r in enumerate(rows) if r["event"] == "won"), len(rows))
        nurtured = lead and [r for r in rows[:won] if r["campaign"] in NURTURE]
        if nurtured:
            first = min(first or "9", nurtured[0]["time"][:7])

        def add(row, kpi, num, den=0):
            own = row["country"] or (lead["country"] if row is lead and lead else "")
            for seg in ("(all)", own or "(unknown)"):
                f = facts.setdefault((row["time"][:7], seg), {}).setdefault(kpi, [0, 0])
                f[0] += num
                f[1] += den
        if lead:
            which = "nurtured" if nurtured else "not_nurtured"
            add(lead, which + "_rate", won < len(rows), 1)
            if nurtured:
                add(lead, "nurture_leads", 1)
        for r in rows:
            if r["event"] not in ("won", "refund"):
                continue
            value = Fraction(r["value"])
            add(r, "revenue", value)
            if touches and touches[0]["channel"] not in OTHER:
                add(r, "sourced_revenue", value)
            deal = [o for o in rows if o["deal_id"] == r["deal_id"]]
            opp = next((o for o in deal if o["event"] == "opp"),
                       next(o for o in deal if o["event"] == "won"))
            if influenced(rows, opp):
                add(r, "influenced_revenue", value)
    out(facts, first, min(m for m, _ in facts))


def out(facts, first, begin):
    base_months, m = [], first
    for _ in range(3):
        m = before(m)
        if m >= begin:
            base_months.append(m)
    for (month, seg), got in facts.items():
        key = (month, "(all)" if seg == "(all)" else "country", seg)
        for kpi, (num, den) in got.items():
            if kpi.endswith("_rate"):
                print(*key, kpi, "", text(Fraction(num, den)), num, den, sep="\t")
            else:
                print(*key, kpi, "", text(num), text(num), "", sep="\t")
        if month < first:
            continue
        base = sum(facts.get((b, seg), {}).get("revenue", [0])[0] for b in base_months)
        base = Fraction(base) / len(base_months)
        up = got.get("revenue", [0])[0] - base
        print(*key, "nurture_uplift", "", text(up), text(up), "", sep="\t")
        print(*key, "nurture_uplift_annual", "", text(12 * up), text(12 * up), "", sep="\t")
        print(*key, "nurture_uplift_pct", "", text(up / base) if base else "", text(up),
              text(base), sep="\t")


if sys.argv[1] == "world":
    world(int(sys.argv[2]))
else:
    main(sys.argv[1], sys.argv[2])
