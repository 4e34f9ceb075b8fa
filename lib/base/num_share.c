/* num_share.c - a whole in exact parts, by weights */
#include <lead/base/mem.h>
#include <lead/base/num.h>

__extension__ typedef unsigned __int128 wide;

/* So few parts that comparing all pairs is the fastest, and that it is done at all. */
enum { SHARE_PAIRS = 4, SHARE_FEW = 12 };

uint64_t
num_divide(const struct num_weights *w, uint64_t whole, uint64_t *rest)
{
	uint64_t q = (uint64_t)((wide)whole * w->inverse >> 64);

	/* at most two too small */
	for (whole -= q * w->sum; whole >= w->sum; whole -= w->sum)
		q++;
	*rest = whole;
	return q;
}

/*
 * The same of more than 64 bits, when the quotient has no more: "Improved division
 * by invariant integers" (Moller, Granlund 2011), algorithm 4.
 */
static uint64_t
divide_wide(const struct num_weights *w, wide big, uint64_t *rest)
{
	uint64_t sum = w->sum << w->shift, high, r;
	wide q;

	big <<= w->shift;
	q = (wide)w->reciprocal * (uint64_t)(big >> 64) + big;
	high = (uint64_t)(q >> 64) + 1;
	r = (uint64_t)big - high * sum;
	if (r > (uint64_t)q) {
		high--;
		r += sum;
	}
	if (r >= sum) {
		high++;
		r -= sum;
	}
	*rest = r >> w->shift;
	return high;
}

/* whole * weight / sum, and what that leaves. */
static uint64_t
part_of(const struct num_weights *w, uint64_t whole, int64_t weight, uint64_t *rest)
{
	wide big = (wide)whole * (uint64_t)weight;

	return big > UINT64_MAX ? divide_wide(w, big, rest)
				: num_divide(w, (uint64_t)big, rest);
}

/* Each share rounded down; then one more for each of the largest cuts. */
static void
share_few(const struct num_weights *w, uint64_t whole, int64_t *out)
{
	uint64_t rest[SHARE_FEW], left = whole;
	size_t above[SHARE_FEW];

	for (size_t i = 0; i < w->n; i++) {
		uint64_t q = part_of(w, whole, w->weight[i], &rest[i]);

		above[i] = 0;
		out[i] = (int64_t)q;
		left -= q;
	}
	for (size_t i = 1; i < w->n; i++) /* who has more cut off, without a branch */
		for (size_t k = 0; k < i; k++) {
			bool earlier = rest[k] >= rest[i];

			above[i] += earlier;
			above[k] += !earlier;
		}
	for (size_t i = 0; i < w->n; i++)
		out[i] += above[i] < left;
}

/*
 * The left-th largest of n rests, found eight bits at a time; *ties is how many of
 * those that equal it are among the largest, in their order.
 */
static uint64_t
least_given(const uint64_t *rest, size_t n, uint64_t left, uint64_t sum, uint64_t *ties)
{
	uint64_t high = 0;
	int shift = 64 - __builtin_clzll(sum);

	for (shift = (shift + 7) / 8 * 8; shift > 0;) {
		uint64_t count[256] = { 0 };
		unsigned b = 255;

		shift -= 8;
		for (size_t i = 0; i < n; i++)
			if (shift == 56 || rest[i] >> (shift + 8) == high)
				count[rest[i] >> shift & 255]++;
		for (; left > count[b]; b--)
			left -= count[b];
		high = high << 8 | b;
	}
	*ties = left;
	return high;
}

/* The same of many; the few that are given one more are picked, not sorted. */
static void
share_many(const struct num_weights *w, uint64_t whole, int64_t *out)
{
	uint64_t *rest = mem_raw(w->n, sizeof(*rest)), left = whole, least, ties;

	for (size_t i = 0; i < w->n; i++) {
		uint64_t q = part_of(w, whole, w->weight[i], &rest[i]);

		out[i] = (int64_t)q;
		left -= q;
	}
	if (left > 0) {
		least = least_given(rest, w->n, left, w->sum, &ties);
		for (size_t i = 0; i < w->n; i++) {
			bool tied = rest[i] == least && ties > 0;

			out[i] += rest[i] > least || tied;
			ties -= tied;
		}
	}
	mem_free(rest);
}

