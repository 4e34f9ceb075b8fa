/* roster.c - which people are leads, by what id and of which account? */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/roster.h>

struct lead {
	struct hash id;
	uint32_t kept;    /* of ids, what it had before; KEYRING_NONE: id */
	uint32_t held;    /* the key that its id is made of */
	uint32_t account; /* or KEYRING_NONE */
	uint32_t domain;  /* the address that gives it an account, or KEYRING_NONE */
};

struct roster {
	const struct keyring *ring;
	const struct links *links;
	const struct people *people;
	uint32_t *lead_of; /* by person, or ROSTER_NONE */
	struct lead *leads;
	uint32_t nleads, nvisited;
	const struct domains *domains; /* or NULL */
	const struct dict *ids;        /* of before, or NULL */
};

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
		r->leads[i] = (struct lead){ .kept = KEYRING_NONE, .held = KEYRING_NONE,
			.account = KEYRING_NONE, .domain = KEYRING_NONE };
}

uint32_t
roster_lead(const struct roster *r, uint32_t key)
{
	uint32_t person = people_of(r->people, key);

	return person == PEOPLE_NONE ? ROSTER_NONE : r->lead_of[person];
}

/* Is a the better name of a lead: stronger, earlier, less in bytes? */
bool
roster_names_better(const struct roster *r, uint32_t a, uint32_t than)
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
			lead = roster_lead(r, k);
		if (lead != KEYRING_NONE &&
		    roster_names_better(r, k, r->leads[lead].held))
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

/* type, NUL, normal form: no two keys make one message. Each turn after
 * the first adds a NUL. */
static struct hash
id_of(const struct roster *r, uint32_t key, unsigned turn,
    const struct digest_key *secret, struct buf *room)
{
	uint8_t digest[DIGEST_LEN];
	struct text message;

	room->len = 0;
	buf_put(room, keyring_type_name(r->ring, keyring_type_of(r->ring, key)));
	buf_byte(room, '\0');
	buf_put(room, keyring_text(r->ring, key));
	for (unsigned i = 0; i < turn; i++)
		buf_byte(room, '\0');
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
		r->leads[i].id = id_of(r, r->leads[i].held, 0, secret, &room);
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

/* The account of each lead that was named last: when. */
struct accounts {
	struct roster *roster;
	int64_t *us; /* by lead */
};

static void
claim_account(struct accounts *a, uint32_t key, uint32_t account, int64_t us)
{
	const struct links *links = a->roster->links;
	uint32_t n = roster_lead(a->roster, key);
	struct lead *l;
	bool newer;

	if (account == KEYRING_NONE || n == KEYRING_NONE)
		return;
	l = &a->roster->leads[n];
	if (us == LINKS_UNDATED)
		us = INT64_MIN; /* older than all */
	newer = l->account == KEYRING_NONE || us > a->us[n];
	if (!newer && us == a->us[n])
		newer = text_compare(links_account_text(links, account),
			    links_account_text(links, l->account)) > 0;
	if (newer) {
		l->account = account;
		a->us[n] = us;
	}
}

/* A row's account is that of the strongest key that is one lead's. */
static void
claim_by_rows(struct accounts *a, struct links_rows *rows)
{
	const struct roster *r = a->roster;
	unsigned t = 0;
	int64_t us;

	while (t < keyring_ntypes(r->ring) && (rows->keys[t] == KEYRING_NONE ||
		people_of(r->people, rows->keys[t]) == PEOPLE_NONE))
		t++;
	while (t < keyring_ntypes(r->ring) && links_time(rows, &us))
		claim_account(a, rows->keys[t], rows->account, us);
}

static void
find_accounts(struct roster *r)
{
	struct accounts a = { r, mem_raw((size_t)r->nleads + 1, sizeof(*a.us)) };
	struct links_rows rows;

	for (uint32_t n = links_begin(r->links); n != LINKS_END; ) {
		n = links_next(r->links, n, &rows);
		if (rows.account != KEYRING_NONE)
			claim_by_rows(&a, &rows);
	}
	for (uint32_t k = 0; k < keyring_count(r->ring); k++) {
		int64_t us = 0;
		uint32_t account = KEYRING_NONE;

		if (keyring_key(r->ring, k) == k)
			account = links_own_account(r->links, k, &us);
		if (account != KEYRING_NONE)
			claim_account(&a, k, account, us);
	}
	mem_free(a.us);
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
	return r;
}

void
roster_free(struct roster *r)
{
	if (r == NULL)
		return;
	mem_free(r->lead_of);
	mem_free(r->leads);
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

struct text
roster_id(const struct roster *r, uint32_t lead, char out[HASH_ID_LEN])
{
	const struct lead *l = &r->leads[lead];

	return l->kept != KEYRING_NONE ? dict_text(r->ids, l->kept) :
	    hash_put(l->id, out);
}

void
roster_keep_id(struct roster *r, uint32_t lead, const struct dict *ids, uint32_t id)
{
	r->ids = ids;
	r->leads[lead].kept = id;
}

void
roster_make_id(struct roster *r, uint32_t lead, unsigned turn,
    const struct digest_key *secret)
{
	struct buf room;

	buf_init(&room, MESSAGE_MAX, "a key");
	r->leads[lead].id = id_of(r, r->leads[lead].held, turn, secret, &room);
	buf_clear(&room);
}

struct text
roster_key_id(const struct roster *r, uint32_t key, const struct digest_key *secret,
    char out[HASH_ID_LEN])
{
	struct buf room;
	struct text id;

	buf_init(&room, MESSAGE_MAX, "a key");
	id = hash_put(id_of(r, key, 0, secret, &room), out);
	buf_clear(&room);
	return id;
}

uint32_t
roster_held(const struct roster *r, uint32_t lead)
{
	return r->leads[lead].held;
}

void
roster_take_domains(struct roster *r, const struct domains *d)
{
	r->domains = d;
	for (uint32_t k = 0; k < keyring_count(r->ring); k++) {
		uint32_t n = ROSTER_NONE;

		if (keyring_type(r->ring, keyring_type_of(r->ring, k))->form == KEY_EMAIL &&
		    keyring_key(r->ring, k) == k &&
		    domains_company(d, keyring_text(r->ring, k)).len != 0)
			n = roster_lead(r, k);
		if (n != ROSTER_NONE && r->leads[n].account == KEYRING_NONE &&
		    roster_names_better(r, k, r->leads[n].domain))
			r->leads[n].domain = k;
	}
}

struct text
roster_account(const struct roster *r, uint32_t lead)
{
	const struct lead *l = &r->leads[lead];

	return l->domain == KEYRING_NONE ? links_account_text(r->links, l->account) :
	    domains_company(r->domains, keyring_text(r->ring, l->domain));
}
