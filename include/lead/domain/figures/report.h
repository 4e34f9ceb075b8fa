/* report.h - the figures of all cells, row by row in order */
#ifndef LEAD_DOMAIN_REPORT_H
#define LEAD_DOMAIN_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/buf.h>
#include <lead/domain/figures/allocate.h>
#include <lead/domain/figures/book.h>
#include <lead/domain/figures/goals.h>
#include <lead/domain/figures/kpi.h>

enum { REPORT_KPIS = 256 };

/* Which figures are asked for and can be had. */
struct report_choice {
	bool asked[REPORT_KPIS]; /* by kpi_list_at() */
	bool any;                /* some were asked for: the others are not shown */
	unsigned has;            /* KPI_NEEDS_* that the input satisfies */
	const bool *credited;    /* measures that --credit told of, or NULL */
	struct text sla;         /* as the user wrote it */
	const struct goals *goals; /* or NULL */
	enum allocate_basis allocate; /* told beside what was shared by it */
	bool interval;           /* lo and hi beside each proportion */
};

/* Ask for one. False: it cannot be had, as has lacks a need. */
bool report_ask(struct report_choice *c, const struct kpi *k);

/* The needs of the figures that will be shown: what none of them needs is not worth
 * counting. */
unsigned report_needs(const struct report_choice *c);

/* Likewise the measures that they are made of. */
void report_measures(const struct report_choice *c, bool wanted[CUBE_MEASURES]);

/* The names of the columns of the table out: how many. */
enum { REPORT_CELLS = 12 };
size_t report_columns(const struct report_choice *c, const char *name[REPORT_CELLS]);

struct report;

/* The table of --list: kpi unit basis formula needs, header and all. */
void report_list(struct buf *b);

/* All are borrowed; the cube is sorted here. */
struct report *report_new(const struct report_choice *choice, const struct book *book);
void report_free(struct report *r);

/* The cells of the next row, or false; borrowed until the next call. */
bool report_next(struct report *r, struct text cell[REPORT_CELLS]);

#endif
