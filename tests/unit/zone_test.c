/* Clocks of places. D05, D06; libc's own reading of the tz files is the reference. */
#include <time.h>

#include <lead/base/tzif.h>
#include <lead/base/zone.h>

#include "tap.h"

static int64_t
at(const char *text)
{
	int64_t us = 0;

	if (when_parse(text_of(text), &us) != WHEN_OK)
		ok(0, "the test's own time: %s", text);
	return us;
}

static struct zone *
open_zone(const char *name)
{
	struct zone *z = zone_open(name);

	ok(z != NULL, "open: %s", name);
	if (z == NULL)
		exit(tap_end());
	return z;
}

static void
is_time(int64_t us, const char *want, const char *name)
{
	char out[WHEN_TEXT];

	is(when_put(out, us), want, "%s", name);
}

/* libc reads tz files for years far past the table, by their footer. */
static void
test_offsets(void)
{
	static const char *const names[] = { "Europe/Madrid", "America/New_York",
		"Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca",
		"America/Santiago", "Asia/Gaza", "Europe/Dublin", "Pacific/Auckland" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct zone *z = open_zone(names[i]);
		int bad = 0;

		setenv("TZ", names[i], 1);
		tzset();
		for (int64_t t = -2500000000; t < 30000000000; t += 1234567) {
			time_t libc = (time_t)t;
			struct tm tm;

			localtime_r(&libc, &tm);
			bad += zone_offset(z, t * WHEN_SECOND) !=
			    (int64_t)tm.tm_gmtoff * WHEN_SECOND;
		}
		ok(bad == 0, "offset: %s from 1890 to 2920, as libc", names[i]);
		zone_free(z);
	}
}

static void
test_local(void)
{
	struct zone *madrid = open_zone("Europe/Madrid");
	struct zone *york = open_zone("America/New_York");
	int64_t us = 0;
	bool twice = true;

	ok(zone_instant(madrid, at("2026-07-01T12:00:00Z"), &us, &twice) == WHEN_OK &&
		!twice, "local: noon in Madrid is there once");
	is_time(us, "2026-07-01T10:00:00Z", "local: noon in Madrid in summer");
	ok(zone_instant(madrid, at("2026-03-29T02:30:00Z"), &us, NULL) == WHEN_GAP,
	    "local: half past two on the night the clocks jump");
	ok(zone_instant(madrid, at("2026-03-29T03:00:00Z"), &us, NULL) == WHEN_OK,
	    "local: three o'clock is there");
	is_time(us, "2026-03-29T01:00:00Z", "local: the second after the jump");
	ok(zone_instant(madrid, at("2026-10-25T02:30:00.5Z"), &us, &twice) == WHEN_OK &&
		twice, "local: half past two comes twice in October");
	is_time(us, "2026-10-25T00:30:00.5Z", "local: the first of the two");
	ok(zone_instant(york, at("2026-03-08T02:30:00Z"), &us, NULL) == WHEN_GAP,
	    "local: New York's gap");
	ok(zone_instant(york, at("2400-03-12T02:30:00Z"), &us, NULL) == WHEN_GAP,
	    "local: New York's gap in a far year, by the footer");
	ok(zone_instant(york, at("2900-07-04T09:00:00Z"), &us, NULL) == WHEN_OK,
	    "local: a year past the table");
	is_time(us, "2900-07-04T13:00:00Z", "local: summer in a year past the table");
	zone_free(madrid);
	zone_free(york);
}

/* Hours between the starts of a day and of the next. */
static int
hours_of(const struct zone *z, const char *text)
{
	int64_t day = 0;

	when_parse_day(text_of(text), &day);
	return (int)((zone_day_start(z, day + 1) - zone_day_start(z, day)) /
	    ((int64_t)3600 * WHEN_SECOND));
}

