/* owner.h - which group does a row belong to? */
#ifndef LEAD_DOMAIN_OWNER_H
#define LEAD_DOMAIN_OWNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/journey/journey.h>

enum owner_by {
	OWNER_LEAD,    /* groups are people */
	OWNER_ACCOUNT, /* groups are companies */
	OWNER_COLUMN,  /* groups are the values of any other column */
};

/* What a row says of whose it is; fields as they stand. */
struct owner_row {
	struct text key;        /* of OWNER_COLUMN */
	struct text lead_id, account_id, deal_id, event;
	struct text link;       /* contacts of a deal, ; or , between them */
	struct text keys[IDENTITY_TYPES_MAX]; /* by identity_type() */
	bool timed;
	int64_t us, until_us;   /* of identity_find() */
};

struct owner;

/* map may be NULL. deals: the table has deals, so accounts are remembered. */
struct owner *owner_new(enum owner_by by, const struct identity *map, bool deals);
void owner_free(struct owner *o); /* NULL does nothing */

/*
 * The person of a row: the lead that it names, else that of its keys, strongest
 * first, else that of a deal's first contact that the map knows; and its
 * account: the row's, else the lead's. Empty where there is none.
 */
struct journey_lead owner_lead(const struct owner *o, const struct owner_row *r);

enum owner_verdict {
	OWNER_GROUP, /* *key is the group's key, borrowed until the next call */
	OWNER_WAITS, /* a deal of an account: owner_earliest() once all rows were seen */
	OWNER_NOBODY,
};

/* A deal without a person goes to its account's earliest lead, without an
 * account to a group of its own, "deal:ID". */
enum owner_verdict owner_group(struct owner *o, const struct owner_row *r,
    struct text *key);

/* The key of a deal that waited: the account's lead with the earliest lead
 * event, else with the earliest row, else with the least id in the map. */
struct text owner_earliest(struct owner *o, struct text account_id,
    struct text deal_id);

/* Is it the key of a deal's own group? */
bool owner_is_deal(struct text key);

/* Does the map name the group of this row? */
bool owner_is_named(const struct owner *o, const struct owner_row *r,
    struct text key);

#endif
