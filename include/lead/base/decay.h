/* decay.h - 2^(-age/half-life), the same bits on every machine */
#ifndef LEAD_BASE_DECAY_H
#define LEAD_BASE_DECAY_H

#include <stdint.h>

/* Weights are fixed point: DECAY_ONE, 2^62, is 1. */
#define DECAY_ONE ((int64_t)1 << 62)

/*
 * 2^(-age/half) of DECAY_ONE, at most 16 units of 2^-62 off: 40 significant
 * bits until the weight is under 2^-18. DECAY_ONE exactly at age 0 or less,
 * halves exactly with each whole half-life, 0 from the 63rd. age and half in
 * one unit; half > 0. Integers alone: a truncated exponential series.
 */
int64_t decay_weight(int64_t age, int64_t half);

/* amount * 2^(-age/half), half away from zero. */
int64_t decay_amount(int64_t amount, int64_t age, int64_t half);

#endif
