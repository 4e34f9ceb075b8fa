/* walks.c - how often paths went from which state to which: a Markov chain */
#include <stdlib.h>

#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/credit/walks.h>

enum { EDGES_MAX = 1 << 26, NAMES_MAX = 1 << 22 };

struct state {
	num_wide starts, conversions, value, nulls;
};

struct edge {
	uint32_t from, to;
	num_wide count;
};

struct walks {
	uint32_t order;
	struct map *states, *edges;
	struct state *state;
	uint32_t *name; /* order of each state, filled up with WALKS_NONE */
	struct edge *edge;
	size_t state_cap, edge_cap;
	uint32_t *path; /* scratch: one path without equal neighbours */
	size_t path_cap;
};

static const char range[] = "the sum is out of range";

struct walks *
walks_new(uint32_t order)
{
	struct walks *w = mem_new(1, sizeof(*w));

	w->order = order;
	w->states = map_new();
	w->edges = map_new();
	return w;
}

void
walks_free(struct walks *w)
{
	if (w == NULL)
		return;
	map_free(w->states);
	map_free(w->edges);
	mem_free(w->state);
	mem_free(w->name);
	mem_free(w->edge);
	mem_free(w->path);
	mem_free(w);
}

/* The state of n names, at most the order; WALKS_NONE when there are too many. */
static uint32_t
state_of(struct walks *w, const uint32_t *name, size_t n)
{
	uint32_t key[WALKS_ORDER_MAX], s;
	bool added;

	for (size_t i = 0; i < w->order; i++)
		key[i] = i < n ? name[i] : WALKS_NONE;
	s = map_add(w->states,
	    hash_text((struct text){ (const char *)key, w->order * sizeof(*key) }), &added);
	if (!added)
		return s < WALKS_STATES_MAX ? s : WALKS_NONE;
	if (s >= WALKS_STATES_MAX)
		return WALKS_NONE;
	if (s >= w->state_cap) {
		w->state = mem_grow(w->state, &w->state_cap, (size_t)s + 1,
		    sizeof(*w->state), WALKS_STATES_MAX, "states of a chain");
		w->name = mem_resize(w->name, w->state_cap, w->order * sizeof(*w->name));
	}
	w->state[s] = (struct state){ 0 };
	memcpy(w->name + (size_t)s * w->order, key, w->order * sizeof(*key));
	return s;
}

static struct edge *
edge_of(struct walks *w, uint32_t from, uint32_t to)
{
	uint32_t key[2] = { from, to }, e;
	bool added;

	e = map_add(w->edges, hash_text((struct text){ (const char *)key, sizeof(key) }),
	    &added);
	if (!added)
		return &w->edge[e];
	if (e >= w->edge_cap)
		w->edge = mem_grow(w->edge, &w->edge_cap, (size_t)e + 1,
		    sizeof(*w->edge), EDGES_MAX, "transitions of a chain");
	w->edge[e] = (struct edge){ from, to, 0 };
	return &w->edge[e];
}

static bool
add(num_wide *sum, num_wide more)
{
	return !__builtin_add_overflow(*sum, more, sum);
}

/* Equal neighbours are one. */
static size_t
collapse(struct walks *w, const uint32_t *name, size_t n)
{
	size_t k = 0;

	if (n > w->path_cap)
		w->path = mem_grow(w->path, &w->path_cap, n, sizeof(*w->path), NAMES_MAX,
		    "names of one path");
	for (size_t i = 0; i < n; i++)
		if (k == 0 || w->path[k - 1] != name[i])
			w->path[k++] = name[i];
	return k;
}

static const char *
too_many(void)
{
	return "a chain of more than 20000 states: --by fewer names, or a lower order";
}

