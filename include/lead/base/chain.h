/* chain.h - the rows of a group, linked from the last to the first */
#ifndef LEAD_BASE_CHAIN_H
#define LEAD_BASE_CHAIN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <lead/base/pool.h>
#include <lead/base/record.h>
#include <lead/base/sort.h>

/* A row in the pool: four bytes that name the row before, then its record. */
enum { CHAIN_LINK = sizeof(uint32_t) };

static inline unsigned char *
chain_record(const struct pool *p, uint32_t row)
{
	return pool_at(p, row) + CHAIN_LINK;
}

/* The row before, or 0. */
static inline uint32_t
chain_before(const struct pool *p, uint32_t row)
{
	uint32_t before;

	memcpy(&before, pool_at(p, row), sizeof(before));
	return before;
}

static inline void
chain_link(struct pool *p, uint32_t row, uint32_t before)
{
	memcpy(pool_at(p, row), &before, sizeof(before));
}

/* Where the rows are, how they are read, and how many may work on it. */
struct chain_place {
	const struct pool *pool;
	const struct record_shape *shape;
	int threads;
};

struct chain {
	uint32_t last; /* row; at least one */
	uint32_t rows; /* how many */
	size_t first;  /* place of its first row in the items */
};

/* What sorting looks at of a row; ref is the row. */
struct sort_item chain_item(const struct chain_place *p, uint32_t row);
int64_t chain_at(const struct sort_item *row);
uint32_t chain_minor(const struct sort_item *row);

/* Put n rows in order; scratch has room for as many. */
void chain_sort(const struct chain_place *p, struct sort_item *rows, size_t n,
    struct sort_item *scratch);

/*
 * The rows of n chains, each in order, from rows[first] on; the chains' rows
 * follow each other without gaps. Chains are followed side by side, so that
 * the waits for memory overlap.
 */
void chain_rows(const struct chain_place *p, const struct chain *chains,
    size_t n, struct sort_item *rows, struct sort_item *scratch);

#endif
