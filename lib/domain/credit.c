/* credit.c - which touches of a group may earn each of its conversions */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/credit.h>

enum {
	TOUCHES_MAX = 1 << 22, /* model_weigh()'s sums hold up to here */
	MILESTONES_MAX = 1 << 26,
	NONE = UINT32_MAX,
};

struct touches {
	struct model_touch *v;
	size_t n, cap;
};

struct entry {
	struct credit_milestone m;
	uint32_t previous; /* dated one of the same event, or NONE */
};

struct credit {
	const struct credit_options *o;
	struct touches all, kept; /* kept: without the excluded, if there are any */
	bool excluding;
	struct entry *entry;
	size_t n, cap;
	uint32_t first[CREDIT_EVENTS], last[CREDIT_EVENTS]; /* dated, or NONE */
	uint32_t *by_deal; /* entries by deal, then row */
	size_t by_deal_cap;
	bool by_deal_done;
	size_t at; /* the next entry of credit_next() */
	unsigned lead, mql, sql, meeting, proposal, opp, won, stage, payment,
	    refund; /* ranks */
};

const char *
credit_want(struct credit_options *o, struct text milestone)
{
	const struct event *e = event_find(milestone);

	if (e == NULL || e->kind != EVENT_MILESTONE)
		return "not a milestone";
	if (text_equal(milestone, TEXT("refund")))
		return "refunds are booked under won";
	o->rule[event_rank(milestone)].wanted = true;
	return NULL;
}

struct credit *
credit_new(const struct credit_options *o)
{
	struct credit *c = mem_new(1, sizeof(*c));

	c->o = o;
	c->lead = event_rank(TEXT("lead"));
	c->mql = event_rank(TEXT("mql"));
	c->sql = event_rank(TEXT("sql"));
	c->meeting = event_rank(TEXT("meeting"));
	c->proposal = event_rank(TEXT("proposal"));
	c->opp = event_rank(TEXT("opp"));
	c->won = event_rank(TEXT("won"));
	c->stage = event_rank(TEXT("stage"));
	c->payment = event_rank(TEXT("payment"));
	c->refund = event_rank(TEXT("refund"));
	credit_clear(c);
	return c;
}

void
credit_free(struct credit *c)
{
	if (c == NULL)
		return;
	mem_free(c->all.v);
	mem_free(c->kept.v);
	mem_free(c->entry);
	mem_free(c->by_deal);
	mem_free(c);
}

void
credit_clear(struct credit *c)
{
	c->all.n = c->kept.n = 0;
	c->excluding = false;
	c->n = c->at = 0;
	c->by_deal_done = false;
	memset(c->first, 0xff, sizeof(c->first));
	memset(c->last, 0xff, sizeof(c->last));
}

static unsigned
rank_of(const struct event *e)
{
	return (unsigned)(e - event_at(0));
}

static void
add(struct touches *to, const struct model_touch *t)
{
	if (to->n == to->cap)
		to->v = mem_grow(to->v, &to->cap, to->n + 1, sizeof(*to->v), TOUCHES_MAX,
		    "touches of one group");
	to->v[to->n++] = *t;
}

void
credit_touch(struct credit *c, const struct model_touch *t, bool excluded)
{
	struct model_touch mine = *t;

	mine.seq = (uint32_t)c->all.n;
	if (excluded && !c->excluding) {
		c->excluding = true;
		for (size_t i = 0; i < c->all.n; i++)
			add(&c->kept, &c->all.v[i]);
	}
	add(&c->all, &mine);
	if (c->excluding && !excluded)
		add(&c->kept, &mine);
}

void
credit_milestone(struct credit *c, const struct credit_milestone *m)
{
	unsigned rank = rank_of(m->event);
	struct entry *e;

	if (c->n == c->cap)
		c->entry = mem_grow(c->entry, &c->cap, c->n + 1, sizeof(*c->entry),
		    MILESTONES_MAX, "milestones of one group");
	e = &c->entry[c->n];
	e->m = *m;
	e->m.above = (uint32_t)c->all.n;
	e->previous = c->last[rank];
	if (m->precision != STEP_UNDATED) {
		c->last[rank] = (uint32_t)c->n;
		if (c->first[rank] == NONE)
			c->first[rank] = (uint32_t)c->n;
	}
	c->n++;
}

/* --- deals: entries of one deal_id, found by bisection --- */

static int
compare_deals(const void *a, const void *b, void *context)
{
	const struct entry *entry = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	int order = text_compare(entry[i].m.deal, entry[j].m.deal);

	return order != 0 ? order : (i > j) - (i < j);
}

