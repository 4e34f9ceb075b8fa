/* chains.c - credit by removal from the Markov chains of models and milestones */
#include <lead/base/mem.h>
#include <lead/domain/credit/atto.h>

#include "chains_state.h"

enum { CHAINS_MAX = 1 << 16, OWED_MAX = 1 << 26, FIELDS_MAX = 1 << 20 };

static const num_wide PER_MICRO = 1000000000000;
static const long double WHOLE = 1152921504606846976.0L; /* 2^60: weights sum to it */

const char chains_range[] = "the sum is out of range";

struct chains *
chains_new(struct tally *t, enum tally_unit unit, struct dict *names, const bool *touch,
    size_t nby)
{
	struct chains *c = mem_new(1, sizeof(*c));

	c->tally = t;
	c->unit = unit;
	c->names = names;
	c->touch = touch;
	c->nby = nby;
	c->keys = dict_new();
	c->map = map_new();
	buf_init(&c->text, FIELDS_MAX, "a --by tuple of a chain");
	buf_init(&c->name, FIELDS_MAX, "a --by tuple of a chain");
	return c;
}

void
chains_free(struct chains *c)
{
	if (c == NULL)
		return;
	for (uint32_t i = 0; i < dict_count(c->keys); i++) {
		walks_free(c->chain[i].walks);
		walks_effects_clear(&c->chain[i].effects);
		mem_free(c->chain[i].weight);
		mem_free(c->chain[i].value_weight);
		mem_free(c->chain[i].by_number);
	}
	dict_free(c->keys);
	map_free(c->map);
	mem_free(c->chain);
	mem_free(c->owed);
	buf_clear(&c->text);
	buf_clear(&c->name);
	mem_free(c);
}

uint32_t
chains_number(struct chains *c, struct text model, uint32_t order, struct text milestone)
{
	struct text key;
	uint32_t n;

	c->text.len = 0;
	buf_put(&c->text, model);
	buf_byte(&c->text, '\t');
	buf_put(&c->text, milestone);
	n = dict_get(c->keys, buf_text(&c->text));
	if (n != DICT_NONE)
		return n;
	n = dict_add(c->keys, buf_text(&c->text));
	if (n >= c->cap)
		c->chain = mem_grow(c->chain, &c->cap, (size_t)n + 1, sizeof(*c->chain),
		    CHAINS_MAX, "models and milestones");
	key = dict_text(c->keys, n);
	c->chain[n] = (struct chain){ .walks = walks_new(order) };
	c->chain[n].model = text_head(key, model.len);
	c->chain[n].milestone = text_from(key, model.len + 1);
	return n;
}

const char *
chains_walk(struct chains *c, uint32_t chain, const uint32_t *name, size_t n,
    const struct walks_end *end)
{
	return walks_add(c->chain[chain].walks, name, n, end);
}

bool
chains_owe(struct chains *c, uint32_t chain, uint32_t slice, uint32_t tuple,
    const num_wide figure[2])
{
	uint32_t key[3] = { chain, slice, tuple }, o;
	bool added;

	o = map_add(c->map, hash_text((struct text){ (const char *)key, sizeof(key) }),
	    &added);
	if (o >= c->owed_cap)
		c->owed = mem_grow(c->owed, &c->owed_cap, (size_t)o + 1,
		    sizeof(*c->owed), OWED_MAX, "sums to share");
	if (added)
		c->owed[o] = (struct owed){ chain, slice, tuple, { 0, 0 } };
	return !__builtin_add_overflow(c->owed[o].figure[0], figure[0],
	           &c->owed[o].figure[0]) &&
	    !__builtin_add_overflow(c->owed[o].figure[1], figure[1], &c->owed[o].figure[1]);
}

/* --- weights --- */

/* Parts of 2^60; false when none is above 0 or one is below. */
static bool
scale(const long double *part, size_t n, int64_t *weight)
{
	long double sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (part[i] < 0)
			return false;
		sum += part[i];
	}
	for (size_t i = 0; i < n && sum > 0; i++)
		weight[i] = (int64_t)(part[i] / sum * WHOLE);
	return sum > 0;
}

static void
weigh(struct chain *h, const struct chains *c)
{
	const struct walks_effects *e = &h->effects;
	long double *part;

	if (h->weight != NULL)
		return;
	walks_effects(h->walks, c->names, c->unit == TALLY_MICROS ? 1 : PER_MICRO,
	    &h->effects);
	h->weight = mem_new(e->n + 1, sizeof(*h->weight));
	h->value_weight = mem_new(e->n + 1, sizeof(*h->value_weight));
	part = mem_new(e->n + 1, sizeof(*part));
	for (size_t i = 0; i < e->n; i++)
		part[i] = e->without[i].lost;
	h->shared = scale(part, e->n, h->weight);
	for (size_t i = 0; i < e->n; i++)
		part[i] = e->without[i].lost_value;
	h->value_shared = scale(part, e->n, h->value_weight);
	mem_free(part);
	/* Refunds can make a channel cost money: then value goes as conversions do. */
	if (!h->value_shared)
		memcpy(h->value_weight, h->weight, e->n * sizeof(*h->weight));
	h->value_shared |= h->shared;
}

