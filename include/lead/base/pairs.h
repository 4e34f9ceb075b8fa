/* pairs.h - which number has this pair of numbers? */
#ifndef LEAD_BASE_PAIRS_H
#define LEAD_BASE_PAIRS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A map (map.h) of pairs: 0 1 2 … by first sight. For callers that ask for the same
 * few pairs over and over: those found last are found again without a hash. Memory:
 * 27 to 48 bytes a pair, and 100 KB.
 */
struct pairs;

struct pairs *pairs_new(void);
void pairs_free(struct pairs *p); /* NULL does nothing */

uint32_t pairs_count(const struct pairs *p);

/* The number of a pair; a new one gets the next and *added is true. */
uint32_t pairs_add(struct pairs *p, uint32_t a, int64_t b, bool *added);

/* The number of a pair, or MAP_NONE. */
uint32_t pairs_get(const struct pairs *p, uint32_t a, int64_t b);

#endif
