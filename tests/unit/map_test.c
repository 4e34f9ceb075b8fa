/* map: numbers by first sight, through every growth */
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>

#include "tap.h"

enum { MANY = 300000 };

static struct hash
key(uint64_t i)
{
	return hash_text((struct text){ (const char *)&i, sizeof(i) });
}

static void
many(void)
{
	struct map *m = map_new();
	bool added, numbers = true, fresh = true, compact = true;
	uint32_t found = 0, strangers = 0;

	for (uint64_t i = 0; i < MANY; i++) {
		map_prefetch(m, key(i));
		numbers &= map_add(m, key(i), &added) == i;
		fresh &= added;
		numbers &= map_add(m, key(i / 2), &added) == i / 2;
		fresh &= !added;
		if (i > 100000)
			compact &= map_bytes(m) <= (i + 1) * 48;
	}
	for (uint64_t i = 0; i < MANY; i++) {
		found += map_get(m, key(i)) == i;
		strangers += map_get(m, key(MANY + i)) != MAP_NONE;
	}
	ok(numbers, "keys get 0 1 2 ... in the order of first sight");
	ok(fresh, "added is true for the first sight alone");
	ok(found == MANY, "every key keeps its number while the map grows");
	ok(strangers == 0, "a key that was never added has none");
	ok(map_count(m) == MANY, "the count is that of distinct keys");
	ok(compact, "a key takes 48 bytes at most");
	map_clear(m);
	ok(map_count(m) == 0 && map_get(m, key(0)) == MAP_NONE &&
	    map_add(m, key(7), &added) == 0 && added, "a cleared map begins anew");
	map_clear(m);
	ok(map_get(m, key(7)) == MAP_NONE && map_bytes(m) < 4096,
	    "and is small again");
	map_free(m);
}

/* Keys that all want the last slots, the overflow too. */
static void
crowded(void)
{
	struct map *m = map_new();
	bool added, right = true;

	for (uint64_t i = 0; i < 200; i++)
		map_add(m, (struct hash){ UINT64_MAX - i % 3, i * 977 }, &added);
	for (uint64_t i = 0; i < 200; i++)
		right &= map_get(m, (struct hash){ UINT64_MAX - i % 3, i * 977 }) == i;
	ok(right, "keys of one slot, the last, are all found");
	ok(map_get(m, (struct hash){ UINT64_MAX, 1 }) == MAP_NONE,
	    "and no other beside them");
	map_free(m);
}

static void
dictionary(void)
{
	struct dict *d = dict_new();
	char word[32] = "facebook";
	struct text first;
	bool right = true;

	ok(dict_add(d, text_of(word)) == 0, "the first text is number 0");
	ok(dict_add(d, TEXT_NONE) == 1, "the empty text has a number too");
	ok(dict_add(d, TEXT("facebook")) == 0, "a text has one number");
	first = dict_text(d, 0);
	for (uint32_t i = 0; i < 50000; i++) {
		int n = snprintf(word, sizeof(word), "campaign %u", i);

		right &= dict_add(d, (struct text){ word, (size_t)n }) == i + 2;
	}
	ok(right, "texts are numbered in the order of first sight");
	is(first, "facebook", "a text stays where it is when more come");
	is(dict_text(d, 77), "campaign 75", "a number gives its text");
	ok(dict_get(d, TEXT("campaign 49999")) == 50001, "a text gives its number");
	ok(dict_get(d, TEXT("campaign 50000")) == DICT_NONE, "a stranger none");
	ok(dict_count(d) == 50002, "the count is that of distinct texts");
	dict_free(d);
}

int
main(void)
{
	many();
	crowded();
	dictionary();
	return tap_end();
}
