/* num.c - exact decimals: money, credit, counts */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>

__extension__ typedef unsigned __int128 wide;

/* So few parts that comparing all pairs is the fastest, and that it is done at all. */
enum { SHARE_PAIRS = 4, SHARE_FEW = 12 };

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

/* whole * weight / sum, and what that leaves. Where 64 bits do, the division is a
 * product with the inverse, at most two too small. */
static uint64_t
part_of(const struct num_weights *w, uint64_t whole, int64_t weight, uint64_t *rest)
{
	wide big = (wide)whole * (uint64_t)weight;
	uint64_t small = (uint64_t)big, q;

	if (big > UINT64_MAX) {
		*rest = (uint64_t)(big % w->sum);
		return (uint64_t)(big / w->sum);
	}
	q = (uint64_t)((wide)small * w->inverse >> 64);
	for (small -= q * w->sum; small >= w->sum; small -= w->sum)
		q++;
	*rest = small;
	return q;
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
}

void
num_share_by(const struct num_weights *w, int64_t whole, int64_t *out)
{
	uint64_t size = (uint64_t)size_of(whole);

	if (w->kinds == 1)
		share_evenly(size, out, w->n);
	else if (w->n <= SHARE_PAIRS || (w->kinds == 0 && w->n <= SHARE_FEW))
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
