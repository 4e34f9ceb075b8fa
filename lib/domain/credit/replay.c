/* replay.c - groups of rows set aside and given once more */
#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/base/spool.h>
#include <lead/domain/credit/replay.h>

enum { HELD = 64 << 20, ROWS_MAX = 1 << 28 };

struct replay {
	struct spool *spool;
	size_t n;
	uint64_t group; /* number of the last one added */
	struct buf text;

	struct spool_row row; /* read, but of the next group */
	bool begun, ended;
	struct arena texts;
	struct tsv_fields *rows; /* of a group */
	size_t cap;
};

struct replay *
replay_new(size_t n)
{
	struct replay *r = mem_new(1, sizeof(*r));

	r->spool = spool_new(HELD, NULL);
	r->n = n;
	buf_init(&r->text, SPOOL_ROW_MAX, "a row");
	return r;
}

void
replay_free(struct replay *r)
{
	if (r == NULL)
		return;
	spool_free(r->spool);
	buf_clear(&r->text);
	arena_clear(&r->texts);
	mem_free(r->rows);
	mem_free(r);
}

int
replay_add(struct replay *r, const struct group *g, size_t i, bool begins)
{
	struct spool_tag tag = { { 0, 0 }, { 0, 0 } };
	uint64_t place;

	r->group += begins;
	tag.key.lo = r->group;
	r->text.len = 0;
	for (size_t c = 0; c < r->n; c++) {
		if (c > 0)
			buf_byte(&r->text, '\t');
		buf_put(&r->text, group_field(g, i, (int)c));
	}
	return spool_add(r->spool, &tag, buf_text(&r->text), &place);
}

/* The row read last, as row number i of the group. */
static void
keep(struct replay *r, size_t i)
{
	uint32_t *end = arena_alloc(&r->texts, (r->n + 1) * sizeof(*end));
	struct text row = arena_text(&r->texts, r->row.row);
	size_t from = 0;

	r->rows = mem_grow(r->rows, &r->cap, i + 1, sizeof(*r->rows), ROWS_MAX,
	    "rows of one group");
	*end++ = UINT32_MAX; /* so that the first field begins at 0 */
	for (size_t c = 0; c < r->n; from = end[c++] + 1) {
		ptrdiff_t tab = text_find(text_from(row, from), '\t');

		end[c] = (uint32_t)(tab >= 0 ? from + (size_t)tab : row.len);
	}
	r->rows[i] = (struct tsv_fields){ .base = row.s, .end = end };
}

int
replay_next(struct replay *r, struct group *g)
{
	int got = 1;
	uint64_t group;
	size_t rows = 0;

	if (!r->begun) {
		spool_rewind(r->spool);
		r->begun = true;
		if ((got = spool_next(r->spool, &r->row)) <= 0)
			return got;
	}
	if (r->ended)
		return 0;
	arena_reset(&r->texts);
	for (group = r->row.tag.key.lo; got > 0 && r->row.tag.key.lo == group; rows++) {
		keep(r, rows);
		got = spool_next(r->spool, &r->row);
	}
	r->ended = got == 0;
	*g = (struct group){ .key = tsv_field_of(&r->rows[0], 0), .nrows = rows,
		.given = r->rows };
	return got < 0 ? -1 : 1;
}

uint64_t
replay_spilled(const struct replay *r)
{
	return spool_spilled(r->spool);
}
