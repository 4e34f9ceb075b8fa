/* people_level.c - keys of one type join people, or are shared by them */
#include <lead/base/mem.h>
#include <lead/base/order.h>

#include "people_state.h"

/* The rows of each key of a type that have a stronger key, and what one key of
 * them says. */
struct level {
	unsigned type;
	uint32_t *from, *rows; /* rows[from[key] … from[key + 1] - 1] */
	/* Of one key: a stronger key of its rows, and for claims the time of each. */
	uint32_t *found;
	struct people_claimed_at *claims;
	size_t nfound, found_cap, nclaims, claims_cap;
	bool timed; /* claims, not found, is what look() fills */
	bool sure;  /* by keys of one person's own */
	uint32_t *roots; /* room for the people of one key */
	uint32_t *late;  /* keys that may join several people */
	size_t roots_cap, nlate, late_cap;
};

static const size_t ROWS_MAX = UINT32_MAX;

static bool
has_stronger(const uint32_t *keys, unsigned level)
{
	for (unsigned t = 0; t < level; t++)
		if (keys[t] != KEYRING_NONE)
			return true;
	return false;
}

/* Count or place the rows of each key: places go where from[key + 1] says. */
static size_t
pass_rows(const struct people *p, struct level *l)
{
	struct links_rows r;
	size_t total = 0;

	for (uint32_t n = links_begin(p->links), at = n; n != LINKS_END; at = n) {
		uint32_t key;

		n = links_next(p->links, n, &r);
		key = r.keys[l->type];
		if (key == KEYRING_NONE || !has_stronger(r.keys, l->type))
			continue;
		total++;
		if (l->rows == NULL)
			l->from[key + 2]++;
		else
			l->rows[l->from[key + 1]++] = at;
	}
	return total;
}

/* Numbers of rows by key, by counting. */
static void
index_rows(const struct people *p, struct level *l)
{
	size_t n = keyring_count(p->ring), total;

	l->from = mem_new(n + 2, sizeof(*l->from));
	total = pass_rows(p, l);
	for (size_t k = 2; k < n + 2; k++)
		l->from[k] += l->from[k - 1];
	l->rows = mem_raw(total + 1, sizeof(*l->rows));
	pass_rows(p, l);
}

/* --- what the rows of one key say --- */

static void
find(struct level *l, uint32_t key, int64_t us)
{
	if (key == PEOPLE_NONE)
		return;
	if (!l->timed) {
		l->found = mem_grow(l->found, &l->found_cap, l->nfound + 1,
		    sizeof(*l->found), ROWS_MAX, "rows of one key");
		l->found[l->nfound++] = key;
		return;
	}
	l->claims = mem_grow(l->claims, &l->claims_cap, l->nclaims + 1,
	    sizeof(*l->claims), ROWS_MAX, "rows of one key");
	l->claims[l->nclaims++] = (struct people_claimed_at){ us, key };
}

/* What rows say surely: each of them for claims, else each set of keys once unless
 * its time decides. */
static void
look_surely(const struct people *p, struct level *l, uint32_t key)
{
	struct links_rows r;

	l->sure = true;
	for (uint32_t i = l->from[key]; i < l->from[key + 1]; i++) {
		bool timed = true;
		int64_t us;

		links_next(p->links, l->rows[i], &r);
		while ((timed || l->timed) && links_time(&r, &us))
			find(l, people_speaker(p, r.keys, l->type, us, &timed), us);
	}
}

/* By claims on shared keys. */
static void
look_for_claims(const struct people *p, struct level *l, uint32_t key)
{
	struct links_rows r;
	int64_t us;

	l->sure = false;
	for (uint32_t i = l->from[key]; i < l->from[key + 1]; i++) {
		links_next(p->links, l->rows[i], &r);
		while (links_time(&r, &us))
			find(l, people_claimed(p, r.keys, l->type, us), us);
	}
}

static void
look(const struct people *p, struct level *l, uint32_t key, bool timed)
{
	l->timed = timed;
	l->nfound = l->nclaims = 0;
	look_surely(p, l, key);
	if (l->nfound + l->nclaims == 0)
		look_for_claims(p, l, key);
}

/* Are all that were found one person? */
static bool
is_one(const struct people *p, const struct level *l)
{
	for (size_t i = 1; i < l->nfound; i++)
		if (people_find(p, l->found[i]) != people_find(p, l->found[0]))
			return false;
	return true;
}

/* --- the guard --- */

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
root_order(const void *pa, const void *pb, void *unused)
{
	const uint32_t *a = pa, *b = pb;

	(void)unused;
	return (*a > *b) - (*a < *b);
}

static bool
is_single(const struct people *p, uint32_t key)
{
	return keyring_type(p->ring, keyring_type_of(p->ring, key))->single;
}

/* Those found who hold a single-valued key, each once and ascending; direct: by
 * such a key alone. */
static size_t
take_roots(const struct people *p, struct level *l, bool direct)
{
	uint8_t single = single_types(p, l->type);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < l->nfound; i++) {
		uint32_t root = people_find(p, l->found[i]);

		if ((p->held[root] & single) == 0 || (direct && !is_single(p, l->found[i])))
			continue;
		l->roots = mem_grow(l->roots, &l->roots_cap, n + 1, sizeof(*l->roots),
		    ROWS_MAX, "people of one key");
		l->roots[n++] = root;
	}
	order_array(l->roots, n, sizeof(*l->roots), root_order, NULL);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || l->roots[i] != l->roots[kept - 1])
			l->roots[kept++] = l->roots[i];
	return kept;
}

