/* earned.h - credit that lead-attribute gave, laid on the segments of figures */
#ifndef LEAD_DOMAIN_EARNED_H
#define LEAD_DOMAIN_EARNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/figures/book.h>

/* Columns of the --explain-credit table, in the order that earned_add() takes
 * them; after them come those of the breakdowns, by their bare names. */
enum earned_column {
	EARNED_MODEL,
	EARNED_MILESTONE,
	EARNED_PERIOD,
	EARNED_TIME,
	EARNED_CONVERSIONS,
	EARNED_VALUE,
	EARNED_COLUMNS,
};
extern const char *const earned_columns[EARNED_COLUMNS];

/* Filled by earned_init(), then by earned_add() for each row. */
struct earned {
	struct book *book;
	bool covers[CUBE_MEASURES]; /* measures that some row told of */
	uint32_t models;            /* numbers 1 to models */
	uint64_t rows, outside, other; /* read; out of time; other milestones */
};

/* with_spend: figures of cost can be had beside. */
void earned_init(struct earned *e, struct book *b, bool with_spend);

/*
 * One row: e is a struct earned; field has EARNED_COLUMNS and the breakdowns'
 * columns. NULL, or what is wrong and *bad the index: a filter_read_row.
 */
const char *earned_add(void *e, const struct text *field, size_t *bad);

#endif
