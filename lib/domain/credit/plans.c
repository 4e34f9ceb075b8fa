/* plans.c - what models make of paths that look alike, remembered */
#include <lead/base/arena.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/credit/plans.h>

enum {
	TOUCHES_MAX = 14, /* a place, one more and none are four bits */
	SHAPES_MAX = 1024,
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

static bool
alike(const struct num_weights *a, const struct num_weights *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if ((num_wide)a->weight[i] * (int64_t)b->sum !=
		    (num_wide)b->weight[i] * (int64_t)a->sum)
			return false;
	return true;
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

	plan->touch = touch;
	plan->part = arena_new(&p->arena, n, sizeof(*plan->part));
	num_weights_init(&plan->weights, weight, n);
	plan->value = arena_new(&p->arena, n, sizeof(*plan->value));
	num_share_by(&plan->weights, NUM_MICROS, plan->part);
	for (plan->like = all; plan->like < plan; plan->like++)
		if (plan->like->touch != NULL && alike(&plan->like->weights, &plan->weights))
			break;
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
