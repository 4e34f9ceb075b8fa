/* chain.c - the rows of a group, linked from the last to the first */
#include <lead/base/chain.h>
#include <lead/base/crew.h>

enum {
	SIDE_BY_SIDE = 32,
	WORTH_A_THREAD = 1 << 13, /* rows */
};
static const uint64_t SIGN = (uint64_t)1 << 63;

struct sort_item
chain_item(const struct chain_place *p, uint32_t row)
{
	struct sort_item item = { .ref = row };
	int64_t at;

	record_terms(chain_record(p->pool, row), &at, &item.b);
	item.a = (uint64_t)at ^ SIGN;
	return item;
}

int64_t
chain_at(const struct sort_item *row)
{
	return (int64_t)(row->a ^ SIGN);
}

uint32_t
chain_minor(const struct sort_item *row)
{
	return row->b;
}

static int
compare(const void *ctx, uint32_t x, uint32_t y)
{
	const struct chain_place *p = ctx;

	return record_compare(p->shape, chain_record(p->pool, x),
	    chain_record(p->pool, y));
}

void
chain_sort(const struct chain_place *p, struct sort_item *rows, size_t n,
    struct sort_item *scratch)
{
	sort_items(rows, n, scratch, p->threads, compare, p);
}

/* Fill each chain's place from its end: most input is nearly in time order. */
static void
follow(const struct chain_place *p, const struct chain *chains, size_t n,
    struct sort_item *rows)
{
	uint32_t at[SIDE_BY_SIDE];
	struct sort_item *to[SIDE_BY_SIDE];

	for (size_t i = 0; i < n; i++) {
		at[i] = chains[i].last;
		to[i] = rows + chains[i].first + chains[i].rows;
		__builtin_prefetch(pool_at(p->pool, at[i]));
	}
	while (n > 0) {
		for (size_t i = 0; i < n;) {
			*--to[i] = chain_item(p, at[i]);
			at[i] = chain_before(p->pool, at[i]);
			if (at[i] != 0) {
				__builtin_prefetch(pool_at(p->pool, at[i]));
				i++;
			} else {
				n--;
				at[i] = at[n];
				to[i] = to[n];
			}
		}
	}
}

struct part {
	const struct chain_place *place;
	const struct chain *chains;
	size_t n;
	struct sort_item *rows, *scratch;
};

static void
work(void *ctx)
{
	const struct part *part = ctx;

	for (size_t i = 0; i < part->n; i += SIDE_BY_SIDE)
		follow(part->place, part->chains + i,
		    part->n - i < SIDE_BY_SIDE ? part->n - i : SIDE_BY_SIDE,
		    part->rows);
	for (size_t i = 0; i < part->n; i++) {
		const struct chain *c = &part->chains[i];

		chain_sort(part->place, part->rows + c->first, c->rows,
		    part->scratch + c->first);
	}
}

/* Cut the chains into at most most parts of about equally many rows. */
static size_t
cut(const struct part *whole, size_t nrows, size_t most, struct part *parts)
{
	size_t n = 0, from = 0;

	for (size_t i = 0; i < whole->n; i++) {
		const struct chain *c = &whole->chains[i];

		if (i + 1 < whole->n &&
		    (c->first + c->rows) * most < nrows * (n + 1))
			continue;
		parts[n] = *whole;
		parts[n].chains += from;
		parts[n++].n = i + 1 - from;
		from = i + 1;
	}
	return n;
}

void
chain_rows(const struct chain_place *p, const struct chain *chains, size_t n,
    struct sort_item *rows, struct sort_item *scratch)
{
	struct part whole = { .place = p, .chains = chains, .n = n, .rows = rows,
		.scratch = scratch };
	struct part parts[CREW_MAX];
	size_t nrows = n != 0 ? chains[n - 1].first + chains[n - 1].rows : 0;
	size_t most = nrows / WORTH_A_THREAD;

	if (most > (size_t)p->threads)
		most = (size_t)p->threads;
	if (most > CREW_MAX)
		most = CREW_MAX;
	if (most <= 1) {
		work(&whole);
		return;
	}
	n = cut(&whole, nrows, most, parts);
	crew_run(work, parts, n, sizeof(*parts));
}
