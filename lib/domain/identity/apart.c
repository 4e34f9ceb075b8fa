/* apart.c - which keys are not one person, whatever rows say? */
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/apart.h>
#include <lead/domain/identity/key.h>

const char *const apart_columns[APART_COLUMNS] = { "?event_id", "?key_type", "?key",
	"?with_type", "?with" };

enum { EVENT, KEY_TYPE, KEY, WITH_TYPE, WITH };

struct apart {
	const struct phone_country *home;
	struct map *events, *keys;
};

struct apart *
apart_new(const struct phone_country *home)
{
	struct apart *a = mem_new(1, sizeof(*a));

	a->home = home;
	a->events = map_new();
	a->keys = map_new();
	return a;
}

void
apart_free(struct apart *a)
{
	if (a == NULL)
		return;
	map_free(a->events);
	map_free(a->keys);
	mem_free(a);
}

/* The two hashes are added: the order of the pair is nothing. */
static struct hash
hash_keys(struct text type, struct text key, struct text with_type, struct text with)
{
	struct hash a = hash_pair(type, key), b = hash_pair(with_type, with);

	return (struct hash){ a.hi + b.hi, a.lo + b.lo };
}

static bool
normal_of(const struct apart *a, struct text type, struct text cell, char *room,
    struct text *normal)
{
	return type.len != 0 &&
	    key_normal(key_type(type)->form, a->home, cell, room, normal) == KEY_OK;
}

const char *
apart_add(void *apart, const struct text *field, size_t *bad)
{
	struct apart *a = apart;
	char room[KEY_MAX + 2], with_room[KEY_MAX + 2];
	struct text key, with;
	bool added;

	if (field[EVENT].len != 0)
		map_add(a->events, hash_text(field[EVENT]), &added);
	if (field[KEY].len == 0 && field[WITH].len == 0 && field[EVENT].len != 0)
		return NULL;
	*bad = KEY;
	if (!normal_of(a, field[KEY_TYPE], field[KEY], room, &key))
		return "no key of its key_type";
	*bad = WITH;
	if (!normal_of(a, field[WITH_TYPE], field[WITH], with_room, &with))
		return "no key of its with_type";
	map_add(a->keys, hash_keys(field[KEY_TYPE], key, field[WITH_TYPE], with), &added);
	return NULL;
}

bool
apart_event(const struct apart *a, struct text event)
{
	return event.len != 0 && map_get(a->events, hash_text(event)) != MAP_NONE;
}

bool
apart_keys(const struct apart *a, struct text type, struct text key,
    struct text with_type, struct text with)
{
	return map_get(a->keys, hash_keys(type, key, with_type, with)) != MAP_NONE;
}
