/* when.c - instants, civil days and periods */
#include <endian.h>

#include <lead/base/num.h>
#include <lead/base/when.h>

enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };

/* --- the calendar --- */

/*
 * Days are counted in years that begin on 1 March, so that the leap day is the
 * last of its year, and in cycles of 400 years, which have 146,097 days.
 */
enum { CYCLE_DAYS = 146097, MARCH_0000 = -719468 }; /* 0000-03-01 */

int64_t
when_day_of(int year, int month, int day)
{
	/* 25 cycles on, so that no year is below zero: unsigned division is cheap */
	unsigned y = (unsigned)(year - (month <= 2) + 25 * 400);
	unsigned from_march = (unsigned)(month > 2 ? month - 3 : month + 9);
	/* 153 days in each five months from March: 31 30 31 30 31 */
	unsigned in_year = (153 * from_march + 2) / 5;

	return (int64_t)(y * 365 + y / 4 - y / 100 + y / 400 + in_year) + day - 1 -
	    25 * CYCLE_DAYS + MARCH_0000;
}

void
when_civil(int64_t day, int *year, int *month, int *mday)
{
	int64_t n = day - MARCH_0000, cycle = when_floor(n, CYCLE_DAYS);
	int in_cycle = (int)(n - cycle * CYCLE_DAYS);
	/* Take out the leap days before dividing by 365. */
	int y = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
	int in_year = in_cycle - (365 * y + y / 4 - y / 100);
	int from_march = (5 * in_year + 2) / 153;

	*mday = in_year - (153 * from_march + 2) / 5 + 1;
	*month = from_march < 10 ? from_march + 3 : from_march - 9;
	*year = (int)(cycle * 400) + y + (*month <= 2);
}

int
when_weekday(int64_t day)
{
	/* 1970-01-01 was a Thursday */
	return (int)(day + 3 - when_floor(day + 3, 7) * 7) + 1;
}

static unsigned
days_in_month(unsigned year, unsigned month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1U : 0U);
}

/* --- instants --- */

/* Two digits at s; anything else gives a number of 256 or more. */
static inline unsigned
two(const char *s)
{
	unsigned a = (unsigned)(unsigned char)s[0] - '0';
	unsigned b = (unsigned)(unsigned char)s[1] - '0';

	return a <= 9 && b <= 9 ? a * 10 + b : 256;
}

/* Eight bytes that are read at once. */
struct form {
	char bytes[9]; /* 0 stands for any digit */
	char room[9];  /* added to a digit or a byte off its form, it sets the top bit
	                * of what is above 9, or above 0 */
};

static const struct form date_form = { "0000-00-", "\x76\x76\x76\x76\x7f\x76\x76\x7f" };
static const struct form clock_form = { "00T00:00", "\x76\x76\x7f\x76\x76\x7f\x76\x76" };

static inline uint64_t
eight(const char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof(v));
	return le64toh(v);
}

/* The bytes at s are of the form: then at byte i of *pairs is the number that the
 * digits i and i + 1 make. */
static inline bool
parse_pairs(const char *s, const struct form *f, uint64_t *pairs)
{
	uint64_t digits = eight(s) ^ eight(f->bytes);

	*pairs = digits * 10 + (digits >> 8);
	return (((digits + eight(f->room)) | digits) & UINT64_C(0x8080808080808080)) == 0;
}

static inline unsigned
pair(uint64_t pairs, unsigned i)
{
	return (unsigned)(pairs >> 8 * i) & 0xff;
}

/* YYYY-MM-DD at s. */
static inline bool
parse_date(const char *s, int64_t *day)
{
	uint64_t pairs;
	bool sound = parse_pairs(s, &date_form, &pairs);
	unsigned year = pair(pairs, 0) * 100 + pair(pairs, 2), month = pair(pairs, 5);
	unsigned mday = two(s + 8);

	if (!sound || mday >= 256)
		return false;
	if (year < FIRST_YEAR || month - 1 >= 12 || mday == 0)
		return false;
	if (mday > 28 && mday > days_in_month(year, month))
		return false;
	*day = when_day_of((int)year, (int)month, (int)mday);
	return true;
}

