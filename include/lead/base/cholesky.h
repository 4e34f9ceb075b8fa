/* cholesky.h - solving with a symmetric positive definite matrix */
#ifndef LEAD_BASE_CHOLESKY_H
#define LEAD_BASE_CHOLESKY_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Own code, not LAPACK's: forty lines against a library, its threads and a
 * Fortran runtime; and sums in one fixed order are the same bits on every
 * machine, which no tuned dpotrf promises. At 1,500 unknowns it is not where
 * the time goes (Golub and Van Loan, Matrix Computations, 4.2).
 */

/*
 * Factor the n x n matrix a (rows of n, the lower triangle is read) in place into
 * L of L L'. False when a pivot is below 1e-10 of its diagonal: the matrix is
 * singular or nearly so, *pivot is the unknown that the ones before it determine.
 */
bool cholesky_factor(double *a, size_t n, size_t *pivot);

/* Solve L L' x = b; b becomes x. */
void cholesky_solve(const double *l, size_t n, double *b);

#endif
