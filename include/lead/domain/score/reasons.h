/* reasons.h - why does this lead have that score, in one cell? */
#ifndef LEAD_DOMAIN_REASONS_H
#define LEAD_DOMAIN_REASONS_H

#include <lead/base/buf.h>
#include <lead/domain/score/score.h>

enum { REASONS_MAX = 5 };

/*
 * "+25 asked for a trial; -20 recruitment page": the five rules with most
 * points either way, largest first, ties in the order of the rules; those that
 * say never first, by "never why". Into b, which is emptied before.
 */
void reasons_put(struct buf *b, const struct scoring *rules,
    const struct score_sum *sum);

#endif
