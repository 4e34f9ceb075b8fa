/* joined.h - what does another table say of this lead? */
#ifndef LEAD_DOMAIN_JOINED_H
#define LEAD_DOMAIN_JOINED_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * A table of one row a lead, held whole: the lead and some columns. Memory: 27
 * to 48 bytes a lead, 16 a column, and the texts.
 */
struct joined;

struct joined *joined_new(size_t ncolumns);
void joined_free(struct joined *j); /* NULL does nothing */

/* field[0] is the lead, field[1 …] the columns; j is a struct joined: a
 * filter_read_row. A lead twice is an error. */
const char *joined_add(void *j, const struct text *field, size_t *bad);

enum { JOINED_NONE = UINT32_MAX };

/* The row of a lead, or JOINED_NONE; and its column 0 … ncolumns - 1. */
uint32_t joined_find(const struct joined *j, struct text lead);
struct text joined_field(const struct joined *j, uint32_t row, size_t column);

/* How many rows. */
uint32_t joined_count(const struct joined *j);

#endif
