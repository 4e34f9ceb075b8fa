/* scorecard.h - the rows that tell of a score: scores, reasons, mql events */
#ifndef LEAD_DOMAIN_SCORECARD_H
#define LEAD_DOMAIN_SCORECARD_H

#include <lead/domain/ripen.h>

/* Cells of a row at most, and of each table its columns: the first, "", is the
 * key, NULL ends them. */
enum { SCORECARD_CELLS = 10 };
extern const char *const scorecard_scores[], *const scorecard_parts[],
    *const scorecard_events[];

/*
 * Rows are values, not escaped: cell[i] is that of column i, borrowed until the
 * next call.
 */
struct scorecard;

/* rules and the bytes they were read from are borrowed. */
struct scorecard *scorecard_new(const struct scoring *rules, struct text bytes);
void scorecard_free(struct scorecard *c); /* NULL does nothing */

/* The row of scores. */
const struct text *scorecard_score(struct scorecard *c, const struct ripen *lead,
    const struct score_sum *sum);

/* The lead's mql event; NULL when it is no MQL. */
const struct text *scorecard_event(struct scorecard *c, const struct ripen *lead);

/*
 * Of --explain-score the n-th row: a rule, or behind them what a group's cap took
 * off, so that points add up to the score. NULL when the n-th has nothing to
 * say; n counts to scorecard_nparts() - 1.
 */
size_t scorecard_nparts(const struct scorecard *c);
const struct text *scorecard_part(struct scorecard *c, const struct ripen *lead,
    const struct score_sum *sum, size_t n);

#endif
