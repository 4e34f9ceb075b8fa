/* attribute_book.c - what each touch of a conversion earns, and the sums of it */
#include <lead/base/mem.h>
#include <lead/domain/journey/trail.h>

#include "attribute_state.h"

/* Scratch for the shares of one path by any model. */
static void
make_room(struct attribute *a, const struct model_path *p)
{
	size_t n = model_room(p);

	if (n <= a->cap)
		return;
	a->share = mem_grow(a->share, &a->cap, n, sizeof(*a->share), ATTRIBUTE_SHARES,
	    "shares of one conversion");
	a->touch = mem_resize(a->touch, a->cap, sizeof(*a->touch));
	a->weight = mem_resize(a->weight, a->cap, sizeof(*a->weight));
	a->part = mem_resize(a->part, a->cap, sizeof(*a->part));
	a->value = mem_resize(a->value, a->cap, sizeof(*a->value));
	a->nothing = mem_resize(a->nothing, a->cap, sizeof(*a->nothing));
	memset(a->nothing, 0, a->cap * sizeof(*a->nothing));
}

const struct attribute_share *
attribute_share(struct attribute *a, const struct credit_conversion *v, size_t m,
    size_t *n)
{
	size_t k;

	if (a->solved && attribute_chained(a, m, &v->path))
		attribute_set_effects(a, m, v);
	make_room(a, &v->path);
	k = *n = model_weigh(a->o->model[m], &v->path, a->touch, a->weight);
	if (k == 0)
		return a->share;
	num_share(NUM_MICROS, a->weight, a->part, k);
	num_share(v->value, a->weight, a->value, k);
	for (size_t i = 0; i < k; i++)
		a->share[i] = (struct attribute_share){ a->touch[i], a->part[i],
			v->conversions == 0 ? 0 : a->part[i], a->value[i] };
	return a->share;
}

/* The tally's tuple of a touch that earns from v. */
static uint32_t
earner(struct attribute *a, const struct credit_conversion *v, uint32_t touch)
{
	const struct model_touch *t = &v->path.touch[touch];

	if (a->touches == NULL)
		return t->tuple;
	return tally_tuple(a->tally, attribute_tuple(a, t->row, v));
}

/* Its cell, which all models share. */
static uint32_t
cell_of(struct attribute *a, const struct credit_conversion *v, uint32_t touch,
    uint32_t in)
{
	if (a->cell[touch] == DICT_NONE) {
		a->cell[touch] = tally_cell(a->tally, in, earner(a, v, touch));
		a->unknown--;
	}
	return a->cell[touch];
}

static void
book_whole(struct attribute *a, const struct credit_conversion *v, size_t m,
    uint32_t cell)
{
	tally_add_pair(a->tally, a->model[m], cell, v->conversions, v->value);
}

/* The shares of touches by their weights; part is theirs of one conversion. */
static void
book_shares(struct attribute *a, const struct credit_conversion *v, size_t m,
    uint32_t in, const struct plan *by)
{
	size_t k = by->weights.n;

	if (k == 1) {
		book_whole(a, v, m, cell_of(a, v, by->touch[0], in));
		return;
	}
	for (size_t i = 0; i < k && a->unknown > 0; i++)
		cell_of(a, v, by->touch[i], in);
	if (by->like == by)
		plans_share(by, v->value);
	tally_add_parts(a->tally, a->model[m], a->cell, by->touch,
	    v->conversions != 0 ? by->part : a->nothing, by->like->value, k);
}

static void
book_model(struct attribute *a, const struct credit_conversion *v, size_t m,
    uint32_t in)
{
	struct plan mine = { .touch = a->touch, .part = a->part, .value = a->value,
		.like = &mine };
	size_t k = model_weigh(a->o->model[m], &v->path, a->touch, a->weight);

	if (k <= 1) {
		book_whole(a, v, m, k == 1 ? cell_of(a, v, a->touch[0], in)
					   : tally_cell(a->tally, in, a->nobody));
		return;
	}
	num_weights_init(&mine.weights, a->weight, k);
	num_share_by(&mine.weights, NUM_MICROS, a->part);
	book_shares(a, v, m, in, &mine);
}

/* The conversion by all models whose credit is known at once: of a touch alone
 * each gives it the whole. */
static void
book_models(struct attribute *a, const struct credit_conversion *v)
{
	const struct model_path *p = &v->path;
	uint32_t in = attribute_slice(a, v);
	const struct plan *plan = plans_get(a->plans, p);
	bool alone = p->n == 1 && p->window == 0, chains = a->chains != NULL;

	if (p->n > a->cell_cap)
		a->cell = mem_grow(a->cell, &a->cell_cap, p->n, sizeof(*a->cell),
		    ATTRIBUTE_SHARES, "touches of one conversion");
	memset(a->cell, 0xff, p->n * sizeof(*a->cell)); /* DICT_NONE */
	a->unknown = p->n;
	make_room(a, p);
	for (size_t m = 0; m < a->o->nmodels; m++)
		if (chains && attribute_chained(a, m, p))
			continue;
		else if (alone)
			book_whole(a, v, m, cell_of(a, v, 0, in));
		else if (plan != NULL && plan[m].touch != NULL)
			book_shares(a, v, m, in, &plan[m]);
		else
			book_model(a, v, m, in);
}

/* Add figures to the row of a path's names. */
static bool
book_path(struct attribute *a, const struct model_path *p, const num_wide figure[3])
{
	a->text.len = 0;
	for (uint32_t i = p->window; i < p->n; i++) {
		if (i > p->window)
			buf_string(&a->text, TRAIL_SEPARATOR);
		trail_put(&a->text, dict_text(a->touches, p->touch[i].tuple));
	}
	return tally_add(a->tally, a->model[0],
	    tally_cell(a->tally, tally_slice(a->tally, TEXT_NONE),
	        tally_tuple(a->tally, buf_text(&a->text))),
	    figure);
}

void
attribute_book(struct attribute *a, const struct credit_conversion *v)
{
	num_wide figure[3] = { v->conversions, v->value, v->at == NULL ? NUM_MICROS : 0 };
	bool good = true;

	if (a->o->paths)
		good = book_path(a, &v->path, figure);
	else if (!a->o->lines)
		book_models(a, v);
	if (!good)
		a->trouble = "the sum is out of range";
	for (size_t m = 0; a->chains != NULL && m < a->o->nmodels && a->trouble == NULL; m++)
		if (attribute_chained(a, m, &v->path))
			a->trouble = attribute_walk(a, m, v);
}
