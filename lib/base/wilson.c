/* wilson.c - how far may a share of so few be from the true one? */
#include <math.h>

#include <lead/base/num.h>
#include <lead/base/wilson.h>

/* IEEE arithmetic without contraction: the same bits on every machine. */
static int64_t
micros(double share)
{
	double v = floor(share * NUM_MICROS + 0.5);

	return v < 0 ? 0 : v > NUM_MICROS ? NUM_MICROS : (int64_t)v;
}

bool
wilson_interval(int64_t k, int64_t n, int64_t *lo, int64_t *hi)
{
	const double z = 1.959963984540054, zz = z * z;
	double part = (double)k, whole = (double)n, reach;

	if (n <= 0 || k < 0 || k > n)
		return false;
	reach = z * sqrt(zz + 4 * part * (whole - part) / whole);
	*lo = micros((2 * part + zz - reach) / (2 * (whole + zz)));
	*hi = micros((2 * part + zz + reach) / (2 * (whole + zz)));
	return true;
}
