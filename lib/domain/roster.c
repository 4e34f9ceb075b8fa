/* roster.c - the identity map's rows: each key, its lead, its account */
#include <stdlib.h>

#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/domain/roster.h>

struct lead {
	struct hash id;
	uint32_t held;    /* the key that its id is made of */
	uint32_t account; /* or KEYRING_NONE */
	int64_t account_us;
};

/* A key by the first bytes of its text, big end first: most comparisons end
 * without a look at the text. */
struct place {
	uint64_t head;
	uint32_t number;
	uint16_t rank; /* of its type's name in byte order */
};

/* A claim with its lead, for printing. */
struct claim {
	uint32_t lead;
	int64_t us;
};

struct roster {
	const struct keyring *ring;
	const struct links *links;
	const struct people *people;
	uint32_t *lead_of; /* by person, or KEYRING_NONE; by shared key its number */
	struct lead *leads;
	uint32_t nleads, nvisited;
	uint16_t rank[KEYRING_TYPES_MAX];
	struct place *spellings, *shared; /* each in byte order */
	size_t nspellings, nshared, at_spelling, at_shared;
	struct claim *claims; /* of the shared key being printed */
	size_t nclaims, at_claim, claims_cap;
	char id[HASH_ID_LEN];
};

static const size_t CLAIMS_MAX = UINT32_MAX;
enum { MESSAGE_MAX = 2 << 20 };

/* --- who is a lead --- */

static void
number_leads(struct roster *r)
{
	uint32_t n = keyring_count(r->ring);

	r->lead_of = mem_raw((size_t)n + 1, sizeof(*r->lead_of));
	for (uint32_t k = 0; k < n; k++) {
		bool lead = keyring_key(r->ring, k) == k &&
		    people_of(r->people, k) == k && people_is_lead(r->people, k);

		r->lead_of[k] = lead ? r->nleads++ : KEYRING_NONE;
	}
	r->leads = mem_new((size_t)r->nleads + 1, sizeof(*r->leads));
	for (uint32_t i = 0; i < r->nleads; i++)
		r->leads[i] = (struct lead){ .held = KEYRING_NONE,
			.account = KEYRING_NONE };
}

static uint32_t
lead_of_key(const struct roster *r, uint32_t key)
{
	uint32_t person = people_of(r->people, key);

	return person == PEOPLE_NONE ? KEYRING_NONE : r->lead_of[person];
}

/* Is a the better name of a lead: stronger, earlier, less in bytes? */
static bool
names_better(const struct roster *r, uint32_t a, uint32_t than)
{
	unsigned ta = keyring_type_of(r->ring, a), tb;
	int64_t fa = links_first(r->links, a), fb;

	if (than == KEYRING_NONE)
		return true;
	tb = keyring_type_of(r->ring, than);
	fb = links_first(r->links, than);
	if (ta != tb)
		return ta < tb;
	if (fa != fb)
		return fa < fb;
	return text_compare(keyring_text(r->ring, a), keyring_text(r->ring, than)) < 0;
}

static void
choose_names(struct roster *r)
{
	for (uint32_t k = 0; k < keyring_count(r->ring); k++) {
		uint32_t lead = KEYRING_NONE;

		if (keyring_key(r->ring, k) == k)
			lead = lead_of_key(r, k);
		if (lead != KEYRING_NONE && names_better(r, k, r->leads[lead].held))
			r->leads[lead].held = k;
	}
}

static uint64_t
big_end(const uint8_t *b)
{
	uint64_t n = 0;

	for (int i = 0; i < 8; i++)
		n = n << 8 | b[i];
	return n;
}

/* type, NUL, normal form: no two keys make one message. */
static struct hash
id_of(const struct roster *r, uint32_t key, const struct digest_key *secret,
    struct buf *room)
{
	uint8_t digest[DIGEST_LEN];
	struct text message;

	room->len = 0;
	buf_put(room, keyring_type_name(r->ring, keyring_type_of(r->ring, key)));
	buf_byte(room, '\0');
	buf_put(room, keyring_text(r->ring, key));
	message = buf_text(room);
	if (secret != NULL)
		digest_hmac(secret, &message, 1, digest);
	else
		digest_sha256(message, digest);
	return (struct hash){ big_end(digest), big_end(digest + 8) };
}

static void
make_ids(struct roster *r, const struct digest_key *secret)
{
	struct buf room;

	buf_init(&room, MESSAGE_MAX, "a key");
	for (uint32_t i = 0; i < r->nleads; i++)
		r->leads[i].id = id_of(r, r->leads[i].held, secret, &room);
	buf_clear(&room);
}

static void
count_visited(struct roster *r)
{
	for (uint32_t k = 0; k < keyring_count(r->ring); k++) {
		bool visited = false;

		for (unsigned t = 0; t < keyring_ntypes(r->ring); t++)
			if (!keyring_type(r->ring, t)->anchor)
				visited |= people_holds(r->people, k, t);
		if (visited && r->lead_of[k] != KEYRING_NONE)
			r->nvisited++;
	}
}

