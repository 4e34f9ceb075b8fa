/* suggest_form.c - which form of dates, money or counts do values have? */
#include <lead/base/num.h>
#include <lead/base/stamp.h>

#include "suggest_state.h"

/* Tried in this order. */
static const char *const date_forms[SUGGEST_DATES] = { "iso", "%d/%m/%Y", "%m/%d/%Y",
	"%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S",
	"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d-%m-%Y %H:%M",
	"%d-%m-%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d %b %Y",
	"%b %d, %Y" };
static const char *const iso_forms[] = { "%Y-%m-%d", "%Y-%m-%d %H:%M:%S",
	"%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z",
	"%Y-%m-%dT%H:%M:%S.%f%z" };

enum { PLAIN, COMMAS, POINTS };
static const struct {
	const char *money, *count;
	struct num_form form;
} monies[SUGGEST_MONIES] = {
	[PLAIN] = { "money", "count", { .decimal = '.' } },
	[COMMAS] = { "money:1,234.56", "count:1,234", { .thousands = ',', .decimal = '.' } },
	[POINTS] = { "money:1.234,56", "count:1.234", { .thousands = '.', .decimal = ',' } },
	{ "money:1234,56", NULL, { .decimal = ',' } },
	{ "money:1 234,56", NULL, { .thousands = ' ', .decimal = ',' } },
	{ "money:1 234.56", NULL, { .thousands = ' ', .decimal = '.' } },
	{ "money:1'234.56", NULL, { .thousands = '\'', .decimal = '.' } },
	{ "money:round", NULL, { .decimal = '.', .round = true } },
};

static bool
has_form(struct text t, const char *form, const struct zone *utc)
{
	int64_t us;
	bool dated;

	return stamp_parse(t, form, utc, &us, &dated) == WHEN_OK;
}

static bool
is_date(struct text t, size_t form, const struct zone *utc)
{
	int64_t us;

	if (form != 0)
		return has_form(t, date_forms[form], utc);
	for (size_t i = 0; i < sizeof(iso_forms) / sizeof(iso_forms[0]); i++)
		if (has_form(t, iso_forms[i], utc))
			return true;
	return when_parse(t, &us) == WHEN_OK;
}

void
suggest_form_look(struct suggest_column *c, struct text t, const struct zone *utc)
{
	int64_t micros;

	c->filled = true;
	c->dotted |= text_find(t, '.') >= 0;
	for (size_t k = 0; k < SUGGEST_DATES; k++)
		c->not_date[k] |= !is_date(t, k, utc);
	for (size_t k = 0; k < SUGGEST_MONIES; k++)
		c->not_money[k] |= num_parse_form(t, &monies[k].form, &micros) != NUM_OK;
}

static struct text
date_form(const struct suggest_column *c, struct arena *a)
{
	for (size_t k = 0; k < SUGGEST_DATES; k++)
		if (!c->not_date[k]) {
			struct text form = text_of(date_forms[k]);
			size_t n = strlen("date:");
			char *to = arena_alloc(a, n + form.len);

			memcpy(to, "date:", n);
			memcpy(to + n, form.s, form.len);
			return (struct text){ to, n + form.len };
		}
	return TEXT_NONE;
}

/* A form that all values have. 1.500 and 2.000 could be one and a half and two, but
 * amounts have no three decimals: where each point parts thousands, it does. */
static struct text
number_form(const struct suggest_column *c, bool count)
{
	size_t k = c->dotted && !c->not_money[POINTS] ? POINTS : PLAIN;

	while (k < SUGGEST_MONIES && c->not_money[k])
		k++;
	if (k == SUGGEST_MONIES)
		return TEXT_NONE;
	return text_of(count ? monies[k].count : monies[k].money);
}

struct text
suggest_form(const struct suggest_column *c, struct text wanted, struct arena *a)
{
	bool date = text_is(wanted, "date"), count = text_is(wanted, "count");

	if (!date && !count && !text_is(wanted, "money"))
		return wanted;
	if (!c->filled)
		return wanted;
	return date ? date_form(c, a) : number_form(c, count);
}
