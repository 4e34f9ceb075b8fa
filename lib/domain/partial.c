/* partial.c - tables of sums made one: --merge */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/domain/atto.h>
#include <lead/domain/partial.h>

enum { FIELDS_MAX = 1 << 20 };

struct partial {
	struct tally *tally;
	size_t nkey;
	struct buf text;
};

struct partial *
partial_new(struct tally *t, size_t nkey)
{
	struct partial *p = mem_new(1, sizeof(*p));

	p->tally = t;
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

const char *
partial_row(void *partial, const struct text *field, size_t *bad)
{
	struct partial *p = partial;
	struct tally *t = p->tally;
	bool path = p->nkey == 1;
	num_wide sum[TALLY_FIGURES] = { 0 };
	uint32_t model, slice, tuple;

	for (size_t i = 0; i < tally_figures(t); i++) {
		const char *why;

		*bad = p->nkey + i;
		why = atto_problem(atto_parse(field[*bad], &sum[i]));
		if (why != NULL)
			return why;
	}
	model = tally_model(t, path ? TEXT_NONE : field[0]);
	slice = tally_slice(t, path ? TEXT_NONE : join(p, field + 1, 2));
	tuple = tally_tuple(t, path ? field[0] : join(p, field + 3, p->nkey - 3));
	return tally_add(t, model, tally_cell(t, slice, tuple), sum)
	    ? NULL : "the sum is out of range";
}
