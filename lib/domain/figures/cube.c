/* cube.c - the sums of every segment in every period */
#include <stdlib.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/pairs.h>
#include <lead/domain/figures/cube.h>

enum { KEY_MAX = 1 << 20, HEAD = 8 }; /* a line's key: dimension, model, segment */

/* Lines and days found last, found again where their bytes say. */
enum { LAST_LINES = 4096, LAST_DAYS = 1024 };

struct day {
	int64_t start, day; /* of the period; day 0 is none */
};

struct cube {
	uint32_t last_line[LAST_LINES]; /* + 1 */
	struct day last_day[LAST_DAYS];
	enum when_period period;
	struct dict *models;
	struct dict *lines; /* key of dimension, model, segment -> line */
	struct pairs *pairs; /* (line, period) -> cell */
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
	c->pairs = pairs_new();
	buf_init(&c->key, KEY_MAX, "a segment");
	dict_add(c->models, TEXT_NONE);
	return c;
}

void
cube_free(struct cube *c)
{
	if (c == NULL)
		return;
	for (uint32_t i = 0; i < pairs_count(c->pairs); i++)
		for (int s = 0; s < CUBE_SERIES; s++)
			durations_clear(&c->cell[i].series[s]);
	mem_free(c->cell);
	mem_free(c->order);
	dict_free(c->models);
	dict_free(c->lines);
	pairs_free(c->pairs);
	arena_clear(&c->arena);
	buf_clear(&c->key);
	mem_free(c);
}

uint32_t
cube_model(struct cube *c, struct text name)
{
	return dict_add(c->models, name);
}

uint32_t
cube_peek(const struct cube *c, uint32_t cell, int64_t start)
{
	uint32_t n = pairs_get(c->pairs, c->cell[cell].line, start);

	return n;
}

uint32_t
cube_cell(struct cube *c, uint32_t line, int64_t start)
{
	bool added;
	uint32_t n = pairs_add(c->pairs, line, start, &added);

	if (!added)
		return n;
	c->cell = mem_grow(c->cell, &c->cap, (size_t)n + 1, sizeof(*c->cell),
	    CUBE_CELLS_MAX, "segments and periods");
	c->cell[n] = (struct cube_cell){ .period = start, .line = line,
		.whole = CUBE_NONE };
	return n;
}

static bool
is_line(const struct cube *c, uint32_t line, uint32_t dimension, uint32_t model,
    struct text segment)
{
	struct text key = dict_text(c->lines, line);

	return memcmp(key.s, &dimension, 4) == 0 && memcmp(key.s + 4, &model, 4) == 0 &&
	    text_equal(text_from(key, HEAD), segment);
}

static uint32_t
new_line(struct cube *c, uint32_t dimension, uint32_t model, struct text segment)
{
	char *key;

	c->key.len = 0;
	key = buf_room(&c->key, HEAD);
	memcpy(key, &dimension, 4);
	memcpy(key + 4, &model, 4);
	c->key.len = HEAD;
	buf_put(&c->key, segment);
	return dict_add(c->lines, buf_text(&c->key));
}

/* Its last bytes tell most segments apart. */
uint32_t
cube_line_of(struct cube *c, uint32_t dimension, uint32_t model, struct text segment)
{
	size_t n = segment.len < 8 ? segment.len : 8;
	uint64_t end = 0;
	uint32_t *last;

	for (size_t i = segment.len - n; i < segment.len; i++)
		end = end << 8 | (unsigned char)segment.s[i];
	end = (end ^ segment.len << 56) * 0x9e3779b97f4a7c15U;
	last = &c->last_line[(end >> 40 ^ dimension * 97 ^ model) % LAST_LINES];
	if (*last == 0 || !is_line(c, *last - 1, dimension, model, segment))
		*last = new_line(c, dimension, model, segment) + 1;
	return *last - 1;
}

int64_t
cube_period(struct cube *c, int64_t day)
{
	struct day *last = &c->last_day[(uint64_t)day % LAST_DAYS];

	if (last->day != day || day == 0)
		*last = (struct day){ when_period_start(c->period, day), day };
	return last->start;
}

uint32_t
cube_at(struct cube *c, uint32_t line, int64_t day)
{
	return cube_cell(c, line, cube_period(c, day));
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
	return pairs_count(c->pairs);
}