/* --- accounts --- */

static void
claim_account(struct roster *r, uint32_t key, uint32_t account, int64_t us)
{
	uint32_t n = lead_of_key(r, key);
	struct lead *l;
	bool newer;

	if (account == KEYRING_NONE || n == KEYRING_NONE)
		return;
	l = &r->leads[n];
	if (us == LINKS_UNDATED)
		us = INT64_MIN; /* older than all */
	newer = l->account == KEYRING_NONE || us > l->account_us;
	if (!newer && us == l->account_us)
		newer = text_compare(links_account_text(r->links, account),
			    links_account_text(r->links, l->account)) > 0;
	if (newer) {
		l->account = account;
		l->account_us = us;
	}
}

/* A row's account is that of the strongest key that is one lead's. */
static void
find_accounts(struct roster *r)
{
	for (size_t i = 0; i < links_count(r->links); i++) {
		const uint32_t *keys = links_keys(r->links, i);
		unsigned t = 0;

		while (t < keyring_ntypes(r->ring) && (keys[t] == KEYRING_NONE ||
			people_of(r->people, keys[t]) == PEOPLE_NONE))
			t++;
		if (t < keyring_ntypes(r->ring))
			claim_account(r, keys[t], links_account(r->links, i),
			    links_us(r->links, i));
	}
	for (uint32_t k = 0; k < keyring_count(r->ring); k++) {
		int64_t us = 0;
		uint32_t account = KEYRING_NONE;

		if (keyring_key(r->ring, k) == k)
			account = links_own_account(r->links, k, &us);
		if (account != KEYRING_NONE)
			claim_account(r, k, account, us);
	}
}

/* --- rows in byte order --- */

static void
rank_types(struct roster *r)
{
	unsigned n = keyring_ntypes(r->ring);

	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			if (text_compare(keyring_type_name(r->ring, b),
				keyring_type_name(r->ring, a)) < 0)
				r->rank[a]++;
}

static struct place
place_of(const struct roster *r, uint32_t n)
{
	struct text t = keyring_text(r->ring, n);
	uint8_t head[8] = { 0 };

	memcpy(head, t.s, t.len < sizeof(head) ? t.len : sizeof(head));
	return (struct place){ big_end(head), n, r->rank[keyring_type_of(r->ring, n)] };
}

static int
place_order(const void *pa, const void *pb, void *ring)
{
	const struct place *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	return text_compare(keyring_text(ring, a->number), keyring_text(ring, b->number));
}

static void
sort_places(const struct roster *r, struct place *p, size_t n)
{
	/* qsort_r() takes what it passes on as writable; the order only reads. */
	if (n != 0)
		qsort_r(p, n, sizeof(*p), place_order, (void *)(uintptr_t)r->ring);
}

static bool
is_printed(const struct roster *r, uint32_t n)
{
	uint32_t key = keyring_key(r->ring, n);

	return keyring_spelled(r->ring, n) && (people_of(r->people, key) == PEOPLE_NONE ||
		lead_of_key(r, key) != KEYRING_NONE);
}

static void
sort_spellings(struct roster *r)
{
	uint32_t count = keyring_count(r->ring);
	size_t n = 0;

	for (uint32_t k = 0; k < count; k++)
		n += is_printed(r, k);
	r->spellings = mem_raw(n + 1, sizeof(*r->spellings));
	for (uint32_t k = 0; k < count; k++)
		if (is_printed(r, k))
			r->spellings[r->nspellings++] = place_of(r, k);
	sort_places(r, r->spellings, n);
}

static void
sort_shared(struct roster *r)
{
	r->nshared = people_nshared(r->people);
	r->shared = mem_raw(r->nshared + 1, sizeof(*r->shared));
	for (size_t i = 0; i < r->nshared; i++) {
		size_t nclaims;
		uint32_t key = people_shared(r->people, i, &nclaims);

		r->shared[i] = place_of(r, key);
		r->lead_of[key] = (uint32_t)i; /* a shared key is nobody's root */
	}
	sort_places(r, r->shared, r->nshared);
}

struct roster *
roster_new(const struct keyring *ring, const struct links *links,
    const struct people *people, const struct digest_key *secret)
{
	struct roster *r = mem_new(1, sizeof(*r));

	r->ring = ring;
	r->links = links;
	r->people = people;
	number_leads(r);
	choose_names(r);
	make_ids(r, secret);
	count_visited(r);
	find_accounts(r);
	rank_types(r);
	sort_spellings(r);
	sort_shared(r);
	return r;
}

void
roster_free(struct roster *r)
{
	if (r == NULL)
		return;
	mem_free(r->lead_of);
	mem_free(r->leads);
	mem_free(r->spellings);
	mem_free(r->shared);
	mem_free(r->claims);
	mem_free(r);
}

