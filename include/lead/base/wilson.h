/* wilson.h - how far may a share of so few be from the true one? */
#ifndef LEAD_BASE_WILSON_H
#define LEAD_BASE_WILSON_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The score interval of k in n at 95 %, in millionths, within 0 and 1:
 *
 *   (2k + z^2 -+ z sqrt(z^2 + 4k(n - k)/n)) / (2(n + z^2)),  z = 1.959963984540054
 *
 * E. B. Wilson, Probable Inference, the Law of Succession, and Statistical
 * Inference, JASA 22 (1927) 209-212; L. D. Brown, T. T. Cai, A. DasGupta,
 * Interval Estimation for a Binomial Proportion, Statistical Science 16 (2001)
 * 101-133, advise it for small n. Rounded once, half away from zero. False, and
 * nothing set, when it is no share: n is 0 or less, or k outside 0 to n.
 */
bool wilson_interval(int64_t k, int64_t n, int64_t *lo, int64_t *hi);

#endif
