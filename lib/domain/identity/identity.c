/* identity.c - whose row is this? The map that lead-identify wrote, read */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/when.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/identity/visitor.h>

const char *const identity_columns[IDENTITY_COLUMNS] = { "key_type", "key", "lead_id",
	"account_id", "since", "rule" };

enum { KEY_TYPE, KEY, LEAD_ID, ACCOUNT_ID, SINCE, RULE };

/* A shared key was this lead's at that time. */
struct claim {
	uint32_t key, lead;
	int64_t us;
};

/* What stands for a lead where there is none, or where claims decide. */
static const uint32_t UNSET = UINT32_MAX, SHARED = UINT32_MAX - 1;

static const size_t KEYS_MAX = (size_t)UINT32_MAX - 2;

struct identity {
	const struct zone *zone;
	struct dict *types, *leads, *accounts;
	unsigned order[IDENTITY_TYPES_MAX]; /* types, strongest first */
	struct map *keys;
	uint32_t *owner;   /* by key */
	uint32_t *account; /* by lead; of accounts, or UNSET */
	struct claim *claims;
	size_t owner_cap, account_cap, nclaims, claims_cap;
};

struct identity *
identity_new(const struct zone *zone)
{
	struct identity *m = mem_new(1, sizeof(*m));

	m->zone = zone;
	m->types = dict_new();
	m->leads = dict_new();
	m->accounts = dict_new();
	m->keys = map_new();
	return m;
}

void
identity_free(struct identity *m)
{
	if (m == NULL)
		return;
	dict_free(m->types);
	dict_free(m->leads);
	dict_free(m->accounts);
	map_free(m->keys);
	mem_free(m->owner);
	mem_free(m->account);
	mem_free(m->claims);
	mem_free(m);
}

/* One map serves all types: the type is mixed into the hash of the key. */
static struct hash
hash_key(uint32_t type, struct text key)
{
	struct hash h = hash_text(key);

	h.hi ^= (type + 1) * UINT64_C(0x9e3779b97f4a7c15);
	return h;
}

/* A visitor of address and agent is another key each day. */
static bool
is_daily(const struct identity *m, uint32_t type, struct text key)
{
	return visitor_is_daily(key) && text_is(dict_text(m->types, type), "visitor_id");
}

static struct hash
hash_daily(const struct identity *m, uint32_t type, struct text key, int64_t us)
{
	struct hash h = hash_key(type, key);

	h.lo ^= (uint64_t)(zone_day(m->zone, us) + 1) * UINT64_C(0xd6e8feb86659fd93);
	return h;
}

static uint32_t
add_lead(struct identity *m, struct text lead_id, struct text account_id)
{
	uint32_t n = dict_count(m->leads);
	uint32_t lead = dict_add(m->leads, lead_id);

	if (lead == n) {
		m->account = mem_grow(m->account, &m->account_cap, (size_t)n + 1,
		    sizeof(*m->account), KEYS_MAX, "leads of the identity map");
		m->account[lead] = UNSET;
	}
	if (account_id.len != 0)
		m->account[lead] = dict_add(m->accounts, account_id);
	return lead;
}

static void
add_claim(struct identity *m, uint32_t key, uint32_t lead, int64_t us)
{
	m->claims = mem_grow(m->claims, &m->claims_cap, m->nclaims + 1,
	    sizeof(*m->claims), KEYS_MAX, "identifications by shared keys");
	m->claims[m->nclaims++] = (struct claim){ key, lead, us };
}

static uint32_t
add_key(struct identity *m, struct hash key)
{
	bool added;
	uint32_t n = map_add(m->keys, key, &added);

	if (added) {
		m->owner = mem_grow(m->owner, &m->owner_cap, (size_t)n + 1,
		    sizeof(*m->owner), KEYS_MAX, "keys of the identity map");
		m->owner[n] = UNSET;
	}
	return n;
}

/* The time of a row, if it has one. */
static const char *
read_since(const struct identity *m, const struct text *field, int64_t *us)
{
	if (field[SINCE].len == 0)
		return text_is(field[RULE], "day") ? "a key of one day without the day" :
		    NULL;
	if (when_parse(field[SINCE], us) != WHEN_OK)
		return "not a time";
	if (text_is(field[RULE], "day") &&
	    zone_day_start(m->zone, zone_day(m->zone, *us)) != *us)
		return "no day begins then in this --tz: the map was made in another";
	return NULL;
}