/* The first place in by_deal whose deal is not below this one. */
static size_t
deal_begin(struct credit *c, struct text deal)
{
	size_t lo = 0, hi = c->n;

	if (!c->by_deal_done) {
		if (c->n > c->by_deal_cap)
			c->by_deal = mem_grow(c->by_deal, &c->by_deal_cap, c->n,
			    sizeof(*c->by_deal), MILESTONES_MAX, "milestones of one group");
		for (size_t i = 0; i < c->n; i++)
			c->by_deal[i] = (uint32_t)i;
		qsort_r(c->by_deal, c->n, sizeof(*c->by_deal), compare_deals, c->entry);
		c->by_deal_done = true;
	}
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (text_compare(c->entry[c->by_deal[mid]].m.deal, deal) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The i-th entry from deal_begin() on; NULL when the deal has no more. */
static const struct credit_milestone *
deal_entry(const struct credit *c, size_t i, struct text deal)
{
	const struct credit_milestone *m;

	if (i >= c->n)
		return NULL;
	m = &c->entry[c->by_deal[i]].m;
	return text_equal(m->deal, deal) ? m : NULL;
}

/* The deal's dated row of this event, the latest up to a time; or NULL. */
static const struct entry *
deal_row(struct credit *c, struct text deal, unsigned rank, int64_t until_us)
{
	const struct credit_milestone *m;
	const struct entry *found = NULL;

	if (c->first[rank] == NONE)
		return NULL;
	for (size_t i = deal_begin(c, deal); (m = deal_entry(c, i, deal)) != NULL; i++)
		if (rank_of(m->event) == rank && m->precision != STEP_UNDATED &&
		    m->at_us <= until_us)
			found = &c->entry[c->by_deal[i]];
	return found;
}

/* What a deal brought: its won rows and its refunds. */
static num_wide
deal_net(struct credit *c, struct text deal)
{
	const struct credit_milestone *m;
	num_wide sum = 0;
	bool won = false;

	for (size_t i = deal_begin(c, deal); (m = deal_entry(c, i, deal)) != NULL; i++)
		if (m->precision != STEP_UNDATED &&
		    (rank_of(m->event) == c->won || rank_of(m->event) == c->refund)) {
			sum += m->value;
			won |= rank_of(m->event) == c->won;
		}
	return won ? sum : 0;
}

/* The deals of one person, or of the whole group when no row names one. */
static num_wide
lead_net(struct credit *c, struct text lead)
{
	num_wide sum = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct credit_milestone *m = &c->entry[i].m;

		if (rank_of(m->event) != c->won || m->precision == STEP_UNDATED ||
		    (lead.len != 0 && !text_equal(m->lead, lead)))
			continue;
		sum += m->deal.len != 0 ? deal_net(c, m->deal) : m->value;
	}
	return sum;
}

/* --- paths --- */

/* How many of n touches stand above a place of the group. */
static uint32_t
above(const struct model_touch *t, size_t n, uint32_t seq)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (t[mid].seq < seq)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (uint32_t)lo;
}

