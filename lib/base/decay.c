/* decay.c - 2^(-age/half-life), the same bits on every machine */
#include <stddef.h>

#include <lead/base/decay.h>

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 uwide;

/* ln(2)^n / n! in units of 2^-63: the Taylor series of 2^x at 0. */
static const uint64_t series[] = {
	0x8000000000000000,
	0x58b90bfbe8e7bcd6,
	0x1ebfbdff82c58ea8,
	0x071ac235c1282fe3,
	0x013b2ab6fba4e773,
	0x002bb0ffcf14ce62,
	0x00050c244be1b1e2,
	0x00007ff2ff1622c3,
	0x00000b160111d2e4,
	0x000000da929e9caf,
	0x0000000f267a8ac6,
	0x00000000f465639b,
	0x000000000e1deb28,
	0x0000000000c0b0ca,
	0x0000000000098a4b,
	0x00000000000070dc,
	0x00000000000004e4,
	0x0000000000000033,
	0x0000000000000002,
};

enum { TERMS = sizeof(series) / sizeof(series[0]) };

/* 2^(-x), x in units of 2^-64, below 1; the result in units of 2^-63. */
static uint64_t
fraction(uint64_t x)
{
	uint64_t sum = series[TERMS - 1];

	/* The terms of -x alternate: c0 - x(c1 - x(c2 - …)), never negative. */
	for (size_t n = TERMS - 1; n-- > 0;)
		sum = series[n] - (uint64_t)((uwide)sum * x >> 64);
	return sum;
}

int64_t
decay_weight(int64_t age, int64_t half)
{
	int64_t whole;
	uint64_t part;

	if (age <= 0)
		return DECAY_ONE;
	whole = age < half ? 0 : age / half; /* most are: a division spared */
	if (whole > 62)
		return 0;
	part = fraction((uint64_t)(((uwide)(uint64_t)(age - whole * half) << 64) /
	    (uint64_t)half));
	/* One more place for 2^-63 to 2^-62, rounded half up. */
	return (int64_t)(((uwide)part + ((uwide)1 << whole)) >> (whole + 1));
}

int64_t
decay_amount(int64_t amount, int64_t age, int64_t half)
{
	wide product = (wide)amount * decay_weight(age, half);
	wide rest = DECAY_ONE / 2;

	return (int64_t)((product + (product < 0 ? -rest : rest)) / DECAY_ONE);
}
