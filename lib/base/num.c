/* num.c - exact decimals: money, credit, counts */
#include <lead/base/num.h>

__extension__ typedef unsigned __int128 wide;

/* --- text to number --- */

static const struct num_form own = { .decimal = '.' };

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

size_t
num_minus(struct text t)
{
	return text_starts(t, TEXT("-")) ? 1 : text_starts(t, TEXT("\xe2\x88\x92")) ? 3 : 0;
}

/* Bytes of the group separator at the head of t, or 0: its own byte, or what
 * exports write in place of a blank (U+00A0, U+2009, U+202F) or apostrophe. */
static size_t
separator(struct text t, char thousands)
{
	static const struct {
		char thousands;
		struct text text;
	} others[] = {
		{ ' ', { "\xc2\xa0", 2 } },
		{ ' ', { "\xe2\x80\x89", 3 } },
		{ ' ', { "\xe2\x80\xaf", 3 } },
		{ '\'', { "\xe2\x80\x99", 3 } },
	};

	if (thousands == 0 || t.len == 0)
		return 0;
	if (t.s[0] == thousands)
		return 1;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (others[i].thousands == thousands && text_starts(t, others[i].text))
			return others[i].text.len;
	return 0;
}

/* Take the digits before the decimal point; false when groups are wrong. */
static bool
whole_part(struct text *t, const struct num_form *form, struct digits *d)
{
	size_t group = 0, groups = 0, inner = form->lakh ? 2 : 3, sep;

	for (;;) {
		for (; t->len > 0 && is_digit(t->s[0]); *t = text_from(*t, 1)) {
			add_digit(d, t->s[0]);
			group++;
		}
		if ((sep = separator(*t, form->thousands)) == 0)
			return groups > 0 ? group == 3 : group > 0;
		if (group == 0 || group > inner || (groups > 0 && group != inner))
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

	if (!whole_part(&t, form, &d))
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

/* A number whose minus, if any, has so many bytes. */
static enum num_verdict
parse_signed(struct text t, size_t minus, const struct num_form *form, int64_t *micros)
{
	enum num_verdict v = magnitude(text_from(t, minus), form, micros);

	if (v == NUM_OK && minus != 0)
		*micros = -*micros;
	return v;
}

enum num_verdict
num_parse_form(struct text t, const struct num_form *form, int64_t *micros)
{
	if (t.len == 0)
		return NUM_EMPTY;
	if (t.s[0] == '+')
		return parse_signed(text_from(t, 1), 0, form, micros);
	return parse_signed(t, num_minus(t), form, micros);
}

enum num_verdict
num_parse(struct text t, int64_t *micros)
{
	if (t.len == 0)
		return NUM_EMPTY;
	return parse_signed(t, t.s[0] == '-', &own, micros);
}

enum num_verdict
num_parse_count(struct text t, int64_t *count)
{
	struct digits d = { 0 };

	if (t.len == 0)
		return NUM_EMPTY;
	if (!whole_part(&t, &own, &d) || t.len > 0)
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

/* --- ratios --- */

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
