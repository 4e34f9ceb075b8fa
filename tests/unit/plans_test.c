/* plans: a path's shares by its shape are those that its weights give */
#include <lead/domain/credit/plans.h>

#include "tap.h"

enum { MODELS = 9, MOST = 14 };

static uint64_t seed = 88172645463325252U;

static uint64_t
below(uint64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % n;
}

/* Small and large, above and below zero. */
static int64_t
amount(void)
{
	int64_t whole = (int64_t)(seed >> below(63) & INT64_MAX);

	return below(4) == 0 ? -whole : whole;
}

static void
path_of(struct model_path *p, uint32_t n)
{
	p->n = n;
	for (unsigned r = 0; r < MODEL_ROLES; r++)
		p->role[r] = below(3) == 0 ? MODEL_ABSENT : (uint32_t)below(n);
}

/* Is a path's plan by a model what the model makes of it? */
static bool
is_planned(struct model *m, const struct model_path *p, const struct plan *plan)
{
	uint32_t touch[MOST + MODEL_ROLES];
	int64_t weight[MOST + MODEL_ROLES], share[MOST + MODEL_ROLES], whole = amount();
	size_t n = model_weigh(m, p, touch, weight);

	num_share(whole, weight, share, n);
	plans_share(plan->like, whole);
	if (n != plan->weights.n || memcmp(touch, plan->touch, n * sizeof(*touch)) != 0 ||
	    memcmp(share, plan->like->value, n * sizeof(*share)) != 0)
		return false;
	num_share(NUM_MICROS, weight, share, n);
	return memcmp(share, plan->part, n * sizeof(*share)) == 0;
}

static void
test_shares(struct model **model)
{
	struct plans *plans = plans_new(model, MODELS);
	struct model_touch touch[MOST] = { 0 };
	struct model_path p = { .touch = touch, .half_us = 1 };
	int bad = 0, known = 0;

	for (int i = 0; i < 20000; i++) {
		const struct plan *plan;

		path_of(&p, 2 + (uint32_t)below(MOST - 1));
		plan = plans_get(plans, &p);
		for (size_t m = 0; plan != NULL && m < MODELS; m++) {
			bad += !is_planned(model[m], &p, &plan[m]);
			known += plan[m].like->rest != NULL;
		}
	}
	ok(bad == 0, "random amounts, over random paths, by each model");
	ok(known > 1000, "many are known by heart");
	plans_free(plans);
}

/* Weights that add up to more than is worth knowing by heart. */
static struct model *
odd_model(void)
{
	struct text argument;
	struct model *m = model_new(TEXT("custom:x"), &argument);
	struct text field[] = { TEXT("first"), TEXT("33.333333") };
	size_t bad;

	model_set_role(m, field, &bad);
	field[0] = TEXT("middle");
	field[1] = TEXT("1");
	model_set_role(m, field, &bad);
	return m;
}

int
main(void)
{
	static const char *const names[MODELS - 1] = { "first", "linear", "position", "j",
		"inverse-j", "u", "w", "full-path" };
	struct model *model[MODELS];
	struct text argument;

	for (size_t i = 0; i < MODELS - 1; i++)
		model[i] = model_new(text_of(names[i]), &argument);
	model[MODELS - 1] = odd_model();
	test_shares(model);
	for (size_t i = 0; i < MODELS; i++)
		model_free(model[i]);
	return tap_end();
}