const char *
walks_add(struct walks *w, const uint32_t *name, size_t n, const struct walks_end *end)
{
	size_t k = collapse(w, name, n), windows = k > w->order ? k - w->order : 0;
	num_wide walks = end->conversions;
	uint32_t s = state_of(w, w->path, k < w->order ? k : w->order), next;
	struct state *last;

	if (!add(&walks, end->nulls))
		return range;
	if (s != WALKS_NONE && !add(&w->state[s].starts, walks))
		return range;
	for (size_t i = 1; i <= windows && s != WALKS_NONE; i++, s = next) {
		next = state_of(w, w->path + i, w->order);
		if (next != WALKS_NONE && !add(&edge_of(w, s, next)->count, walks))
			return range;
	}
	if (s == WALKS_NONE)
		return too_many();
	last = &w->state[s];
	return add(&last->conversions, end->conversions) && add(&last->value, end->value) &&
	    add(&last->nulls, end->nulls) ? NULL : range;
}

/* --- parts --- */

static size_t
names_of(const struct walks *w, uint32_t s, uint32_t *name)
{
	size_t n = 0;

	for (; n < w->order && w->name[(size_t)s * w->order + n] != WALKS_NONE; n++)
		name[n] = w->name[(size_t)s * w->order + n];
	return n;
}

bool
walks_get(const struct walks *w, size_t i, struct walks_count *c)
{
	size_t ends = 3 * (size_t)map_count(w->states);
	const struct state *s;

	c->value = 0;
	if (i >= ends) {
		const struct edge *e = &w->edge[i - ends];

		if (i - ends >= map_count(w->edges))
			return false;
		c->kind = WALKS_STEP;
		c->n = names_of(w, e->from, c->name);
		c->name[c->n++] = w->name[(size_t)e->to * w->order + w->order - 1];
		c->count = e->count;
		return true;
	}
	s = &w->state[i / 3];
	c->n = names_of(w, (uint32_t)(i / 3), c->name);
	c->kind = i % 3 == 0 ? WALKS_START : i % 3 == 1 ? WALKS_CONVERSION : WALKS_NULL;
	c->count = i % 3 == 0 ? s->starts : i % 3 == 1 ? s->conversions : s->nulls;
	if (c->kind == WALKS_CONVERSION)
		c->value = s->value;
	return true;
}

static const char *
put_step(struct walks *w, const struct walks_count *c)
{
	uint32_t from, to;

	if (c->n != w->order + 1)
		return "not a step of this model's order";
	from = state_of(w, c->name, w->order);
	to = state_of(w, c->name + 1, w->order);
	if (from == WALKS_NONE || to == WALKS_NONE)
		return too_many();
	return add(&edge_of(w, from, to)->count, c->count) ? NULL : range;
}

const char *
walks_put(struct walks *w, const struct walks_count *c)
{
	uint32_t s;

	if (c->kind == WALKS_STEP)
		return put_step(w, c);
	if (c->n == 0 || c->n > w->order)
		return "not a state of this model's order";
	if ((s = state_of(w, c->name, c->n)) == WALKS_NONE)
		return too_many();
	if (c->kind == WALKS_START)
		return add(&w->state[s].starts, c->count) ? NULL : range;
	if (c->kind == WALKS_NULL)
		return add(&w->state[s].nulls, c->count) ? NULL : range;
	return add(&w->state[s].conversions, c->count) &&
	    add(&w->state[s].value, c->value) ? NULL : range;
}

/* --- effects: everything in the order of the names' bytes --- */

struct order {
	const struct walks *w;
	num_wide unit;
	const struct dict *names;
	uint32_t *rank;  /* of a name by its number; WALKS_NONE: in no state */
	uint32_t *state; /* in order */
	uint32_t *place; /* of each state */
};

static int
compare_names(const void *a, const void *b, void *names)
{
	return text_compare(dict_text(names, *(const uint32_t *)a),
	    dict_text(names, *(const uint32_t *)b));
}

/* The names of all states, sorted, and their ranks. */
static void
rank_names(struct order *o, struct walks_effects *out)
{
	size_t cells = (size_t)map_count(o->w->states) * o->w->order;
	size_t known = dict_count(o->names);

	o->rank = mem_raw(known, sizeof(*o->rank));
	memset(o->rank, 0xff, known * sizeof(*o->rank)); /* WALKS_NONE */
	out->name = mem_raw(cells, sizeof(*out->name));
	out->n = 0;
	for (size_t i = 0; i < cells; i++) {
		uint32_t name = o->w->name[i];

		if (name == WALKS_NONE || o->rank[name] != WALKS_NONE)
			continue;
		o->rank[name] = 0;
		out->name[out->n++] = name;
	}
	qsort_r(out->name, out->n, sizeof(*out->name), compare_names, (void *)o->names);
	for (size_t i = 0; i < out->n; i++)
		o->rank[out->name[i]] = (uint32_t)i;
}

