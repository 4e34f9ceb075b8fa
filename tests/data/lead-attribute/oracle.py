"""The credit of steps by its definition, in fractions: slow, short, other code.

oracle.py world SEED GROUPS          a random steps table
oracle.py credit OPTIONS... FILE     what lead-attribute must print for it
"""
import random
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
MILESTONES = ["lead", "contacted", "mql", "sql", "opp", "won", "refund", "payment"]
COLUMNS = ["lead_id", "event_id", "time", "precision", "kind", "event", "deal_id",
           "deal_type", "channel", "campaign", "value"]


# --- a world

def cents(rng):
    return rng.choice(["", "0.01", "%d" % rng.randint(1, 900), "%d.%02d" % (rng.randint(1, 9999), rng.randint(0, 99)),
                       "%.6f" % rng.uniform(0, 50), "-5"])


def touch(rng, clock):
    return dict(time=clock, kind="touch", event=rng.choice(["page_view", "webinar", "call_in"]),
                channel=rng.choice(["direct", "email", "paid_search", "organic_search"]),
                campaign=rng.choice(["", "", "spring", "a > b"]))


def milestone(rng, clock, deals):
    event = rng.choice(MILESTONES + ["opp", "won", "won"])
    row = dict(time=clock, kind="milestone", event=event)
    if event in ("opp", "won", "refund", "payment"):
        row["deal_id"] = rng.choice(deals)
        row["value"] = cents(rng)
    if event == "won":
        row["deal_type"] = rng.choice(["", "new", "new", "expansion", "renewal"])
    if event == "refund":
        row["value"] = "-" + str(rng.randint(0, 500))
    return row


def world(seed, groups):
    rng = random.Random(seed)
    out, number = ["\t".join(COLUMNS)], 0
    for g in range(groups):
        clock = datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(hours=rng.randint(0, 2000))
        deals = ["", "D%d" % g, "E%d" % g]
        for _ in range(rng.choice([1, 2, 3, 5, 8, 15])):
            clock += timedelta(seconds=rng.choice([0, 60, 3600, 86400, 86400 * 9, 86400 * 50, 86401 * 7]))
            row = touch(rng, clock) if rng.random() < .6 else milestone(rng, clock, deals)
            row["time"] = clock.strftime("%Y-%m-%dT%H:%M:%SZ")
            row["lead_id"], row["event_id"] = "L%05d" % g, "e%06d" % number
            number += 1
            out.append("\t".join(str(row.get(c, "")) for c in COLUMNS))
        if rng.random() < .1:
            out.append("\t".join(["L%05d" % g, "u%06d" % number, "", "undated", "milestone", "won",
                                  "U%d" % g, "", "", "", "7"]))
    print("\n".join(out))


# --- its credit

def micros(text):
    return int(Decimal(text or "0") * 10**6)


def share(whole, weights):
    """Largest remainder, ties to the earlier; a negative whole as its opposite."""
    if whole < 0:
        return [-x for x in share(-whole, weights)]
    total = sum(weights)
    exact = [Fraction(whole) * w / total for w in weights]
    out = [int(e) for e in exact]
    order = sorted(range(len(out)), key=lambda i: (-(exact[i] - out[i]), i))
    for i in order[:whole - sum(out)]:
        out[i] += 1
    return out


def position(f, m, l):
    def weigh(path, conversion, options):
        n = len(path)
        if n == 1:
            return [1]
        if n == 2:
            return [f, l]
        return [f] + [Fraction(m, n - 2)] * (n - 2) + [l]
    return weigh


def linear_unique(path, conversion, options):
    seen, out = set(), []
    for t in path:
        key = tuple(t[c] for c in options["by"])
        out.append(0 if key in seen else 1)
        seen.add(key)
    return out


def decay(path, conversion, options):
    half = options["half"]
    return [Fraction(Decimal(2) ** (-Decimal((conversion["at"] - t["at"]) / timedelta(microseconds=1))
                                    / Decimal(half / timedelta(microseconds=1)))) for t in path]


