/* verdicts.c - which conditions on a column does this value meet? */
#include <lead/base/brief.h>
#include <lead/base/mem.h>
#include <lead/domain/rules/verdicts.h>

enum { BYTES_MAX = 1 << 20, VALUES_BITS = 12, CONDITIONS_MAX = 1 << 16 };

/* A verdict is kept as one more than its number: zeros are not known yet. */
struct verdicts {
	const struct condition **conditions;
	size_t n, cap;
	unsigned bits;        /* there are 2^bits places for values */
	struct brief *values; /* that are there: the empty one everywhere at first */
	uint8_t *known;      /* n a place */
	struct text value;
	uint8_t *here;       /* of the value looked at */
};

struct verdicts *
verdicts_new(void)
{
	return mem_new(1, sizeof(struct verdicts));
}

void
verdicts_free(struct verdicts *v)
{
	if (v == NULL)
		return;
	mem_free(v->conditions);
	mem_free(v->values);
	mem_free(v->known);
	mem_free(v);
}

uint32_t
verdicts_add(struct verdicts *v, const struct condition *c)
{
	v->conditions = mem_grow(v->conditions, &v->cap, v->n + 1,
	    sizeof(*v->conditions), CONDITIONS_MAX, "conditions on a column");
	v->conditions[v->n] = c;
	return (uint32_t)v->n++;
}

static void
make_room(struct verdicts *v)
{
	v->bits = VALUES_BITS;
	while (v->bits > 1 && (sizeof(*v->values) + v->n) << v->bits > BYTES_MAX)
		v->bits--;
	v->values = mem_new((size_t)1 << v->bits, sizeof(*v->values));
	v->known = mem_new((size_t)1 << v->bits, v->n);
}

/* A value takes the place of another. */
void
verdicts_look(struct verdicts *v, struct text value)
{
	struct brief m = brief_of(value);
	size_t place;

	if (v->known == NULL)
		make_room(v);
	place = brief_place(m, v->bits);
	v->value = value;
	v->here = &v->known[place * v->n];
	if (brief_equal(v->values[place], m))
		return;
	v->values[place] = m;
	memset(v->here, 0, v->n);
}

enum condition_verdict
verdicts_of(struct verdicts *v, uint32_t n)
{
	if (v->here[n] == 0)
		v->here[n] = (uint8_t)(1 + condition_test(v->conditions[n], v->value, 0));
	return (enum condition_verdict)(v->here[n] - 1);
}
