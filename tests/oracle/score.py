#!/usr/bin/env python3
"""score.py RULES AS_OF EVENTS - scores of a small table, by the definition

Floats: the caller compares to a few millionths. Prints lead, score, class and mql_at.
"""
import re
import sys
from datetime import datetime, timedelta


def when(t):
    return datetime.strptime(t, "%Y-%m-%dT%H:%M:%SZ")


def span(t):
    return timedelta(**{{"d": "days", "h": "hours"}[t[-1]]: int(t[:-1])})


def table(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().splitlines()
    head = lines[0].split("\t")
    return [dict(zip(head, (line + "\t" * len(head)).split("\t"))) for line in lines[1:]]


def meets(op, value, cell):
    if not cell:
        return op == "!?"
    return {"=": lambda: cell == value, "!=": lambda: cell != value,
            "in": lambda: cell in value.split(","), "!in": lambda: cell not in value.split(","),
            "~": lambda: bool(re.search(value, cell, re.I)),
            "!~": lambda: not re.search(value, cell, re.I), "?": lambda: True,
            "!?": lambda: False}[op]()


DOING = {"page_view", "form", "email_clicked"}


def points(rule, events, at):
    """Of one rule at a time, from the events until then."""
    worth = float(rule["points"] or 0)
    mine = [e for e in events if e["event"] == rule["event"]
            or not rule["event"] and e["event"] in DOING]
    op = rule["op"]
    if op == "count>=":
        n, days = rule["value"].split("/")
        seen = {e["time"][:10] for e in mine if when(e["time"]) >= at - span(days)}
        return worth if len(seen) >= int(n) else 0
    if op == "idle>=":
        last = max((when(e["time"]) for e in mine),
                   default=min(when(e["time"]) for e in events))
        return worth if at - last >= span(rule["value"]) else 0
    if not rule["event"]:
        value = ""
        for e in events:
            value = e[rule["column"]] or value
        return worth if meets(op, rule["value"], value) else 0
    hits = [e for e in mine if not op or meets(op, rule["value"], e[rule["column"]])]
    if not hits:
        return 0
    weights = [2 ** (-((at - when(e["time"])) / span(rule["half"]))) if rule["half"] else 1
               for e in hits]
    if not rule["cap"]:
        return worth * weights[-1]
    total, cap = worth * sum(weights), float(rule["cap"])
    return min(total, cap) if cap > 0 else max(total, cap)


def score(rules, events, at):
    groups = {}
    for rule in rules:
        if rule["points"] not in ("cap", "class"):
            groups.setdefault(rule["group"], []).append(points(rule, events, at))
    total = 0
    for name, parts in groups.items():
        caps = [float(r["value"]) for r in rules if r["points"] == "cap" and r["group"] == name]
        total += min([sum(parts)] + caps)
    return total


def main():
    rules, at, rows = table(sys.argv[1]), when(sys.argv[2]), table(sys.argv[3])
    cut = {r["why"]: float(r["value"]) for r in rules if r["points"] == "class"}
    leads = {}
    for row in sorted(rows, key=lambda r: r["time"]):
        if when(row["time"]) <= at:
            leads.setdefault(row["lead_id"], []).append(row)
    for lead, events in sorted(leads.items()):
        total, mql = score(rules, events, at), ""
        for t in sorted({e["time"] for e in events}):
            known = [e for e in events if e["time"] <= t]
            if not mql and score(rules, known, when(t)) >= cut["mature"]:
                mql = t
        kind = "mature" if total >= cut["mature"] else \
            "unqualified" if total < cut["unqualified"] else "cold"
        print(f"{lead}\t{total:.9f}\t{kind}\t{mql}")


main()
