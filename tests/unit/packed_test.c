/* packed: rows come back each once, bundled by words, times ascending */
#include <stdint.h>

#include <lead/base/order.h>
#include <lead/base/packed.h>

#include "tap.h"

enum { WORDS = 3, MANY = 400000 };

static uint64_t
mix(uint64_t n)
{
	n *= UINT64_C(0x9e3779b97f4a7c15);
	n ^= n >> 29;
	n *= UINT64_C(0xbf58476d1ce4e5b9);
	return n ^ n >> 32;
}

struct row {
	uint32_t word[WORDS];
	int64_t us;
};

/* Row i of a world with few words and repeats; some times have a fraction. */
static struct row
row(uint64_t i)
{
	uint64_t n = mix(i % (MANY / 4 * 3));
	struct row r = { { (uint32_t)(n % 997), PACKED_NONE, (uint32_t)(n / 997 % 50) },
		(int64_t)(n % 100000) * 1000000 + (int64_t)(n % 7 == 0 ? n % 1000 : 0) };

	if (n % 5 == 0)
		r.word[0] = PACKED_NONE;
	if (n % 3 == 0)
		r.word[1] = UINT32_MAX - 1 - (uint32_t)(n % 4);
	return r;
}

static int
row_order(const void *pa, const void *pb, void *unused)
{
	const struct row *a = pa, *b = pb;

	(void)unused;
	for (int i = 0; i < WORDS; i++)
		if (a->word[i] != b->word[i])
			return a->word[i] < b->word[i] ? -1 : 1;
	return (a->us > b->us) - (a->us < b->us);
}

static size_t
distinct(struct row *v, size_t n)
{
	size_t kept = 0;

	order_array(v, n, sizeof(*v), row_order, NULL);
	for (size_t i = 1; i < n; i++)
		if (row_order(&v[kept], &v[i], NULL) != 0)
			v[++kept] = v[i];
	return n == 0 ? 0 : kept + 1;
}

/* All rows of p; ascending is false when a bundle's times are not. */
static size_t
take(const struct packed *p, struct row *v, size_t cap, bool *ascending)
{
	struct packed_bundle b;
	size_t n = 0;

	*ascending = true;
	for (uint32_t at = packed_first(p); at != PACKED_END; ) {
		int64_t us, before = INT64_MIN;

		at = packed_next(p, at, &b);
		while (packed_time(&b, &us) && n < cap) {
			*ascending &= us >= before;
			before = us;
			memcpy(v[n].word, b.word, sizeof(v[n].word));
			v[n++].us = us;
		}
	}
	return n;
}

static void
many(void)
{
	static struct row want[MANY], got[MANY];
	struct packed *p = packed_new(WORDS);
	size_t nwant, ngot;
	bool ascending, equal = true;

	for (uint64_t i = 0; i < MANY; i++) {
		want[i] = row(i);
		packed_add(p, want[i].word, want[i].us);
	}
	packed_close(p);
	nwant = distinct(want, MANY);
	ngot = take(p, got, MANY, &ascending);
	ok(ngot == nwant, "each row comes back once");
	ok(ascending, "the times of a bundle ascend");
	ok(distinct(got, ngot) == ngot, "no row comes back twice");
	for (size_t i = 0; i < nwant && i < ngot; i++)
		equal &= row_order(&want[i], &got[i], NULL) == 0;
	ok(equal, "they are the rows that went in, to the last bit of a time");
	ok(packed_bytes(p) < ngot * 8, "and take less than 8 bytes each");
	packed_free(p);
}

static void
edges(void)
{
	static const int64_t times[] = { INT64_MIN, -1, 0, 1, INT64_MAX - 1, INT64_MAX };
	struct packed *p = packed_new(PACKED_WORDS_MAX);
	uint32_t word[PACKED_WORDS_MAX];
	struct packed_bundle b;
	int64_t us;
	bool right = true;

	ok(packed_first(p) == PACKED_END, "nothing went in, nothing comes out");
	for (int i = 0; i < PACKED_WORDS_MAX; i++)
		word[i] = (uint32_t)i * 400000000 % PACKED_NONE;
	for (int i = 0; i < 6; i++)
		packed_add(p, word, times[i]);
	packed_close(p);
	for (uint32_t at = packed_first(p), i = 0; at != PACKED_END; ) {
		at = packed_next(p, at, &b);
		right &= memcmp(b.word, word, sizeof(word)) == 0;
		while (packed_time(&b, &us))
			right &= i < 6 && us == times[i++];
	}
	ok(right, "the first and the last instant that there are, and twelve words");
	packed_free(p);
	packed_free(NULL);
}

static int
number_order(const void *a, const void *b, void *count)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	++*(uint64_t *)count;
	return (x > y) - (x < y);
}

/* Rising, falling, equal, pipes of an organ, the middle of three's worst. */
static void
orders(void)
{
	enum { N = 20000 };
	static uint32_t v[N];
	uint64_t worst = 0;
	bool sorted = true;

	for (int shape = 0; shape < 6; shape++) {
		uint64_t count = 0;

		for (uint32_t i = 0; i < N; i++)
			v[i] = shape == 0 ? i : shape == 1 ? N - i : shape == 2 ? 7 :
			    shape == 3 ? (i < N / 2 ? i : N - i) :
			    shape == 4 ? (i % 2 == 0 ? i : i / 2) : (uint32_t)mix(i);
		order_array(v, N, sizeof(*v), number_order, &count);
		for (size_t i = 1; i < N; i++)
			sorted &= v[i - 1] <= v[i];
		worst = count > worst ? count : worst;
	}
	ok(sorted, "order: whatever the array was before");
	ok(worst < (uint64_t)N * 15 * 4, "order: by no more than 4 n log n looks");
	order_array(v, 0, sizeof(*v), number_order, &worst);
	order_array(v, 1, sizeof(*v), number_order, &worst);
}

int
main(void)
{
	many();
	edges();
	orders();
	return tap_end();
}
