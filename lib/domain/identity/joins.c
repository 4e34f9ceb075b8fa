/* joins.c - which rows made keys one person? */
#include <lead/base/mem.h>
#include <lead/base/order.h>
#include <lead/domain/identity/joins.h>

static void
add(struct joins *j, struct join join)
{
	j->v = mem_grow(j->v, &j->cap, j->n + 1, sizeof(*j->v), UINT32_MAX, "joins");
	j->v[j->n++] = join;
}

static bool
same_person(const struct joins *j, uint32_t a, uint32_t b)
{
	return a != PEOPLE_NONE && people_of(j->people, a) == people_of(j->people, b);
}

/* A key of a row and who speaks for it: an own key once, else at the first of its
 * times at which that is the key's person. */
static void
find_for_key(struct joins *j, const struct links_rows *rows, unsigned type)
{
	struct links_rows r = *rows;
	struct join join = { .event = r.event, .key = r.keys[type] };
	bool timed = true;
	int64_t us;

	while (timed && links_time(&r, &us)) {
		join.us = us;
		join.with = people_speaker(j->people, r.keys, type, us, &timed);
		join.rule = timed ? JOINS_SHARED : JOINS_ROW;
		if (join.with == PEOPLE_NONE) {
			join.with = people_claimed(j->people, r.keys, type, us);
			join.rule = JOINS_SHARED;
			timed = true;
		}
		if (same_person(j, join.with, join.key)) {
			add(j, join);
			return;
		}
	}
}

static void
find_in_rows(struct joins *j, const struct links_rows *rows, const uint8_t *batch,
    uint8_t wanted)
{
	for (unsigned t = 0; t < keyring_ntypes(j->ring); t++) {
		uint32_t key = rows->keys[t];

		if (key == KEYRING_NONE || people_of(j->people, key) == PEOPLE_NONE ||
		    (batch != NULL && batch[key] != wanted))
			continue;
		if (rows->twin == KEYRING_NONE)
			find_for_key(j, rows, t);
		else if (same_person(j, key, rows->twin))
			add(j, (struct join){ rows->times.us, rows->event, key,
				rows->twin, JOINS_ALIAS });
	}
}

/* --- order --- */

static int
keys_order(const struct joins *j, const struct join *a, const struct join *b)
{
	int c = keyring_order(j->ring, a->with, b->with);

	if (c == 0)
		c = keyring_order(j->ring, a->key, b->key);
	return c != 0 ? c : (a->rule > b->rule) - (a->rule < b->rule);
}

static int
event_order(const struct joins *j, const struct join *a, const struct join *b)
{
	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	return a->event == b->event ? 0 :
	    text_compare(links_event_text(j->links, a->event),
		links_event_text(j->links, b->event));
}

