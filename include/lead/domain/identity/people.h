/* people.h - which keys are the same person? */
#ifndef LEAD_DOMAIN_PEOPLE_H
#define LEAD_DOMAIN_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/identity/keyring.h>
#include <lead/domain/identity/links.h>

/*
 * Key types are taken from the strongest to the weakest. A key joins the people
 * that the stronger keys of its rows belong to, unless two of those people hold
 * a stronger single-valued key each (crm_id, email: two values are two people):
 * then it joins none and is shared; each of its rows with a stronger key is a
 * claim on it, and a row without one is the claimant's at its time. Who claims a
 * single-valued key holds a value of it, and a row with a shared one is its
 * claimant's, whatever weaker keys it has. A key whose
 * rows know their person through a shared key alone joins that person if it is
 * one, never two.
 * A contested key is shared too: a row without a single-valued key has it beside
 * another weak key, and rows with such keys know one of the two as one person's
 * and the other as another's, of different values. Which of the two is wrong
 * (a colleague's phone, somebody else's device) nobody can tell, so neither is
 * one person's, and what each joins is solved again without them.
 * Twins that are not shared are one person, before weaker types are asked.
 * Keys of one type that could join several people go by the time of their first
 * row, then by bytes: no input order matters. Union-find without recursion.
 */
struct people;

/* Solve; ring and links (closed) are borrowed. merge_on: one bit a key type whose
 * keys join people whatever those hold. */
struct people *people_new(const struct keyring *ring, const struct links *links,
    unsigned merge_on);
void people_free(struct people *p);

enum { PEOPLE_NONE = UINT32_MAX };

/* The person of a key, as the number of one of its keys; PEOPLE_NONE when the
 * key is shared. */
uint32_t people_of(const struct people *p, uint32_t key);

/* Does a person hold a key of this type? */
bool people_holds(const struct people *p, uint32_t person, unsigned type);

/* Does a person hold more than visitors? */
bool people_is_lead(const struct people *p, uint32_t person);

/*
 * A key of the person that a row is by the claims on its shared keys of the
 * types before level, or PEOPLE_NONE.
 */
uint32_t people_claimed(const struct people *p, const uint32_t *keys, unsigned level,
    int64_t us);

/*
 * A key of the person that a row is by its keys of the types before level: the
 * strongest, unless that is shared; then the claimant's at us if it is
 * single-valued, else the next one. PEOPLE_NONE: nobody's. *timed: us decided.
 */
uint32_t people_speaker(const struct people *p, const uint32_t *keys, unsigned level,
    int64_t us, bool *timed);

/* To put a person together anew (joins.h): all its keys become people of their
 * own, then some are united. */
void people_dissolve(struct people *p, uint32_t key);
void people_unite(struct people *p, uint32_t a, uint32_t b);

/* Shared keys: their number, the i-th one, and its claims in time order. */
struct people_claim {
	int64_t us; /* LINKS_UNDATED: no row goes by it */
	uint32_t person;
};

size_t people_nshared(const struct people *p);
size_t people_ncontested(const struct people *p); /* of them, or anonymous */
uint32_t people_shared(const struct people *p, size_t i, size_t *nclaims);
/* Which of them is a shared key? */
size_t people_shared_at(const struct people *p, uint32_t key);
struct people_claim people_claim(const struct people *p, size_t i, size_t n);

#endif
