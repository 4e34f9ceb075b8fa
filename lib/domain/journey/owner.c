/* owner.c - which group does a row belong to? */
#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/journey/owner.h>

enum { KEY_MAX = 1 << 20 };
static const size_t NO_TYPE = SIZE_MAX;

/* The lead of an account that deals without a person go to. */
struct earliest {
	struct text lead_id;
	int64_t us;
	bool by_lead_event;
};

struct owner {
	enum owner_by by;
	const struct identity *map;
	size_t contact; /* type of the keys in a link, or NO_TYPE */
	bool remember;  /* accounts */
	struct map *accounts;
	struct earliest *earliest; /* by number of the account */
	size_t cap;
	struct arena texts;
	bool map_read; /* the map's leads were offered to their accounts */
	struct buf key;
};

static size_t
contact_type(const struct identity *map)
{
	for (size_t i = 0; map != NULL && i < identity_ntypes(map); i++)
		if (text_is(identity_type(map, i), "crm_id"))
			return i;
	return NO_TYPE;
}

struct owner *
owner_new(enum owner_by by, const struct identity *map, bool deals)
{
	struct owner *o = mem_new(1, sizeof(*o));

	o->by = by;
	o->map = map;
	o->contact = contact_type(map);
	o->remember = deals && by == OWNER_LEAD;
	o->accounts = map_new();
	buf_init(&o->key, KEY_MAX, "a key");
	return o;
}

void
owner_free(struct owner *o)
{
	if (o == NULL)
		return;
	map_free(o->accounts);
	mem_free(o->earliest);
	arena_clear(&o->texts);
	buf_clear(&o->key);
	mem_free(o);
}

/* --- people --- */

/* The first contact of a list that is somebody. */
static uint32_t
find_contact(const struct owner *o, const struct owner_row *r)
{
	struct text cell[IDENTITY_TYPES_MAX] = { { NULL, 0 } };
	struct text rest = r->link, part, contact;
	uint32_t n = IDENTITY_NONE;

	if (r->link.len == 0 || o->contact == NO_TYPE)
		return IDENTITY_NONE;
	while (n == IDENTITY_NONE && text_next(&rest, ';', &part))
		while (n == IDENTITY_NONE && text_next(&part, ',', &contact)) {
			cell[o->contact] = text_trim(contact);
			n = identity_find(o->map, cell, r->timed, r->us, r->until_us);
		}
	return n;
}

static uint32_t
find_in_map(const struct owner *o, const struct owner_row *r)
{
	uint32_t n;

	if (o->map == NULL)
		return IDENTITY_NONE;
	if (r->lead_id.len != 0)
		return identity_lead(o->map, r->lead_id);
	n = identity_find(o->map, r->keys, r->timed, r->us, r->until_us);
	if (n == IDENTITY_NONE && r->deal_id.len != 0)
		n = find_contact(o, r);
	return n;
}

struct journey_lead
owner_lead(const struct owner *o, const struct owner_row *r)
{
	struct journey_lead lead = { r->lead_id, r->account_id };
	uint32_t n = find_in_map(o, r);

	if (n == IDENTITY_NONE)
		return lead;
	if (lead.lead_id.len == 0)
		lead.lead_id = identity_lead_id(o->map, n);
	if (lead.account_id.len == 0)
		lead.account_id = identity_account_id(o->map, n);
	return lead;
}

bool
owner_is_named(const struct owner *o, const struct owner_row *r, struct text key)
{
	if (o->map == NULL)
		return false;
	if (o->by == OWNER_LEAD)
		return identity_lead(o->map, key) != IDENTITY_NONE;
	return find_in_map(o, r) != IDENTITY_NONE;
}

/* --- accounts --- */

static bool
is_earlier(const struct earliest *a, const struct earliest *b)
{
	if (a->by_lead_event != b->by_lead_event)
		return a->by_lead_event;
	if (a->us != b->us)
		return a->us < b->us;
	return text_compare(a->lead_id, b->lead_id) < 0;
}

static void
offer(struct owner *o, struct text account_id, struct earliest candidate)
{
	bool added;
	uint32_t n = map_add(o->accounts, hash_text(account_id), &added);
	struct earliest *e;

	if (added)
		o->earliest = mem_grow(o->earliest, &o->cap, (size_t)n + 1,
		    sizeof(*o->earliest), UINT32_MAX, "accounts");
	e = &o->earliest[n];
	if (!added && !is_earlier(&candidate, e))
		return;
	if (added || !text_equal(e->lead_id, candidate.lead_id))
		candidate.lead_id = arena_text(&o->texts, candidate.lead_id);
	else
		candidate.lead_id = e->lead_id;
	*e = candidate;
}

static void
read_map(struct owner *o)
{
	o->map_read = true;
	for (uint32_t i = 0; o->map != NULL && i < identity_count(o->map); i++)
		if (identity_account_id(o->map, i).len != 0)
			offer(o, identity_account_id(o->map, i), (struct earliest){
			    identity_lead_id(o->map, i), INT64_MAX, false });
}

/* --- groups --- */

bool
owner_is_deal(struct text key)
{
	return text_starts(key, TEXT("deal:"));
}

static struct text
deal_key(struct owner *o, struct text deal_id)
{
	o->key.len = 0;
	buf_put(&o->key, TEXT("deal:"));
	buf_put(&o->key, deal_id);
	return buf_text(&o->key);
}

struct text
owner_earliest(struct owner *o, struct text account_id, struct text deal_id)
{
	uint32_t n;

	if (!o->map_read)
		read_map(o);
	n = map_get(o->accounts, hash_text(account_id));
	return n != MAP_NONE ? o->earliest[n].lead_id : deal_key(o, deal_id);
}

static struct text
own_key(struct owner *o, const struct owner_row *r, const struct journey_lead *lead)
{
	switch (o->by) {
	case OWNER_LEAD:
		return lead->lead_id;
	case OWNER_ACCOUNT:
		return lead->account_id;
	case OWNER_COLUMN:
		return r->key;
	}
	return TEXT_NONE;
}

enum owner_verdict
owner_group(struct owner *o, const struct owner_row *r, struct text *key)
{
	struct journey_lead lead = owner_lead(o, r);

	*key = own_key(o, r, &lead);
	if (key->len != 0) {
		if (o->remember && lead.account_id.len != 0 && r->timed)
			offer(o, lead.account_id, (struct earliest){ *key, r->us,
			    text_is(r->event, "lead") });
		return OWNER_GROUP;
	}
	if (r->deal_id.len == 0)
		return OWNER_NOBODY;
	if (o->by == OWNER_LEAD && lead.account_id.len != 0)
		return OWNER_WAITS;
	*key = deal_key(o, r->deal_id);
	return OWNER_GROUP;
}
