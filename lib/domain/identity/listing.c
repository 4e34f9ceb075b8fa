/* listing.c - the rows of the identity map, and of its conflicts, in order */
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/order.h>
#include <lead/base/sort.h>
#include <lead/domain/identity/listing.h>

/* A lead that has a key, always or from a time on. */
struct claim {
	uint32_t lead;
	enum listing_rule rule;
	int64_t us;
};

struct listing {
	const struct keyring *ring;
	const struct people *people;
	const struct roster *roster;
	const struct zone *zone;
	struct sort_item *spellings; /* in byte order; ref is the number */
	struct sort_item *shared;    /* the same; ref is that of people_shared() */
	size_t nspellings, nshared, at_spelling, at_shared;
	struct claim *claims; /* of the key being printed */
	size_t nclaims, at_claim, claims_cap;
	char id[HASH_ID_LEN];
};

static const size_t CLAIMS_MAX = UINT32_MAX;

/* --- order --- */

/* By type's name and bytes; keys that differ in their day alone follow by it. */
static int
number_order(const struct keyring *ring, uint32_t a, uint32_t b)
{
	unsigned ta = keyring_type_of(ring, a), tb = keyring_type_of(ring, b);

	return ta == tb ? keyring_order(ring, a, b) :
	    text_compare(keyring_type_name(ring, ta), keyring_type_name(ring, tb));
}

