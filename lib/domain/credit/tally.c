/* tally.c - sums by model, slice and tuple: the cells of the credit table */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/credit/atto.h>
#include <lead/domain/credit/tally.h>

enum { CELLS_MAX = 1 << 30 };

struct row {
	uint32_t model, slice, tuple; /* ranks of their texts */
	uint32_t cell;
};

struct cell {
	uint32_t slice, tuple;
};

struct tally {
	size_t figures;
	struct dict *models, *slices, *tuples;
	struct map *map; /* (slice, tuple) to cell */
	struct cell *cell;
	size_t cell_cap;
	size_t width;  /* models that a cell has room for */
	num_wide *sum; /* by cell, model, figure: models of one cell lie together */
	bool *used;    /* by cell, model */
	size_t sum_cap; /* cells */
	struct row *row;
	size_t nrows;
	uint32_t *model_of; /* by rank, after the sort */
	char figure[TALLY_FIGURES][NUM_TEXT];
};

struct tally *
tally_new(size_t figures)
{
	struct tally *t = mem_new(1, sizeof(*t));

	t->figures = figures;
	t->models = dict_new();
	t->slices = dict_new();
	t->tuples = dict_new();
	t->map = map_new();
	return t;
}

void
tally_free(struct tally *t)
{
	if (t == NULL)
		return;
	mem_free(t->sum);
	mem_free(t->used);
	dict_free(t->models);
	dict_free(t->slices);
	dict_free(t->tuples);
	map_free(t->map);
	mem_free(t->cell);
	mem_free(t->row);
	mem_free(t->model_of);
	mem_free(t);
}

size_t
tally_figures(const struct tally *t)
{
	return t->figures;
}

/* Give every cell room for so many models. */
static void
widen(struct tally *t, size_t width)
{
	size_t f = t->figures, old = t->width;

	t->width = width;
	if (t->sum_cap == 0)
		return;
	t->sum = mem_resize(t->sum, t->sum_cap * width, f * sizeof(*t->sum));
	t->used = mem_resize(t->used, t->sum_cap, width * sizeof(*t->used));
	for (size_t c = t->sum_cap; c-- > 0;) {
		memmove(t->sum + c * width * f, t->sum + c * old * f,
		    old * f * sizeof(*t->sum));
		memset(t->sum + (c * width + old) * f, 0,
		    (width - old) * f * sizeof(*t->sum));
		memmove(t->used + c * width, t->used + c * old, old * sizeof(*t->used));
		memset(t->used + c * width + old, 0, (width - old) * sizeof(*t->used));
	}
}

/* Exactly as many as there are before the first sum; doubled after that. */
uint32_t
tally_model(struct tally *t, struct text name)
{
	uint32_t m = dict_add(t->models, name);

	if (m >= t->width)
		widen(t, t->sum_cap == 0 ? (size_t)m + 1 : 2 * t->width);
	return m;
}

uint32_t
tally_slice(struct tally *t, struct text fields)
{
	return dict_add(t->slices, fields);
}

uint32_t
tally_tuple(struct tally *t, struct text fields)
{
	return dict_add(t->tuples, fields);
}

struct dict *
tally_tuples(struct tally *t)
{
	return t->tuples;
}

uint32_t
tally_cell(struct tally *t, uint32_t slice, uint32_t tuple)
{
	struct cell key = { slice, tuple };
	bool added;
	uint32_t c = map_add(t->map,
	    hash_text((struct text){ (const char *)&key, sizeof(key) }), &added);

	if (!added)
		return c;
	if (c >= t->cell_cap)
		t->cell = mem_grow(t->cell, &t->cell_cap, (size_t)c + 1,
		    sizeof(*t->cell), CELLS_MAX, "cells of the table");
	t->cell[c] = key;
	return c;
}

/* Room for the sums of a cell; what is new is 0. */
static void
reach(struct tally *t, uint32_t cell)
{
	size_t had = t->sum_cap, wide = t->width * t->figures;

	t->sum = mem_grow(t->sum, &t->sum_cap, (size_t)cell + 1, wide * sizeof(*t->sum),
	    CELLS_MAX, "cells of the table");
	t->used = mem_resize(t->used, t->sum_cap, t->width * sizeof(*t->used));
	memset(t->sum + had * wide, 0, (t->sum_cap - had) * wide * sizeof(*t->sum));
	memset(t->used + had * t->width, 0,
	    (t->sum_cap - had) * t->width * sizeof(*t->used));
}

bool
tally_add(struct tally *t, uint32_t model, uint32_t cell, const num_wide *figure)
{
	num_wide *sum;
	size_t at;

	if (cell >= t->sum_cap)
		reach(t, cell);
	at = cell * t->width + model;
	sum = t->sum + at * t->figures;
	t->used[at] = true;
	for (size_t i = 0; i < t->figures; i++)
		if (__builtin_add_overflow(sum[i], figure[i], &sum[i]))
			return false;
	return true;
}

