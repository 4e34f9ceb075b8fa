/* levels.c - a column's few values: bins of numbers, texts, blank */
#include <math.h>
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/levels.h>

enum { OTHER, BLANK, BINS };

/* A distinct number, or text, and its rows. */
struct value {
	int64_t number;
	struct text text;
	uint64_t n;
	uint32_t index; /* of the text */
};

struct reading {
	struct levels *l;
	const struct history *h;
	const struct history_column *c;
	uint64_t least;
	uint64_t parts;            /* of as many numbers each */
	uint64_t blanks, nnumbers; /* rows */
	struct value *texts, *numbers;
	size_t ntexts, ndistinct;
	uint8_t *of_text; /* level of each text */
};

/* --- what there is --- */

static int
by_number(const void *a, const void *b)
{
	int64_t x = ((const struct value *)a)->number,
		y = ((const struct value *)b)->number;

	return (x > y) - (x < y);
}

static int
by_amount(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int
by_text(const void *a, const void *b)
{
	return text_compare(
	    ((const struct value *)a)->text, ((const struct value *)b)->text);
}

/* Most rows first. */
static int
by_rows(const void *a, const void *b)
{
	const struct value *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : by_text(a, b);
}

/* Numbers in order, each once. */
static size_t
unite(struct value *v, size_t n)
{
	size_t to = 0;

	qsort(v, n, sizeof(*v), by_number);
	for (size_t i = 0; i < n; i++) {
		if (to > 0 && v[to - 1].number == v[i].number)
			v[to - 1].n += v[i].n;
		else
			v[to++] = v[i];
	}
	return to;
}

static void
count_codes(struct reading *r, uint64_t *rows, uint32_t ntexts)
{
	for (size_t i = 0; i < r->h->nrows; i++)
		rows[r->c->code[i]]++;
	r->blanks = rows[0];
	r->numbers = mem_new(ntexts, sizeof(*r->numbers));
	for (uint32_t i = 0; i < ntexts; i++) {
		struct value v = { 0, dict_text(r->c->texts, i), rows[i + 1], i };

		if (num_parse(v.text, &v.number) == NUM_OK) {
			v.number = v.number < HISTORY_LEAST ? HISTORY_LEAST : v.number;
			r->nnumbers += v.n;
			r->numbers[r->ndistinct++] = v;
		} else {
			r->texts[r->ntexts++] = v;
		}
	}
	r->ndistinct = unite(r->numbers, r->ndistinct);
}

/* The distinct numbers of sorted[0..n-1], which is given back. */
static void
take_sorted(struct reading *r, int64_t *sorted, size_t n)
{
	size_t distinct = 0;

	for (size_t i = 0; i < n; i++)
		distinct += i == 0 || sorted[i] != sorted[i - 1];
	r->numbers = mem_new(distinct, sizeof(*r->numbers));
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || sorted[i] != sorted[i - 1])
			r->numbers[r->ndistinct++].number = sorted[i];
		r->numbers[r->ndistinct - 1].n++;
	}
	r->nnumbers = n;
	mem_free(sorted);
}

static void
count_values(struct reading *r, uint64_t *rows, uint32_t ntexts)
{
	int64_t *sorted = mem_raw(r->h->nrows + 1, sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < r->h->nrows; i++) {
		int64_t v = r->c->value[i];

		if (v >= HISTORY_LEAST)
			sorted[n++] = v;
		else
			rows[v - HISTORY_BLANK]++;
	}
	r->blanks = rows[0];
	for (uint32_t i = 0; i < ntexts; i++)
		r->texts[r->ntexts++] =
		    (struct value){ 0, dict_text(r->c->texts, i), rows[i + 1], i };
	qsort(sorted, n, sizeof(*sorted), by_amount);
	take_sorted(r, sorted, n);
}

