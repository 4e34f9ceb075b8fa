/* dedupe.c - which rows repeat */
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/spool.h>
#include <lead/base/when.h>
#include <lead/domain/journey/dedupe.h>
#include <lead/domain/rules/event.h>

static struct text
field(struct text row, int col)
{
	return text_part(row, '\t', col);
}

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Rows of one time. */
static int
compare_rest(const struct dedupe_columns *c, struct text a, struct text b)
{
	int order = compare_numbers(
	    event_minor(field(a, c->event), field(a, c->precision)),
	    event_minor(field(b, c->event), field(b, c->precision)));

	if (order == 0)
		order = text_compare(field(a, c->event_id), field(b, c->event_id));
	return order != 0 ? order : text_compare(a, b);
}

struct dedupe_columns
dedupe_columns_of(int (*column)(const void *table, struct text name),
    const void *table)
{
	return (struct dedupe_columns){
		.time = column(table, TEXT("time")),
		.precision = column(table, TEXT("precision")),
		.event = column(table, TEXT("event")),
		.event_id = column(table, TEXT("event_id")),
	};
}

bool
dedupe_beats(const struct dedupe_columns *c, enum dedupe_keep keep,
    struct text a, struct text b)
{
	int64_t at_a = 0, at_b = 0;
	bool timed_a = when_parse(field(a, c->time), &at_a) == WHEN_OK;
	bool timed_b = when_parse(field(b, c->time), &at_b) == WHEN_OK;
	int order;

	if (timed_a != timed_b)
		return timed_a;
	order = timed_a ? compare_numbers(at_a, at_b) : 0;
	if (order == 0)
		order = compare_rest(c, a, b);
	switch (keep) {
	case DEDUPE_LEAST:
		return order < 0;
	case DEDUPE_LATEST:
		return order > 0;
	case DEDUPE_SEEN:
		return false;
	}
	return false;
}

/*
 * Half the hash of a row's bytes tells the same row: it is only asked of two
 * rows of one key, so that they are mistaken for each other once in 2^64.
 */
struct holder {
	uint64_t bytes;
	uint64_t place; /* in the spool; of dedupe_admit() the time */
};

enum { KEY_BYTES = 64 };
static const size_t KEYS_LEAST = (size_t)24 << 20;

/*
 * Rows are spooled unless they are known to lose. The row that holds each key
 * is known as long as the keys fit in memory. Once they do not, all rows are
 * spooled and the spool is read several times, each time for a part of the
 * keys. In the end marks says which of the spool's rows stay.
 */
struct dedupe {
	struct dedupe_columns columns;
	enum dedupe_keep keep;
	struct map *keys;         /* NULL when they were too many */
	struct holder *holders;   /* by the key's number */
	size_t cap;
	uint32_t most;            /* keys at a time */
	struct spool *rows;
	uint64_t nrows;
	uint64_t *marks;          /* a bit for each SPOOL_STEP bytes */
};

struct dedupe *
dedupe_new(const struct dedupe_columns *c, enum dedupe_keep keep, size_t memory,
    const char *dir)
{
	struct dedupe *d = mem_new(1, sizeof(*d));
	size_t half = memory / 2;
	size_t most = (half > KEYS_LEAST ? half : KEYS_LEAST) / KEY_BYTES;

	d->columns = *c;
	d->keep = keep;
	d->keys = map_new();
	d->most = most < MAP_NONE ? (uint32_t)most : MAP_NONE;
	d->rows = spool_new(half, dir);
	return d;
}

static void
forget_keys(struct dedupe *d)
{
	map_free(d->keys);
	mem_free(d->holders);
	d->keys = NULL;
	d->holders = NULL;
	d->cap = 0;
}

void
dedupe_free(struct dedupe *d)
{
	if (d == NULL)
		return;
	forget_keys(d);
	spool_free(d->rows);
	mem_free(d->marks);
	mem_free(d);
}

uint64_t
dedupe_spilled(const struct dedupe *d)
{
	return spool_spilled(d->rows);
}

void
dedupe_prefetch(const struct dedupe *d, struct hash key)
{
	if (d->keys != NULL)
		map_prefetch(d->keys, key);
}

static void
hold(struct dedupe *d, uint32_t number, uint64_t bytes, uint64_t place)
{
	d->holders = mem_grow(d->holders, &d->cap, (size_t)number + 1,
	    sizeof(*d->holders), (size_t)UINT32_MAX + 1, "keys");
	d->holders[number] = (struct holder){ bytes, place };
}

