#!/usr/bin/env python3
"""registry.py - a registry of people whose truth is known

make SEED PEOPLE: 1 to 5 noisy records a person, shuffled; event_id begins with
the person's number. People live in homes of 1 to 4 and work in firms of 1 to 12.
One in ten gives the firm's number for the own one more often than not, one in
twenty the home's, one in twelve uses the home's tablet. One in six changes the
number; one number in two hundred was somebody else's before. A quarter has two
addresses, seven in ten are in the CRM, one of twenty of them twice. Records lack
fields, spell them in many ways, mistype one address in fifty, and hold values
that are nobody's. Each person's first record has an address or a CRM id, and so
have most that else were nothing but a number: who is never more than an office
phone cannot be told from a colleague.

judge ROWS MAP: "precision P recall R wrong N" over pairs of a person's records;
a record's lead is that of its strongest key that is one lead's alone.
"""
import collections
import datetime
import random
import sys

OFFICE, HOME, TABLET, CHANGED, REUSED = .10, .05, .08, .15, .005
FIRST = ("ana ben carla david elena fran gema hugo ines javi karl lola marta nico "
         "olga pablo rosa sara tomas vera").split()
LAST = ("garcia lopez perez sanz ruiz mora vidal soler prat costa leon rey gil cano "
        "vega mas").split()
NOBODY = ["n/a", "test@test.com", "noreply@firm.com"]
NO_NUMBER = ["000000000", "unknown", "12"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def parts(r, people, sizes):
    """The number of each person's part."""
    of, part = [], 0
    while len(of) < people:
        of += [part] * r.choice(sizes)
        part += 1
    return of


def mistype(r, mail):
    local, domain = mail.split("@")
    i = r.randrange(len(local))
    return r.choice([local[:i] + local[i + 1:] + "@" + domain,
                     local[:i] + r.choice(LETTERS) + local[i:] + "@" + domain,
                     local[:i] + local[i] + local[i:] + "@" + domain,
                     local + "@" + domain.replace(".", ".x", 1)])


def spell_mail(r, m):
    return r.choice([m, m, m, m.upper(), m.title(), "mailto:" + m, " " + m])


def spell_phone(r, p):
    return r.choice([p, p, p[:3] + " " + p[3:], p[:3] + "-" + p[3:6] + "-" + p[6:],
                     "+34" + p, "0034" + p])


class Person:
    def __init__(self, r, n, home, firm, used):
        name = ".".join([r.choice(FIRST), r.choice(LAST), r.choice(LAST)])

        def address(domain):
            count = used[name, domain] = used.get((name, domain), 0) + 1
            return name + (str(count) if count > 1 else "") + "@" + domain

        self.mails = [address(f"firm{firm}.com" if r.random() < .6 else "gmail.com")]
        if r.random() < .25:
            self.mails.append(address("yahoo.es"))
        self.crm = [f"C{n}"] if r.random() < .7 else []
        if self.crm and r.random() < .05:
            self.crm.append(f"D{n}")
        self.phones = [f"6{n:08d}"]
        if r.random() < CHANGED:
            self.phones.append(f"7{n:08d}")
        if r.random() < REUSED and n > 100:
            self.phones[-1] = f"6{r.randrange(n):08d}"
        line = r.random()
        self.line = (f"91{firm:07d}" if line < OFFICE else
                     f"93{home:07d}" if line < OFFICE + HOME else None)
        self.devices = [f"v{n}"] + ([f"w{n}"] if r.random() < .5 else [])
        self.tablet = f"tablet{home}" if r.random() < TABLET else None

    def record(self, r, k):
        phone = (self.line if self.line and r.random() < .6 else
                 self.phones[0 if k < 2 else -1])
        device = (self.tablet if self.tablet and r.random() < .5 else
                  r.choice(self.devices))
        mail = self.mails[0] if r.random() < .9 else r.choice(self.mails)
        if r.random() < .02:
            mail = mistype(r, mail)
        row = [r.choice(self.crm) if self.crm and r.random() < .6 else "",
               mail if r.random() < .9 else "",
               phone if r.random() < .6 else "", device if r.random() < .6 else ""]
        noise = r.random()
        if noise < .03:
            row[1] = r.choice(NOBODY)
        elif noise < .05:
            row[2] = r.choice(NO_NUMBER)
        known = row[0] or "@" in row[1] and row[1] not in NOBODY
        number = row[2] and row[2] not in NO_NUMBER
        if not known and (k == 0 or not number or not row[3] and r.random() < .75):
            row[1], known = mail, True
        if row[1] and row[1] not in NOBODY:
            row[1] = spell_mail(r, row[1])
        if row[2] and row[2] not in NO_NUMBER:
            row[2] = spell_phone(r, row[2])
        return row


def make(seed, people):
    r = random.Random(seed)
    homes = parts(r, people, [1, 1, 2, 2, 3, 4])
    firms = parts(r, people, [1, 1, 2, 2, 3, 5, 8, 12])
    r.shuffle(firms)
    used, rows = {}, []
    for n in range(people):
        person = Person(r, n, homes[n], firms[n], used)
        t = datetime.datetime(2025, 1, 1) + datetime.timedelta(minutes=r.randrange(400000))
        for k in range(r.randint(1, 5)):
            rows.append([f"{n}.{k}", t.strftime("%Y-%m-%dT%H:%M:%SZ"),
                         *person.record(r, k)])
            t += datetime.timedelta(minutes=int(r.expovariate(1 / 30000)))
    r.shuffle(rows)
    print("event_id\ttime\tcrm_id\temail\tphone\tvisitor_id")
    for row in rows:
        print(*row, sep="\t")


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
    print(f"precision {pairs(both) / pairs(groups):.6f} "
          f"recall {pairs(both) / pairs(persons):.6f} "
          f"wrong {pairs(groups) - pairs(both)}")


if sys.argv[1] == "make":
    make(int(sys.argv[2]), int(sys.argv[3]))
else:
    judge(sys.argv[2], sys.argv[3])
