/* chains_part.c - the counts of chains as rows of a table of sums, there and back */
#include "chains_state.h"
#include <lead/domain/journey/trail.h>

#define START "(start)"
#define CONVERSION "(conversion)"
#define NULL_END "(null)"

/* The i-th of the fields of a tuple. */
static struct text
field_of(struct text tuple, size_t i)
{
	struct text field = TEXT_NONE;

	for (size_t k = 0; k <= i; k++)
		text_next(&tuple, '\t', &field);
	return field;
}

/* "(start) > a > b", "a > b > c" or "a > b > (null)", of the i-th touch column. */
static void
put_trail(struct chains *c, const struct walks_count *w, size_t i)
{
	if (w->kind == WALKS_START)
		buf_string(&c->text, START TRAIL_SEPARATOR);
	for (size_t k = 0; k < w->n; k++) {
		if (k > 0)
			buf_string(&c->text, TRAIL_SEPARATOR);
		trail_put(&c->text, field_of(dict_text(c->names, w->name[k]), i));
	}
	if (w->kind == WALKS_CONVERSION)
		buf_string(&c->text, TRAIL_SEPARATOR CONVERSION);
	else if (w->kind == WALKS_NULL)
		buf_string(&c->text, TRAIL_SEPARATOR NULL_END);
}

static bool
put_count(struct chains *c, const struct chain *h, const struct walks_count *w)
{
	num_wide figure[2] = { w->count, w->value };
	uint32_t slice;

	c->text.len = 0;
	buf_put(&c->text, h->milestone);
	buf_byte(&c->text, '\t');
	slice = tally_slice(c->tally, buf_text(&c->text));
	c->text.len = 0;
	for (size_t b = 0, i = 0; b < c->nby; b++) {
		if (b > 0)
			buf_byte(&c->text, '\t');
		if (c->touch[b])
			put_trail(c, w, i++);
	}
	return tally_add(c->tally, tally_model(c->tally, h->model),
	    tally_cell(c->tally, slice, tally_tuple(c->tally, buf_text(&c->text))), figure);
}

const char *
chains_part(struct chains *c)
{
	struct walks_count w;

	for (uint32_t i = 0; i < dict_count(c->keys); i++)
		for (size_t k = 0; walks_get(c->chain[i].walks, k, &w); k++)
			if ((w.count != 0 || w.value != 0) && !put_count(c, &c->chain[i], &w))
				return chains_range;
	for (uint32_t i = 0; i < map_count(c->map); i++) {
		const struct owed *o = &c->owed[i];

		if (!tally_add(c->tally, tally_model(c->tally, c->chain[o->chain].model),
		        tally_cell(c->tally, o->slice, o->tuple), o->figure))
			return chains_range;
	}
	return NULL;
}

/* --- and back --- */

/* The next name of all trails: its fields in c->name. *raw: as the first has it.
 * 1, 0 at the end of all, or -1 where they differ in length. */
static int
next_name(struct chains *c, struct text *rest, struct text *raw)
{
	size_t given = 0, touches = 0;

	c->name.len = 0;
	for (size_t b = 0; b < c->nby; b++) {
		struct text name;

		if (!c->touch[b])
			continue;
		if (touches++ > 0)
			buf_byte(&c->name, '\t');
		if (!trail_next(&rest[b], &name))
			continue;
		if (given++ == 0)
			*raw = name;
		trail_plain(&c->name, name);
	}
	return given == 0 ? 0 : given == touches ? 1 : -1;
}

static const char *
read_count(struct chains *c, uint32_t chain, struct text *rest, struct walks_count *w)
{
	struct text raw = TEXT_NONE;
	bool ended = false;
	int got;

	w->kind = WALKS_STEP;
	w->n = 0;
	for (bool first = true; (got = next_name(c, rest, &raw)) > 0; first = false) {
		if (ended || w->n > WALKS_ORDER_MAX)
			return "not a count of a chain";
		if (first && text_is(raw, START))
			w->kind = WALKS_START;
		else if ((ended = text_is(raw, CONVERSION)))
			w->kind = WALKS_CONVERSION;
		else if ((ended = text_is(raw, NULL_END)))
			w->kind = WALKS_NULL;
		else
			w->name[w->n++] = dict_add(c->names, buf_text(&c->name));
	}
	return got < 0 ? "not a count of a chain" : walks_put(c->chain[chain].walks, w);
}

static bool
is_owed(const struct chains *c, const struct text *by)
{
	for (size_t b = 0; b < c->nby; b++)
		if (c->touch[b])
			return text_is(by[b], CHAINS_OWED);
	return false;
}

static struct text
join(struct chains *c, const struct text *cell, size_t n)
{
	c->text.len = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&c->text, '\t');
		buf_put(&c->text, cell[i]);
	}
	return buf_text(&c->text);
}

const char *
chains_row(struct chains *c, uint32_t order, const struct text *cell,
    const num_wide figure[2], bool *taken)
{
	const struct text *by = cell + 3;
	struct text rest[CHAINS_BY];
	struct walks_count w = { .count = figure[0], .value = figure[1] };
	uint32_t chain, slice;

	*taken = cell[2].len == 0 || is_owed(c, by);
	if (!*taken)
		return NULL;
	chain = chains_number(c, cell[0], order, cell[1]);
	if (cell[2].len == 0) {
		if (figure[0] < 0)
			return "less than none";
		memcpy(rest, by, c->nby * sizeof(*rest));
		return read_count(c, chain, rest, &w);
	}
	slice = tally_slice(c->tally, join(c, cell + 1, 2));
	return chains_owe(c, chain, slice, tally_tuple(c->tally, join(c, by, c->nby)), figure)
	    ? NULL : chains_range;
}
