/* scorecard.h - the rows that tell of a score: scores, reasons, mql events */
#ifndef LEAD_DOMAIN_SCORECARD_H
#define LEAD_DOMAIN_SCORECARD_H

#include <lead/domain/score/ripen.h>

/* What is told. Of a score its parts are the rules that hold, and what the cap of
 * a group took off, so that points add up to the score. */
enum scorecard_table {
	SCORECARD_SCORES,
	SCORECARD_EVENTS, /* the mql event of a lead that is one */
	SCORECARD_PARTS,
};

/* Cells of a row at most; the names of a table's columns: the first, "", is the
 * key, NULL ends them. */
enum { SCORECARD_CELLS = 10 };
const char *const *scorecard_columns(enum scorecard_table t);

struct scorecard;

/* rules and the bytes they were read from are borrowed. */
struct scorecard *scorecard_new(const struct scoring *rules, struct text bytes);
void scorecard_free(struct scorecard *c); /* NULL does nothing */

/*
 * The rows of one lead, borrowed until the last: scorecard_next() gives one after
 * the other and then NULL. They are values, not escaped: cell[i] is that of
 * column i, borrowed until the next call.
 */
void scorecard_begin(struct scorecard *c, enum scorecard_table t,
    const struct ripen *lead, const struct score_sum *sum);
const struct text *scorecard_next(struct scorecard *c);

#endif
