/* credit_deal.c - what the rows of one deal say, found by bisection */
#include <stdlib.h>

#include "credit_state.h"

static int
compare_deals(const void *a, const void *b, void *context)
{
	const struct credit_entry *entry = context;
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
			    sizeof(*c->by_deal), CREDIT_MILESTONES, "milestones of one group");
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
const struct credit_entry *
credit_deal_row(struct credit *c, struct text deal, unsigned rank, int64_t until_us)
{
	const struct credit_milestone *m;
	const struct credit_entry *found = NULL;

	if (c->first[rank] == CREDIT_NONE)
		return NULL;
	for (size_t i = deal_begin(c, deal); (m = deal_entry(c, i, deal)) != NULL; i++)
		if (credit_rank(m->event) == rank && m->precision != STEP_UNDATED &&
		    m->at_us <= until_us)
			found = &c->entry[c->by_deal[i]];
	return found;
}

/* What a deal brought: its won rows and its refunds. */
num_wide
credit_deal_net(struct credit *c, struct text deal)
{
	const struct credit_milestone *m;
	num_wide sum = 0;
	bool won = false;

	for (size_t i = deal_begin(c, deal); (m = deal_entry(c, i, deal)) != NULL; i++)
		if (m->precision != STEP_UNDATED &&
		    (credit_rank(m->event) == c->won || credit_rank(m->event) == c->refund)) {
			sum += m->value;
			won |= credit_rank(m->event) == c->won;
		}
	return won ? sum : 0;
}

/* The deals of one person, or of the whole group when no row names one. */
num_wide
credit_lead_net(struct credit *c, struct text lead)
{
	num_wide sum = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct credit_milestone *m = &c->entry[i].m;

		if (credit_rank(m->event) != c->won || m->precision == STEP_UNDATED ||
		    (lead.len != 0 && !text_equal(m->lead, lead)))
			continue;
		sum += m->deal.len != 0 ? credit_deal_net(c, m->deal) : m->value;
	}
	return sum;
}
