/* snapshot.c - which of several versions of a record is the newest? */
#include <stdlib.h>

#include <lead/base/hash.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/import/snapshot.h>

struct held {
	struct text *cell; /* one allocation: cells, then key, raw and the cells' bytes */
	struct text key, raw;
	const char *file;
	uint64_t line;
	int64_t modified;
};

struct snapshot {
	size_t ncells;
	struct map *keys;   /* key -> number */
	uint32_t *place;    /* of that number in v */
	size_t place_cap;
	struct held *v;
	size_t n, cap;
};

struct snapshot *
snapshot_new(size_t n)
{
	struct snapshot *s = mem_new(1, sizeof(*s));

	s->ncells = n;
	s->keys = map_new();
	return s;
}

void
snapshot_free(struct snapshot *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		mem_free(s->v[i].cell);
	map_free(s->keys);
	mem_free(s->place);
	mem_free(s->v);
	mem_free(s);
}

static struct text
copy(char **at, struct text t)
{
	struct text made = { *at, t.len };

	if (t.len != 0)
		memcpy(*at, t.s, t.len);
	*at += t.len;
	return made;
}

static struct held
hold(const struct snapshot *s, struct text key, int64_t modified,
    const struct snapshot_record *r)
{
	struct held h = { .file = r->file, .line = r->line, .modified = modified };
	size_t bytes = key.len + r->raw.len;
	char *at;

	for (size_t i = 0; i < s->ncells; i++)
		bytes += r->cell[i].len;
	h.cell = mem_raw(1, s->ncells * sizeof(*h.cell) + bytes);
	at = (char *)(h.cell + s->ncells);
	h.key = copy(&at, key);
	h.raw = copy(&at, r->raw);
	for (size_t i = 0; i < s->ncells; i++)
		h.cell[i] = copy(&at, r->cell[i]);
	return h;
}

/* A new place at the end of v. */
static uint32_t
append(struct snapshot *s, struct held h)
{
	s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof(*s->v), MAP_NONE,
	    "records of a snapshot");
	s->v[s->n] = h;
	return (uint32_t)s->n++;
}

bool
snapshot_add(struct snapshot *s, struct text key, int64_t modified,
    const struct snapshot_record *r)
{
	struct held *old;
	uint32_t n;
	bool added;

	if (key.len == 0) {
		append(s, hold(s, key, modified, r));
		return false;
	}
	n = map_add(s->keys, hash_text(key), &added);
	if (added) {
		s->place = mem_grow(s->place, &s->place_cap, n + 1, sizeof(*s->place),
		    MAP_NONE, "keys of a snapshot");
		s->place[n] = append(s, hold(s, key, modified, r));
		return false;
	}
	old = &s->v[s->place[n]];
	if (modified > old->modified || (modified == old->modified &&
	    text_compare(r->raw, old->raw) > 0)) {
		mem_free(old->cell);
		*old = hold(s, key, modified, r);
	}
	return true;
}

static int
by_key(const void *a, const void *b)
{
	const struct held *x = a, *y = b;
	int c = text_compare(x->key, y->key);

	return c != 0 ? c : text_compare(x->raw, y->raw);
}

void
snapshot_sort(struct snapshot *s)
{
	if (s->n != 0)
		qsort(s->v, s->n, sizeof(*s->v), by_key);
}

size_t
snapshot_count(const struct snapshot *s)
{
	return s->n;
}

void
snapshot_get(const struct snapshot *s, size_t i, struct snapshot_record *r)
{
	const struct held *h = &s->v[i];

	*r = (struct snapshot_record){ h->cell, h->raw, h->file, h->line };
}