static void
count(struct reading *r)
{
	uint32_t ntexts = dict_count(r->c->texts);
	uint64_t *rows = mem_new((size_t)ntexts + 1, sizeof(*rows));

	r->texts = mem_new((size_t)ntexts + 1, sizeof(*r->texts));
	if (r->c->code != NULL)
		count_codes(r, rows, ntexts);
	else
		count_values(r, rows, ntexts);
	mem_free(rows);
}

/* Each row its own value, and no measure: texts, or whole numbers. */
static bool
is_id(const struct reading *r)
{
	uint64_t filled = r->h->nrows - r->blanks;

	if (filled < r->least || r->ntexts + r->ndistinct < filled)
		return false;
	for (size_t i = 0; i < r->ndistinct; i++)
		if (r->numbers[i].number % NUM_MICROS != 0)
			return false;
	return true;
}

/* --- levels --- */

/* A number that has a bin to itself. */
static bool
is_heavy(const struct reading *r, const struct value *v)
{
	return r->ndistinct <= LEVELS_BINS || v->n * r->parts >= r->nnumbers;
}

/*
 * Begin a bin at each decile, and before and behind each heavy number; a bin of
 * too few rows goes on instead.
 */
static void
cut_bins(struct reading *r)
{
	struct levels *l = r->l;
	uint64_t below = 0, last = 0;
	bool apart = true;

	for (size_t i = 0; i < r->ndistinct; i++) {
		const struct value *v = &r->numbers[i];
		uint64_t part = below * r->parts / r->nnumbers;
		bool begins = apart || is_heavy(r, v) || part != last;
		struct level *bin = l->nbins != 0 ? &l->level[BINS + l->nbins - 1] : NULL;

		if (bin == NULL || (begins && bin->n >= r->least)) {
			bin = &l->level[BINS + l->nbins++];
			bin->from = v->number;
		}
		bin->n += v->n;
		below += v->n;
		last = part;
		apart = is_heavy(r, v);
	}
	l->n = BINS + l->nbins;
	if (l->nbins == 0 || l->level[l->n - 1].n >= r->least)
		return;
	l->nbins--; /* the last is too small: the one before goes on */
	l->n--;
	if (l->nbins != 0)
		l->level[l->n - 1].n += l->level[l->n].n;
	l->level[l->n] = (struct level){ 0 };
}

static void
name_texts(struct reading *r)
{
	struct levels *l = r->l;
	size_t n = 0;

	r->of_text = mem_new((size_t)dict_count(r->c->texts) + 1, 1);
	qsort(r->texts, r->ntexts, sizeof(*r->texts), by_rows);
	for (size_t i = 0; i < r->ntexts && n < LEVELS_TEXTS_MAX &&
			   l->n + n < LEVELS_MAX && r->texts[i].n >= r->least;
	     i++)
		if (r->texts[i].text.len <= LEVELS_TEXT_BYTES)
			r->texts[n++] = r->texts[i];
	qsort(r->texts, n, sizeof(*r->texts), by_text);
	for (size_t i = 0; i < n; i++) {
		r->of_text[r->texts[i].index] = (uint8_t)l->n;
		l->level[l->n++] = (struct level){ .text = r->texts[i].text };
	}
	l->ntexts = n;
	l->texts = r->ntexts != 0;
	l->rare = r->ntexts > n;
}

static uint8_t
bin_of(const struct levels *l, int64_t number)
{
	size_t k = l->nbins;

	if (k == 0)
		return OTHER;
	while (k > 1 && number < l->level[BINS + k - 1].from)
		k--;
	return (uint8_t)(BINS + k - 1);
}

/* The level of each code. */
static uint8_t *
code_table(const struct reading *r)
{
	uint32_t n = dict_count(r->c->texts);
	uint8_t *table = mem_new((size_t)n + 1, 1);
	int64_t number;

	table[0] = r->l->blank ? BLANK : OTHER;
	for (uint32_t i = 0; i < n; i++)
		table[i + 1] = num_parse(dict_text(r->c->texts, i), &number) == NUM_OK
				   ? bin_of(r->l, number)
				   : r->of_text[i];
	return table;
}

