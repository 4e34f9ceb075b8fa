/* rates.c - what is an amount worth in the one currency of the reports? */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/import/rates.h>

enum { RATES_MAX = 1 << 22, CODE = 3, DECIMALS = 12 };
static const int64_t ONE = 1000000000000; /* a rate is a number of 10^-12 */

const char *const rates_columns[RATES_COLUMNS] = { "date", "from", "to", "rate" };

struct rate {
	char from[CODE];
	int64_t day, rate;
};

struct rates {
	struct rate *v;
	size_t n, cap;
	char to[CODE];
};

struct rates *
rates_new(void)
{
	return mem_new(1, sizeof(struct rates));
}

void
rates_free(struct rates *r)
{
	if (r == NULL)
		return;
	mem_free(r->v);
	mem_free(r);
}

/* Whole part and decimals up to the twelfth. */
static bool
parse_rate(struct text t, int64_t *rate)
{
	ptrdiff_t point = text_find(t, '.');
	struct text decimals = point >= 0 ? text_from(t, (size_t)point + 1) : TEXT_NONE;
	int64_t whole, scale = ONE;

	if (num_parse_count(point >= 0 ? text_head(t, (size_t)point) : t, &whole) !=
	    NUM_OK || whole >= 9000000 || decimals.len > DECIMALS ||
	    (point >= 0 && decimals.len == 0))
		return false;
	*rate = whole * ONE;
	for (size_t i = 0; i < decimals.len; i++) {
		if (decimals.s[i] < '0' || decimals.s[i] > '9')
			return false;
		scale /= 10;
		*rate += scale * (decimals.s[i] - '0');
	}
	return *rate > 0;
}

static bool
is_code(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.s[i] < 'A' || t.s[i] > 'Z')
			return false;
	return t.len == CODE;
}

const char *
rates_add(void *context, const struct text *field, size_t *bad)
{
	struct rates *r = context;
	struct rate rate;

	*bad = 0;
	if (when_parse_day(field[0], &rate.day) != WHEN_OK)
		return "not a day";
	*bad = 1;
	if (!is_code(field[1]))
		return "not a currency such as USD";
	*bad = 2;
	if (!is_code(field[2]) ||
	    (r->n != 0 && memcmp(field[2].s, r->to, CODE) != 0))
		return "not a currency, or not that of the rows above";
	*bad = 3;
	if (!parse_rate(field[3], &rate.rate))
		return "not a rate";
	memcpy(rate.from, field[1].s, CODE);
	memcpy(r->to, field[2].s, CODE);
	r->v = mem_grow(r->v, &r->cap, r->n + 1, sizeof(*r->v), RATES_MAX, "rates");
	r->v[r->n++] = rate;
	return NULL;
}

static int
by_currency_and_day(const void *a, const void *b)
{
	const struct rate *x = a, *y = b;
	int c = memcmp(x->from, y->from, CODE);

	return c != 0 ? c : (x->day > y->day) - (x->day < y->day);
}

bool
rates_ready(struct rates *r)
{
	if (r->n != 0)
		qsort(r->v, r->n, sizeof(*r->v), by_currency_and_day);
	for (size_t i = 1; i < r->n; i++)
		if (by_currency_and_day(&r->v[i - 1], &r->v[i]) == 0 &&
		    r->v[i - 1].rate != r->v[i].rate)
			return false;
	return true;
}

struct text
rates_to(const struct rates *r)
{
	return (struct text){ r->to, r->n != 0 ? CODE : 0 };
}

enum rates_verdict
rates_convert(const struct rates *r, struct text currency, int64_t day, int64_t amount,
    int64_t *out)
{
	struct rate key = { .day = day };
	size_t from = 0, to = r->n;

	*out = amount;
	if (text_equal(currency, rates_to(r)))
		return RATES_SAME;
	if (currency.len != CODE)
		return RATES_NONE;
	memcpy(key.from, currency.s, CODE);
	while (from < to) { /* the first row after the day */
		size_t mid = from + (to - from) / 2;

		if (by_currency_and_day(&r->v[mid], &key) <= 0)
			from = mid + 1;
		else
			to = mid;
	}
	if (from == 0 || memcmp(r->v[from - 1].from, key.from, CODE) != 0)
		return RATES_NONE;
	return num_muldiv(amount, r->v[from - 1].rate, ONE, out) ? RATES_OK
	    : RATES_OVERFLOW;
}
