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
	struct text *field; /* of a group's rows */
	size_t cap;
	int *slot;
};

struct replay *
replay_new(size_t n)
{
	struct replay *r = mem_new(1, sizeof(*r));

	r->spool = spool_new(HELD, NULL);
	r->n = n;
	buf_init(&r->text, SPOOL_ROW_MAX, "a row");
	r->slot = mem_new(n, sizeof(*r->slot));
	for (size_t i = 0; i < n; i++)
		r->slot[i] = (int)i;
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
	mem_free(r->field);
	mem_free(r->slot);
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
	struct text rest = arena_text(&r->texts, r->row.row);

	if ((i + 1) * r->n > r->cap)
		r->field = mem_grow(r->field, &r->cap, (i + 1) * r->n,
		    sizeof(*r->field), ROWS_MAX, "fields of one group");
	for (size_t c = 0; c < r->n; c++) {
		r->field[i * r->n + c] = TEXT_NONE;
		text_next(&rest, '\t', &r->field[i * r->n + c]);
	}
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
	*g = (struct group){ .key = r->field[0], .nrows = rows, .given = r->field,
		.slot = r->slot, .nkept = r->n };
	return got < 0 ? -1 : 1;
}

uint64_t
replay_spilled(const struct replay *r)
{
	return spool_spilled(r->spool);
}
