/* roster.h - the identity map's rows: each key, its lead, its account */
#ifndef LEAD_DOMAIN_ROSTER_H
#define LEAD_DOMAIN_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/digest.h>
#include <lead/base/hash.h>
#include <lead/domain/people.h>

/*
 * The leads among the people. A lead's id is the first 128 bits of HMAC-SHA-256
 * with secret, or of SHA-256 without (secret NULL), over "type\0normal form" of
 * its strongest key, of several the earliest by first row, then the least in
 * bytes. Its account is the one that its newest row names; at one time the
 * greatest in bytes.
 */
struct roster;

/* All three are borrowed. */
struct roster *roster_new(const struct keyring *ring, const struct links *links,
    const struct people *people, const struct digest_key *secret);
void roster_free(struct roster *r);

uint32_t roster_nleads(const struct roster *r);
/* How many of them have a visitor. */
uint32_t roster_nvisited(const struct roster *r);

/* One row of the map. */
struct roster_row {
	struct text key_type, key, lead_id, account_id;
	bool shared;
	int64_t since_us; /* of a shared key */
};

/* Rows in byte order, each once: 1, or 0 after the last. Borrowed until the
 * next call. */
int roster_next(struct roster *r, struct roster_row *row);

/* One lead that a shared key could not be, as --conflicts lists them. */
struct roster_conflict {
	struct text key_type, key, lead_id; /* key: normal form */
	struct text held_type, held;        /* what the lead's id is made of */
	uint64_t rows;                      /* distinct claims */
	int64_t first_us, last_us;          /* or LINKS_UNDATED */
};

/* In byte order of the first three: 1, or 0 after the last. */
int roster_next_conflict(struct roster *r, struct roster_conflict *c);

#endif
