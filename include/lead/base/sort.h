/* sort.h - many small items in order, ties settled by the caller */
#ifndef LEAD_BASE_SORT_H
#define LEAD_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Ordered by a, then b, then by what the caller says of ref. */
struct sort_item {
	uint64_t a;
	uint32_t b;
	uint32_t ref;
};

/* The item of a text: items of texts that differ in their first twelve bytes
 * are in byte order, others tie. */
struct sort_item sort_text(struct text t, uint32_t ref);

/* <0, 0, >0; called from several threads at once. */
typedef int sort_tie(const void *ctx, uint32_t x, uint32_t y);

/*
 * Sort v[0..n-1]; scratch has room for n items. Stable, n log n at worst, one
 * pass over what is in order already. Any number of threads gives the same.
 */
void sort_items(struct sort_item *v, size_t n, struct sort_item *scratch,
    int threads, sort_tie *tie, const void *ctx);

#endif
