/* dict.c - text -> number -> text */
#include <lead/base/arena.h>
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>

struct dict {
	struct map *map;
	struct arena bytes;
	struct text *texts; /* by number */
	size_t cap;
};

struct dict *
dict_new(void)
{
	struct dict *d = mem_new(1, sizeof(*d));

	d->map = map_new();
	return d;
}

void
dict_free(struct dict *d)
{
	if (d == NULL)
		return;
	map_free(d->map);
	arena_clear(&d->bytes);
	mem_free(d->texts);
	mem_free(d);
}

uint32_t
dict_count(const struct dict *d)
{
	return map_count(d->map);
}

size_t
dict_bytes(const struct dict *d)
{
	return sizeof(*d) + map_bytes(d->map) + d->bytes.bytes +
	    d->cap * sizeof(*d->texts);
}

uint32_t
dict_add(struct dict *d, struct text t)
{
	bool added;
	uint32_t n = map_add(d->map, hash_text(t), &added);

	if (added) {
		d->texts = mem_grow(d->texts, &d->cap, (size_t)n + 1,
		    sizeof(*d->texts), UINT32_MAX, "distinct texts");
		d->texts[n] = arena_text(&d->bytes, t);
	}
	return n;
}

uint32_t
dict_get(const struct dict *d, struct text t)
{
	return map_get(d->map, hash_text(t));
}

struct text
dict_text(const struct dict *d, uint32_t n)
{
	return d->texts[n];
}
