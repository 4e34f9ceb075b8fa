/* amount.c - how much money is in a foreign cell, and of what currency? */
#include <lead/domain/import/amount.h>
#include <lead/domain/rules/rules.h>
#include <lead/domain/rules/sheet.h>

static const struct {
	const char *words;
	struct num_form form;
} numbers[] = {
	{ "1234.56", { .decimal = '.' } },
	{ "1,234.56", { .thousands = ',', .decimal = '.' } },
	{ "1.234,56", { .thousands = '.', .decimal = ',' } },
	{ "1234,56", { .decimal = ',' } },
	{ "1 234,56", { .thousands = ' ', .decimal = ',' } },
	{ "1 234.56", { .thousands = ' ', .decimal = '.' } },
	{ "1'234.56", { .thousands = '\'', .decimal = '.' } },
	{ "1'234,56", { .thousands = '\'', .decimal = ',' } },
	{ "12,34,567.89", { .thousands = ',', .decimal = '.', .lakh = true } },
};

/* --- the parts of a cell --- */

static const struct text blanks[] = { { " ", 1 }, { "\t", 1 }, { "\xc2\xa0", 2 },
	{ "\xe2\x80\x89", 3 }, { "\xe2\x80\xaf", 3 } };

enum { BLANKS = sizeof(blanks) / sizeof(blanks[0]) };

/* Bytes of a blank at the head or the end of t, or 0. */
static size_t
blank(struct text t, bool end)
{
	for (size_t i = 0; i < BLANKS; i++)
		if (end ? text_ends(t, blanks[i]) : text_starts(t, blanks[i]))
			return blanks[i].len;
	return 0;
}

static struct text
strip_head(struct text t)
{
	size_t n;

	while ((n = blank(t, false)) != 0)
		t = text_from(t, n);
	return t;
}

static struct text
strip_end(struct text t)
{
	size_t n;

	while ((n = blank(t, true)) != 0)
		t.len -= n;
	return t;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Does what can be no part of a sign begin here? */
static bool
ends_sign(struct text t)
{
	return is_digit(t.s[0]) || t.s[0] == '(' || num_minus(t) != 0 ||
	    blank(t, false) != 0;
}

/* What stands before the digits. */
static bool
take_head(struct text *t, struct amount_parts *p)
{
	for (*t = strip_head(*t); t->len != 0 && !is_digit(t->s[0]); *t = strip_head(*t)) {
		size_t n = num_minus(*t);
		bool *once = n != 0 ? &p->minus : t->s[0] == '(' ? &p->parens : NULL;

		if (once != NULL) {
			if (*once)
				return false;
			*once = true;
			*t = text_from(*t, n != 0 ? n : 1);
			continue;
		}
		if (p->sign.len != 0)
			return false;
		while (n < t->len && !ends_sign(text_from(*t, n)))
			n++;
		p->sign = text_head(*t, n);
		*t = text_from(*t, n);
		p->apart = blank(*t, false) != 0;
	}
	return true;
}

/* What stands behind them: 144. and 144, are digits to the end. */
static bool
take_end(struct text *t, struct amount_parts *p)
{
	bool closed = !p->parens;

	for (*t = strip_end(*t); t->len != 0 && !is_digit(t->s[t->len - 1]);
	    *t = strip_end(*t)) {
		size_t n = t->len;

		if (!closed && t->s[n - 1] == ')') {
			closed = true;
			t->len--;
			continue;
		}
		while (n > 0 && !is_digit(t->s[n - 1]) && t->s[n - 1] != ')' &&
		    blank(text_head(*t, n), true) == 0)
			n--;
		if (n + 1 == t->len && (t->s[n] == '.' || t->s[n] == ','))
			break;
		if (p->sign.len != 0 || n == t->len)
			return false;
		p->sign = text_from(*t, n);
		p->behind = true;
		p->apart = blank(text_head(*t, n), true) != 0;
		t->len = n;
	}
	return closed;
}

bool
amount_split(struct text cell, struct amount_parts *p)
{
	*p = (struct amount_parts){ .minus = false };
	if (text_starts(cell, TEXT("+")))
		cell = text_from(cell, 1);
	if (!take_head(&cell, p) || !take_end(&cell, p))
		return false;
	p->digits = cell;
	return !p->minus || !p->parens;
}

/* --- forms --- */

struct text
amount_currencies(struct text sign)
{
	static const char *const columns[] = { "sign", "currencies" };
	struct sheet s;
	bool code = sign.len == 3;

	for (size_t i = 0; i < sign.len; i++)
		code &= sign.s[i] >= 'A' && sign.s[i] <= 'Z';
	if (code)
		return sign;
	if (sign.len != 0 && sheet_begin(&s, rules_text("currencies"), columns, 2))
		while (sheet_next(&s) == 1)
			if (text_same(s.cell[0], sign))
				return s.cell[1];
	return TEXT_NONE;
}

bool
amount_number(size_t i, struct text *words, struct num_form *form)
{
	if (i >= sizeof(numbers) / sizeof(numbers[0]))
		return false;
	*words = text_of(numbers[i].words);
	*form = numbers[i].form;
	return true;
}

/* The same digits and marks, whatever blank or apostrophe parts the thousands. */
static bool
is_number(struct text digits, size_t i)
{
	const struct num_form *f = &numbers[i].form;
	int64_t one, other;
	struct text words = text_of(numbers[i].words);

	return text_equal(digits, words) || (digits.len > words.len &&
	    (f->thousands == ' ' || f->thousands == '\'') &&
	    num_parse_form(digits, f, &one) == NUM_OK &&
	    num_parse_form(words, f, &other) == NUM_OK && one == other);
}

const char *
amount_form_read(struct text words, struct amount_form *form)
{
	bool alone = text_is(words, "round"), round = alone ||
	    text_ends(words, TEXT(":round"));
	struct amount_parts p;

	*form = (struct amount_form){ .number = numbers[0].form };
	if (round)
		words.len -= alone ? words.len : strlen(":round");
	form->number.micros = text_is(words, "micros");
	form->number.round = round;
	if (words.len == 0 || form->number.micros)
		return NULL;
	if (!amount_split(words, &p) || p.minus)
		return "not a form of money such as 1,234.56 or 1.234,56 € or micros";
	form->accounting = p.parens;
	form->sign = p.sign;
	form->currencies = amount_currencies(p.sign);
	if (p.sign.len != 0 && form->currencies.len == 0)
		return "not the sign of a currency, nor a code such as EUR";
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (!is_number(p.digits, i))
			continue;
		form->number = numbers[i].form;
		form->number.round = round;
		return NULL;
	}
	return "not a form of money such as 1,234.56 or 1.234,56 € or micros";
}

