/* model.c - how a conversion is shared among the touches before it */
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/decay.h>
#include <lead/domain/model.h>

/* A line of the table: all that tells one model from the next. */
struct kind {
	const char *name;
	const char *definition, *source;
	size_t (*weigh)(struct model *, const struct model_path *, uint32_t *, int64_t *);
	int64_t weight[MODEL_PARTS];
	unsigned needs;
};

struct model {
	const struct kind *kind;
	char *name;
	int64_t weight[MODEL_PARTS];
	unsigned given; /* parts that model_set_role() set, by bit */
	uint32_t *seen; /* last path that had a tuple, by tuple number */
	size_t seen_cap;
	uint32_t paths;
	uint32_t order;
	const int64_t *effect; /* by tuple number, borrowed */
	size_t neffects;
	uint64_t faded;
};

static const char *const parts[MODEL_PARTS] = {
	[MODEL_FIRST] = "first",
	[MODEL_LEAD] = "lead",
	[MODEL_MQL] = "mql",
	[MODEL_SQL] = "sql",
	[MODEL_OPP] = "opp",
	[MODEL_CLOSE] = "close",
	[MODEL_MIDDLE] = "middle",
};

bool
model_is_direct(struct text name)
{
	static const char *const names[] = { "direct", "Direct", "(direct)",
		"(direct) / (none)" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

/* The touch alone earns. */
static size_t
single(uint32_t i, uint32_t *touch, int64_t *weight)
{
	touch[0] = i;
	weight[0] = 1;
	return 1;
}

static size_t
weigh_first(struct model *m, const struct model_path *p, uint32_t *touch, int64_t *weight)
{
	(void)m;
	return single(p->window, touch, weight);
}

static size_t
weigh_last(struct model *m, const struct model_path *p, uint32_t *touch, int64_t *weight)
{
	(void)m;
	return single(p->n - 1, touch, weight);
}

static size_t
weigh_last_non_direct(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight)
{
	(void)m;
	for (uint32_t i = p->n; i-- > p->window;)
		if (!p->touch[i].direct)
			return single(i, touch, weight);
	return single(p->n - 1, touch, weight);
}

static size_t
weigh_linear(struct model *m, const struct model_path *p, uint32_t *touch,
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
static size_t
weigh_linear_unique(struct model *m, const struct model_path *p, uint32_t *touch,
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
static size_t
weigh_time_decay(struct model *m, const struct model_path *p, uint32_t *touch,
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
static size_t
weigh_position(struct model *m, const struct model_path *p, uint32_t *touch,
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
	return k > 0 ? k : weigh_linear(m, p, touch, weight);
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
static size_t
weigh_roles(struct model *m, const struct model_path *p, uint32_t *touch, int64_t *weight)
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
	return weigh_linear(m, p, touch, weight);
}

/* Effects of zero, or none known yet: every touch the same. */
static size_t
weigh_effects(struct model *m, const struct model_path *p, uint32_t *touch,
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
	return k > 0 ? k : weigh_linear(m, p, touch, weight);
}

#define TENTHS(f, l, o, c, m)                                                         \
	{                                                                              \
		[MODEL_FIRST] = (f), [MODEL_LEAD] = (l), [MODEL_OPP] = (o),            \
		[MODEL_CLOSE] = (c), [MODEL_MIDDLE] = (m)                              \
	}

static const struct kind kinds[] = {
	{ "first", "all to the first touch", "GA (first click)", weigh_first, { 0 }, 0 },
	{ "last", "all to the last touch", "GA (last click)", weigh_last, { 0 }, 0 },
	{ "last-non-direct", "all to the last touch that is not direct, if any",
	    "GA4 (last non-direct click)", weigh_last_non_direct, { 0 },
	    MODEL_TOUCHES },
	{ "linear", "every touch the same", "GA (linear)", weigh_linear, { 0 }, 0 },
	{ "linear-unique",
	    "every --by tuple of the path the same: the Shapley value of the game "
	    "that a set of tuples wins when it holds the path's",
	    "Shapley 1953", weigh_linear_unique, { 0 }, MODEL_TOUCHES },
	{ "shapley", "linear-unique by its other name", "Shapley 1953",
	    weigh_linear_unique, { 0 }, MODEL_TOUCHES },
	{ "time-decay", "2^(-age/half-life)", "GA (time decay)", weigh_time_decay, { 0 },
	    MODEL_TIMES | MODEL_TOUCHES },
	{ "position", "40 first, 40 last, 20 between (--position)", "GA (position based)",
	    weigh_position, TENTHS(400, 0, 0, 400, 200), MODEL_POSITIONS },
	{ "j", "20 first, 60 last, 20 between", "HubSpot (J-shaped)", weigh_position,
	    TENTHS(200, 0, 0, 600, 200), 0 },
	{ "inverse-j", "60 first, 20 last, 20 between", "HubSpot (inverse J-shaped)",
	    weigh_position, TENTHS(600, 0, 0, 200, 200), 0 },
	{ "u", "40 first, 40 lead, 20 others", "HubSpot (U-shaped)", weigh_roles,
	    TENTHS(400, 400, 0, 0, 200), MODEL_TIMES },
	{ "w", "30 first, 30 lead, 30 opp, 10 others", "HubSpot (W-shaped)", weigh_roles,
	    TENTHS(300, 300, 300, 0, 100), MODEL_TIMES },
	{ "full-path", "22.5 first, lead, opp and close, 10 others",
	    "HubSpot (full path)", weigh_roles, TENTHS(225, 225, 225, 225, 100),
	    MODEL_TIMES },
	{ "markov", "each touch by what its tuple's removal from the Markov chain of all "
	    "paths costs, in closed form", "Anderl et al. 2016", weigh_effects, { 0 },
	    MODEL_CHAIN },
	{ "markov:ORDER", "the same, a state being the last ORDER tuples, 1 to 9",
	    "Anderl et al. 2016", weigh_effects, { 0 }, MODEL_CHAIN },
	{ "custom:FILE", "a table of role and weight over first lead mql sql opp close "
	    "middle", "yours", weigh_roles, { 0 }, MODEL_TIMES | MODEL_FILE },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

const char *
model_role_name(unsigned part)
{
	return parts[part];
}

/* Names agree up to the colon, and both have one or neither. */
static bool
named(const struct kind *k, struct text name)
{
	struct text known = text_of(k->name);
	ptrdiff_t colon = text_find(known, ':');

	if (colon < 0)
		return text_equal(known, name);
	return name.len > (size_t)colon + 1 &&
	    text_equal(text_head(known, (size_t)colon + 1),
	        text_head(name, (size_t)colon + 1));
}

struct model *
model_new(struct text name, struct text *argument)
{
	struct model *m;
	size_t i = 0;

	while (i < KINDS && !named(&kinds[i], name))
		i++;
	if (i == KINDS)
		return NULL;
	m = mem_new(1, sizeof(*m));
	m->kind = &kinds[i];
	m->name = mem_copy(name.s, name.len);
	memcpy(m->weight, kinds[i].weight, sizeof(m->weight));
	m->order = m->kind->needs & MODEL_CHAIN ? 1 : 0;
	*argument = text_from(text_of(m->name), (size_t)text_find(name, ':') + 1);
	return m;
}

void
model_free(struct model *m)
{
	if (m == NULL)
		return;
	mem_free(m->name);
	mem_free(m->seen);
	mem_free(m);
}

const char *
model_name(const struct model *m)
{
	return m->name;
}

unsigned
model_needs(const struct model *m)
{
	return m->kind->needs;
}

uint32_t
model_order(const struct model *m)
{
	return m->order;
}

const char *
model_set_order(struct model *m, struct text t)
{
	if (t.len != 1 || t.s[0] < '1' || t.s[0] > '9')
		return "an order is 1 to 9";
	m->order = (uint32_t)(t.s[0] - '0');
	return NULL;
}

uint32_t
model_order_of(struct text name)
{
	struct text argument;
	struct model *m = model_new(name, &argument);
	uint32_t order = m != NULL ? m->order : 0;

	if (order > 0 && text_find(name, ':') >= 0)
		order = model_set_order(m, argument) == NULL ? m->order : 0;
	model_free(m);
	return order;
}

void
model_set_effects(struct model *m, const int64_t *effect, size_t n)
{
	m->effect = effect;
	m->neffects = n;
}

uint64_t
model_faded(const struct model *m)
{
	return m->faded;
}

/* With 2^22 touches a sum of weights times touches stays below 2^62. */
static const char *
parse_weight(struct text t, int64_t *weight)
{
	if (num_parse(t, weight) != NUM_OK || *weight < 0)
		return "not a weight of 0 or more";
	return *weight <= 1000 * (int64_t)NUM_MICROS ? NULL : "a weight over 1000";
}

const char *
model_set_position(struct model *m, struct text t)
{
	static const unsigned order[] = { MODEL_FIRST, MODEL_MIDDLE, MODEL_CLOSE };
	struct text part;
	int64_t sum = 0;
	const char *why;

	for (size_t i = 0; i < 3; i++) {
		if (!text_next(&t, ',', &part))
			return "not three weights";
		if ((why = parse_weight(part, &m->weight[order[i]])) != NULL)
			return why;
		sum += m->weight[order[i]];
	}
	if (text_next(&t, ',', &part))
		return "not three weights";
	return sum > 0 ? NULL : "no weight at all";
}

const char *
model_set_role(void *model, const struct text *field, size_t *bad)
{
	struct model *m = model;
	unsigned part = 0;

	while (part < MODEL_PARTS && !text_is(field[0], parts[part]))
		part++;
	if (part == MODEL_PARTS)
		return "none of first, lead, mql, sql, opp, close, middle";
	if (m->given & 1u << part)
		return "a role is there twice";
	m->given |= 1u << part;
	*bad = 1;
	return parse_weight(field[1], &m->weight[part]);
}

size_t
model_weigh(struct model *m, const struct model_path *p, uint32_t *touch, int64_t *weight)
{
	if (p->n == p->window && m->kind->weigh != weigh_roles)
		return 0;
	return m->kind->weigh(m, p, touch, weight);
}

bool
model_line(size_t i, struct model_line *line)
{
	if (i >= KINDS)
		return false;
	line->name = kinds[i].name;
	line->definition = kinds[i].definition;
	line->source = kinds[i].source;
	return true;
}