/* ".123456789" of one to nine digits, in whole microseconds. */
static bool
parse_fraction(struct text t, int64_t *us)
{
	int64_t v = 0;

	if (t.len < 2 || t.len > 10 || t.s[0] != '.')
		return false;
	for (size_t i = 1; i < t.len; i++)
		if (t.s[i] < '0' || t.s[i] > '9')
			return false;
	for (size_t i = 1; i <= 6; i++)
		v = v * 10 + (i < t.len ? t.s[i] - '0' : 0);
	*us = v;
	return true;
}

bool
when_fits(int64_t us)
{
	static const int64_t start = INT64_C(-719162) * 86400 * WHEN_SECOND;
	static const int64_t end = INT64_C(2932897) * 86400 * WHEN_SECOND;

	return us >= start && us < end;
}

enum when_verdict
when_parse(struct text t, int64_t *us)
{
	int64_t day, fraction = 0, at;
	unsigned hour, minute, second;
	const char *s = t.s;
	uint64_t pairs;

	if (t.len == 0)
		return WHEN_EMPTY;
	if (t.len < 20 || s[t.len - 1] != 'Z' || !parse_date(s, &day))
		return WHEN_BAD;
	if (!parse_pairs(s + 8, &clock_form, &pairs) || s[16] != ':')
		return WHEN_BAD;
	hour = pair(pairs, 3);
	minute = pair(pairs, 6);
	second = two(s + 17);
	if (hour > 23 || minute > 59 || second > 60)
		return WHEN_BAD;
	if (t.len > 20 && !parse_fraction((struct text){ s + 19, t.len - 20 }, &fraction))
		return WHEN_BAD;
	at = (day * 86400 + hour * 3600 + minute * 60 + second) * WHEN_SECOND + fraction;
	if (second == 60 && !when_fits(at)) /* the last leap second of all */
		return WHEN_BAD;
	*us = at;
	return WHEN_OK;
}

enum when_verdict
when_parse_day(struct text t, int64_t *day)
{
	if (t.len == 0)
		return WHEN_EMPTY;
	return t.len == 10 && parse_date(t.s, day) ? WHEN_OK : WHEN_BAD;
}

/* v in n digits at to; returns the byte after. */
static char *
put_digits(char *to, int64_t v, int n)
{
	for (int i = n - 1; i >= 0; i--, v /= 10)
		to[i] = (char)('0' + v % 10);
	return to + n;
}

static char *
put_date(char *to, int64_t day)
{
	int year, month, mday;

	when_civil(day, &year, &month, &mday);
	to = put_digits(to, year, 4);
	*to++ = '-';
	to = put_digits(to, month, 2);
	*to++ = '-';
	return put_digits(to, mday, 2);
}

struct text
when_put(char out[WHEN_TEXT], int64_t us)
{
	int64_t day = when_floor(us, WHEN_DAY), rest = us - day * WHEN_DAY;
	int64_t second = rest / WHEN_SECOND, fraction = rest % WHEN_SECOND;
	char *at = put_date(out, day);

	*at++ = 'T';
	at = put_digits(at, second / 3600, 2);
	*at++ = ':';
	at = put_digits(at, second / 60 % 60, 2);
	*at++ = ':';
	at = put_digits(at, second % 60, 2);
	if (fraction != 0) {
		*at++ = '.';
		at = put_digits(at, fraction, 6);
		while (at[-1] == '0')
			at--;
	}
	*at++ = 'Z';
	return (struct text){ out, (size_t)(at - out) };
}

struct text
when_put_day(char out[WHEN_TEXT], int64_t day)
{
	return (struct text){ out, (size_t)(put_date(out, day) - out) };
}

enum when_verdict
when_parse_span(struct text t, int64_t *us)
{
	static const struct {
		const char *unit;
		int64_t us;
	} units[] = {
		{ "ms", 1000 },
		{ "s", WHEN_SECOND },
		{ "m", (int64_t)60 * WHEN_SECOND },
		{ "h", (int64_t)3600 * WHEN_SECOND },
		{ "d", (int64_t)86400 * WHEN_SECOND },
		{ "w", (int64_t)7 * 86400 * WHEN_SECOND },
	};
	static const int64_t longest = INT64_C(25) * CYCLE_DAYS * 86400 * WHEN_SECOND;
	size_t digits = 0;
	int64_t n;

	if (t.len == 0)
		return WHEN_EMPTY;
	while (digits < t.len && t.s[digits] >= '0' && t.s[digits] <= '9')
		digits++;
	if (num_parse_count(text_head(t, digits), &n) != NUM_OK)
		return WHEN_BAD;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (text_is(text_from(t, digits), units[i].unit))
			return __builtin_mul_overflow(n, units[i].us, us) ||
			    *us > longest ? WHEN_BAD : WHEN_OK;
	*us = 0;
	return digits == t.len && n == 0 ? WHEN_OK : WHEN_BAD;
}

