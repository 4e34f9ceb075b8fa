/* people.c - which keys are the same person? */
#include <string.h>

#include <lead/base/mem.h>
#include <lead/domain/identity/identity.h>

#include "people_state.h"

void
people_unite(struct people *p, uint32_t a, uint32_t b)
{
	a = people_find(p, a);
	b = people_find(p, b);
	if (a == b)
		return;
	if (a > b) {
		uint32_t t = a;

		a = b;
		b = t;
	}
	p->parent[b] = a;
	p->held[a] |= p->held[b];
}

/* --- whose is a row, by its shared keys? --- */

static size_t
claim_at_or_after(const struct people *p, const struct people_shared_key *s, int64_t us)
{
	size_t from = s->from, to = (size_t)s->from + s->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (p->claims[mid].us < us)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* The claim that holds at us: as identity_find() has it. */
static uint32_t
claimant(const struct people *p, uint32_t key, int64_t us)
{
	const struct people_shared_key *s = &p->shared[people_shared_at(p, key)];
	size_t i = claim_at_or_after(p, s, us);

	if (us == LINKS_UNDATED)
		return PEOPLE_NONE;
	if (i < (size_t)s->from + s->n && p->claims[i].us <= us + IDENTITY_VISIT_US)
		return p->claims[i].key;
	if (i == s->from)
		return PEOPLE_NONE;
	return p->claims[claim_at_or_after(p, s, p->claims[i - 1].us)].key;
}

uint32_t
people_claimed(const struct people *p, const uint32_t *keys, unsigned level, int64_t us)
{
	for (unsigned t = 0; t < level; t++) {
		uint32_t key = PEOPLE_NONE;

		if (keys[t] != KEYRING_NONE && people_is_shared(p, keys[t]))
			key = claimant(p, keys[t], us);
		if (key != PEOPLE_NONE)
			return key;
	}
	return PEOPLE_NONE;
}

uint32_t
people_speaker(const struct people *p, const uint32_t *keys, unsigned level, int64_t us,
    bool *timed)
{
	*timed = false;
	for (unsigned t = 0; t < level; t++) {
		if (keys[t] == KEYRING_NONE)
			continue;
		if (!people_is_shared(p, keys[t]))
			return keys[t];
		*timed = keyring_type(p->ring, t)->single;
		if (*timed)
			return claimant(p, keys[t], us);
	}
	return PEOPLE_NONE;
}

/* --- solving --- */

/* Twins of a type. The source says so itself: no guard asks. A shared key is nobody's,
 * and so is nobody's twin. */
static void
unite_twins(struct people *p, unsigned type)
{
	struct links_rows r;

	for (uint32_t n = links_begin(p->links); n != LINKS_END; ) {
		uint32_t key;

		n = links_next(p->links, n, &r);
		key = r.keys[type];
		if (r.twin != KEYRING_NONE && key != KEYRING_NONE &&
		    !people_is_shared(p, key) && !people_is_shared(p, r.twin))
			people_unite(p, key, r.twin);
	}
}

void
people_dissolve(struct people *p, uint32_t key)
{
	p->parent[key] = key;
	p->held[key] = (uint8_t)(1U << keyring_type_of(p->ring, key));
}

static void
solve(struct people *p)
{
	p->nshared = p->nclaims = 0;
	for (uint32_t key = 0; key < keyring_count(p->ring); key++)
		people_dissolve(p, key);
	for (unsigned type = 0; type < keyring_ntypes(p->ring); type++) {
		if (type > 0)
			people_level(p, type);
		if (links_has_twins(p->links))
			unite_twins(p, type);
	}
}

struct people *
people_new(const struct keyring *ring, const struct links *links, unsigned merge_on)
{
	struct people *p = mem_new(1, sizeof(*p));
	size_t n = keyring_count(ring);

	p->ring = ring;
	p->links = links;
	p->merge_on = merge_on;
	p->parent = mem_raw(n + 1, sizeof(*p->parent));
	p->held = mem_new(n + 1, sizeof(*p->held));
	p->contested = mem_new(n / 8 + 1, sizeof(*p->contested));
	solve(p);
	p->settled = true;
	if (p->ncontested != 0)
		solve(p);
	mem_free(p->contested);
	p->contested = NULL;
	return p;
}

void
people_free(struct people *p)
{
	if (p == NULL)
		return;
	mem_free(p->parent);
	mem_free(p->held);
	mem_free(p->shared);
	mem_free(p->claims);
	mem_free(p);
}

/* --- the answer --- */

uint32_t
people_of(const struct people *p, uint32_t key)
{
	return people_is_shared(p, key) ? PEOPLE_NONE : people_find(p, key);
}

bool
people_holds(const struct people *p, uint32_t person, unsigned type)
{
	return (p->held[person] >> type & 1) != 0;
}

bool
people_is_lead(const struct people *p, uint32_t person)
{
	for (unsigned t = 0; t < keyring_ntypes(p->ring); t++)
		if (people_holds(p, person, t) && keyring_type(p->ring, t)->anchor)
			return true;
	return false;
}

size_t
people_nshared(const struct people *p)
{
	return p->nshared;
}

size_t
people_ncontested(const struct people *p)
{
	return p->ncontested;
}

uint32_t
people_shared(const struct people *p, size_t i, size_t *nclaims)
{
	*nclaims = p->shared[i].n;
	return p->shared[i].key;
}

size_t
people_shared_at(const struct people *p, uint32_t key)
{
	return p->parent[key] & ~PEOPLE_SHARED;
}

struct people_claim
people_claim(const struct people *p, size_t i, size_t n)
{
	const struct people_claimed_at *c = &p->claims[p->shared[i].from + n];

	return (struct people_claim){ c->us, people_find(p, c->key) };
}
