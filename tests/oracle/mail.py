#!/usr/bin/env python3
"""Figures of mail by their definition, as a second opinion.

mail.py world SEED DIR       DIR/steps, DIR/mail, DIR/map of a random company
mail.py DIR AS_OF            rows of lead-kpi --by country --period month
"""
import datetime as dt
import os
import random
import sys
from fractions import Fraction

WINDOW = dt.timedelta(days=30)
MAIL = {"email_sent", "email_delivered", "email_bounced", "email_opened",
        "email_clicked", "unsubscribed", "complained"}


def stamp(t):
    return t.strftime("%Y-%m-%dT%H:%M:%SZ")


def world(seed, folder):
    rnd = random.Random(seed)
    day = lambda: dt.datetime(2025, 1, 1) + dt.timedelta(minutes=rnd.randrange(400 * 1440))
    steps, mail, key = [], [], []
    for i in range(80):
        lead = f"l{i:03d}"
        address = [f"person{i}@x.example", f"Person{i}@X.example"][rnd.random() < .3]
        if i < 60:
            at = day()
            steps.append([lead, at, "lead", rnd.choice(["ES", "PT", ""])])
            for _ in range(rnd.choice([0, 0, 1, 2])):
                steps.append([lead, at + dt.timedelta(days=rnd.randrange(100)), "won", ""])
        if i < 70:
            key.append(f"email\tperson{i}@x.example\t{lead}\t\t\t")
        for _ in range(rnd.randrange(4)):
            mail.append([day(), rnd.choice(["consented", "consented", "unsubscribed"]),
                         address, "", ""])
        for msg in rnd.sample(range(20), rnd.randrange(8)):
            at = dt.datetime(2025, 1, 15) + dt.timedelta(days=19 * msg)
            for event in rnd.sample(sorted(MAIL), rnd.randrange(1, 6)):
                for _ in range(rnd.choice([1, 1, 2])):
                    at += dt.timedelta(seconds=rnd.randrange(1, 200000))
                    mail.append([at, event, address, f"m{msg}",
                                 "1" if event in ("email_opened", "email_clicked")
                                 and rnd.random() < .4 else ""])
    rnd.shuffle(mail)
    os.makedirs(folder, exist_ok=True)
    with open(f"{folder}/steps", "w") as f:
        f.write("lead_id\ttime\tkind\tevent\tcountry\n")
        for lead, at, event, country in sorted(steps):
            f.write(f"{lead}\t{stamp(at)}\tmilestone\t{event}\t{country}\n")
    with open(f"{folder}/mail", "w") as f:
        f.write("time\tevent\temail\tmessage_id\tmachine\n")
        for at, *rest in mail:
            f.write("\t".join([stamp(at), *rest]) + "\n")
    with open(f"{folder}/map", "w") as f:
        f.write("\n".join(["key_type\tkey\tlead_id\taccount_id\tsince\trule", *key]) + "\n")


def table(path):
    with open(path) as f:
        names = f.readline().rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in f]


def ratio(num, den):
    if den == 0:
        return ""
    m = (2 * num * 10**6 + den) // (2 * den)
    return f"{m // 10**6}.{m % 10**6:06d}".rstrip("0").rstrip(".")


def month(t):
    return t[:7]


def main(folder, as_of):
    steps, mail = table(f"{folder}/steps"), table(f"{folder}/mail")
    lead_of = {r["key"]: r["lead_id"] for r in table(f"{folder}/map")}
    country = {r["lead_id"]: r["country"] for r in steps
               if r["event"] == "lead" and r["time"] <= as_of}
    won = [(r["lead_id"], r["time"]) for r in steps
           if r["event"] == "won" and r["time"] <= as_of]
    pieces, people = {}, {}
    for r in sorted(mail, key=lambda r: (r["time"], r["event"] == "unsubscribed")):
        if r["time"] > as_of:
            continue
        who = r["email"].lower()
        if r["message_id"] and r["event"] in MAIL:
            pieces.setdefault((who, r["message_id"]), []).append(r)
        if r["event"] in ("consented", "unsubscribed"):
            people.setdefault(who, []).append(r)

    def segments(who):
        place = country.get(lead_of.get(who), "") or "(unknown)"
        return [("(all)", "(all)"), ("country", place)]

    cells = {}
    for (who, _), rows in pieces.items():
        for seg in segments(who):
            c = cells.setdefault((month(rows[0]["time"]), *seg), [])
            c.append(facts(rows, lead_of.get(who), won))
    for key, c in cells.items():
        figures(key, c)
    database(people, segments, as_of)


def facts(rows, lead, won):
    """What is true of one message to one person: a set of words."""
    out = {"sent"}
    for machine, mark in ((False, ""), (True, "_all")):
        did = {r["event"] for r in rows if machine or not r["machine"]}
        opened, clicked = "email_opened" in did, "email_clicked" in did
        out |= {w + mark for w, holds in (("opened", opened), ("clicked", clicked),
                ("read", opened or clicked)) if holds}
        first = min((r["time"] for r in rows if r["event"] == "email_clicked"
                     and (machine or not r["machine"])), default=None)
        if first and any(who == lead and first <= at <=
                         stamp(dt.datetime.strptime(first, "%Y-%m-%dT%H:%M:%SZ") + WINDOW)
                         for who, at in won):
            out.add("converted" + mark)
    did = {r["event"] for r in rows}
    if did & (MAIL - {"email_sent", "email_bounced"}):
        out.add("delivered")
    for event, word in (("email_bounced", "bounced"), ("unsubscribed", "unsubscribed"),
                        ("complained", "complained")):
        if event in did:
            out.add(word)
    return out


def figures(key, c):
    n = lambda word: sum(word in f for f in c)
    for kpi, a, b in (
            ("delivery_rate", "delivered", "sent"), ("bounce_rate", "bounced", "sent"),
            ("open_rate", "opened", "delivered"), ("open_rate_all", "opened_all", "delivered"),
            ("email_ctr", "clicked", "delivered"),
            ("email_ctr_all", "clicked_all", "delivered"),
            ("ctor", "clicked", "read"), ("ctor_all", "clicked_all", "read_all"),
            ("unsub_rate", "unsubscribed", "delivered"),
            ("spam_rate", "complained", "delivered"),
            ("click_to_conversion", "converted", "clicked"),
            ("click_to_conversion_all", "converted_all", "clicked_all")):
        print(*key, kpi, "", ratio(n(a), n(b)), n(a), n(b), n(b), sep="\t")


def database(people, segments, as_of):
    moves = {}
    for who, rows in people.items():
        state = False
        for r in rows:
            now = r["event"] == "consented"
            if now != state:
                for seg in segments(who):
                    m = moves.setdefault(seg, {}).setdefault(month(r["time"]), [0, 0])
                    m[not now] += 1
            state = now
    for seg, by_month in moves.items():
        size, at, moved = 0, min(by_month), 0
        while at <= month(as_of):
            new, out = by_month.get(at, (0, 0))
            print(at, *seg, "optout_rate", "", ratio(out, size + new), out, size + new,
                  size + new, sep="\t")
            size += new - out
            print(at, *seg, "db_size", "", size, size, "", size, sep="\t")
            y, m = map(int, at.split("-"))
            at = f"{y + m // 12}-{m % 12 + 1:02d}"


if sys.argv[1] == "world":
    world(int(sys.argv[2]), sys.argv[3])
else:
    main(sys.argv[1], sys.argv[2])
