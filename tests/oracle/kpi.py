#!/usr/bin/env python3
"""kpi.py - the figures of lead-kpi again, from their definitions

world SEED            make steps, spend, goals, hours and holidays in this folder
check PERIOD TABLE    compare TABLE, the output of lead-kpi --period PERIOD with all of
                      these files, --by rep --by first_channel --by first_channel,rep,
                      in Europe/Madrid, as of AS_OF, with what the definitions say

Numbers are fractions; whatever is printed is rounded once, half away from zero.
"""
import bisect
import collections
import datetime as dt
import math
import random
import sys
import zoneinfo
from fractions import Fraction as F

MADRID = zoneinfo.ZoneInfo("Europe/Madrid")
UTC = dt.timezone.utc
AS_OF = dt.datetime(2026, 3, 1, tzinfo=UTC) - dt.timedelta(microseconds=1)
DAY = 86400
SLA = 4 * 3600
OPEN = {0: [(9, 14), (16, 19)], 1: [(9, 14), (16, 19)], 2: [(9, 14), (16, 19)],
        3: [(9, 14), (16, 19)], 4: [(9, 15)], 6: [(0, 4)]}
SHUT = ["2025-12-25", "2026-01-06", "2025-05-01"]
SPEND = "date channel campaign cost impressions clicks kind trackable".split()
STEPS = ("account_id time precision kind event stage lead_id deal_id deal_type method "
         "channel value reason rep").split()


def text(t):
    return t.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- a world ---

def account(r, name):
    """rows of one account: people, their touches and milestones, its deals"""
    start = dt.datetime(2025, 1, 1, tzinfo=UTC)
    rows = []
    rep = lambda: r.choice(["R1", "R2", "", "R3 > x"])

    def add(at, **cells):
        day = r.random() < .08 and cells["event"] in ("opp", "won", "lost", "lead", "contacted")
        if day:
            local = at.astimezone(MADRID)
            at = local.replace(hour=23, minute=59, second=59)
        rows.append(dict(cells, time=text(at), precision="day" if day else "", rep=rep()))

    def near(at, hours):
        return at + dt.timedelta(seconds=r.randrange(int(hours * 3600) + 1))

    for k in range(r.choice([1, 1, 1, 2, 3])):
        lead = f"{name}-{k}"
        at = near(start, 24 * 400)
        for _ in range(r.randrange(3)):
            add(near(at - dt.timedelta(days=3), 70), kind="touch", event="page_view", lead_id=lead,
                channel=r.choice(["email", "paid_search", "paid_social", ""]))
        add(at, kind="milestone", event="lead", lead_id=lead,
            method=r.choice(["form", "form", "chat", "import"]))
        if r.random() < .7:
            add(near(at - dt.timedelta(hours=r.random() < .05 and 2), r.choice([1, 4, 30, 200])),
                kind="milestone", event="contacted", lead_id=lead)
        if r.random() < .5:
            add(near(at, 900), kind="milestone", event="mql", lead_id=lead)
        if r.random() < .4:
            add(near(at, 1500), kind="milestone", event="sql", lead_id=lead)
        if r.random() < .2:
            add(near(at, 900), kind="milestone", event="disqualified", lead_id=lead,
                reason=r.choice(["budget", "student", ""]))
    for k in range(r.choice([0, 0, 1, 1, 2, 3])):
        own = dict(deal_id=f"{name}/{k}", lead_id=f"{name}-0", kind="milestone",
                   deal_type=r.choice(["", "", "new", "expansion", "renewal"]))
        at = near(start, 24 * 420)
        value = lambda: r.choice(["", str(r.randrange(1, 90000)), f"{r.randrange(999)}.{r.randrange(10, 99)}"])
        if r.random() < .9:
            add(at, event="opp", stage=r.choice(["", "talk"]), value=value(), **own)
        for _ in range(r.randrange(3)):
            add(near(at, 700), event="stage", stage=r.choice(["talk", "offer", "legal"]), value=value(), **own)
        end = near(at, 2000)
        outcome = r.choice(["won", "won", "lost", ""])
        if outcome == "won":
            worth = f"{r.randrange(1, 9000)}.{r.randrange(10, 99)}"
            add(end, event="won", value=worth, **own)
            if r.random() < .2:
                add(near(end, 300), event="refund", value=f"-{r.randrange(1, 100)}", **own)
        elif outcome == "lost":
            add(end, event="lost", reason=r.choice(["no response", "No_Response", "price", ""]), **own)
    rows.sort(key=lambda x: (x["time"], x["precision"] == "day"))
    if r.random() < .05:
        rows.append(dict(kind="milestone", event="lead", lead_id=f"{name}-u", time="",
                         precision="undated", rep=rep()))
    return rows