uint32_t
roster_nleads(const struct roster *r)
{
	return r->nleads;
}

uint32_t
roster_nvisited(const struct roster *r)
{
	return r->nvisited;
}

/* --- one row after another --- */

static struct text
id_text(struct roster *r, uint32_t lead)
{
	return hash_put(r->leads[lead].id, r->id);
}

/* Ids order as their texts do: base32 of equal length, a-z2-7; but digits
 * stand before letters in bytes. */
static int
id_order(const struct lead *a, const struct lead *b)
{
	char ta[HASH_ID_LEN], tb[HASH_ID_LEN];

	return text_compare(hash_put(a->id, ta), hash_put(b->id, tb));
}

static int
claim_order(const void *pa, const void *pb, void *roster)
{
	const struct roster *r = roster;
	const struct claim *a = pa, *b = pb;

	if (a->lead != b->lead)
		return id_order(&r->leads[a->lead], &r->leads[b->lead]);
	return links_time_order(a->us, b->us);
}

/* The claims on a shared key by lead and time, each once. */
static void
load_claims(struct roster *r, uint32_t key)
{
	size_t i = r->lead_of[key], n, kept = 0;

	people_shared(r->people, i, &n);
	r->claims = mem_grow(r->claims, &r->claims_cap, n, sizeof(*r->claims),
	    CLAIMS_MAX, "claims on a shared key");
	for (size_t c = 0; c < n; c++) {
		struct people_claim claim = people_claim(r->people, i, c);

		r->claims[c] =
		    (struct claim){ r->lead_of[claim.person], claim.us };
	}
	qsort_r(r->claims, n, sizeof(*r->claims), claim_order, r);
	for (size_t c = 1; c < n; c++)
		if (claim_order(&r->claims[kept], &r->claims[c], r) != 0)
			r->claims[++kept] = r->claims[c];
	r->nclaims = kept + 1;
	r->at_claim = 0;
}

static struct roster_row
row_of(struct roster *r, uint32_t number, uint32_t lead)
{
	return (struct roster_row){
		.key_type = keyring_type_name(r->ring, keyring_type_of(r->ring, number)),
		.key = keyring_text(r->ring, number),
		.lead_id = id_text(r, lead),
		.account_id = links_account_text(r->links, r->leads[lead].account),
	};
}

/* The next dated claim on the shared key of a spelling. */
static bool
next_claim(struct roster *r, uint32_t number, struct roster_row *row)
{
	while (r->at_claim < r->nclaims) {
		struct claim c = r->claims[r->at_claim++];

		if (c.us == LINKS_UNDATED)
			continue;
		*row = row_of(r, number, c.lead);
		row->shared = true;
		row->since_us = c.us;
		return true;
	}
	return false;
}

int
roster_next(struct roster *r, struct roster_row *row)
{
	while (r->at_spelling < r->nspellings) {
		uint32_t number = r->spellings[r->at_spelling].number;
		uint32_t key = keyring_key(r->ring, number);

		if (people_of(r->people, key) != PEOPLE_NONE) {
			*row = row_of(r, number, lead_of_key(r, key));
			r->at_spelling++;
			return 1;
		}
		if (r->nclaims == 0)
			load_claims(r, key);
		if (next_claim(r, number, row))
			return 1;
		r->nclaims = 0;
		r->at_spelling++;
	}
	return 0;
}

/* The claims of one lead from at_claim on; they stand together. */
static void
sum_claims(struct roster *r, struct roster_conflict *c)
{
	uint32_t lead = r->claims[r->at_claim].lead;

	c->rows = 0;
	c->first_us = c->last_us = LINKS_UNDATED;
	for (; r->at_claim < r->nclaims && r->claims[r->at_claim].lead == lead;
	     r->at_claim++) {
		int64_t us = r->claims[r->at_claim].us;

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
roster_next_conflict(struct roster *r, struct roster_conflict *c)
{
	uint32_t key, lead, held;

	if (r->at_shared < r->nshared && r->nclaims != 0 && r->at_claim == r->nclaims) {
		r->at_shared++;
		r->nclaims = 0;
	}
	if (r->at_shared == r->nshared)
		return 0;
	key = r->shared[r->at_shared].number;
	if (r->nclaims == 0)
		load_claims(r, key);
	lead = r->claims[r->at_claim].lead;
	held = r->leads[lead].held;
	*c = (struct roster_conflict){
		.key_type = keyring_type_name(r->ring, keyring_type_of(r->ring, key)),
		.key = keyring_text(r->ring, key),
		.lead_id = id_text(r, lead),
		.held_type = keyring_type_name(r->ring, keyring_type_of(r->ring, held)),
		.held = keyring_text(r->ring, held),
	};
	sum_claims(r, c);
	return 1;
}
