/* people_state.h - what people.c and people_level.c share */
#ifndef LEAD_DOMAIN_PEOPLE_STATE_H
#define LEAD_DOMAIN_PEOPLE_STATE_H

#include <lead/domain/identity/people.h>

/* At us the shared key was the person's who has this key. */
struct people_claimed_at {
	int64_t us;
	uint32_t key;
} __attribute__((packed));

/* A shared key and its claims, by time. */
struct people_shared_key {
	uint32_t key, from, n;
};

struct people {
	const struct keyring *ring;
	const struct links *links;
	unsigned merge_on; /* one bit a key type that no guard holds back */
	uint32_t *parent;  /* by key; PEOPLE_SHARED and an index when it is shared */
	uint8_t *held;     /* by root: one bit a key type */
	struct people_shared_key *shared;
	struct people_claimed_at *claims;
	size_t nshared, shared_cap, nclaims, claims_cap;
	uint8_t *contested; /* one bit a key */
	size_t ncontested;
	bool settled; /* what is contested is known */
};

static const uint32_t PEOPLE_SHARED = UINT32_C(1) << 31;

static inline uint32_t
people_find(const struct people *p, uint32_t key)
{
	uint32_t *parent = p->parent;

	while (parent[key] != key) {
		parent[key] = parent[parent[key]];
		key = parent[key];
	}
	return key;
}

static inline bool
people_is_shared(const struct people *p, uint32_t key)
{
	return (p->parent[key] & PEOPLE_SHARED) != 0;
}

static inline bool
people_is_contested(const struct people *p, uint32_t key)
{
	return p->settled && (p->contested[key / 8] >> key % 8 & 1) != 0;
}

static inline void
people_contest(struct people *p, uint32_t key)
{
	p->ncontested += (p->contested[key / 8] >> key % 8 & 1) == 0;
	p->contested[key / 8] |= (uint8_t)(1U << key % 8);
}

/* Join or share all keys of a type; those of stronger types are done. */
void people_level(struct people *p, unsigned type);

#endif
