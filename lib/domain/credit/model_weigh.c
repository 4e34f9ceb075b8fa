/* model_weigh.c - the weights of the touches of one path, by each way to weigh */
#include <lead/base/decay.h>
#include <lead/base/mem.h>

#include "model_state.h"

/* The touch alone earns. */
static size_t
single(uint32_t i, uint32_t *touch, int64_t *weight)
{
	touch[0] = i;
	weight[0] = 1;
	return 1;
}

size_t
model_weigh_first(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	(void)m;
	return single(p->window, touch, weight);
}

size_t
model_weigh_last(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	(void)m;
	return single(p->n - 1, touch, weight);
}

size_t
model_weigh_last_non_direct(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	(void)m;
	for (uint32_t i = p->n; i-- > p->window;)
		if (!p->touch[i].direct)
			return single(i, touch, weight);
	return single(p->n - 1, touch, weight);
}

size_t
model_weigh_linear(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	size_t k = 0;

	(void)m;
	for (uint32_t i = p->window; i < p->n; i++, k++) {
		touch[k] = i;
		weight[k] = 1;
	}
	return k;
}

/* Is this the first touch of its tuple in the path? */
static bool
unseen(struct model *m, uint32_t tuple)
{
	size_t cap = m->seen_cap;

	if (tuple >= cap) {
		m->seen = mem_grow(m->seen, &m->seen_cap, (size_t)tuple + 1,
		    sizeof(*m->seen), (size_t)1 << 31, "distinct names");
		memset(m->seen + cap, 0, (m->seen_cap - cap) * sizeof(*m->seen));
	}
	if (m->seen[tuple] == m->paths)
		return false;
	m->seen[tuple] = m->paths;
	return true;
}

/* A tuple's share stands at its first touch. */
size_t
model_weigh_linear_unique(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	size_t k = 0;

	if (++m->paths == 0) { /* 2^32 paths: the marks start anew */
		memset(m->seen, 0, m->seen_cap * sizeof(*m->seen));
		m->paths = 1;
	}
	for (uint32_t i = p->window; i < p->n; i++)
		if (unseen(m, p->touch[i].tuple)) {
			touch[k] = i;
			weight[k++] = 1;
		}
	return k;
}

/*
 * Ages count from the newest touch: the common factor 2^(-age of it) falls out
 * when shares are taken, and the newest always weighs 1. Weights lose the bits
 * that a sum of n of them could carry past 2^62.
 */
size_t
model_weigh_time_decay(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	int64_t newest = p->touch[p->n - 1].at_us;
	size_t k = 0;
	int spare = 1;

	while ((p->n - p->window) >> spare != 0)
		spare++;
	for (uint32_t i = p->window; i < p->n; i++) {
		int64_t w = decay_weight(newest - p->touch[i].at_us, p->half_us) >> spare;

		if (w > 0) {
			touch[k] = i;
			weight[k++] = w;
		}
	}
	m->faded += k == 1 && p->n - p->window > 1;
	return k;
}

/* m/(n-2) is no integer, so the ends are multiplied by n-2 instead. Two touches
 * between which only the middle has weight share evenly. */
size_t
model_weigh_position(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	int64_t inner = (int64_t)(p->n - p->window) - 2;
	size_t k = 0;

	if (inner < 0)
		return single(p->window, touch, weight);
	for (uint32_t i = p->window; i < p->n; i++) {
		int64_t w = m->weight[MODEL_MIDDLE];

		if (i == p->window || i == p->n - 1)
			w = m->weight[i == p->window ? MODEL_FIRST : MODEL_CLOSE] *
			    (inner > 0 ? inner : 1);
		if (w > 0) {
			touch[k] = i;
			weight[k++] = w;
		}
	}
	return k > 0 ? k : model_weigh_linear(m, p, touch, weight);
}

/* The roles' holders that are too old for the window, ascending, with the sum of
 * their roles' weights. */
static size_t
gather_old(const struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	size_t k = 0;

	for (unsigned r = 0; r < MODEL_ROLES; r++) {
		size_t at = k;

		if (m->weight[r] == 0 || p->role[r] >= p->window)
			continue; /* no role here, in the window, or absent */
		while (at > 0 && touch[at - 1] > p->role[r])
			at--;
		if (at > 0 && touch[at - 1] == p->role[r]) {
			weight[at - 1] += m->weight[r];
			continue;
		}
		memmove(touch + at + 1, touch + at, (k - at) * sizeof(*touch));
		memmove(weight + at + 1, weight + at, (k - at) * sizeof(*weight));
		touch[at] = p->role[r];
		weight[at] = m->weight[r];
		k++;
	}
	return k;
}

/* The weights of the roles in the window, 0 where a touch holds none; how many
 * hold none. */
static int64_t
weigh_window(const struct model *m, const struct model_path *p, int64_t *weight)
{
	int64_t middle = (int64_t)p->n - p->window;

	memset(weight, 0, (size_t)middle * sizeof(*weight));
	for (unsigned r = 0; r < MODEL_ROLES; r++) {
		int64_t *w;

		if (m->weight[r] == 0 || p->role[r] == MODEL_ABSENT ||
		    p->role[r] < p->window)
			continue;
		w = &weight[p->role[r] - p->window];
		middle -= *w == 0;
		*w += m->weight[r];
	}
	return middle;
}

/*
 * A role nobody holds and a middle without touches are left out: shares are
 * taken of what is there, so their part goes to the others pro rata. Where
 * nothing is left the path is shared evenly.
 */
size_t
model_weigh_roles(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	size_t old = p->window > 0 ? gather_old(m, p, touch, weight) : 0;
	int64_t middle = weigh_window(m, p, weight + old);
	int64_t scale = middle > 0 ? middle : 1;
	size_t n = old + (p->n - p->window), kept = 0;

	for (size_t i = 0; i < n; i++) {
		int64_t w = weight[i] == 0 ? m->weight[MODEL_MIDDLE] : weight[i] * scale;

		if (w == 0)
			continue;
		touch[kept] = i < old ? touch[i] : p->window + (uint32_t)(i - old);
		weight[kept++] = w;
	}
	if (kept > 0 || p->n == p->window)
		return kept;
	return model_weigh_linear(m, p, touch, weight);
}

/* Effects of zero, or none known yet: every touch the same. */
size_t
model_weigh_effects(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	size_t k = 0;

	for (uint32_t i = p->window; i < p->n; i++) {
		uint32_t tuple = p->touch[i].tuple;

		if (tuple < m->neffects && m->effect[tuple] > 0) {
			touch[k] = i;
			weight[k++] = m->effect[tuple];
		}
	}
	return k > 0 ? k : model_weigh_linear(m, p, touch, weight);
}
