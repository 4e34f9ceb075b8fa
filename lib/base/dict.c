/* dict.c - text -> number -> text */
#include <lead/base/arena.h>
#include <lead/base/brief.h>
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>

enum { LATELY_BITS = 8 };

/* The last texts seen, each in its place: most rows say again what others said. */
struct lately {
	struct brief text;
	uint32_t number; /* and one more: 0 is none */
};

struct dict {
	struct map *map;
	struct lately *lately;
	struct arena bytes;
	struct text *texts; /* by number */
	size_t cap;
};

struct dict *
dict_new(void)
{
	struct dict *d = mem_new(1, sizeof(*d));

	d->map = map_new();
	d->lately = mem_new((size_t)1 << LATELY_BITS, sizeof(*d->lately));
	return d;
}

void
dict_free(struct dict *d)
{
	if (d == NULL)
		return;
	map_free(d->map);
	mem_free(d->lately);
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
	return sizeof(*d) + (sizeof(*d->lately) << LATELY_BITS) + map_bytes(d->map) +
	    d->bytes.bytes +
	    d->cap * sizeof(*d->texts);
}

static struct hash
hash_of(struct text t, const struct brief *m)
{
	return t.len > BRIEF_WHOLE ? (struct hash){ m->a, m->b } : hash_text(t);
}

static uint32_t
add(struct dict *d, struct text t, const struct brief *m)
{
	bool added;
	uint32_t n = map_add(d->map, hash_of(t, m), &added);

	if (added) {
		d->texts = mem_grow(d->texts, &d->cap, (size_t)n + 1,
		    sizeof(*d->texts), UINT32_MAX, "distinct texts");
		d->texts[n] = arena_text(&d->bytes, t);
	}
	return n;
}

uint32_t
dict_add(struct dict *d, struct text t)
{
	struct brief m = brief_of(t);
	struct lately *l = &d->lately[brief_place(m, LATELY_BITS)];

	if (l->number == 0 || !brief_equal(l->text, m))
		*l = (struct lately){ m, add(d, t, &m) + 1 };
	return l->number - 1;
}

uint32_t
dict_get(const struct dict *d, struct text t)
{
	struct brief m = brief_of(t);
	struct lately *l = &d->lately[brief_place(m, LATELY_BITS)];
	uint32_t n;

	if (l->number != 0 && brief_equal(l->text, m))
		return l->number - 1;
	n = map_get(d->map, hash_of(t, &m));
	if (n != DICT_NONE)
		*l = (struct lately){ m, n + 1 };
	return n;
}

struct text
dict_text(const struct dict *d, uint32_t n)
{
	return d->texts[n];
}
