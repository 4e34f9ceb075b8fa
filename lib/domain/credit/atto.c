/* atto.c - decimals of eighteen places: the sums of tables of paths */
#include <stdbool.h>
#include <stdlib.h>

#include <lead/domain/credit/atto.h>

enum { PLACES = 18 };

static const int64_t PER_MICRO = 1000000000000; /* 10^12 */

__extension__ typedef unsigned __int128 uwide;

/* Append a digit; false when the number leaves 127 bits. */
static bool
push(num_wide *n, char digit)
{
	return !__builtin_mul_overflow(*n, 10, n) &&
	    !__builtin_add_overflow(*n, digit - '0', n);
}

/* Digits up to a point or the end; how many, or -1 on overflow. */
static int
digits(struct text *t, num_wide *n)
{
	int count = 0;

	for (; t->len > 0 && t->s[0] >= '0' && t->s[0] <= '9'; count++) {
		if (!push(n, t->s[0]))
			return -1;
		*t = text_from(*t, 1);
	}
	return count;
}

/* The decimals, filled up to eighteen. */
static enum num_verdict
decimals(struct text t, num_wide *n)
{
	int count;

	while (t.len > PLACES && t.s[t.len - 1] == '0')
		t.len--;
	count = digits(&t, n);
	if (count < 0)
		return NUM_OVERFLOW;
	if (t.len > 0 || count == 0)
		return NUM_BAD;
	if (count > PLACES)
		return NUM_SCALE;
	for (; count < PLACES; count++)
		if (!push(n, '0'))
			return NUM_OVERFLOW;
	return NUM_OK;
}

enum num_verdict
atto_parse(struct text t, num_wide *atto)
{
	bool minus = t.len > 0 && t.s[0] == '-';
	enum num_verdict v;
	int whole;

	*atto = 0;
	if (t.len == 0)
		return NUM_EMPTY;
	t = text_from(t, minus);
	whole = digits(&t, atto);
	if (whole < 0)
		return NUM_OVERFLOW;
	if (whole == 0 || (t.len > 0 && (t.s[0] != '.' || t.len == 1)))
		return NUM_BAD;
	v = decimals(t.len > 0 ? text_from(t, 1) : TEXT("0"), atto);
	if (minus)
		*atto = -*atto;
	return v;
}

const char *
atto_problem(enum num_verdict v)
{
	switch (v) {
	case NUM_OK:
	case NUM_EMPTY:
		return NULL;
	case NUM_BAD:
		return "not a number";
	case NUM_SCALE:
		return "more than eighteen decimals";
	case NUM_OVERFLOW:
		return "beyond the largest number";
	}
	return "not a number";
}

static int
compare_rests(const void *a, const void *b)
{
	const struct atto_rest *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->part > y->part) - (x->part < y->part);
}

/*
 * size = q * sum + r: a part is q * weight + r * weight / sum, no product past
 * 124 bits. What the floors leave, fewer than n units, goes to the largest
 * remainders.
 */
void
atto_share(num_wide whole, const int64_t *weight, num_wide *out, size_t n,
    struct atto_rest *scratch)
{
	uwide size = whole < 0 ? -(uwide)whole : (uwide)whole, q, r, left = size;
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (uint64_t)weight[i];
	q = size / sum;
	r = size % sum;
	for (size_t i = 0; i < n; i++) {
		uwide product = r * (uint64_t)weight[i];
		uwide part = q * (uint64_t)weight[i] + product / sum;

		scratch[i].rest = (uint64_t)(product % sum);
		scratch[i].part = (uint32_t)i;
		out[i] = (num_wide)part;
		left -= part;
	}
	if (left > 0)
		qsort(scratch, n, sizeof(*scratch), compare_rests);
	for (size_t i = 0; i < left; i++)
		out[scratch[i].part]++;
	for (size_t i = 0; whole < 0 && i < n; i++)
		out[i] = -out[i];
}

num_wide
atto_round(num_wide atto)
{
	num_wide rest = atto % PER_MICRO, micros = atto / PER_MICRO;

	if (rest >= PER_MICRO / 2)
		micros++;
	else if (rest <= -(PER_MICRO / 2))
		micros--;
	return micros;
}

struct text
atto_put(char out[NUM_TEXT], num_wide atto)
{
	char *end = out + NUM_TEXT, *at = end;
	uwide size = atto < 0 ? -(uwide)atto : (uwide)atto;
	bool started = false;

	for (int place = 0; place <= PLACES || size > 0; place++, size /= 10) {
		char digit = (char)('0' + (int)(size % 10));

		if (place == PLACES && started)
			*--at = '.';
		started |= place >= PLACES || digit != '0';
		if (started)
			*--at = digit;
	}
	if (atto < 0)
		*--at = '-';
	return (struct text){ at, (size_t)(end - at) };
}
