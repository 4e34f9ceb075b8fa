/* people.c - which keys are the same person? */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/domain/identity.h>
#include <lead/domain/people.h>

/* At us the shared key was the person's who has this key. */
struct claim {
	int64_t us;
	uint32_t key;
};

struct shared {
	uint32_t key;
	size_t from, n; /* among claims */
};

struct people {
	const struct keyring *ring;
	const struct links *links;
	unsigned merge_on; /* one bit a key type that no guard holds back */
	size_t nrows;
	uint32_t *parent; /* by key; SHARED and an index when it is shared */
	uint8_t *held;    /* by root: one bit a key type */
	struct shared *shared;
	struct claim *claims;
	size_t nshared, shared_cap, nclaims, claims_cap;
};

static const uint32_t SHARED = UINT32_C(1) << 31;
static const size_t CLAIMS_MAX = UINT32_MAX;

/* --- union-find --- */

static uint32_t
find(const struct people *p, uint32_t key)
{
	uint32_t *parent = p->parent;

	while (parent[key] != key) {
		parent[key] = parent[parent[key]];
		key = parent[key];
	}
	return key;
}

void
people_unite(struct people *p, uint32_t a, uint32_t b)
{
	a = find(p, a);
	b = find(p, b);
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

static bool
is_shared(const struct people *p, uint32_t key)
{
	return (p->parent[key] & SHARED) != 0;
}

/* --- whose is a row, by its keys stronger than a type? --- */

static size_t
claim_at_or_after(const struct people *p, const struct shared *s, int64_t us)
{
	size_t from = s->from, to = s->from + s->n;

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
	const struct shared *s = &p->shared[p->parent[key] & ~SHARED];
	size_t i = claim_at_or_after(p, s, us);

	if (us == LINKS_UNDATED)
		return PEOPLE_NONE;
	if (i < s->from + s->n && p->claims[i].us <= us + IDENTITY_VISIT_US)
		return p->claims[i].key;
	if (i == s->from)
		return PEOPLE_NONE;
	return p->claims[claim_at_or_after(p, s, p->claims[i - 1].us)].key;
}

/* A key of the person by the strongest key that is one person's. */
static uint32_t
sure_key(const struct people *p, const uint32_t *keys, unsigned level)
{
	for (unsigned t = 0; t < level; t++)
		if (keys[t] != KEYRING_NONE && !is_shared(p, keys[t]))
			return keys[t];
	return PEOPLE_NONE;
}

uint32_t
people_claimed(const struct people *p, const uint32_t *keys, unsigned level, int64_t us)
{
	for (unsigned t = 0; t < level; t++) {
		uint32_t key = PEOPLE_NONE;

		if (keys[t] != KEYRING_NONE && is_shared(p, keys[t]))
			key = claimant(p, keys[t], us);
		if (key != PEOPLE_NONE)
			return key;
	}
	return PEOPLE_NONE;
}

/* --- one type of key --- */

/* The rows of each key of a type that have a stronger key, and what one key of
 * them says. */
struct level {
	unsigned type;
	uint32_t *from, *rows; /* rows[from[key] … from[key + 1] - 1] */
	struct claim *found;   /* of one key: a stronger key of each row */
	size_t nfound, found_cap;
	bool sure; /* found by keys of one person's own */
	uint32_t *roots; /* room for the people of one key */
	uint32_t *late;  /* keys that may join several people */
	size_t roots_cap, nlate, late_cap;
};

static bool
has_stronger(const uint32_t *keys, unsigned level)
{
	for (unsigned t = 0; t < level; t++)
		if (keys[t] != KEYRING_NONE)
			return true;
	return false;
}

/* Sort row numbers by key, counting. */
static void
index_rows(const struct people *p, struct level *l)
{
	size_t n = keyring_count(p->ring), total = 0;

	l->from = mem_new(n + 2, sizeof(*l->from));
	for (size_t i = 0; i < p->nrows; i++) {
		const uint32_t *keys = links_keys(p->links, i);

		if (keys[l->type] != KEYRING_NONE && has_stronger(keys, l->type)) {
			l->from[keys[l->type] + 2]++;
			total++;
		}
	}
	for (size_t k = 2; k < n + 2; k++)
		l->from[k] += l->from[k - 1];
	l->rows = mem_raw(total + 1, sizeof(*l->rows));
	for (size_t i = 0; i < p->nrows; i++) {
		const uint32_t *keys = links_keys(p->links, i);

		if (keys[l->type] != KEYRING_NONE && has_stronger(keys, l->type))
			l->rows[l->from[keys[l->type] + 1]++] = (uint32_t)i;
	}
}

static void
found(struct level *l, uint32_t key, int64_t us)
{
	if (key == PEOPLE_NONE)
		return;
	l->found = mem_grow(l->found, &l->found_cap, l->nfound + 1, sizeof(*l->found),
	    CLAIMS_MAX, "rows of one key");
	l->found[l->nfound++] = (struct claim){ us, key };
}

/* What the rows of key say: surely, or else by claims on shared keys. */
static void
look(const struct people *p, struct level *l, uint32_t key)
{
	l->nfound = 0;
	l->sure = true;
	for (uint32_t i = l->from[key]; i < l->from[key + 1]; i++)
		found(l, sure_key(p, links_keys(p->links, l->rows[i]), l->type),
		    links_us(p->links, l->rows[i]));
	if (l->nfound != 0)
		return;
	l->sure = false;
	for (uint32_t i = l->from[key]; i < l->from[key + 1]; i++) {
		int64_t us = links_us(p->links, l->rows[i]);

		found(l, people_claimed(p, links_keys(p->links, l->rows[i]), l->type, us),
		    us);
	}
}

/* Are all that were found one person? */
static bool
is_one(const struct people *p, const struct level *l)
{
	for (size_t i = 1; i < l->nfound; i++)
		if (find(p, l->found[i].key) != find(p, l->found[0].key))
			return false;
	return true;
}

static uint8_t
single_types(const struct people *p, unsigned level)
{
	uint8_t bits = 0;

	for (unsigned t = 0; t < level; t++)
		if (keyring_type(p->ring, t)->single)
			bits |= (uint8_t)(1U << t);
	return bits;
}

static int
key_order(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return (*a > *b) - (*a < *b);
}

/* Do two of the people found hold a stronger single-valued key each? Two people
 * never hold the same value: it would have made them one. */
static bool
is_guarded(const struct people *p, struct level *l)
{
	uint8_t single = single_types(p, l->type), held = 0;
	uint32_t *roots = mem_grow(l->roots, &l->roots_cap, l->nfound, sizeof(*roots),
	    CLAIMS_MAX, "people of one key");
	bool guarded = false;

	l->roots = roots;
	for (size_t i = 0; i < l->nfound; i++)
		roots[i] = find(p, l->found[i].key);
	qsort(roots, l->nfound, sizeof(*roots), key_order);
	for (size_t i = 0; i < l->nfound && !guarded; i++) {
		uint8_t has = p->held[roots[i]] & single;

		if (i > 0 && roots[i] == roots[i - 1])
			continue;
		guarded = (held & has) != 0;
		held |= has;
	}
	return guarded;
}

/* By time; at one time by the key's bytes, so that numbers do not matter. */
static int
claim_order(const void *pa, const void *pb, void *ring)
{
	const struct claim *a = pa, *b = pb;

	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	return keyring_order(ring, a->key, b->key);
}

static void
share(struct people *p, const struct level *l, uint32_t key)
{
	struct shared s = { key, p->nclaims, 0 };

	/* qsort_r() takes what it passes on as writable; the order only reads. */
	qsort_r(l->found, l->nfound, sizeof(*l->found), claim_order,
	    (void *)(uintptr_t)p->ring);
	for (size_t i = 0; i < l->nfound; i++) {
		if (i > 0 && l->found[i].us == l->found[i - 1].us &&
		    l->found[i].key == l->found[i - 1].key)
			continue;
		p->claims = mem_grow(p->claims, &p->claims_cap, p->nclaims + 1,
		    sizeof(*p->claims), CLAIMS_MAX, "claims on shared keys");
		p->claims[p->nclaims++] = l->found[i];
		s.n++;
	}
	p->shared = mem_grow(p->shared, &p->shared_cap, p->nshared + 1,
	    sizeof(*p->shared), CLAIMS_MAX, "shared keys");
	p->parent[key] = SHARED | (uint32_t)p->nshared;
	p->shared[p->nshared++] = s;
}

static void
join(struct people *p, const struct level *l, uint32_t key)
{
	for (size_t i = 0; i < l->nfound; i++)
		people_unite(p, key, l->found[i].key);
}

/* A key whose rows name one person joins; the others wait for their turn. */
static void
join_early(struct people *p, struct level *l, uint32_t key)
{
	look(p, l, key);
	if (l->nfound == 0)
		return;
	if (is_one(p, l)) {
		join(p, l, key);
		return;
	}
	l->late = mem_grow(l->late, &l->late_cap, l->nlate + 1, sizeof(*l->late),
	    CLAIMS_MAX, "keys of several people");
	l->late[l->nlate++] = key;
}

static bool
merges(const struct people *p, const struct level *l)
{
	return (p->merge_on >> l->type & 1) != 0;
}

static void
join_late(struct people *p, struct level *l, uint32_t key)
{
	look(p, l, key);
	if (is_one(p, l) || (l->sure && (merges(p, l) || !is_guarded(p, l))))
		join(p, l, key);
	else
		share(p, l, key);
}

static int
first_order(const void *pa, const void *pb, void *people)
{
	const struct people *p = people;
	uint32_t a = *(const uint32_t *)pa, b = *(const uint32_t *)pb;
	int64_t ta = links_first(p->links, a), tb = links_first(p->links, b);

	if (ta != tb)
		return ta < tb ? -1 : 1;
	return keyring_order(p->ring, a, b);
}

static void
solve_level(struct people *p, unsigned type)
{
	struct level l = { .type = type };

	index_rows(p, &l);
	for (uint32_t key = 0; key < keyring_count(p->ring); key++)
		if (l.from[key] != l.from[key + 1])
			join_early(p, &l, key);
	if (l.nlate != 0)
		qsort_r(l.late, l.nlate, sizeof(*l.late), first_order, p);
	for (size_t i = 0; i < l.nlate; i++)
		join_late(p, &l, l.late[i]);
	mem_free(l.late);
	mem_free(l.roots);
	mem_free(l.found);
	mem_free(l.rows);
	mem_free(l.from);
}

/* The source says so itself: no guard asks. */
static void
unite_twins(struct people *p)
{
	for (size_t i = 0; i < p->nrows; i++) {
		const uint32_t *keys = links_keys(p->links, i);
		unsigned t = 0;

		if (links_twin(p->links, i) == KEYRING_NONE)
			continue;
		while (keys[t] == KEYRING_NONE)
			t++;
		people_unite(p, keys[t], links_twin(p->links, i));
	}
}

struct people *
people_new(const struct keyring *ring, const struct links *links, unsigned merge_on)
{
	struct people *p = mem_new(1, sizeof(*p));
	uint32_t n = keyring_count(ring);

	p->ring = ring;
	p->links = links;
	p->merge_on = merge_on;
	p->nrows = links_count(links);
	p->parent = mem_raw((size_t)n + 1, sizeof(*p->parent));
	p->held = mem_new((size_t)n + 1, sizeof(*p->held));
	for (uint32_t key = 0; key < n; key++) {
		p->parent[key] = key;
		p->held[key] = (uint8_t)(1U << keyring_type_of(ring, key));
	}
	unite_twins(p);
	for (unsigned type = 1; type < keyring_ntypes(ring); type++)
		solve_level(p, type);
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
	return is_shared(p, key) ? PEOPLE_NONE : find(p, key);
}

void
people_dissolve(struct people *p, uint32_t key)
{
	p->parent[key] = key;
	p->held[key] = (uint8_t)(1U << keyring_type_of(p->ring, key));
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

uint32_t
people_shared(const struct people *p, size_t i, size_t *nclaims)
{
	*nclaims = p->shared[i].n;
	return p->shared[i].key;
}

size_t
people_shared_at(const struct people *p, uint32_t key)
{
	return p->parent[key] & ~SHARED;
}

struct people_claim
people_claim(const struct people *p, size_t i, size_t n)
{
	const struct claim *c = &p->claims[p->shared[i].from + n];

	return (struct people_claim){ c->us, find(p, c->key) };
}