/* 1 when the row is to hold its key, whose number is then set; 0; -1. */
static int
wins(struct dedupe *d, const struct spool_tag *tag, struct text row,
    uint32_t *number)
{
	struct text held;
	bool added;

	*number = map_add(d->keys, tag->key, &added);
	if (added)
		return 1;
	if (d->holders[*number].bytes == tag->bytes.lo)
		return 0;
	if (spool_get(d->rows, d->holders[*number].place, &held) < 0)
		return -1;
	return dedupe_beats(&d->columns, d->keep, row, held);
}

int
dedupe_add(struct dedupe *d, struct hash key, struct hash bytes,
    struct text row)
{
	struct spool_tag tag = { key, bytes };
	uint32_t number = 0;
	uint64_t place;
	int won = 1;

	if (d->keys != NULL && map_count(d->keys) >= d->most)
		forget_keys(d);
	if (d->keys != NULL)
		won = wins(d, &tag, row, &number);
	if (won <= 0)
		return won;
	if (spool_add(d->rows, &tag, row, &place) < 0)
		return -1;
	d->nrows++;
	if (d->keys != NULL)
		hold(d, number, bytes.lo, place);
	return 0;
}

static void
mark_holders(struct dedupe *d)
{
	uint32_t n = map_count(d->keys);

	for (uint32_t i = 0; i < n; i++) {
		uint64_t bit = d->holders[i].place / SPOOL_STEP;

		d->marks[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

/* Find who holds the keys of one part of all parts. */
static int
judge_part(struct dedupe *d, uint64_t part, uint64_t parts)
{
	struct spool_row row;
	uint32_t number;
	int got;

	d->keys = map_new();
	spool_rewind(d->rows);
	while ((got = spool_next(d->rows, &row)) > 0) {
		int won = row.tag.key.lo % parts != part ? 0
		    : wins(d, &row.tag, row.row, &number);

		if (won < 0)
			return -1;
		if (won > 0)
			hold(d, number, row.tag.bytes.lo, row.place);
	}
	return got;
}

/* All rows are spooled: mark those that stay. */
static int
judge(struct dedupe *d)
{
	uint64_t parts = d->nrows / d->most + 1;
	int got = 0;

	d->marks = mem_new((size_t)(spool_end(d->rows) / SPOOL_STEP / 64 + 1),
	    sizeof(*d->marks));
	if (d->keys != NULL) {
		mark_holders(d);
		forget_keys(d);
		parts = 0;
	}
	for (uint64_t part = 0; got == 0 && part < parts; part++) {
		got = judge_part(d, part, parts);
		mark_holders(d);
		forget_keys(d);
	}
	spool_rewind(d->rows);
	return got;
}

int
dedupe_next(struct dedupe *d, struct text *row)
{
	struct spool_row next;
	int got;

	if (d->marks == NULL && judge(d) < 0)
		return -1;
	while ((got = spool_next(d->rows, &next)) > 0) {
		uint64_t bit = next.place / SPOOL_STEP;

		if ((d->marks[bit / 64] >> bit % 64 & 1) == 0)
			continue;
		*row = next.row;
		return 1;
	}
	return got;
}

static int64_t
distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

bool
dedupe_admit(struct dedupe *d, struct hash key, int64_t at, int64_t window_us)
{
	bool added;
	uint32_t number = map_add(d->keys, key, &added);
	int64_t last;

	if (!added) {
		if (window_us < 0 || at == DEDUPE_UNTIMED)
			return false;
		last = (int64_t)d->holders[number].place;
		if (last != DEDUPE_UNTIMED && distance(at, last) < window_us)
			return false;
	}
	if (window_us >= 0)
		hold(d, number, 0, (uint64_t)at);
	return true;
}

void
dedupe_window(const int64_t *at, size_t n, int64_t window_us,
    enum dedupe_keep keep, bool *stays)
{
	size_t timed = n, last = 0;
	bool any = false;

	while (timed > 0 && at[timed - 1] == DEDUPE_UNTIMED)
		timed--;
	for (size_t k = 0; k < timed; k++) {
		size_t i = keep == DEDUPE_LATEST ? timed - 1 - k : k;

		stays[i] = !any || distance(at[i], at[last]) >= window_us;
		any = true;
		if (stays[i])
			last = i;
	}
	for (size_t i = timed; i < n; i++)
		stays[i] = timed == 0 &&
		    i == (keep == DEDUPE_LATEST ? n - 1 : 0);
}

const bool *
dedupe_group(const struct group *g, int64_t window_us, enum dedupe_keep keep,
    struct arena *a)
{
	int64_t *at = arena_alloc(a, g->nrows * sizeof(*at));
	bool *stays = arena_new(a, g->nrows, sizeof(*stays));

	for (size_t i = 0; i < g->nrows; i++)
		at[i] = group_at(g, i);
	dedupe_window(at, g->nrows, window_us, keep, stays);
	return stays;
}
