/* given.h - groups of rows that stand together already */
#ifndef LEAD_BASE_GIVEN_H
#define LEAD_BASE_GIVEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/group.h>
#include <lead/base/text.h>
#include <lead/base/tsv.h>

/*
 * Takes blocks, gives groups: runs of rows with one value in the key column.
 * Values must ascend in byte order, so that no group comes twice. Memory is
 * that of the largest group.
 */
struct given;

/* key: table column; cols[0..n-1]: those that tell rows apart, borrowed. */
struct given *given_new(int key, const int *cols, size_t n);
void given_free(struct given *v); /* NULL does nothing */

enum given_verdict {
	GIVEN_GROUP,    /* *g is whole; borrowed until the next call */
	GIVEN_MORE,     /* give the next block, or given_end() */
	GIVEN_END,      /* no more groups */
	GIVEN_UNSORTED, /* given_key() stands after a key that is not smaller */
};

enum given_verdict given_next(struct given *v, struct group *g);

/* The next rows, borrowed until GIVEN_MORE comes again. */
void given_add(struct given *v, const struct tsv_block *b);

/* There are no more rows. */
void given_end(struct given *v);

/* Where row i of a group stood; false when that is not known. */
bool given_place(const struct group *g, size_t i, const char **file, uint64_t *line);

/* The key at fault, the one before it, and the line; after GIVEN_UNSORTED. */
struct text given_key(const struct given *v);
struct text given_key_before(const struct given *v);
uint64_t given_line(const struct given *v);

#endif