/* --- periods --- */

bool
when_parse_period(struct text t, enum when_period *p)
{
	static const char *const names[] = {
		[WHEN_BY_DAY] = "day",
		[WHEN_BY_WEEK] = "week",
		[WHEN_BY_MONTH] = "month",
		[WHEN_BY_QUARTER] = "quarter",
		[WHEN_BY_YEAR] = "year",
		[WHEN_BY_ALL] = "all",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is(t, names[i])) {
			*p = (enum when_period)i;
			return true;
		}
	return false;
}

int64_t
when_period_start(enum when_period p, int64_t day)
{
	int year, month, mday;

	when_civil(day, &year, &month, &mday);
	switch (p) {
	case WHEN_BY_DAY:
		return day;
	case WHEN_BY_WEEK:
		return day - (when_weekday(day) - 1);
	case WHEN_BY_MONTH:
		return day - (mday - 1);
	case WHEN_BY_QUARTER:
		return when_day_of(year, (month - 1) / 3 * 3 + 1, 1);
	case WHEN_BY_YEAR:
		return when_day_of(year, 1, 1);
	case WHEN_BY_ALL:
		break;
	}
	return 0;
}

/* The first day of the month that is n months after day's. */
static int64_t
months_on(int64_t day, int n)
{
	int year, month, mday;

	when_civil(day, &year, &month, &mday);
	month += n - 1;
	return when_day_of(year + month / 12, month % 12 + 1, 1);
}

int64_t
when_period_end(enum when_period p, int64_t day)
{
	int64_t start = when_period_start(p, day);

	switch (p) {
	case WHEN_BY_DAY:
		return start + 1;
	case WHEN_BY_WEEK:
		return start + 7;
	case WHEN_BY_MONTH:
		return months_on(start, 1);
	case WHEN_BY_QUARTER:
		return months_on(start, 3);
	case WHEN_BY_YEAR:
		return months_on(start, 12);
	case WHEN_BY_ALL:
		break;
	}
	return INT64_MAX;
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static char *
put_week(char *to, int64_t day)
{
	int64_t thursday = day - when_weekday(day) + 4;
	int year, month, mday;

	when_civil(thursday, &year, &month, &mday);
	to = put_digits(to, year, 4);
	*to++ = '-';
	*to++ = 'W';
	return put_digits(to, (thursday - when_day_of(year, 1, 1)) / 7 + 1, 2);
}

struct text
when_put_period(char out[WHEN_TEXT], enum when_period p, int64_t day)
{
	int year, month, mday;
	char *at = out;

	when_civil(day, &year, &month, &mday);
	switch (p) {
	case WHEN_BY_DAY:
		at = put_date(at, day);
		break;
	case WHEN_BY_WEEK:
		at = put_week(at, day);
		break;
	case WHEN_BY_MONTH:
		at = put_digits(at, year, 4);
		*at++ = '-';
		at = put_digits(at, month, 2);
		break;
	case WHEN_BY_QUARTER:
		at = put_digits(at, year, 4);
		*at++ = '-';
		*at++ = 'Q';
		at = put_digits(at, (month + 2) / 3, 1);
		break;
	case WHEN_BY_YEAR:
		at = put_digits(at, year, 4);
		break;
	case WHEN_BY_ALL:
		return TEXT("(all)");
	}
	return (struct text){ out, (size_t)(at - out) };
}

bool
when_parse_named(struct text name, enum when_period p, int64_t *day)
{
	char out[WHEN_TEXT];
	int64_t year, d;

	if (p == WHEN_BY_DAY)
		return when_parse_day(name, day) == WHEN_OK;
	if (p == WHEN_BY_ALL || name.len < 4 ||
	    num_parse_count(text_head(name, 4), &year) != NUM_OK)
		return false;
	/* The names of a year's periods, until one is this. */
	d = when_period_start(p, when_day_of((int)year, 1, 4));
	for (; d < when_day_of((int)year + 1, 1, 4); d = when_period_end(p, d))
		if (text_equal(when_put_period(out, p, d), name)) {
			*day = d;
			return true;
		}
	return false;
}
