#!/usr/bin/env python3
"""nights.py OLD NEW LOG - may the ids of two nights differ as they do?

Of keys that are one lead's alone on both nights: whose lead had the same keys'
worth of leads on both (no merge, no split) keeps its id; an id that a key has
lost is in the log as merged_id, with the one that it has now; a lead that has
all keys of some old leads has the id of one of them. Prints "kept K changed C".
"""
import collections
import sys


def read(path):
    rows = [line.split("\t") for line in open(path).read().splitlines()[1:]]
    return {(kind, key): lead for kind, key, lead, _, since, _ in rows if not since}


old, new = read(sys.argv[1]), read(sys.argv[2])
told = {(row[3], row[2]) for row in
        (line.split("\t") for line in open(sys.argv[3]).read().splitlines()[1:])}
now, before = collections.defaultdict(set), collections.defaultdict(set)
for key in old.keys() & new.keys():
    now[old[key]].add(new[key])
    before[new[key]].add(old[key])
wrong, kept, changed = [], 0, 0
for key in sorted(old.keys() & new.keys()):
    was, is_ = old[key], new[key]
    kept += was == is_
    changed += was != is_
    if was != is_ and now[was] == {is_} and before[is_] == {was}:
        wrong.append(f"changed without a merge or split: {key} {was} {is_}")
    if was != is_ and (was, is_) not in told:
        wrong.append(f"not in the log: {key} {was} {is_}")
    if all(now[w] == {is_} for w in before[is_]) and is_ not in before[is_]:
        wrong.append(f"merged into an id that none had: {key} {was} {is_}")
print(f"kept {kept} changed {changed}")
print("\n".join(wrong), end="", file=sys.stderr)
sys.exit(bool(wrong))
