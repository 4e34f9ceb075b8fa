/* durations.h - many lengths of time, and what is in their middle */
#ifndef LEAD_DOMAIN_DURATIONS_H
#define LEAD_DOMAIN_DURATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/num.h>

/* Microseconds; { 0 } has none. Eight bytes each. */
struct durations {
	int64_t *us;
	size_t n, cap;
};

void durations_add(struct durations *d, int64_t us);
void durations_clear(struct durations *d);

/* Ascending: once, before what is below. */
void durations_sort(struct durations *d);

/* Twice the median, so that it stays whole: the middle two of an even number, the
 * middle one twice. False when there are none. */
bool durations_median(const struct durations *d, num_wide *twice);

/* The least that nine tenths do not exceed (nearest rank). */
bool durations_p90(const struct durations *d, int64_t *us);

/* How many are longer than us. */
size_t durations_above(const struct durations *d, num_wide us);

#endif
