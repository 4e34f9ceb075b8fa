/* ledger_test.c - every row is used, rejected or dropped, within the bound */
#include <lead/base/ledger.h>

#include "tap.h"

static void
test_bounds(void)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t rows, per_million;
	} cases[] = {
		{ "0", true, 0, 0 },
		{ "5", true, 5, 0 },
		{ "1%", true, 0, 10000 },
		{ "0.1%+1", true, 1, 1000 },
		{ "100%", true, 0, 1000000 },
		{ "101%", false, 0, 0 },
		{ "-1", false, 0, 0 },
		{ "1%%", false, 0, 0 },
		{ "%", false, 0, 0 },
		{ "", false, 0, 0 },
		{ "1%+", false, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct ledger_bound b;
		bool good = ledger_parse_bound(text_of(cases[i].text), &b);

		ok(good == cases[i].good && (!good || (b.rows == cases[i].rows &&
		    b.per_million == cases[i].per_million)), "bound \"%s\"",
		    cases[i].text);
	}
}

/* One million rows, so many of them bad, at most 0.1 % or 1. */
static bool
sound(uint64_t rows, uint64_t bad)
{
	struct ledger l = { .in = rows, .rejected_rows = bad, .bound = { 1, 1000 } };

	return ledger_sound(&l);
}

static void
test_rows(void)
{
	struct ledger l = { .in = 10, .used = 5, .bound = { 2, 0 } };
	struct diag_at at = { "file", 1, NULL };

	ok(ledger_reject(&l, &at, "time", "no time", TEXT("x"), TEXT("x")) &&
	    ledger_reject(&l, &at, "time", "no time", TEXT("x"), TEXT("x")),
	    "as many as the bound");
	ok(!ledger_reject(&l, &at, "keys", "no key", TEXT("x"), TEXT("x")), "one more");
	ledger_drop(&l, "repeat", 2, false);
	ok(ledger_balanced(&l), "5 used + 3 rejected + 2 dropped = 10");
	ledger_drop(&l, "act", 1, true);
	ok(ledger_balanced(&l) && l.used == 4, "a row dropped later is no longer used");
	l.used++;
	ok(!ledger_balanced(&l), "a row too many is seen");
}

int
main(void)
{
	diag_init("ledger_test");
	diag_quiet();
	test_bounds();
	test_rows();
	ok(sound(1000000, 1000) && !sound(1000000, 1001), "a share of the rows");
	ok(sound(10, 1) && !sound(10, 2), "one row in any case");
	return tap_end();
}
