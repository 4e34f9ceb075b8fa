/* sums.h - tables of paths and of sums, read back into one table of credit */
#ifndef LEAD_DOMAIN_SUMS_H
#define LEAD_DOMAIN_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/credit/chains.h>
#include <lead/domain/credit/terms.h>

struct sums;

/*
 * For --from-paths, or with merge for --merge: then name[0..n-1] are the columns
 * of the table in, and those that are not of every table of credit are the
 * --by columns. All is borrowed.
 */
struct sums *sums_new(struct terms *t, bool merge, const struct text *name, size_t n);
void sums_free(struct sums *s); /* NULL does nothing */

/* Column i of a row in, which sums_row() takes in this order; false past the
 * last. *must: the table cannot do without it. */
bool sums_column(const struct sums *s, size_t i, struct text *name, bool *must);

/* Add a row to struct sums. NULL, or what is wrong: *bad is the column. */
const char *sums_row(void *sums, const struct text *field, size_t *bad);

/* How many names of paths had a > without blanks around it. */
uint64_t sums_glued(const struct sums *s);

/* After the rows: what chains have to share, into the table of sums (chains_settle()
 * and its like); the sums, in units of 10^-18 (atto.h). Borrowed. */
struct chains *sums_chains(struct sums *s);
struct tally *sums_tally(struct sums *s);

#endif
