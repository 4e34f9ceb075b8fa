/* when.h - instants, civil days and periods */
#ifndef LEAD_BASE_WHEN_H
#define LEAD_BASE_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * An instant is microseconds since 1970-01-01T00:00:00Z, leap seconds not
 * counted. A civil day is days since 1970-01-01 in the proleptic Gregorian
 * calendar. Years 0001 to 9999.
 */
enum { WHEN_SECOND = 1000000 };
static const int64_t WHEN_DAY = (int64_t)86400 * WHEN_SECOND;

enum when_verdict {
	WHEN_OK,
	WHEN_EMPTY,
	WHEN_BAD,     /* not of the form, or no such date: 2023-02-29 */
	WHEN_GAP,     /* a local time that the clocks jumped over (zone.h) */
};

/*
 * 2026-11-02T10:15:00Z, 2026-11-02T10:15:00.123456Z (to nine decimals, those
 * past the sixth do not order). :60 is the next second. Called per row: it is
 * fast.
 */
enum when_verdict when_parse(struct text t, int64_t *us);

/* Is the instant in the years 0001 to 9999? One that was reckoned, from a local time
 * or an epoch, may lie outside. */
bool when_fits(int64_t us);

enum { WHEN_TEXT = 40 };

/* us that fits: 2026-11-02T10:15:00Z, with a fraction only when it is not zero. */
struct text when_put(char out[WHEN_TEXT], int64_t us);

/* 2026-11-02 */
enum when_verdict when_parse_day(struct text t, int64_t *day);
struct text when_put_day(char out[WHEN_TEXT], int64_t day);

/* a / b rounded down, b > 0: what lies before 1970 falls into the day it is in. */
static inline int64_t
when_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t when_day_of(int year, int month, int day);
void when_civil(int64_t day, int *year, int *month, int *mday);

/* 1 Monday … 7 Sunday. */
int when_weekday(int64_t day);

/* A duration: 30m, 2h, 90d, 4w, 250ms; no sign, at most 10,000 years, so that an
 * instant and a duration have a sum. */
enum when_verdict when_parse_span(struct text t, int64_t *us);

/* Periods of civil days; names as in output: 2026-11-02 2026-W45 2026-11 … */
enum when_period {
	WHEN_BY_DAY,
	WHEN_BY_WEEK, /* ISO 8601 */
	WHEN_BY_MONTH,
	WHEN_BY_QUARTER,
	WHEN_BY_YEAR,
	WHEN_BY_ALL, /* one period, "(all)" */
};

/* "day" "week" "month" "quarter" "year" "all"; false when none of them. */
bool when_parse_period(struct text t, enum when_period *p);

/* The period p of a name as when_put_period() writes it: its first day, or false.
 * Not for WHEN_BY_ALL. */
bool when_parse_named(struct text name, enum when_period p, int64_t *day);

/* The first civil day of the period that holds day; 0 for WHEN_BY_ALL. */
int64_t when_period_start(enum when_period p, int64_t day);

/* The first day of the next period; INT64_MAX for WHEN_BY_ALL. */
int64_t when_period_end(enum when_period p, int64_t day);

/* Its name, from any of its days. */
struct text when_put_period(char out[WHEN_TEXT], enum when_period p,
    int64_t day);

#endif
