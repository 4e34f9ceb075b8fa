/* roster.h - which people are leads, by what id and of which account? */
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

enum { ROSTER_NONE = UINT32_MAX };

/* All but secret are borrowed for good. */
struct roster *roster_new(const struct keyring *ring, const struct links *links,
    const struct people *people, const struct digest_key *secret);
void roster_free(struct roster *r);

/* Leads have numbers 0 1 2 …; so many of them, and of those with a visitor. */
uint32_t roster_nleads(const struct roster *r);
uint32_t roster_nvisited(const struct roster *r);

/* The lead of a key, ROSTER_NONE when it is shared or nobody's. */
uint32_t roster_lead(const struct roster *r, uint32_t key);

/* Of a lead: its id, in out; the key that the id is made of; its account or
 * empty, borrowed. */
struct text roster_id(const struct roster *r, uint32_t lead, char out[HASH_ID_LEN]);
uint32_t roster_held(const struct roster *r, uint32_t lead);
struct text roster_account(const struct roster *r, uint32_t lead);

#endif
