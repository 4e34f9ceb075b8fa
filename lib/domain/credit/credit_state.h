/* credit_state.h - the touches and milestones of a group, as credit*.c keep them */
#ifndef LEAD_DOMAIN_CREDIT_STATE_H
#define LEAD_DOMAIN_CREDIT_STATE_H

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/credit/credit.h>

enum {
	CREDIT_TOUCHES = 1 << 22, /* model_weigh()'s sums hold up to here */
	CREDIT_MILESTONES = 1 << 26,
	CREDIT_NONE = UINT32_MAX,
};

struct credit_touches {
	struct model_touch *v;
	size_t n, cap;
};

struct credit_entry {
	struct credit_milestone m;
	uint32_t previous; /* dated one of the same event, or CREDIT_NONE */
};

/* What all of a text came to; a deal's rows are by_deal[from … to - 1]. */
struct credit_sum {
	struct text of;
	size_t from, to;
	num_wide net;
	bool won;
};

struct credit_sums {
	struct credit_sum *v;
	size_t n, cap;
};

struct credit {
	const struct credit_options *o;
	struct credit_touches all, kept; /* kept: without the excluded, if there are any */
	bool excluding;
	struct credit_entry *entry;
	size_t n, cap;
	uint32_t first[CREDIT_EVENTS], last[CREDIT_EVENTS]; /* dated, or CREDIT_NONE */
	uint32_t *by_deal; /* entries by deal, event, row */
	size_t by_deal_cap;
	struct credit_sums deals, leads; /* n 0: not summed yet */
	num_wide net; /* of all leads, once they are */
	size_t at; /* the next entry of credit_next() */
	unsigned lead, mql, sql, meeting, proposal, opp, won, stage, payment,
	    refund; /* ranks */
};

static inline unsigned
credit_rank(const struct event *e)
{
	return (unsigned)(e - event_at(0));
}

/* The group's first dated row of a milestone, or NULL. */
static inline const struct credit_entry *
credit_first(const struct credit *c, unsigned rank)
{
	return c->first[rank] != CREDIT_NONE ? &c->entry[c->first[rank]] : NULL;
}

/* --- credit_deal.c: what the rows of one deal say --- */

/* The deal's dated row of this event, the latest up to a time; or NULL. */
const struct credit_entry *credit_deal_row(struct credit *c, struct text deal,
    unsigned rank, int64_t until_us);

/* What a deal brought: its won rows and its refunds; 0 without a won. */
num_wide credit_deal_net(struct credit *c, struct text deal);

/* The same of the deals of one person, or of the whole group when no row names
 * one. */
num_wide credit_lead_net(struct credit *c, struct text lead);

/* --- credit_path.c: which touches stand before a milestone --- */

/* The path and its roles; touches not before the first `since` of the group. */
void credit_path(struct credit *c, const struct credit_milestone *base,
    uint32_t since, struct model_path *p);

#endif