def write(path, columns, rows):
    with open(path, "w", encoding="utf-8") as out:
        print(*columns, sep="\t", file=out)
        for row in rows:
            print(*(row.get(c, "") for c in columns), sep="\t", file=out)


def world(seed):
    r = random.Random(seed)
    steps = []
    for i in range(300):
        name = f"a{i:04}"
        steps += [dict(row, account_id=name) for row in account(r, name)]
    write("steps", STEPS, steps)
    first = dt.date(2025, 1, 1)
    write("spend", SPEND, [dict(
        date=first + dt.timedelta(days=r.randrange(440)), cost=f"{r.randrange(500)}.{r.randrange(10, 99)}",
        channel=r.choice(["email", "paid_search", "paid_social", "display"]),
        impressions=r.choice(["", r.randrange(9000)]), clicks=r.choice(["", r.randrange(200)]),
        kind=r.choice(["ad", "ad", "", "nurture", "event", "tool"]),
        trackable=r.choice(["", "", "yes", "no"])) for _ in range(200)])
    week = "mon tue wed thu fri sat sun".split()
    write("hours", ["weekday", "from", "to"], [
        {"weekday": week[d], "from": f"{a:02}:00", "to": f"{b:02}:00"}
        for d, spans in OPEN.items() for a, b in spans])
    write("holidays", ["date"], [{"date": d} for d in SHUT])
    names = [f"2025-{m:02}" for m in range(1, 13)] + [f"2025-Q{q}" for q in range(1, 5)] + ["2025", "(all)"]
    write("goals", ["period", "dimension", "segment", "kpi", "goal"], [
        dict(period=p, dimension=d, segment=s, kpi="revenue", goal=r.randrange(1, 99999))
        for p in names for d, s in (("", ""), ("rep", "R1"))])


# --- times ---

class When:
    """an instant, or a civil day of Madrid"""

    def __init__(self, row):
        self.dated = row["precision"] != "undated"
        self.day_only = row["precision"] == "day"
        self.at = self.day = None
        if self.dated:
            self.at = dt.datetime.fromisoformat(row["time"].replace("Z", "+00:00"))
            self.day = self.at.astimezone(MADRID).date()


def span(a, b):
    """seconds from a to b, whole civil days when either is known to the day"""
    if a is None or b is None or not a.dated or not b.dated:
        return None
    if a.day_only or b.day_only:
        return (b.day - a.day).days * DAY
    return int((b.at - a.at).total_seconds())


def office(a, b):
    """seconds of opening hours from a to b"""
    total, day = 0, a.astimezone(MADRID).date()
    while day <= b.astimezone(MADRID).date():
        for start, end in OPEN.get(day.weekday(), []) if str(day) not in SHUT else []:
            # 00:00 to 04:00 lies over the changes of the clocks: instants, not clock times
            low = dt.datetime.combine(day, dt.time(start), MADRID).astimezone(UTC)
            high = dt.datetime.combine(day, dt.time(end), MADRID).astimezone(UTC)
            total += max(0, int((min(high, b) - max(low, a)).total_seconds()))
        day += dt.timedelta(days=1)
    return total


def name_of(period, day):
    if period == "all" or day is None:
        return "(all)"
    week = day.isocalendar()
    return {"day": str(day), "week": f"{week[0]:04}-W{week[1]:02}", "month": f"{day:%Y-%m}",
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}", "year": str(day.year)}[period]


# --- the groups ---

class Lead:
    def __init__(self, rows, lead_id):
        own = [r for r in rows if r["lead_id"] == lead_id]
        self.at = {}
        for r in own:
            if r["kind"] == "milestone" and r["event"] in ("lead", "contacted", "mql", "sql", "disqualified"):
                self.at.setdefault(r["event"], When(r))
        first = next(i for i, r in enumerate(own) if r["event"] in self.at and r["kind"] == "milestone")
        at = next((i for i, r in enumerate(own) if r["event"] == "lead"), first)
        self.imported = own[at]["event"] == "lead" and own[at]["method"] == "import"
        self.rep = next((r["rep"] for r in own[at:] if r["rep"]), "")
        touch = next((r for r in own if r["kind"] == "touch"), None)
        self.channel = touch["channel"] if touch else ""
        self.reason = next((r["reason"] for r in own if r["event"] == "disqualified"), "")


