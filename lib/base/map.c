/* map.c - which number has this key? */
#include <string.h>

#include <lead/base/map.h>
#include <lead/base/mem.h>

/*
 * Slots hold their entries in ascending order of the hash, each at or after
 * its home slot (the top bits of hi) with no gap between home and entry: so a
 * search ends at the first larger hash, found or not, and a table grows in one
 * sweep from left to right. Entries never wrap around: some slots past the
 * last home take what flows over.
 */
struct entry {
	uint64_t hi, lo;
	uint32_t number; /* 1 and up; 0 is an empty slot */
} __attribute__((packed));

enum {
	FIRST_BITS = 6,
	KEPT_BITS = 8, /* of a table that is cleared for reuse */
	LAST_BITS = 32,
	OVERFLOW_SLOTS = 256,
	STEP = 4 << 20, /* bytes of the old table given back at a time */
};
static const size_t BIG = (size_t)2 << 20; /* bytes: from here on own pages */

struct map {
	struct entry *slots;
	struct entry *end; /* past the last slot, the overflow included */
	uint32_t count, full; /* grows when count is full */
	unsigned bits; /* 2^bits home slots */
};

static size_t
home_slots(unsigned bits)
{
	return (size_t)1 << bits;
}

static size_t
table_bytes(unsigned bits)
{
	size_t homes = home_slots(bits);
	size_t more = homes < OVERFLOW_SLOTS ? homes : OVERFLOW_SLOTS;

	return (homes + more) * sizeof(struct entry);
}

static struct entry *
home(const struct map *m, uint64_t hi)
{
	return m->slots + (hi >> (64 - m->bits));
}

/* An empty table of 2^bits home slots; the old one is the caller's. */
static void
set_table(struct map *m, unsigned bits)
{
	/* More than 2^32 numbers there are not: asking for all memory says so. */
	size_t n = bits <= LAST_BITS ? table_bytes(bits) : SIZE_MAX;

	m->slots = n < BIG ? mem_new(1, n) : mem_map(n);
	m->end = m->slots + n / sizeof(struct entry);
	m->bits = bits;
	m->full = (uint32_t)(home_slots(bits) / 8 * 7);
}

struct map *
map_new(void)
{
	struct map *m = mem_new(1, sizeof(*m));

	set_table(m, FIRST_BITS);
	return m;
}

static void
free_table(struct entry *slots, unsigned bits)
{
	size_t n = table_bytes(bits);

	if (n < BIG)
		mem_free(slots);
	else
		mem_unmap(slots, n);
}

void
map_free(struct map *m)
{
	if (m == NULL)
		return;
	free_table(m->slots, m->bits);
	mem_free(m);
}

void
map_clear(struct map *m)
{
	if (m->bits <= KEPT_BITS) {
		memset(m->slots, 0, table_bytes(m->bits));
	} else {
		free_table(m->slots, m->bits);
		set_table(m, FIRST_BITS);
	}
	m->count = 0;
}

uint32_t
map_count(const struct map *m)
{
	return m->count;
}

size_t
map_bytes(const struct map *m)
{
	return sizeof(*m) + table_bytes(m->bits);
}

void
map_prefetch(const struct map *m, struct hash h)
{
	const char *at = (const char *)home(m, h.hi);

	__builtin_prefetch(at);
	__builtin_prefetch(at + 64);
}

/*
 * Move the entries of the old table, which are in order, each to the next free
 * place at or after its new home. They fit: an entry's new place is at most
 * one table's length past its old one. Pages go back as they are read.
 */
static void
refill(struct map *m, struct entry *old, size_t bytes)
{
	struct entry *at = m->slots;
	const struct entry *end = old + bytes / sizeof(*old);
	char *kept = (char *)old;

	for (const struct entry *e = old; e < end; e++) {
		if (bytes >= BIG && (const char *)e - kept >= STEP) {
			mem_unmap(kept, STEP);
			kept += STEP;
		}
		if (e->number == 0)
			continue;
		if (at < home(m, e->hi))
			at = home(m, e->hi);
		*at++ = *e;
	}
	if (bytes >= BIG)
		mem_unmap(kept, (size_t)((const char *)end - kept));
	else
		mem_free(old);
}

static void
grow(struct map *m)
{
	struct entry *old = m->slots;
	size_t bytes = table_bytes(m->bits);

	set_table(m, m->bits + 1);
	refill(m, old, bytes);
}

static bool
before(const struct entry *e, struct hash h)
{
	return e->hi < h.hi || (e->hi == h.hi && e->lo < h.lo);
}

/* The entry of h, or the place where it belongs; may be the end. */
static struct entry *
find(const struct map *m, struct hash h)
{
	struct entry *e = home(m, h.hi);

	while (e < m->end && e->number != 0 && before(e, h))
		e++;
	return e;
}

static bool
holds(const struct map *m, const struct entry *e, struct hash h)
{
	return e < m->end && e->number != 0 && e->hi == h.hi && e->lo == h.lo;
}

/* Free the slot at e by moving all up to the next empty one; false if none. */
static bool
make_room(const struct map *m, struct entry *e)
{
	struct entry *empty = e;

	while (empty < m->end && empty->number != 0)
		empty++;
	if (empty == m->end)
		return false;
	memmove(e + 1, e, (size_t)(empty - e) * sizeof(*e));
	return true;
}

uint32_t
map_add(struct map *m, struct hash h, bool *added)
{
	struct entry *e = find(m, h);

	*added = !holds(m, e, h);
	if (!*added)
		return e->number - 1;
	while (m->count >= m->full || !make_room(m, e)) {
		grow(m);
		e = find(m, h);
	}
	e->hi = h.hi;
	e->lo = h.lo;
	e->number = ++m->count;
	return m->count - 1;
}

uint32_t
map_get(const struct map *m, struct hash h)
{
	const struct entry *e = find(m, h);

	return holds(m, e, h) ? e->number - 1 : MAP_NONE;
}
