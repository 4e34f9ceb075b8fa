/* calendar.h - what the clocks of Madrid show, worked out by the rule of the
 * European Union and not by the library that the example data tests */
#ifndef EXAMPLES_SOLEO_CALENDAR_H
#define EXAMPLES_SOLEO_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { HOUR = 3600, DAY = 86400 };

/* Days since 1970-01-01 of a date, and back. */
int64_t calendar_day(int year, int month, int mday);
void calendar_civil(int64_t day, int *year, int *month, int *mday);

/* 2026-11-01 as a day; false when it is no date. */
bool calendar_parse(const char *text, int64_t *day);

/* 1 Monday … 7 Sunday. */
int calendar_weekday(int64_t day);

/* Seconds that Madrid is ahead of UTC at an instant (seconds since 1970). */
int64_t calendar_ahead(int64_t utc);

/* The instant of a time of a civil day; the first of two in October. */
int64_t calendar_instant(int64_t day, int64_t second);

/* The civil day of an instant. */
int64_t calendar_day_of(int64_t utc);

enum { CALENDAR_TEXT = 48 };

/* 2026-11-01 · 2026-11-01 09:15 · 2026-11-01T08:15:00Z · the web log's */
const char *calendar_put_day(char out[CALENDAR_TEXT], int64_t day);
const char *calendar_put_local(char out[CALENDAR_TEXT], int64_t utc);
const char *calendar_put_utc(char out[CALENDAR_TEXT], int64_t utc);
const char *calendar_put_log(char out[CALENDAR_TEXT], int64_t utc);

#endif