class Deal:
    def __init__(self, rows, deal_id):
        self.rows = [r for r in rows if r["deal_id"] == deal_id]
        opp = [i for i, r in enumerate(self.rows) if r["event"] == "opp"]
        end = [i for i, r in enumerate(self.rows) if r["event"] in ("won", "lost")]
        self.opp_at = opp[0] if opp else None
        self.end_at = end[-1] if end else None
        self.opp = When(self.rows[opp[0]]) if opp else None
        self.closed = When(self.rows[end[-1]]) if end else None
        self.outcome = self.rows[end[-1]]["event"] if end else "open"
        self.value = F(self.rows[end[-1]]["value"] or 0) if self.outcome == "won" else F(0)
        home = self.rows[end[-1] if end else opp[0] if opp else 0]
        told = self.rows[end[-1]] if end else [r for r in self.rows if r["event"] != "refund"][-1]
        pick = lambda c: told[c] or next((r[c] for r in reversed(self.rows) if r[c]), "")
        self.rep, self.declared, self.reason = pick("rep"), pick("deal_type"), pick("reason")
        self.refunds = [(When(r), F(r["value"])) for r in self.rows if r["event"] == "refund"]
        self.order = rows.index(home)


class Group:
    def __init__(self, rows):
        of = lambda events, column: list(dict.fromkeys(
            r[column] for r in rows if r["kind"] == "milestone" and r["event"] in events and r[column]))
        self.leads = [Lead(rows, i) for i in of(("lead", "contacted", "mql", "sql", "disqualified"), "lead_id")]
        self.deals = [Deal(rows, i) for i in of(("opp", "won", "lost"), "deal_id")]
        touch = next((r for r in rows if r["kind"] == "touch"), None)
        self.channel = touch["channel"] if touch else ""
        won = [d for d in self.deals if d.outcome == "won"]
        self.first_won = min(won, key=lambda d: d.order, default=None)
        order = [r["lead_id"] for r in rows if r["event"] == "lead"]
        by_id = {r: l for r, l in zip(of(("lead", "contacted", "mql", "sql", "disqualified"), "lead_id"), self.leads)}
        self.first_lead = by_id[order[0]] if order else None
        for d in self.deals:
            first = self.first_won
            d.type = d.declared if d.declared in ("new", "expansion", "renewal") else \
                "new" if first is None or d.order <= first.order else "expansion"


# --- the figures ---

class Book:
    """sums: of[period, dimension, segment][measure]; lengths likewise"""

    def __init__(self, period):
        self.period = period
        self.sums = collections.defaultdict(lambda: collections.defaultdict(F))
        self.rows = collections.defaultdict(lambda: collections.defaultdict(int))
        self.lengths = collections.defaultdict(lambda: collections.defaultdict(list))
        self.first = dt.date.max

    def cells(self, when, rep, channel):
        day = when.day if isinstance(when, When) else when
        if isinstance(when, When) and not when.dated and self.period != "all":
            return []
        self.first = min(self.first, day or self.first)
        rep, channel = rep or "(unknown)", channel or "(unknown)"
        mark = lambda v: v.replace("%", "%25").replace(">", "%3E")
        p = name_of(self.period, day)
        return [(p, "(all)", "(all)"), (p, "rep", rep), (p, "first_channel", channel),
                (p, "first_channel+rep", f"{mark(channel)} > {mark(rep)}")]

    def add(self, cells, measure, amount=1):
        for c in cells:
            self.sums[c][measure] += amount
            self.rows[c][measure] += 1

    def time(self, cells, series, seconds):
        for c in cells:
            self.lengths[c][series].append(seconds)


