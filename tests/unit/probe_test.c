/* probe: numbers by hash, through every growth and every crowd */
#include <lead/base/probe.h>

#include "tap.h"

enum { MANY = 300000 };

static struct hash
key(uint64_t i)
{
	return hash_text((struct text){ (const char *)&i, sizeof(i) });
}

static bool
is_wanted(const void *wanted, uint32_t n)
{
	return *(const uint32_t *)wanted == n;
}

static uint32_t
find(const struct probe *p, struct hash h, uint32_t n)
{
	return probe_find(p, h, is_wanted, &n);
}

static void
many(void)
{
	struct probe *p = probe_new();
	uint32_t found = 0, strangers = 0;
	bool compact = true;

	for (uint32_t i = 0; i < MANY; i++) {
		probe_add(p, key(i), i);
		found += find(p, key(i / 2), i / 2) == i / 2;
		if (i > 20000)
			compact &= probe_bytes(p) < (size_t)i * 14;
	}
	ok(found == MANY, "what was added is found while the table grows");
	for (uint32_t i = 0; i < MANY; i++) {
		found -= find(p, key(i), i) == i;
		strangers += find(p, key(MANY + i), MANY + i) != PROBE_NONE;
	}
	ok(found == 0, "and after that");
	ok(strangers == 0, "what was not added is not");
	ok(compact, "a number takes less than 14 bytes");
	probe_free(p);
	probe_free(NULL);
}

/* Things of one hash; of the greatest there is, past all homes. */
static void
crowded(void)
{
	struct probe *p = probe_new();
	struct hash last = { UINT64_MAX, UINT64_MAX }, one = { 1, 1 };
	bool right = true;

	for (uint32_t i = 0; i < 600; i++)
		probe_add(p, i % 2 == 0 ? last : one, i);
	for (uint32_t i = 0; i < 600; i++)
		right &= find(p, i % 2 == 0 ? last : one, i) == i &&
		    find(p, i % 2 == 0 ? one : last, i) == PROBE_NONE;
	ok(right, "300 things of one hash are told apart, at the table's end too");
	probe_free(p);
}

int
main(void)
{
	many();
	crowded();
	return tap_end();
}
