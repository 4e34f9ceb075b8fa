/* convert.c - what does a foreign cell say in our own forms? */
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/stamp.h>
#include <lead/base/when.h>
#include <lead/domain/import/amount.h>
#include <lead/domain/import/convert.h>

enum { FORMATS_MAX = 8 };

/* What is said of a value that is not so; behind it stands the form. */
#define NOT_OF "not of the form "

/* And of a date of which the map says no format. */
#define ISO_IS " (2026-11-02 10:15:00; date:%d/%m/%Y is another)"

enum where {
	WHERE_BY_EVENT,
	WHERE_START,
	WHERE_END,
};

struct format {
	char *text; /* owned; NULL: iso */
	enum where where;
};

struct value {
	struct text cell;
	const struct zone *zone;
	bool at_end, is_key;
	struct arena *arena;
};

typedef enum convert_verdict value_fn(const struct convert *c, const struct value *v,
    struct converted *out);
typedef const char *parse_fn(struct convert *c, struct text rest);

struct convert {
	const struct kind *kind;
	char *form; /* owned: "not of the form date:%d/%m/%Y" */
	struct text constant;
	struct format format[FORMATS_MAX];
	size_t nformats;
	bool undated;
	struct amount_form amount;
	char separator;
};

struct kind {
	const char *word; /* with its colon where a value must follow */
	parse_fn *parse;
	value_fn *value;
};

/* --- the words of a map --- */

static const char *
parse_nothing(struct convert *c, struct text rest)
{
	(void)c;
	return rest.len != 0 ? "nothing may follow" : NULL;
}

static const char *
parse_const(struct convert *c, struct text rest)
{
	c->constant = rest;
	return rest.len == 0 ? "no value after const:" : NULL;
}

static const char *
parse_separator(struct convert *c, struct text rest)
{
	c->separator = text_is(rest, "tab") ? '\t' : rest.len == 1 ? rest.s[0] : '\0';
	return c->separator == '\0' ? "not one byte, or tab" : NULL;
}

/* Marks between the thousands of a whole number, if any. */
static const char *
parse_count(struct convert *c, struct text rest)
{
	static const char marks[] = ",. '";
	char words[] = "1,234";

	c->amount.number = (struct num_form){ .decimal = '.' };
	if (rest.len == 0)
		return NULL;
	for (size_t i = 0; marks[i] != '\0'; i++) {
		words[1] = marks[i];
		if (!text_is(rest, words))
			continue;
		c->amount.number.thousands = marks[i];
		c->amount.number.decimal = marks[i] == '.' ? ',' : '.';
		return NULL;
	}
	return "not count:1,234 or count:1.234 or count:1 234 or count:1'234";
}

static const char *
parse_money(struct convert *c, struct text rest)
{
	return amount_form_read(rest, &c->amount);
}

static const char *
parse_format(struct convert *c, struct text word)
{
	struct format *f = &c->format[c->nformats];
	size_t at;

	if (c->nformats == FORMATS_MAX)
		return "too many formats";
	f->where = text_ends(word, TEXT("@end")) ? WHERE_END
	    : text_ends(word, TEXT("@start")) ? WHERE_START : WHERE_BY_EVENT;
	word.len -= f->where == WHERE_END ? strlen("@end")
	    : f->where == WHERE_START ? strlen("@start") : 0;
	if (word.len == 0)
		return "an empty format";
	c->nformats++;
	if (text_is(word, "iso"))
		return NULL;
	f->text = mem_copy(word.s, word.len);
	if (text_find(word, '%') < 0)
		return "neither iso nor a format with % letters";
	return stamp_check(f->text, &at) ? NULL : "an unknown letter in the format";
}

static const char *
parse_date(struct convert *c, struct text rest)
{
	struct text word;
	const char *why;

	while (text_next(&rest, '|', &word)) {
		if (text_is(word, "undated") && rest.s == NULL && c->nformats != 0) {
			c->undated = true;
			break;
		}
		if ((why = parse_format(c, word)) != NULL)
			return why;
	}
	return NULL;
}

static const char *
parse_iso(struct convert *c, struct text rest)
{
	return rest.len != 0 ? "not date or date:FORMAT" : parse_format(c, TEXT("iso"));
}

/* --- values --- */

static enum convert_verdict
bad(struct converted *out, const char *reason, const char *why)
{
	out->reason = reason;
	out->why = why;
	return CONVERT_BAD;
}

/* #REF! #N/A #DIV/0! … and a column too narrow for its number */
static bool
is_sheet_error(struct text t)
{
	static const char *const words[] = { "#REF!", "#N/A", "#VALUE!", "#DIV/0!",
		"#NAME?", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!" };
	size_t hashes = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_is(t, words[i]))
			return true;
	while (hashes < t.len && t.s[hashes] == '#')
		hashes++;
	return hashes > 2 && hashes == t.len;
}