/* How many of the path's touches are older than an instant. */
static uint32_t
older(const struct model_path *p, int64_t us)
{
	uint32_t lo = 0, hi = p->n;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (p->touch[mid].at_us < us)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/*
 * The oldest instant of an eligible touch. A lead that comes after the
 * conversion was no lead yet; a day-precise start takes in whole civil days.
 */
static int64_t
oldest(const struct credit *c, const struct credit_milestone *base)
{
	int64_t back = c->o->rule[rank_of(base->event)].lookback_us;
	const struct credit_milestone *from = base;
	uint32_t lead = c->first[c->lead];

	if (back == 0)
		return INT64_MIN;
	if (!c->o->from_conversion && lead != NONE &&
	    c->entry[lead].m.at_us <= base->at_us)
		from = &c->entry[lead].m;
	if (from->precision == STEP_DAY) {
		int64_t days = (back - 1) / WHEN_DAY + 1;

		return zone_day_start(c->o->zone,
		    zone_dated_day(c->o->zone, from->at_us) - days);
	}
	return from->at_us - back;
}

static void
span(const struct touches *t, uint32_t since, uint32_t until, int64_t oldest_us,
    struct model_path *p)
{
	uint32_t lo = above(t->v, t->n, since), hi = above(t->v, t->n, until);

	p->touch = t->v + lo;
	p->n = hi > lo ? hi - lo : 0;
	p->window = older(p, oldest_us);
}

/* The last touch of the path at or before a milestone that had come by then. */
static uint32_t
holder(const struct model_path *p, const struct entry *e,
    const struct credit_milestone *base)
{
	uint32_t n;

	if (e == NULL || e->m.at_us > base->at_us)
		return MODEL_ABSENT;
	n = above(p->touch, p->n, e->m.above);
	return n > 0 ? n - 1 : MODEL_ABSENT;
}

static const struct entry *
first_of(const struct credit *c, unsigned rank)
{
	return c->first[rank] != NONE ? &c->entry[c->first[rank]] : NULL;
}

static void
set_roles(struct credit *c, const struct credit_milestone *base, struct model_path *p)
{
	bool won = rank_of(base->event) == c->won;

	p->role[MODEL_FIRST] = p->n > 0 ? 0 : MODEL_ABSENT;
	p->role[MODEL_LEAD] = holder(p, first_of(c, c->lead), base);
	p->role[MODEL_MQL] = holder(p, first_of(c, c->mql), base);
	p->role[MODEL_SQL] = holder(p, first_of(c, c->sql), base);
	p->role[MODEL_OPP] = holder(p, deal_row(c, base->deal, c->opp, base->at_us), base);
	p->role[MODEL_CLOSE] = won && p->n > 0 ? p->n - 1 : MODEL_ABSENT;
}

/* The touches above base, not before the first `since` of the group. */
static void
find_path(struct credit *c, const struct credit_milestone *base, uint32_t since,
    struct model_path *p)
{
	int64_t from = oldest(c, base);

	span(c->excluding ? &c->kept : &c->all, since, base->above, from, p);
	if (c->excluding && p->window == p->n) {
		struct model_path whole;

		span(&c->all, since, base->above, from, &whole);
		if (whole.window < whole.n || p->n == 0)
			*p = whole;
	}
	p->half_us = c->o->rule[rank_of(base->event)].half_us;
	set_roles(c, base, p);
}

/* The touches that won the customer: those of the first won, else payment. */
static void
find_acquisition(struct credit *c, const struct credit_milestone *m, struct model_path *p)
{
	const struct entry *base = first_of(c, c->won);

	if (base == NULL)
		base = first_of(c, c->payment);
	find_path(c, base != NULL ? &base->m : m, 0, p);
}

/* Paths of everything but refunds. */
static void
find_eligible(struct credit *c, const struct entry *e, struct model_path *p)
{
	const struct credit_milestone *m = &e->m;
	bool won = rank_of(m->event) == c->won;
	bool paid = rank_of(m->event) == c->payment;
	bool expansion = won && text_equal(m->deal_type, TEXT("expansion"));
	uint32_t since = 0;

	if (paid || (won && (c->o->acquisition ||
	    text_equal(m->deal_type, TEXT("renewal"))))) {
		find_acquisition(c, m, p);
		return;
	}
	if ((expansion || c->o->since_last) && e->previous != NONE)
		since = c->entry[e->previous].m.above;
	find_path(c, m, since, p);
	if (expansion && p->window == p->n)
		find_acquisition(c, m, p);
}

/* The path of the deal's won. */
static void
find_refunded(struct credit *c, const struct credit_milestone *m,
    struct credit_conversion *v)
{
	const struct entry *won = NULL;

	if (m->deal.len != 0)
		won = deal_row(c, m->deal, c->won, INT64_MAX);
	if (won == NULL) {
		v->odd = "refund_without_sale";
		return;
	}
	if (won->m.at_us > m->at_us)
		v->odd = "refund_before_sale";
	else if (won->m.value >= 0 && deal_net(c, m->deal) < 0)
		v->odd = "refund_over_sale";
	find_eligible(c, won, &v->path);
}

static void
find(struct credit *c, const struct entry *e, struct credit_conversion *v)
{
	v->path.n = v->path.window = 0;
	v->odd = NULL;
	if (e->m.precision == STEP_UNDATED)
		return;
	if (rank_of(e->m.event) == c->refund)
		find_refunded(c, &e->m, v);
	else
		find_eligible(c, e, &v->path);
}

/* Under --value deal all that leads up to a won is worth what the won brought. */
static num_wide
value_of(struct credit *c, const struct credit_milestone *m)
{
	unsigned rank = rank_of(m->event);

	if (!c->o->deal_value || m->precision == STEP_UNDATED)
		return m->value;
	if (rank <= c->sql)
		return lead_net(c, m->lead);
	if (m->deal.len != 0 &&
	    (rank == c->meeting || rank == c->proposal || rank == c->opp ||
	        rank == c->stage))
		return deal_net(c, m->deal);
	return m->value;
}

bool
credit_next(struct credit *c, struct credit_conversion *v)
{
	for (; c->at < c->n; c->at++) {
		const struct entry *e = &c->entry[c->at];
		bool refund = rank_of(e->m.event) == c->refund;
		num_wide value;

		v->booked = refund ? event_at(c->won) : e->m.event;
		if (!c->o->rule[rank_of(v->booked)].wanted)
			continue;
		v->at = &e->m;
		v->conversions = refund ? 0 : NUM_MICROS;
		value = value_of(c, &e->m);
		v->value = (int64_t)value;
		v->too_large = value != v->value;
		find(c, e, v);
		c->at++;
		return true;
	}
	return false;
}

void
credit_all(const struct credit *c, struct model_path *p)
{
	span(c->excluding && c->kept.n > 0 ? &c->kept : &c->all, 0, UINT32_MAX,
	    INT64_MIN, p);
}
