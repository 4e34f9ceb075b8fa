#include <lead/base/when.h>
#include <lead/domain/identity/identity.h>

#include "tap.h"

/* key_type key lead_id account_id since rule */
static const char *
add(struct identity *m, const char *type, const char *key, const char *lead,
    const char *account, const char *since)
{
	const struct text row[IDENTITY_COLUMNS] = { text_of(type), text_of(key),
		text_of(lead), text_of(account), text_of(since), TEXT_NONE };
	size_t bad = 0;

	return identity_add(m, row, &bad);
}

/* A row of 2026-01-01 at that time: crm_id, email, phone, visitor_id. */
static struct text
find(struct identity *m, const char *time, const char *crm, const char *phone,
    const char *visitor)
{
	struct text cell[IDENTITY_TYPES_MAX];
	int64_t us = 0;
	bool timed = when_parse(text_of(time), &us) == WHEN_OK;
	uint32_t lead;

	for (size_t i = 0; i < identity_ntypes(m); i++) {
		struct text type = identity_type(m, i);

		cell[i] = text_of(text_is(type, "crm_id") ? crm :
		    text_is(type, "phone") ? phone :
		    text_is(type, "visitor_id") ? visitor : "");
	}
	lead = identity_find(m, cell, timed, us, us + IDENTITY_VISIT_US);
	return lead == IDENTITY_NONE ? TEXT("-") : identity_lead_id(m, lead);
}

int
main(void)
{
	struct zone *utc = zone_open("UTC");
	struct identity *m = identity_new(utc);

	ok(add(m, "visitor_id", "v1", "ana", "", "") == NULL, "a key of one lead");
	ok(add(m, "crm_id", "7", "ben", "acme", "") == NULL, "another");
	ok(add(m, "zip", "1", "ana", "", "") == NULL, "a type of the user's own");
	ok(add(m, "phone", "555", "ben", "", "2026-01-01T12:00:00Z") == NULL,
	    "a shared key, rows in any order");
	ok(add(m, "phone", "555", "ana", "", "2026-01-01T10:00:00Z") == NULL,
	    "its other claim");
	ok(add(m, "visitor_id", "v1", "ben", "", "") != NULL,
	    "an unshared key has one lead");
	ok(add(m, "visitor_id", "v1", "ben", "", "2026-01-01T10:00:00Z") != NULL,
	    "and is not shared as well");
	ok(add(m, "phone", "555", "ana", "", "noon") != NULL, "since is a time");
	ok(add(m, "phone", "556", "", "", "") != NULL, "a lead must be named");
	identity_ready(m);

	is(identity_type(m, 0), "crm_id", "crm_id is strongest");
	is(identity_type(m, 1), "phone", "phone next");
	is(identity_type(m, 2), "zip", "others before visitors");
	is(identity_type(m, 3), "visitor_id", "visitors last");
	is(find(m, "2026-01-01T00:00:00Z", "7", "", "v1"), "ben", "strongest key first");
	is(find(m, "2026-01-01T00:00:00Z", "", "", "v2"), "-", "an unknown key");
	is(find(m, "2026-01-01T12:00:00Z", "", "555", "v1"), "ana",
	    "a weaker key of one lead beats a shared one");
	is(find(m, "2026-01-01T09:29:59Z", "", "555", ""), "-",
	    "shared: nobody more than 30 minutes before the first claim");
	is(find(m, "2026-01-01T09:30:00Z", "", "555", ""), "ana",
	    "shared: the next claim within the visit");
	is(find(m, "2026-01-01T10:00:00Z", "", "555", ""), "ana",
	    "shared: the claim at that very time");
	is(find(m, "2026-01-01T11:29:59Z", "", "555", ""), "ana",
	    "shared: else the last before");
	is(find(m, "2026-01-01T11:30:00Z", "", "555", ""), "ben",
	    "shared: the next one wins within the visit");
	is(find(m, "2027-01-01T00:00:00Z", "", "555", ""), "ben",
	    "shared: the last of all");
	is(find(m, "", "", "555", ""), "-", "a row without time takes no shared key");
	ok(identity_count(m) == 2, "two leads");
	is(identity_account_id(m, identity_lead(m, TEXT("ben"))), "acme",
	    "the account of a lead");
	is(identity_account_id(m, identity_lead(m, TEXT("ana"))), "", "or none");
	ok(identity_lead(m, TEXT("eve")) == IDENTITY_NONE, "a lead it does not know");
	identity_free(m);
	zone_free(utc);
	return tap_end();
}