static void
code_rows(struct reading *r)
{
	struct levels *l = r->l;
	const struct history *h = r->h;
	uint8_t *table = r->c->code != NULL ? code_table(r) : NULL;

	l->code = mem_raw(h->nrows + 1, 1);
	for (size_t i = 0; i < h->nrows; i++) {
		int64_t v = table == NULL ? r->c->value[i] : 0;

		if (table != NULL)
			l->code[i] = table[r->c->code[i]];
		else if (v >= HISTORY_LEAST)
			l->code[i] = bin_of(l, v);
		else
			l->code[i] = v != HISTORY_BLANK ? r->of_text[v - HISTORY_TEXT]
				     : l->blank         ? BLANK
							: OTHER;
	}
	mem_free(table);
}

static void
count_won(struct levels *l, const struct history *h)
{
	for (size_t i = 0; i < l->n; i++)
		l->level[i].n = 0;
	for (size_t i = 0; i < h->nrows; i++) {
		l->level[l->code[i]].n++;
		l->level[l->code[i]].won += h->row[i].won;
	}
	l->others = l->level[OTHER].n != 0 || l->level[BLANK].n != 0;
}

void
levels_init(struct levels *l, const struct history *h, size_t column,
    const struct levels_terms *terms)
{
	struct reading r = { .l = l,
		.h = h,
		.c = &h->column[column],
		.least = terms->least,
		.parts = LEVELS_BINS };

	*l = (struct levels){ .n = BINS };
	if (r.c->texts == NULL) {
		l->why = "too many different texts";
		return;
	}
	count(&r);
	l->blank = r.blanks >= r.least;
	if (terms->halves && r.nnumbers >= 2 * LEVELS_BINS * LEVELS_HALF)
		r.parts = 2 * LEVELS_BINS;
	if (!terms->keep && is_id(&r)) {
		l->why = "each lead has another, as an id";
	} else {
		cut_bins(&r);
		name_texts(&r);
		code_rows(&r);
		count_won(l, h);
		if (l->n == BINS)
			l->why = "no value of enough leads";
	}
	mem_free(r.texts);
	mem_free(r.numbers);
	mem_free(r.of_text);
	if (l->why != NULL)
		levels_clear(l);
}

void
levels_clear(struct levels *l)
{
	mem_free(l->code);
	l->code = NULL;
}

/* --- what it tells --- */

static double
rate(const struct level *l)
{
	return l->n != 0 ? (double)l->won / (double)l->n : 0;
}

double
levels_auc(const struct levels *l)
{
	double above = 0, won = 0, lost = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct level *a = &l->level[i];

		won += (double)a->won;
		lost += (double)(a->n - a->won);
		above += (double)a->won * (double)(a->n - a->won) / 2;
		for (size_t j = 0; j < l->n; j++)
			if (rate(&l->level[j]) < rate(a))
				above += (double)a->won *
					 (double)(l->level[j].n - l->level[j].won);
	}
	return won > 0 && lost > 0 ? above / (won * lost) : 0.5;
}

/* x log(x / expected), 0 of nothing. */
static double
surprise(double x, double expected)
{
	return x > 0 ? x * log(x / expected) : 0;
}

double
levels_information(const struct levels *l)
{
	double n = 0, won = 0, sum = 0;

	for (size_t i = 0; i < l->n; i++) {
		n += (double)l->level[i].n;
		won += (double)l->level[i].won;
	}
	for (size_t i = 0; i < l->n; i++) {
		const struct level *a = &l->level[i];
		double share = (double)a->n / n;

		sum += surprise((double)a->won, won * share);
		sum += surprise((double)(a->n - a->won), (n - won) * share);
	}
	return n > 0 ? sum / n : 0;
}
