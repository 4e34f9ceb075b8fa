/* group.c - all rows of one key together, in order, in bounded memory */
#include <string.h>

#include <lead/base/arena.h>
#include <lead/base/cell.h>
#include <lead/base/chain.h>
#include <lead/base/group.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/pool.h>
#include <lead/base/record.h>
#include <lead/base/sort.h>
#include <lead/base/spill.h>

/*
 * A row goes into the pool as a record behind the reference of the row of its
 * group that came before it. A group is its key's record, its last row and
 * their number. So an added row touches one slot of the map and one head; both
 * are fetched ahead: a row waits in a ring until they are there.
 *
 * At the end the keys are sorted, and the groups taken in batches: their chains
 * are followed side by side, which hides the wait for memory, and each group's
 * rows are sorted. Past the memory given all groups are spilled as one run; at
 * the end the runs are merged and each group's rows sorted as before.
 */
struct head {
	uint32_t key, last; /* references; 0: none */
	uint32_t rows;      /* and WANTED */
};

enum { AHEAD = 16, WAITING = 2 * AHEAD + 1, KEY_HELD = 40 };
static const uint32_t WANTED = 1u << 31;

/* A row whose group is not known yet, or whose head is not fetched yet. */
struct waiting {
	struct hash hash;
	uint32_t row, group;
	bool wanted;
	bool has_group;
	unsigned char key_len;
	char key[KEY_HELD]; /* the block may be gone when its turn comes */
};

enum {
	BATCH_ROWS = 4096,
	BATCH_ROWS_EACH = 1 << 15, /* of a thread, when there are several */
	BATCH_GROUPS = 1 << 12,
};

struct group_store {
	struct record_shape *shape;
	struct pool pool;
	struct map *map;
	struct head *heads;
	size_t heads_cap;
	struct waiting ring[WAITING];
	uint64_t put, found, linked; /* rows so far at each stage */
	int wanted_column;           /* -1: all groups are */
	struct text wanted_text;
	size_t memory;
	int threads;
	struct spill *spill;
	const char *tempdir;

	bool reading;
	struct sort_item *order; /* of groups: key's first bytes, number */
	size_t norder, next;     /* next: first group not in the batch */
	struct chain *batch;
	size_t nbatch, given;  /* groups in it, and given out */
	struct sort_item *rows, *scratch; /* of the batch, or of one group */
	size_t rows_cap, scratch_cap;
	struct arena plain;    /* texts unpacked for the present group */
	uint64_t unwanted;     /* rows passed over */
};

struct group_store *
group_new(const struct group_options *o)
{
	struct group_store *s = mem_new(1, sizeof(*s));

	s->shape = record_shape_new(o->columns, o->ncolumns, o->tie,
	    o->table_columns, o->memory);
	s->map = map_new();
	s->wanted_column = -1;
	s->memory = o->memory;
	s->threads = o->threads > 1 ? o->threads : 1;
	s->tempdir = o->tempdir;
	return s;
}

void
group_free(struct group_store *s)
{
	if (s == NULL)
		return;
	record_shape_free(s->shape);
	pool_clear(&s->pool);
	map_free(s->map);
	spill_free(s->spill);
	arena_clear(&s->plain);
	mem_free(s->heads);
	mem_free(s->order);
	mem_free(s->batch);
	mem_free(s->rows);
	mem_free(s->scratch);
	mem_free(s);
}

void
group_keep_time(struct group_store *s, int col)
{
	record_keep_time(s->shape, col);
}

void
group_want(struct group_store *s, int col, struct text value)
{
	s->wanted_column = col;
	s->wanted_text = value;
}

uint64_t
group_unwanted(const struct group_store *s)
{
	return s->unwanted;
}

uint64_t
group_spilled(const struct group_store *s)
{
	return s->spill != NULL ? spill_bytes(s->spill) : 0;
}

/* --- adding --- */

static struct text
key_of(const struct group_store *s, uint32_t group, char plain[CELL_PLAIN])
{
	return cell_get(NULL, pool_at(&s->pool, s->heads[group].key), 0, plain);
}

static uint32_t
find_group(struct group_store *s, struct hash h, struct text key)
{
	bool added;
	uint32_t group = map_add(s->map, h, &added), ref;
	unsigned char *at;

	if (!added)
		return group;
	s->heads = mem_grow(s->heads, &s->heads_cap, (size_t)group + 1,
	    sizeof(*s->heads), UINT32_MAX, "groups");
	at = pool_room(&s->pool, key.len + CELL_MORE, &ref);
	pool_take(&s->pool, ref, (size_t)(cell_put(NULL, at, key) - at));
	s->heads[group] = (struct head){ .key = ref };
	return group;
}

/* Second stage: the map's slot is there. */
static void
find_next(struct group_store *s)
{
	struct waiting *w = &s->ring[s->found++ % WAITING];
	struct text key = { w->key, w->key_len };

	if (!w->has_group)
		w->group = find_group(s, w->hash, key);
	__builtin_prefetch(&s->heads[w->group], 1);
}

