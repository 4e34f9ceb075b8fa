#!/usr/bin/env python3
"""identity.py ROWS OUT - union-find over the keys of each row, no guard"""
import sys

parent = {}


def find(k):
    while parent[k] != k:
        parent[k] = parent[parent[k]]
        k = parent[k]
    return k


with open(sys.argv[1]) as rows:
    next(rows)
    for line in rows:
        _, phone, visitor = line.rstrip("\n").split("\t")
        a = find(parent.setdefault("p" + phone, "p" + phone))
        b = find(parent.setdefault("v" + visitor, "v" + visitor))
        parent[max(a, b)] = min(a, b)
with open(sys.argv[2], "w") as out:
    for k in sorted(parent):
        print(k, find(k), sep="\t", file=out)
