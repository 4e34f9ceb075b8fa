/* shape.c - which columns stand in the output, and where each comes from */
#include <lead/base/header.h>
#include <lead/base/mem.h>
#include <lead/base/shape.h>

/* One column out. cell >= 0: set by the command; else table column col. */
struct column {
	struct text name;
	int col, cell;
};

/* Neighbours in the output that are neighbours in the input: one copy. */
struct run {
	int cell;        /* or -1 */
	int col, ncols;
};

struct shape {
	struct column *columns;
	size_t ncolumns, columns_cap;
	struct text *cells;
	int *place; /* cell -> column out, or -1 */
	size_t ncells, cells_cap, place_cap;
	struct run *runs;
	size_t nruns;
};

struct shape *
shape_new(void)
{
	return mem_new(1, sizeof(struct shape));
}

void
shape_free(struct shape *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->ncolumns; i++)
		mem_free_text(s->columns[i].name);
	mem_free(s->columns);
	mem_free(s->cells);
	mem_free(s->place);
	mem_free(s->runs);
	mem_free(s);
}

static struct column *
find(struct shape *s, struct text name)
{
	for (size_t i = 0; i < s->ncolumns; i++)
		if (text_equal(s->columns[i].name, name))
			return &s->columns[i];
	return NULL;
}

static struct column *
add(struct shape *s, struct text name)
{
	struct column *c;

	s->columns = mem_grow(s->columns, &s->columns_cap, s->ncolumns + 1, sizeof(*c),
	    HEADER_COLUMNS_MAX, "columns out");
	c = &s->columns[s->ncolumns++];
	*c = (struct column){ { mem_copy(name.s, name.len), name.len }, -1, -1 };
	return c;
}

void
shape_pass(struct shape *s, struct text name, int col)
{
	add(s, name)->col = col;
}

int
shape_cell(struct shape *s, struct text name)
{
	struct column *c = find(s, name);

	if (c == NULL)
		c = add(s, name);
	if (c->cell >= 0)
		return c->cell;
	s->cells = mem_grow(s->cells, &s->cells_cap, s->ncells + 1, sizeof(*s->cells),
	    HEADER_COLUMNS_MAX, "cells");
	s->cells[s->ncells] = TEXT_NONE;
	c->cell = (int)s->ncells;
	return (int)s->ncells++;
}

/* A column of a list that drops: each may have a mark of its own, "!a,!b". */
static struct text
unmarked(struct text part)
{
	return part.len != 0 && part.s[0] == '!' ? text_from(part, 1) : part;
}

/* Is name in the list "a,b,c"? */
static bool
listed(struct text list, struct text name)
{
	struct text part;

	for (struct text rest = list; text_next(&rest, ',', &part);)
		if (text_equal(unmarked(part), name))
			return true;
	return false;
}

/* Columns in output order become runs; cells learn whether they are wanted. */
static void
plan(struct shape *s)
{
	s->place = mem_raw(s->ncells + 1, sizeof(*s->place));
	for (size_t i = 0; i < s->ncells; i++)
		s->place[i] = -1;
	s->runs = mem_new(s->ncolumns + 1, sizeof(*s->runs));
	for (size_t i = 0; i < s->ncolumns; i++) {
		const struct column *c = &s->columns[i];
		struct run *last = s->nruns != 0 ? &s->runs[s->nruns - 1] : NULL;

		if (c->cell >= 0) {
			s->place[c->cell] = (int)i;
			s->runs[s->nruns++] = (struct run){ c->cell, -1, 1 };
		} else if (last != NULL && last->cell < 0 &&
		    last->col + last->ncols == c->col) {
			last->ncols++;
		} else {
			s->runs[s->nruns++] = (struct run){ -1, c->col, 1 };
		}
	}
}

bool
shape_select(struct shape *s, struct text list, struct text *missing)
{
	bool drop = list.len != 0 && list.s[0] == '!';
	size_t kept = 0;
	struct text part;

	if (drop)
		list = text_from(list, 1);
	for (struct text rest = list; list.len != 0 && text_next(&rest, ',', &part);)
		if (find(s, drop ? unmarked(part) : part) == NULL) {
			*missing = part;
			return false;
		}
	for (size_t i = 0; i < s->ncolumns; i++) {
		struct column c = s->columns[i];

		if (list.len == 0 || listed(list, c.name) != drop)
			s->columns[kept++] = c;
		else
			mem_free_text(c.name);
	}
	s->ncolumns = kept;
	plan(s);
	return true;
}

bool
shape_wanted(const struct shape *s, int cell)
{
	return s->place[cell] >= 0;
}

void
shape_put_header(const struct shape *s, struct out *o)
{
	for (size_t i = 0; i < s->ncolumns; i++) {
		if (i != 0)
			out_byte(o, '\t');
		out_put(o, s->columns[i].name);
	}
	out_byte(o, '\n');
}

void
shape_set(struct shape *s, int cell, struct text field)
{
	s->cells[cell] = field;
}

static void
put_fields(struct out *o, const struct tsv_block *b, size_t r, const struct run *run)
{
	if (b != NULL && b->place == NULL) {
		struct text first = tsv_field(b, r, run->col);
		struct text last = tsv_field(b, r, run->col + run->ncols - 1);

		out_put(o, (struct text){ first.s,
		    (size_t)(last.s + last.len - first.s) });
		return;
	}
	for (int i = 0; i < run->ncols; i++) {
		if (i != 0)
			out_byte(o, '\t');
		if (b != NULL)
			out_put(o, tsv_field(b, r, run->col + i));
	}
}

void
shape_put(struct shape *s, struct out *o, const struct tsv_block *b, size_t r)
{
	for (size_t i = 0; i < s->nruns; i++) {
		const struct run *run = &s->runs[i];

		if (i != 0)
			out_byte(o, '\t');
		if (run->cell >= 0)
			out_put(o, s->cells[run->cell]);
		else
			put_fields(o, b, r, run);
	}
	out_end_row(o);
	for (size_t i = 0; i < s->ncells; i++)
		s->cells[i] = TEXT_NONE;
}
