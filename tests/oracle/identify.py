#!/usr/bin/env python3
"""identify.py - the identity map of a small table of events, by the definition

Slow and plain on purpose: keys are taken type by type, people are sets, and
the lead id is hashlib's. Values here are their own normal forms.
"""
import base64
import hashlib
import sys

TYPES = ["crm_id", "email", "phone", "visitor_id"]
SINGLE = {"crm_id", "email"}
VISIT = 30 * 60


def seconds(t):
    import calendar
    import time
    return calendar.timegm(time.strptime(t, "%Y-%m-%dT%H:%M:%SZ"))


def read(lines):
    head = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(head, line.split("\t")))
        keys = {t: row[t] for t in TYPES if row.get(t)}
        if not keys or list(keys) == ["visitor_id"]:
            continue
        yield (seconds(row["time"]) if row["time"] else None, keys,
               row.get("account_id", ""), row["time"])


def claimant(claims, at):
    if at is None:
        return None
    dated = sorted((c for c in claims if c[0] is not None), key=lambda c: (c[0], c[1]))
    later = [c for c in dated if at <= c[0] <= at + VISIT]
    before = [c for c in dated if c[0] < at]
    if later:
        return later[0][1]
    if before:
        return [c for c in before if c[0] == before[-1][0]][0][1]
    return None


def solve(rows):
    contested = set()
    people, shared, first, found = solve_once(rows, contested)
    if found:
        people, shared, first, _ = solve_once(rows, found)
    return people, shared, first


def solve_once(rows, contested):
    """found: the keys that the guard shows to be contested."""
    found = set()
    people = {}   # key -> the set of its person's keys
    shared = {}   # key -> [(time, another key)]
    never = float("inf")
    first = {}
    for at, keys, _, _ in rows:
        for key in keys.items():
            at_key = never if at is None else at
            first[key] = min(first.get(key, never), at_key)

    def holds(person):
        """Types of its keys, and of single-valued ones that it claims."""
        return {k[0] for k in person} | {s[0] for s, said in shared.items()
                                         if s[0] in SINGLE and any(k in person for _, k in said)}

    def own(keys, level, at):
        for t in TYPES[:level]:
            key = (t, keys.get(t))
            if t in keys and key not in shared:
                return key
            if t in keys and t in SINGLE:
                return claimed(key, at)

    def claimed(key, at):
        who = claimant([(a, (TYPES.index(k[0]), k[1])) for a, k in shared[key]], at)
        return who and (TYPES[who[0]], who[1])

    def lent(keys, level, at):
        for t in TYPES[:level]:
            key = (t, keys.get(t))
            if key in shared and claimed(key, at):
                return claimed(key, at)

    for level, kind in enumerate(TYPES):
        values = sorted((k for k in first if k[0] == kind), key=lambda k: (first[k], k[1]))
        for key in values:
            people[key] = {key}
        waiting = []
        for key in values:
            mine = [r for r in rows if r[1].get(kind) == key[1]]
            sure = [(r[0], own(r[1], level, r[0])) for r in mine]
            said = [s for s in sure if s[1]]
            surely = bool(said)
            if not said:
                said = [(r[0], lent(r[1], level, r[0])) for r in mine]
                said = [s for s in said if s[1]]
            if said:
                waiting.append((key, said, surely))

        def persons(said):
            return {id(people[k]): people[k] for _, k in said}

        def doubtful(key, said):
            """By a row with a single-valued key it is one's, by another weak key
            somebody else's."""
            known = persons([s for s in said if s[1][0] in SINGLE])
            held = {t for p in known.values() for t in holds(p)
                    if t in SINGLE and TYPES.index(t) < level}
            return {k for _, weak in said if weak[0] not in SINGLE
                    and id(people[weak]) not in known
                    and holds(people[weak]) & held
                    for k in (weak, key)}

        def join(key, said):
            whole = set(people[key]).union(*(people[k] for _, k in said))
            for k in whole:
                people[k] = whole

        for key, said, surely in waiting:
            if key in contested:
                shared[key] = said
            elif len(persons(said)) == 1:
                join(key, said)
        for key, said, surely in waiting:
            if key in contested:
                continue
            these = list(persons(said).values())
            if len(these) == 1:
                join(key, said)
                continue
            strong = [t for t in TYPES[:level] if t in SINGLE]
            two = any(sum(t in holds(p) for p in these) > 1 for t in strong)
            if surely and not two:
                join(key, said)
            else:
                shared[key] = said
                if surely:
                    found |= doubtful(key, said)
    return people, shared, first, found


def main():
    rows = list(read(sys.stdin.read().splitlines()))
    people, shared, first = solve(rows)
    text = {}
    for at, _, _, t in rows:
        text[at] = t

    def lead(person):
        keys = [k for k in person if k not in shared]
        if all(k[0] == "visitor_id" for k in keys):
            return None
        t, v = min(keys, key=lambda k: (TYPES.index(k[0]), first[k], k[1]))
        digest = hashlib.sha256(f"{t}\0{v}".encode()).digest()[:16]
        return base64.b32encode(digest).decode().lower().rstrip("=")

    accounts = {}
    for at, keys, account, _ in rows:
        if not account:
            continue
        for t in TYPES:
            if t in keys and (t, keys[t]) not in shared:
                name = lead(people[(t, keys[t])])
                new = (-1 if at is None else at, account)
                accounts[name] = max(accounts.get(name, new), new)
                break
    out = set()
    for key in first:
        if key in shared:
            for at, k in shared[key]:
                if at is not None:
                    name = lead(people[k])
                    out.add((*key, name, accounts.get(name, (0, ""))[1], text[at],
                             "shared"))
        else:
            name = lead(people[key])
            if name:
                out.add((*key, name, accounts.get(name, (0, ""))[1], "", ""))
    print("key_type\tkey\tlead_id\taccount_id\tsince\trule")
    for line in sorted("\t".join(o) for o in out):
        print(line)


main()
