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

	struct tsv_block block;
	size_t row;   /* of block, the next to look at */
	bool ended;
	bool open;    /* a group is being gathered */
	bool any;     /* one was */

	struct buf name;         /* the group's key */
	struct tsv_fields *rows; /* the group's; nsafe of them are copied, the
	                          * others lie in the block */
	size_t nrows, nsafe, cap;
	struct arena copies;
	struct group_place *place; /* where they stood: one a block */
	size_t nplaces, place_cap;
};

struct given *
given_new(int key, const int *cols, size_t n)
{
	struct given *v = mem_new(1, sizeof(*v));

	v->key = key;
	v->cols = cols;
	v->ncols = n;
	buf_init(&v->name, TSV_LINE_MAX, "key");
	return v;
}

void
given_free(struct given *v)
{
	if (v == NULL)
		return;
	mem_free(v->rows);
	mem_free(v->place);
	buf_clear(&v->name);
	arena_clear(&v->copies);
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

static void
keep_row(struct given *v)
{
	if (v->nrows == 0 || v->row == 0)
		keep_place(v);
	v->rows = mem_grow(v->rows, &v->cap, v->nrows + 1, sizeof(*v->rows), ROWS_MAX,
	    "rows of one key");
	v->rows[v->nrows++] = tsv_fields(&v->block, v->row++);
}

/* The block goes before its last group is whole: copy what that has of it. */
static void
save_rows(struct given *v)
{
	size_t ncols = v->block.ncols;

	for (; v->nsafe < v->nrows; v->nsafe++) {
		struct tsv_fields *row = &v->rows[v->nsafe];
		uint32_t from = row->end[-1] + 1, *end;
		struct text bytes = { row->base + from, row->end[ncols - 1] - from };

		end = arena_alloc(&v->copies, (ncols + 1) * sizeof(*end));
		*end++ = UINT32_MAX; /* so that the first field begins at 0 */
		for (size_t c = 0; c < ncols; c++)
			end[c] = row->end[c] - from;
		row->base = arena_text(&v->copies, bytes).s;
		row->end = end;
	}
}

static void
open_group(struct given *v, struct text key)
{
	v->name.len = 0;
	buf_put(&v->name, key);
	arena_reset(&v->copies);
	v->nrows = v->nsafe = v->nplaces = 0;
	v->open = v->any = true;
}

static enum given_verdict
close_group(struct given *v, struct group *g)
{
	v->open = false;
	*g = (struct group){ .key = buf_text(&v->name), .nrows = v->nrows,
		.given = v->rows, .kept = v->cols, .nkept = v->ncols,
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
	for (; v->row < v->block.nrows; keep_row(v)) {
		struct text key = given_key(v), above = buf_text(&v->name);

		if (v->open && text_equal(key, above))
			continue;
		if (v->open)
			return close_group(v, g);
		if (v->any && text_compare(key, above) <= 0)
			return GIVEN_UNSORTED;
		open_group(v, key);
	}
	if (!v->ended) {
		save_rows(v);
		return GIVEN_MORE;
	}
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
