/* pathrow.c - the credit of one row of a table of paths, any tool's */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/base/when.h>
#include <lead/domain/credit/atto.h>
#include <lead/domain/credit/attribute.h>
#include <lead/domain/credit/pathrow.h>
#include <lead/domain/journey/trail.h>

enum { NAMES_MAX = 1 << 20 }; /* of one path: a line has no more bytes */

struct pathrow {
	struct model **model;
	size_t nmodels;
	uint32_t *number; /* of the models in the tally */
	uint32_t *chain;  /* of those that have one */
	uint32_t slice, nobody, owed;
	uint64_t glued;
	struct tally *tally;
	struct chains *chains;
	struct transform *transform;
	struct arena arena; /* of the row */
	struct model_touch *touch; /* of the row */
	uint32_t *name;
	size_t n, cap;
	uint32_t *who; /* scratch of one model: who earns, by which weight, what */
	int64_t *weight;
	num_wide *conversions, *value;
	struct atto_rest *rest;
	size_t room;
};

static const char range[] = "the sum is out of range";

static const char *const names[PATHROW_COLUMNS] = {
	[PATHROW_PATH] = "path",
	[PATHROW_CONVERSIONS] = "conversions",
	[PATHROW_VALUE] = "value",
	[PATHROW_NULLS] = "nulls",
};

const char *
pathrow_name(enum pathrow_column c)
{
	return names[c];
}

/* What all rows are booked under. */
static uint32_t
slice_of(struct tally *t, struct text milestone)
{
	struct buf b;
	char period[WHEN_TEXT];
	uint32_t slice;

	buf_init(&b, NAMES_MAX, "a milestone");
	buf_put(&b, milestone);
	buf_byte(&b, '\t');
	buf_put(&b, when_put_period(period, WHEN_BY_ALL, 0));
	slice = tally_slice(t, buf_text(&b));
	buf_clear(&b);
	return slice;
}

struct pathrow *
pathrow_new(const struct pathrow_options *o, struct tally *tally, struct chains *chains)
{
	struct pathrow *p = mem_new(1, sizeof(*p));

	p->model = o->model;
	p->nmodels = o->nmodels;
	p->tally = tally;
	p->chains = chains;
	p->transform = transform_new(o->transform);
	p->number = mem_new(o->nmodels + 1, sizeof(*p->number));
	p->chain = mem_new(o->nmodels + 1, sizeof(*p->chain));
	for (size_t i = 0; i < o->nmodels; i++) {
		struct text name = text_of(model_name(o->model[i]));

		p->number[i] = tally_model(tally, name);
		if (model_order(o->model[i]) > 0)
			p->chain[i] = chains_number(chains, name,
			    model_order(o->model[i]), o->milestone);
	}
	p->slice = slice_of(tally, o->milestone);
	p->owed = tally_tuple(tally, TEXT(CHAINS_OWED));
	p->nobody = tally_tuple(tally, TEXT(ATTRIBUTE_NOBODY));
	return p;
}

void
pathrow_free(struct pathrow *p)
{
	if (p == NULL)
		return;
	mem_free(p->number);
	transform_free(p->transform);
	arena_clear(&p->arena);
	mem_free(p->chain);
	mem_free(p->touch);
	mem_free(p->name);
	mem_free(p->who);
	mem_free(p->weight);
	mem_free(p->conversions);
	mem_free(p->value);
	mem_free(p->rest);
	mem_free(p);
}

static void
read_names(struct pathrow *p, struct text path)
{
	struct text name;

	p->n = 0;
	if (path.len == 0)
		return;
	for (; trail_next(&path, &name); p->n++) {
		if (p->n == p->cap) {
			p->touch = mem_grow(p->touch, &p->cap, p->n + 1,
			    sizeof(*p->touch), NAMES_MAX, "names of one path");
			p->name = mem_resize(p->name, p->cap, sizeof(*p->name));
		}
		p->touch[p->n] = (struct model_touch){
			.tuple = tally_tuple(p->tally, name),
			.seq = (uint32_t)p->n,
			.direct = model_is_direct(name),
		};
		p->glued += text_find(name, '>') >= 0;
	}
}