def last_non_direct(path, conversion, options):
    last = max([i for i, t in enumerate(path) if t["channel"] != "direct"], default=len(path) - 1)
    return [int(i == last) for i in range(len(path))]


PLAIN = {
    "first": lambda p, c, o: [1] + [0] * (len(p) - 1),
    "last": lambda p, c, o: [0] * (len(p) - 1) + [1],
    "last-non-direct": last_non_direct,
    "linear": lambda p, c, o: [1] * len(p),
    "linear-unique": linear_unique,
    "time-decay": decay,
    "position": position(40, 20, 40),
    "j": position(20, 20, 60),
    "inverse-j": position(60, 20, 20),
}
ROLES = {
    "u": dict(first=400, lead=400, middle=200),
    "w": dict(first=300, lead=300, opp=300, middle=100),
    "full-path": dict(first=225, lead=225, opp=225, close=225, middle=100),
}


def holders(life, base, rows):
    """Role -> index into life of the touch that holds it."""
    def last_before(row):
        above = [i for i, t in enumerate(life) if t["n"] < row["n"]]
        return above[-1] if above else None
    out = {}
    if life:
        out["first"] = 0
        if base["event"] == "won":
            out["close"] = len(life) - 1
    done = [r for r in rows if r["kind"] == "milestone" and r["at"] and r["at"] <= base["at"]]
    leads = [r for r in done if r["event"] == "lead"]
    opps = [r for r in done if r["event"] == "opp" and r["deal_id"] == base["deal_id"]]
    if leads and last_before(leads[0]) is not None:
        out["lead"] = last_before(leads[0])
    if opps and last_before(opps[-1]) is not None:
        out["opp"] = last_before(opps[-1])
    return out


def role_weights(model, life, window, roles):
    weight = ROLES[model]
    mine = {r: i for r, i in roles.items() if r in weight}
    middle = [i for i in range(len(life)) if i in window and i not in mine.values()]
    out = [Fraction(0)] * len(life)
    for role, i in mine.items():
        out[i] += weight[role]
    for i in middle:
        out[i] += Fraction(weight["middle"], len(middle))
    return out


def eligible(base, since, rows, options):
    """The life above a conversion, and the indexes that the lookback leaves."""
    life = [r for r in rows if r["kind"] == "touch" and since < r["n"] < base["n"]
            and (not options["kinds"] or r["event"] in options["kinds"])]
    oldest = None
    if options["lookback"]:
        start = base["at"]
        leads = [r for r in rows if r["event"] == "lead" and r["kind"] == "milestone" and r["at"]]
        if leads and not options["from_conversion"] and leads[0]["at"] <= base["at"]:
            start = leads[0]["at"]
        oldest = start - options["lookback"]

    def inside(touches):
        return {i for i, t in enumerate(touches) if oldest is None or t["at"] >= oldest}
    kept = [t for t in life if t["channel"] not in options["exclude"]]
    if inside(kept) or (kept and not inside(life)):
        life = kept
    return life, inside(life)


def previous(row, rows):
    above = [r for r in rows if r["kind"] == "milestone" and r["event"] == row["event"] and r["at"]
             and r["n"] < row["n"]]
    return above[-1]["n"] if above else -1


def acquisition(row, rows, options):
    for event in ("won", "payment"):
        first = [r for r in rows if r["event"] == event and r["at"]]
        if first:
            return first[0], *eligible(first[0], -1, rows, options)
    return row, *eligible(row, -1, rows, options)


def path_of(row, rows, options):
    """The row whose roles count, its life, the eligible indexes."""
    if not row["at"]:
        return row, [], set()
    if row["event"] == "refund":
        sale = [r for r in rows if r["event"] == "won" and r["at"] and r["deal_id"] == row["deal_id"] != ""]
        return path_of(sale[-1], rows, options) if sale else (row, [], set())
    won = row["event"] == "won"
    if row["event"] == "payment" or won and (options["acquisition"] or row["deal_type"] == "renewal"):
        return acquisition(row, rows, options)
    expansion = won and row["deal_type"] == "expansion"
    since = previous(row, rows) if expansion or options["since_last"] else -1
    life, window = eligible(row, since, rows, options)
    if expansion and not window:
        return acquisition(row, rows, options)
    return row, life, window


