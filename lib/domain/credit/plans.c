/* plans.c - what models make of paths that look alike, remembered */
#include <lead/base/arena.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/credit/plans.h>

enum {
	TOUCHES_MAX = 14, /* a place, one more and none are four bits */
	SHAPES_MAX = 1024,
	SUM_MAX = 256, /* of weights: what is left is a byte */
	REST_MAX = 1024,
};

struct plans {
	struct model **model;
	size_t n;
	struct map *shapes;
	struct plan **plan; /* by shape, then model */
	struct arena arena;
	uint64_t last;      /* shape of the path before, and its plans */
	const struct plan *found;
};

struct plans *
plans_new(struct model **model, size_t n)
{
	struct plans *p = mem_new(1, sizeof(*p));

	p->model = model;
	p->n = n;
	p->shapes = map_new();
	p->plan = mem_new(SHAPES_MAX, sizeof(*p->plan));
	return p;
}

void
plans_free(struct plans *p)
{
	if (p == NULL)
		return;
	map_free(p->shapes);
	mem_free(p->plan);
	arena_clear(&p->arena);
	mem_free(p);
}

/* The number of touches and the place of each role, one behind another; 0: too
 * many touches, or one that is too old for the window. */
static uint64_t
shape_of(const struct model_path *path)
{
	uint64_t shape = path->n;

	if (path->n == 0 || path->n > TOUCHES_MAX || path->window > 0)
		return 0;
	for (unsigned r = 0; r < MODEL_ROLES; r++)
		shape = shape << 4 | ((path->role[r] + 1) & 15); /* absent: 0 */
	return shape;
}

/* The same shares by the smallest weights. */
static void
reduce(int64_t *weight, size_t n)
{
	int64_t most = 0; /* that divides them all */

	for (size_t i = 0; i < n; i++)
		for (int64_t b = weight[i], rest; b != 0; b = rest) {
			rest = most % b;
			most = b;
		}
	for (size_t i = 0; i < n; i++)
		weight[i] /= most;
}

static bool
alike(const struct num_weights *a, const struct num_weights *b)
{
	return a->n == b->n && memcmp(a->weight, b->weight, a->n * sizeof(*a->weight)) == 0;
}

/*
 * Of whole = q * sum + r each earns q times its weight, and its share of r: the
 * parts cut off, and so who is given one more, are those of r alone.
 */
static const uint8_t *
learn(struct plans *p, const struct plan *plan)
{
	size_t n = plan->weights.n, sum = plan->weights.sum;
	uint8_t *rest;

	if (sum > SUM_MAX || sum * n > REST_MAX)
		return NULL;
	rest = arena_alloc(&p->arena, sum * n);
	for (size_t r = 0; r < sum; r++) {
		num_share_by(&plan->weights, (int64_t)r, plan->value);
		for (size_t i = 0; i < n; i++)
			rest[r * n + i] = (uint8_t)plan->value[i];
	}
	return rest;
}

/* The m-th of plan[0..m]. */
static void
make(struct plans *p, size_t m, const struct model_path *path, struct plan *all)
{
	struct plan *plan = &all[m];
	size_t room = model_room(path);
	uint32_t *touch = arena_new(&p->arena, room, sizeof(*touch));
	int64_t *weight = arena_new(&p->arena, room, sizeof(*weight));
	size_t n = model_weigh(p->model[m], path, touch, weight);

	reduce(weight, n);
	plan->touch = touch;
	plan->part = arena_new(&p->arena, n, sizeof(*plan->part));
	num_weights_init(&plan->weights, weight, n);
	plan->value = arena_new(&p->arena, n, sizeof(*plan->value));
	num_share_by(&plan->weights, NUM_MICROS, plan->part);
	for (plan->like = all; plan->like < plan; plan->like++)
		if (plan->like->touch != NULL && alike(&plan->like->weights, &plan->weights))
			break;
	plan->rest = plan->like == plan ? learn(p, plan) : NULL;
}

void
plans_share(const struct plan *plan, int64_t whole)
{
	const struct num_weights *w = &plan->weights;
	uint64_t size = whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole;
	uint64_t times, left;
	const uint8_t *rest;

	if (plan->rest == NULL) {
		num_share_by(w, whole, plan->value);
		return;
	}
	times = num_divide(w, size, &left);
	rest = plan->rest + left * w->n;
	for (size_t i = 0; i < w->n; i++) {
		uint64_t earned = times * (uint64_t)w->weight[i] + rest[i];

		plan->value[i] = (int64_t)(whole < 0 ? 0 - earned : earned);
	}
}

const struct plan *
plans_get(struct plans *p, const struct model_path *path)
{
	uint64_t shape = shape_of(path);
	uint32_t at;
	bool added;

	if (shape == 0 || shape == p->last)
		return shape == 0 ? NULL : p->found;
	at = map_get(p->shapes, hash_text((struct text){ (const char *)&shape, sizeof(shape) }));
	if (at == MAP_NONE) {
		if (map_count(p->shapes) == SHAPES_MAX)
			return NULL;
		at = map_add(p->shapes,
		    hash_text((struct text){ (const char *)&shape, sizeof(shape) }), &added);
		p->plan[at] = arena_new(&p->arena, p->n, sizeof(**p->plan));
		for (size_t m = 0; m < p->n; m++)
			if (model_by_shape(p->model[m]))
				make(p, m, path, p->plan[at]);
	}
	p->last = shape;
	p->found = p->plan[at];
	return p->found;
}
