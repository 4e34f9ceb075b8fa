/* cube.c - the sums of every segment in every period */
#include <stdlib.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/cube.h>

enum { KEY_MAX = 1 << 20, HEAD = 8 }; /* a line's key: dimension, model, segment */

struct cube {
	enum when_period period;
	struct dict *models;
	struct dict *lines; /* key of dimension, model, segment -> line */
	struct map *map;    /* (line, period) -> cell */
	struct cube_cell *cell;
	size_t cap;
	struct arena arena; /* of sums */
	struct buf key;
	uint32_t *order;
	const struct text *names; /* while sorting */
};

struct cube *
cube_new(enum when_period period)
{
	struct cube *c = mem_new(1, sizeof(*c));

	c->period = period;
	c->models = dict_new();
	c->lines = dict_new();
	c->map = map_new();
	buf_init(&c->key, KEY_MAX, "a segment");
	dict_add(c->models, TEXT_NONE);
	return c;
}

void
cube_free(struct cube *c)
{
	if (c == NULL)
		return;
	for (uint32_t i = 0; i < map_count(c->map); i++)
		for (int s = 0; s < CUBE_SERIES; s++)
			mem_free(c->cell[i].series[s].us);
	mem_free(c->cell);
	mem_free(c->order);
	dict_free(c->models);
	dict_free(c->lines);
	map_free(c->map);
	arena_clear(&c->arena);
	buf_clear(&c->key);
	mem_free(c);
}

uint32_t
cube_model(struct cube *c, struct text name)
{
	return dict_add(c->models, name);
}

/* Bytes of fixed length, so that no two keys read alike. */
static void
put_number(struct buf *b, uint64_t v, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_byte(b, (char)(v >> 8 * i & 0xff));
}

static uint32_t
take_number(struct text t)
{
	uint32_t v = 0;

	for (size_t i = 0; i < 4; i++)
		v |= (uint32_t)(unsigned char)t.s[i] << 8 * i;
	return v;
}

static struct hash
hash_cell(uint32_t line, int64_t start)
{
	char key[12];

	memcpy(key, &line, 4);
	memcpy(key + 4, &start, 8);
	return hash_text((struct text){ key, sizeof(key) });
}

uint32_t
cube_peek(const struct cube *c, uint32_t cell, int64_t start)
{
	uint32_t n = map_get(c->map, hash_cell(c->cell[cell].line, start));

	return n == MAP_NONE ? CUBE_NONE : n;
}

/* The cell of a line in the period that begins on a day. */
static uint32_t
cell_of(struct cube *c, uint32_t line, int64_t start)
{
	bool added;
	uint32_t n = map_add(c->map, hash_cell(line, start), &added);

	if (!added)
		return n;
	c->cell = mem_grow(c->cell, &c->cap, (size_t)n + 1, sizeof(*c->cell),
	    CUBE_CELLS_MAX, "segments and periods");
	c->cell[n] = (struct cube_cell){ .period = start, .line = line,
		.whole = CUBE_NONE };
	return n;
}

uint32_t
cube_line_of(struct cube *c, uint32_t dimension, uint32_t model, struct text segment)
{
	c->key.len = 0;
	put_number(&c->key, dimension, 4);
	put_number(&c->key, model, 4);
	buf_put(&c->key, segment);
	return dict_add(c->lines, buf_text(&c->key));
}

uint32_t
cube_at(struct cube *c, uint32_t line, int64_t day)
{
	return cell_of(c, line, when_period_start(c->period, day));
}

uint32_t
cube_find(struct cube *c, int64_t day, uint32_t dimension, uint32_t model,
    struct text segment)
{
	return cube_at(c, cube_line_of(c, dimension, model, segment), day);
}

struct cube_stock *
cube_stand(struct cube *c, uint32_t cell)
{
	if (c->cell[cell].stock == NULL)
		c->cell[cell].stock = arena_new(&c->arena, 1, sizeof(struct cube_stock));
	return c->cell[cell].stock;
}

uint32_t
cube_count(const struct cube *c)
{
	return map_count(c->map);
}

struct cube_cell *
cube_get(const struct cube *c, uint32_t cell)
{
	return &c->cell[cell];
}

struct cube_line
cube_line(const struct cube *c, uint32_t cell)
{
	struct text key = dict_text(c->lines, c->cell[cell].line);
	uint32_t model = take_number(text_from(key, 4));

	return (struct cube_line){ .dimension = take_number(key), .model = model,
		.segment = text_from(key, HEAD),
		.model_name = dict_text(c->models, model) };
}

static struct cube_sum *
sum_at(struct cube *c, uint32_t cell, enum cube_measure m)
{
	struct cube_sum **block = &c->cell[cell].sums[m / CUBE_BLOCK];

	if (*block == NULL)
		*block = arena_new(&c->arena, CUBE_BLOCK, sizeof(**block));
	return &(*block)[m % CUBE_BLOCK];
}

