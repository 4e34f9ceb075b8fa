/* num.c - exact decimals: money, credit, counts */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>

__extension__ typedef unsigned __int128 wide;

enum { SHARE_STACK = 128, SHARE_FEW = 16 };

/* --- text to number --- */

/* The digits of a number as they are met; over: they do not fit. */
struct digits {
	int64_t v;
	size_t n;
	bool over;
};

static void
add_digit(struct digits *d, char c)
{
	d->over |= __builtin_mul_overflow(d->v, 10, &d->v) ||
	    __builtin_add_overflow(d->v, c - '0', &d->v);
	d->n++;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the group separator at the head of t, or 0. A blank stands for the
 * no-break spaces U+00A0 and U+202F too, which exports write in its place. */
static size_t
separator(struct text t, char thousands)
{
	if (thousands == 0 || t.len == 0)
		return 0;
	if (t.s[0] == thousands)
		return 1;
	if (thousands == ' ' && text_starts(t, TEXT("\xc2\xa0")))
		return 2;
	if (thousands == ' ' && text_starts(t, TEXT("\xe2\x80\xaf")))
		return 3;
	return 0;
}

/* Take the digits before the decimal point; false when groups are wrong. */
static bool
whole_part(struct text *t, char thousands, struct digits *d)
{
	size_t group = 0, groups = 0, sep;

	for (;;) {
		for (; t->len > 0 && is_digit(t->s[0]); *t = text_from(*t, 1)) {
			add_digit(d, t->s[0]);
			group++;
		}
		if (groups > 0 && group != 3)
			return false;
		if ((sep = separator(*t, thousands)) == 0)
			return group > 0;
		if (group == 0 || group > 3)
			return false;
		*t = text_from(*t, sep);
		group = 0;
		groups++;
	}
}

/* Put six decimals behind d; what lies past the sixth decides the verdict. */
static enum num_verdict
fraction(struct text t, bool round, struct digits *d)
{
	bool up = false, lost = false;

	for (size_t i = 0; i < t.len; i++)
		if (!is_digit(t.s[i]))
			return NUM_BAD;
	for (size_t i = 0; i < 6; i++)
		add_digit(d, i < t.len ? t.s[i] : '0');
	for (size_t i = 6; i < t.len; i++)
		lost |= t.s[i] != '0';
	if (lost && !round)
		return NUM_SCALE;
	up = lost && t.s[6] >= '5';
	d->over |= __builtin_add_overflow(d->v, up, &d->v);
	return d->over ? NUM_OVERFLOW : NUM_OK;
}

static enum num_verdict
magnitude(struct text t, const struct num_form *form, int64_t *micros)
{
	struct digits d = { 0 };
	enum num_verdict v;

	if (!whole_part(&t, form->thousands, &d))
		return NUM_BAD;
	if (form->micros) {
		if (t.len > 0)
			return NUM_BAD;
		v = d.over ? NUM_OVERFLOW : NUM_OK;
	} else if (t.len == 0) {
		v = fraction(t, form->round, &d);
	} else if (t.s[0] == form->decimal && t.len > 1) {
		v = fraction(text_from(t, 1), form->round, &d);
	} else {
		return NUM_BAD;
	}
	*micros = d.v;
	return v;
}

enum num_verdict
num_parse_form(struct text t, const struct num_form *form, int64_t *micros)
{
	bool minus;
	enum num_verdict v;

	if (t.len == 0)
		return NUM_EMPTY;
	minus = t.s[0] == '-';
	if (minus || t.s[0] == '+')
		t = text_from(t, 1);
	v = magnitude(t, form, micros);
	if (v == NUM_OK && minus)
		*micros = -*micros;
	return v;
}

enum num_verdict
num_parse(struct text t, int64_t *micros)
{
	static const struct num_form own = { .decimal = '.' };

	if (t.len > 0 && t.s[0] == '+')
		return NUM_BAD;
	return num_parse_form(t, &own, micros);
}

enum num_verdict
num_parse_count(struct text t, int64_t *count)
{
	struct digits d = { 0 };

	if (t.len == 0)
		return NUM_EMPTY;
	if (!whole_part(&t, 0, &d) || t.len > 0)
		return NUM_BAD;
	*count = d.v;
	return d.over ? NUM_OVERFLOW : NUM_OK;
}

/* --- number to text --- */

static wide
size_of(num_wide v)
{
	return v < 0 ? -(wide)v : (wide)v;
}

/* v in decimal, its last digit just before end; returns its first. */
static char *
put_back(char *end, wide v)
{
	uint64_t low;

	while (v > UINT64_MAX) {
		*--end = (char)('0' + (int)(v % 10));
		v /= 10;
	}
	low = (uint64_t)v;
	do {
		*--end = (char)('0' + (int)(low % 10));
		low /= 10;
	} while (low != 0);
	return end;
}

/* Slide the text [from, end) to the front of out. */
static struct text
to_front(char out[NUM_TEXT], const char *from, const char *end)
{
	size_t n = (size_t)(end - from);

	memmove(out, from, n);
	return (struct text){ out, n };
}

struct text
num_put_wide(char out[NUM_TEXT], num_wide micros)
{
	char *end = out + NUM_TEXT, *at = end;
	wide v = size_of(micros);
	uint32_t fraction_part = (uint32_t)(v % NUM_MICROS);

	if (fraction_part != 0) {
		for (int i = 0; i < 6; i++, fraction_part /= 10)
			*--at = (char)('0' + (int)(fraction_part % 10));
		while (end[-1] == '0')
			end--;
		*--at = '.';
	}
	at = put_back(at, v / NUM_MICROS);
	if (micros < 0)
		*--at = '-';
	return to_front(out, at, end);
}

struct text
num_put(char out[NUM_TEXT], int64_t micros)
{
	return num_put_wide(out, micros);
}

struct text
num_put_count(char out[NUM_TEXT], int64_t count)
{
	char *end = out + NUM_TEXT, *at = put_back(end, size_of(count));

	if (count < 0)
		*--at = '-';
	return to_front(out, at, end);
}

/* --- ratios and shares --- */

bool
num_ratio(num_wide numerator, num_wide denominator, int64_t *micros)
{
	bool minus = (numerator < 0) != (denominator < 0);
	wide d = size_of(denominator), v = size_of(numerator), q, rest;

	if (d == 0)
		return false;
	q = v / d;
	rest = v % d;
	if (q > INT64_MAX / NUM_MICROS)
		return false;
	/* Long division. Ten times the rest may not fit 128 bits; twice it
	 * does, as d is at most 2^127. */
	for (int place = 0; place < 6; place++) {
		wide ten = 0;
		unsigned digit = 0;

		for (int i = 0; i < 10; i++) {
			ten += rest;
			if (ten >= d) {
				ten -= d;
				digit++;
			}
		}
		q = q * 10 + digit;
		rest = ten;
	}
	q += rest >= d - rest;
	if (q > INT64_MAX)
		return false;
	*micros = minus ? -(int64_t)q : (int64_t)q;
	return true;
}

bool
num_muldiv(int64_t a, int64_t b, int64_t c, int64_t *out)
{
	num_wide product = (num_wide)a * b;
	wide d = size_of(c), v = size_of(product), q;

	if (d == 0)
		return false;
	q = v / d + (v % d >= d - v % d);
	if (q > INT64_MAX)
		return false;
	*out = (product < 0) != (c < 0) ? -(int64_t)q : (int64_t)q;
	return true;
}

/* What was cut off a share, in parts of the weights' sum. */
struct cut {
	uint64_t rest;
	size_t part;
};

static int
by_rest(const void *a, const void *b)
{
	const struct cut *x = a, *y = b;

	if (x->rest != y->rest)
		return x->rest > y->rest ? -1 : 1;
	return (x->part > y->part) - (x->part < y->part);
}

/* One more for each of the `left` largest cuts. */
static void
give_left(struct cut *c, size_t n, uint64_t left, int64_t *out)
{
	if (n > SHARE_FEW) {
		if (left > 0)
			qsort(c, n, sizeof(*c), by_rest);
		for (size_t i = 0; i < left; i++)
			out[c[i].part]++;
		return;
	}
	for (; left > 0; left--) {
		size_t most = 0;

		for (size_t i = 1; i < n; i++)
			if (c[i].rest > c[most].rest)
				most = i;
		c[most].rest = 0; /* it was not: more parts were cut than are left */
		out[c[most].part]++;
	}
}

/* The shares rounded down, what was cut off each; returns the sum of shares.
 * A division is a product with the inverse, at most two too small. */
static uint64_t
round_down(const struct num_weights *w, uint64_t whole, int64_t *out, struct cut *cuts)
{
	uint64_t given = 0, small, q;

	for (size_t i = 0; i < w->n; i++) {
		if (!__builtin_mul_overflow(whole, (uint64_t)w->weight[i], &small)) {
			q = (uint64_t)((wide)small * w->inverse >> 64);
			for (small -= q * w->sum; small >= w->sum; small -= w->sum)
				q++;
			cuts[i].rest = small;
		} else {
			wide big = (wide)whole * (uint64_t)w->weight[i];

			q = (uint64_t)(big / w->sum);
			cuts[i].rest = (uint64_t)(big % w->sum);
		}
		cuts[i].part = i;
		out[i] = (int64_t)q;
		given += q;
	}
	return given;
}

static void
share_evenly(uint64_t whole, int64_t *out, size_t n)
{
	uint64_t each = whole / n, left = whole % n;

	for (size_t i = 0; i < n; i++)
		out[i] = (int64_t)(each + (i < left));
}

void
num_weights_init(struct num_weights *w, const int64_t *weight, size_t n)
{
	uint64_t unlike = 0;

	*w = (struct num_weights){ .weight = weight, .n = n };
	for (size_t i = 0; i < n; i++) {
		w->sum += (uint64_t)weight[i];
		unlike |= (uint64_t)(weight[i] ^ weight[0]);
	}
	w->even = unlike == 0;
	w->inverse = UINT64_MAX / w->sum;
}

void
num_share_by(const struct num_weights *w, int64_t whole, int64_t *out)
{
	struct cut few[SHARE_STACK], *cuts = few;
	uint64_t size = (uint64_t)size_of(whole);

	if (w->even) {
		share_evenly(size, out, w->n);
	} else {
		if (w->n > SHARE_STACK)
			cuts = mem_raw(w->n, sizeof(*cuts));
		give_left(cuts, w->n, size - round_down(w, size, out, cuts), out);
		if (cuts != few)
			mem_free(cuts);
	}
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
