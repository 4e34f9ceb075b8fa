/* suggest_form.c - which form of dates, money or counts do values have? */
#include <lead/base/mem.h>
#include <lead/base/stamp.h>
#include <lead/domain/import/amount.h>

#include "suggest_state.h"

/* Tried in this order. digits: bare numbers of so many. */
static const struct {
	const char *form;
	enum suggest_order order;
	size_t digits;
} dates[SUGGEST_DATES] = {
	{ "iso", SUGGEST_UNTOLD, 0 },
	{ "%d/%m/%Y", SUGGEST_DAY_FIRST, 0 },
	{ "%m/%d/%Y", SUGGEST_MONTH_FIRST, 0 },
	{ "%d-%m-%Y", SUGGEST_DAY_FIRST, 0 },
	{ "%m-%d-%Y", SUGGEST_MONTH_FIRST, 0 },
	{ "%d.%m.%Y", SUGGEST_UNTOLD, 0 },
	{ "%Y/%m/%d", SUGGEST_UNTOLD, 0 },
	{ "%d/%m/%Y %H:%M:%S", SUGGEST_DAY_FIRST, 0 },
	{ "%m/%d/%Y %H:%M:%S", SUGGEST_MONTH_FIRST, 0 },
	{ "%d/%m/%Y %H:%M", SUGGEST_DAY_FIRST, 0 },
	{ "%m/%d/%Y %H:%M", SUGGEST_MONTH_FIRST, 0 },
	{ "%m/%d/%Y %I:%M %p", SUGGEST_MONTH_FIRST, 0 },
	{ "%m/%d/%Y %I:%M:%S %p", SUGGEST_MONTH_FIRST, 0 },
	{ "%d-%m-%Y %H:%M", SUGGEST_DAY_FIRST, 0 },
	{ "%d-%m-%Y %H:%M:%S", SUGGEST_DAY_FIRST, 0 },
	{ "%m-%d-%Y %H:%M:%S", SUGGEST_MONTH_FIRST, 0 },
	{ "%d.%m.%Y %H:%M", SUGGEST_UNTOLD, 0 },
	{ "%d.%m.%Y %H:%M:%S", SUGGEST_UNTOLD, 0 },
	{ "%d/%m/%Y, %H:%M:%S", SUGGEST_DAY_FIRST, 0 },
	{ "%Y/%m/%d %H:%M:%S", SUGGEST_UNTOLD, 0 },
	{ "%d %b %Y", SUGGEST_UNTOLD, 0 },
	{ "%d-%b-%Y", SUGGEST_UNTOLD, 0 },
	{ "%d %b %Y %H:%M:%S", SUGGEST_UNTOLD, 0 },
	{ "%b %d, %Y", SUGGEST_UNTOLD, 0 },
	{ "%b %d, %Y %I:%M %p", SUGGEST_UNTOLD, 0 },
	{ "%Y%m%d", SUGGEST_UNTOLD, 8 },
	{ "%s", SUGGEST_UNTOLD, 10 },
	{ "%Q", SUGGEST_UNTOLD, 13 },
	{ "%N", SUGGEST_UNTOLD, 16 },
};

static const char *const iso_forms[] = { "%Y-%m-%d", "%Y-%m-%d %H:%M:%S",
	"%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z",
	"%Y-%m-%dT%H:%M:%S.%f%z" };

/* Of amount_number()'s; the last form of all is the plain one, rounded. */
enum { PLAIN, COMMAS, POINTS, ROUNDED = SUGGEST_MONIES - 1 };

/* --- values --- */

static bool
has_form(struct text t, const char *form, const struct zone *utc)
{
	int64_t us;
	bool dated;

	return stamp_parse(t, form, utc, &us, &dated) == WHEN_OK;
}

static bool
is_bare(struct text t, size_t digits)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.s[i] < '0' || t.s[i] > '9')
			return false;
	return t.len == digits;
}

static bool
is_date(struct text t, size_t k, const struct zone *utc)
{
	int64_t us;

	if (dates[k].digits != 0 && !is_bare(t, dates[k].digits))
		return false;
	if (k != 0)
		return has_form(t, dates[k].form, utc);
	for (size_t i = 0; i < sizeof(iso_forms) / sizeof(iso_forms[0]); i++)
		if (has_form(t, iso_forms[i], utc))
			return true;
	return when_parse(t, &us) == WHEN_OK;
}

/* A dash, or two, for what is not there. */
static bool
is_dash(struct text t)
{
	static const char *const dashes[] = { "-", "--", "---", "\xe2\x80\x93",
		"\xe2\x80\x94" };

	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++)
		if (text_is(t, dashes[i]))
			return true;
	return false;
}

static void
keep_dash(struct suggest_column *c, struct text t, struct arena *a)
{
	for (size_t i = 0; i < c->ndashes; i++)
		if (text_equal(c->dash[i], t))
			return;
	if (c->ndashes < SUGGEST_DASHES_MAX)
		c->dash[c->ndashes++] = arena_text(a, t);
}

/* false: more signs than are kept, or none that is known. */
static bool
keep_sign(struct suggest_column *c, const struct amount_parts *p, struct arena *a)
{
	size_t i;

	c->bare |= p->sign.len == 0;
	if (p->sign.len == 0)
		return true;
	for (i = 0; i < c->nsigns; i++)
		if (text_same(c->sign[i].text, p->sign))
			return true;
	if (c->nsigns == SUGGEST_SIGNS_MAX || amount_currencies(p->sign).len == 0)
		return false;
	for (i = c->nsigns++; i > 0 && c->sign[i - 1].text.len < p->sign.len; i--)
		c->sign[i] = c->sign[i - 1]; /* US$ before $, which is in it */
	c->sign[i] = (struct suggest_sign){ arena_text(a, p->sign), p->behind, p->apart };
	return true;
}

