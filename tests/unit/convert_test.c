/* Cells of exports by the "as" of a map: a table of what they must become. */
#include "tap.h"

#include <lead/base/when.h>
#include <lead/domain/import/convert.h>

enum { OK, EMPTY, UNDATED, BAD };

/* want: the value; of dates the instant; or the reason. At the end of a day. */
static const struct {
	const char *as, *cell;
	int verdict;
	const char *want;
} cases[] = {
	{ "", " x y ", OK, "x y" },
	{ "text", "  ", EMPTY, "" },
	{ "text", "#N/A", BAD, "value" },
	{ "text", "###", BAD, "value" },
	{ "text", "#1", OK, "#1" },
	{ "text", "=\"001\"", BAD, "value" },
	{ "text", "1.23E+11", BAD, "value" },
	{ "text", "1E5", OK, "1E5" },
	{ "text", "ME+1", OK, "ME+1" },
	{ "const:new deal", "", OK, "new deal" },
	{ "money", "1234.50", OK, "1234.5" },
	{ "money", "-0.00", OK, "0" },
	{ "money", "1,234", BAD, "number" },
	{ "money", "9223372036854.775807", OK, "9223372036854.775807" },
	{ "money", "9223372036854.775808", BAD, "overflow" },
	{ "money", "0.0000001", BAD, "scale" },
	{ "money:round", "0.0000005", OK, "0.000001" },
	{ "money:1,234.56", "1,234,567.8", OK, "1234567.8" },
	{ "money:1,234.56", "12,34", BAD, "number" },
	{ "money:1.234,56:round", "1.234,5000004", OK, "1234.5" },
	{ "money:1 234,56", "1 234,5", OK, "1234.5" },
	{ "money:1'234.56", "1'234.5", OK, "1234.5" },
	{ "money:micros", "36150000", OK, "36.15" },
	{ "money:micros", "1.5", BAD, "number" },
	{ "money", "144.", OK, "144" },
	{ "money", ".", BAD, "number" },
	{ "money", " ", EMPTY, "" },
	{ "count", "12", OK, "12" },
	{ "count", "12.0", OK, "12" },
	{ "count", "12.5", BAD, "number" },
	{ "count", "-1", BAD, "number" },
	{ "count:1,234", "1,385", OK, "1385" },
	{ "count:1.234", "1.385", OK, "1385" },
	{ "list:;", "a; b;;c ", OK, "a;b;c" },
	{ "list:tab", "a\tb", OK, "a;b" },
	{ "list:;", " ; ", EMPTY, "" },
	{ "list:,", "a, b", OK, "a;b" },
	{ "list:,", "a;b, c", BAD, "value" }, /* it would be three */
	{ "first:,", " ,a,b", OK, "a" },
	{ "date", "2026-11-02T10:00:00Z", OK, "2026-11-02T10:00:00Z" },
	{ "date", "2026-11-02 10:00:00", OK, "2026-11-02T09:00:00Z" },
	{ "date", "2026-11-02 10:00:00.250", OK, "2026-11-02T09:00:00.25Z" },
	{ "date", "2026-11-02T10:00:00+05:30", OK, "2026-11-02T04:30:00Z" },
	{ "date", "2026-11-02", OK, "2026-11-02T22:59:59Z" },
	{ "date:iso@start", "2026-11-02", OK, "2026-11-01T23:00:00Z" },
	{ "date", "02/11/2026", BAD, "time" },
	{ "date:%d/%m/%Y", "02/11/2026", OK, "2026-11-02T22:59:59Z" },
	{ "date:%d/%m/%Y@end", "2/1/2026", OK, "2026-01-02T22:59:59Z" },
	{ "date:%d/%m/%Y", "29/02/2026", BAD, "time" },
	{ "date:%m/%d/%Y", "13/01/2026", BAD, "time" },
	{ "date:%d/%m/%Y|iso", "2026-11-02 10:00", OK, "2026-11-02T09:00:00Z" },
	{ "date:%d/%m/%Y|undated", "", UNDATED, "" },
	{ "date:%d/%m/%Y", "", EMPTY, "" },
	{ "date", "2026-03-29 02:30:00", BAD, "time" },
	/* a day of 23 hours, and one of 25 */
	{ "date", "2026-03-29", OK, "2026-03-29T21:59:59Z" },
	{ "date:iso@start", "2026-10-26", OK, "2026-10-25T23:00:00Z" },
};

static const char *const faults[] = { "texts", "const:", "money:1.234.56", "money:x", "date:%d|",
	"date:%", "date:undated", "list:", "list:;;", "count:12", "datex" };

static void
check(size_t i, const struct zone *zone)
{
	const char *why;
	struct convert *c = convert_new(text_of(cases[i].as), &why);
	struct arena a = { 0 };
	struct converted out;
	char text[WHEN_TEXT];
	enum convert_verdict v;

	ok(c != NULL, "a form: %s", cases[i].as);
	if (c == NULL)
		return;
	v = convert_value(c, zone, true, true, text_of(cases[i].cell), &a, &out);
	ok((int)v == cases[i].verdict, "verdict of \"%s\" as %s", cases[i].cell, cases[i].as);
	if (v == CONVERT_BAD)
		is(text_of(out.reason), cases[i].want, "reason of \"%s\"", cases[i].cell);
	else if (v == CONVERT_OK && convert_is_date(c))
		is(when_put(text, out.us), cases[i].want, "instant of %s", cases[i].cell);
	else if (v == CONVERT_OK)
		is(out.text, cases[i].want, "value of \"%s\"", cases[i].cell);
	arena_clear(&a);
	convert_free(c);
}

int
main(void)
{
	struct zone *zone = zone_open("Europe/Madrid");

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(i, zone);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		const char *why;
		struct convert *c = convert_new(text_of(faults[i]), &why);

		ok(c == NULL && why != NULL, "no form: %s", faults[i]);
		convert_free(c);
	}
	zone_free(zone);
	return tap_end();
}