struct cube_cell *
cube_get(const struct cube *c, uint32_t cell)
{
	return &c->cell[cell];
}

struct cube_line
cube_line_at(const struct cube *c, uint32_t number)
{
	struct text key = dict_text(c->lines, number);
	struct cube_line line = { .segment = text_from(key, HEAD) };

	memcpy(&line.dimension, key.s, 4);
	memcpy(&line.model, key.s + 4, 4);
	line.model_name = dict_text(c->models, line.model);
	return line;
}

struct cube_line
cube_line(const struct cube *c, uint32_t cell)
{
	return cube_line_at(c, c->cell[cell].line);
}

static inline struct cube_sum *
sum_at(struct cube *c, uint32_t cell, enum cube_measure m)
{
	struct cube_sum **block = &c->cell[cell].sums[m / CUBE_BLOCK];

	if (*block == NULL)
		*block = arena_new(&c->arena, CUBE_BLOCK, sizeof(**block));
	return &(*block)[m % CUBE_BLOCK];
}

/* Stocks show where they stand, not where they move. */
static const bool hidden[CUBE_MEASURES] = {
	[CUBE_AD_TOUCHES] = true,
	[CUBE_MRR] = true,
	[CUBE_PAYERS] = true,
	[CUBE_DB] = true,
};

bool
cube_shows(enum cube_measure m)
{
	return !hidden[m];
}

bool
cube_show(struct cube *c, uint32_t cell, enum cube_measure m)
{
	c->cell[cell].shown |= !hidden[m];
	return !hidden[m];
}

void
cube_add(struct cube *c, uint32_t cell, enum cube_measure m, int64_t amount)
{
	cube_add_each(c, &cell, 1, m, amount);
}

void
cube_add_each(struct cube *c, const uint32_t *cell, size_t n, enum cube_measure m,
    int64_t amount)
{
	bool shows = !hidden[m];

	for (size_t i = 0; i < n; i++) {
		struct cube_sum *sum = sum_at(c, cell[i], m);

		sum->sum += amount;
		sum->n++;
		c->cell[cell[i]].shown |= shows;
	}
}

void
cube_add_sum(struct cube *c, uint32_t cell, enum cube_measure m, struct cube_sum add)
{
	struct cube_sum *sum = sum_at(c, cell, m);

	sum->sum += add.sum;
	sum->n += add.n;
	c->cell[cell].shown |= !hidden[m];
}

void
cube_time(struct cube *c, uint32_t cell, enum cube_series s, int64_t us)
{
	durations_add(&c->cell[cell].series[s], us);
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
	for (uint32_t i = 0; i < pairs_count(c->pairs); i++) {
		const struct cube_cell *cell = &c->cell[i];

		if (cell->period < first[cell->line] && moves_stock(cell))
			first[cell->line] = cell->period;
	}
	return first;
}

/* The first of the last so many periods, up to that of a day. */
static int64_t
periods_before(const struct cube *c, int64_t last, int n)
{
	int64_t p = when_period_start(c->period, last);

	while (--n > 0 && c->period != WHEN_BY_ALL)
		p = when_period_start(c->period, p - 1);
	return p;
}

void
cube_fill(struct cube *c, int64_t from, int64_t last)
{
	int64_t *first = first_moves(c), oldest = periods_before(c, last, CUBE_FILL_MAX);
	int64_t end;

	for (uint32_t line = 0; line < dict_count(c->lines); line++)
		for (int64_t p = first[line] > oldest ? first[line] : oldest;
		     first[line] != INT64_MAX && p <= last; p = end) {
			uint32_t n = cube_cell(c, line, p);

			end = when_period_end(c->period, p);
			c->cell[n].stands = end > from;
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
	*n = pairs_count(c->pairs);
	c->names = names;
	c->order = mem_raw(*n + 1, sizeof(*c->order));
	for (uint32_t i = 0; i < *n; i++)
		c->order[i] = i;
	qsort_r(c->order, *n, sizeof(*c->order), by_place, c);
	sum_stocks(c, *n);
	for (size_t i = 0; i < *n; i++)
		for (int s = 0; s < CUBE_SERIES; s++)
			durations_sort(&c->cell[i].series[s]);
	return c->order;
}