static void
look_at_amount(struct suggest_column *c, struct text t, struct arena *a)
{
	struct amount_parts p;
	struct num_form form;
	struct text words;
	int64_t micros;
	bool is = amount_split(t, &p) && (p.digits.len != 0 || p.minus) &&
	    keep_sign(c, &p, a);

	c->parens |= is && (p.parens || p.digits.len == 0);
	if (is && p.digits.len == 0)
		return; /* an accountant's zero */
	for (size_t k = 0; k < SUGGEST_MONIES; k++) {
		amount_number(k == ROUNDED ? PLAIN : k, &words, &form);
		form.round = k == ROUNDED;
		c->not_money[k] |= !is ||
		    num_parse_form(p.digits, &form, &micros) != NUM_OK;
	}
}

void
suggest_form_look(struct suggest_column *c, struct text t, const struct zone *utc,
    struct arena *a)
{
	if (is_dash(t)) {
		keep_dash(c, t, a);
		return;
	}
	c->filled = true;
	c->dotted |= text_find(t, '.') >= 0;
	c->not_mail |= text_find(t, '@') < 1 || text_find(t, ' ') >= 0;
	for (size_t k = 0; k < SUGGEST_DATES; k++)
		if (!c->not_date[k])
			c->not_date[k] = !is_date(t, k, utc);
	look_at_amount(c, t, a);
}

/* --- forms --- */

enum suggest_order
suggest_form_order(const struct suggest_column *c)
{
	unsigned fits = 0;

	for (size_t k = 0; k < SUGGEST_DATES && c->filled; k++)
		if (!c->not_date[k])
			fits |= (unsigned)dates[k].order;
	return (enum suggest_order)fits;
}

static struct text
date_form(struct suggest *s, const struct suggest_column *c, bool bare)
{
	enum suggest_order not = s->month_first &&
	    suggest_form_order(c) == SUGGEST_EITHER ? SUGGEST_DAY_FIRST : SUGGEST_EITHER;

	for (size_t k = 0; k < SUGGEST_DATES; k++)
		if (!c->not_date[k] && dates[k].order != not &&
		    (bare || dates[k].digits == 0))
			return suggest_rows_join(s, TEXT("date:"),
			    text_of(dates[k].form));
	return TEXT_NONE;
}

/* A form that all values have, or SUGGEST_MONIES. 1.500 and 2.000 could be one and a
 * half and two, but amounts have no three decimals: where each point parts thousands,
 * it does. */
static size_t
number_form(const struct suggest_column *c)
{
	size_t k = c->dotted && !c->not_money[POINTS] ? POINTS : PLAIN;

	while (k < SUGGEST_MONIES && c->not_money[k])
		k++;
	return k;
}

static struct text
count_form(struct suggest *s, const struct suggest_column *c)
{
	size_t k = number_form(c);
	struct text words;
	struct num_form form;

	if (c->nsigns != 0 || c->parens || !amount_number(k, &words, &form))
		return TEXT_NONE;
	if (form.thousands == 0)
		return form.decimal == '.' ? TEXT("count") : TEXT_NONE;
	return form.lakh ? TEXT_NONE
	    : suggest_rows_join(s, TEXT("count:"), text_head(words, strlen("1,234")));
}

bool
suggest_form_money(struct suggest *s, const struct suggest_column *c, size_t i,
    struct text *as)
{
	size_t k = number_form(c);
	const struct suggest_sign *sign = i < c->nsigns ? &c->sign[i] : NULL;
	struct num_form form;
	struct text words;

	if (k == SUGGEST_MONIES || i > c->nsigns ||
	    (sign == NULL && c->nsigns != 0 && !c->bare))
		return false;
	amount_number(k == ROUNDED ? PLAIN : k, &words, &form);
	if (sign != NULL && sign->apart)
		words = sign->behind ? suggest_rows_join(s, words, TEXT(" "))
		    : suggest_rows_join(s, TEXT(" "), words);
	if (sign != NULL)
		words = sign->behind ? suggest_rows_join(s, words, sign->text)
		    : suggest_rows_join(s, sign->text, words);
	if (c->parens)
		words = suggest_rows_join(s, TEXT("("),
		    suggest_rows_join(s, words, TEXT(")")));
	*as = TEXT("money");
	if (k == ROUNDED)
		words = sign == NULL && !c->parens ? TEXT("round")
		    : suggest_rows_join(s, words, TEXT(":round"));
	if (k != PLAIN || sign != NULL || c->parens)
		*as = suggest_rows_join(s, TEXT("money:"), words);
	return true;
}

struct text
suggest_form(struct suggest *s, const struct suggest_column *c, struct text wanted)
{
	bool day = text_is(wanted, "day"), date = day || text_is(wanted, "date");
	bool count = text_is(wanted, "count"), mail = text_is(wanted, "mail");
	struct text as;

	if (mail)
		return c->filled && c->not_mail ? TEXT_NONE : TEXT("text");
	if (!c->filled || (!date && !count && !text_is(wanted, "money")))
		return day ? TEXT_NONE : wanted;
	if (date)
		return date_form(s, c, !day);
	if (count)
		return count_form(s, c);
	return suggest_form_money(s, c, 0, &as) ? as : TEXT_NONE;
}
