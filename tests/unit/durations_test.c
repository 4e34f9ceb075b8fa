/* Lengths of time: their middle, their ninth tenth, and how many are longer. */
#include "tap.h"

#include <lead/domain/figures/durations.h>

static void
fill(struct durations *d, const int64_t *us, size_t n)
{
	*d = (struct durations){ 0 };
	for (size_t i = 0; i < n; i++)
		durations_add(d, us[i]);
	durations_sort(d);
}

static void
none_at_all(void)
{
	struct durations d = { 0 };
	num_wide twice;
	int64_t us;

	durations_sort(&d);
	ok(!durations_median(&d, &twice), "none: no median");
	ok(!durations_p90(&d, &us), "none: no p90");
	ok(durations_above(&d, 0) == 0, "none: none is longer");
}

static void
medians(void)
{
	struct durations d;
	num_wide twice = 0;
	int64_t us = 0;

	fill(&d, (const int64_t[]){ 7, 1, 3 }, 3);
	ok(durations_median(&d, &twice) && twice == 6, "odd: the middle one, twice");
	durations_clear(&d);
	fill(&d, (const int64_t[]){ 8, 1, 2, 3 }, 4);
	ok(durations_median(&d, &twice) && twice == 5, "even: the middle two");
	ok(durations_p90(&d, &us) && us == 8, "p90 of four: the last");
	durations_clear(&d);
	fill(&d, (const int64_t[]){ INT64_MAX, INT64_MAX }, 2);
	ok(durations_median(&d, &twice) && twice == (num_wide)INT64_MAX * 2,
	    "the longest there are do not overflow");
	durations_clear(&d);
}

static void
ranks(void)
{
	struct durations d = { 0 };
	int64_t us = 0;

	for (int64_t i = 20; i > 0; i--)
		durations_add(&d, i);
	durations_sort(&d);
	ok(durations_p90(&d, &us) && us == 18, "p90 of 1 to 20: 18");
	durations_add(&d, 21);
	ok(durations_p90(&d, &us) && us == 19, "p90 of 1 to 21: nearest rank, 19");
	ok(durations_above(&d, 20) == 1, "above: those as long are not longer");
	ok(durations_above(&d, 21) == 0 && durations_above(&d, 0) == 21 &&
	    durations_above(&d, -1) == 21, "above: none, all");
	durations_clear(&d);
}

int
main(void)
{
	none_at_all();
	medians();
	ranks();
	return tap_end();
}
