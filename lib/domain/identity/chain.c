/* chain.c - which row made which ids one, and which ids changed? */
#include <lead/base/arena.h>
#include <lead/base/mem.h>
#include <lead/base/order.h>
#include <lead/domain/identity/chain.h>

/* A row to come; rows of one lead and turn are one but for the key. */
struct item {
	struct text lead_id, surviving_id, merged_id;
	const char *rule;
	size_t turn;
	uint32_t key, with, event; /* or KEYRING_NONE */
	int64_t us;                /* or LINKS_UNDATED */
};

struct chain {
	struct chain_sources s;
	struct arena texts;
	struct item *v;
	size_t n, cap, at;
	/* While the joins are taken again, by key: */
	uint32_t *parent;
	uint32_t *best; /* by root: the key that names it */
	uint32_t *old;  /* by root: the id that it had, or PREVIOUS_NONE */
};

static const char *const rules[] = { [JOINS_ALIAS] = "alias", [JOINS_ROW] = "row",
	[JOINS_SHARED] = "shared" };

static struct item *
add(struct chain *c, const char *rule)
{
	c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof(*c->v), UINT32_MAX, "joins");
	c->v[c->n] = (struct item){ .rule = rule, .turn = c->n, .key = KEYRING_NONE,
		.with = KEYRING_NONE, .event = KEYRING_NONE, .us = LINKS_UNDATED };
	return &c->v[c->n++];
}

/* --- ids --- */

static struct text
lead_id(struct chain *c, uint32_t lead)
{
	char room[HASH_ID_LEN];

	return lead == ROSTER_NONE ? TEXT_NONE :
	    arena_text(&c->texts, roster_id(c->s.roster, lead, room));
}

static struct text
key_id(struct chain *c, uint32_t key)
{
	char room[HASH_ID_LEN];

	return arena_text(&c->texts, roster_key_id(c->s.roster, key, c->s.secret, room));
}

static struct text
root_id(struct chain *c, uint32_t root)
{
	return c->old[root] != PREVIOUS_NONE ? previous_id(c->s.previous, c->old[root]) :
	    key_id(c, c->best[root]);
}

/* The id that a key had before, if that is one of its lead's. */
static uint32_t
own_old(const struct chain *c, uint32_t key)
{
	uint32_t old = c->s.previous == NULL ? PREVIOUS_NONE :
	    previous_of(c->s.previous, key);

	if (old == PREVIOUS_NONE || roster_lead(c->s.roster, key) == ROSTER_NONE ||
	    previous_heir(c->s.previous, old) != roster_lead(c->s.roster, key))
		return PREVIOUS_NONE;
	return old;
}

/* --- the joins once more --- */

static uint32_t
find(struct chain *c, uint32_t key)
{
	while (c->parent[key] != key) {
		c->parent[key] = c->parent[c->parent[key]];
		key = c->parent[key];
	}
	return key;
}

static bool
survives(const struct chain *c, uint32_t a, uint32_t b)
{
	uint32_t oa = c->old[a], ob = c->old[b];

	if (oa == ob)
		return roster_names_better(c->s.roster, c->best[a], c->best[b]);
	if (oa == PREVIOUS_NONE || ob == PREVIOUS_NONE)
		return ob == PREVIOUS_NONE;
	return previous_older(c->s.previous, oa, ob);
}

/* Parts that had one id before have those of their keys. */
static void
name_parts(struct chain *c, struct item *i, uint32_t a, uint32_t b)
{
	i->surviving_id = root_id(c, a);
	i->merged_id = root_id(c, b);
	if (text_equal(i->surviving_id, i->merged_id))
		i->merged_id = key_id(c, c->best[b]);
	if (text_equal(i->surviving_id, i->merged_id))
		i->merged_id = key_id(c, c->best[a]);
}

static void
take(struct chain *c, const struct join *j)
{
	uint32_t a = find(c, j->with), b = find(c, j->key), t = a;
	struct item *i;

	if (a == b || roster_lead(c->s.roster, a) == ROSTER_NONE)
		return;
	if (!survives(c, a, b)) {
		a = b;
		b = t;
	}
	i = add(c, rules[j->rule]);
	i->lead_id = lead_id(c, roster_lead(c->s.roster, a));
	i->key = j->key;
	i->with = j->with;
	i->event = j->event;
	i->us = j->us;
	name_parts(c, i, a, b);
	c->parent[b] = a;
	if (roster_names_better(c->s.roster, c->best[b], c->best[a]))
		c->best[a] = c->best[b];
}

