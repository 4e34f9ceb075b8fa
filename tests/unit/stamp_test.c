/* Times as foreign files write them. D04, D05, D08-D10. */
#include <lead/base/stamp.h>

#include "tap.h"

static const struct {
	const char *text, *format, *want; /* NULL: bad; "gap" */
} cases[] = {
	{ "2026-06-01 10:00:00", "%Y-%m-%d %H:%M:%S", "2026-06-01T08:00:00Z" },
	{ "2026-06-01T10:00:00.250+0000", "%FT%T.%f%z", "2026-06-01T10:00:00.25Z" },
	{ "2026-06-01 10:00 -0000", "%F %H:%M %z", "2026-06-01T10:00:00Z" },
	{ "2026-06-01 10:00 +0530", "%F %H:%M %z", "2026-06-01T04:30:00Z" },
	{ "2026-06-01 10:00 +1400", "%F %H:%M %z", "2026-05-31T20:00:00Z" },
	{ "2026-06-01 10:00 -1200", "%F %H:%M %z", "2026-06-01T22:00:00Z" },
	{ "2026-06-01 10:00 +2400", "%F %H:%M %z", NULL },
	{ "2026-06-01 10:00 +0560", "%F %H:%M %z", NULL },
	{ "2026-06-01 10:00 +05:30", "%F %H:%M %z", "2026-06-01T04:30:00Z" },
	{ "2026-06-01 10:00 +05", "%F %H:%M %z", "2026-06-01T05:00:00Z" },
	{ "2026-06-01 10:00Z", "%F %H:%M%z", "2026-06-01T10:00:00Z" },
	{ "2026-06-01 10:00 UTC", "%F %H:%M %Z", "2026-06-01T10:00:00Z" },
	{ "2026-06-01 10:00 CEST", "%F %H:%M %Z", NULL },
	{ "29/03/2026 02:30", "%d/%m/%Y %H:%M", "gap" },
	{ "25/10/2026 02:30", "%d/%m/%Y %H:%M", "2026-10-25T00:30:00Z" },
	{ "1717236000", "%s", "2024-06-01T10:00:00Z" },
	{ "1717236000.5", "%s.%f", "2024-06-01T10:00:00.5Z" },
	{ "1717236000123", "%Q", "2024-06-01T10:00:00.123Z" },
	{ "1717236000123456", "%N", "2024-06-01T10:00:00.123456Z" },
	{ "1717236000123", "%s", NULL },
	{ "1717236000", "%Q", NULL },
	{ "1717236000123", "%N", NULL },
	{ "0", "%s", NULL },
	{ "13/01/2026 00:00", "%m/%d/%Y %H:%M", NULL },
	{ "01/13/26 1:05 PM", "%D %I:%M %p", "2026-01-13T12:05:00Z" },
	{ "01/13/26 12:05 am", "%D %I:%M %p", "2026-01-12T23:05:00Z" },
	{ "01/13/26 12:05 pm", "%D %I:%M %p", "2026-01-13T11:05:00Z" },
	{ "01/13/26 13:05 pm", "%D %I:%M %p", NULL },
	{ "10/Oct/2000:13:55:36 -0700", "%d/%b/%Y:%H:%M:%S %z", "2000-10-10T20:55:36Z" },
	{ "5 september 2026 7:03", "%d %B %Y %H:%M", "2026-09-05T05:03:00Z" },
	{ "5 M\xc3\xa4r 2026 07:03", "%d %b %Y %H:%M", NULL },
	{ "5 ao\xc3\xbbt 2026 07:03", "%d %b %Y %H:%M", NULL },
	{ "5  Sep   2026   7:03", "%d %b %Y %H:%M", "2026-09-05T05:03:00Z" },
	{ " 5 Sep 2026 07:03", "%e %b %Y %H:%M", "2026-09-05T05:03:00Z" },
	{ "2024-366 00:00", "%Y-%j %H:%M", "2024-12-30T23:00:00Z" },
	{ "2023-366 00:00", "%Y-%j %H:%M", NULL },
	{ "31/04/2026 10:00", "%d/%m/%Y %H:%M", NULL },
	{ "29/02/2023 10:00", "%d/%m/%Y %H:%M", NULL },
	{ "2026-06-01 24:00", "%F %H:%M", NULL },
	{ "2026-06-01 23:59:60", "%F %T", "2026-06-01T22:00:00Z" },
	{ "2026-06-01 23:59:61", "%F %T", NULL },
	{ "69-01-01 00:00 Z", "%y-%m-%d %H:%M %Z", "1969-01-01T00:00:00Z" },
	{ "68-01-01 00:00 Z", "%y-%m-%d %H:%M %Z", "2068-01-01T00:00:00Z" },
	{ "100%", "%Y%%", NULL },
	{ "2026-06-01 10:00 tail", "%F %H:%M", NULL },
	{ "2026-06-01", "%F %H:%M", NULL },
	{ "06-01 10:00", "%m-%d %H:%M", NULL },
};

static const struct {
	const char *text, *want;
} dates[] = {
	{ "30/06/2025", "2025-06-29T22:00:00Z" },
	{ "1/1/2025", "2024-12-31T23:00:00Z" },
	{ "30/02/2025", NULL },
	{ "2025/06/30", NULL },
};

static void
test_formats(const struct zone *madrid)
{
	char out[WHEN_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t us = 0;
		bool dated = true;
		enum when_verdict v = stamp_parse(text_of(cases[i].text), cases[i].format,
		    madrid, &us, &dated);

		if (cases[i].want == NULL)
			ok(v == WHEN_BAD, "bad: \"%s\" as %s", cases[i].text,
			    cases[i].format);
		else if (strcmp(cases[i].want, "gap") == 0)
			ok(v == WHEN_GAP, "gap: \"%s\"", cases[i].text);
		else
			is(v == WHEN_OK && !dated ? when_put(out, us) : TEXT("bad"),
			    cases[i].want, "\"%s\" as %s", cases[i].text,
			    cases[i].format);
	}
}

static void
test_dates(const struct zone *madrid)
{
	char out[WHEN_TEXT];

	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		int64_t us = 0;
		bool dated = false;
		enum when_verdict v =
		    stamp_parse(text_of(dates[i].text), "%d/%m/%Y", madrid, &us, &dated);

		if (dates[i].want == NULL)
			ok(v == WHEN_BAD, "bad: \"%s\"", dates[i].text);
		else
			is(v == WHEN_OK && dated ? when_put(out, us) : TEXT("bad"),
			    dates[i].want, "the start of %s in Madrid", dates[i].text);
	}
}

int
main(void)
{
	struct zone *madrid = zone_open("Europe/Madrid"), *apia = zone_open("Pacific/Apia");
	size_t where = 99;
	int64_t us;
	bool dated;

	test_formats(madrid);
	test_dates(madrid);
	ok(stamp_parse(TEXT("2011-12-30"), "%F", apia, &us, &dated) == WHEN_GAP,
	    "gap: a day that Apia left out");
	ok(stamp_parse(TEXT(""), "%F", madrid, &us, &dated) == WHEN_EMPTY, "empty");
	ok(stamp_check("%d/%m/%Y", &where), "check: a good format");
	ok(!stamp_check("%d/%x", &where) && where == 3, "check: an unknown letter");
	ok(!stamp_check("%d %", &where) && where == 3, "check: a lone percent sign");
	zone_free(madrid);
	zone_free(apia);
	return tap_end();
}
