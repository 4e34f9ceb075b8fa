/* telling.h - the rows that tell of a journey: its steps, or one line */
#ifndef LEAD_DOMAIN_TELLING_H
#define LEAD_DOMAIN_TELLING_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/arena.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/journey/journey.h>
#include <lead/domain/journey/lifeline.h>

struct telling;

/* lines: one line a journey, else its steps. fields and journey are borrowed;
 * late_us is of stepout_carry_new(). */
struct telling *telling_new(const struct fields *fields, const struct journey *journey,
    bool lines, int64_t late_us);
void telling_free(struct telling *t); /* NULL does nothing */

/* The columns behind the key's: how many, and the name of column i. table is
 * that of the carried ones. */
size_t telling_ncolumns(const struct telling *t);
struct text telling_name(const struct telling *t, size_t i,
    const struct fields_table *table, char room[LIFELINE_NAME]);

/*
 * The group that the journey read last and its steps, borrowed until all rows
 * were given. False: its path is too long for a line, and there is no row.
 */
bool telling_begin(struct telling *t, const struct journey_step *steps, size_t n);

/* The next row: fields of lead TSV, borrowed from the group, the arena and t
 * until the next call. False when there is none. */
bool telling_next(struct telling *t, struct arena *a, struct text *cells);

#endif