def book_lead(b, g, lead):
    won = g.first_won is not None
    for m, measure in (("lead", "leads"), ("mql", "mql"), ("sql", "sql")):
        if m in lead.at:
            b.add(b.cells(lead.at[m], lead.rep, lead.channel), measure)
    at = lead.at.get("lead")
    if at is None:
        return
    cells = b.cells(at, lead.rep, lead.channel)
    flag = lambda holds, measure: b.add(cells, measure) if holds else None
    mql, sql, out = ("mql" in lead.at), ("sql" in lead.at), ("disqualified" in lead.at)
    flag(True, "c_leads"), flag(won, "c_won"), flag(mql, "c_mql"), flag(mql and sql, "c_mql_sql")
    flag(sql, "c_sql"), flag(sql and won, "c_sql_won"), flag(out, "c_disq")
    if out:
        for p, d, s in cells:
            end = lead.reason or "(unknown)"
            mark = lambda v: v.replace("%", "%25").replace(">", "%3E")
            seg = end if d == "(all)" else f"{mark(s) if d == 'rep' else s} > {end}"
            key = (p, "reason" if d == "(all)" else d + "+reason", seg)
            b.sums[key]["share"] += 1
            b.sums[key]["whole_of"] = (p, d, s)
    if not at.dated:
        flag(False, ""), respond(b, g, lead, cells)
        return
    for days in (30, 90, 180):
        if (AS_OF - at.at).total_seconds() < days * DAY:
            continue
        flag(True, f"aged_{days}")
        spans = [span(at, d.closed) for d in g.deals if d.outcome == "won"]
        flag(any(s is not None and 0 <= s <= days * DAY for s in spans), f"won_{days}")
    respond(b, g, lead, cells)


def respond(b, g, lead, cells):
    at, answer, won = lead.at["lead"], lead.at.get("contacted"), g.first_won is not None
    due = at.dated and (AS_OF - at.at).total_seconds() >= SLA
    flag = lambda holds, measure: b.add(cells, measure) if holds else None
    flag(due, "due"), flag(due and answer is None, "never")
    if not at.dated or at.day_only or lead.imported or (answer and (not answer.dated or answer.day_only)):
        return
    took = span(at, answer) if answer else None
    if answer and took < 0:
        return
    in_office = office(at.at, answer.at) if answer else None
    if answer:
        b.time(cells, "response", took), b.time(cells, "response_bh", in_office)
    due_bh = office(at.at, AS_OF) >= SLA
    flag(due_bh, "timed_bh"), flag(due_bh and answer and in_office <= SLA, "within_bh")
    if not due:
        return
    within = answer is not None and took <= SLA
    flag(True, "timed"), flag(won, "timed_won"), flag(answer, "answered"), flag(within, "within")
    flag(within and won, "within_won")
    flag(answer and not within, "later"), flag(answer and not within and won, "later_won")


def silent(d):
    return d.outcome == "lost" and d.reason.lower().replace("_", " ") == "no response"


def book_deal(b, g, d):
    at = lambda when: b.cells(when, d.rep, g.channel)
    apart = d.type == "renewal"
    if d.opp:
        b.add(at(d.opp), "opps")
        if not apart:
            b.add(at(d.opp), "opps_new")
    if d.closed:
        cells = at(d.closed)
        b.add(cells, "renewals_closed" if apart else "closed")
        if d.outcome == "lost":
            b.add(cells, "lost")
            if silent(d):
                b.add(cells, "lost_silent")
        else:
            b.add(cells, "deals"), b.add(cells, "won_value", d.value)
            b.add(cells, "revenue", d.value), b.add(cells, "revenue_" + d.type, d.value)
            b.add(cells, "renewals_won" if apart else "closed_won")
            if not apart and d.opp:
                b.add(cells, "opps_won")
            if d is g.first_won and d.type == "new":
                b.add(cells, "customers")
            cycle = span(d.opp, d.closed)
            if not apart and cycle is not None and cycle >= 0:
                b.time(cells, "cycle", cycle)
            lead = g.first_lead.at["lead"] if g.first_lead else None
            start = lead if lead and lead.dated else d.opp
            took = span(start, d.closed)
            if d.type == "new" and took is not None and took >= 0:
                b.time(cells, "to_close", took)
    for when, value in d.refunds:
        b.add(at(when), "refunds", value), b.add(at(when), "revenue", value)
        b.add(at(when), "revenue_" + d.type, value)


