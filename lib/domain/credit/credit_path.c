/* credit_path.c - which touches stand before a milestone, and in which roles */
#include "credit_state.h"

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
	int64_t back = c->o->rule[credit_rank(base->event)].lookback_us;
	const struct credit_milestone *from = base;
	uint32_t lead = c->first[c->lead];

	if (back == 0)
		return INT64_MIN;
	if (!c->o->from_conversion && lead != CREDIT_NONE &&
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
span(const struct credit_touches *t, uint32_t since, uint32_t until, int64_t oldest_us,
    struct model_path *p)
{
	uint32_t lo = above(t->v, t->n, since), hi = above(t->v, t->n, until);

	p->touch = t->v + lo;
	p->n = hi > lo ? hi - lo : 0;
	p->window = older(p, oldest_us);
}

/* The last touch of the path at or before a milestone that had come by then. */
static uint32_t
holder(const struct model_path *p, const struct credit_entry *e,
    const struct credit_milestone *base)
{
	uint32_t n;

	if (e == NULL || e->m.at_us > base->at_us)
		return MODEL_ABSENT;
	n = above(p->touch, p->n, e->m.above);
	return n > 0 ? n - 1 : MODEL_ABSENT;
}

static void
set_roles(struct credit *c, const struct credit_milestone *base, struct model_path *p)
{
	bool won = credit_rank(base->event) == c->won;

	p->role[MODEL_FIRST] = p->n > 0 ? 0 : MODEL_ABSENT;
	p->role[MODEL_LEAD] = holder(p, credit_first(c, c->lead), base);
	p->role[MODEL_MQL] = holder(p, credit_first(c, c->mql), base);
	p->role[MODEL_SQL] = holder(p, credit_first(c, c->sql), base);
	p->role[MODEL_OPP] = holder(p, credit_deal_row(c, base->deal, c->opp, base->at_us), base);
	p->role[MODEL_CLOSE] = won && p->n > 0 ? p->n - 1 : MODEL_ABSENT;
}

/* The touches above base, not before the first `since` of the group. */
void
credit_path(struct credit *c, const struct credit_milestone *base, uint32_t since,
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
	p->half_us = c->o->rule[credit_rank(base->event)].half_us;
	set_roles(c, base, p);
}

void
credit_all(const struct credit *c, struct model_path *p)
{
	span(c->excluding && c->kept.n > 0 ? &c->kept : &c->all, 0, UINT32_MAX,
	    INT64_MIN, p);
	memset(p->role, 0xff, sizeof(p->role)); /* MODEL_ABSENT */
}