void
cube_add(struct cube *c, uint32_t cell, enum cube_measure m, int64_t amount)
{
	struct cube_sum *sum = sum_at(c, cell, m);

	sum->sum += amount;
	sum->n++;
	c->cell[cell].shown |= m != CUBE_AD_TOUCHES && !cube_is_stock(m);
}

void
cube_time(struct cube *c, uint32_t cell, enum cube_series s, int64_t us)
{
	struct cube_durations *d = &c->cell[cell].series[s];

	d->us = mem_grow(d->us, &d->cap, d->n + 1, sizeof(*d->us), SIZE_MAX / 16,
	    "durations");
	d->us[d->n++] = us;
}

struct cube_sum
cube_sum_of(const struct cube_cell *c, enum cube_measure m)
{
	const struct cube_sum *block = c->sums[m / CUBE_BLOCK];

	return block != NULL ? block[m % CUBE_BLOCK] : (struct cube_sum){ 0, 0 };
}

/* --- stocks --- */

static const enum cube_measure stocks[] = { CUBE_MRR, CUBE_PAYERS, CUBE_DB };

enum { STOCKS = sizeof(stocks) / sizeof(stocks[0]) };

bool
cube_is_stock(enum cube_measure m)
{
	for (size_t i = 0; i < STOCKS; i++)
		if (stocks[i] == m)
			return true;
	return false;
}

static bool
moves_stock(const struct cube_cell *c)
{
	for (size_t i = 0; i < STOCKS; i++)
		if (cube_sum_of(c, stocks[i]).n != 0)
			return true;
	return false;
}

/* The first period of each line in which a stock moves, or INT64_MAX. */
static int64_t *
first_moves(const struct cube *c)
{
	size_t n = dict_count(c->lines);
	int64_t *first = mem_raw(n + 1, sizeof(*first));

	for (size_t i = 0; i < n; i++)
		first[i] = INT64_MAX;
	for (uint32_t i = 0; i < map_count(c->map); i++) {
		const struct cube_cell *cell = &c->cell[i];

		if (cell->period < first[cell->line] && moves_stock(cell))
			first[cell->line] = cell->period;
	}
	return first;
}

void
cube_fill(struct cube *c, int64_t from, int64_t last)
{
	int64_t *first = first_moves(c), end;

	for (uint32_t line = 0; line < dict_count(c->lines); line++)
		for (int64_t p = first[line]; p <= last; p = end) {
			uint32_t n = cell_of(c, line, p);

			end = when_period_end(c->period, p);
			c->cell[n].shown |= end > from;
		}
	mem_free(first);
}

/* Cells of a line stand in the order of time: movements become what they sum to. */
static void
sum_stocks(struct cube *c, size_t n)
{
	struct cube_sum *sum = mem_new((size_t)dict_count(c->lines) + 1, sizeof(*sum));

	for (size_t s = 0; s < STOCKS; s++) {
		memset(sum, 0, ((size_t)dict_count(c->lines) + 1) * sizeof(*sum));
		for (size_t i = 0; i < n; i++) {
			struct cube_cell *cell = &c->cell[c->order[i]];
			struct cube_sum *so_far = &sum[cell->line];
			struct cube_sum moved = cube_sum_of(cell, stocks[s]);

			so_far->sum += moved.sum;
			so_far->n += moved.n;
			if (so_far->n != 0)
				*sum_at(c, c->order[i], stocks[s]) = *so_far;
		}
	}
	mem_free(sum);
}

/* --- sorting --- */

static int
by_length(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int
by_place(const void *a, const void *b, void *context)
{
	const struct cube *c = context;
	const uint32_t *x = a, *y = b;
	const struct cube_cell *p = &c->cell[*x], *q = &c->cell[*y];
	struct cube_line s = cube_line(c, *x), t = cube_line(c, *y);
	int order;

	if (p->period != q->period)
		return p->period < q->period ? -1 : 1;
	order = text_compare(c->names[s.dimension], c->names[t.dimension]);
	if (order == 0)
		order = text_compare(s.segment, t.segment);
	return order != 0 ? order : text_compare(s.model_name, t.model_name);
}

const uint32_t *
cube_sort(struct cube *c, const struct text *names, size_t *n)
{
	*n = map_count(c->map);
	c->names = names;
	c->order = mem_raw(*n + 1, sizeof(*c->order));
	for (uint32_t i = 0; i < *n; i++)
		c->order[i] = i;
	qsort_r(c->order, *n, sizeof(*c->order), by_place, c);
	sum_stocks(c, *n);
	for (size_t i = 0; i < *n; i++)
		for (int s = 0; s < CUBE_SERIES; s++) {
			struct cube_durations *d = &c->cell[i].series[s];

			if (d->n > 1)
				qsort(d->us, d->n, sizeof(*d->us), by_length);
		}
	return c->order;
}