static void
make_room(struct pathrow *p, size_t n)
{
	if (n <= p->room)
		return;
	p->who = mem_grow(p->who, &p->room, n, sizeof(*p->who), 2 * (size_t)NAMES_MAX,
	    "names of one path");
	p->weight = mem_resize(p->weight, p->room, sizeof(*p->weight));
	p->conversions = mem_resize(p->conversions, p->room, sizeof(*p->conversions));
	p->value = mem_resize(p->value, p->room, sizeof(*p->value));
	p->rest = mem_resize(p->rest, p->room, sizeof(*p->rest));
}

static bool
book(struct pathrow *p, size_t m, const struct model_path *path, num_wide conversions,
    num_wide value)
{
	size_t k = model_weigh(p->model[m], path, p->who, p->weight);

	if (k == 0)
		return tally_add(p->tally, p->number[m],
		    tally_cell(p->tally, p->slice, p->nobody),
		    (num_wide[2]){ conversions, value });
	atto_share(conversions, p->weight, p->conversions, k, p->rest);
	atto_share(value, p->weight, p->value, k, p->rest);
	for (size_t i = 0; i < k; i++) {
		uint32_t cell = tally_cell(p->tally, p->slice,
		    path->touch[p->who[i]].tuple);
		num_wide figure[2] = { p->conversions[i], p->value[i] };

		if (!tally_add(p->tally, p->number[m], cell, figure))
			return false;
	}
	return true;
}

/* The path is counted, and what it brought shared later. */
static const char *
walk(struct pathrow *p, size_t m, const struct model_path *path,
    const struct walks_end *end)
{
	for (uint32_t i = 0; i < path->n; i++)
		p->name[i] = path->touch[i].tuple;
	if ((end->conversions != 0 || end->value != 0) &&
	    !chains_owe(p->chains, p->chain[m], p->slice, p->owed,
	        (num_wide[2]){ end->conversions, end->value }))
		return range;
	return chains_walk(p->chains, p->chain[m], p->name, path->n, end);
}

static const char *
book_all(struct pathrow *p, struct text path, const struct walks_end *end)
{
	struct model_path whole = { .half_us = 1 };
	bool brought = end->conversions != 0 || end->value != 0;
	const char *why = NULL;

	read_names(p, path);
	whole.touch = p->touch;
	whole.n = (uint32_t)p->n;
	memset(whole.role, 0xff, sizeof(whole.role)); /* MODEL_ABSENT */
	arena_reset(&p->arena);
	transform_path(p->transform, &p->arena, &whole);
	make_room(p, model_room(&whole));
	for (size_t m = 0; m < p->nmodels && why == NULL; m++)
		if (model_order(p->model[m]) > 0 && whole.n > 0)
			why = walk(p, m, &whole, end);
		else if (brought && !book(p, m, &whole, end->conversions, end->value))
			why = range;
	return why;
}

const char *
pathrow_row(void *pathrow, const struct text *field, size_t *bad)
{
	struct pathrow *p = pathrow;
	num_wide figure[PATHROW_COLUMNS] = { 0 };

	for (*bad = PATHROW_CONVERSIONS; *bad < PATHROW_COLUMNS; ++*bad) {
		const char *why = atto_problem(atto_parse(field[*bad], &figure[*bad]));

		if (why != NULL)
			return why;
		if (figure[*bad] < 0 && *bad != PATHROW_VALUE)
			return "less than none";
	}
	*bad = PATHROW_CONVERSIONS;
	return book_all(p, field[PATHROW_PATH],
	    &(struct walks_end){ figure[PATHROW_CONVERSIONS], figure[PATHROW_VALUE],
	        figure[PATHROW_NULLS] });
}

uint64_t
pathrow_glued(const struct pathrow *p)
{
	return p->glued;
}
