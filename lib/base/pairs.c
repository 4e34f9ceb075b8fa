/* pairs.c - which number has this pair of numbers? */
#include <string.h>

#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/pairs.h>

enum { LAST_BITS = 12 };

struct last {
	int64_t b;
	uint32_t a, number;
	bool set;
};

/* What was found stays where its numbers say, until another takes the place. */
struct pairs {
	struct map *map;
	struct last last[1 << LAST_BITS];
};

struct pairs *
pairs_new(void)
{
	struct pairs *p = mem_new(1, sizeof(*p));

	p->map = map_new();
	return p;
}

void
pairs_free(struct pairs *p)
{
	if (p == NULL)
		return;
	map_free(p->map);
	mem_free(p);
}

uint32_t
pairs_count(const struct pairs *p)
{
	return map_count(p->map);
}

static struct hash
hash_of(uint32_t a, int64_t b)
{
	char key[12];

	memcpy(key, &a, 4);
	memcpy(key + 4, &b, 8);
	return hash_text((struct text){ key, sizeof(key) });
}

uint32_t
pairs_add(struct pairs *p, uint32_t a, int64_t b, bool *added)
{
	uint32_t place = (a * 0x9e3779b1U + (uint32_t)b * 0x85ebca6bU) >> (32 - LAST_BITS);
	struct last *last = &p->last[place];

	*added = false;
	if (last->set && last->a == a && last->b == b)
		return last->number;
	*last = (struct last){ b, a, map_add(p->map, hash_of(a, b), added), true };
	return last->number;
}

uint32_t
pairs_get(const struct pairs *p, uint32_t a, int64_t b)
{
	return map_get(p->map, hash_of(a, b));
}
