#!/usr/bin/env python3
"""fit.py RULES TABLE OUTCOME [LAMBDA] - the points of given rules, by the definition

A ridge logistic over the rules as 0/1 columns (lambda / 2 times the squares, free
intercept), stretched by slope * (1 - p / LR), 10 points a doubling. Prints each rule's
points, then the intercept of those points, with six decimals. Plain Newton on dense
lists: small tables only.
"""
import math
import sys


def table(path, comments):
    with open(path, encoding="utf-8") as f:
        lines = [x for x in f.read().split("\n") if x and not (comments and x[0] == "#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:]]


def number(t):
    try:
        return float(t)
    except ValueError:
        return None


def holds(rule, lead):
    cell, op, value = lead[rule["column"]], rule["op"], rule["value"]
    if cell == "":
        return op == "!?"
    if op == "?":
        return True
    if op == "=":
        return cell == value
    if op == "in":
        return cell in value.split(",")
    x = number(cell)
    return x is not None and (x >= float(value) if op == ">=" else x < float(value))


def solve(a, b):
    """Gauss with pivots, in place."""
    n = len(b)
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(a[i][k]))
        a[k], a[p], b[k], b[p] = a[p], a[k], b[p], b[k]
        for i in range(k + 1, n):
            f = a[i][k] / a[k][k]
            if f:
                for j in range(k, n):
                    a[i][j] -= f * a[k][j]
                b[i] -= f * b[k]
    for k in reversed(range(n)):
        b[k] = (b[k] - sum(a[k][j] * b[j] for j in range(k + 1, n))) / a[k][k]
    return b


def logistic(rows, y, ridge, offset=None):
    """Rows of numbers, the first the intercept's 1; coefficients and log likelihood."""
    n = len(rows[0])
    offset = offset or [0.0] * len(rows)
    beta = [0.0] * n
    for _ in range(100):
        g = [-(ridge if k else 0) * beta[k] for k in range(n)]
        h = [[ridge if i == j and i else 0.0 for j in range(n)] for i in range(n)]
        loglik = 0
        for x, won, o in zip(rows, y, offset):
            eta = o + sum(a * b for a, b in zip(x, beta))
            p = 1 / (1 + math.exp(-eta))
            loglik += math.log(p if won else 1 - p)
            for i in range(n):
                if x[i]:
                    g[i] += x[i] * (won - p)
                    for j in range(n):
                        h[i][j] += p * (1 - p) * x[i] * x[j]
        step = solve(h, g)
        beta = [a + b for a, b in zip(beta, step)]
        if max(map(abs, step)) < 1e-12:
            break
    return beta, loglik


def main():
    rules = table(sys.argv[1], True)
    leads = [x for x in table(sys.argv[2], False) if x[sys.argv[3]] != ""]
    ridge = float(sys.argv[4]) if len(sys.argv) > 4 else 10
    y = [int(x[sys.argv[3]]) for x in leads]
    rows = [[1.0] + [float(holds(r, x)) for r in rules] for x in leads]
    beta, _ = logistic(rows, y, ridge)
    eta = [sum(a * b for a, b in zip(x[1:], beta[1:])) for x in rows]
    (_, slope), fitted = logistic([[1.0, e] for e in eta], y, 0)
    _, null = logistic([[1.0]] * len(y), y, 0)
    scale = slope * (1 - len(rules) / (2 * (fitted - null)))
    points = [math.floor(abs(b) * scale * 10 / math.log(2) + .5) * (1 if b > 0 else -1)
              for b in beta[1:]]
    offset = [sum(a * b for a, b in zip(x[1:], points)) * math.log(2) / 10 for x in rows]
    (intercept,), _ = logistic([[1.0]] * len(y), y, 0, offset)
    for r, p in zip(rules, points):
        print(r["column"], r["op"], r["value"], p, sep="\t")
    print("# intercept %.6f" % intercept)


main()
