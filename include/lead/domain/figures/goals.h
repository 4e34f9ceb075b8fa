/* goals.h - what was each figure of each segment meant to be? */
#ifndef LEAD_DOMAIN_GOALS_H
#define LEAD_DOMAIN_GOALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/figures/book.h>
#include <lead/domain/figures/kpi.h>

struct goals;

/* For the cells of b, whose breakdowns are all there; sla as kpi_name() takes it.
 * Borrows both. Memory: the table. */
struct goals *goals_new(struct book *b, struct text sla);
void goals_free(struct goals *g); /* NULL does nothing */

/*
 * Rows period, kpi, goal, and dimension and segment, (all) where they are blank:
 * a filter_read_row, g is a struct goals. Periods of another --period and
 * breakdowns that were not asked for are left aside.
 */
enum { GOALS_COLUMNS = 5 };
extern const char *const goals_columns[GOALS_COLUMNS];
const char *goals_add(void *g, const struct text *field, size_t *bad);

/* A cell for each goal, so that one without facts is told, too; for each of the
 * models 1 to nmodels where credit is shared. Once, after the last fact. */
void goals_book(struct goals *g, uint32_t nmodels);

/* The goal of a figure (its number in kpi_list_at()) in a cell, in micros; or
 * NULL. g may be NULL: there is none. */
const int64_t *goals_find(const struct goals *g, uint32_t cell, size_t kpi);

/* Has the figure a goal anywhere? */
bool goals_any(const struct goals *g, size_t kpi);

/* Rows read, and those left aside: of other periods or breakdowns, or out of time. */
struct goals_counts {
	uint64_t rows, aside;
};
struct goals_counts goals_counts(const struct goals *g);

#endif
