/* design.h - the distinct rows that a model is fitted to, in one order */
#ifndef LEAD_DOMAIN_DESIGN_H
#define LEAD_DOMAIN_DESIGN_H

#include <stddef.h>
#include <stdint.h>

#include <lead/domain/learn/levels.h>

/*
 * Leads of one code in every column, one fold and the same points held are one
 * row, and rows stand in an order that these alone decide: sums over them are the
 * same bits however the leads stood in their file.
 */
struct design {
	uint8_t **code;  /* by column: the level of each row */
	size_t *first;   /* by column: number of its level 0 among all levels */
	size_t ncolumns, nlevels, nrows;
	uint32_t *n, *won;
	uint8_t *fold;
	double *offset;  /* log odds that each row has already */
	uint64_t leads, leads_won;
};

/*
 * Of columns levels[0..ncolumns-1], whose codes are taken and given back.
 * per_micro: log odds of a millionth of a point.
 */
void design_init(struct design *d, const struct history *h, struct levels *const *levels,
    size_t ncolumns, double per_micro);
void design_clear(struct design *d);

#endif
