/* given.c - groups of rows that stand together already */
#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/given.h>
#include <lead/base/mem.h>

enum { ROWS_MAX = 1 << 28 };

struct given {
	int key;
	const int *cols;
	size_t ncols;
	int *slot; /* table column -> place among cols, or -1 */

	struct tsv_block block;
	size_t row;   /* of block, the next to look at */
	bool ended;
	bool open;    /* a group is being gathered */

	struct buf name;    /* the group's key */
	struct arena bytes; /* its rows */
	struct text *fields;
	size_t nrows, cap;
	struct group_place *place; /* where they stood: one a block */
	size_t nplaces, place_cap;
};

struct given *
given_new(int key, const int *cols, size_t n, size_t ncolumns)
{
	struct given *v = mem_new(1, sizeof(*v));

	v->key = key;
	v->cols = cols;
	v->ncols = n;
	v->slot = mem_raw(ncolumns, sizeof(*v->slot));
	for (size_t c = 0; c < ncolumns; c++)
		v->slot[c] = -1;
	for (size_t i = 0; i < n; i++)
		if (cols[i] >= 0)
			v->slot[cols[i]] = (int)i;
	buf_init(&v->name, TSV_LINE_MAX, "key");
	return v;
}

void
given_free(struct given *v)
{
	if (v == NULL)
		return;
	mem_free(v->slot);
	mem_free(v->fields);
	mem_free(v->place);
	buf_clear(&v->name);
	arena_clear(&v->bytes);
	mem_free(v);
}

/* The row at hand is the first of a group or a block. */
static void
keep_place(struct given *v)
{
	v->place = mem_grow(v->place, &v->place_cap, v->nplaces + 1, sizeof(*v->place),
	    ROWS_MAX, "rows of one key");
	v->place[v->nplaces++] = (struct group_place){ v->nrows, v->block.file,
		given_line(v) };
}

/* Keep the row at hand: its bytes in one copy, its fields as slices of that. */
static void
keep_row(struct given *v)
{
	const struct tsv_block *b = &v->block;
	struct text row = tsv_row(b, v->row);
	struct text copy = arena_text(&v->bytes, row);
	struct text *to;

	if (v->nrows == 0 || v->row == 0)
		keep_place(v);
	v->fields = mem_grow(v->fields, &v->cap, (v->nrows + 1) * v->ncols,
	    sizeof(*v->fields), (size_t)ROWS_MAX * 16, "rows of one key");
	to = v->fields + v->nrows++ * v->ncols;
	for (size_t i = 0; i < v->ncols; i++) {
		struct text field = tsv_field(b, v->row, v->cols[i]);

		to[i] = field.len == 0 ? TEXT_NONE
		    : (struct text){ copy.s + (field.s - row.s), field.len };
	}
	v->row++;
}

static void
open_group(struct given *v, struct text key)
{
	v->name.len = 0;
	buf_put(&v->name, key);
	arena_reset(&v->bytes);
	v->nrows = v->nplaces = 0;
	v->open = true;
}

static enum given_verdict
close_group(struct given *v, struct group *g)
{
	v->open = false;
	*g = (struct group){ .key = buf_text(&v->name), .nrows = v->nrows,
		.given = v->fields, .slot = v->slot, .nkept = v->ncols,
		.place = v->place, .nplaces = v->nplaces };
	return GIVEN_GROUP;
}

bool
given_place(const struct group *g, size_t i, const char **file, uint64_t *line)
{
	size_t n = g->nplaces;

	while (n > 0 && g->place[n - 1].row > i)
		n--;
	if (n == 0)
		return false;
	*file = g->place[n - 1].file;
	*line = g->place[n - 1].line + (i - g->place[n - 1].row);
	return true;
}

struct text
given_key(const struct given *v)
{
	return tsv_field(&v->block, v->row, v->key);
}

struct text
given_key_before(const struct given *v)
{
	return buf_text(&v->name);
}

uint64_t
given_line(const struct given *v)
{
	return v->block.line + v->row;
}

enum given_verdict
given_next(struct given *v, struct group *g)
{
	while (v->row < v->block.nrows) {
		struct text key = given_key(v);
		int order = v->nrows == 0 ? 1
		    : text_compare(key, buf_text(&v->name));

		if (v->open && order != 0)
			return close_group(v, g);
		if (!v->open && order <= 0)
			return GIVEN_UNSORTED;
		if (!v->open)
			open_group(v, key);
		keep_row(v);
	}
	if (!v->ended)
		return GIVEN_MORE;
	return v->open ? close_group(v, g) : GIVEN_END;
}

void
given_add(struct given *v, const struct tsv_block *b)
{
	v->block = *b;
	v->row = 0;
}

void
given_end(struct given *v)
{
	v->block.nrows = v->row = 0;
	v->ended = true;
}
