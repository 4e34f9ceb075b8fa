/* durations.c - many lengths of time, and what is in their middle */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/domain/figures/durations.h>

enum { MANY = 512 };

void
durations_add(struct durations *d, int64_t us)
{
	if (d->n == d->cap)
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

/* One pass by a byte of the length, from and to: stable. */
static void
sort_by_byte(const int64_t *from, int64_t *to, size_t n, unsigned shift)
{
	size_t at[256] = { 0 }, sum = 0;

	for (size_t i = 0; i < n; i++)
		at[(uint64_t)from[i] >> shift & 0xff]++;
	for (size_t b = 0; b < 256; b++) {
		size_t count = at[b];

		at[b] = sum;
		sum += count;
	}
	for (size_t i = 0; i < n; i++)
		to[at[(uint64_t)from[i] >> shift & 0xff]++] = from[i];
}

/* By the bytes in which lengths differ, the last one first; none is below zero. */
static void
sort_many(struct durations *d)
{
	int64_t *other = mem_raw(d->n, sizeof(*other)), *swap;
	uint64_t differ = 0;

	for (size_t i = 1; i < d->n; i++)
		differ |= (uint64_t)(d->us[i] ^ d->us[0]);
	for (unsigned shift = 0; shift < 64; shift += 8) {
		if ((differ >> shift & 0xff) == 0)
			continue;
		sort_by_byte(d->us, other, d->n, shift);
		swap = d->us;
		d->us = other;
		other = swap;
		d->cap = d->n;
	}
	mem_free(other);
}

void
durations_sort(struct durations *d)
{
	bool below = false;

	for (size_t i = 0; i < d->n; i++)
		below |= d->us[i] < 0;
	if (d->n >= MANY && !below)
		sort_many(d);
	else if (d->n > 1)
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
