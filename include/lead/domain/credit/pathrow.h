/* pathrow.h - the credit of one row of a table of paths, any tool's */
#ifndef LEAD_DOMAIN_PATHROW_H
#define LEAD_DOMAIN_PATHROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/num.h>
#include <lead/base/text.h>
#include <lead/domain/credit/chains.h>
#include <lead/domain/credit/model.h>
#include <lead/domain/credit/transform.h>

struct pathrow;

/* The columns of a row; only the first two must be there. */
enum pathrow_column {
	PATHROW_PATH,
	PATHROW_CONVERSIONS,
	PATHROW_VALUE,
	PATHROW_NULLS,
	PATHROW_COLUMNS,
};

/* "path", "conversions" … */
const char *pathrow_name(enum pathrow_column c);

/* model[0..n-1], none of which needs MODEL_TIMES, the tally and the chains, whose
 * names are the tally's tuples, are borrowed; all rows are conversions of the
 * milestone, in period (all). */
struct pathrow_options {
	struct model **model;
	size_t nmodels;
	struct text milestone;
	enum transform_kind transform;
};
struct pathrow *pathrow_new(const struct pathrow_options *o, struct tally *tally,
    struct chains *chains);
void pathrow_free(struct pathrow *p); /* NULL does nothing */

/*
 * Add what each name of the path earns of the conversions and the value, in
 * units of 10^-18 (atto.h), by every model of struct pathrow. An empty path is
 * (unattributed). NULL, or what is wrong: *bad is the column. After a sum past
 * 2^127 the tally is lost.
 */
const char *pathrow_row(void *pathrow, const struct text *field, size_t *bad);

/* How many names had a > in them: part of the name, or a separator whose blanks
 * are missing. */
uint64_t pathrow_glued(const struct pathrow *p);

#endif
