/* mrr.h - what payments that cover months come to a month, and how that moves */
#ifndef LEAD_DOMAIN_MRR_H
#define LEAD_DOMAIN_MRR_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/num.h>
#include <lead/domain/figures/life.h>

/*
 * A payment of V for N months is worth V / N a month (rounded once, to the
 * millionth) on each day of the N months from its own. It renews a subscription
 * of its group whose paid time ends within the grace of it, before or after, but
 * not before half of what was paid last is over: its own months then follow on
 * the day when that time ended, without gap or overlap. Of several it renews one
 * of its deal_id, else the one that ends nearest, else the one that began first.
 * Otherwise it begins a subscription. Paid time that nothing renews ends on its
 * last day, once the grace is over; till then it counts as renewed.
 *
 * Movements are those of the whole group, net on each day (ChartMogul's:
 * help.chartmogul.com, "MRR movements", and for the end "Churn recognition").
 */
enum mrr_kind {
	MRR_NEW,
	MRR_EXPANSION,
	MRR_CONTRACTION,
	MRR_CHURNED,
	MRR_REACTIVATED,
	MRR_KINDS,
};

struct mrr_move {
	int64_t day;
	enum mrr_kind kind;
	num_wide micros; /* how far, above zero */
};

struct mrr_rules {
	const struct zone *zone;
	int64_t grace_days, as_of_day; /* nothing after as-of is told */
};

struct mrr {
	struct mrr_move *move; /* by day; in the arena */
	size_t nmoves;
	ptrdiff_t row;              /* of the first payment, or LIFE_NONE */
	size_t payments;       /* that cover months */
	size_t uncovered;      /* and those that do not, are not above 0 or undated */
};

/* The movements of one group. */
void mrr_read(struct mrr *m, const struct life *l, const struct mrr_rules *rules,
    struct arena *arena);

/* What is wrong with the months of a payment, or NULL. */
const struct step_problem *mrr_problem(const struct step *s);

#endif