static uint32_t
channel_at(const struct order *o, uint32_t state, uint32_t i)
{
	uint32_t name = o->w->name[(size_t)state * o->w->order + i];

	return name == WALKS_NONE ? REMOVAL_NONE : o->rank[name];
}

static int
compare_states(const void *a, const void *b, void *order)
{
	const struct order *o = order;

	for (uint32_t i = 0; i < o->w->order; i++) {
		uint32_t x = channel_at(o, *(const uint32_t *)a, i);
		uint32_t y = channel_at(o, *(const uint32_t *)b, i);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

static void
rank_states(struct order *o)
{
	uint32_t n = map_count(o->w->states);

	o->state = mem_raw(n, sizeof(*o->state));
	o->place = mem_raw(n, sizeof(*o->place));
	for (uint32_t i = 0; i < n; i++)
		o->state[i] = i;
	qsort_r(o->state, n, sizeof(*o->state), compare_states, o);
	for (uint32_t i = 0; i < n; i++)
		o->place[o->state[i]] = i;
}

static int
compare_edges(const void *a, const void *b)
{
	const struct removal_edge *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

/* A whole count comes out the same whatever the unit. */
static double
amount(const struct order *o, num_wide count)
{
	return (double)(count / o->unit) + (double)(count % o->unit) / (double)o->unit;
}

/* Edges that nobody walked are none: a row of a table may count nothing. */
static size_t
fill_edges(const struct order *o, struct removal_edge *edge)
{
	uint32_t all = map_count(o->w->edges);
	size_t n = 0;

	for (uint32_t i = 0; i < all; i++) {
		const struct edge *e = &o->w->edge[i];

		if (e->count > 0)
			edge[n++] = (struct removal_edge){ o->place[e->from],
				o->place[e->to], amount(o, e->count) };
	}
	qsort(edge, n, sizeof(*edge), compare_edges);
	return n;
}

static void
fill_states(const struct order *o, struct removal_state *state, uint32_t *channel)
{
	for (uint32_t i = 0; i < map_count(o->w->states); i++) {
		const struct state *s = &o->w->state[o->state[i]];

		state[i] = (struct removal_state){ amount(o, s->starts),
			amount(o, s->conversions), amount(o, s->nulls),
			amount(o, s->value) };
		for (uint32_t k = 0; k < o->w->order; k++)
			channel[(size_t)i * o->w->order + k] =
			    channel_at(o, o->state[i], k);
	}
}

void
walks_effects(const struct walks *w, const struct dict *names, num_wide unit,
    struct walks_effects *out)
{
	struct order o = { .w = w, .unit = unit, .names = names };
	uint32_t n = map_count(w->states);
	struct removal_state *state = mem_new(n, sizeof(*state));
	uint32_t *channel = mem_new(n, w->order * sizeof(*channel));
	struct removal_edge *edge = mem_new(map_count(w->edges), sizeof(*edge));
	struct removal_chain c = { .nstates = n, .order = w->order, .state = state,
		.channel = channel, .edge = edge };

	rank_names(&o, out);
	rank_states(&o);
	fill_states(&o, state, channel);
	c.nedges = fill_edges(&o, edge);
	c.nchannels = (uint32_t)out->n;
	out->without = mem_new(out->n + 1, sizeof(*out->without));
	removal_effects(&c, out->without);
	mem_free(o.rank);
	mem_free(o.state);
	mem_free(o.place);
	mem_free(state);
	mem_free(channel);
	mem_free(edge);
}

void
walks_effects_clear(struct walks_effects *e)
{
	mem_free(e->name);
	mem_free(e->without);
}