/* --- amounts --- */

/* Is the sign of an amount that of its form? */
static enum amount_verdict
check_sign(const struct amount_form *form, struct text sign)
{
	if (text_same(form->sign, sign))
		return AMOUNT_OK;
	if (sign.len == 0)
		return AMOUNT_UNSIGNED;
	if (amount_currencies(sign).len == 0)
		return AMOUNT_BAD;
	return form->sign.len == 0 ? AMOUNT_SIGNED : AMOUNT_OTHER;
}

static enum amount_verdict
read_digits(const struct amount_form *form, const struct amount_parts *p,
    int64_t *micros)
{
	struct text t = p->digits;

	if (t.len > 1 && !form->number.micros && t.s[t.len - 1] == form->number.decimal)
		t.len--; /* 144. as some exports write 144 */
	switch (num_parse_form(t, &form->number, micros)) {
	case NUM_OK:
		*micros = p->minus || p->parens ? -*micros : *micros;
		return AMOUNT_OK;
	case NUM_SCALE:
		return AMOUNT_SCALE;
	case NUM_OVERFLOW:
		return AMOUNT_OVERFLOW;
	case NUM_EMPTY:
	case NUM_BAD:
		break;
	}
	return AMOUNT_BAD;
}

enum amount_verdict
amount_read(const struct amount_form *form, struct text cell, int64_t *micros)
{
	enum amount_verdict v;
	struct amount_parts p;

	cell = text_trim(cell);
	if (form->sign.len == 0 && /* most are but a number */
	    num_parse_form(cell, &form->number, micros) == NUM_OK)
		return AMOUNT_OK;
	cell = strip_end(strip_head(cell));
	if (cell.len == 0)
		return AMOUNT_EMPTY;
	if (!amount_split(cell, &p) || (p.parens && !form->accounting))
		return AMOUNT_BAD;
	if (p.digits.len == 0) {
		*micros = 0;
		return form->accounting && p.minus && (p.sign.len == 0 ||
		    check_sign(form, p.sign) == AMOUNT_OK) ? AMOUNT_OK : AMOUNT_BAD;
	}
	v = check_sign(form, p.sign);
	return v == AMOUNT_OK ? read_digits(form, &p, micros) : v;
}