/* 1.23E+11: digits that a spreadsheet threw away */
static bool
is_rounded_number(struct text t)
{
	ptrdiff_t e = text_find(t, 'E');
	struct text mantissa, power;

	if (e < 1 || (size_t)e + 2 >= t.len)
		return false;
	mantissa = text_head(t, (size_t)e);
	power = text_from(t, (size_t)e + 1);
	if (power.s[0] != '+' && power.s[0] != '-')
		return false;
	for (size_t i = 0; i < mantissa.len; i++)
		if ((mantissa.s[i] < '0' || mantissa.s[i] > '9') &&
		    mantissa.s[i] != '.' && mantissa.s[i] != ',')
			return false;
	for (size_t i = 1; i < power.len; i++)
		if (power.s[i] < '0' || power.s[i] > '9')
			return false;
	return true;
}

static enum convert_verdict
value_text(const struct convert *c, const struct value *v, struct converted *out)
{
	(void)c;
	out->text = text_trim(v->cell);
	if (out->text.len == 0)
		return CONVERT_EMPTY;
	if (is_sheet_error(out->text))
		return bad(out, "value", "an error of a spreadsheet");
	if (text_starts(out->text, TEXT("=\"")))
		return bad(out, "value", "a formula of a spreadsheet");
	if (v->is_key && is_rounded_number(out->text))
		return bad(out, "value", "a number that a spreadsheet has rounded");
	return CONVERT_OK;
}

static enum convert_verdict
value_const(const struct convert *c, const struct value *v, struct converted *out)
{
	(void)v;
	out->text = c->constant;
	return CONVERT_OK;
}

/* "words money:1.234,56 €" */
static const char *
beside(const struct convert *c, const struct value *v, struct text words)
{
	struct text as = text_of(c->form + strlen(NOT_OF));
	char *to = arena_alloc(v->arena, words.len + as.len + 1);

	memcpy(to, words.s, words.len);
	memcpy(to + words.len, as.s, as.len);
	to[words.len + as.len] = '\0';
	return to;
}

static enum convert_verdict
value_money(const struct convert *c, const struct value *v, struct converted *out)
{
	int64_t micros;

	switch (amount_read(&c->amount, v->cell, &micros)) {
	case AMOUNT_OK:
		out->text = num_put(arena_alloc(v->arena, NUM_TEXT), micros);
		out->currencies = c->amount.currencies;
		return CONVERT_OK;
	case AMOUNT_EMPTY:
		return CONVERT_EMPTY;
	case AMOUNT_BAD:
		return bad(out, "number", c->form);
	case AMOUNT_SCALE:
		return bad(out, "scale", "more than six decimals");
	case AMOUNT_OVERFLOW:
		break;
	case AMOUNT_UNSIGNED:
		return bad(out, "currency", beside(c, v, TEXT("without the currency of ")));
	case AMOUNT_SIGNED:
		return bad(out, "currency", beside(c, v, TEXT("a currency, unlike ")));
	case AMOUNT_OTHER:
		return bad(out, "currency", beside(c, v,
		    TEXT("another currency than that of ")));
	}
	return bad(out, "overflow", "an amount out of range");
}

static enum convert_verdict
value_count(const struct convert *c, const struct value *v, struct converted *out)
{
	int64_t n;

	switch (num_parse_form(text_trim(v->cell), &c->amount.number, &n)) {
	case NUM_EMPTY:
		return CONVERT_EMPTY;
	case NUM_OK:
		if (n < 0 || n % NUM_MICROS != 0)
			break;
		out->text = num_put_count(arena_alloc(v->arena, NUM_TEXT), n / NUM_MICROS);
		return CONVERT_OK;
	case NUM_BAD:
	case NUM_SCALE:
	case NUM_OVERFLOW:
		break;
	}
	return bad(out, "number", "not a whole number");
}

static enum convert_verdict
value_list(const struct convert *c, const struct value *v, struct converted *out)
{
	char *to = arena_alloc(v->arena, v->cell.len + 1);
	struct text rest = v->cell, part;
	size_t n = 0;

	while (rest.s != NULL && text_next(&rest, c->separator, &part)) {
		part = text_trim(part);
		if (part.len == 0)
			continue;
		if (text_find(part, ';') >= 0)
			return bad(out, "value", "an item of the list has a ;");
		if (n != 0)
			to[n++] = ';';
		memcpy(to + n, part.s, part.len);
		n += part.len;
	}
	out->text = (struct text){ to, n };
	return n != 0 ? CONVERT_OK : CONVERT_EMPTY;
}