/* Do two of the people found hold a stronger single-valued key each? Two people
 * never hold the same value: it would have made them one. */
static bool
is_guarded(const struct people *p, struct level *l)
{
	uint8_t single = single_types(p, l->type), held = 0;
	size_t n = take_roots(p, l, false);

	for (size_t i = 0; i < n; i++) {
		uint8_t has = p->held[l->roots[i]] & single;

		if ((held & has) != 0)
			return true;
		held |= has;
	}
	return false;
}

static bool
has_root(const struct level *l, size_t n, uint32_t root)
{
	size_t from = 0;

	while (from < n) {
		size_t mid = from + (n - from) / 2;

		if (l->roots[mid] == root)
			return true;
		if (l->roots[mid] < root)
			from = mid + 1;
		else
			n = mid;
	}
	return false;
}

/*
 * A key that the guard holds back: a row without a single-valued key says by
 * another weak key that it is a person's, whom rows with such a key do not know.
 * Which of the two weak keys is wrong nobody can tell.
 */
static void
contest(struct people *p, struct level *l, uint32_t key)
{
	uint8_t single = single_types(p, l->type), held = 0;
	size_t n = take_roots(p, l, true);

	for (size_t i = 0; i < n; i++)
		held |= p->held[l->roots[i]] & single;
	for (size_t i = 0; i < l->nfound; i++) {
		uint32_t other = l->found[i], root = people_find(p, other);
		unsigned type = keyring_type_of(p->ring, other);

		if (is_single(p, other) || has_root(l, n, root) ||
		    (p->held[root] & held) == 0 || (p->merge_on >> type & 1) != 0)
			continue;
		people_contest(p, other);
		people_contest(p, key);
	}
}

/* --- joining and sharing --- */

/* By time; at one time by the key's bytes, so that numbers do not matter. */
static int
claim_order(const void *pa, const void *pb, void *ring)
{
	const struct people_claimed_at *a = pa, *b = pb;

	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	return keyring_order(ring, a->key, b->key);
}

static void
share(struct people *p, struct level *l, uint32_t key)
{
	struct people_shared_key s = { key, (uint32_t)p->nclaims, 0 };

	look(p, l, key, true);
	/* order_array() takes what it passes on as writable; the order only reads. */
	order_array(l->claims, l->nclaims, sizeof(*l->claims), claim_order,
	    (void *)(uintptr_t)p->ring);
	for (size_t i = 0; i < l->nclaims; i++) {
		const struct people_claimed_at *c = &l->claims[i];

		if (i > 0 && c->us == c[-1].us && c->key == c[-1].key)
			continue;
		p->claims = mem_grow(p->claims, &p->claims_cap, p->nclaims + 1,
		    sizeof(*p->claims), ROWS_MAX, "claims on shared keys");
		p->claims[p->nclaims++] = *c;
		s.n++;
		if (keyring_type(p->ring, l->type)->single)
			p->held[people_find(p, c->key)] |= (uint8_t)(1U << l->type);
	}
	p->shared = mem_grow(p->shared, &p->shared_cap, p->nshared + 1,
	    sizeof(*p->shared), ROWS_MAX, "shared keys");
	p->parent[key] = PEOPLE_SHARED | (uint32_t)p->nshared;
	p->shared[p->nshared++] = s;
}

static void
join(struct people *p, const struct level *l, uint32_t key)
{
	for (size_t i = 0; i < l->nfound; i++)
		people_unite(p, key, l->found[i]);
}

/* A key whose rows name one person joins; the others wait for their turn. */
static void
join_early(struct people *p, struct level *l, uint32_t key)
{
	look(p, l, key, false);
	if (l->nfound == 0)
		return;
	if (people_is_contested(p, key)) {
		share(p, l, key);
		return;
	}
	if (is_one(p, l)) {
		join(p, l, key);
		return;
	}
	l->late = mem_grow(l->late, &l->late_cap, l->nlate + 1, sizeof(*l->late),
	    ROWS_MAX, "keys of several people");
	l->late[l->nlate++] = key;
}

static void
join_late(struct people *p, struct level *l, uint32_t key)
{
	bool guarded;

	look(p, l, key, false);
	if (is_one(p, l) || (l->sure && (p->merge_on >> l->type & 1) != 0)) {
		join(p, l, key);
		return;
	}
	guarded = is_guarded(p, l);
	if (l->sure && !guarded) {
		join(p, l, key);
		return;
	}
	if (l->sure && !p->settled)
		contest(p, l, key);
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

void
people_level(struct people *p, unsigned type)
{
	struct level l = { .type = type };

	index_rows(p, &l);
	for (uint32_t key = 0; key < keyring_count(p->ring); key++)
		if (l.from[key] != l.from[key + 1])
			join_early(p, &l, key);
	order_array(l.late, l.nlate, sizeof(*l.late), first_order, p);
	for (size_t i = 0; i < l.nlate; i++)
		join_late(p, &l, l.late[i]);
	mem_free(l.late);
	mem_free(l.roots);
	mem_free(l.found);
	mem_free(l.claims);
	mem_free(l.rows);
	mem_free(l.from);
}
