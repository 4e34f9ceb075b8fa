/* previous.c - which ids of the map before go on, and for whom? */
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/previous.h>

enum { KEY_TYPE, KEY, LEAD_ID, ACCOUNT_ID, SINCE };

/* What is known of an id. */
struct old {
	int64_t first_us; /* of any of its keys */
	uint32_t best;    /* its strongest key, or KEYRING_NONE */
	uint32_t heir;
};

struct previous {
	const struct keyring *ring;
	struct dict *ids;
	uint32_t *of; /* by key */
	struct old *olds;
};

struct previous *
previous_new(const struct keyring *ring)
{
	struct previous *p = mem_new(1, sizeof(*p));
	size_t n = keyring_count(ring);

	p->ring = ring;
	p->ids = dict_new();
	p->of = mem_raw(n + 1, sizeof(*p->of));
	for (size_t k = 0; k < n; k++)
		p->of[k] = PREVIOUS_NONE;
	return p;
}

void
previous_free(struct previous *p)
{
	if (p == NULL)
		return;
	dict_free(p->ids);
	mem_free(p->of);
	mem_free(p->olds);
	mem_free(p);
}

const char *
previous_add(void *previous, const struct text *field, size_t *bad)
{
	struct previous *p = previous;
	uint32_t key, id;

	*bad = LEAD_ID;
	if (field[LEAD_ID].len == 0)
		return "no lead";
	if (field[SINCE].len != 0)
		return NULL;
	key = keyring_find(p->ring, field[KEY_TYPE], field[KEY]);
	if (key == KEYRING_NONE)
		return NULL;
	id = dict_add(p->ids, field[LEAD_ID]);
	if (p->of[key] != PREVIOUS_NONE && p->of[key] != id)
		return "a key of two leads without since";
	p->of[key] = id;
	return NULL;
}

/* --- heirs --- */

static void
look_at(struct previous *p, const struct links *links, const struct roster *roster,
    uint32_t key)
{
	struct old *o = &p->olds[p->of[key]];

	if (links_first(links, key) < o->first_us)
		o->first_us = links_first(links, key);
	if (roster_lead(roster, key) != ROSTER_NONE &&
	    roster_names_better(roster, key, o->best))
		o->best = key;
}

static void
find_heirs(struct previous *p, const struct links *links, const struct roster *roster)
{
	uint32_t n = dict_count(p->ids);

	p->olds = mem_raw((size_t)n + 1, sizeof(*p->olds));
	for (uint32_t i = 0; i < n; i++)
		p->olds[i] = (struct old){ LINKS_NEVER, KEYRING_NONE, ROSTER_NONE };
	for (uint32_t k = 0; k < keyring_count(p->ring); k++)
		if (p->of[k] != PREVIOUS_NONE)
			look_at(p, links, roster, k);
	for (uint32_t i = 0; i < n; i++)
		if (p->olds[i].best != KEYRING_NONE)
			p->olds[i].heir = roster_lead(roster, p->olds[i].best);
}

bool
previous_older(const struct previous *p, uint32_t a, uint32_t b)
{
	if (p->olds[a].first_us != p->olds[b].first_us)
		return p->olds[a].first_us < p->olds[b].first_us;
	return text_compare(dict_text(p->ids, a), dict_text(p->ids, b)) < 0;
}

/* A new lead may not take an id that goes on elsewhere. */
static void
make_distinct(const struct previous *p, const uint8_t *kept, struct roster *roster,
    uint32_t lead, const struct digest_key *secret)
{
	for (unsigned turn = 1;; turn++) {
		char room[HASH_ID_LEN];
		uint32_t old = dict_get(p->ids, roster_id(roster, lead, room));

		if (old == DICT_NONE || !kept[old])
			return;
		roster_make_id(roster, lead, turn, secret);
	}
}

void
previous_settle(struct previous *p, const struct links *links,
    struct roster *roster, const struct digest_key *secret)
{
	uint32_t n = roster_nleads(roster);
	uint32_t *id = mem_raw((size_t)n + 1, sizeof(*id));
	uint8_t *kept = mem_new((size_t)dict_count(p->ids) + 1, sizeof(*kept));

	find_heirs(p, links, roster);
	for (uint32_t i = 0; i < n; i++)
		id[i] = PREVIOUS_NONE;
	for (uint32_t i = 0; i < dict_count(p->ids); i++) {
		uint32_t heir = p->olds[i].heir;

		if (heir != ROSTER_NONE &&
		    (id[heir] == PREVIOUS_NONE || previous_older(p, i, id[heir])))
			id[heir] = i;
	}
	for (uint32_t i = 0; i < n; i++) {
		if (id[i] == PREVIOUS_NONE)
			continue;
		roster_keep_id(roster, i, p->ids, id[i]);
		kept[id[i]] = 1;
	}
	for (uint32_t i = 0; i < n; i++)
		if (id[i] == PREVIOUS_NONE)
			make_distinct(p, kept, roster, i, secret);
	mem_free(kept);
	mem_free(id);
}

/* --- the answer --- */

struct text
previous_id(const struct previous *p, uint32_t old)
{
	return dict_text(p->ids, old);
}

uint32_t
previous_of(const struct previous *p, uint32_t key)
{
	return p->of[key];
}

uint32_t
previous_heir(const struct previous *p, uint32_t old)
{
	return p->olds[old].heir;
}
