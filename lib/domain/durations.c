/* durations.c - many lengths of time, and what is in their middle */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/domain/durations.h>

void
durations_add(struct durations *d, int64_t us)
{
	d->us = mem_grow(d->us, &d->cap, d->n + 1, sizeof(*d->us), SIZE_MAX / 16,
	    "durations");
	d->us[d->n++] = us;
}

void
durations_clear(struct durations *d)
{
	mem_free(d->us);
	*d = (struct durations){ 0 };
}

static int
by_length(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void
durations_sort(struct durations *d)
{
	if (d->n > 1)
		qsort(d->us, d->n, sizeof(*d->us), by_length);
}

bool
durations_median(const struct durations *d, num_wide *twice)
{
	if (d->n == 0)
		return false;
	*twice = (num_wide)d->us[(d->n - 1) / 2] + d->us[d->n / 2];
	return true;
}

bool
durations_p90(const struct durations *d, int64_t *us)
{
	if (d->n == 0)
		return false;
	*us = d->us[(d->n * 9 + 9) / 10 - 1];
	return true;
}

size_t
durations_above(const struct durations *d, num_wide us)
{
	size_t low = 0, high = d->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->us[middle] > us)
			high = middle;
		else
			low = middle + 1;
	}
	return d->n - low;
}