static void
take_all(struct chain *c)
{
	uint32_t n = keyring_count(c->s.ring);
	struct joins j;

	c->parent = mem_raw((size_t)n + 1, sizeof(*c->parent));
	c->best = mem_raw((size_t)n + 1, sizeof(*c->best));
	c->old = mem_raw((size_t)n + 1, sizeof(*c->old));
	for (uint32_t k = 0; k < n; k++) {
		c->parent[k] = c->best[k] = k;
		c->old[k] = keyring_key(c->s.ring, k) == k ? own_old(c, k) :
		    PREVIOUS_NONE;
	}
	joins_find(&j, c->s.ring, c->s.links, c->s.people);
	joins_by_time(&j);
	for (size_t i = 0; i < j.n; i++)
		take(c, &j.v[i]);
	joins_clear(&j);
	mem_free(c->parent);
	mem_free(c->best);
	mem_free(c->old);
}

/* --- what no join says --- */

static void
add_cuts(struct chain *c)
{
	for (size_t i = 0; c->s.cut != NULL && i < c->s.cut->n; i++) {
		const struct join *j = &c->s.cut->v[i];
		struct item *item = add(c, "cut");

		item->lead_id = item->surviving_id =
		    lead_id(c, roster_lead(c->s.roster, j->with));
		item->merged_id = lead_id(c, roster_lead(c->s.roster, j->key));
		item->key = j->key;
		item->with = j->with;
		item->event = j->event;
		item->us = j->us;
	}
}

static void
add_change(struct chain *c, const char *rule, uint32_t key, uint32_t lead)
{
	struct item *i = add(c, rule);

	i->lead_id = i->surviving_id = lead_id(c, lead);
	i->merged_id = previous_id(c->s.previous, previous_of(c->s.previous, key));
	i->key = key;
	i->turn = SIZE_MAX;
}

/* A key that was one lead's alone and is shared, with nothing left of the lead. */
static void
add_shared(struct chain *c, uint32_t key)
{
	size_t i = people_shared_at(c->s.people, key), n;

	people_shared(c->s.people, i, &n);
	for (size_t k = 0; k < n; k++) {
		uint32_t lead = roster_lead(c->s.roster,
		    people_claim(c->s.people, i, k).person);

		if (lead != ROSTER_NONE)
			add_change(c, "shared", key, lead);
	}
}

static void
add_changes(struct chain *c)
{
	for (uint32_t k = 0; c->s.previous != NULL && k < keyring_count(c->s.ring); k++) {
		uint32_t old = previous_of(c->s.previous, k), heir, lead;

		if (old == PREVIOUS_NONE)
			continue;
		heir = previous_heir(c->s.previous, old);
		lead = roster_lead(c->s.roster, k);
		if (lead != ROSTER_NONE && lead != heir)
			add_change(c, "split", k, lead);
		else if (heir == ROSTER_NONE && people_of(c->s.people, k) == PEOPLE_NONE)
			add_shared(c, k);
	}
}

static int
item_order(const void *pa, const void *pb, void *ring)
{
	const struct item *a = pa, *b = pb;
	int o = text_compare(a->lead_id, b->lead_id);

	if (o == 0)
		o = (a->turn > b->turn) - (a->turn < b->turn);
	if (o == 0)
		o = text_compare(a->merged_id, b->merged_id);
	return o != 0 ? o : keyring_order(ring, a->key, b->key);
}

struct chain *
chain_new(const struct chain_sources *s)
{
	struct chain *c = mem_new(1, sizeof(*c));

	c->s = *s;
	take_all(c);
	add_cuts(c);
	add_changes(c);
	/* order_array() takes what it passes on as writable; the order only reads. */
	order_array(c->v, c->n, sizeof(*c->v), item_order, (void *)(uintptr_t)s->ring);
	return c;
}

void
chain_free(struct chain *c)
{
	if (c == NULL)
		return;
	arena_clear(&c->texts);
	mem_free(c->v);
	mem_free(c);
}

/* --- rows --- */

static struct text
type_name(const struct chain *c, uint32_t key)
{
	return key == KEYRING_NONE ? TEXT_NONE :
	    keyring_type_name(c->s.ring, keyring_type_of(c->s.ring, key));
}

static bool
same_change(const struct item *a, const struct item *b)
{
	return a->turn == SIZE_MAX && b->turn == SIZE_MAX &&
	    text_equal(a->lead_id, b->lead_id) && text_equal(a->merged_id, b->merged_id);
}

int
chain_next(struct chain *c, struct chain_row *row)
{
	const struct item *i;

	while (c->at > 0 && c->at < c->n && same_change(&c->v[c->at - 1], &c->v[c->at]))
		c->at++;
	if (c->at == c->n)
		return 0;
	i = &c->v[c->at++];
	*row = (struct chain_row){
		.lead_id = i->lead_id,
		.rule = text_of(i->rule),
		.surviving_id = i->surviving_id,
		.merged_id = i->merged_id,
		.key_type = type_name(c, i->key),
		.with_type = type_name(c, i->with),
		.event_id = links_event_text(c->s.links, i->event),
		.us = i->us,
	};
	return 1;
}
