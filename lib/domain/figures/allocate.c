/* allocate.c - whose is the cost that spend gives to nobody? */
#include <stdlib.h>

#include <lead/base/arena.h>
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/allocate.h>

enum { KEY_MAX = 1 << 20, POTS_MAX = 1 << 28 };

const enum cube_measure allocate_measures[ALLOCATE_SUMS] = { CUBE_COST, CUBE_COST_SALES,
	CUBE_COST_ADS, CUBE_IMPRESSIONS, CUBE_CLICKS };

/* What is to be shared in one period, among segments that agree in what is known. */
struct pot {
	uint32_t dimension;
	int64_t day;
	struct text segment; /* where it stands when nobody takes a share */
	num_wide sum[ALLOCATE_SUMS];
};

/* A cell that takes a share. */
struct taker {
	uint32_t pot, model;
	struct text segment;
	int64_t weight;
};

struct allocate {
	struct book *book;
	enum cube_measure by;
	struct dict *keys; /* dimension, period, known parts -> pot */
	struct pot *pot;
	size_t cap;
	struct arena texts;
	struct buf key;
	struct taker *taker;
	size_t ntakers, taker_cap;
};

const char *const allocate_words[] = {
	[ALLOCATE_NOT] = "no",
	[ALLOCATE_CREDIT] = "credit",
	[ALLOCATE_LEADS] = "leads",
	[ALLOCATE_CLICKS] = "clicks",
	NULL,
};

const char *
allocate_name(enum allocate_basis b)
{
	return b == ALLOCATE_NOT ? "" : allocate_words[b];
}

bool
allocate_can(enum allocate_basis b, const struct breakdown *d)
{
	return !d->by_reason && !d->by_mail && b != ALLOCATE_NOT &&
	    (b != ALLOCATE_CREDIT || d->by_credit);
}

struct allocate *
allocate_new(struct book *b, enum cube_measure by)
{
	struct allocate *a = mem_new(1, sizeof(*a));

	a->book = b;
	a->by = by;
	a->keys = dict_new();
	buf_init(&a->key, KEY_MAX, "a segment");
	return a;
}

void
allocate_free(struct allocate *a)
{
	if (a == NULL)
		return;
	dict_free(a->keys);
	mem_free(a->pot);
	mem_free(a->taker);
	arena_clear(&a->texts);
	buf_clear(&a->key);
	mem_free(a);
}

/* --- what goes in --- */

/* The part of a segment up to the next " > ", of which values have none. */
static struct text
take_part(struct text *rest)
{
	static const struct text between = { " > ", 3 };
	ptrdiff_t n = text_search(*rest, between);
	struct text part = n < 0 ? *rest : text_head(*rest, (size_t)n);

	*rest = n < 0 ? TEXT_NONE : text_from(*rest, (size_t)n + between.len);
	return part;
}

/* Dimension, period, and of the segment the parts that spend knows. */
static struct text
key_of(struct allocate *a, uint32_t dimension, int64_t period, struct text segment)
{
	const struct breakdown *d = &a->book->by->v[dimension];
	char number[12];

	memcpy(number, &dimension, 4);
	memcpy(number + 4, &period, 8);
	a->key.len = 0;
	buf_put(&a->key, (struct text){ number, sizeof(number) });
	for (size_t k = 0; d->nparts > 1 && k < d->nparts; k++) {
		struct text part = take_part(&segment);

		if (d->part[k].of_spend)
			buf_put(&a->key, part);
		buf_byte(&a->key, '\n');
	}
	return buf_text(&a->key);
}

void
allocate_add(struct allocate *a, size_t i, int64_t day, struct text segment,
    const int64_t amount[ALLOCATE_SUMS])
{
	int64_t period = when_period_start(a->book->rules->period, day);
	uint32_t known = dict_count(a->keys);
	uint32_t n = dict_add(a->keys, key_of(a, (uint32_t)i, period, segment));

	if (n == known) {
		a->pot = mem_grow(a->pot, &a->cap, (size_t)n + 1, sizeof(*a->pot),
		    POTS_MAX, "periods of spend");
		a->pot[n] = (struct pot){ .dimension = (uint32_t)i, .day = period,
			.segment = arena_text(&a->texts, segment) };
	}
	for (size_t k = 0; k < ALLOCATE_SUMS; k++)
		a->pot[n].sum[k] += amount[k];
}

