/* stepout.h - the cells of a step, as lead-journey writes them */
#ifndef LEAD_DOMAIN_STEPOUT_H
#define LEAD_DOMAIN_STEPOUT_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/num.h>
#include <lead/base/text.h>
#include <lead/domain/journey/journey.h>

/* Fill out with the cells of s: fields of lead TSV, borrowed from the group and
 * from pages. */
void stepout_cells(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, struct text out[STEP_COLUMNS],
    char pages[NUM_TEXT]);

/* One cell of a touch; empty for a milestone. */
struct text stepout_touch(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, enum step_column column);

/* Is the column one of the register (lead-tsv(5)), or one that is read here and
 * goes no further? Others, and consent_ads, are carried by default. */
bool stepout_is_known(struct text column);

/*
 * Carried columns: the lead's latest value that is not empty, at or before a row of
 * its own. A milestone that a lead has once takes, where there is none, the first
 * of its lead's rows at the same instant or at most late_us after it.
 */
struct stepout_carry;

struct stepout_carry *stepout_carry_new(const int *columns, size_t n, int64_t late_us);
void stepout_carry_free(struct stepout_carry *c); /* NULL does nothing */

/* Another group was read. */
void stepout_carry_begin(struct stepout_carry *c, const struct journey *j);

/* The values at a step, in the order of the columns; steps are asked for in
 * order. A milestone's own cell wins; a step that was read has what it had. */
void stepout_carry_at(struct stepout_carry *c, const struct journey_step *s,
    struct text *values);

/* At the end of the life of the group; of several leads, the latest one that
 * has a value. */
void stepout_carry_last(struct stepout_carry *c, struct text *values);

#endif
