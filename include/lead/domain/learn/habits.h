/* habits.h - which rules might there be about what leads do? */
#ifndef LEAD_DOMAIN_HABITS_H
#define LEAD_DOMAIN_HABITS_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/buf.h>
#include <lead/domain/learn/behaviour.h>

enum { HABITS_VALUES_MAX = 20 }; /* of a column and event */

/* Columns of events whose values are asked for: page, form, channel. */
extern const char *const habits_columns[];
enum { HABITS_COLUMNS = 3 };

/*
 * Write into b a rules file (lead-rules(5)) of one point each: that there was an
 * event, on how many days in a week, a month or ever, with which frequent values
 * of a column, and silence; of events that least leads have. Milestones are none:
 * they are what the lead became, not what it did. How many rules.
 */
size_t habits_put(struct buf *b, const struct behaviour *from, uint64_t least);

#endif
