#!/usr/bin/env python3
"""A random world of deals and leads, and its funnel as the manual defines it.

usage: funnel.py SEED DIR
Writes DIR/in, DIR/stages, DIR/credit, and for each line of DIR/runs (options of
lead-funnel, a tab, a name) the table DIR/NAME. Slow and plain on purpose.
"""
import random
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

UTC = timezone.utc
MADRID = ZoneInfo('Europe/Madrid')
AS_OF = datetime(2026, 9, 1, 0, 0, 0, tzinfo=UTC)
DAY = Fraction(86400)
LEAD_EVENTS = ('lead', 'contacted', 'mql', 'sql', 'disqualified')
PASSING = ('meeting', 'proposal', 'stage', 'opp', 'won', 'lost')

DEAL_STAGES = [('call', 1, 'open', ''), ('demo', 3, 'open', '20'), ('trial', 3, 'open', ''),
               ('proposal', 4, 'open', '2.5'), ('won', 9, 'won', ''), ('dead', 2, 'lost', ''),
               ('lost', 5, 'lost', '')]
LEAD_STAGES = [('lead', 1, 'open', '10'), ('mql', 2, 'open', ''), ('warm', 3, 'open', '400'),
               ('opp', 5, 'open', ''), ('proposal', 6, 'open', ''), ('won', 7, 'won', ''),
               ('disqualified', 8, 'lost', ''), ('gone', 9, 'lost', '')]


# --- the world ---

def world(rnd, of_leads):
    rows = []
    for g in range(60):
        key = 'G%02d' % g
        people = ['%s-%d' % (key, i) for i in range(rnd.choice((1, 1, 1, 2, 3)))]
        group, kinds = [], ('',)

        def row(lead, event, stage='', deal='', value=''):
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(
                seconds=rnd.choice((rnd.randrange(270 * 86400), rnd.randrange(40) * 86400 * 5)))
            precision = rnd.choices(('', 'day', 'undated'), (16, 5, 1))[0]
            if precision == 'day':
                local = at.astimezone(MADRID).replace(hour=23, minute=59, second=59, microsecond=0)
                at = local.astimezone(UTC)
            group.append({'key': key, 'at': None if precision == 'undated' else at,
                          'precision': precision, 'kind': 'milestone', 'event': event,
                          'stage': stage, 'lead': lead, 'deal': deal, 'value': value,
                          'deal_type': rnd.choice(kinds) if deal else '',
                          'rep': rnd.choice(('R1', 'R2', '')) if deal else '',
                          'reason': rnd.choice(('price', 'silent', ''))})
        for lead in people:
            if rnd.random() < .9:
                row(lead, 'lead')
            for event in ('contacted', 'mql', 'sql', 'disqualified'):
                if rnd.random() < .35:
                    row(lead, event)
            if of_leads and rnd.random() < .4:
                row(lead, 'stage', 'warm')
        for d in range(rnd.choice((0, 1, 1, 2, 3))):
            deal = '%s-d%d' % (key, d) if rnd.random() < .9 else ''
            kinds = rnd.choice((('',), ('',), ('new', ''), ('renewal', '')))
            lead = rnd.choice(people + [''])
            if rnd.random() < .8:
                row(lead, 'opp', '', deal, str(rnd.randrange(1, 900)))
            for _ in range(rnd.choice((0, 1, 2, 3, 5))):
                row(lead, 'stage', rnd.choice(('call', 'call', 'demo', 'trial', 'proposal', 'won',
                                               'dead', 'warm', 'strange')), deal,
                    rnd.choice(('', '', '10.25')))
            for event in ('meeting', 'proposal', 'won', 'lost'):
                if rnd.random() < .33:
                    row(lead, event, '', deal, '%d' % rnd.randrange(500) if event == 'won' else '')
            if deal and rnd.random() < .15:
                row(lead, 'refund', '', deal, '-%d' % rnd.randrange(1, 50))
        if rnd.random() < .05:
            row('', 'stage', 'call', '')
        group.sort(key=lambda r: (r['at'] is None, r['at'] or AS_OF, rnd.random()))
        rows += group
    for i, r in enumerate(rows):
        r['id'] = 'e%05d' % i
    return rows


# --- time ---

def day_of(r, zone):
    return r['at'].astimezone(MADRID if r['precision'] == 'day' else zone).date()


