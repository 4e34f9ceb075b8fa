/* probe.c - which of the caller's numbered things is this? */
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/probe.h>

/*
 * Slots are in ascending order of their tags, each at or after its home, which
 * is its tag's share of all homes, with no gap between the two. So a search
 * ends at the first larger tag, and a table grows where it is, by half: its
 * entries go to the end, then each from left to right to its new home.
 */
struct slot {
	uint32_t tag;
	uint32_t number; /* 1 and up; 0 is an empty slot */
};

enum { FIRST = 64, OVERFLOW_SLOTS = 64 }; /* the first ones */
static const size_t SLOTS_MAX = UINT32_MAX;

struct probe {
	struct slot *slots;
	size_t homes, nslots, count;
	size_t past; /* slots behind the last home, for what flows over */
};

struct probe *
probe_new(void)
{
	struct probe *p = mem_new(1, sizeof(*p));

	p->homes = FIRST;
	p->past = OVERFLOW_SLOTS;
	p->nslots = FIRST + OVERFLOW_SLOTS;
	p->slots = mem_new(p->nslots, sizeof(*p->slots));
	return p;
}

void
probe_free(struct probe *p)
{
	if (p == NULL)
		return;
	mem_free(p->slots);
	mem_free(p);
}

static uint32_t
tag_of(struct hash h)
{
	return (uint32_t)(h.lo >> 32);
}

static size_t
home(const struct probe *p, uint32_t tag)
{
	return (size_t)((uint64_t)tag * p->homes >> 32);
}

uint32_t
probe_find(const struct probe *p, struct hash h, probe_same *same, const void *ctx)
{
	uint32_t tag = tag_of(h);

	for (size_t i = home(p, tag); i < p->nslots; i++) {
		struct slot s = p->slots[i];

		if (s.number == 0 || s.tag > tag)
			break;
		if (s.tag == tag && same(ctx, s.number - 1))
			return s.number - 1;
	}
	return PROBE_NONE;
}

/* Entries from..nslots-1 stand without gaps: each to its place. What is left
 * fits behind it, so writing never overtakes reading. */
static void
spread(struct probe *p, size_t from)
{
	size_t at = 0;

	for (size_t i = from; i < p->nslots; i++) {
		struct slot s = p->slots[i];
		size_t to = home(p, s.tag), last = i;

		if (to < at)
			to = at;
		if (to > last)
			to = last;
		p->slots[i].number = 0;
		p->slots[to] = s;
		at = to + 1;
	}
}

static void
grow(struct probe *p)
{
	size_t old = p->nslots, to;

	p->nslots = p->homes + p->past;
	if (p->nslots > SLOTS_MAX)
		p->nslots = SIZE_MAX; /* more than all memory: mem says so */
	p->slots = mem_resize(p->slots, p->nslots, sizeof(*p->slots));
	memset(p->slots + old, 0, (p->nslots - old) * sizeof(*p->slots));
	to = p->nslots;
	for (size_t i = old; i-- > 0; ) {
		struct slot s = p->slots[i];

		if (s.number == 0)
			continue;
		p->slots[i].number = 0;
		p->slots[--to] = s;
	}
	spread(p, to);
}

/* Where tag belongs with all from there up to the next gap moved by one; SIZE_MAX
 * when there is no gap. */
static size_t
make_room(struct probe *p, uint32_t tag)
{
	size_t at = home(p, tag), gap;

	while (at < p->nslots && p->slots[at].number != 0 && p->slots[at].tag <= tag)
		at++;
	for (gap = at; gap < p->nslots && p->slots[gap].number != 0; )
		gap++;
	if (gap == p->nslots)
		return SIZE_MAX;
	memmove(p->slots + at + 1, p->slots + at, (gap - at) * sizeof(*p->slots));
	return at;
}

void
probe_add(struct probe *p, struct hash h, uint32_t n)
{
	size_t at;

	if (p->count >= p->homes / 8 * 7) {
		p->homes += p->homes / 2;
		grow(p);
	}
	while ((at = make_room(p, tag_of(h))) == SIZE_MAX) {
		p->past *= 2;
		grow(p);
	}
	p->slots[at] = (struct slot){ tag_of(h), n + 1 };
	p->count++;
}

size_t
probe_bytes(const struct probe *p)
{
	return sizeof(*p) + p->nslots * sizeof(*p->slots);
}