static int
time_order(const void *a, const void *b, void *joins)
{
	int c = event_order(joins, a, b);

	return c != 0 ? c : keys_order(joins, a, b);
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

/* Joins of the same keys and rule together, the first of them first. */
static int
repeat_order(const void *pa, const void *pb, void *joins)
{
	const struct join *a = pa, *b = pb;

	if (a->with != b->with)
		return a->with < b->with ? -1 : 1;
	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	if (a->rule != b->rule)
		return a->rule < b->rule ? -1 : 1;
	return event_order(joins, a, b);
}

static void
sort(struct joins *j, int order(const void *, const void *, void *))
{
	order_array(j->v, j->n, sizeof(*j->v), order, j);
}

static void
drop_repeats(struct joins *j)
{
	size_t kept = 0;

	sort(j, repeat_order);
	for (size_t i = 0; i < j->n; i++) {
		const struct join *last = &j->v[kept - (kept != 0)], *next = &j->v[i];

		if (i == 0 || next->with != last->with || next->key != last->key ||
		    next->rule != last->rule)
			j->v[kept++] = *next;
	}
	j->n = kept;
}

/* Of keys whose batch is the wanted one, or of all. */
static void
find_joins(struct joins *j, const struct keyring *ring, const struct links *links,
    const struct people *people, const uint8_t *batch, uint8_t wanted)
{
	struct links_rows rows;

	*j = (struct joins){ .ring = ring, .links = links, .people = people };
	for (uint32_t n = links_begin(links); n != LINKS_END; ) {
		n = links_next(links, n, &rows);
		find_in_rows(j, &rows, batch, wanted);
	}
	drop_repeats(j);
}

void
joins_find(struct joins *j, const struct keyring *ring, const struct links *links,
    const struct people *people)
{
	find_joins(j, ring, links, people, NULL, 0);
}

void
joins_clear(struct joins *j)
{
	mem_free(j->v);
}

void
joins_by_time(struct joins *j)
{
	sort(j, time_order);
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

/* Large people are put together anew a few at a time, so that their joins take
 * little memory: those of an eighth of all keys, or of one person. */
struct trim {
	const struct keyring *ring;
	struct people *people;
	uint32_t most, *size; /* of people: keys */
	uint8_t *batch;       /* by key: which one it is of; 0 none */
	struct joins *cut;    /* or NULL */
	size_t ncut;
};

enum { BATCH_PART = 8, BATCH_MIN = 1 << 16 };

/* Two batches in a row are more than a part: there are at most 17. */
static uint8_t
set_batches(struct trim *t, size_t *npeople)
{
	uint32_t n = keyring_count(t->ring);
	size_t limit = n / BATCH_PART > BATCH_MIN ? n / BATCH_PART : BATCH_MIN;
	size_t keys = 0;
	uint8_t last = 1;

	for (uint32_t k = 0; k < n; k++) {
		uint32_t person = keyring_key(t->ring, k) == k ? people_of(t->people, k) :
		    PEOPLE_NONE;

		if (person == PEOPLE_NONE || t->size[person] <= t->most)
			continue;
		if (t->batch[person] == 0) {
			if (keys != 0 && keys + t->size[person] > limit) {
				last++;
				keys = 0;
			}
			keys += t->size[person];
			t->batch[person] = last;
			++*npeople;
		}
		t->batch[k] = t->batch[person];
	}
	return last;
}

static void
dissolve(struct trim *t, uint8_t batch)
{
	for (uint32_t k = 0; k < keyring_count(t->ring); k++) {
		if (t->batch[k] != batch)
			continue;
		people_dissolve(t->people, k);
		t->size[k] = 1;
	}
}

static void
join_again(struct trim *t, const struct joins *j)
{
	for (size_t i = 0; i < j->n; i++) {
		uint32_t a = people_of(t->people, j->v[i].with);
		uint32_t b = people_of(t->people, j->v[i].key);
		uint32_t sum = t->size[a] + t->size[b];

		if (a == b)
			continue;
		if (sum <= t->most) {
			people_unite(t->people, a, b);
			t->size[people_of(t->people, a)] = sum;
			continue;
		}
		t->ncut++;
		if (t->cut != NULL)
			add(t->cut, j->v[i]);
	}
}

size_t
joins_trim(const struct keyring *ring, const struct links *links,
    struct people *people, uint32_t most, struct joins *cut, size_t *ncut)
{
	struct trim t = { ring, people, most, count_keys(ring, people),
		mem_new((size_t)keyring_count(ring) + 1, 1), cut, 0 };
	size_t npeople = 0;
	uint8_t last = set_batches(&t, &npeople);

	for (uint8_t batch = 1; npeople != 0 && batch <= last; batch++) {
		struct joins j;

		find_joins(&j, ring, links, people, t.batch, batch);
		sort(&j, strength_order);
		dissolve(&t, batch);
		join_again(&t, &j);
		joins_clear(&j);
	}
	*ncut = t.ncut;
	mem_free(t.batch);
	mem_free(t.size);
	return npeople;
}
