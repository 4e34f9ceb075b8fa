/* transform.c - which touches of a path with repeated tuples stand for all */
#include <lead/base/mem.h>
#include <lead/domain/credit/transform.h>

enum { TUPLES_MAX = 1 << 30, UNSEEN = UINT32_MAX };

const char *const transform_names[] = { "none", "exposure", "first", "last", NULL };

struct transform {
	enum transform_kind kind;
	uint32_t *place; /* of a tuple, by its number: UNSEEN between paths */
	size_t cap;
};

struct transform *
transform_new(enum transform_kind kind)
{
	struct transform *t = mem_new(1, sizeof(*t));

	t->kind = kind;
	return t;
}

void
transform_free(struct transform *t)
{
	if (t == NULL)
		return;
	mem_free(t->place);
	mem_free(t);
}

static uint32_t *
place_of(struct transform *t, uint32_t tuple)
{
	size_t had = t->cap;

	if (tuple >= had) {
		t->place = mem_grow(t->place, &t->cap, (size_t)tuple + 1,
		    sizeof(*t->place), TUPLES_MAX, "distinct names");
		memset(t->place + had, 0xff, (t->cap - had) * sizeof(*t->place));
	}
	return &t->place[tuple];
}

/* The touch that stands for each. */
static void
stand_in(struct transform *t, const struct model_path *p, uint32_t *by)
{
	for (uint32_t k = p->window; k < p->n; k++) {
		uint32_t i = t->kind == TRANSFORM_LAST ? p->n - 1 - (k - p->window) : k;
		uint32_t *place = place_of(t, p->touch[i].tuple);

		if (t->kind == TRANSFORM_EXPOSURE && i > p->window &&
		    p->touch[i - 1].tuple != p->touch[i].tuple)
			*place = UNSEEN;
		if (*place == UNSEEN)
			*place = i;
		by[i] = *place;
	}
	for (uint32_t i = p->window; i < p->n; i++)
		*place_of(t, p->touch[i].tuple) = UNSEEN;
}

void
transform_path(struct transform *t, struct arena *a, struct model_path *p)
{
	uint32_t *by, *number, n = p->window;
	struct model_touch *touch;

	if (t->kind == TRANSFORM_NONE || p->n - p->window < 2)
		return;
	by = arena_alloc(a, p->n * sizeof(*by));
	number = arena_alloc(a, p->n * sizeof(*number));
	touch = arena_alloc(a, p->n * sizeof(*touch));
	memcpy(touch, p->touch, p->window * sizeof(*touch));
	stand_in(t, p, by);
	for (uint32_t i = p->window; i < p->n; i++)
		if (by[i] == i) {
			number[i] = n;
			touch[n++] = p->touch[i];
		}
	for (unsigned r = 0; r < MODEL_ROLES; r++)
		if (p->role[r] != MODEL_ABSENT && p->role[r] >= p->window)
			p->role[r] = number[by[p->role[r]]];
	p->touch = touch;
	p->n = n;
}