const int64_t *
chains_effects(struct chains *c, uint32_t chain, size_t *n)
{
	struct chain *h = &c->chain[chain];

	*n = dict_count(c->names);
	if (h->by_number != NULL)
		return h->by_number;
	weigh(h, c);
	h->by_number = mem_new(*n + 1, sizeof(*h->by_number));
	for (size_t i = 0; i < h->effects.n; i++)
		h->by_number[h->effects.name[i]] = h->weight[i] >> 22;
	return h->by_number;
}

/* --- sharing --- */

/* The fields of an owed tuple, those of touches taken from `name`. */
static struct text
filled(struct chains *c, struct text tuple, struct text name)
{
	struct text cell = TEXT_NONE, mine = TEXT_NONE;

	c->text.len = 0;
	for (size_t i = 0; i < c->nby; i++) {
		text_next(&tuple, '\t', &cell);
		if (c->touch[i])
			text_next(&name, '\t', &mine);
		if (i > 0)
			buf_byte(&c->text, '\t');
		buf_put(&c->text, c->touch[i] ? mine : cell);
	}
	return buf_text(&c->text);
}

static bool
book(struct chains *c, const struct owed *o, struct text tuple, const num_wide figure[2])
{
	uint32_t model = tally_model(c->tally, c->chain[o->chain].model);

	return tally_add(c->tally, model,
	    tally_cell(c->tally, o->slice, tally_tuple(c->tally, tuple)), figure);
}

/* A figure in micros over the effects, by largest remainder; of nobody, none. */
static void
share(const struct chains *c, num_wide figure, const int64_t *weight, size_t n,
    num_wide *out)
{
	struct atto_rest *rest = mem_new(n + 1, sizeof(*rest));
	bool micros = c->unit == TALLY_MICROS;

	atto_share(micros ? figure : atto_round(figure), weight, out, n, rest);
	for (size_t i = 0; i < n && !micros; i++)
		out[i] *= PER_MICRO;
	mem_free(rest);
}

/* Where no removal costs anything nobody can be named. */
static bool
book_nobody(struct chains *c, const struct owed *o)
{
	struct text tuple = dict_text(tally_tuples(c->tally), o->tuple);
	struct text cell = TEXT_NONE;

	c->text.len = 0;
	for (size_t i = 0; i < c->nby; i++) {
		if (i > 0)
			buf_byte(&c->text, '\t');
		text_next(&tuple, '\t', &cell);
		buf_put(&c->text, TEXT("(unattributed)"));
	}
	return book(c, o, buf_text(&c->text), o->figure);
}

static bool
settle(struct chains *c, const struct owed *o)
{
	struct chain *h = &c->chain[o->chain];
	struct text tuple = dict_text(tally_tuples(c->tally), o->tuple);
	size_t n;
	num_wide *part[2];
	bool good = true;

	weigh(h, c);
	if (!h->shared && !h->value_shared)
		return book_nobody(c, o);
	n = h->effects.n;
	part[0] = mem_new(n, sizeof(*part[0]));
	part[1] = mem_new(n, sizeof(*part[1]));
	share(c, o->figure[0], h->shared ? h->weight : h->value_weight, n, part[0]);
	share(c, o->figure[1], h->value_weight, n, part[1]);
	for (size_t i = 0; i < n && good; i++)
		if (part[0][i] != 0 || part[1][i] != 0)
			good = book(c, o,
			    filled(c, tuple, dict_text(c->names, h->effects.name[i])),
			    (num_wide[2]){ part[0][i], part[1][i] });
	mem_free(part[0]);
	mem_free(part[1]);
	return good;
}

const char *
chains_settle(struct chains *c)
{
	for (uint32_t i = 0; i < map_count(c->map); i++)
		if (!settle(c, &c->owed[i]))
			return chains_range;
	return NULL;
}

static num_wide
atto_of(long double part)
{
	return (num_wide)(part * 1e15L + (part < 0 ? -.5L : .5L)) * 1000;
}

/* Row k of a chain's effects, after the last that of nothing removed. */
static void
put_effect(struct chains *c, struct tally *t, const struct chain *h, size_t k)
{
	const struct walks_effects *e = &h->effects;
	const struct removal_effect *x = &e->without[k];
	num_wide figure[4] = { atto_of(x->conversions), atto_of(x->value),
		atto_of(x->lost), atto_of(x->lost_value) };
	struct text tuple = TEXT_NONE;

	c->text.len = 0;
	for (size_t b = 0; b < c->nby; b++)
		if (c->touch[b])
			buf_string(&c->text, c->text.len > 0 ? "\t" CHAINS_ALL : CHAINS_ALL);
	tuple = k < e->n ? dict_text(c->names, e->name[k]) : buf_text(&c->text);
	tally_add(t, tally_model(t, h->model),
	    tally_cell(t, tally_slice(t, h->milestone), tally_tuple(t, tuple)), figure);
}

struct tally *
chains_removal(struct chains *c)
{
	struct tally *t = tally_new(4);

	for (uint32_t i = 0; i < dict_count(c->keys); i++) {
		weigh(&c->chain[i], c);
		for (size_t k = 0; k <= c->chain[i].effects.n; k++)
			put_effect(c, t, &c->chain[i], k);
	}
	return t;
}