/* --- what comes out --- */

static int
by_pot(const void *x, const void *y)
{
	const struct taker *a = x, *b = y;

	if (a->pot != b->pot)
		return a->pot < b->pot ? -1 : 1;
	if (a->model != b->model)
		return a->model < b->model ? -1 : 1;
	return text_compare(a->segment, b->segment);
}

/* Cells with a weight, by pot, model and segment. */
static void
find_takers(struct allocate *a)
{
	const struct cube *cube = a->book->cube;

	for (uint32_t n = 0; n < cube_count(cube); n++) {
		const struct cube_cell *c = cube_get(cube, n);
		struct cube_line line = cube_line(cube, n);
		num_wide weight = cube_sum_of(c, a->by).sum;
		uint32_t pot;

		if (weight <= 0 || !a->book->by->v[line.dimension].allocated)
			continue;
		pot = dict_get(a->keys, key_of(a, line.dimension, c->period,
		    line.segment));
		if (pot == DICT_NONE)
			continue;
		a->taker = mem_grow(a->taker, &a->taker_cap, a->ntakers + 1,
		    sizeof(*a->taker), POTS_MAX, "segments of spend");
		a->taker[a->ntakers++] = (struct taker){ pot, line.model, line.segment,
			(int64_t)weight };
	}
	if (a->ntakers > 1)
		qsort(a->taker, a->ntakers, sizeof(*a->taker), by_pot);
}

static void
give(struct allocate *a, const struct pot *p, uint32_t model, struct text segment,
    size_t k, int64_t amount)
{
	struct cube *cube = a->book->cube;

	if (amount != 0)
		cube_add(cube, cube_find(cube, p->day, p->dimension, model, segment),
		    allocate_measures[k], amount);
}

/* One measure of a pot among n takers; a sum past 64 bits goes in parts. */
static void
share(struct allocate *a, const struct pot *p, uint32_t model, size_t k,
    const struct taker *taker, size_t n)
{
	int64_t *weight = mem_new(n, sizeof(*weight)), *out = mem_new(n, sizeof(*out));
	num_wide left = p->sum[k];

	for (size_t i = 0; i < n; i++)
		weight[i] = taker[i].weight;
	do {
		int64_t part = left > INT64_MAX ? INT64_MAX
		    : left < -INT64_MAX ? -INT64_MAX : (int64_t)left;

		num_share(part, weight, out, n);
		for (size_t i = 0; i < n; i++)
			give(a, p, model, taker[i].segment, k, out[i]);
		left -= part;
	} while (left != 0);
	mem_free(weight);
	mem_free(out);
}

/* The first taker of a pot and model, or of those behind them. */
static size_t
first_taker(const struct allocate *a, uint64_t pot, uint64_t model)
{
	size_t from = 0, to = a->ntakers;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct taker *t = &a->taker[middle];

		if (t->pot < pot || (t->pot == pot && t->model < model))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* A pot for one model; its takers are those of weights_of. */
static void
share_pot(struct allocate *a, uint32_t pot, uint32_t model, uint32_t weights_of)
{
	const struct pot *p = &a->pot[pot];
	const struct taker nobody = { pot, model, p->segment, 1 };
	size_t from = first_taker(a, pot, weights_of);
	size_t to = first_taker(a, pot, (uint64_t)weights_of + 1);

	for (size_t k = 0; k < ALLOCATE_SUMS; k++)
		if (to > from)
			share(a, p, model, k, a->taker + from, to - from);
		else
			share(a, p, model, k, &nobody, 1);
}

void
allocate_settle(struct allocate *a, uint32_t nmodels)
{
	find_takers(a);
	for (uint32_t pot = 0; pot < dict_count(a->keys); pot++) {
		bool shared = a->book->by->v[a->pot[pot].dimension].by_credit;

		for (uint32_t m = shared; m <= (shared ? nmodels : 0); m++)
			share_pot(a, pot, m, a->by == CUBE_AD_TOUCHES ? 0 : m);
	}
}
