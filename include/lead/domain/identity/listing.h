/* listing.h - the rows of the identity map, and of its conflicts, in order */
#ifndef LEAD_DOMAIN_LISTING_H
#define LEAD_DOMAIN_LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/zone.h>
#include <lead/domain/identity/roster.h>

struct listing;

/* All are borrowed; zone tells where civil days begin. */
struct listing *listing_new(const struct keyring *ring, const struct people *people,
    const struct roster *roster, const struct zone *zone);
void listing_free(struct listing *l);

/* How a key is a lead's. */
enum listing_rule {
	LISTING_OWN,    /* always */
	LISTING_DAY,    /* on the civil day that begins at since */
	LISTING_SHARED, /* by an identification at since */
};

/* One row of the map. */
struct listing_row {
	struct text key_type, key, lead_id, account_id;
	enum listing_rule rule;
	int64_t since_us; /* not of LISTING_OWN */
};

/* Rows in byte order, each once: 1, or 0 after the last. Borrowed until the
 * next call. */
int listing_next(struct listing *l, struct listing_row *row);

/* One lead that a shared key could not be, as --conflicts lists them. */
struct listing_conflict {
	struct text key_type, key, lead_id; /* key: normal form */
	struct text held_type, held;        /* what the lead's id is made of */
	uint64_t rows;                      /* distinct claims */
	int64_t first_us, last_us;          /* or LINKS_UNDATED */
};

/* By type, key, its day if it has one, lead: 1, or 0 after the last. */
int listing_next_conflict(struct listing *l, struct listing_conflict *c);

#endif
