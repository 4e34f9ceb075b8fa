/* hash.h - 128-bit hashes of bytes: seeded for maps, fixed for ids */
#ifndef LEAD_BASE_HASH_H
#define LEAD_BASE_HASH_H

#include <stdint.h>

#include <lead/base/text.h>

struct hash {
	uint64_t hi, lo;
};

/*
 * XXH3-128 with this process's seed (getrandom, or LEAD_HASH_SEED=n in the
 * environment for tests). For maps alone: no output may depend on it. Two
 * different texts are taken to have different hashes (2^-128).
 */
struct hash hash_text(struct text t);

/* As hash_text over the two texts, told apart from any other split. */
struct hash hash_pair(struct text a, struct text b);

/* XXH3-128 with a fixed seed: the same on every machine and night. */
struct hash hash_fixed(struct text t);

/* The same of two texts. */
struct hash hash_fixed_pair(struct text a, struct text b);

enum { HASH_ID_LEN = 26 };

/* 26 characters a-z2-7 (RFC 4648 base32, lower case, no padding) into out. */
struct text hash_put(struct hash h, char out[HASH_ID_LEN]);

#endif
