/* cholesky.c - solving with a symmetric positive definite matrix */
#include <math.h>

#include <lead/base/cholesky.h>

static const double PIVOT_LEAST = 1e-10;

/* Four sums side by side: the order is fixed, and the waits overlap. */
static double
dot(const double *x, const double *y, size_t n)
{
	double s[4] = { 0 };
	size_t i = 0;

	for (; i + 4 <= n; i += 4)
		for (size_t k = 0; k < 4; k++)
			s[k] += x[i + k] * y[i + k];
	for (; i < n; i++)
		s[0] += x[i] * y[i];
	return (s[0] + s[1]) + (s[2] + s[3]);
}

bool
cholesky_factor(double *a, size_t n, size_t *pivot)
{
	for (size_t i = 0; i < n; i++) {
		double *row = a + i * n, left;

		for (size_t j = 0; j < i; j++)
			row[j] = (row[j] - dot(row, a + j * n, j)) / a[j * n + j];
		left = row[i] - dot(row, row, i);
		*pivot = i;
		if (!(left > PIVOT_LEAST * row[i]))
			return false;
		row[i] = sqrt(left);
	}
	return true;
}

void
cholesky_solve(const double *l, size_t n, double *b)
{
	for (size_t i = 0; i < n; i++)
		b[i] = (b[i] - dot(l + i * n, b, i)) / l[i * n + i];
	for (size_t i = n; i-- > 0;) {
		b[i] /= l[i * n + i];
		for (size_t j = 0; j < i; j++)
			b[j] -= l[i * n + j] * b[i];
	}
}