/* Third stage: the head is there. */
static void
link_next(struct group_store *s)
{
	struct waiting *w = &s->ring[s->linked++ % WAITING];
	struct head *h = &s->heads[w->group];

	chain_link(&s->pool, w->row, h->last);
	h->last = w->row;
	h->rows = (h->rows + 1) | (w->wanted ? WANTED : 0);
}

static void
settle(struct group_store *s)
{
	while (s->found < s->put)
		find_next(s);
	while (s->linked < s->put)
		link_next(s);
}

static uint32_t
put_row(struct group_store *s, int64_t at, uint32_t minor,
    const struct tsv_block *b, size_t r)
{
	uint32_t ref;
	unsigned char *from = pool_room(&s->pool,
	    CHAIN_LINK + record_most(s->shape, b, r), &ref);
	unsigned char *end = record_put(s->shape, from + CHAIN_LINK, at, minor, b, r);

	pool_take(&s->pool, ref, (size_t)(end - from));
	return ref;
}

/* What is held, and what sorting the keys will take. */
static bool
is_full(const struct group_store *s)
{
	size_t groups = map_count(s->map);

	return pool_is_full(&s->pool) ||
	    pool_bytes(&s->pool) + map_bytes(s->map) +
	    groups * (sizeof(struct head) + sizeof(struct sort_item)) > s->memory;
}

static int spill_all(struct group_store *s);

int
group_add(struct group_store *s, struct text key, int64_t at, uint32_t minor,
    const struct tsv_block *b, size_t r)
{
	struct waiting *w;

	if (is_full(s) && spill_all(s) != 0)
		return -1;
	w = &s->ring[s->put++ % WAITING];
	w->hash = hash_text(key);
	map_prefetch(s->map, w->hash);
	w->has_group = key.len > KEY_HELD;
	if (w->has_group) {
		w->group = find_group(s, w->hash, key);
	} else {
		w->key_len = (unsigned char)key.len;
		if (key.len != 0)
			memcpy(w->key, key.s, key.len);
	}
	w->row = put_row(s, at, minor, b, r);
	w->wanted = s->wanted_column < 0 ||
	    text_equal(tsv_field(b, r, s->wanted_column), s->wanted_text);
	if (s->put - s->found > AHEAD)
		find_next(s);
	if (s->found - s->linked > AHEAD)
		link_next(s);
	return 0;
}

/* --- groups in order --- */

static int
compare_keys(const void *ctx, uint32_t x, uint32_t y)
{
	const struct group_store *s = ctx;
	char plain_x[CELL_PLAIN], plain_y[CELL_PLAIN];

	return text_compare(key_of(s, x, plain_x), key_of(s, y, plain_y));
}

/* Sort the groups that are held; all of them, or those wanted alone. */
static void
sort_groups(struct group_store *s, bool all)
{
	uint32_t groups = map_count(s->map);
	struct sort_item *scratch;
	char plain[CELL_PLAIN];

	s->norder = 0;
	for (uint32_t i = 0; i < groups; i++) {
		if (all || s->heads[i].rows & WANTED)
			s->norder++;
		else
			s->unwanted += s->heads[i].rows;
	}
	s->order = mem_raw(s->norder, sizeof(*s->order));
	s->norder = 0;
	for (uint32_t i = 0; i < groups; i++)
		if (all || s->heads[i].rows & WANTED)
			s->order[s->norder++] =
			    sort_text(key_of(s, i, plain), i);
	scratch = mem_raw(s->norder, sizeof(*scratch));
	sort_items(s->order, s->norder, scratch, s->threads, compare_keys, s);
	mem_free(scratch);
}

/* --- spilling --- */

static int
spill_rows(struct group_store *s, uint32_t row)
{
	for (; row != 0; row = chain_before(&s->pool, row)) {
		const unsigned char *from = chain_record(&s->pool, row);
		size_t n = (size_t)(record_end(s->shape, from) - from);

		if (spill_row(s->spill, (struct text){ (const char *)from, n }) != 0)
			return -1;
	}
	return 0;
}

static int
write_run(struct group_store *s)
{
	char plain[CELL_PLAIN];

	if (spill_run_begin(s->spill) != 0)
		return -1;
	for (size_t i = 0; i < s->norder; i++) {
		uint32_t group = s->order[i].ref;
		const struct head *h = &s->heads[group];

		if (spill_group(s->spill, key_of(s, group, plain),
			(h->rows & WANTED) != 0) != 0 ||
		    spill_rows(s, h->last) != 0)
			return -1;
	}
	return spill_run_end(s->spill);
}

/* Write all that is held as one run, and hold nothing. */
static int
spill_all(struct group_store *s)
{
	int status;

	settle(s);
	if (map_count(s->map) == 0)
		return 0;
	if (s->spill == NULL)
		s->spill = spill_new(s->tempdir, s->memory);
	sort_groups(s, true);
	status = write_run(s);
	mem_free(s->order);
	s->order = NULL;
	map_free(s->map);
	s->map = map_new();
	pool_reset(&s->pool);
	return status;
}

