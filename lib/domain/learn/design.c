/* design.c - the distinct rows that a model is fitted to, in one order */
#include <lead/base/mem.h>
#include <lead/base/sort.h>
#include <lead/domain/learn/design.h>

struct order {
	const struct history *h;
	struct levels *const *levels;
	size_t ncolumns;
};

static uint64_t
mix(uint64_t h, uint64_t x)
{
	h = (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

/* The order is that of a hash of the codes, then of the codes themselves. */
static int
compare(const void *ctx, uint32_t x, uint32_t y)
{
	const struct order *o = ctx;
	const struct history_row *a = &o->h->row[x], *b = &o->h->row[y];

	for (size_t c = 0; c < o->ncolumns; c++) {
		const uint8_t *code = o->levels[c]->code;

		if (code[x] != code[y])
			return code[x] < code[y] ? -1 : 1;
	}
	if (a->held != b->held)
		return a->held < b->held ? -1 : 1;
	return (a->fold > b->fold) - (a->fold < b->fold);
}

static struct sort_item *
sorted(const struct order *o)
{
	size_t n = o->h->nrows;
	struct sort_item *item = mem_new(n + 1, sizeof(*item));
	struct sort_item *scratch = mem_raw(n + 1, sizeof(*scratch));

	for (size_t i = 0; i < n; i++) {
		item[i].ref = (uint32_t)i;
		item[i].a = mix((uint64_t)o->h->row[i].held, o->h->row[i].fold);
	}
	for (size_t c = 0; c < o->ncolumns; c++)
		for (size_t i = 0; i < n; i++)
			item[i].a = mix(item[i].a, o->levels[c]->code[i]);
	sort_items(item, n, scratch, 1, compare, o);
	mem_free(scratch);
	return item;
}

/* Count leads of one kind together; item[k].ref becomes the first of kind k. */
static void
unite(struct design *d, const struct order *o, struct sort_item *item, double per_micro)
{
	size_t n = o->h->nrows;

	d->n = mem_new(n + 1, sizeof(*d->n));
	d->won = mem_new(n + 1, sizeof(*d->won));
	d->fold = mem_new(n + 1, 1);
	d->offset = mem_new(n + 1, sizeof(*d->offset));
	for (size_t i = 0; i < n; i++) {
		const struct history_row *row = &o->h->row[item[i].ref];
		size_t k = d->nrows;

		if (k == 0 || item[i].a != item[k - 1].a ||
		    compare(o, item[i].ref, item[k - 1].ref) != 0) {
			item[k] = item[i];
			d->fold[k] = row->fold;
			d->offset[k] = (double)row->held * per_micro;
			d->nrows++;
		}
		d->n[d->nrows - 1]++;
		d->won[d->nrows - 1] += row->won;
		d->leads_won += row->won;
	}
	d->leads = n;
}

void
design_init(struct design *d, const struct history *h, struct levels *const *levels,
    size_t ncolumns, double per_micro)
{
	const struct order o = { h, levels, ncolumns };
	struct sort_item *item = sorted(&o);

	*d = (struct design){ .ncolumns = ncolumns };
	d->code = mem_new(ncolumns + 1, sizeof(*d->code));
	d->first = mem_new(ncolumns + 1, sizeof(*d->first));
	unite(d, &o, item, per_micro);
	for (size_t c = 0; c < ncolumns; c++) {
		d->first[c] = d->nlevels;
		d->nlevels += levels[c]->n;
		d->code[c] = mem_raw(d->nrows + 1, 1);
		for (size_t k = 0; k < d->nrows; k++)
			d->code[c][k] = levels[c]->code[item[k].ref];
	}
	for (size_t c = 0; c < ncolumns; c++)
		levels_clear(levels[c]);
	mem_free(item);
}

void
design_clear(struct design *d)
{
	for (size_t c = 0; c < d->ncolumns; c++)
		mem_free(d->code[c]);
	mem_free(d->code);
	mem_free(d->first);
	mem_free(d->n);
	mem_free(d->won);
	mem_free(d->fold);
	mem_free(d->offset);
	*d = (struct design){ 0 };
}
