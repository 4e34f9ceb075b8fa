/* tally: sums by cell, out in the byte order of their fields */
#include <lead/domain/credit/tally.h>

#include "tap.h"

static void
add(struct tally *t, const char *model, const char *slice, const char *tuple, int n)
{
	num_wide figure[2] = { (num_wide)n * NUM_MICROS, -n };
	uint32_t m = tally_model(t, text_of(model)), s = tally_slice(t, text_of(slice));

	ok(tally_add(t, m, tally_cell(t, s, tally_tuple(t, text_of(tuple))), figure),
	    "%d is added", n);
}

static void
row(struct tally *t, size_t i, const char *want)
{
	struct text cell[TALLY_CELLS];
	char line[200];
	size_t at = 0, n = tally_row(t, i, TALLY_MICROS, cell);

	for (size_t k = 0; k < n; k++)
		at += (size_t)snprintf(line + at, sizeof(line) - at, "%s%.*s", k ? " " : "",
		    (int)cell[k].len, cell[k].s);
	is(text_of(line), want, "row %zu", i);
}

static void
order(void)
{
	struct tally *t = tally_new(2);

	add(t, "u", "won\t2026", "b\tx", 1);
	add(t, "last", "won\t2026", "b\tx", 2);
	add(t, "last", "won\t2026", "a b\tx", 3);
	add(t, "last", "won\t2026", "a\tz", 4);
	add(t, "last", "won\t2026", "a\tz", 5);
	add(t, "last", "won\t2025", "a\tz", 6);
	add(t, "last", "won\t2026", "a\x01\ty", 7);
	add(t, "last", "lead\t2027", "\t", 8);
	ok(tally_sort(t) == 7, "equal keys are one row");
	row(t, 0, "last lead 2027   8 -0.000008");
	row(t, 1, "last won 2025 a z 6 -0.000006");
	row(t, 2, "last won 2026 a z 9 -0.000009");
	row(t, 3, "last won 2026 a\x01 y 7 -0.000007");
	row(t, 4, "last won 2026 a b x 3 -0.000003");
	row(t, 5, "last won 2026 b x 2 -0.000002");
	row(t, 6, "u won 2026 b x 1 -0.000001");
	tally_free(t);
}

static void
bounds(void)
{
	struct tally *t = tally_new(1);
	num_wide most = (num_wide)(((__extension__ (unsigned __int128)1) << 127) - 1), one = 1;
	uint32_t m = tally_model(t, TEXT("first"));
	uint32_t c = tally_cell(t, tally_slice(t, TEXT("x")), tally_tuple(t, TEXT("y")));

	ok(tally_add(t, m, c, &most), "the largest sum is held");
	ok(!tally_add(t, m, c, &one), "one more is told");
	tally_free(t);
	t = tally_new(1);
	ok(tally_sort(t) == 0, "nothing added, no row");
	tally_free(t);
}

/* Enough cells that every table inside grows. */
static void
many(void)
{
	struct tally *t = tally_new(1);
	uint32_t m = tally_model(t, TEXT("first")), s = tally_slice(t, TEXT("won\tall"));
	num_wide one = NUM_MICROS, sum = 0;
	struct text cell[TALLY_CELLS];
	size_t n;
	int wrong = 0;

	for (int turn = 0; turn < 2; turn++)
		for (int i = 0; i < 50000; i++) {
			char name[16];
			int len = snprintf(name, sizeof(name), "%05d", i);

			tally_add(t, m, tally_cell(t, s,
			    tally_tuple(t, (struct text){ name, (size_t)len })), &one);
		}
	n = tally_sort(t);
	for (size_t i = 0; i < n; i++) {
		tally_row(t, i, TALLY_MICROS, cell);
		wrong += !text_is(cell[4], "2");
		sum++;
	}
	ok(n == 50000 && wrong == 0, "50,000 cells hold what was added to each");
	tally_free(t);
}

int
main(void)
{
	order();
	bounds();
	many();
	return tap_end();
}
