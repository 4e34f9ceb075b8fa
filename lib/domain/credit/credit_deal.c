/* credit_deal.c - what the rows of one deal, and of one lead's deals, say */
#include <stdlib.h>

#include "credit_state.h"

static bool
is_dated(const struct credit_milestone *m)
{
	return m->precision != STEP_UNDATED;
}

static bool
is_of(const struct credit_milestone *m, unsigned rank)
{
	return is_dated(m) && credit_rank(m->event) == rank;
}

/* Of one deal those of one event together, in the order of rows, which is that of
 * time; undated ones behind them. */
static int
compare_deals(const void *a, const void *b, void *context)
{
	const struct credit_entry *entry = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct credit_milestone *x = &entry[i].m, *y = &entry[j].m;
	int order = text_compare(x->deal, y->deal);

	if (order == 0)
		order = (x->event > y->event) - (x->event < y->event);
	if (order == 0)
		order = is_dated(y) - is_dated(x);
	return order != 0 ? order : (i > j) - (i < j);
}

static int
compare_leads(const void *a, const void *b, void *context)
{
	const struct credit_entry *entry = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	int order = text_compare(entry[i].m.lead, entry[j].m.lead);

	return order != 0 ? order : (i > j) - (i < j);
}

/* --- sums by text, ascending --- */

/* The sum of a text that is not below the last one. */
static struct credit_sum *
reach(struct credit_sums *s, struct text of, size_t at)
{
	if (s->n > 0 && text_equal(s->v[s->n - 1].of, of))
		return &s->v[s->n - 1];
	if (s->n == s->cap)
		s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof(*s->v), CREDIT_MILESTONES,
		    "milestones of one group");
	s->v[s->n] = (struct credit_sum){ .of = of, .from = at, .to = at };
	return &s->v[s->n++];
}

static const struct credit_sum *
find(const struct credit_sums *s, struct text of)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = text_compare(s->v[mid].of, of);

		if (order == 0)
			return &s->v[mid];
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* --- the group's deals, and its leads' --- */

static void
index_deals(struct credit *c)
{
	if (c->n > c->by_deal_cap)
		c->by_deal = mem_grow(c->by_deal, &c->by_deal_cap, c->n,
		    sizeof(*c->by_deal), CREDIT_MILESTONES, "milestones of one group");
	for (size_t i = 0; i < c->n; i++)
		c->by_deal[i] = (uint32_t)i;
	qsort_r(c->by_deal, c->n, sizeof(*c->by_deal), compare_deals, c->entry);
	for (size_t i = 0; i < c->n; i++) {
		const struct credit_milestone *m = &c->entry[c->by_deal[i]].m;
		struct credit_sum *s = reach(&c->deals, m->deal, i);

		s->to = i + 1;
		s->won |= is_of(m, c->won);
		if (is_of(m, c->won) || is_of(m, c->refund))
			s->net += m->value;
	}
}

static void
index_leads(struct credit *c)
{
	uint32_t *won = mem_raw(c->n, sizeof(*won));
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (is_of(&c->entry[i].m, c->won))
			won[n++] = (uint32_t)i;
	qsort_r(won, n, sizeof(*won), compare_leads, c->entry);
	for (size_t i = 0; i < n; i++) {
		const struct credit_milestone *m = &c->entry[won[i]].m;
		num_wide net = m->deal.len != 0 ? credit_deal_net(c, m->deal) : m->value;

		reach(&c->leads, m->lead, i)->net += net;
		c->net += net;
	}
	mem_free(won);
}

static const struct credit_sum *
find_deal(struct credit *c, struct text deal)
{
	if (c->deals.n == 0)
		index_deals(c);
	return find(&c->deals, deal);
}

const struct credit_entry *
credit_deal_row(struct credit *c, struct text deal, unsigned rank, int64_t until_us)
{
	const struct event *event = event_at(rank);
	const struct credit_sum *s;
	size_t lo, hi;

	if (c->first[rank] == CREDIT_NONE || (s = find_deal(c, deal)) == NULL)
		return NULL;
	for (lo = s->from, hi = s->to; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		const struct credit_milestone *m = &c->entry[c->by_deal[mid]].m;

		if (m->event < event ||
		    (m->event == event && is_dated(m) && m->at_us <= until_us))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == s->from || c->entry[c->by_deal[lo - 1]].m.event != event)
		return NULL;
	return &c->entry[c->by_deal[lo - 1]];
}

num_wide
credit_deal_net(struct credit *c, struct text deal)
{
	const struct credit_sum *s = find_deal(c, deal);

	return s != NULL && s->won ? s->net : 0;
}

num_wide
credit_lead_net(struct credit *c, struct text lead)
{
	const struct credit_sum *s;

	if (c->first[c->won] == CREDIT_NONE)
		return 0;
	if (c->leads.n == 0)
		index_leads(c);
	if (lead.len == 0)
		return c->net;
	s = find(&c->leads, lead);
	return s != NULL ? s->net : 0;
}
