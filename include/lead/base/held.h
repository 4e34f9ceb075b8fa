/* held.h - rows set aside until the whole input was seen */
#ifndef LEAD_BASE_HELD_H
#define LEAD_BASE_HELD_H

#include <stddef.h>

#include <lead/base/arena.h>
#include <lead/base/tsv.h>

/* Copies of rows, in the order of setting aside. { 0 } has none. */
struct held {
	struct tsv_block *rows; /* of one row each, all columns of the table */
	size_t n, cap;
	struct arena bytes;
};

void held_add(struct held *h, const struct tsv_block *b, size_t r, size_t ncolumns);
void held_clear(struct held *h);

#endif
