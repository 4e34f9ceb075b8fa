/* hash.c - 128-bit hashes of bytes: seeded for maps, fixed for ids */
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/random.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <lead/base/hash.h>

static uint64_t seed;

/*
 * Before main(), so that no row asks whether it was done. The kernel's 16
 * random bytes of this process stand in where getrandom() has none yet.
 */
__attribute__((constructor)) static void
draw_seed(void)
{
	const char *given = getenv("LEAD_HASH_SEED");
	const void *random;

	if (given != NULL) {
		seed = strtoull(given, NULL, 10);
		return;
	}
	if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) == sizeof(seed))
		return;
	random = (const void *)getauxval(AT_RANDOM);
	if (random != NULL)
		memcpy(&seed, random, sizeof(seed));
}

struct hash
hash_text(struct text t)
{
	XXH128_hash_t h = XXH3_128bits_withSeed(t.s, t.len, seed);

	return (struct hash){ h.high64, h.low64 };
}

struct hash
hash_pair(struct text a, struct text b)
{
	const struct hash both[2] = { hash_text(a), hash_text(b) };

	return hash_text((struct text){ (const char *)both, sizeof(both) });
}

struct hash
hash_fixed(struct text t)
{
	XXH128_hash_t h = XXH3_128bits(t.s, t.len);

	return (struct hash){ h.high64, h.low64 };
}

/* The two hashes as bytes, big end first, and the hash of these 32. */
struct hash
hash_fixed_pair(struct text a, struct text b)
{
	XXH128_canonical_t both[2];

	XXH128_canonicalFromHash(&both[0], XXH3_128bits(a.s, a.len));
	XXH128_canonicalFromHash(&both[1], XXH3_128bits(b.s, b.len));
	return hash_fixed((struct text){ (const char *)both, sizeof(both) });
}

/* 25 characters of five bits; the last holds three and two zero bits. */
struct text
hash_put(struct hash h, char out[HASH_ID_LEN])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";

	out[HASH_ID_LEN - 1] = letters[(h.lo & 7) << 2];
	h.lo = h.lo >> 3 | h.hi << 61;
	h.hi >>= 3;
	for (int i = HASH_ID_LEN - 2; i >= 0; i--) {
		out[i] = letters[h.lo & 31];
		h.lo = h.lo >> 5 | h.hi << 59;
		h.hi >>= 5;
	}
	return (struct text){ out, HASH_ID_LEN };
}
