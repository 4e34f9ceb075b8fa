/* cast.h - the people of one group, numbered as they come */
#ifndef LEAD_DOMAIN_CAST_H
#define LEAD_DOMAIN_CAST_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Nearly all groups have one person: that costs nothing. */
struct cast;

struct cast *cast_new(void);
void cast_free(struct cast *c); /* NULL does nothing */

/* Another group begins, of nrows rows. */
void cast_clear(struct cast *c, size_t nrows);

/* The number of the lead that row is of: 0 1 2 … by first sight. lead_id is
 * borrowed until cast_clear(); empty is one lead too. */
uint32_t cast_add(struct cast *c, size_t row, struct text lead_id);

size_t cast_count(const struct cast *c);

/* The number that cast_add() gave the row. */
uint32_t cast_of(const struct cast *c, size_t row);

#endif
