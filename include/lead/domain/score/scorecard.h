/* scorecard.h - the tables that tell of scores: points, reasons, mql events, the cut */
#ifndef LEAD_DOMAIN_SCORECARD_H
#define LEAD_DOMAIN_SCORECARD_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/domain/score/ripen.h>

/* The table that is asked for: scores, when no other is. */
struct scorecard_request {
	struct text key;      /* the column of the lead; borrowed */
	bool events;          /* the mql event of each lead that is one */
	/* Of a score the rules that hold, and what the cap of a group took off, so
	 * that points add up to the score. */
	bool parts;
	struct text capacity; /* a row: the cut that gives sales so much (quota.h) */
};

struct scorecard;

/* rules and the bytes they were read from are borrowed. NULL: what is asked for
 * is none, and *why. */
struct scorecard *scorecard_new(const struct scorecard_request *request,
    const struct scoring *rules, struct text bytes, const char **why);
void scorecard_free(struct scorecard *c); /* NULL does nothing */

/* The columns of the table, SCORECARD_CELLS at most, and their names. */
enum { SCORECARD_CELLS = 10 };
size_t scorecard_ncolumns(const struct scorecard *c);
struct text scorecard_column(const struct scorecard *c, size_t i);

/* Before the first lead: nobody looks at a column, its cell may stay empty. */
void scorecard_skip(struct scorecard *c, size_t column);

/* What must be known of each lead for it. */
enum ripen_asks scorecard_asks(const struct scorecard *c);

/*
 * The rows of one lead, borrowed until the last: scorecard_next() gives one after
 * the other and then NULL; those of no lead, when all were told, come after
 * scorecard_end(). They are values, not escaped: cell[i] is that of column i,
 * borrowed until the next call.
 */
void scorecard_begin(struct scorecard *c, const struct ripen *lead,
    const struct score_sum *sum);
void scorecard_end(struct scorecard *c);
const struct text *scorecard_next(struct scorecard *c);

#endif
