/* stamp.c - times as foreign files write them */
#include <lead/base/stamp.h>

/* What the letters of a format have told so far. */
struct stamp {
	int year, month, mday, yday; /* 0: not told */
	int hour, minute, second;
	int64_t fraction_us;
	int64_t offset_s;
	int64_t epoch_us;
	bool has_hour, has_half, pm, twelve, has_offset, has_epoch;
};

/* An epoch outside these years was written in another unit, or is a blank. */
enum { EPOCH_FROM = 1980, EPOCH_UNTIL = 2100 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void
skip_blanks(struct text *t)
{
	while (t->len > 0 && is_blank(t->s[0]))
		*t = text_from(*t, 1);
}

/* At least min and at most max digits. */
static bool
digits(struct text *t, size_t min, size_t max, int64_t *v)
{
	size_t n = 0;

	for (*v = 0; n < max && n < t->len && is_digit(t->s[n]); n++)
		*v = *v * 10 + (t->s[n] - '0');
	*t = text_from(*t, n);
	return n >= min;
}

/* One to max digits, from low to high. */
static bool
number(struct text *t, size_t max, int low, int high, int *v)
{
	int64_t wide;

	if (!digits(t, 1, max, &wide) || wide < low || wide > high)
		return false;
	*v = (int)wide;
	return true;
}

/* --- one function a letter --- */

typedef bool (*letter_fn)(struct text *t, struct stamp *s);

static bool
read_year(struct text *t, struct stamp *s)
{
	int64_t v;

	if (!digits(t, 4, 4, &v) || v == 0)
		return false;
	s->year = (int)v;
	return true;
}

/* POSIX: 69 to 99 are of the last century. */
static bool
read_short_year(struct text *t, struct stamp *s)
{
	int64_t v;

	if (!digits(t, 2, 2, &v))
		return false;
	s->year = (int)v + (v >= 69 ? 1900 : 2000);
	return true;
}

static bool
read_month(struct text *t, struct stamp *s)
{
	return number(t, 2, 1, 12, &s->month);
}

static bool
read_month_name(struct text *t, struct stamp *s)
{
	static const char *const names[] = { "january", "february", "march", "april",
		"may", "june", "july", "august", "september", "october", "november",
		"december" };

	for (int i = 0; i < 12; i++) {
		struct text name = text_of(names[i]);

		if (!text_same(text_head(*t, name.len), name))
			name = text_head(name, 3);
		if (!text_same(text_head(*t, name.len), name))
			continue;
		s->month = i + 1;
		*t = text_from(*t, name.len);
		return true;
	}
	return false;
}

static bool
read_day(struct text *t, struct stamp *s)
{
	if (t->len > 1 && t->s[0] == ' ' && is_digit(t->s[1]))
		*t = text_from(*t, 1); /* %e pads with a blank */
	return number(t, 2, 1, 31, &s->mday);
}

static bool
read_year_day(struct text *t, struct stamp *s)
{
	return number(t, 3, 1, 366, &s->yday);
}

static bool
read_hour(struct text *t, struct stamp *s)
{
	s->has_hour = true;
	return number(t, 2, 0, 23, &s->hour);
}

static bool
read_hour_of_half(struct text *t, struct stamp *s)
{
	s->has_hour = s->twelve = true;
	return number(t, 2, 1, 12, &s->hour);
}

static bool
read_half(struct text *t, struct stamp *s)
{
	struct text word = text_head(*t, 2);

	s->pm = text_same(word, TEXT("pm"));
	s->has_half = s->pm || text_same(word, TEXT("am"));
	*t = text_from(*t, 2);
	return s->has_half;
}

static bool
read_minute(struct text *t, struct stamp *s)
{
	return number(t, 2, 0, 59, &s->minute);
}

static bool
read_second(struct text *t, struct stamp *s)
{
	return number(t, 2, 0, 60, &s->second);
}

static bool
read_fraction(struct text *t, struct stamp *s)
{
	size_t n = t->len;
	int64_t v;

	if (!digits(t, 1, 9, &v))
		return false;
	for (n -= t->len; n < 9; n++)
		v *= 10;
	s->fraction_us = v / 1000;
	return true;
}

/* Z, +0530, -05:30, +01 */
static bool
read_offset(struct text *t, struct stamp *s)
{
	int64_t hour, minute = 0;
	bool minus;

	s->has_offset = true;
	if (t->len > 0 && (t->s[0] == 'Z' || t->s[0] == 'z')) {
		*t = text_from(*t, 1);
		return true;
	}
	if (t->len < 3 || (t->s[0] != '+' && t->s[0] != '-'))
		return false;
	minus = t->s[0] == '-';
	*t = text_from(*t, 1);
	if (!digits(t, 2, 2, &hour) || hour > 23)
		return false;
	if (t->len > 0 && (t->s[0] == ':' || is_digit(t->s[0]))) {
		*t = text_from(*t, t->s[0] == ':');
		if (!digits(t, 2, 2, &minute) || minute > 59)
			return false;
	}
	s->offset_s = (hour * 3600 + minute * 60) * (minus ? -1 : 1);
	return true;
}

static bool
read_zone_name(struct text *t, struct stamp *s)
{
	static const char *const names[] = { "UTC", "GMT", "Z" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_starts(*t, text_of(names[i]))) {
			*t = text_from(*t, strlen(names[i]));
			s->has_offset = true;
			return true;
		}
	return false;
}

static bool
read_epoch(struct text *t, struct stamp *s, int64_t unit_us)
{
	int64_t v;

	s->has_hour = s->has_epoch = true;
	if (!digits(t, 1, 17, &v) || (t->len > 0 && is_digit(t->s[0])))
		return false;
	if (__builtin_mul_overflow(v, unit_us, &s->epoch_us))
		return false;
	return s->epoch_us >= when_day_of(EPOCH_FROM, 1, 1) * WHEN_DAY &&
	    s->epoch_us < when_day_of(EPOCH_UNTIL, 1, 1) * WHEN_DAY;
}

static bool
read_epoch_s(struct text *t, struct stamp *s)
{
	return read_epoch(t, s, WHEN_SECOND);
}

static bool
read_epoch_ms(struct text *t, struct stamp *s)
{
	return read_epoch(t, s, 1000);
}

static bool
read_epoch_us(struct text *t, struct stamp *s)
{
	return read_epoch(t, s, 1);
}

static bool
read_percent(struct text *t, struct stamp *s)
{
	bool there = t->len > 0 && t->s[0] == '%';

	(void)s;
	*t = text_from(*t, 1);
	return there;
}

static const struct letter {
	char letter;
	letter_fn read;
	const char *as; /* or a format it stands for */
} letters[] = {
	{ 'Y', read_year, NULL },
	{ 'y', read_short_year, NULL },
	{ 'm', read_month, NULL },
	{ 'b', read_month_name, NULL },
	{ 'B', read_month_name, NULL },
	{ 'd', read_day, NULL },
	{ 'e', read_day, NULL },
	{ 'j', read_year_day, NULL },
	{ 'H', read_hour, NULL },
	{ 'I', read_hour_of_half, NULL },
	{ 'p', read_half, NULL },
	{ 'M', read_minute, NULL },
	{ 'S', read_second, NULL },
	{ 'f', read_fraction, NULL },
	{ 'z', read_offset, NULL },
	{ 'Z', read_zone_name, NULL },
	{ 's', read_epoch_s, NULL },
	{ 'Q', read_epoch_ms, NULL },
	{ 'N', read_epoch_us, NULL },
	{ '%', read_percent, NULL },
	{ 'T', NULL, "%H:%M:%S" },
	{ 'F', NULL, "%Y-%m-%d" },
	{ 'D', NULL, "%m/%d/%y" },
};

static const struct letter *
letter_find(char c)
{
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (letters[i].letter == c)
			return &letters[i];
	return NULL;
}

bool
stamp_check(const char *format, size_t *at)
{
	for (const char *f = format; *f != '\0'; f++) {
		if (*f != '%')
			continue;
		if (f[1] == '\0' || letter_find(f[1]) == NULL) {
			*at = (size_t)(f - format);
			return false;
		}
		f++;
	}
	return true;
}

/* Follow the format along the text. */
static bool
follow(struct text *t, const char *format, struct stamp *s)
{
	for (const char *f = format; *f != '\0'; f++) {
		if (*f == '%') {
			const struct letter *l = letter_find(*++f);

			if (l == NULL)
				return false;
			if (l->read != NULL ? !l->read(t, s) : !follow(t, l->as, s))
				return false;
		} else if (is_blank(*f)) {
			skip_blanks(t);
		} else {
			if (t->len == 0 || t->s[0] != *f)
				return false;
			*t = text_from(*t, 1);
		}
	}
	return true;
}

/* --- what the fields mean together --- */

static bool
day_of(const struct stamp *s, int64_t *day)
{
	int year, month, mday;
	int want_day = s->mday != 0 ? s->mday : 1;

	if (s->year == 0)
		return false;
	if (s->yday != 0) {
		*day = when_day_of(s->year, 1, 1) + s->yday - 1;
		when_civil(*day, &year, &month, &mday);
		return year == s->year;
	}
	if (s->month == 0)
		return false;
	/* The 31st of April reads as the 1st of May: no such date. */
	*day = when_day_of(s->year, s->month, want_day);
	when_civil(*day, &year, &month, &mday);
	return month == s->month;
}

static bool
seconds_of(const struct stamp *s, int64_t *seconds)
{
	int hour = s->hour;

	if (s->twelve != s->has_half)
		return false;
	if (s->twelve)
		hour = hour % 12 + (s->pm ? 12 : 0);
	*seconds = hour * 3600 + s->minute * 60 + s->second;
	return true;
}

/* The start of a civil day that z has. */
static enum when_verdict
dated_instant(const struct zone *z, int64_t day, int64_t *us)
{
	*us = zone_day_start(z, day);
	return zone_day(z, *us) == day ? WHEN_OK : WHEN_GAP;
}

enum when_verdict
stamp_parse(struct text t, const char *format, const struct zone *z, int64_t *us,
    bool *dated)
{
	struct stamp s = { 0 };
	int64_t day, seconds, local;

	if (t.len == 0)
		return WHEN_EMPTY;
	if (!follow(&t, format, &s) || t.len > 0)
		return WHEN_BAD;
	*dated = !s.has_hour;
	if (s.has_epoch) {
		*us = s.epoch_us + s.fraction_us;
		return WHEN_OK;
	}
	if (!day_of(&s, &day) || !seconds_of(&s, &seconds))
		return WHEN_BAD;
	if (*dated && !s.has_offset)
		return dated_instant(z, day, us);
	local = day * WHEN_DAY + seconds * WHEN_SECOND + s.fraction_us;
	if (!s.has_offset)
		return zone_instant(z, local, us, NULL);
	*us = local - s.offset_s * WHEN_SECOND;
	return WHEN_OK;
}
