/* atto.h - decimals of eighteen places: the sums of tables of paths */
#ifndef LEAD_DOMAIN_ATTO_H
#define LEAD_DOMAIN_ATTO_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/num.h>
#include <lead/base/text.h>

/*
 * Whole 10^-18 in 128 bits: amounts up to ±170141183460469231731. Figures of
 * other tools keep every digit until they are rounded once, on output.
 */

/* Lead TSV's form, to 18 decimals; NUM_SCALE past them. */
enum num_verdict atto_parse(struct text t, num_wide *atto);

/* What is wrong with a figure, for people; NULL for NUM_OK and for NUM_EMPTY,
 * which is 0. */
const char *atto_problem(enum num_verdict v);

/* Share a whole over n weights (> 0, sum below 2^62): as num_share(), in units
 * of 10^-18. scratch has room for n. */
struct atto_rest {
	uint64_t rest;
	uint32_t part;
};
void atto_share(num_wide whole, const int64_t *weight, num_wide *out, size_t n,
    struct atto_rest *scratch);

/* In micros, half away from zero. */
num_wide atto_round(num_wide atto);

/* All decimals, without trailing zeros; returns out as text. */
struct text atto_put(char out[NUM_TEXT], num_wide atto);

#endif
