#!/usr/bin/env python3
"""registry.py - a registry of people whose truth is known

make SEED PEOPLE: rows of 1 to 5 noisy records a person; event_id begins with
the person's number. One firm in five has a phone for all, families share
devices, some people have two addresses, write theirs in several ways, or are
nobody. A first record has an address or a CRM id: who is never more than an
office phone cannot be told from a colleague.
judge ROWS MAP: "precision P recall R" over pairs of a person's records; a
record's lead is that of its strongest key that is one lead's alone.
"""
import collections
import random
import sys


def spell_mail(r, mail):
    return r.choice([mail, mail.upper(), mail.title(), "mailto:" + mail, mail])


def spell_phone(r, phone):
    return r.choice([phone, phone[:3] + " " + phone[3:], phone[:3] + "-" + phone[3:]])


def make(seed, people):
    r = random.Random(seed)
    print("event_id\ttime\tcrm_id\temail\tphone\tvisitor_id")
    for n in range(people):
        office = f"91{n // 7:07d}"
        shares = n // 7 % 5 == 0 and r.random() < .8
        phone = office if shares else f"6{n:08d}"
        mails = [f"p{n}@firm{n // 7}.com"]
        if r.random() < .2:
            mails.append(f"p{n}@gmail.com")
        device = f"home{n // 3}" if r.random() < .1 else f"v{n}"
        for k in range(r.randint(1, 5)):
            row = [str(n) if r.random() < .5 else "",
                   spell_mail(r, r.choice(mails)) if r.random() < .8 else "",
                   spell_phone(r, phone) if r.random() < .6 else "",
                   device if r.random() < .6 else ""]
            noise = r.random()
            if noise < .03:
                row[1] = r.choice(["n/a", "test@test.com", "noreply@firm.com"])
            elif noise < .05:
                row[2] = r.choice(["000000000", "unknown", "12"])
            if not any(row[:3]) or k == 0 and not row[0]:
                row[1] = mails[0]
            t = f"2026-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}T{r.randint(8, 19):02d}:00:00Z"
            print(f"{n}.{k}", t, *row, sep="\t")


def judge(rows, table):
    lead = {}
    for line in open(table).read().splitlines()[1:]:
        kind, key, who, _, since, _ = line.split("\t")
        if not since:
            lead[kind, key] = who
    groups, persons = collections.Counter(), collections.Counter()
    both = collections.Counter()
    lines = open(rows).read().splitlines()
    names = lines[0].split("\t")[2:]
    for line in lines[1:]:
        event, _, *cells = line.split("\t")
        person = event.split(".")[0]
        who = next((lead[k] for k in zip(names, cells) if k in lead), None) or event
        groups[who] += 1
        persons[person] += 1
        both[who, person] += 1
    pairs = lambda c: sum(n * (n - 1) // 2 for n in c.values())
    print(f"precision {pairs(both) / pairs(groups):.6f} recall {pairs(both) / pairs(persons):.6f}")


if sys.argv[1] == "make":
    make(int(sys.argv[2]), int(sys.argv[3]))
else:
    judge(sys.argv[2], sys.argv[3])
