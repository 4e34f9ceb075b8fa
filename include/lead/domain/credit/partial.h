/* partial.h - tables of sums made one: --merge */
#ifndef LEAD_DOMAIN_PARTIAL_H
#define LEAD_DOMAIN_PARTIAL_H

#include <stddef.h>

#include <lead/base/text.h>
#include <lead/domain/credit/chains.h>

struct partial;

/* Rows of nkey columns and then the figures of the tally. The key is a path alone
 * (nkey 1), or model, milestone, period and --by columns. What a chain model has
 * still to share goes to chains. Both are borrowed. */
struct partial *partial_new(struct tally *t, struct chains *chains, size_t nkey);
void partial_free(struct partial *p); /* NULL does nothing */

/* Add a row of struct partial in units of 10^-18 (atto.h). NULL, or what is
 * wrong: *bad is the field. */
const char *partial_row(void *partial, const struct text *field, size_t *bad);

#endif
