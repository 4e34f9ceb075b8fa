/* tally.c - sums by model, slice and tuple: the cells of the credit table */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/atto.h>
#include <lead/domain/tally.h>

enum {
	MODELS_MAX = 4096,
	CELLS_MAX = 1 << 30,
};

/* The sums of one model, by cell. */
struct column {
	num_wide *sum; /* cells x figures */
	bool *used;
	size_t cap;
};

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
	struct column *column; /* by model */
	size_t column_cap;
	struct map *map; /* (slice, tuple) to cell */
	struct cell *cell;
	size_t cell_cap;
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
	for (uint32_t m = 0; m < dict_count(t->models); m++) {
		mem_free(t->column[m].sum);
		mem_free(t->column[m].used);
	}
	mem_free(t->column);
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

uint32_t
tally_model(struct tally *t, struct text name)
{
	uint32_t before = dict_count(t->models), m = dict_add(t->models, name);

	if (m < before)
		return m;
	if (m >= t->column_cap)
		t->column = mem_grow(t->column, &t->column_cap, (size_t)m + 1,
		    sizeof(*t->column), MODELS_MAX, "models");
	t->column[m] = (struct column){ 0 };
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

/* Room for a cell in a model's sums; what is new is 0. */
static void
reach(const struct tally *t, struct column *col, uint32_t cell)
{
	size_t had = col->cap, wide = t->figures * sizeof(*col->sum);

	col->used = mem_grow(col->used, &col->cap, (size_t)cell + 1, sizeof(*col->used),
	    CELLS_MAX, "cells of the table");
	memset(col->used + had, 0, (col->cap - had) * sizeof(*col->used));
	col->sum = mem_resize(col->sum, col->cap, wide);
	memset(col->sum + had * t->figures, 0, (col->cap - had) * wide);
}

bool
tally_add(struct tally *t, uint32_t model, uint32_t cell, const num_wide *figure)
{
	struct column *col = &t->column[model];
	num_wide *sum;

	if (cell >= col->cap)
		reach(t, col, cell);
	sum = col->sum + cell * t->figures;
	col->used[cell] = true;
	for (size_t i = 0; i < t->figures; i++)
		if (__builtin_add_overflow(sum[i], figure[i], &sum[i]))
			return false;
	return true;
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

	for (uint32_t m = 0; m < dict_count(t->models); m++)
		for (size_t c = 0; c < t->column[m].cap; c++)
			n += t->column[m].used[c];
	return n;
}

static void
fill_rows(struct tally *t)
{
	uint32_t *model = ranks(t->models), *slice = ranks(t->slices);
	uint32_t *tuple = ranks(t->tuples);

	for (uint32_t m = 0; m < dict_count(t->models); m++)
		for (uint32_t c = 0; c < t->column[m].cap; c++)
			if (t->column[m].used[c])
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
	const num_wide *sum = t->column[model].sum + r->cell * t->figures;
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