def book(row, rows, options, sums):
    booked = "won" if row["event"] == "refund" else row["event"]
    if booked not in options["milestone"] or not row["at"] and options["period"] != "all":
        return
    period = "(all)" if options["period"] == "all" else row["time"][:7]
    whole = (0 if row["event"] == "refund" else 10**6, micros(row["value"]))
    base, life, window = path_of(row, rows, options)
    touches = [life[i] for i in sorted(window)]
    roles = holders(life, base, rows) if life else {}
    for model in options["model"]:
        if model in ROLES:
            earners, weights = life, role_weights(model, life, window, roles)
        else:
            earners, weights = touches, touches and PLAIN[model](touches, base, options)
        pairs = [(t, w) for t, w in zip(earners, weights or []) if w]
        if not pairs:
            pairs = [(dict.fromkeys(options["by"], "(unattributed)"), 1)]
        weights = [w for _, w in pairs]
        for (t, _), c, v in zip(pairs, share(whole[0], weights), share(whole[1], weights)):
            if c or v or "n" not in t:
                key = (model, booked, period) + tuple(t[b] for b in options["by"])
                old = sums.get(key, (0, 0))
                sums[key] = (old[0] + c, old[1] + v)


def put(n):
    text = "%s%d.%06d" % ("-" if n < 0 else "", abs(n) // 10**6, abs(n) % 10**6)
    return text.rstrip("0").rstrip(".")


def span(text):
    return timedelta(**{dict(d="days", h="hours")[text[-1]]: int(text[:-1])}) if text != "0" else None


def parse(argv):
    o = dict(model=["last-non-direct"], milestone=["won"], by=["channel"], lookback=span("90d"),
             from_conversion=False, since_last=False, acquisition=False, exclude=[], kinds=[],
             period="month", half=None)
    while argv:
        name = argv.pop(0)[2:].replace("-", "_")
        if name in ("since_last", "acquisition"):
            o[name] = True
            continue
        value = argv.pop(0)
        if name == "lookback_from":
            o["from_conversion"] = value == "conversion"
        elif name in ("exclude_channel", "touch_kinds"):
            o[dict(exclude_channel="exclude", touch_kinds="kinds")[name]] = value.split(",")
        elif name == "half_life":
            o["half"] = span(value)
        elif name == "lookback":
            o[name] = span(value)
        else:
            o[name] = value if name == "period" else value.split(",")
    days = o["lookback"]
    o["half"] = o["half"] or (span("30d") if days is None else span("7d") if days <= span("30d") else days / 3)
    return o


def credit(argv):
    options, sums, groups = parse(argv[:-1]), {}, {}
    with open(argv[-1]) as table:
        names = table.readline().rstrip("\n").split("\t")
        for n, line in enumerate(table):
            row = dict(zip(names, line.rstrip("\n").split("\t")), n=n)
            row["at"] = row["time"] and datetime.strptime(row["time"] + "+0000", "%Y-%m-%dT%H:%M:%SZ%z")
            groups.setdefault(row["lead_id"], []).append(row)
    for rows in groups.values():
        for row in rows:
            if row["kind"] == "milestone":
                book(row, rows, options, sums)
    print("\t".join(["model", "milestone", "period"] + options["by"] + ["conversions", "value"]))
    for key in sorted(sums):
        print("\t".join(key + (put(sums[key][0]), put(sums[key][1]))))


if __name__ == "__main__":
    if sys.argv[1] == "world":
        world(int(sys.argv[2]), int(sys.argv[3]))
    else:
        credit(sys.argv[2:])