def book_cohort(b, g):
    lead = g.first_lead
    cells = b.cells(lead.at["lead"], lead.rep, lead.channel)
    b.add(cells, "accounts")
    if g.first_won:
        b.add(cells, "c_customers")
    for d in g.deals:
        apart, won, lost = d.type == "renewal", d.outcome == "won", d.outcome == "lost"
        for amount in ([d.value] if won else []) + [v for _, v in d.refunds]:
            b.add(cells, "c_revenue", amount)
        for holds, m in ((lost, "c_lost"), (silent(d), "c_lost_silent"), (won and not apart, "c_closed_won"),
                         ((won or lost) and not apart, "c_closed"), (d.opp and not apart, "c_opps"),
                         (won and d.opp and not apart, "c_opps_won")):
            if holds:
                b.add(cells, m)


def book_spend(b, spend):
    days = collections.defaultdict(set)
    for r in spend:
        day = dt.date.fromisoformat(r["date"])
        if day > AS_OF.astimezone(MADRID).date():
            continue
        cells = [c for c in b.cells(day, "", r["channel"]) if c[1] in ("(all)", "first_channel")]
        cost, kind, tracked = F(r["cost"]), r["kind"] or "ad", r["trackable"] != "no"
        b.add(cells, "cost", cost)
        if tracked and kind in ("ad", "nurture", "event"):
            b.add(cells, "cost_sales", cost)
        if tracked and kind == "ad":
            b.add(cells, "cost_ads", cost)
            b.add(cells, "impressions", F(r["impressions"] or 0)), b.add(cells, "clicks", F(r["clicks"] or 0))
            for c in cells:
                days[c].add(day)
    for c, seen in days.items():
        b.sums[c]["ad_days"] = F(len(seen))


def ends(period, first):
    """the last days of each period from that of a day on, up to as-of"""
    last = AS_OF.astimezone(MADRID).date()
    day = first
    while day <= last:
        ahead = day
        while ahead < last and name_of(period, ahead + dt.timedelta(days=1)) == name_of(period, day):
            ahead += dt.timedelta(days=1)
        yield ahead
        day = ahead + dt.timedelta(days=1)