void
tally_add_pair(struct tally *t, uint32_t model, uint32_t cell, int64_t first,
    int64_t second)
{
	size_t to = (size_t)cell * t->width + model;

	if (cell >= t->sum_cap)
		reach(t, cell);
	t->used[to] = true;
	t->sum[2 * to] += first;
	t->sum[2 * to + 1] += second;
}

void
tally_add_parts(struct tally *t, uint32_t model, const uint32_t *cell,
    const uint32_t *at, const int64_t *first, const int64_t *second, size_t n)
{
	size_t cells = map_count(t->map), width = t->width;
	num_wide *sum;
	bool *used;

	if (cells > t->sum_cap)
		reach(t, (uint32_t)cells - 1);
	sum = t->sum + 2 * (size_t)model;
	used = t->used + model;
	for (size_t i = 0; i < n; i++) {
		size_t to = cell[at[i]] * width;

		sum[2 * to] += first[i];
		sum[2 * to + 1] += second[i];
		used[to] |= (first[i] | second[i]) != 0;
	}
}

/* --- order --- */

/* Field by field: where one ends the other goes on, and is greater. */
static int
compare_fields(struct text a, struct text b)
{
	size_t n = a.len < b.len ? a.len : b.len, i = 0;

	while (i < n && a.s[i] == b.s[i])
		i++;
	if (i == n)
		return (a.len > b.len) - (a.len < b.len);
	if (a.s[i] == '\t' || b.s[i] == '\t')
		return a.s[i] == '\t' ? -1 : 1;
	return (unsigned char)a.s[i] < (unsigned char)b.s[i] ? -1 : 1;
}

static int
compare_texts(const void *a, const void *b, void *dict)
{
	return compare_fields(dict_text(dict, *(const uint32_t *)a),
	    dict_text(dict, *(const uint32_t *)b));
}

/* The numbers of a dictionary in the order of their texts. Owned. */
static uint32_t *
in_order(struct dict *d)
{
	uint32_t n = dict_count(d), *order = mem_raw(n, sizeof(*order));

	for (uint32_t i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof(*order), compare_texts, d);
	return order;
}

/* The place of each number in that order. Owned. */
static uint32_t *
ranks(struct dict *d)
{
	uint32_t n = dict_count(d), *order = in_order(d), *rank = mem_raw(n, sizeof(*rank));

	for (uint32_t i = 0; i < n; i++)
		rank[order[i]] = i;
	mem_free(order);
	return rank;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->model != y->model)
		return x->model < y->model ? -1 : 1;
	if (x->slice != y->slice)
		return x->slice < y->slice ? -1 : 1;
	return (x->tuple > y->tuple) - (x->tuple < y->tuple);
}

static size_t
count_rows(const struct tally *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->sum_cap * t->width; i++)
		n += t->used[i];
	return n;
}

static void
fill_rows(struct tally *t)
{
	uint32_t *model = ranks(t->models), *slice = ranks(t->slices);
	uint32_t *tuple = ranks(t->tuples);

	for (uint32_t c = 0; c < t->sum_cap; c++)
		for (uint32_t m = 0; m < t->width; m++)
			if (t->used[c * t->width + m])
				t->row[t->nrows++] = (struct row){ model[m],
					slice[t->cell[c].slice], tuple[t->cell[c].tuple], c };
	mem_free(model);
	mem_free(slice);
	mem_free(tuple);
}

size_t
tally_sort(struct tally *t)
{
	t->row = mem_raw(count_rows(t), sizeof(*t->row));
	t->model_of = in_order(t->models);
	fill_rows(t);
	qsort(t->row, t->nrows, sizeof(*t->row), compare_rows);
	return t->nrows;
}

/* The fields that tabs part, from cell at on; the next free cell. */
static size_t
split(struct text fields, struct text *cell, size_t at)
{
	while (at < TALLY_CELLS && text_next(&fields, '\t', &cell[at]))
		at++;
	return at;
}

static struct text
put_figure(char out[NUM_TEXT], num_wide v, enum tally_unit unit)
{
	switch (unit) {
	case TALLY_MICROS:
		return num_put_wide(out, v);
	case TALLY_ATTO:
		return num_put_wide(out, atto_round(v));
	case TALLY_ATTO_EXACT:
		return atto_put(out, v);
	}
	return TEXT_NONE;
}

size_t
tally_row(struct tally *t, size_t i, enum tally_unit unit, struct text cell[TALLY_CELLS])
{
	const struct row *r = &t->row[i];
	uint32_t model = t->model_of[r->model];
	const num_wide *sum = t->sum + (r->cell * t->width + model) * t->figures;
	struct text name = dict_text(t->models, model);
	size_t n = 0;

	if (name.len > 0) {
		cell[n++] = name;
		n = split(dict_text(t->slices, t->cell[r->cell].slice), cell, n);
	}
	n = split(dict_text(t->tuples, t->cell[r->cell].tuple), cell, n);
	for (size_t k = 0; k < t->figures && n < TALLY_CELLS; k++)
		cell[n++] = put_figure(t->figure[k], sum[k], unit);
	return n;
}
