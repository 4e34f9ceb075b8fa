/* fit_columns.c - which columns are learnt from, and their distinct rows */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>

#include "fit_state.h"

enum { LEVELS_BUDGET = 1500 };

struct ranked {
	double information;
	size_t column;
};

static int
by_information(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->information != y->information)
		return x->information > y->information ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int
by_place(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* Nats a row, less what as many levels of noise would tell. */
static double
worth(const struct levels *l, size_t nrows)
{
	return levels_information(l) - (double)(l->n - 1) / (2 * (double)nrows);
}

/* The columns that tell most, as long as all their levels fit into the model. */
static void
take_columns(struct fit *f, size_t ncolumns, size_t nrows)
{
	struct ranked *rank = mem_new(ncolumns + 1, sizeof(*rank));
	size_t n = 0;

	f->used = mem_new(ncolumns + 1, sizeof(*f->used));
	for (size_t c = 0; c < ncolumns; c++)
		if (f->levels[c].code != NULL)
			rank[n++] = (struct ranked){ worth(&f->levels[c], nrows), c };
	qsort(rank, n, sizeof(*rank), by_information);
	for (size_t i = 0; i < n; i++) {
		struct levels *l = &f->levels[rank[i].column];

		if (f->nlevels + l->n <= LEVELS_BUDGET) {
			f->nlevels += l->n;
			f->used[f->nused++] = rank[i].column;
		} else {
			l->why = "tells less than others, and there are too many";
			levels_clear(l);
		}
	}
	qsort(f->used, f->nused, sizeof(*f->used), by_place);
	mem_free(rank);
}

void
fit_read_columns(struct fit *f, struct history *h)
{
	struct levels **used;

	f->levels = mem_new(h->ncolumns + 1, sizeof(*f->levels));
	for (size_t c = 0; c < h->ncolumns; c++) {
		struct levels *l = &f->levels[c];

		levels_init(l, h, c,
		    &(struct levels_terms){ f->terms.least, f->terms.method == FIT_LOGIT,
			f->terms.keep != NULL && f->terms.keep[c] });
		for (size_t i = 0; i < l->ntexts; i++)
			l->level[levels_text(l) + i].text =
			    arena_text(&f->texts, l->level[levels_text(l) + i].text);
		history_drop(h, c);
	}
	take_columns(f, h->ncolumns, h->nrows);
	used = mem_new(f->nused + 1, sizeof(*used));
	for (size_t i = 0; i < f->nused; i++)
		used[i] = &f->levels[f->used[i]];
	design_init(&f->design, h, used, f->nused, fit_slope() / NUM_MICROS);
	mem_free(used);
}

void
fit_count(const struct fit *f, int left_out, struct fit_counts *c)
{
	const struct design *d = &f->design;

	*c = (struct fit_counts){ 0 };
	c->n = mem_new(d->nlevels + 1, sizeof(*c->n));
	c->won = mem_new(d->nlevels + 1, sizeof(*c->won));
	for (size_t r = 0; r < d->nrows; r++)
		if (left_out != d->fold[r]) {
			c->all += d->n[r];
			c->all_won += d->won[r];
		}
	for (size_t k = 0; k < d->ncolumns; k++)
		for (size_t r = 0; r < d->nrows; r++)
			if (left_out != d->fold[r]) {
				c->n[d->first[k] + d->code[k][r]] += d->n[r];
				c->won[d->first[k] + d->code[k][r]] += d->won[r];
			}
}

void
fit_counts_clear(struct fit_counts *c)
{
	mem_free(c->n);
	mem_free(c->won);
}
