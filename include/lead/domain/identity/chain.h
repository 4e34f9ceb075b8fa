/* chain.h - which row made which ids one, and which ids changed? */
#ifndef LEAD_DOMAIN_CHAIN_H
#define LEAD_DOMAIN_CHAIN_H

#include <stdint.h>

#include <lead/domain/identity/joins.h>
#include <lead/domain/identity/previous.h>
#include <lead/domain/identity/roster.h>

/*
 * Keys begin with ids of their own, or with the id that their lead had before.
 * The joins of each lead are taken in the order of time; one that makes two
 * parts of it one is a row: the id of the better part survives. Then come the
 * ids that changed without one.
 */
struct chain;

struct chain_sources {
	const struct keyring *ring;
	const struct links *links;
	const struct people *people;
	const struct roster *roster;
	const struct previous *previous; /* settled; or NULL */
	const struct joins *cut;         /* of joins_trim(); or NULL */
	const struct digest_key *secret; /* or NULL */
};

struct chain_row {
	struct text lead_id, rule, surviving_id, merged_id, key_type, with_type, event_id;
	int64_t us; /* or LINKS_UNDATED */
};

/* The sources are borrowed for good. */
struct chain *chain_new(const struct chain_sources *s);
void chain_free(struct chain *c);

/* Rows by lead_id, then as they came about: 1, or 0 after the last. */
int chain_next(struct chain *c, struct chain_row *row);

#endif