const char *
identity_add(void *map, const struct text *field, size_t *bad)
{
	struct identity *m = map;
	bool shared = field[SINCE].len != 0 && !text_is(field[RULE], "day");
	uint32_t type, key, lead;
	int64_t us = 0;
	const char *why;

	if (dict_get(m->types, field[KEY_TYPE]) == DICT_NONE &&
	    dict_count(m->types) == IDENTITY_TYPES_MAX)
		return "more than 16 key types";
	why = read_since(m, field, &us);
	if (why != NULL) {
		*bad = SINCE;
		return why;
	}
	if (field[LEAD_ID].len == 0) {
		*bad = LEAD_ID;
		return "no lead";
	}
	type = dict_add(m->types, field[KEY_TYPE]);
	if (is_daily(m, type, field[KEY]) && field[SINCE].len == 0) {
		*bad = SINCE;
		return "a key of one day without the day";
	}
	key = add_key(m, is_daily(m, type, field[KEY]) ?
		hash_daily(m, type, field[KEY], us) : hash_key(type, field[KEY]));
	lead = add_lead(m, field[LEAD_ID], field[ACCOUNT_ID]);
	if (m->owner[key] != UNSET &&
	    (!shared || m->owner[key] != SHARED) && m->owner[key] != lead) {
		*bad = KEY;
		return "a key of two leads without since";
	}
	m->owner[key] = shared ? SHARED : lead;
	if (shared)
		add_claim(m, key, lead, us);
	return NULL;
}

/* By key, then time; at one time the lead whose id is least in bytes stands
 * first. */
static int
claim_order(const void *pa, const void *pb, void *leads)
{
	const struct claim *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	return text_compare(dict_text(leads, a->lead), dict_text(leads, b->lead));
}

/* crm_id 0, email 1, phone 2, others 3, visitor_id 4 */
static unsigned
strength(struct text type)
{
	static const char *const strong[] = { "crm_id", "email", "phone" };
	enum { OTHERS = 3, VISITOR = 4 };

	for (unsigned i = 0; i < OTHERS; i++)
		if (text_is(type, strong[i]))
			return i;
	return text_is(type, "visitor_id") ? VISITOR : OTHERS;
}

static int
type_order(const void *pa, const void *pb, void *types)
{
	struct text a = dict_text(types, *(const unsigned *)pa);
	struct text b = dict_text(types, *(const unsigned *)pb);
	unsigned sa = strength(a), sb = strength(b);

	return sa != sb ? (sa > sb) - (sa < sb) : text_compare(a, b);
}

void
identity_ready(struct identity *m)
{
	if (m->nclaims != 0)
		qsort_r(m->claims, m->nclaims, sizeof(*m->claims), claim_order,
		    m->leads);
	for (unsigned i = 0; i < dict_count(m->types); i++)
		m->order[i] = i;
	qsort_r(m->order, dict_count(m->types), sizeof(*m->order), type_order, m->types);
}

size_t
identity_ntypes(const struct identity *m)
{
	return dict_count(m->types);
}

struct text
identity_type(const struct identity *m, size_t i)
{
	return dict_text(m->types, m->order[i]);
}

/* The first claim on key at or after us, or where it would stand. */
static size_t
first_claim(const struct identity *m, uint32_t key, int64_t us)
{
	size_t from = 0, to = m->nclaims;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct claim *c = &m->claims[mid];

		if (c->key < key || (c->key == key && c->us < us))
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

/* The lead that a shared key is at us, or UNSET. */
static uint32_t
claim_at(const struct identity *m, uint32_t key, int64_t us, int64_t until_us)
{
	size_t i = first_claim(m, key, us);

	if (i < m->nclaims && m->claims[i].key == key && m->claims[i].us <= until_us)
		return m->claims[i].lead;
	if (i == 0 || m->claims[i - 1].key != key)
		return UNSET;
	return m->claims[first_claim(m, key, m->claims[i - 1].us)].lead;
}

/* The number of a row's cell of the i-th type, or MAP_NONE. */
static uint32_t
find_key(const struct identity *m, size_t i, struct text cell, bool timed, int64_t us)
{
	if (!is_daily(m, m->order[i], cell))
		return map_get(m->keys, hash_key(m->order[i], cell));
	return timed ? map_get(m->keys, hash_daily(m, m->order[i], cell, us)) : MAP_NONE;
}

uint32_t
identity_find(const struct identity *m, const struct text *cell, bool timed,
    int64_t us, int64_t until_us)
{
	uint32_t shared[IDENTITY_TYPES_MAX];
	size_t nshared = 0;

	for (size_t i = 0; i < identity_ntypes(m); i++) {
		uint32_t key, owner;

		if (cell[i].len == 0)
			continue;
		key = find_key(m, i, cell[i], timed, us);
		if (key == MAP_NONE)
			continue;
		owner = m->owner[key];
		if (owner != SHARED)
			return owner;
		shared[nshared++] = key;
	}
	for (size_t i = 0; timed && i < nshared; i++) {
		uint32_t lead = claim_at(m, shared[i], us, until_us);

		if (lead != UNSET)
			return lead;
	}
	return IDENTITY_NONE;
}

uint32_t
identity_lead(const struct identity *m, struct text lead_id)
{
	uint32_t n = dict_get(m->leads, lead_id);

	return n == DICT_NONE ? IDENTITY_NONE : n;
}

uint32_t
identity_count(const struct identity *m)
{
	return dict_count(m->leads);
}

struct text
identity_lead_id(const struct identity *m, uint32_t n)
{
	return dict_text(m->leads, n);
}

struct text
identity_account_id(const struct identity *m, uint32_t n)
{
	return m->account[n] == UNSET ? TEXT_NONE :
	    dict_text(m->accounts, m->account[n]);
}
