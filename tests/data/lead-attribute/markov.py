"""The removal effects of a table of paths by their definition, to fifty digits.

markov.py ORDER FILE [NAME ...]    rows of those names, or of all: what
    lead-attribute --from-paths --model markov:ORDER --removal prints after the milestone
"""
import sys
from decimal import Decimal, getcontext, ROUND_HALF_UP

getcontext().prec = 50


def read(path, order):
    """Transition counts, starts and ends by state."""
    step, start, end = {}, {}, {}
    for line in open(path).read().splitlines()[1:]:
        names, conversions, value, nulls = line.split("\t")
        if not names:
            continue
        names = names.split(" > ")
        names = [n for i, n in enumerate(names) if i == 0 or names[i - 1] != n]
        won, worth, lost = (Decimal(x or 0) for x in (conversions, value, nulls))
        walks = won + lost
        states = [tuple(names[i:i + order]) for i in range(max(1, len(names) - order + 1))]
        start[states[0]] = start.get(states[0], 0) + walks
        for a, b in zip(states, states[1:]):
            step.setdefault(a, {})
            step[a][b] = step[a].get(b, 0) + walks
        e = end.setdefault(states[-1], [Decimal(0)] * 3)
        end[states[-1]] = [e[0] + won, e[1] + worth, e[2] + lost]
    return step, start, end


def solve(step, start, end, removed):
    """What a walk brings: conversions and value, by eliminating state after state."""
    states = sorted(set(start) | set(step) | set(end) | {b for s in step.values() for b in s})
    rows = {}
    for s in states:
        row = dict(step.get(s, {}))
        won, worth, lost = end.get(s, [Decimal(0)] * 3)
        out = sum(row.values(), Decimal(0)) + won + lost
        if out and removed not in s:
            rows[s] = [{b: n / out for b, n in row.items() if n}, won / out, worth / out]
        else:
            rows[s] = [{}, Decimal(0), Decimal(0)]
    walks = sum(start.values(), Decimal(0))
    first = [{s: n / walks for s, n in start.items()}, Decimal(0), Decimal(0)]
    into = {s: {t for t in states if s in rows[t][0]} for s in states}
    for s in states:
        go, won, worth = rows[s]
        back = 1 - go.pop(s, Decimal(0))
        go = {b: p / back for b, p in go.items()}
        won, worth = won / back, worth / back
        for t in [u for u in into[s] if u in rows and u != s] + [None]:
            row = first if t is None else rows[t]
            p = row[0].pop(s, None)
            if p is None:
                continue
            for b, q in go.items():
                row[0][b] = row[0].get(b, Decimal(0)) + p * q
                if t is not None:
                    into[b].add(t)
            row[1] += p * won
            row[2] += p * worth
        del rows[s]
    return first[1], first[2]


def text(x):
    x = x.quantize(Decimal("1e-15"), ROUND_HALF_UP)
    x = format(x, "f").rstrip("0").rstrip(".")
    return "0" if x in ("-0", "") else x


def main(order, path, chosen):
    chain = read(path, order)
    names = sorted({n for part in chain for s in part for n in s}, key=lambda n: n.encode())
    whole = solve(*chain, None)
    for name in ["(all)"] + names:
        if chosen and name not in chosen:
            continue
        got = whole if name == "(all)" else solve(*chain, name)
        print(name, text(got[0]), text(got[1]),
              *(text(1 - g / w) if w else "0" for g, w in zip(got, whole)), sep="\t")


main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