/* Most items differ in their first bytes. */
static int
first_order(const struct sort_item *x, const struct sort_item *y)
{
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static int
spelling_order(const void *px, const void *py, void *listing)
{
	const struct listing *l = listing;
	const struct sort_item *x = px, *y = py;
	int c = first_order(x, y);

	return c != 0 ? c : number_order(l->ring, x->ref, y->ref);
}

static uint32_t
shared_key(const struct listing *l, uint32_t i)
{
	size_t nclaims;

	return people_shared(l->people, i, &nclaims);
}

static int
shared_order(const void *px, const void *py, void *listing)
{
	const struct listing *l = listing;
	const struct sort_item *x = px, *y = py;
	int c = first_order(x, y);

	return c != 0 ? c : number_order(l->ring, shared_key(l, x->ref),
	    shared_key(l, y->ref));
}

/* The types' names by rank, then seven bytes of text, then four. */
static struct sort_item
item_of(const struct listing *l, const uint8_t *rank, uint32_t number, uint32_t ref)
{
	struct sort_item s = sort_text(keyring_text(l->ring, number), ref);

	s.b = (uint32_t)(s.a << 24) | s.b >> 8;
	s.a = (uint64_t)rank[keyring_type_of(l->ring, number)] << 56 | s.a >> 8;
	return s;
}

static void
rank_types(const struct keyring *ring, uint8_t *rank)
{
	unsigned n = keyring_ntypes(ring);

	memset(rank, 0, KEYRING_TYPES_MAX);
	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			if (text_compare(keyring_type_name(ring, b),
				keyring_type_name(ring, a)) < 0)
				rank[a]++;
}

static bool
is_printed(const struct listing *l, uint32_t n)
{
	uint32_t key = keyring_key(l->ring, n);

	return keyring_spelled(l->ring, n) && (people_of(l->people, key) == PEOPLE_NONE ||
		roster_lead(l->roster, key) != ROSTER_NONE);
}

static void
sort_spellings(struct listing *l, const uint8_t *rank)
{
	uint32_t count = keyring_count(l->ring);
	size_t n = 0;

	for (uint32_t k = 0; k < count; k++)
		n += is_printed(l, k);
	l->spellings = mem_raw(n + 1, sizeof(*l->spellings));
	for (uint32_t k = 0; k < count; k++)
		if (is_printed(l, k))
			l->spellings[l->nspellings++] = item_of(l, rank, k, k);
	order_array(l->spellings, n, sizeof(*l->spellings), spelling_order, l);
}

static void
sort_shared(struct listing *l, const uint8_t *rank)
{
	l->nshared = people_nshared(l->people);
	l->shared = mem_raw(l->nshared + 1, sizeof(*l->shared));
	for (uint32_t i = 0; i < l->nshared; i++)
		l->shared[i] = item_of(l, rank, shared_key(l, i), i);
	order_array(l->shared, l->nshared, sizeof(*l->shared), shared_order, l);
}

struct listing *
listing_new(const struct keyring *ring, const struct people *people,
    const struct roster *roster, const struct zone *zone)
{
	struct listing *l = mem_new(1, sizeof(*l));
	uint8_t rank[KEYRING_TYPES_MAX];

	l->ring = ring;
	l->people = people;
	l->roster = roster;
	l->zone = zone;
	rank_types(ring, rank);
	sort_spellings(l, rank);
	sort_shared(l, rank);
	return l;
}

void
listing_free(struct listing *l)
{
	if (l == NULL)
		return;
	mem_free(l->spellings);
	mem_free(l->shared);
	mem_free(l->claims);
	mem_free(l);
}

/* --- one row after another --- */

/* By id, as bytes: not the order of the numbers that they stand for. */
static int
claim_order(const void *pa, const void *pb, void *listing)
{
	const struct listing *l = listing;
	const struct claim *a = pa, *b = pb;
	char ta[HASH_ID_LEN], tb[HASH_ID_LEN];

	if (a->lead != b->lead)
		return text_compare(roster_id(l->roster, a->lead, ta),
		    roster_id(l->roster, b->lead, tb));
	if (a->us != b->us)
		return links_time_order(a->us, b->us);
	return (a->rule > b->rule) - (a->rule < b->rule);
}

static void
add_claim(struct listing *l, uint32_t lead, enum listing_rule rule, int64_t us)
{
	l->claims = mem_grow(l->claims, &l->claims_cap, l->nclaims + 1,
	    sizeof(*l->claims), CLAIMS_MAX, "claims on a shared key");
	l->claims[l->nclaims++] = (struct claim){ lead, rule, us };
}

static void
add_shared(struct listing *l, size_t i)
{
	size_t n;

	people_shared(l->people, i, &n);
	for (size_t c = 0; c < n; c++) {
		struct people_claim claim = people_claim(l->people, i, c);
		uint32_t lead = roster_lead(l->roster, claim.person);

		if (lead != ROSTER_NONE)
			add_claim(l, lead, LISTING_SHARED, claim.us);
	}
}

static void
add_key(struct listing *l, uint32_t key)
{
	int64_t day;

	if (people_of(l->people, key) == PEOPLE_NONE)
		add_shared(l, people_shared_at(l->people, key));
	else if (keyring_day(l->ring, key, &day))
		add_claim(l, roster_lead(l->roster, key), LISTING_DAY,
		    zone_day_start(l->zone, day));
	else
		add_claim(l, roster_lead(l->roster, key), LISTING_OWN, LINKS_UNDATED);
}

/* In order, each once. */
static void
sort_claims(struct listing *l)
{
	size_t kept = 0;

	l->at_claim = 0;
	if (l->nclaims == 0)
		return;
	order_array(l->claims, l->nclaims, sizeof(*l->claims), claim_order, l);
	for (size_t c = 1; c < l->nclaims; c++)
		if (claim_order(&l->claims[kept], &l->claims[c], l) != 0)
			l->claims[++kept] = l->claims[c];
	l->nclaims = kept + 1;
}

static bool
same_cell(const struct keyring *ring, uint32_t a, uint32_t b)
{
	return keyring_type_of(ring, a) == keyring_type_of(ring, b) &&
	    text_equal(keyring_text(ring, a), keyring_text(ring, b));
}

/* The claims on the next spelling; one of several days stands several times. */
static void
load_spelling(struct listing *l)
{
	uint32_t first = l->spellings[l->at_spelling].ref;

	l->nclaims = 0;
	do {
		uint32_t n = l->spellings[l->at_spelling++].ref;

		add_key(l, keyring_key(l->ring, n));
	} while (l->at_spelling < l->nspellings &&
	    same_cell(l->ring, first, l->spellings[l->at_spelling].ref));
	sort_claims(l);
}

int
listing_next(struct listing *l, struct listing_row *row)
{
	struct claim c;
	uint32_t n;

	do {
		while (l->at_claim == l->nclaims) {
			if (l->at_spelling == l->nspellings)
				return 0;
			load_spelling(l);
		}
		c = l->claims[l->at_claim++];
	} while (c.rule == LISTING_SHARED && c.us == LINKS_UNDATED);
	n = l->spellings[l->at_spelling - 1].ref;
	*row = (struct listing_row){
		.key_type = keyring_type_name(l->ring, keyring_type_of(l->ring, n)),
		.key = keyring_text(l->ring, n),
		.lead_id = roster_id(l->roster, c.lead, l->id),
		.account_id = roster_account(l->roster, c.lead),
		.rule = c.rule,
		.since_us = c.us,
	};
	return 1;
}

/* The claims of one lead from at_claim on; they stand together. */
static void
sum_claims(struct listing *l, struct listing_conflict *c)
{
	uint32_t lead = l->claims[l->at_claim].lead;

	c->rows = 0;
	c->first_us = c->last_us = LINKS_UNDATED;
	for (; l->at_claim < l->nclaims && l->claims[l->at_claim].lead == lead;
	     l->at_claim++) {
		int64_t us = l->claims[l->at_claim].us;

		c->rows++;
		if (us == LINKS_UNDATED)
			continue;
		if (us < c->first_us)
			c->first_us = us;
		if (c->last_us == LINKS_UNDATED || us > c->last_us)
			c->last_us = us;
	}
}

int
listing_next_conflict(struct listing *l, struct listing_conflict *c)
{
	uint32_t key, held, lead;

	while (l->at_claim == l->nclaims) {
		if (l->at_shared == l->nshared)
			return 0;
		l->nclaims = 0;
		add_shared(l, l->shared[l->at_shared++].ref);
		sort_claims(l);
	}
	key = shared_key(l, l->shared[l->at_shared - 1].ref);
	lead = l->claims[l->at_claim].lead;
	held = roster_held(l->roster, lead);
	*c = (struct listing_conflict){
		.key_type = keyring_type_name(l->ring, keyring_type_of(l->ring, key)),
		.key = keyring_text(l->ring, key),
		.lead_id = roster_id(l->roster, lead, l->id),
		.held_type = keyring_type_name(l->ring, keyring_type_of(l->ring, held)),
		.held = keyring_text(l->ring, held),
	};
	sum_claims(l, c);
	return 1;
}
