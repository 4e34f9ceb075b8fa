/* stock.h - which deals are open at the end of each period, and what are they worth? */
#ifndef LEAD_DOMAIN_STOCK_H
#define LEAD_DOMAIN_STOCK_H

#include <lead/domain/figures/book.h>

/*
 * A deal, renewals apart, stands from its opp to its won or lost, at the stage
 * and the value that its rows had told by then. Its weight is how many of the
 * deals that ever were at that stage and are closed by then were won: one rate for
 * all segments, of four decimals, so that money in cents adds up exactly. A stage
 * of which no deal is closed has the rate of all opps.
 *
 * Memory: the stages of each segment and period in which something moved.
 */
struct stock;

struct stock *stock_new(void);
void stock_free(struct stock *s); /* NULL does nothing */

/* One deal of a life, in the lines of its segments. */
void stock_deal(struct stock *s, const struct book *b, const struct life *l,
    const struct life_deal *d, const struct book_lines *at);

/* All deals were told: what stands at the end of each period asked for, up to
 * as-of, into the cells of the book. Once, before cube_sort(). */
void stock_settle(struct stock *s, struct book *b);

/* What came and went, for a run that merges: deals of a line of the cube at a stage,
 * in a period; or deals that were closed after they had been at the stage, won those of
 * them that were. */
struct stock_move {
	bool closed;
	uint32_t line; /* unless closed */
	int64_t period;
	struct text stage;
	int64_t deals, valued; /* of closed: won */
	num_wide value;
};

/* The i-th; false past the last. And one of another run. */
bool stock_move(const struct stock *s, size_t i, struct stock_move *m);
void stock_add(struct stock *s, const struct stock_move *m);

#endif