def book_stock(b, groups):
    """what is open at the end of each period, looked at deal by deal"""
    deals = [(g, d) for g in groups for d in g.deals if d.opp and d.type != "renewal" and
             not (d.closed and d.end_at <= d.opp_at)]
    if not deals:
        return
    for end in ends(b.period, min(d.opp.day for _, d in deals)):
        closed, won, standing = collections.Counter(), collections.Counter(), []
        for g, d in deals:
            known = [(When(r), r) for r in d.rows]
            if d.opp.day > end:
                continue
            if d.closed and d.closed.day <= end:
                stages, stage = {None}, ""
                for i, (_, r) in enumerate(known[:d.end_at]):
                    stage = r["stage"] or ("opp" if r["event"] == "opp" else stage)
                    if i >= d.opp_at:
                        stages.add(stage)
                closed.update(stages)
                won.update(stages if d.outcome == "won" else ())
                continue
            stage, value = "", None
            for i, (w, r) in enumerate(known):
                if w.day <= end and (not d.closed or i < d.end_at):
                    stage = r["stage"] or ("opp" if r["event"] == "opp" else stage)
                    value = F(r["value"]) if r["value"] else value
            standing.append((b.cells(end, d.rep, g.channel), stage, value))
        for cells, stage, value in standing:
            b.add(cells, "open")
            if value is not None:
                b.add(cells, "pipeline", value)
            of = stage if closed[stage] else None
            if closed[of]:
                rate = F((2 * won[of] * 10000 + closed[of]) // (2 * closed[of]), 10000)
                b.add(cells, "weighted", (value or 0) * rate)
            else:
                b.add(cells, "unrated")


# --- from sums to rows ---

RATIOS = {
    "avg_deal": "won_value deals", "cpl": "cost_ads leads", "cpql": "cost_ads mql", "cost_per_sql": "cost_ads sql",
    "cac_ads": "cost_ads customers", "cac_full": "cost customers", "cost_per_customer": "cost_sales customers",
    "cac_full_cohort": "cost c_customers", "cost_per_customer_cohort": "cost_sales c_customers",
    "roas": "revenue cost_ads", "roas_cohort": "c_revenue cost_ads", "ad_ctr": "clicks impressions",
    "cpc": "cost_ads clicks", "leads_per_impr": "leads impressions", "mql_per_impr": "mql impressions",
    "lead_value": "revenue leads", "lead_value_cohort": "c_revenue c_leads", "win_rate": "closed_won closed",
    "renewal_rate": "renewals_won renewals_closed", "opp_conversion": "opps_won opps_new",
    "no_response_of_lost": "lost_silent lost", "no_response_of_leads": "lost_silent leads",
    "lead_to_customer": "c_won c_leads", "leads_per_customer": "c_leads c_won", "mql_rate": "c_mql c_leads",
    "mql_to_sql": "c_mql_sql c_mql", "sql_to_won": "c_sql_won c_sql", "disq_rate": "c_disq c_leads",
    "conv_30d": "won_30 aged_30", "conv_90d": "won_90 aged_90", "conv_180d": "won_180 aged_180",
    "mature_cohort": "aged_180 c_leads", "win_rate_cohort": "c_closed_won c_closed",
    "opp_conversion_cohort": "c_opps_won c_opps", "no_response_of_leads_cohort": "c_lost_silent c_leads",
    "no_response_of_lost_cohort": "c_lost_silent c_lost", "never_contacted_rate": "never due",
    "within_4h": "within timed", "within_4h_of_contacted": "within answered", "within_4h_of_won": "within_won timed_won",
    "within_4h_bh": "within_bh timed_bh", "win_if_within_4h": "within_won within", "win_if_later": "later_won later",
}
COSTLY = {"cost", "cost_ads", "impressions", "clicks", "roi", "lead_margin", "cpm"} | {
    k for k, v in RATIOS.items() if set(v.split()) & {"cost", "cost_ads", "cost_sales", "impressions", "clicks"}}
TOTALS = ("leads mql sql accounts opps deals lost customers revenue refunds revenue_new revenue_expansion "
          "revenue_renewal cost cost_ads impressions clicks").split()
# nurture.py has these
ELSEWHERE = {"influenced_revenue", "sourced_revenue", "nurture_uplift", "nurture_uplift_pct",
             "nurture_uplift_annual"}
SERIES = {"response": (3600, False), "response_bh": (3600, False), "cycle_days": (DAY, True),
          "days_to_close": (DAY, True)}
LENGTHS = {"cycle_days": "cycle", "days_to_close": "to_close"}


def rounded(v):
    scaled = abs(v) * 1000000
    n = math.floor(scaled + F(1, 2))
    return F(n, 1000000) * (-1 if v < 0 else 1)


def wilson(k, n):
    z = 1.959963984540054
    reach = z * math.sqrt(z * z + 4 * k * (n - k) / n)
    return [(2 * k + z * z + s * reach) / (2 * (n + z * z)) for s in (-1, 1)]


def days_of(b, p):
    """days of a period up to as-of; all time begins with the first fact"""
    last = AS_OF.astimezone(MADRID).date()
    if p == "(all)":
        return (last - b.first).days + 1
    days = (last - dt.timedelta(days=i) for i in range((last - b.first).days + 93))
    return sum(name_of(b.period, day) == p for day in days)


def figures(b, cell, goal):
    """kpi: (value, numerator, denominator, n)"""
    s, n, lengths = b.sums[cell], b.rows[cell], b.lengths[cell]
    ratio = lambda a, d, count: (rounded(a / d) if d else None, a, d, count)
    out = {k: (s[k], s[k], None, n[k]) for k in TOTALS}
    for k, words in RATIOS.items():
        a, d = words.split()
        out[k] = ratio(s[a], s[d], n[d])
    out["loss_rate"] = ratio(s["closed"] - s["closed_won"], s["closed"], n["closed"])
    out["loss_rate_cohort"] = ratio(s["c_closed"] - s["c_closed_won"], s["c_closed"], n["c_closed"])
    out["roi"] = ratio(s["revenue"] - s["cost"], s["cost"], n["cost"])
    out["lead_margin"] = ratio(s["revenue"] - s["cost_ads"], s["leads"], n["leads"])
    out["cpm"] = ratio(1000 * s["cost_ads"], s["impressions"], n["impressions"])
    days = s["ad_days"] or F(days_of(b, cell[0]))
    out["leads_per_day"] = ratio(s["leads"], days, int(days))
    if s["c_leads"] and s["deals"]:
        out["expected_lead_value"] = (rounded(s["c_won"] / s["c_leads"] * s["won_value"] / s["deals"]), None, None, n["deals"])
    for k, (unit, beside) in SERIES.items():
        v = sorted(lengths[LENGTHS.get(k, k)])
        count = n["open"] if beside else len(v)
        low, high = v[(len(v) - 1) // 2] if v else 0, v[len(v) // 2] if v else 0
        out[k + "_mean"] = (rounded(F(sum(v), len(v) * unit)) if v else None, rounded(F(sum(v), unit)), F(len(v)), count)
        out[k + "_median"] = (rounded(F(low + high, 2 * unit)) if v else None, None, F(len(v)), count)
        out[k + "_p90"] = (rounded(F(v[math.ceil(len(v) * 9 / 10) - 1], unit)) if v else None, None, F(len(v)), count)
    out["open_opps"] = (F(n["open"]), F(n["open"]), None, n["open"])
    out["pipeline"] = (s["pipeline"], s["pipeline"], None, n["pipeline"])
    weighted = None if n["unrated"] else s["weighted"]
    out["weighted_pipeline"] = (weighted, weighted, None, n["pipeline"])
    forecast = None if weighted is None else weighted + s["revenue"]
    out["forecast"] = (forecast, forecast, None, n["pipeline"] + n["revenue"])
    cycle = sorted(lengths["cycle"])
    twice = cycle[(len(cycle) - 1) // 2] + cycle[len(cycle) // 2] if cycle else 0
    if s["closed"] and s["deals"] and twice:
        out["velocity_day"] = (rounded(n["open"] * s["closed_won"] / s["closed"] * s["won_value"] / s["deals"] /
                                       F(twice, 2 * DAY)), None, None, n["open"])
    out["coverage_ratio"] = (rounded(s["pipeline"] / goal) if goal else None, s["pipeline"], goal, n["pipeline"])
    if goal is not None:
        out["revenue_goal"] = (goal, goal, None, 1)
        out["revenue_attainment"] = (rounded(s["revenue"] / goal), s["revenue"], goal, n["revenue"])
    if s["whole_of"]:
        whole = s["whole_of"]
        out = {"disq_share": ratio(s["share"], b.sums[whole]["c_disq"], b.rows[whole]["c_disq"])}
    return out


def read(path):
    with open(path, encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        return [dict(zip(head, line.rstrip("\n").split("\t"))) for line in f]


def build(period):
    rows, groups = collections.defaultdict(list), []
    for r in read("steps"):
        if r["precision"] == "undated" or When(r).at <= AS_OF:
            rows[r["account_id"]].append(r)
    b = Book(period)
    for own in rows.values():
        g = Group(own)
        groups.append(g)
        for lead in g.leads:
            book_lead(b, g, lead)
        for d in g.deals:
            book_deal(b, g, d)
        if g.first_lead:
            book_cohort(b, g)
    book_spend(b, read("spend"))
    book_stock(b, groups)
    return b


def check(period, table):
    b = build(period)
    goals = {(g["period"], g["dimension"] or "(all)", g["segment"] or "(all)"): F(g["goal"])
             for g in read("goals")}
    num = lambda t: F(t) if t != "" else None
    seen, wrong, checked = set(), [], 0
    for r in read(table):
        cell = (r["period"], r["dimension"], r["segment"])
        if cell not in seen:
            seen.add(cell)
            made = figures(b, cell, goals.get(cell))
        want = made.get(r["kpi"])
        if want is None:
            if r["value"] != "" and r["kpi"] not in ELSEWHERE:
                wrong.append((cell, r["kpi"], "is not defined here"))
            continue
        if r["kpi"] in COSTLY and "rep" in r["dimension"]:
            want = (None, None, None, 0)
        got = (num(r["value"]), num(r["numerator"]), num(r["denominator"]), int(r["n"]))
        checked += 1
        if got != want:
            wrong.append((cell, r["kpi"], tuple(map(str, got)), tuple(map(str, want))))
        if r["lo"] != "":
            bounds = wilson(int(want[1]), int(want[2]))
            if any(abs(float(r[k]) - v) > 6e-7 for k, v in zip(("lo", "hi"), bounds)):
                wrong.append((cell, r["kpi"], r["lo"], r["hi"], bounds))
    # a cell with facts of its own is told
    for cell, s in b.sums.items():
        if cell not in seen and any(v for k, v in s.items() if k != "whole_of"):
            wrong.append((cell, "is not there"))
    for w in wrong[:20]:
        print(*w)
    print(f"{checked} figures, {len(wrong)} wrong")
    return 1 if wrong or checked < 1000 else 0


if __name__ == "__main__":
    sys.exit(world(int(sys.argv[2])) if sys.argv[1] == "world" else check(*sys.argv[2:4]))
