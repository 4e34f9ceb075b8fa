/* quota.h - which cut lets through no more leads than sales can serve? */
#ifndef LEAD_DOMAIN_QUOTA_H
#define LEAD_DOMAIN_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * A lead is new at a cut in a window when its best score first reaches the cut
 * in it: the best of before is below, the best of until then is not. Memory: 16
 * bytes a lead that rose in the window.
 */
struct quota;

/* capacity: new leads a week, "40/week" or "40"; NULL when it is neither. */
struct quota *quota_new(struct text capacity);
void quota_free(struct quota *q); /* NULL does nothing */

/* The window before as-of. */
enum { QUOTA_WEEKS = 8 };
int64_t quota_window_us(int64_t as_of_us);

/* One lead's best score before the window (INT64_MIN: none) and with it. */
void quota_add(struct quota *q, int64_t before, int64_t best);

/*
 * The table, NULL behind its columns' names, and its row: the least best score at
 * which, and at all above, no more leads are new than can be served; how many
 * are, in how many weeks, and a week. Borrowed; NULL when no lead rose.
 */
enum { QUOTA_CELLS = 4 };
extern const char *const quota_columns[QUOTA_CELLS + 1];
const struct text *quota_row(struct quota *q);

#endif