static void
test_days(void)
{
	struct zone *madrid = open_zone("Europe/Madrid");
	struct zone *apia = open_zone("Pacific/Apia");
	struct zone *kathmandu = open_zone("Asia/Kathmandu");
	struct zone *santiago = open_zone("America/Santiago");
	int64_t day = 0;
	char out[WHEN_TEXT];

	ok(hours_of(madrid, "2026-03-29") == 23, "day: 23 hours in March");
	ok(hours_of(madrid, "2026-10-25") == 25, "day: 25 hours in October");
	ok(hours_of(madrid, "2026-06-15") == 24, "day: 24 hours in June");
	ok(hours_of(apia, "2011-12-30") == 0, "day: Apia had no 30 December 2011");
	ok(hours_of(apia, "2011-12-29") == 24 && hours_of(apia, "2011-12-31") == 24,
	    "day: and whole ones on both sides");
	is(when_put_day(out, zone_day(apia, at("2011-12-30T09:59:59Z"))), "2011-12-29",
	    "day: Apia's last second of the 29th");
	is(when_put_day(out, zone_day(apia, at("2011-12-30T10:00:00Z"))), "2011-12-31",
	    "day: the next is of the 31st");
	is(when_put_day(out, zone_day(kathmandu, at("2026-01-01T18:14:59Z"))),
	    "2026-01-01", "day: Kathmandu is 5:45 ahead");
	is(when_put_day(out, zone_day(kathmandu, at("2026-01-01T18:15:00Z"))),
	    "2026-01-02", "day: to the second");
	when_parse_day(TEXT("2022-09-11"), &day);
	is_time(zone_day_start(santiago, day), "2022-09-11T04:00:00Z",
	    "day: one that begins at one o'clock, after the gap");
	zone_free(madrid);
	zone_free(apia);
	zone_free(kathmandu);
	zone_free(santiago);
}

/* A fact of the day alone belongs to its day, whatever zone asks. */
static void
test_dated(void)
{
	static const struct {
		const char *at, *zone, *day;
	} cases[] = {
		{ "2025-06-30T21:59:59Z", "Europe/Madrid", "2025-06-30" },
		{ "2025-06-30T21:59:59Z", "UTC", "2025-06-30" },
		{ "2025-06-30T21:59:59Z", "Asia/Tokyo", "2025-06-30" },
		{ "2025-06-29T22:00:00Z", "UTC", "2025-06-30" },
		{ "2025-11-01T04:59:59Z", "UTC", "2025-10-31" },
		{ "2025-11-01T04:00:00Z", "Europe/Madrid", "2025-11-01" },
		{ "2025-06-30T23:59:59Z", "UTC", "2025-06-30" },
		{ "2025-06-30T18:14:59Z", "America/New_York", "2025-06-30" },
		{ "2025-06-30T10:00:00Z", "Pacific/Kiritimati", "2025-07-01" },
		{ "2025-06-30T22:30:07Z", "Europe/Madrid", "2025-07-01" },
	};
	char out[WHEN_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct zone *z = open_zone(cases[i].zone);

		is(when_put_day(out, zone_dated_day(z, at(cases[i].at))), cases[i].day,
		    "a day's fact at %s, asked in %s", cases[i].at, cases[i].zone);
		zone_free(z);
	}
}

static void
test_refused(void)
{
	static const char *const names[] = { "", "/etc/passwd", "../../../etc/passwd",
		"Europe/../UTC", "Europe", "Europe/Atlantis", "tzdata.zi", "right/Europe/Madrid" };
	struct tzif t;
	char file[200] = "TZif2";

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ok(zone_open(names[i]) == NULL, "refused: \"%s\"", names[i]);
	for (size_t n = 0; n <= sizeof(file); n += 10) {
		ok(!tzif_parse((struct text){ file, n }, &t), "no sound file: %zu bytes", n);
		tzif_clear(&t);
	}
}

int
main(void)
{
	struct zone *utc = open_zone("UTC");

	ok(zone_offset(utc, at("2026-07-01T12:00:00Z")) == 0, "UTC is 0 ahead");
	zone_free(utc);
	test_offsets();
	test_local();
	test_days();
	test_dated();
	test_refused();
	return tap_end();
}
