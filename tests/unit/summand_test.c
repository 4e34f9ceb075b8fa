/* summand_test.c - what rows of a part may say, and what comes of it */
#include "tap.h"

#include <lead/domain/figures/summand.h>

static struct text field[SUMMAND_COLUMNS];
static size_t bad;

static void
test_sums(void)
{
	static const struct {
		const char *sum, *n;
		bool money, good;
	} cases[] = {
		{ "0", "0", false, true },
		{ "3000000", "3", false, true },
		{ "2500000", "3", false, true }, /* shares of facts */
		{ "-1000000", "1", false, true },
		{ "3000001", "3", false, false },
		{ "3000001", "3", true, true },
		{ "1", "0", true, false },
		{ "9223372036854775807", "1", true, true },
		{ "9223372036854775808", "1", true, false },
		{ "1", "-1", true, false },
		{ "0", "68719476736", true, true },
		{ "0", "68719476737", true, false },
		{ "19342813113834066795298816", "68719476736", true, true },
		{ "19342813113834066795298817", "68719476736", true, false },
		{ "", "1", true, false },
		{ "1", "", true, false },
		{ "1.5", "1", true, false },
	};
	struct cube_sum sum;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		field[SUMMAND_SUM] = text_of(cases[i].sum);
		field[SUMMAND_N] = text_of(cases[i].n);
		ok((summand_sum(field, cases[i].money, &sum, &bad) == NULL) == cases[i].good,
		    "%s of %s facts is %s", cases[i].sum, cases[i].n,
		    cases[i].good ? "a sum" : "none");
	}
	ok(summand_fits((struct cube_sum){ 5, 1 }, (struct cube_sum){ 5, 1 }, &bad) == NULL,
	    "small sums fit");
	ok(summand_fits((struct cube_sum){ 0, (int64_t)1 << 36 }, (struct cube_sum){ 0, 1 },
	    &bad) != NULL, "too many facts do not");
	ok(summand_fits((struct cube_sum){ (num_wide)1 << 84, 1 },
	    (struct cube_sum){ 1, 1 }, &bad) != NULL, "nor does too much money");
}

static void
test_times(void)
{
	static const char *const wrong[] = { "1 ", " 1", "1  2", "1*", "*3", "1*0", "1*-1",
		"1*1.5", "x", "1*1073741825", "4611686018427387904" };
	struct durations d = { 0 };
	num_wide twice;

	field[SUMMAND_TIMES] = TEXT("7 5*3 -2 9");
	ok(summand_times(field, &d, &bad) == NULL && d.n == 6, "5*3 is 5 thrice");
	durations_sort(&d);
	ok(durations_median(&d, &twice) && twice == 10 && d.us[0] == -2 && d.us[5] == 9,
	    "all are there");
	durations_clear(&d);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		field[SUMMAND_TIMES] = text_of(wrong[i]);
		ok(summand_times(field, &d, &bad) != NULL, "'%s' is no list", wrong[i]);
		durations_clear(&d);
	}
}

static void
test_names(void)
{
	enum cube_measure at = CUBE_NOTHING;
	int good = 0;

	for (enum cube_measure m = 1; m < CUBE_MEASURES; m++) {
		enum cube_measure any = (m * 7) % CUBE_MEASURES;

		good += cube_measure_find(cube_measure_name(m), &at) && at == m &&
		    cube_measure_find(cube_measure_name(m), &any) && any == m;
	}
	ok(good == CUBE_MEASURES - 1, "each measure has a name of its own");
	ok(!cube_measure_find(TEXT("leed"), &at) && !cube_measure_find(TEXT(""), &at),
	    "and others have none");
}

static uint64_t *
one_count(void *of, size_t i, const char **name)
{
	*name = "rows";
	return i == 0 ? of : NULL;
}

static void
test_counts(void)
{
	uint64_t rows = 5;

	field[PART_NAME] = TEXT("rows");
	field[SUMMAND_N] = TEXT("3");
	ok(summand_tally(field, one_count, &rows, &bad) == NULL && rows == 8,
	    "a count is added to its namesake");
	field[SUMMAND_N] = TEXT("-3");
	ok(summand_tally(field, one_count, &rows, &bad) != NULL && rows == 8 &&
	    bad == SUMMAND_N, "no run has fewer rows than none");
	field[SUMMAND_N] = TEXT("3");
	field[PART_NAME] = TEXT("cows");
	ok(summand_tally(field, one_count, &rows, &bad) != NULL && rows == 8 &&
	    bad == PART_NAME, "a count of another name is none");
}

int
main(void)
{
	test_counts();
	test_sums();
	test_times();
	test_names();
	return tap_end();
}
