/* roster.h - which people are leads, by what id and of which account? */
#ifndef LEAD_DOMAIN_ROSTER_H
#define LEAD_DOMAIN_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/dict.h>
#include <lead/base/digest.h>
#include <lead/base/hash.h>
#include <lead/domain/identity/domains.h>
#include <lead/domain/identity/people.h>

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

/* Does key name a lead better than the key than (or KEYRING_NONE): is it
 * stronger, earlier, less in bytes? */
bool roster_names_better(const struct roster *r, uint32_t key, uint32_t than);

/* A lead without account has the company's domain of its best address that is
 * of one. d is borrowed for good. */
void roster_take_domains(struct roster *r, const struct domains *d);

/* Give a lead another id: one that it had, a number of ids (the same one each
 * time, borrowed for good), or the one of its key in another turn, 1 2 …. */
void roster_keep_id(struct roster *r, uint32_t lead, const struct dict *ids,
    uint32_t id);
void roster_make_id(struct roster *r, uint32_t lead, unsigned turn,
    const struct digest_key *secret);

/* The id that a key makes, in out. */
struct text roster_key_id(const struct roster *r, uint32_t key,
    const struct digest_key *secret, char out[HASH_ID_LEN]);

/* Of a lead: its id, in out or borrowed; the key that the id is made of; its account or
 * empty, borrowed. */
struct text roster_id(const struct roster *r, uint32_t lead, char out[HASH_ID_LEN]);
uint32_t roster_held(const struct roster *r, uint32_t lead);
struct text roster_account(const struct roster *r, uint32_t lead);

#endif
