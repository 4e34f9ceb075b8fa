/* tally.h - sums by model, slice and tuple: the cells of the credit table */
#ifndef LEAD_DOMAIN_TALLY_H
#define LEAD_DOMAIN_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/dict.h>
#include <lead/base/num.h>
#include <lead/base/text.h>

/*
 * A slice is the fields "milestone TAB period" of a conversion, a tuple those
 * of the --by columns, tab between them. Every model has its own sums in each
 * cell (slice, tuple). Memory grows with cells and with distinct texts.
 */
struct tally;

enum { TALLY_FIGURES = 4 };

/* figures: sums a cell holds, 1 to TALLY_FIGURES, in any one unit. */
struct tally *tally_new(size_t figures);
void tally_free(struct tally *t); /* NULL does nothing */

size_t tally_figures(const struct tally *t);

/* The number of a text; texts are copied. A cell has room for all
 * models: name them before the first sum where that can be. */
uint32_t tally_model(struct tally *t, struct text name);
uint32_t tally_slice(struct tally *t, struct text fields);
uint32_t tally_tuple(struct tally *t, struct text fields);

/* All tuples by their numbers; borrowed, texts may be added. */
struct dict *tally_tuples(struct tally *t);

uint32_t tally_cell(struct tally *t, uint32_t slice, uint32_t tuple);

/* Add to a model's sums in a cell, which is printed from then on. false: the
 * sum is past 2^127, and the tally good for nothing but tally_free(). */
bool tally_add(struct tally *t, uint32_t model, uint32_t cell, const num_wide *figure);

/* The same of a tally of two figures, whose sums no number of these reaches past
 * the end: first and second into a cell. */
void tally_add_pair(struct tally *t, uint32_t model, uint32_t cell, int64_t first,
    int64_t second);

/* The same in n cells: first[i] and second[i] into cell[at[i]]; where both are 0
 * nothing is added, and nothing printed. */
void tally_add_parts(struct tally *t, uint32_t model, const uint32_t *cell,
    const uint32_t *at, const int64_t *first, const int64_t *second, size_t n);

/* What a figure is counted in, and put out as. */
enum tally_unit {
	TALLY_MICROS,      /* 10^-6 */
	TALLY_ATTO,        /* 10^-18 (atto.h), rounded to 10^-6: here alone */
	TALLY_ATTO_EXACT,  /* 10^-18, all of it: --partial */
};

/* After the last tally_add(): the number of rows. */
size_t tally_sort(struct tally *t);

/*
 * Row i by the byte order of its fields, from left to right: the cells of the
 * model and the slice (unless the model has no name), the tuple and the figures;
 * how many. Borrowed until the next call.
 */
enum { TALLY_CELLS = 128 };
size_t tally_row(struct tally *t, size_t i, enum tally_unit unit,
    struct text cell[TALLY_CELLS]);

#endif