static enum convert_verdict
value_first(const struct convert *c, const struct value *v, struct converted *out)
{
	struct value first = *v;
	struct text rest = v->cell, part;

	first.cell = TEXT_NONE;
	while (rest.s != NULL && first.cell.len == 0 &&
	    text_next(&rest, c->separator, &part))
		first.cell = text_trim(part);
	return value_text(c, &first, out);
}

/* One format, or the unambiguous ones in turn. */
static enum when_verdict
try_format(const struct format *f, const struct value *v, struct text t,
    struct converted *out)
{
	static const char *const iso[] = { "%Y-%m-%d", "%Y-%m-%d %H:%M:%S",
		"%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S",
		"%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z",
		"%Y-%m-%d %H:%M:%S%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S.%f%z" };
	enum when_verdict got;

	if (f->text != NULL)
		return stamp_parse(t, f->text, v->zone, &out->us, &out->day);
	out->day = false;
	got = when_parse(t, &out->us);
	for (size_t i = 0; got == WHEN_BAD && i < sizeof(iso) / sizeof(iso[0]); i++)
		got = stamp_parse(t, iso[i], v->zone, &out->us, &out->day);
	return got;
}

/* A date without time: its text is the day, its instant in the day's place. */
static void
place_day(const struct format *f, const struct value *v, struct converted *out)
{
	int64_t day = zone_day(v->zone, out->us);

	out->text = when_put_day(arena_alloc(v->arena, WHEN_TEXT), day);
	if (f->where == WHERE_END || (f->where == WHERE_BY_EVENT && v->at_end))
		out->us = zone_day_start(v->zone, day + 1) - WHEN_SECOND;
}

static enum convert_verdict
value_date(const struct convert *c, const struct value *v, struct converted *out)
{
	struct text t = text_trim(v->cell);
	enum when_verdict got = WHEN_BAD;
	size_t i;

	if (t.len == 0)
		return c->undated ? CONVERT_UNDATED : CONVERT_EMPTY;
	for (i = 0; i < c->nformats; i++)
		if ((got = try_format(&c->format[i], v, t, out)) != WHEN_BAD)
			break;
	if (got == WHEN_GAP)
		return bad(out, "time", "a time that the clocks jumped over");
	if (got != WHEN_OK)
		return bad(out, "time", c->form);
	if (out->day)
		place_day(&c->format[i], v, out);
	if (!when_fits(out->us))
		return bad(out, "time", "a time outside of the years 0001 to 9999");
	if (!out->day)
		out->text = when_put(arena_alloc(v->arena, WHEN_TEXT), out->us);
	return CONVERT_OK;
}

static const struct kind kinds[] = {
	{ "text", parse_nothing, value_text },
	{ "const:", parse_const, value_const },
	{ "date:", parse_date, value_date },
	{ "date", parse_iso, value_date },
	{ "money:", parse_money, value_money },
	{ "money", parse_money, value_money },
	{ "count:", parse_count, value_count },
	{ "count", parse_count, value_count },
	{ "list:", parse_separator, value_list },
	{ "first:", parse_separator, value_first },
};

static char *
words_of(struct text as)
{
	struct text before = TEXT(NOT_OF), iso = TEXT(ISO_IS), after = TEXT_NONE;
	char *words = mem_new(before.len + as.len + iso.len + 1, 1);

	if (text_starts(as, TEXT("date")) && text_find(as, '%') < 0)
		after = iso;
	memcpy(words, before.s, before.len);
	memcpy(words + before.len, as.s, as.len);
	if (after.len != 0)
		memcpy(words + before.len + as.len, after.s, after.len);
	return words;
}

struct convert *
convert_new(struct text as, const char **why)
{
	struct convert *c = mem_new(1, sizeof(*c));

	as = as.len != 0 ? as : TEXT("text");
	for (size_t i = 0; c->kind == NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_starts(as, text_of(kinds[i].word)))
			c->kind = &kinds[i];
	*why = c->kind == NULL ? "not text, const:, date:, money:, count, list: or first:"
	    : c->kind->parse(c, text_from(as, strlen(c->kind->word)));
	if (*why == NULL) {
		c->form = words_of(as);
		return c;
	}
	convert_free(c);
	return NULL;
}

void
convert_free(struct convert *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->nformats; i++)
		mem_free(c->format[i].text);
	mem_free(c->form);
	mem_free(c);
}

bool
convert_is_date(const struct convert *c)
{
	return c->kind->value == value_date;
}

bool
convert_is_const(const struct convert *c)
{
	return c->kind->value == value_const;
}

enum convert_verdict
convert_value(const struct convert *c, const struct zone *zone, bool at_end,
    bool is_key, struct text cell, struct arena *a, struct converted *out)
{
	struct value v = { cell, zone, at_end, is_key, a };

	*out = (struct converted){ .text = TEXT_NONE };
	return c->kind->value(c, &v, out);
}
