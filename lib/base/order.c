/* order.c - an array in order, without memory of its own */
#include <stdbool.h>
#include <string.h>

#include <lead/base/order.h>

/*
 * Quicksort by the middle of three; a part that was halved badly too often is
 * sorted as a heap, so no input takes more than n log n.
 */
struct array {
	char *v;
	size_t size;
	int (*order)(const void *, const void *, void *);
	void *ctx;
};

enum { SMALL = 12 }; /* items that insertion sorts faster */

static char *
at(const struct array *a, size_t i)
{
	return a->v + i * a->size;
}

static bool
less(const struct array *a, const void *x, const void *y)
{
	return a->order(x, y, a->ctx) < 0;
}

static void
swap(const struct array *a, size_t i, size_t j)
{
	char item[ORDER_SIZE_MAX];

	memcpy(item, at(a, i), a->size);
	memmove(at(a, i), at(a, j), a->size);
	memcpy(at(a, j), item, a->size);
}

static void
insertion(const struct array *a, size_t from, size_t to)
{
	char item[ORDER_SIZE_MAX];

	for (size_t i = from + 1; i < to; i++) {
		size_t j = i;

		memcpy(item, at(a, i), a->size);
		while (j > from && less(a, item, at(a, j - 1)))
			j--;
		memmove(at(a, j + 1), at(a, j), (i - j) * a->size);
		memcpy(at(a, j), item, a->size);
	}
}

/* Item i of the heap from..to-1 goes down until none below is greater. */
static void
sink(const struct array *a, size_t from, size_t i, size_t to)
{
	for (;;) {
		size_t below = from + 2 * (i - from) + 1;

		if (below >= to)
			return;
		if (below + 1 < to && less(a, at(a, below), at(a, below + 1)))
			below++;
		if (!less(a, at(a, i), at(a, below)))
			return;
		swap(a, i, below);
		i = below;
	}
}

static void
heap(const struct array *a, size_t from, size_t to)
{
	for (size_t i = from + (to - from) / 2; i-- > from; )
		sink(a, from, i, to);
	while (to > from + 1) {
		swap(a, from, --to);
		sink(a, from, from, to);
	}
}

/* Items up to the returned place are not greater, those behind it not less; both
 * parts have items. */
static size_t
split(const struct array *a, size_t from, size_t to)
{
	size_t mid = from + (to - from) / 2, last = to - 1, i = from, j = to;
	char pivot[ORDER_SIZE_MAX];

	if (less(a, at(a, mid), at(a, from)))
		swap(a, mid, from);
	if (less(a, at(a, last), at(a, mid)))
		swap(a, last, mid);
	if (less(a, at(a, mid), at(a, from)))
		swap(a, mid, from);
	memcpy(pivot, at(a, mid), a->size);
	for (;;) {
		while (less(a, at(a, i), pivot))
			i++;
		do
			j--;
		while (less(a, pivot, at(a, j)));
		if (i >= j)
			return j + 1;
		swap(a, i++, j);
	}
}

static void
sort(const struct array *a, size_t from, size_t to, unsigned depth)
{
	while (to - from > SMALL) {
		size_t mid;

		if (depth-- == 0) {
			heap(a, from, to);
			return;
		}
		mid = split(a, from, to);
		/* The smaller part by a call: the stack stays short. */
		if (mid - from < to - mid) {
			sort(a, from, mid, depth);
			from = mid;
		} else {
			sort(a, mid, to, depth);
			to = mid;
		}
	}
	insertion(a, from, to);
}

void
order_array(void *v, size_t n, size_t size,
    int order(const void *, const void *, void *), void *ctx)
{
	const struct array a = { v, size, order, ctx };
	unsigned depth = 0;

	for (size_t i = n; i != 0; i >>= 1)
		depth += 2;
	if (n > 1)
		sort(&a, 0, n, depth);
}