class When:
    def __init__(self, r, zone):
        self.dated = r['at'] is not None
        self.day_only = r['precision'] == 'day'
        self.at = r['at']
        self.day = day_of(r, zone) if self.dated else None


def span(a, b):
    """Seconds, or None."""
    if not a.dated or not b.dated:
        return None
    if a.day_only or b.day_only:
        return Fraction((b.day - a.day).days) * DAY
    return Fraction((b.at - a.at) // timedelta(microseconds=1), 1000000)


# --- deals ---

class Deal:
    def __init__(self, ident):
        self.id, self.rows, self.outcome, self.opp = ident, [], None, None
        self.refunds = []
        self.end = None

    def value(self):
        if self.outcome == 'won':
            return Fraction(self.end['value'] or 0)
        told = [r['value'] for r in self.rows if r['value'] != '']
        return Fraction(told[-1]) if told else None

    def revenue(self):
        base = self.value() if self.outcome == 'won' else 0
        return base + sum(Fraction(r['value']) for r in self.refunds)

    def cell(self, name):
        """Of its end, else its latest row with a date; then the last row first."""
        dated = [r for r in self.rows if r['at'] is not None]
        first = self.end or (dated[-1] if dated else self.rows[0])
        if first[name]:
            return first[name]
        return next((r[name] for r in reversed(self.all) if r[name]), '')


def deals_of(group):
    deals = []
    for r in group:
        if r['event'] not in PASSING:
            continue
        if r['deal']:
            found = [d for d in deals if d.id == r['deal']]
        else:
            found = [d for d in deals if not d.id and d.outcome is None and
                     not (r['event'] == 'opp' and d.opp)]
        if not found:
            found = [Deal(r['deal'])]
            deals += found
        d = found[0]
        d.rows.append(r)
        if r['event'] == 'opp' and not d.opp:
            d.opp = r
        if r['event'] in ('won', 'lost'):
            d.outcome, d.end = r['event'], r
    for d in deals:
        d.all = [r for r in group if r['deal'] == d.id] if d.id else d.rows
        d.refunds = [r for r in d.all if r['event'] == 'refund'] if d.id else []
    return deals


# --- the way through the stages ---

class Pipeline:
    def __init__(self, rows):
        self.v = {key: (int(order), kind, limit) for key, order, kind, limit in rows}
        self.orders = sorted({o for o, kind, _ in self.v.values() if kind != 'lost'})
        self.level = {k: self.orders.index(o) if kind != 'lost' else -1
                      for k, (o, kind, _) in self.v.items()}
        ranked = sorted(self.v, key=lambda k: (self.v[k][1] == 'lost', self.v[k][0],
                                               {'open': 0, 'lost': 1, 'won': 2}[self.v[k][1]], k))
        self.rank = {k: i for i, k in enumerate(ranked)}
        self.ranked = ranked

    def kind(self, key):
        return self.v[key][1]

    def end(self, kind):
        return next(k for k in self.ranked if self.kind(k) == kind)

    def first_of(self, level):
        return next(k for k in self.ranked if self.level[k] == level)

    def stage_of(self, r):
        key = r['stage'] if r['event'] == 'stage' else r['event']
        if key in self.v:
            return key
        if r['event'] == 'won':
            return self.end('won')
        if r['event'] in ('lost', 'disqualified'):
            return self.end('lost')
        return None


class Way:
    pass


def way_of(p, zone, rows, deal, first=None):
    """rows: those that may enter a stage, without the row of the deal's outcome."""
    w = Way()
    known = [(p.stage_of(r), When(r, zone), r) for r in rows if p.stage_of(r)]
    told = {p.kind(s) for s, _, r in known if r['event'] == 'stage'}
    strange = any(r['event'] == 'stage' and r['stage'] not in p.v for r in rows)
    known = [(s, t) for s, t, r in known
             if p.kind(s) == 'open' or r['event'] == 'stage' or p.kind(s) not in told]
    if first is not None and first.dated:
        known = [(s, first if t.dated and t.at < first.at else t) for s, t in known]
    order = {'open': 0, 'lost': 1, 'won': 2}
    known.sort(key=lambda e: (not e[1].dated, e[1].at or AS_OF, order[p.kind(e[0])], p.rank[e[0]]))
    w.entered, w.moves, w.returned = set(), [], set()
    place, since, last_open = None, None, None

    def go(to, t):
        nonlocal place, since, last_open
        if place is not None and p.kind(to) == 'open' and (
                p.kind(place) != 'open' or p.level[to] < p.level[place]):
            w.returned.add(to)
        stay = span(since, t) if place is not None else None
        w.moves.append((place, to, t, None if stay is None or stay < 0 else stay))
        place, since = to, t
        if p.kind(to) == 'open':
            w.entered.add(to)
            last_open = to
    dated = any(t.dated for _, t in known)
    for s, t in known:
        if dated and not t.dated and p.kind(s) == 'open':
            w.entered.add(s)
        elif s != place:
            go(s, t)
    if deal is not None and deal.outcome and (place is None or p.kind(place) != deal.outcome):
        t = When(deal.end, zone)
        if since is not None and span(since, t) is not None and span(since, t) < 0:
            t = since
        go(p.end(deal.outcome), t)
    w.apart = deal is not None and deal.cell('deal_type') == 'renewal' and not w.entered
    w.any = place is not None
    w.elsewhere = strange and not w.entered and not (told & {'won', 'lost'})
    if not w.any:
        w.state, w.furthest = 'open', 0
        return w
    w.place, w.since, w.begun = place, since, w.moves[0][2]
    w.state = p.kind(place)
    w.open_at = last_open or p.ranked[0]
    w.furthest = max([p.level[s] for s in w.entered] + [0])
    if w.state == 'won':
        w.furthest = p.level[place]
    return w


def counts(w):
    return w.any and not w.elsewhere and not w.apart


def reached(p, w, s, strict):
    if p.kind(s) == 'lost':
        return w.place == s
    if s == w.place or s in w.entered:
        return True
    if strict:
        return False
    return p.level[s] < w.furthest or (
        not w.entered and w.state == 'lost' and s == p.ranked[0])


def skipped(p, w, s):
    return 0 <= p.level[s] < w.furthest and not any(
        p.level[x] == p.level[s] for x in w.entered)


# --- units ---

class Unit:
    pass


def units(rows, p, zone, of_leads):
    groups = defaultdict(list)
    for r in rows:
        if r['at'] is None or r['at'] <= AS_OF:
            groups[r['key']].append(r)
    for key in sorted(groups):
        group = groups[key]
        deals = deals_of(group)
        for d in deals:
            d.way = way_of(p, zone, [r for r in d.rows if r is not d.end], d)
        wons = [d for d in deals if d.outcome == 'won']
        first_won = min(wons, key=lambda d: group.index(d.end)) if wons else None
        customer = bool(wons) or any(d.way.any and not d.way.elsewhere and d.way.state == 'won'
                                     for d in deals)
        leads = []
        for r in group:
            if r['event'] in LEAD_EVENTS and r['lead'] not in leads:
                leads.append(r['lead'])
        earliest = next((r['lead'] for r in group if r['event'] == 'lead'), None)
        for d in deals:
            told = (d.end or d.opp or d.rows[0])['lead']
            d.lead = told if told in leads else earliest
        if not of_leads:
            for d in deals:
                u = Unit()
                u.way, u.deal, u.lead, u.key = d.way, d, d.lead, key
                u.value, u.revenue = d.value(), d.revenue()
                u.rep, u.reason = d.cell('rep'), d.cell('reason')
                u.safe = customer
                if customer and d.way.any and first_won is not None:
                    t = span(When(first_won.end, zone), d.way.begun)
                    u.safe = not (t is not None and t > 0)
                yield u
            continue
        for lead in leads:
            heir = '' if '' in leads else earliest or leads[0]
            yield lead_unit(p, zone, group, deals, lead, heir, key, customer)


def lead_unit(p, zone, group, deals, lead, heir, key, customer):
    real = [d for d in deals if (d.id or d.opp or d.outcome) and d.way.any and
            not d.way.elsewhere and not d.way.apart]
    rank = {'lost': 0, 'open': 1, 'won': 2}
    best = None
    for d in real:
        if best is None or (rank[d.way.state], d.way.furthest) > (
                rank[best.way.state], best.way.furthest):
            best = d
    own = [r for r in group if r['event'] in LEAD_EVENTS and r['lead'] == lead]
    rows = list(own)
    for d in deals:
        if d is best:
            rows += [r for r in d.rows if r is not d.end]
        elif not d.id:
            rows += [r for r in d.rows if r is not d.end and (r['lead'] or heir) == lead]
    u = Unit()
    u.way = way_of(p, zone, rows, best, When(own[0], zone))
    u.way.apart = False
    u.deal, u.lead, u.key, u.safe = best, lead, key, customer
    mine = [d for d in deals if d.lead == lead and counts(d.way)]
    values = [d.value() for d in mine if d.value() is not None]
    u.value = sum(values) if values else None
    u.revenue = sum((d.revenue() for d in mine), Fraction(0))
    row = next((r for r in own if r['event'] == 'lead'), own[0])
    after = [row] + [r for r in group[group.index(row) + 1:] if r['lead'] == lead]
    u.rep = next((r['rep'] for r in after if r['rep']), '')
    out = next((r for r in own if r['event'] == 'disqualified'), None)
    if out is None and best is not None:
        out = best.end or best.opp or best.rows[0]
    u.reason = out['reason'] if out else ''
    return u


# --- figures ---

def text(x):
    if x is None:
        return ''
    micros = x * 1000000
    sign = -1 if micros < 0 else 1
    n = int(abs(micros) + Fraction(1, 2))
    s = '%d.%06d' % (n // 1000000, n % 1000000)
    s = s.rstrip('0').rstrip('.')
    return '-' + s if sign < 0 and n else s


def ratio(a, b):
    return Fraction(a) / Fraction(b) if b else None


def median2(stays):
    s = sorted(stays)
    return s[(len(s) - 1) // 2] + s[len(s) // 2] if s else None


def in_days(seconds):
    return None if seconds is None else seconds / DAY


def limits(p, all_units):
    yard = defaultdict(list)
    for u in all_units:
        if counts(u.way) and u.way.state == 'won':
            for place, _, _, stay in u.way.moves:
                if place and stay is not None:
                    yard[place].append(stay)
    found = {}
    for s in p.v:
        if p.v[s][2]:
            found[s] = Fraction(p.v[s][2]) * DAY
        elif len(yard[s]) >= 10:
            found[s] = median2(yard[s])
    return found, yard


def age(w, zone):
    if not w.since.dated:
        return None
    if w.since.day_only:
        return Fraction((AS_OF.astimezone(zone).date() - w.since.day).days) * DAY
    return Fraction((AS_OF - w.since.at) // timedelta(microseconds=1), 1000000)


def period_of(kind, day):
    if kind == 'all':
        return '(all)'
    return day.strftime('%Y-%m') if kind == 'month' else '%d-Q%d' % (day.year,
                                                                       (day.month + 2) // 3)


def in_time(t, kind, zone, since, until):
    if not t.dated:
        return kind == 'all' and since is None and until is None
    day = t.day
    return (since is None or day >= since) and (until is None or day < until)


def figures(p, chosen, limit, zone, strict, whole_reason):
    """Rows (stage, kpi, value, numerator, denominator, n) of some units."""
    n = len(chosen)

    def count(test):
        return sum(1 for u in chosen if test(u))

    def level(lv):
        return count(lambda u: any(reached(p, u.way, x, strict) for x in p.v if p.level[x] == lv))
    steps = []
    for s in p.ranked:
        kind, lv = p.kind(s), p.level[s]
        at = [u for u in chosen if reached(p, u.way, s, strict)]
        r = len(at)

        def total(kpi, amount, rows):
            yield_rows.append((s, kpi, amount, amount, None, rows))
        yield_rows = []
        yield_rows.append((s, 'cumulative', ratio(r, n), r, n, n))
        total('reached', r, r)
        with_value = [u for u in at if u.value is not None]
        total('value_reached', sum(u.value for u in with_value), len(with_value))
        if kind != 'lost':
            total('revenue', sum(u.revenue for u in at), r)
            if lv > 0:
                before = level(lv - 1)
                yield_rows.append((s, 'step', ratio(r, before), r, before, before))
                if before:
                    steps.append((ratio(r, before), p.rank[s], s, r, before))
                ended = r + count(lambda u: u.way.state == 'lost' and u.way.furthest == lv - 1)
                yield_rows.append((s, 'step_resolved', ratio(r, ended), r, ended, ended))
            if lv < len(p.orders) - 1:
                gone = r - level(lv + 1)
                yield_rows.append((s, 'dropoff', ratio(gone, r), gone, r, r))
        if kind == 'open':
            stays = [stay for u in chosen for place, _, _, stay in u.way.moves
                     if place == s and stay is not None]
            m = len(stays)
            twice = median2(stays)
            yield_rows.append((s, 'days_median', in_days(twice / 2 if m else None), None, m, m))
            p90 = sorted(stays)[-(-m * 9 // 10) - 1] if m else None
            yield_rows.append((s, 'days_p90', in_days(p90), None, m, m))
            lost = count(lambda u: u.way.state == 'lost' and u.way.open_at == s)
            total('lost_here', lost, lost)
            here = [u for u in chosen if u.way.state == 'open' and u.way.open_at == s]
            total('open_here', len(here), len(here))
            with_value = [u for u in here if u.value is not None]
            total('value_open', sum(u.value for u in with_value), len(with_value))
            total('skipped', *[count(lambda u: skipped(p, u.way, s))] * 2)
            total('returned', *[count(lambda u: s in u.way.returned)] * 2)
            if s in limit:
                k = sum(1 for u in here if not u.safe and age(u.way, zone) is not None and
                        age(u.way, zone) > limit[s])
                yield_rows.append((s, 'stuck', k, k, None, len(here)))
            else:
                yield_rows.append((s, 'stuck', None, None, None, len(here)))
        yield from yield_rows
    if steps:
        value, _, s, r, before = min(steps)
        yield (s, 'worst_step', value, r, before, before)


def shares(p, chosen):
    """Rows (reason, stage, 'lost_share', …)."""
    for s in p.v:
        lost = [u for u in chosen if p.kind(s) == 'open' and u.way.state == 'lost' and
                u.way.open_at == s]
        for reason in {u.reason for u in lost}:
            k = sum(1 for u in lost if u.reason == reason)
            yield reason or '(unknown)', (s, 'lost_share', ratio(k, len(lost)), k, len(lost),
                                          len(lost))


def write(path, header, rows):
    lines = sorted(('\t'.join(r) for r in rows), key=lambda s: s.encode())
    with open(path, 'w') as f:
        f.write('\t'.join(header) + '\n' + ''.join(line + '\n' for line in lines))


COLUMNS = ('period', 'dimension', 'segment', 'stage', 'kpi', 'model', 'value', 'numerator',
           'denominator', 'n')


def number_cells(row):
    s, kpi, value, numerator, denominator, n = row
    return (s, kpi, '') + tuple(text(None if x is None else Fraction(x))
                                for x in (value, numerator, denominator)) + (str(n),)


def table(path, all_units, p, zone, kind, since, until, strict):
    limit, _ = limits(p, all_units)
    there = [u for u in all_units if counts(u.way) and
             in_time(u.way.begun, kind, zone, since, until)]
    cells = defaultdict(list)
    for u in there:
        period = period_of(kind, u.way.begun.day)
        cells[period, '(all)', '(all)'].append(u)
        cells[period, 'rep', u.rep or '(unknown)'].append(u)
    rows = []
    for (period, dimension, segment), chosen in cells.items():
        for f in figures(p, chosen, limit, zone, strict, None):
            rows.append((period, dimension, segment) + number_cells(f))
        for reason, f in shares(p, chosen):
            name = 'reason' if dimension == '(all)' else 'rep+reason'
            inner = reason if dimension == '(all)' else segment + ' > ' + reason
            rows.append((period, name, inner) + number_cells(f))
    write(path, COLUMNS, rows)


def flows(path, all_units, p, zone, kind, since, until):
    cells = defaultdict(list)
    for u in all_units:
        if not counts(u.way):
            continue
        for place, to, t, stay in u.way.moves:
            if in_time(t, kind, zone, since, until):
                cells[period_of(kind, t.day), place or '(start)'].append((to, stay))
    rows = []
    for (period, place), moves in cells.items():
        for to in {to for to, _ in moves}:
            stays = [stay for x, stay in moves if x == to and stay is not None]
            k, m = sum(1 for x, _ in moves if x == to), len(stays)
            name = '%s > %s' % (place, to)
            rows.append((period, '(all)', '(all)') + number_cells(
                (name, 'days_median', in_days(median2(stays) / 2 if m else None), None, m, m)))
            rows.append((period, '(all)', '(all)') + number_cells(
                (name, 'move_share', ratio(k, len(moves)), k, len(moves), len(moves))))
            rows.append((period, '(all)', '(all)') + number_cells((name, 'moves', k, k, None, k)))
    write(path, COLUMNS, rows)


def stuck(path, all_units, p, zone):
    limit, yard = limits(p, all_units)
    found = []
    for u in all_units:
        w = u.way
        if not counts(w) or w.state != 'open' or u.safe or age(w, zone) is None:
            continue
        if w.open_at not in limit or age(w, zone) <= limit[w.open_at]:
            continue
        half = median2(yard[w.open_at])
        due = ''
        if half is not None:
            half = half * 1000000 // 2
            due = (w.since.day + timedelta(days=int(half // (DAY * 1000000)))
                   if w.since.day_only else
                   (w.since.at + timedelta(microseconds=int(half))).astimezone(zone).date())
        entered = w.since.at.strftime('%Y-%m-%dT%H:%M:%SZ')
        deal = u.deal.id if u.deal is not None else ''
        rep = u.deal.cell('rep') if u.deal is not None else u.rep
        found.append((w.since.at, deal, u.lead or u.key, p.rank[w.open_at],
                      (deal, u.lead or u.key, w.open_at, entered, text(in_days(age(w, zone))), rep,
                       text(u.value), str(due))))
    with open(path, 'w') as f:
        f.write('deal_id\tlead_id\tstage\tentered\tdays\trep\tvalue\tdue\n')
        for row in sorted(found, key=lambda x: (x[0], x[1].encode(), x[2].encode(), x[3])):
            f.write('\t'.join(row[4]) + '\n')


def main():
    seed, to = int(sys.argv[1]), sys.argv[2]
    rnd = random.Random(seed)
    of_leads = seed % 2 == 1
    p = Pipeline(LEAD_STAGES if of_leads else DEAL_STAGES)
    rows = world(rnd, of_leads)
    with open(to + '/stages', 'w') as f:
        f.write('key\torder\tkind\tmax_days\n')
        for key, (order, kind, limit) in rnd.sample(list(p.v.items()), len(p.v)):
            f.write('%s\t%d\t%s\t%s\n' % (key, order, kind, limit))
    names = ('account_id', 'event_id', 'time', 'precision', 'kind', 'event', 'stage', 'lead_id',
             'deal_id', 'deal_type', 'value', 'rep', 'reason')
    with open(to + '/in', 'w') as f:
        f.write('\t'.join(names) + '\n')
        for r in rows:
            at = r['at'].strftime('%Y-%m-%dT%H:%M:%SZ') if r['at'] else ''
            f.write('\t'.join((r['key'], r['id'], at, r['precision'], r['kind'], r['event'],
                               r['stage'], r['lead'], r['deal'], r['deal_type'], r['value'], r['rep'],
                               r['reason'])) + '\n')
    for tz in ('UTC', 'Europe/Madrid'):
        zone = UTC if tz == 'UTC' else MADRID
        found = list(units(rows, p, zone, of_leads))
        for kind, since, until, strict in (('all', None, None, False), ('month', None, None, True),
                                           ('quarter', date(2026, 2, 1), date(2026, 6, 1), False)):
            options = '--tz %s --period %s' % (tz, kind)
            if since:
                options += ' --since %s --until %s' % (since, until)
            name = tz[:3] + kind
            for more, make in (
                    ('--by rep' + (' --strict' if strict else ''), lambda path: table(
                        path, found, p, zone, kind, since, until, strict)),
                    ('--flow', lambda path: flows(path, found, p, zone, kind, since, until))):
                make('%s/%s%s' % (to, name, more[2:4]))
                with open(to + '/runs', 'a') as f:
                    f.write('%s %s\t%s%s\n' % (options, more, name, more[2:4]))
        stuck('%s/%sstuck' % (to, tz[:3]), found, p, zone)
        with open(to + '/runs', 'a') as f:
            f.write('--tz %s --period all --stuck\t%sstuck\n' % (tz, tz[:3]))


main()
