/* phone.c - one number, one form: E.164 where the country is known */
#include <lead/domain/identity/phone.h>

/*
 * trunk stands before a number inside the country and goes abroad. Italy has
 * none: the 0 of its land lines is part of the number. least and most are the
 * digits of a number without trunk.
 */
struct phone_country {
	const char *name, *code, *exit, *trunk;
	size_t least, most;
};

static const struct phone_country countries[] = {
	{ "ES", "34", "00", "", 9, 9 },
	{ "PT", "351", "00", "", 9, 9 },
	{ "PL", "48", "00", "0", 9, 9 },
	{ "UK", "44", "00", "0", 9, 10 },
	{ "GB", "44", "00", "0", 9, 10 },
	{ "FR", "33", "00", "0", 9, 9 },
	{ "DE", "49", "00", "0", 6, 12 },
	{ "IT", "39", "00", "", 6, 11 },
	{ "US", "1", "011", "1", 10, 10 },
};

enum { COUNTRIES = sizeof(countries) / sizeof(countries[0]) };
enum { DIGITS_MIN = 7, DIGITS_MAX = 15, EXTENSION_MAX = 8 };
/* Digits as written: with an exit code and a trunk they may be a few more. */
enum { WRITTEN_MAX = 24 };

const struct phone_country *
phone_country(struct text code)
{
	for (size_t i = 0; i < COUNTRIES; i++)
		if (text_same(code, text_of(countries[i].name)))
			return &countries[i];
	return NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of the separator that t begins with; 0 when it is none. */
static size_t
separator(struct text t)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x90",
		"\xe2\x80\x91", "\xe2\x80\x92", "\xe2\x80\x93", "\xe2\x80\x94" };

	if (memchr(" \t-./()", t.s[0], 7) != NULL)
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (text_starts(t, text_of(wide[i])))
			return strlen(wide[i]);
	return 0;
}

/* Is all of t an extension: "ext. 12", "x12", "#12", ";ext=12"? */
static bool
is_extension(struct text t)
{
	static const char *const marks[] = { ";ext=", "extension", "extn", "ext", "x",
		"#" };
	size_t i = 0, digits = 0;

	while (i < sizeof(marks) / sizeof(marks[0]) &&
	    !text_same(text_head(t, strlen(marks[i])), text_of(marks[i])))
		i++;
	if (i == sizeof(marks) / sizeof(marks[0]))
		return false;
	t = text_trim(text_from(t, strlen(marks[i])));
	if (t.len != 0 && (t.s[0] == '.' || t.s[0] == ':'))
		t = text_trim(text_from(t, 1));
	while (digits < t.len && is_digit(t.s[digits]))
		digits++;
	return digits == t.len && digits <= EXTENSION_MAX;
}

static bool
starts(const char *digits, size_t n, const char *with)
{
	return text_starts((struct text){ digits, n }, text_of(with));
}

/* The digits of t in to, up to WRITTEN_MAX; false when t is no number. */
static bool
read_digits(struct text t, bool plus, char *to, size_t *n)
{
	*n = 0;
	while (t.len != 0) {
		size_t step = separator(t);

		if (text_starts(t, TEXT("(0)")) &&
		    ((plus && *n != 0) || (*n > 2 && starts(to, *n, "00")))) {
			step = 3;
		} else if (step == 0 && is_digit(t.s[0])) {
			if (*n == WRITTEN_MAX)
				return false;
			to[(*n)++] = t.s[0];
			step = 1;
		} else if (step == 0) {
			return is_extension(t);
		}
		t = text_from(t, step);
	}
	return true;
}

static bool
fits(const struct phone_country *c, size_t digits)
{
	return digits >= c->least && digits <= c->most;
}

/* A number abroad without the trunk, which some write all the same ("+44 020"):
 * the country code is digits[0..code-1]. */
static struct text
drop_trunk(char *digits, size_t n, size_t code)
{
	size_t zeros = 0;

	while (code + zeros < n && digits[code + zeros] == '0')
		zeros++;
	memmove(digits + code, digits + code + zeros, n - code - zeros);
	return (struct text){ digits, n - zeros };
}

/* code may be "": the digits have theirs. */
static bool
put(const char *plus, const char *code, struct text digits, char *to,
    struct text *normal)
{
	size_t n = strlen(code), head = strlen(plus);

	if (n + digits.len < DIGITS_MIN || n + digits.len > DIGITS_MAX)
		return false;
	memmove(to + head + n, digits.s, digits.len);
	memcpy(to + head, code, n);
	memcpy(to, plus, head);
	*normal = (struct text){ to, head + n + digits.len };
	return true;
}

/* A number as people of the country write it at home. */
static bool
put_national(const struct phone_country *c, struct text digits, char *to,
    struct text *normal)
{
	size_t trunk = strlen(c->trunk), code = strlen(c->code);

	if (trunk != 0 && text_starts(digits, text_of(c->trunk)) &&
	    fits(c, digits.len - trunk))
		return put("+", c->code, text_from(digits, trunk), to, normal);
	if (fits(c, digits.len))
		return put("+", c->code, digits, to, normal);
	if (text_starts(digits, text_of(c->code)) && digits.len > code &&
	    fits(c, digits.len - code))
		return put("+", "", digits, to, normal);
	return put("", "", digits, to, normal);
}

/* The digits that follow + or an exit code. */
static bool
put_abroad(char *digits, size_t n, char *to, struct text *normal)
{
	struct text t = { digits, n };
	size_t i = 0;

	if (n == 0 || digits[0] == '0')
		return false;
	while (i < COUNTRIES && !(text_is(TEXT("0"), countries[i].trunk) &&
				    starts(digits, n, countries[i].code)))
		i++;
	if (i < COUNTRIES)
		t = drop_trunk(digits, n, strlen(countries[i].code));
	return put("+", "", t, to, normal);
}

bool
phone_normal(const struct phone_country *home, struct text value, char *to,
    struct text *normal)
{
	char digits[WRITTEN_MAX];
	size_t n;
	bool plus;

	if (text_same(text_head(value, 4), TEXT("tel:")))
		value = text_trim(text_from(value, 4));
	if (text_starts(value, TEXT("(+")))
		value = text_from(value, 1);
	plus = text_starts(value, TEXT("+"));
	if (!read_digits(plus ? text_from(value, 1) : value, plus, digits, &n))
		return false;
	if (plus)
		return put_abroad(digits, n, to, normal);
	if (starts(digits, n, "00"))
		return put_abroad(digits + 2, n - 2, to, normal);
	if (home == NULL)
		return put("", "", (struct text){ digits, n }, to, normal);
	if (starts(digits, n, home->exit))
		return put_abroad(digits + strlen(home->exit), n - strlen(home->exit),
		    to, normal);
	return put_national(home, (struct text){ digits, n }, to, normal);
}
