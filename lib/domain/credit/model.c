/* model.c - how a conversion is shared among the touches before it */
#include <lead/base/mem.h>
#include <lead/base/num.h>

#include "model_state.h"

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

#define TENTHS(f, l, o, c, m)                                                         \
	{                                                                              \
		[MODEL_FIRST] = (f), [MODEL_LEAD] = (l), [MODEL_OPP] = (o),            \
		[MODEL_CLOSE] = (c), [MODEL_MIDDLE] = (m)                              \
	}

static const struct model_kind kinds[] = {
	{ "first", "all to the first touch", "GA (first click)", model_weigh_first,
	    { 0 }, 0 },
	{ "last", "all to the last touch", "GA (last click)", model_weigh_last,
	    { 0 }, 0 },
	{ "last-non-direct", "all to the last touch that is not direct, if any",
	    "GA4 (last non-direct click)", model_weigh_last_non_direct, { 0 },
	    MODEL_TOUCHES },
	{ "linear", "every touch the same", "GA (linear)", model_weigh_linear, { 0 }, 0 },
	{ "linear-unique",
	    "every --by tuple of the path the same: the Shapley value of the game "
	    "that a set of tuples wins when it holds the path's",
	    "Shapley 1953", model_weigh_linear_unique, { 0 }, MODEL_TOUCHES },
	{ "shapley", "linear-unique by its other name", "Shapley 1953",
	    model_weigh_linear_unique, { 0 }, MODEL_TOUCHES },
	{ "time-decay", "2^(-age/half-life)", "GA (time decay)",
	    model_weigh_time_decay, { 0 }, MODEL_TIMES | MODEL_TOUCHES },
	{ "position", "40 first, 40 last, 20 between (--position)", "GA (position based)",
	    model_weigh_position, TENTHS(400, 0, 0, 400, 200), MODEL_POSITIONS },
	{ "j", "20 first, 60 last, 20 between", "HubSpot (J-shaped)",
	    model_weigh_position, TENTHS(200, 0, 0, 600, 200), 0 },
	{ "inverse-j", "60 first, 20 last, 20 between", "HubSpot (inverse J-shaped)",
	    model_weigh_position, TENTHS(600, 0, 0, 200, 200), 0 },
	{ "u", "40 first, 40 lead, 20 others", "HubSpot (U-shaped)", model_weigh_roles,
	    TENTHS(400, 400, 0, 0, 200), MODEL_TIMES },
	{ "w", "30 first, 30 lead, 30 opp, 10 others", "HubSpot (W-shaped)",
	    model_weigh_roles, TENTHS(300, 300, 300, 0, 100), MODEL_TIMES },
	{ "full-path", "22.5 first, lead, opp and close, 10 others",
	    "HubSpot (full path)", model_weigh_roles, TENTHS(225, 225, 225, 225, 100),
	    MODEL_TIMES },
	{ "markov", "each touch by what its tuple's removal from the Markov chain of all "
	    "paths costs, in closed form", "Anderl et al. 2016", model_weigh_effects,
	    { 0 }, MODEL_CHAIN },
	{ "markov:ORDER", "the same, a state being the last ORDER tuples, 1 to 9",
	    "Anderl et al. 2016", model_weigh_effects, { 0 }, MODEL_CHAIN },
	{ "custom:FILE", "a table of role and weight over first lead mql sql opp close "
	    "middle", "yours", model_weigh_roles, { 0 }, MODEL_TIMES | MODEL_FILE },
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

const char *
model_role_name(unsigned part)
{
	return parts[part];
}

/* Names agree up to the colon, and both have one or neither. */
static bool
named(const struct model_kind *k, struct text name)
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
	if (p->n == p->window && m->kind->weigh != model_weigh_roles)
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
