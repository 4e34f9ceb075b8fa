/* partial.c - tables of sums made one: --merge */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/domain/credit/atto.h>
#include <lead/domain/credit/model.h>
#include <lead/domain/credit/partial.h>

enum { FIELDS_MAX = 1 << 20, MODELS_MAX = 1 << 20 };

struct partial {
	struct tally *tally;
	struct chains *chains;
	uint32_t *order; /* of models by their number in the tally, plus 1 */
	size_t cap;
	size_t nkey;
	struct buf text;
};

struct partial *
partial_new(struct tally *t, struct chains *chains, size_t nkey)
{
	struct partial *p = mem_new(1, sizeof(*p));

	p->tally = t;
	p->chains = chains;
	p->nkey = nkey;
	buf_init(&p->text, FIELDS_MAX, "the --by columns");
	return p;
}

void
partial_free(struct partial *p)
{
	if (p == NULL)
		return;
	buf_clear(&p->text);
	mem_free(p->order);
	mem_free(p);
}

/* Fields with tabs between them. */
static struct text
join(struct partial *p, const struct text *field, size_t n)
{
	p->text.len = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&p->text, '\t');
		buf_put(&p->text, field[i]);
	}
	return buf_text(&p->text);
}

/* Of the model with this name and number; each name is looked at once. */
static uint32_t
order_of(struct partial *p, struct text name, uint32_t model)
{
	size_t had = p->cap;

	if (model >= had) {
		p->order = mem_grow(p->order, &p->cap, (size_t)model + 1,
		    sizeof(*p->order), MODELS_MAX, "models");
		memset(p->order + had, 0, (p->cap - had) * sizeof(*p->order));
	}
	if (p->order[model] == 0)
		p->order[model] = model_order_of(name) + 1;
	return p->order[model] - 1;
}

const char *
partial_row(void *partial, const struct text *field, size_t *bad)
{
	struct partial *p = partial;
	struct tally *t = p->tally;
	bool path = p->nkey == 1;
	num_wide sum[TALLY_FIGURES] = { 0 };
	uint32_t model, slice, tuple, order;
	const char *wrong;
	bool taken;

	for (size_t i = 0; i < tally_figures(t); i++) {
		const char *why;

		*bad = p->nkey + i;
		why = atto_problem(atto_parse(field[*bad], &sum[i]));
		if (why != NULL)
			return why;
	}
	model = tally_model(t, path ? TEXT_NONE : field[0]);
	*bad = p->nkey > 3 ? 3 : 0;
	order = path ? 0 : order_of(p, field[0], model);
	if (order > 0) {
		wrong = chains_row(p->chains, order, field, sum, &taken);
		if (taken || wrong != NULL)
			return wrong;
	}
	slice = tally_slice(t, path ? TEXT_NONE : join(p, field + 1, 2));
	tuple = tally_tuple(t, path ? field[0] : join(p, field + 3, p->nkey - 3));
	return tally_add(t, model, tally_cell(t, slice, tuple), sum)
	    ? NULL : "the sum is out of range";
}
