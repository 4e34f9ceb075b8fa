/* campaigns.c - which campaign is this number of an ad platform? */
#include <lead/base/arena.h>
#include <lead/base/hash.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/campaigns.h>

enum { CAMPAIGNS_MAX = 10000000 };

struct campaigns {
	struct map *keys;
	struct campaigns_entry *entry;
	struct arena texts;
	size_t cap;
};

struct campaigns *
campaigns_new(void)
{
	struct campaigns *c = mem_new(1, sizeof(*c));

	c->keys = map_new();
	return c;
}

void
campaigns_free(struct campaigns *c)
{
	if (c == NULL)
		return;
	map_free(c->keys);
	mem_free(c->entry);
	arena_clear(&c->texts);
	mem_free(c);
}

size_t
campaigns_count(const struct campaigns *c)
{
	return map_count(c->keys);
}

static bool
equal(const struct campaigns_entry *a, const struct campaigns_entry *b)
{
	return text_equal(a->campaign, b->campaign) &&
	    text_equal(a->channel, b->channel) && text_equal(a->kind, b->kind) &&
	    text_equal(a->trackable, b->trackable);
}

bool
campaigns_add(struct campaigns *c, struct text platform, struct text id,
    const struct campaigns_entry *entry)
{
	bool added;
	uint32_t n = map_add(c->keys, hash_fixed_pair(platform, id), &added);

	if (!added)
		return equal(&c->entry[n], entry);
	c->entry = mem_grow(c->entry, &c->cap, n + 1, sizeof(*c->entry), CAMPAIGNS_MAX,
	    "campaigns");
	c->entry[n] = (struct campaigns_entry){
		arena_text(&c->texts, entry->campaign),
		arena_text(&c->texts, entry->channel),
		arena_text(&c->texts, entry->kind),
		arena_text(&c->texts, entry->trackable),
	};
	return true;
}

const struct campaigns_entry *
campaigns_find(const struct campaigns *c, struct text platform, struct text id)
{
	uint32_t n = map_get(c->keys, hash_fixed_pair(platform, id));

	if (n == MAP_NONE)
		n = map_get(c->keys, hash_fixed_pair(TEXT_NONE, id));
	return n != MAP_NONE ? &c->entry[n] : NULL;
}
