/* joins.c - which rows made keys one person? */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/domain/joins.h>

static void
add(struct joins *j, struct join join)
{
	j->v = mem_grow(j->v, &j->cap, j->n + 1, sizeof(*j->v), UINT32_MAX, "joins");
	j->v[j->n++] = join;
}

/* A row's strongest key that is not shared, KEYRING_NONE and ntypes if none. */
static uint32_t
strongest(const struct joins *j, const uint32_t *keys, unsigned *type)
{
	unsigned n = keyring_ntypes(j->ring);

	for (*type = 0; *type < n; ++*type)
		if (keys[*type] != KEYRING_NONE &&
		    people_of(j->people, keys[*type]) != PEOPLE_NONE)
			return keys[*type];
	return KEYRING_NONE;
}

static void
find_in_row(struct joins *j, size_t row, const uint8_t *wanted)
{
	const uint32_t *keys = links_keys(j->links, row);
	uint32_t twin = links_twin(j->links, row), other;
	unsigned type;
	uint32_t first = strongest(j, keys, &type);

	if (first == KEYRING_NONE || (wanted != NULL && !wanted[first]))
		return;
	if (twin != KEYRING_NONE) {
		add(j, (struct join){ row, first, twin, JOINS_ALIAS });
		return;
	}
	other = people_claimed(j->people, keys, type, links_us(j->links, row));
	if (other != PEOPLE_NONE &&
	    people_of(j->people, other) == people_of(j->people, first))
		add(j, (struct join){ row, other, first, JOINS_SHARED });
	for (unsigned t = type + 1; t < keyring_ntypes(j->ring); t++)
		if (keys[t] != KEYRING_NONE &&
		    people_of(j->people, keys[t]) == people_of(j->people, first))
			add(j, (struct join){ row, first, keys[t], JOINS_ROW });
}

void
joins_find(struct joins *j, const struct keyring *ring, const struct links *links,
    const struct people *people, const uint8_t *wanted)
{
	*j = (struct joins){ .ring = ring, .links = links, .people = people };
	for (size_t i = 0; i < links_count(links); i++)
		find_in_row(j, i, wanted);
}

void
joins_clear(struct joins *j)
{
	mem_free(j->v);
}

/* --- order --- */

static int
time_order(const void *pa, const void *pb, void *joins)
{
	const struct joins *j = joins;
	const struct join *a = pa, *b = pb;
	int64_t ta = links_us(j->links, a->row), tb = links_us(j->links, b->row);
	int c;

	if (ta != tb)
		return ta < tb ? -1 : 1;
	c = text_compare(links_event(j->links, a->row), links_event(j->links, b->row));
	if (c == 0)
		c = keyring_order(j->ring, a->with, b->with);
	if (c == 0)
		c = keyring_order(j->ring, a->key, b->key);
	return c != 0 ? c : (a->rule > b->rule) - (a->rule < b->rule);
}

static int
strength_order(const void *pa, const void *pb, void *joins)
{
	const struct joins *j = joins;
	const struct join *a = pa, *b = pb;
	unsigned ta = keyring_type_of(j->ring, a->key);
	unsigned tb = keyring_type_of(j->ring, b->key);

	if (ta != tb)
		return ta < tb ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return time_order(pa, pb, joins);
}

static void
sort(struct joins *j, int order(const void *, const void *, void *))
{
	if (j->n != 0)
		qsort_r(j->v, j->n, sizeof(*j->v), order, j);
}

void
joins_by_time(struct joins *j)
{
	sort(j, time_order);
}

void
joins_by_strength(struct joins *j)
{
	sort(j, strength_order);
}

/* --- people of too many keys --- */

/* Keys of each person, at the person's number. */
static uint32_t *
count_keys(const struct keyring *ring, const struct people *people)
{
	uint32_t n = keyring_count(ring), *size = mem_new((size_t)n + 1, sizeof(*size));

	for (uint32_t k = 0; k < n; k++)
		if (keyring_key(ring, k) == k && people_of(people, k) != PEOPLE_NONE)
			size[people_of(people, k)]++;
	return size;
}

/* Marks the keys of people above most; their number. */
static size_t
mark_large(const struct keyring *ring, const struct people *people,
    const uint32_t *size, uint32_t most, uint8_t *large)
{
	size_t npeople = 0;

	for (uint32_t k = 0; k < keyring_count(ring); k++) {
		uint32_t person = keyring_key(ring, k) == k ? people_of(people, k) :
		    PEOPLE_NONE;

		if (person == PEOPLE_NONE || size[person] <= most)
			continue;
		large[k] = 1;
		npeople += person == k;
	}
	return npeople;
}

static void
join_again(struct joins *j, struct people *people, uint32_t *size, uint32_t most,
    struct joins *cut)
{
	for (size_t i = 0; i < j->n; i++) {
		uint32_t a = people_of(people, j->v[i].with);
		uint32_t b = people_of(people, j->v[i].key), sum = size[a] + size[b];

		if (a == b)
			continue;
		if (sum > most) {
			add(cut, j->v[i]);
			continue;
		}
		people_unite(people, a, b);
		size[people_of(people, a)] = sum;
	}
}

size_t
joins_trim(const struct keyring *ring, const struct links *links,
    struct people *people, uint32_t most, struct joins *cut)
{
	uint32_t n = keyring_count(ring), *size = count_keys(ring, people);
	uint8_t *large = mem_new((size_t)n + 1, sizeof(*large));
	size_t npeople = mark_large(ring, people, size, most, large);
	struct joins j;

	*cut = (struct joins){ .ring = ring, .links = links, .people = people };
	if (npeople != 0) {
		joins_find(&j, ring, links, people, large);
		joins_by_strength(&j);
		for (uint32_t k = 0; k < n; k++) {
			if (large[k] == 0)
				continue;
			people_dissolve(people, k);
			size[k] = 1;
		}
		join_again(&j, people, size, most, cut);
		joins_clear(&j);
	}
	mem_free(large);
	mem_free(size);
	return npeople;
}
