/* cholesky: factors of matrices with known ones; singular ones are told */
#include <lead/base/cholesky.h>

#include "tap.h"

static bool
near(double a, double b)
{
	return a - b < 1e-12 && b - a < 1e-12;
}

/* L L' for L = 2; 6 1; -8 5 3 (the usual worked example) */
static void
worked_example(void)
{
	double a[] = { 4, 12, -16, 12, 37, -43, -16, -43, 98 }, b[] = { 4, 13, -11 };
	size_t pivot;

	ok(cholesky_factor(a, 3, &pivot), "a positive definite matrix has a factor");
	ok(near(a[0], 2) && near(a[3], 6) && near(a[4], 1) && near(a[6], -8) &&
	    near(a[7], 5) && near(a[8], 3), "the factor is the one of the textbook");
	cholesky_solve(a, 3, b);
	ok(near(4 * b[0] + 12 * b[1] - 16 * b[2], 4) &&
	    near(12 * b[0] + 37 * b[1] - 43 * b[2], 13) &&
	    near(-16 * b[0] - 43 * b[1] + 98 * b[2], -11), "the solution solves");
}

static void
singular(void)
{
	double twice[] = { 1, 2, 2, 4 }, zero[] = { 1, 0, 0, 0 };
	double nearly[] = { 1, 1, 1, 1 + 1e-12 }, negative[] = { -1 };
	size_t pivot = 9;

	ok(!cholesky_factor(twice, 2, &pivot) && pivot == 1, "a row that is twice another");
	ok(!cholesky_factor(zero, 2, &pivot) && pivot == 1, "an empty row");
	ok(!cholesky_factor(nearly, 2, &pivot) && pivot == 1, "rows that hardly differ");
	ok(!cholesky_factor(negative, 1, &pivot) && pivot == 0, "not positive");
}

int
main(void)
{
	worked_example();
	singular();
	return tap_end();
}