/* The place of a weight among the kinds; try: where it was last. */
static unsigned
kind_of(const struct num_weights *w, int64_t weight, unsigned try)
{
	if (w->kind[try] == weight)
		return try;
	for (try = 0; try < w->kinds && w->kind[try] != weight; try++)
		;
	return try;
}

/*
 * The same where there are few kinds of weight: all of a kind are cut alike, so
 * that kinds are given one more, and of the last ones those that come first.
 */
static void
share_kinds(const struct num_weights *w, uint64_t whole, int64_t *out)
{
	uint64_t each[NUM_KINDS], rest[NUM_KINDS], left = whole, most, size;
	unsigned todo = (1u << w->kinds) - 1, some = 0, mask, k = 0;

	for (unsigned c = 0; c < w->kinds; c++) {
		each[c] = part_of(w, whole, w->kind[c], &rest[c]);
		left -= each[c] * w->count[c];
	}
	while (left > 0 && some == 0) {
		most = size = mask = 0;
		for (unsigned c = 0; c < w->kinds; c++)
			if (todo >> c & 1 && rest[c] >= most) {
				mask = (rest[c] > most ? 0 : mask) | 1u << c;
				size = (rest[c] > most ? 0 : size) + w->count[c];
				most = rest[c];
			}
		todo &= ~mask;
		if (size > left) {
			some = mask;
			break;
		}
		left -= size;
		for (unsigned c = 0; c < w->kinds; c++)
			each[c] += mask >> c & 1;
	}
	for (size_t i = 0; i < w->n; i++) {
		bool more;

		k = kind_of(w, w->weight[i], k);
		more = (some >> k & 1) & (left > 0);
		out[i] = (int64_t)(each[k] + more);
		left -= more;
	}
}

static void
share_evenly(uint64_t whole, int64_t *out, size_t n)
{
	uint64_t each = whole / n, left = whole % n;

	for (size_t i = 0; i < n; i++)
		out[i] = (int64_t)(each + (i < left));
}

/* Count a weight of kind k, or see that there are too many kinds. */
static void
count_kind(struct num_weights *w, int64_t weight, unsigned k)
{
	if (k == NUM_KINDS) {
		w->kinds = 0;
		return;
	}
	if (k == w->kinds) {
		w->kind[w->kinds++] = weight;
		w->count[k] = 0;
	}
	w->count[k]++;
}

void
num_weights_init(struct num_weights *w, const int64_t *weight, size_t n)
{
	unsigned k = 0;
	uint64_t top;

	w->weight = weight;
	w->n = n;
	w->sum = 0;
	w->kinds = 0;
	w->kind[0] = 0;
	for (size_t i = 0; i < n; i++) {
		w->sum += (uint64_t)weight[i];
		if (i > 0 && w->kinds == 0)
			continue; /* too many */
		k = i == 0 ? 0 : kind_of(w, weight[i], k);
		count_kind(w, weight[i], k);
	}
	w->inverse = UINT64_MAX / w->sum;
	w->shift = (unsigned)__builtin_clzll(w->sum);
	top = w->sum << w->shift;
	w->reciprocal = (uint64_t)(((wide)~top << 64 | UINT64_MAX) / top);
}

void
num_share_by(const struct num_weights *w, int64_t whole, int64_t *out)
{
	uint64_t size = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;

	if (w->kinds == 1)
		share_evenly(size, out, w->n);
	else if (w->n <= SHARE_PAIRS ||
	    (w->n <= SHARE_FEW && (w->kinds == 0 || 2 * w->kinds > w->n)))
		share_few(w, size, out);
	else if (w->kinds > 0)
		share_kinds(w, size, out);
	else
		share_many(w, size, out);
	for (size_t i = 0; whole < 0 && i < w->n; i++)
		out[i] = (int64_t)(0 - (uint64_t)out[i]);
}

void
num_share(int64_t whole, const int64_t *weight, int64_t *out, size_t n)
{
	struct num_weights w;

	num_weights_init(&w, weight, n);
	num_share_by(&w, whole, out);
}
