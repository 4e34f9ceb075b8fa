/* campaigns.c - which campaign is this number of an ad platform? */
#include <lead/base/arena.h>
#include <lead/base/hash.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/source/campaigns.h>

enum { CAMPAIGNS_MAX = 10000000 };

struct campaigns {
	const struct source_book *names;
	struct map *keys;
	struct campaigns_entry *entry;
	struct arena texts;
	size_t cap;
};

struct campaigns *
campaigns_new(const struct source_book *names)
{
	struct campaigns *c = mem_new(1, sizeof(*c));

	c->names = names;
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

static struct hash
key_of(const struct campaigns *c, struct text platform, struct text id)
{
	char room[128];

	if (c->names != NULL && platform.len <= sizeof(room))
		platform = source_find(c->names, text_lower(room, platform)).name;
	return hash_pair(platform, id);
}

bool
campaigns_add(struct campaigns *c, struct text platform, struct text id,
    const struct campaigns_entry *entry)
{
	bool added;
	uint32_t n = map_add(c->keys, key_of(c, platform, id), &added);

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

const char *const campaigns_columns[CAMPAIGNS_COLUMNS] = { "platform", "campaign_id",
	"?campaign", "?channel", "?kind", "?trackable" };

const char *
campaigns_row(void *context, const struct text *field, size_t *bad)
{
	struct campaigns_entry entry = { field[2], field[3], field[4], field[5] };

	*bad = 1;
	if (field[1].len == 0)
		return "a campaign without an id";
	if (!campaigns_add(context, field[0], field[1], &entry))
		return "this platform and id stand above with other words";
	return NULL;
}

const struct campaigns_entry *
campaigns_find(const struct campaigns *c, struct text platform, struct text id)
{
	uint32_t n = map_get(c->keys, key_of(c, platform, id));

	if (n == MAP_NONE)
		n = map_get(c->keys, hash_pair(TEXT_NONE, id));
	return n != MAP_NONE ? &c->entry[n] : NULL;
}
