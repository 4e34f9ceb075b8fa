/* band.h - between which round numbers does a value lie? */
#ifndef LEAD_DOMAIN_BAND_H
#define LEAD_DOMAIN_BAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/num.h>

enum { BAND_CUTS = 16, BAND_TEXT = 2 * NUM_TEXT };

/* Where the bands part, ascending, in micros; none: at 0, 10, 100, 1000 … */
struct band {
	int64_t cut[BAND_CUTS];
	size_t n;
};

/* Read "1000:5000:20000"; the empty text is none. False: no amounts, not above one
 * another, or too many. */
bool band_parse(struct text t, struct band *b);

/* The band of a value: "1000..10000" holds 1000 and not 10000, "..1000" what is
 * below, "20000.." the rest. In out. */
struct text band_put(const struct band *b, int64_t micros, char out[BAND_TEXT]);

#endif
