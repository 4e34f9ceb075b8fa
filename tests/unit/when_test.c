/* Instants, civil days, periods. D01-D03, D07; libc is the reference. */
#include <time.h>

#include <lead/base/when.h>

#include "tap.h"

static const struct {
	const char *text;
	enum when_verdict verdict;
	const char *back; /* as when_put() writes it */
} instants[] = {
	{ "1970-01-01T00:00:00Z", WHEN_OK, "1970-01-01T00:00:00Z" },
	{ "1969-12-31T23:59:59Z", WHEN_OK, "1969-12-31T23:59:59Z" },
	{ "1969-12-31T23:59:59.5Z", WHEN_OK, "1969-12-31T23:59:59.5Z" },
	{ "2038-01-19T03:14:08Z", WHEN_OK, "2038-01-19T03:14:08Z" },
	{ "0001-01-01T00:00:00Z", WHEN_OK, "0001-01-01T00:00:00Z" },
	{ "9999-12-31T23:59:59.999999Z", WHEN_OK, "9999-12-31T23:59:59.999999Z" },
	{ "9999-12-31T23:59:60Z", WHEN_BAD, NULL },
	{ "10000-01-01T00:00:00Z", WHEN_BAD, NULL },
	{ "0000-01-01T00:00:00Z", WHEN_BAD, NULL },
	{ "2024-02-29T12:00:00Z", WHEN_OK, "2024-02-29T12:00:00Z" },
	{ "2000-02-29T12:00:00Z", WHEN_OK, "2000-02-29T12:00:00Z" },
	{ "2023-02-29T12:00:00Z", WHEN_BAD, NULL },
	{ "2100-02-29T12:00:00Z", WHEN_BAD, NULL },
	{ "2026-04-31T12:00:00Z", WHEN_BAD, NULL },
	{ "2026-01-00T12:00:00Z", WHEN_BAD, NULL },
	{ "2026-01-32T12:00:00Z", WHEN_BAD, NULL },
	{ "2026-00-01T12:00:00Z", WHEN_BAD, NULL },
	{ "2026-13-01T12:00:00Z", WHEN_BAD, NULL },
	{ "2016-12-31T23:59:60Z", WHEN_OK, "2017-01-01T00:00:00Z" },
	{ "2026-06-01T10:00:60.25Z", WHEN_OK, "2026-06-01T10:01:00.25Z" },
	{ "2026-06-01T10:00:61Z", WHEN_BAD, NULL },
	{ "2026-06-01T24:00:00Z", WHEN_BAD, NULL },
	{ "2026-06-01T12:60:00Z", WHEN_BAD, NULL },
	{ "2026-06-01T-1:00:00Z", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00.123456789Z", WHEN_OK, "2026-06-01T10:00:00.123456Z" },
	{ "2026-06-01T10:00:00.1Z", WHEN_OK, "2026-06-01T10:00:00.1Z" },
	{ "2026-06-01T10:00:00.000Z", WHEN_OK, "2026-06-01T10:00:00Z" },
	{ "2026-06-01T10:00:00.1234567890Z", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00.Z", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00.1x2Z", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00z", WHEN_BAD, NULL },
	{ "2026-06-01 10:00:00Z", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00+00:00", WHEN_BAD, NULL },
	{ "2026-06-01T10:00:00ZZ", WHEN_BAD, NULL },
	{ " 2026-06-01T10:00:00Z", WHEN_BAD, NULL },
	{ "2026/06/01T10:00:00Z", WHEN_BAD, NULL },
	{ "2026-06-01T10.00:00Z", WHEN_BAD, NULL },
	{ "2026-6-01T10:00:00Z", WHEN_BAD, NULL },
	{ "not a time at all, no", WHEN_BAD, NULL },
	{ "", WHEN_EMPTY, NULL },
};

static void
test_instants(void)
{
	char out[WHEN_TEXT];
	int64_t us;

	for (size_t i = 0; i < sizeof(instants) / sizeof(instants[0]); i++) {
		enum when_verdict v = when_parse(text_of(instants[i].text), &us);

		ok(v == instants[i].verdict, "parse: \"%s\"", instants[i].text);
		if (v == WHEN_OK)
			is(when_put(out, us), instants[i].back, "put: %s",
			    instants[i].text);
	}
	ok(when_parse(TEXT("1970-01-02T00:00:01.5Z"), &us) == WHEN_OK &&
		us == 86401500000, "parse: microseconds since 1970");
}

/* Days and instants of 40,000 civil days, as libc has them. */
static void
test_against_libc(void)
{
	char want[64], got[WHEN_TEXT];
	int bad_parse = 0, bad_put = 0, bad_week = 0, bad_day = 0;

	for (int64_t day = -719162; day < 2932897; day += 91) {
		time_t t = (time_t)(day * 86400 + (day * 7919 & 0x7fffffff) % 86400);
		struct tm tm;
		struct text text;
		int64_t us;

		gmtime_r(&t, &tm);
		snprintf(want, sizeof(want), "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
		    tm.tm_sec);
		bad_parse += when_parse(text_of(want), &us) != WHEN_OK ||
		    us != (int64_t)t * WHEN_SECOND;
		bad_put += !text_is(when_put(got, (int64_t)t * WHEN_SECOND), want);
		bad_day += (when_weekday(day) % 7) != tm.tm_wday;
		if (tm.tm_year + 1900 < 1000)
			continue; /* libc does not pad %G */
		strftime(want, sizeof(want), "%G-W%V", &tm);
		text = when_put_period(got, WHEN_BY_WEEK, day);
		bad_week += !text_is(text, want);
	}
	ok(bad_parse == 0, "parse: 40,000 instants as libc");
	ok(bad_put == 0, "put: 40,000 instants as libc");
	ok(bad_day == 0, "weekday: 40,000 days as libc");
	ok(bad_week == 0, "ISO weeks: as libc");
}

static int64_t
day(const char *text)
{
	int64_t d = 0;

	ok(when_parse_day(text_of(text), &d) == WHEN_OK, "day: %s", text);
	return d;
}

static void
test_periods(void)
{
	static const struct {
		enum when_period by;
		const char *day, *name, *start, *next;
	} cases[] = {
		{ WHEN_BY_DAY, "2026-11-02", "2026-11-02", "2026-11-02", "2026-11-03" },
		{ WHEN_BY_WEEK, "2026-11-02", "2026-W45", "2026-11-02", "2026-11-09" },
		{ WHEN_BY_WEEK, "2021-01-03", "2020-W53", "2020-12-28", "2021-01-04" },
		{ WHEN_BY_WEEK, "2024-12-30", "2025-W01", "2024-12-30", "2025-01-06" },
		{ WHEN_BY_MONTH, "2026-12-31", "2026-12", "2026-12-01", "2027-01-01" },
		{ WHEN_BY_MONTH, "2024-02-29", "2024-02", "2024-02-01", "2024-03-01" },
		{ WHEN_BY_QUARTER, "2026-11-02", "2026-Q4", "2026-10-01", "2027-01-01" },
		{ WHEN_BY_QUARTER, "2026-03-31", "2026-Q1", "2026-01-01", "2026-04-01" },
		{ WHEN_BY_YEAR, "2026-11-02", "2026", "2026-01-01", "2027-01-01" },
	};
	char out[WHEN_TEXT];
	enum when_period p;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t d = day(cases[i].day);

		is(when_put_period(out, cases[i].by, d), cases[i].name, "period of %s",
		    cases[i].day);
		is(when_put_day(out, when_period_start(cases[i].by, d)), cases[i].start,
		    "%s begins", cases[i].name);
		is(when_put_day(out, when_period_end(cases[i].by, d)), cases[i].next,
		    "%s ends before", cases[i].name);
	}
	is(when_put_period(out, WHEN_BY_ALL, 0), "(all)", "one period");
	ok(when_period_end(WHEN_BY_ALL, 5) == INT64_MAX, "(all) has no end");
	ok(when_parse_period(TEXT("quarter"), &p) && p == WHEN_BY_QUARTER, "by name");
	ok(!when_parse_period(TEXT("fortnight"), &p), "an unknown period is refused");
}

static void
test_spans(void)
{
	static const struct {
		const char *text;
		enum when_verdict verdict;
		int64_t us;
	} cases[] = {
		{ "30m", WHEN_OK, 1800000000 },
		{ "2h", WHEN_OK, 7200000000 },
		{ "90d", WHEN_OK, 7776000000000 },
		{ "4w", WHEN_OK, 2419200000000 },
		{ "250ms", WHEN_OK, 250000 },
		{ "15s", WHEN_OK, 15000000 },
		{ "0", WHEN_OK, 0 },
		{ "0d", WHEN_OK, 0 },
		{ "5", WHEN_BAD, 0 },
		{ "d", WHEN_BAD, 0 },
		{ "-1d", WHEN_BAD, 0 },
		{ "1.5d", WHEN_BAD, 0 },
		{ "1h30m", WHEN_BAD, 0 },
		{ "1 d", WHEN_BAD, 0 },
		{ "99999999999d", WHEN_BAD, 0 },
		{ "3652425d", WHEN_OK, INT64_C(315569520000000000) },
		{ "3652426d", WHEN_BAD, 0 },
		{ "106751991d", WHEN_BAD, 0 },
		{ "", WHEN_EMPTY, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t us = -1;
		enum when_verdict v = when_parse_span(text_of(cases[i].text), &us);

		ok(v == cases[i].verdict && (v != WHEN_OK || us == cases[i].us),
		    "span: \"%s\"", cases[i].text);
	}
}

int
main(void)
{
	int64_t d;

	test_instants();
	test_against_libc();
	ok(when_parse_day(TEXT("2023-02-29"), &d) == WHEN_BAD, "day: no such date");
	ok(when_parse_day(TEXT("2026-11-02T"), &d) == WHEN_BAD, "day: nothing behind");
	ok(when_parse_day(TEXT(""), &d) == WHEN_EMPTY, "day: empty");
	test_periods();
	test_spans();
	return tap_end();
}
