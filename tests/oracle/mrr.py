#!/usr/bin/env python3
"""Monthly recurring revenue by its definition, day by day, as a second opinion.

mrr.py world SEED            steps of a random company, grouped by lead
mrr.py FILE AS_OF GRACE      rows of lead-kpi --by country --period month
"""
import datetime as dt
import random
import sys
from fractions import Fraction

MICRO = 10**6
KINDS = ("new", "expansion", "contraction", "churned", "reactivated")


def half_away(x):
    """x to a whole number, halves away from zero."""
    n, d = abs(x).numerator, abs(x).denominator
    r = (2 * n + d) // (2 * d)
    return r if x >= 0 else -r


def text(micros):
    sign, micros = ("-", -micros) if micros < 0 else ("", micros)
    whole, part = divmod(micros, MICRO)
    return sign + (f"{whole}.{part:06d}".rstrip("0").rstrip("."))


def ratio(num, den):
    return "" if den == 0 else text(half_away(Fraction(num, den) * MICRO))


def months_on(day, months):
    at = day.year * 12 + day.month - 1 + months
    for mday in range(day.day, 0, -1):
        try:
            return dt.date(at // 12, at % 12 + 1, mday)
        except ValueError:
            continue


# --- the world ---

def world(seed):
    rnd = random.Random(seed)
    print("lead_id", "time", "precision", "kind", "event", "deal_id", "value",
          "months", "country", sep="\t")
    for lead in range(60):
        rows = []
        day = dt.date(2024, 1, 1) + dt.timedelta(days=rnd.randrange(400))
        rows.append((day, "lead", "", "", "", rnd.choice(["ES", "PT", ""])))
        for sub in range(rnd.choice([0, 1, 1, 1, 2, 3])):
            deal = rnd.choice(["", f"D{lead}-{sub}"])
            at, price = day, rnd.randrange(100, 99999)
            for _ in range(rnd.randrange(1, 14)):
                months = rnd.choice([1, 1, 1, 3, 12])
                value = f"{price * months / 100:.2f}"
                rows.append((at, "payment", deal, value, months, ""))
                if rnd.random() < .2:
                    price = rnd.randrange(100, 99999)
                late = rnd.choice([0, 0, 0, -5, -1, 3, 20, 31, 32, 90])
                at = months_on(at, months) + dt.timedelta(days=late)
            if rnd.random() < .2:
                rows.append((at, "payment", deal, "50", "", ""))
        for row in sorted(rows, key=lambda r: (r[0], r[1] != "lead")):
            if row[0] < dt.date(2026, 7, 1):
                print(f"l{lead:03d}", f"{row[0]}T00:00:00Z", "day", "milestone",
                      *row[1:], sep="\t")


# --- the definition ---

def subscriptions(payments, grace):
    """[(first day, [(from, rate)], end, deal)] of one group's payments."""
    subs = []
    for day, deal, value, months in payments:
        near = []
        for i, s in enumerate(subs):
            half = (s["end"] - s["last"]).days // 2
            gap = (day - s["end"]).days
            if -min(grace, half) <= gap <= grace:
                near.append((s["deal"] != deal, abs(gap), i))
        if near:
            s = subs[min(near)[2]]
        else:
            s = {"began": day, "end": day, "months": 0, "rates": []}
            subs.append(s)
        s["rates"].append((s["end"], half_away(value / months)))
        s["last"], s["deal"] = s["end"], deal
        s["months"] += months
        s["end"] = months_on(s["began"], s["months"])
    return subs


def level(subs, day, as_of, grace):
    total = 0
    for s in subs:
        over = (as_of - s["end"]).days > grace
        if day >= s["end"] and over:
            continue
        total += next((r for d, r in reversed(s["rates"]) if d <= day), 0)
    return total


def read(path):
    groups = {}
    with open(path) as f:
        names = f.readline().rstrip("\n").split("\t")
        for line in f:
            row = dict(zip(names, line.rstrip("\n").split("\t")))
            groups.setdefault(row["lead_id"], []).append(row)
    return groups


def main(path, as_of, grace):
    cells = {}
    for rows in read(path).values():
        country = rows[0]["country"] or "(unknown)"
        pays = [(dt.date.fromisoformat(r["time"][:10]), r["deal_id"],
                 Fraction(r["value"]) * MICRO, int(r["months"]))
                for r in rows if r["event"] == "payment" and r["months"]]
        if not pays:
            continue
        subs = subscriptions(pays, grace)
        was, paid, day = 0, False, pays[0][0]
        while day <= as_of:
            now = level(subs, day, as_of, grace)
            kind = ("new" if not paid else "reactivated") if was == 0 else \
                "churned" if now == 0 else "expansion" if now > was else "contraction"
            ends = day == as_of or (day + dt.timedelta(days=1)).day == 1
            for seg in (("(all)", "(all)"), ("country", country)):
                c = cells.setdefault((day.strftime("%Y-%m"), *seg),
                                     {"mrr": 0, "payers": 0, "start": 0,
                                      "start_payers": 0, **{k: [0, 0] for k in KINDS}})
                if day.day == 1:
                    c["start"] += was
                    c["start_payers"] += was > 0
                if now != was:
                    c[kind][0] += abs(now - was)
                    c[kind][1] += 1
                if ends:
                    c["mrr"] += now
                    c["payers"] += now > 0
            paid, was, day = paid or now > 0, now, day + dt.timedelta(days=1)
    for key, c in cells.items():
        out(key, c)


def out(key, c):
    def row(kpi, value, num, den, n):
        print(*key, kpi, "", value, num, den, n, sep="\t")
    moved = {k: c[k][0] for k in KINDS}
    lost = moved["churned"] + moved["contraction"]
    back = moved["expansion"] + moved["reactivated"]
    assert c["mrr"] == c["start"] + moved["new"] + back - lost
    row("mrr", text(c["mrr"]), text(c["mrr"]), "", c["payers"])
    row("arr", text(12 * c["mrr"]), text(12 * c["mrr"]), "", c["payers"])
    row("arpa", ratio(Fraction(c["mrr"], MICRO), c["payers"]), text(c["mrr"]), c["payers"],
        c["payers"])
    for k in KINDS:
        row("mrr_" + k, text(c[k][0]), text(c[k][0]), "", c[k][1])
    row("customer_churn", ratio(c["churned"][1], c["start_payers"]), c["churned"][1],
        c["start_payers"], c["start_payers"])
    row("gross_mrr_churn", ratio(lost, c["start"]), text(lost), text(c["start"]),
        c["start_payers"])
    row("net_mrr_churn", ratio(lost - back, c["start"]), text(lost - back),
        text(c["start"]), c["start_payers"])
    row("mrr_ltv", ratio(Fraction(c["mrr"] * c["start_payers"], MICRO),
                         c["payers"] * c["churned"][1]), "", "", c["payers"])


if sys.argv[1] == "world":
    world(int(sys.argv[2]))
else:
    main(sys.argv[1], dt.date.fromisoformat(sys.argv[2]), int(sys.argv[3]))
