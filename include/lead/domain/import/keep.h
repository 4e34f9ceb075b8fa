/* keep.h - rows held back until all are known, then given in their order */
#ifndef LEAD_DOMAIN_KEEP_H
#define LEAD_DOMAIN_KEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Holds all rows of e-mail: memory grows with them. */
struct keep;

/* Rows of n columns; cells of the events table stand first (event_id time
 * precision event), the others at these numbers. */
struct keep_columns {
	size_t n, email, message, url, machine;
};

struct keep *keep_new(const struct keep_columns *columns);
void keep_free(struct keep *k); /* NULL does nothing */

/* Hold a row, copied. */
void keep_add(struct keep *k, const struct text *cell, bool timed, int64_t us);

/* Is there an open or a click, and no row with a message? Then none of them is known
 * to be a machine's, but where the map says so. */
bool keep_is_blind(const struct keep *k);

/* After the last: the next in the total order (undated rows last), its machine
 * cell 1 where a machine acted (mailing.h); false when there is none left. */
bool keep_next(struct keep *k, const struct text **cell, bool *timed, int64_t *us);

#endif
