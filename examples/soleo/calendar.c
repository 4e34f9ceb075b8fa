/* calendar.c - what the clocks of Madrid show */
#include "calendar.h"

#include <stdio.h>

int64_t
calendar_day(int year, int month, int mday)
{
	int y = month <= 2 ? year - 1 : year;
	int era = y / 400, of_era = y - era * 400;
	int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;

	return (int64_t)era * 146097 + of_era * 365 + of_era / 4 -
	    of_era / 100 + of_year - 719468;
}

void
calendar_civil(int64_t day, int *year, int *month, int *mday)
{
	int64_t z = day + 719468, era = z / 146097, of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*mday = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

bool
calendar_parse(const char *text, int64_t *day)
{
	int v[3] = { 0, 0, 0 }, part = 0, year, month, mday;

	for (int i = 0; i < 10; i++) {
		if (i == 4 || i == 7) {
			if (text[i] != '-')
				return false;
			part++;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		v[part] = v[part] * 10 + text[i] - '0';
	}
	if (text[10] != '\0' || v[0] == 0 || v[1] < 1 || v[1] > 12 || v[2] < 1)
		return false;
	*day = calendar_day(v[0], v[1], v[2]);
	calendar_civil(*day, &year, &month, &mday);
	return year == v[0] && month == v[1] && mday == v[2];
}

int
calendar_weekday(int64_t day)
{
	return (int)((day + 3) % 7) + 1;
}

static int64_t
last_sunday(int year, int month)
{
	int64_t day = calendar_day(year, month, 31);

	return day - calendar_weekday(day) % 7;
}

int64_t
calendar_ahead(int64_t utc)
{
	int year, month, mday;
	int64_t summer, winter;

	calendar_civil(utc / DAY, &year, &month, &mday);
	summer = last_sunday(year, 3) * DAY + HOUR;
	winter = last_sunday(year, 10) * DAY + HOUR;
	return utc >= summer && utc < winter ? 2 * HOUR : HOUR;
}

int64_t
calendar_instant(int64_t day, int64_t second)
{
	int64_t local = day * DAY + second, utc = local - 2 * HOUR;

	return utc + calendar_ahead(utc) == local ? utc : local - HOUR;
}

int64_t
calendar_day_of(int64_t utc)
{
	return (utc + calendar_ahead(utc)) / DAY;
}

const char *
calendar_put_day(char out[CALENDAR_TEXT], int64_t day)
{
	int year, month, mday;

	calendar_civil(day, &year, &month, &mday);
	snprintf(out, CALENDAR_TEXT, "%04d-%02d-%02d", year, month, mday);
	return out;
}

static const char *
put(char out[CALENDAR_TEXT], const char *form, int64_t clock)
{
	int year, month, mday, second = (int)(clock % DAY);

	calendar_civil(clock / DAY, &year, &month, &mday);
	snprintf(out, CALENDAR_TEXT, form, year, month, mday, second / HOUR,
	    second / 60 % 60, second % 60);
	return out;
}

const char *
calendar_put_local(char out[CALENDAR_TEXT], int64_t utc)
{
	return put(out, "%04d-%02d-%02d %02d:%02d:%02d", utc + calendar_ahead(utc));
}

const char *
calendar_put_utc(char out[CALENDAR_TEXT], int64_t utc)
{
	return put(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", utc);
}

const char *
calendar_put_log(char out[CALENDAR_TEXT], int64_t utc)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t ahead = calendar_ahead(utc), clock = utc + ahead;
	int year, month, mday, second = (int)(clock % DAY);

	calendar_civil(clock / DAY, &year, &month, &mday);
	snprintf(out, CALENDAR_TEXT, "%02d/%.3s/%04d:%02d:%02d:%02d +0%d00", mday,
	    months + (month - 1) * 3, year, second / HOUR, second / 60 % 60,
	    second % 60, (int)(ahead / HOUR));
	return out;
}
