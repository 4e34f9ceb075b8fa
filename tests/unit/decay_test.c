/* decay: 2^(-x) against python's decimal, to the promised unit */
#include <lead/base/decay.h>

#include "tap.h"

/* age, half, and round(2^62 * 2^(-age/half)) by decimal with 60 digits. */
static const struct {
	int64_t age, half, want;
} cases[] = {
#include "decay_cases.h"
};

static void
as_decimal_says(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t off = decay_weight(cases[i].age, cases[i].half) - cases[i].want;

		ok(off >= -16 && off <= 16, "2^(-%lld/%lld) is %lld units off",
		    (long long)cases[i].age, (long long)cases[i].half, (long long)off);
	}
}

static void
exact_places(void)
{
	ok(decay_weight(0, 7) == DECAY_ONE, "age 0 weighs 1");
	ok(decay_weight(-5, 7) == DECAY_ONE, "an age below 0 weighs 1");
	ok(decay_weight(7, 7) == DECAY_ONE / 2, "one half-life weighs a half, exactly");
	ok(decay_weight(70, 7) == DECAY_ONE >> 10, "ten weigh 2^-10, exactly");
	ok(decay_weight(62, 1) == 1, "62 half-lives are the last unit");
	ok(decay_weight(63, 1) <= 1 && decay_weight(64, 1) == 0, "past it nothing");
	ok(decay_weight(INT64_MAX, 1) == 0, "the oldest age weighs nothing");
	ok(decay_weight(1, INT64_MAX) <= DECAY_ONE, "the longest half-life is no more than 1");
}

static void
falls(void)
{
	int64_t last = DECAY_ONE;
	int rises = 0;

	for (int64_t age = 0; age < 200000; age++) {
		int64_t w = decay_weight(age, 10007);

		rises += w > last;
		last = w;
	}
	ok(rises == 0, "an older age never weighs more");
}

static void
amounts(void)
{
	ok(decay_amount(15000000, 30, 30) == 7500000, "15 points are 7.5 after a half-life");
	ok(decay_amount(-15000000, 30, 30) == -7500000, "and so below zero");
	ok(decay_amount(1, 30, 30) == 1, "half a micro is one");
	ok(decay_amount(-1, 30, 30) == -1, "away from zero");
	ok(decay_amount(1, 60, 30) == 0, "a quarter is none");
	ok(decay_amount(INT64_MAX, 0, 30) == INT64_MAX, "the largest amount stays whole");
}

int
main(void)
{
	as_decimal_says();
	exact_places();
	falls();
	amounts();
	return tap_end();
}
