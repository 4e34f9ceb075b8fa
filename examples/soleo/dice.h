/* dice.h - chance that is the same on every machine */
#ifndef EXAMPLES_SOLEO_DICE_H
#define EXAMPLES_SOLEO_DICE_H

#include <stdbool.h>
#include <stdint.h>

/* One stream of throws. Streams of different names or numbers are unrelated,
 * so a person's life does not change with the number of people. */
struct dice {
	uint64_t state;
};

struct dice dice_of(uint64_t seed, const char *stream, uint64_t number);

/* 64 random bits: SplitMix64 (Steele, Lea, Flood 2014). */
uint64_t dice_bits(struct dice *d);

/* 0 … n - 1, n not 0. */
uint32_t dice_below(struct dice *d, uint32_t n);

/* low … high, both included. */
int64_t dice_between(struct dice *d, int64_t low, int64_t high);

/* true in n of 1,000 throws. */
bool dice_permille(struct dice *d, uint32_t n);

/* An index below n, in proportion to weight[i]. */
uint32_t dice_weighted(struct dice *d, const uint16_t *weight, uint32_t n);

#endif
