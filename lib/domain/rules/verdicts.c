/* verdicts.c - which conditions on a column does this value meet? */
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/domain/rules/verdicts.h>

enum { BYTES_MAX = 1 << 20, VALUES_MAX = 1 << 12, CONDITIONS_MAX = 1 << 16 };

/* A verdict is kept as one more than its number: zeros are not known yet. */
struct verdicts {
	const struct condition **conditions;
	size_t n, cap;
	size_t mask;         /* places - 1, a value's place is by its hash */
	struct hash *hashes; /* of the values that are there; zeros: none */
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
	mem_free(v->hashes);
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
	size_t places = VALUES_MAX;

	while (places > 1 && places * (sizeof(*v->hashes) + v->n) > BYTES_MAX)
		places /= 2;
	v->mask = places - 1;
	v->hashes = mem_new(places, sizeof(*v->hashes));
	v->known = mem_new(places, v->n);
}

/* A value takes the place of another of its hash's low bits. */
void
verdicts_look(struct verdicts *v, struct text value)
{
	struct hash h = hash_text(value);
	size_t place;

	if (v->known == NULL)
		make_room(v);
	place = h.lo & v->mask;
	v->value = value;
	v->here = &v->known[place * v->n];
	if (v->hashes[place].hi == h.hi && v->hashes[place].lo == h.lo)
		return;
	v->hashes[place] = h;
	memset(v->here, 0, v->n);
}

enum condition_verdict
verdicts_of(struct verdicts *v, uint32_t n)
{
	if (v->here[n] == 0)
		v->here[n] = (uint8_t)(1 + condition_test(v->conditions[n], v->value, 0));
	return (enum condition_verdict)(v->here[n] - 1);
}