/* --- reading --- */

static int
begin_reading(struct group_store *s)
{
	s->reading = true;
	settle(s);
	if (s->spill != NULL && spill_all(s) != 0)
		return -1;
	if (s->spill == NULL)
		sort_groups(s, false);
	map_free(s->map);
	s->map = NULL;
	return s->spill != NULL ? spill_read_begin(s->spill) : 0;
}

static struct chain_place
place_of(const struct group_store *s)
{
	return (struct chain_place){ &s->pool, s->shape, s->threads };
}

/* Room for n rows; to sort them when they are all there, scratch as well. */
static void
make_room(struct group_store *s, size_t n, bool to_sort)
{
	s->rows = mem_grow(s->rows, &s->rows_cap, n, sizeof(*s->rows),
	    UINT32_MAX, "rows of a group");
	if (!to_sort || s->scratch_cap >= n)
		return;
	mem_free(s->scratch);
	s->scratch_cap = s->rows_cap;
	s->scratch = mem_raw(s->scratch_cap, sizeof(*s->scratch));
}

/* Fetch and sort the rows of the next groups in order. */
static void
next_batch(struct group_store *s)
{
	struct chain_place place = place_of(s);
	size_t most = s->threads > 1 ? BATCH_ROWS_EACH * (size_t)s->threads
				     : BATCH_ROWS, rows = 0;

	if (s->batch == NULL)
		s->batch = mem_raw(BATCH_GROUPS, sizeof(*s->batch));
	s->nbatch = s->given = 0;
	while (s->next < s->norder && rows < most && s->nbatch < BATCH_GROUPS) {
		const struct head *h = &s->heads[s->order[s->next++].ref];

		s->batch[s->nbatch++] = (struct chain){ .last = h->last,
			.rows = h->rows & ~WANTED, .first = rows };
		rows += h->rows & ~WANTED;
		if (s->next + AHEAD < s->norder)
			__builtin_prefetch(&s->heads[s->order[s->next + AHEAD].ref]);
	}
	make_room(s, rows, true);
	chain_rows(&place, s->batch, s->nbatch, s->rows, s->scratch);
}

static int
next_held(struct group_store *s, struct group *g)
{
	char plain[CELL_PLAIN];
	const struct chain *c;
	size_t group;

	if (s->given == s->nbatch)
		next_batch(s);
	if (s->nbatch == 0)
		return 0;
	group = s->next - s->nbatch + s->given;
	c = &s->batch[s->given++];
	g->key = arena_text(&s->plain, key_of(s, s->order[group].ref, plain));
	g->rows = s->rows + c->first;
	g->nrows = c->rows;
	return 1;
}

/* Take the rows of the spilled group into the pool, and sort them. */
static int
load_rows(struct group_store *s, size_t *n)
{
	struct chain_place place = place_of(s);
	struct text row;
	uint32_t ref;
	int got;

	pool_reset(&s->pool);
	*n = 0;
	while ((got = spill_next_row(s->spill, &row)) > 0) {
		unsigned char *at = pool_room(&s->pool, CHAIN_LINK + row.len, &ref);

		memcpy(at + CHAIN_LINK, row.s, row.len);
		pool_take(&s->pool, ref, CHAIN_LINK + row.len);
		make_room(s, *n + 1, false);
		s->rows[(*n)++] = chain_item(&place, ref);
	}
	make_room(s, *n, true);
	chain_sort(&place, s->rows, *n, s->scratch);
	return got;
}

static int
next_spilled(struct group_store *s, struct group *g)
{
	struct text key, row;
	bool wanted;
	int got;

	while ((got = spill_next_group(s->spill, &key, &wanted)) > 0) {
		if (wanted) {
			g->key = arena_text(&s->plain, key);
			got = load_rows(s, &g->nrows);
			g->rows = s->rows;
			return got < 0 ? -1 : 1;
		}
		while ((got = spill_next_row(s->spill, &row)) > 0)
			s->unwanted++;
		if (got < 0)
			return -1;
	}
	return got;
}

int
group_next(struct group_store *s, struct group *g)
{
	if (!s->reading && begin_reading(s) != 0)
		return -1;
	arena_reset(&s->plain);
	record_forget(s->shape);
	*g = (struct group){ .store = s };
	return s->spill != NULL ? next_spilled(s, g) : next_held(s, g);
}

int64_t
group_at(const struct group *g, size_t i)
{
	return g->given == NULL ? chain_at(&g->rows[i]) : 0;
}

uint32_t
group_minor(const struct group *g, size_t i)
{
	return g->given == NULL ? chain_minor(&g->rows[i]) : 0;
}

struct text
group_stored(const struct group *g, size_t i, int col)
{
	struct group_store *s = g->store;

	return record_text(s->shape, chain_record(&s->pool, g->rows[i].ref),
	    record_slot(s->shape, col), &s->plain);
}
