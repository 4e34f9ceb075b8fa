/* rates.h - what is an amount worth in the one currency of the reports? */
#ifndef LEAD_DOMAIN_RATES_H
#define LEAD_DOMAIN_RATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Rows date, from, to, rate: one unit of from is rate units of to on that day
 * and until the next row. All rows have one currency to. */
struct rates;

enum { RATES_COLUMNS = 4 };
extern const char *const rates_columns[RATES_COLUMNS];

struct rates *rates_new(void);
void rates_free(struct rates *r); /* NULL does nothing */

/*
 * Add a row: a filter_read_row, r is a struct rates. NULL, or what is wrong
 * with field *bad. A rate is above 0, below 9,000,000, with up to 12 decimals.
 */
const char *rates_add(void *r, const struct text *field, size_t *bad);

/* All rows were added. false: two rates of one currency and day differ. */
bool rates_ready(struct rates *r);

/* The currency that all is converted to; empty without rows. */
struct text rates_to(const struct rates *r);

enum rates_verdict {
	RATES_SAME,     /* it is in that currency already */
	RATES_OK,
	RATES_NONE,     /* no rate on that day or before it */
	RATES_OVERFLOW,
};

/* amount (micros) of a currency on a civil day, half away from zero. */
enum rates_verdict rates_convert(const struct rates *r, struct text currency,
    int64_t day, int64_t amount, int64_t *out);

#endif
