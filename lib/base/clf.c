/* clf.c - the times and escapes that web servers log */
#include <lead/base/clf.h>
#include <lead/base/utf8.h>
#include <lead/base/when.h>

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The escape at s[0..n-1], n >= 2: its byte, and *len bytes long; -1: none. */
static int
escape(const char *s, size_t n, size_t *len)
{
	static const char letters[] = "\"\\nrt", bytes[] = "\"\\\n\r\t";
	const char *at = strchr(letters, s[1]);

	*len = 2;
	if (s[1] != '\0' && at != NULL)
		return bytes[at - letters];
	*len = 4;
	if (n < 4 || s[1] != 'x' || hex(s[2]) < 0 || hex(s[3]) < 0)
		return -1;
	return hex(s[2]) << 4 | hex(s[3]);
}

static bool
is_control(int c)
{
	return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

struct text
clf_plain(char *to, struct text part)
{
	size_t len, out = 0;

	if (text_find(part, '\\') < 0)
		return part;
	for (size_t i = 0; i < part.len; i++) {
		int c = -1;

		if (part.s[i] == '\\' && i + 1 < part.len)
			c = escape(part.s + i, part.len - i, &len);
		if (c < 0) {
			to[out++] = part.s[i];
			continue;
		}
		if (is_control(c))
			return part;
		to[out++] = (char)c;
		i += len - 1;
	}
	return utf8_is((struct text){ to, out }) ? (struct text){ to, out } : part;
}

/* n digits, or -1. */
static int
digits(const char *s, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

/* 17/May/2015 into the memo. */
static bool
parse_date(const char *s, struct clf_day *memo)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int day = digits(s, 2), year = digits(s + 7, 4), month = 0, y, m, d;

	while (month < 12 && memcmp(months + month * 3, s + 3, 3) != 0)
		month++;
	if (s[2] != '/' || s[6] != '/' || day < 1 || year < 1 || month++ == 12)
		return false;
	memo->day = when_day_of(year, month, day);
	when_civil(memo->day, &y, &m, &d);
	if (y != year || m != month || d != day)
		return false;
	memcpy(memo->date, s, sizeof(memo->date));
	return true;
}

/* +0530 in seconds; false when it is none. */
static bool
parse_offset(const char *s, int64_t *seconds)
{
	int h = digits(s + 1, 2), m = digits(s + 3, 2);

	if ((*s != '+' && *s != '-') || h < 0 || m < 0 || m > 59 || h * 60 + m > 840)
		return false;
	*seconds = (*s == '-' ? -60 : 60) * (int64_t)(h * 60 + m);
	return true;
}

bool
clf_time(struct text t, struct clf_day *memo, int64_t *us)
{
	int64_t offset;
	int h, m, sec;

	if (t.len != 26 || t.s[11] != ':' || t.s[14] != ':' || t.s[17] != ':' ||
	    t.s[20] != ' ')
		return false;
	h = digits(t.s + 12, 2);
	m = digits(t.s + 15, 2);
	sec = digits(t.s + 18, 2);
	if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60 ||
	    !parse_offset(t.s + 21, &offset))
		return false;
	if (memcmp(t.s, memo->date, sizeof(memo->date)) != 0 &&
	    !parse_date(t.s, memo))
		return false;
	*us = memo->day * WHEN_DAY +
	    (h * INT64_C(3600) + m * 60 + sec - offset) * WHEN_SECOND;
	return true;
}
