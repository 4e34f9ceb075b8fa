/* attribute_chain.c - the paths of steps, counted for the models that need all */
#include <lead/base/mem.h>

#include "attribute_state.h"

enum { PATH_MAX = 1 << 23 };

/* Credit by columns of conversions alone is the same by every model. */
void
attribute_begin_chains(struct attribute *a)
{
	const struct attribute_options *o = a->o;
	size_t cells = o->nmodels * CREDIT_EVENTS;
	bool needed = false, touched = false;

	for (size_t m = 0; m < o->nmodels; m++)
		needed |= model_order(o->model[m]) > 0;
	for (size_t i = 0; i < o->nby; i++)
		touched |= o->by[i].of_touch;
	if (!needed || !touched || o->paths)
		return;
	a->touch_column = mem_new(o->nby, sizeof(*a->touch_column));
	for (size_t i = 0; i < o->nby; i++)
		a->touch_column[i] = o->by[i].of_touch;
	a->chain = mem_new(cells, sizeof(*a->chain));
	memset(a->chain, 0xff, cells * sizeof(*a->chain)); /* DICT_NONE */
	a->chains = chains_new(a->tally, TALLY_MICROS,
	    a->touches != NULL ? a->touches : tally_tuples(a->tally), a->touch_column,
	    o->nby);
}

bool
attribute_chained(const struct attribute *a, size_t m, const struct model_path *p)
{
	return a->chains != NULL && model_order(a->o->model[m]) > 0 && p->window < p->n;
}

static uint32_t
chain_of(struct attribute *a, size_t m, const struct event *e)
{
	const struct model *model = a->o->model[m];
	uint32_t *chain = &a->chain[m * CREDIT_EVENTS + (size_t)(e - event_at(0))];

	if (*chain == DICT_NONE)
		*chain = chains_number(a->chains, text_of(model_name(model)),
		    model_order(model), text_of(e->name));
	return *chain;
}

static const char *
walk(struct attribute *a, uint32_t chain, const struct model_path *p,
    const struct walks_end *end)
{
	size_t n = p->n - p->window;

	if (n > a->name_cap)
		a->name = mem_grow(a->name, &a->name_cap, n, sizeof(*a->name), PATH_MAX,
		    "touches of one conversion");
	for (size_t i = 0; i < n; i++)
		a->name[i] = p->touch[p->window + i].tuple;
	return chains_walk(a->chains, chain, a->name, n, end);
}

const char *
attribute_walk(struct attribute *a, size_t m, const struct credit_conversion *v)
{
	uint32_t chain = chain_of(a, m, v->booked), in = attribute_slice(a, v);
	num_wide figure[2] = { v->conversions, v->value };

	if (!chains_owe(a->chains, chain, in,
	        tally_tuple(a->tally, attribute_tuple(a, ATTRIBUTE_OWED, v)), figure))
		return "the sum is out of range";
	return walk(a, chain, &v->path,
	    &(struct walks_end){ v->conversions, v->value, 0 });
}

const char *
attribute_lead_nowhere(struct attribute *a)
{
	const struct walks_end end = { 0, 0, NUM_MICROS };
	struct model_path p;
	const char *why = NULL;

	credit_all(a->credit, &p);
	transform_path(a->transform, &a->paths, &p);
	for (unsigned e = 0; e < CREDIT_EVENTS && p.window < p.n; e++) {
		if (!a->o->credit.rule[e].wanted || a->met_one[e])
			continue;
		for (size_t m = 0; m < a->o->nmodels && why == NULL; m++)
			if (attribute_chained(a, m, &p))
				why = walk(a, chain_of(a, m, event_at(e)), &p, &end);
	}
	return why;
}

void
attribute_set_effects(struct attribute *a, size_t m, const struct credit_conversion *v)
{
	size_t n;
	const int64_t *effect = chains_effects(a->chains, chain_of(a, m, v->booked), &n);

	model_set_effects(a->o->model[m], effect, n);
}

void
attribute_solve(struct attribute *a)
{
	a->solved = true;
}

struct chains *
attribute_chains(struct attribute *a)
{
	return a->chains;
}
