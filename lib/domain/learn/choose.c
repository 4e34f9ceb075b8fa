/* choose.c - which few rules say most of what a model of all levels says? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/mem.h>
#include <lead/domain/learn/choose.h>

enum { TERMS_MAX = 4096, TRIALS_MAX = 150 };

/* A candidate's pivot may fall to that share of what it was. */
static const double PIVOT_LEAST = 1e-6;

static const double BY_CHANCE = 2, FURTHER_LEAST = 1.5;

/* An exchange must gain that much, or two terms would change places for ever. */
static const double GAIN_LEAST = 1e-6;

struct choice {
	const struct choose_question *q;
	double *beta, *linear;   /* of each level of the design */
	struct logit_term *term; /* candidates */
	size_t n, cap;
	double *a, *b, *diagonal; /* n + 1 unknowns, the intercept last */
	unsigned *terms_of; /* of each column, how many are in */
	bool *in;
	size_t nin;
};

/* --- candidates --- */

static void
offer(struct choice *s, size_t column, uint64_t levels)
{
	s->term = mem_grow(s->term, &s->cap, s->n + 1, sizeof(*s->term), TERMS_MAX,
	    "terms to choose from");
	s->term[s->n++] = (struct logit_term){ column, levels };
}

static void
offer_bins(struct choice *s, size_t column, const struct levels *l)
{
	uint64_t all = ((UINT64_C(1) << l->nbins) - 1) << 2, below = 0;
	bool others = l->others || l->ntexts != 0;

	if (l->nbins != 0 && others)
		offer(s, column, all);
	for (size_t k = 1; k < l->nbins; k++) {
		below |= UINT64_C(1) << (k + 1);
		offer(s, column, all & ~below);
		if (others)
			offer(s, column, below);
	}
}

struct ranked {
	double beta;
	size_t level;
};

/* Best first. */
static int
by_beta(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->beta != y->beta)
		return x->beta > y->beta ? -1 : 1;
	return (x->level > y->level) - (x->level < y->level);
}

static void
offer_texts(struct choice *s, size_t column, const struct levels *l)
{
	struct ranked rank[LEVELS_MAX];
	uint64_t all = 0, best = 0;
	bool others = l->others || l->nbins != 0;

	for (size_t i = 0; i < l->ntexts; i++) {
		size_t level = levels_text(l) + i;

		rank[i] = (struct ranked){ s->beta[s->q->design->first[column] + level],
			level };
		all |= UINT64_C(1) << level;
	}
	qsort(rank, l->ntexts, sizeof(*rank), by_beta);
	if (l->ntexts != 0 && others)
		offer(s, column, all);
	for (size_t i = 0; i + 1 < l->ntexts; i++) {
		best |= UINT64_C(1) << rank[i].level;
		offer(s, column, best);
		if (others)
			offer(s, column, all & ~best);
	}
}

/* --- the quadratic form --- */

static double
weight(const struct design *d, const double *weights, size_t x, size_t y)
{
	return x <= y ? weights[x * d->nlevels + y] : weights[y * d->nlevels + x];
}

/* What the form's linear part is at each level: gradient and weights times beta. */
static void
fill_linear(struct choice *s)
{
	const struct design *d = s->q->design;
	const double *w = s->q->full->weights;

	for (size_t x = 0; x < d->nlevels; x++) {
		double sum = s->q->ridge * s->beta[x];

		for (size_t y = 0; y < d->nlevels; y++)
			sum += weight(d, w, x, y) * s->beta[y];
		s->linear[x] = sum;
	}
}

static void
fill_beta(struct choice *s)
{
	const struct design *d = s->q->design;
	size_t t = 0;

	for (size_t c = 0; c < d->ncolumns; c++)
		for (size_t i = 1; i < s->q->levels[c]->n; i++)
			s->beta[d->first[c] + i] = s->q->full->beta[t++];
}

static double
sum_over(const struct choice *s, const double *of, const struct logit_term *t)
{
	size_t first = s->q->design->first[t->column];
	double sum = 0;

	for (uint64_t left = t->levels; left != 0; left &= left - 1)
		sum += of[first + (size_t)__builtin_ctzll(left)];
	return sum;
}

/* Weights of rows at each level that meet a term. */
static void
weigh_term(const struct choice *s, const struct logit_term *t, double *row)
{
	const struct design *d = s->q->design;

	memset(row, 0, d->nlevels * sizeof(*row));
	for (uint64_t left = t->levels; left != 0; left &= left - 1) {
		size_t x = d->first[t->column] + (size_t)__builtin_ctzll(left);

		for (size_t y = 0; y < d->nlevels; y++)
			row[y] += weight(d, s->q->full->weights, x, y);
	}
}

/* All rows are at one level of the first column. */
static double
sum_first(const struct choice *s, const double *of)
{
	double sum = 0;

	for (size_t i = 0; i < s->q->levels[0]->n; i++)
		sum += of[i];
	return sum;
}

static double
whole_weight(const struct choice *s)
{
	double sum = 0;

	for (size_t i = 0; i < s->q->levels[0]->n; i++)
		sum += s->q->full->weights[i * s->q->design->nlevels + i];
	return sum;
}

static void
fill_form(struct choice *s)
{
	size_t n = s->n, width = n + 1;
	double *row = mem_new(s->q->design->nlevels + 1, sizeof(*row));

	for (size_t i = 0; i < n; i++) {
		weigh_term(s, &s->term[i], row);
		for (size_t j = 0; j < n; j++)
			s->a[i * width + j] = sum_over(s, row, &s->term[j]);
		s->a[i * width + i] += s->q->penalty;
		s->a[i * width + n] = s->a[n * width + i] = sum_first(s, row);
		s->b[i] = sum_over(s, s->linear, &s->term[i]);
		s->diagonal[i] = s->a[i * width + i];
	}
	s->a[n * width + n] = whole_weight(s);
	s->b[n] = sum_first(s, s->linear);
	mem_free(row);
}

/*
 * Take unknown k in, or out again: a principal pivot, its own inverse. Then b[k]
 * of one that is in is its coefficient, and a[k][k] its variance; of the others
 * they are what is left of gradient and curvature.
 */
static void
pivot(struct choice *s, size_t k)
{
	size_t width = s->n + 1;
	double *from = s->a + k * width, d = from[k], share = s->b[k] / d;

	for (size_t i = 0; i < width; i++) {
		double *row = s->a + i * width, f = row[k] / d;

		if (i == k)
			continue;
		for (size_t j = 0; j < width; j++)
			row[j] -= f * from[j];
		row[k] = -f;
		s->b[i] -= f * s->b[k];
	}
	for (size_t j = 0; j < width; j++)
		from[j] /= d;
	from[k] = 1 / d;
	s->b[k] = share;
	if (k < s->n) {
		s->in[k] = !s->in[k];
		s->nin += s->in[k] ? 1 : (size_t)-1;
		s->terms_of[s->term[k].column] += s->in[k] ? 1 : -1u;
	}
}

/*
 * The gain that k must bring: of the first term of a column more than the best of
 * many cuts of noise brings by chance, of a further one as Akaike's criterion and
 * a little. Texts in the order of their coefficients part into good and bad ones
 * even when all are alike: the best cut of n such texts gains n / pi on average, the
 * half of n (E|z|)^2, and each half of them then a quarter of that or so.
 */
static double
cost(const struct choice *s, size_t k)
{
	const struct logit_term *t = &s->term[k];
	const struct levels *l = s->q->levels[t->column];
	uint64_t texts = t->levels >> levels_text(l);
	bool some = texts != 0 && (size_t)__builtin_popcountll(texts) < l->ntexts;
	double chance = some ? (double)l->ntexts / M_PI : 0;

	if (s->terms_of[t->column] == (s->in[k] ? 1u : 0u))
		return fmax(s->q->least, chance + BY_CHANCE);
	return FURTHER_LEAST + chance / 4;
}

/* The log likelihood that taking k in gains, or leaving it out loses, less what it
 * must bring. */
static double
gain(const struct choice *s, size_t k)
{
	double a = s->a[k * (s->n + 1) + k];

	if (!s->in[k] && a < PIVOT_LEAST * s->diagonal[k])
		return -cost(s, k);
	return s->b[k] * s->b[k] / a / 2 - cost(s, k);
}

/* The one outside that gains most; n when there is none. */
static size_t
best_outside(const struct choice *s)
{
	size_t best = s->n;

	for (size_t k = 0; k < s->n; k++)
		if (!s->in[k] && (best == s->n || gain(s, k) > gain(s, best)))
			best = k;
	return best;
}

static void
take_best(struct choice *s)
{
	while (s->nin < s->q->most) {
		size_t k = best_outside(s);

		if (k == s->n || gain(s, k) < 0)
			return;
		pivot(s, k);
	}
}

/* Put a better one in the place of k, if there is one; leave k out when it does
 * not bring what it must. */
static bool
replace(struct choice *s, size_t k)
{
	double lost = gain(s, k);
	size_t better;

	pivot(s, k);
	better = best_outside(s);
	if (better != k && gain(s, better) > fmax(lost, 0) + GAIN_LEAST)
		pivot(s, better);
	else if (lost >= 0)
		pivot(s, k);
	return !s->in[k];
}

/* Each in turn, until none has a better one. */
static void
exchange(struct choice *s)
{
	size_t trials = 0, k = 0, same = 0;

	while (s->nin != 0 && same < s->n && trials < TRIALS_MAX) {
		if (s->in[k]) {
			trials++;
			same = replace(s, k) ? 0 : same;
		}
		same++;
		k = (k + 1) % s->n;
	}
	take_best(s);
}

static void
open_choice(struct choice *s)
{
	const struct design *d = s->q->design;

	s->beta = mem_new(d->nlevels + 1, sizeof(double));
	s->linear = mem_new(d->nlevels + 1, sizeof(double));
	fill_beta(s);
	fill_linear(s);
	for (size_t i = 0; i < s->q->namong; i++)
		offer(s, s->q->among[i].column, s->q->among[i].levels);
	for (size_t c = 0; c < d->ncolumns && s->q->among == NULL; c++) {
		offer_bins(s, c, s->q->levels[c]);
		offer_texts(s, c, s->q->levels[c]);
	}
	s->a = mem_new((s->n + 1) * (s->n + 1), sizeof(double));
	s->b = mem_new(s->n + 1, sizeof(double));
	s->diagonal = mem_new(s->n + 1, sizeof(double));
	s->terms_of = mem_new(d->ncolumns + 1, sizeof(*s->terms_of));
	s->in = mem_new(s->n + 1, sizeof(*s->in));
}

struct logit_term *
choose_terms(const struct choose_question *q, size_t *n)
{
	struct choice s = { .q = q };

	*n = 0;
	if (q->design->ncolumns == 0)
		return NULL;
	open_choice(&s);
	fill_form(&s);
	pivot(&s, s.n); /* the intercept is free */
	take_best(&s);
	exchange(&s);
	for (size_t k = 0; k < s.n; k++)
		if (s.in[k])
			s.term[(*n)++] = s.term[k];
	mem_free(s.beta);
	mem_free(s.linear);
	mem_free(s.a);
	mem_free(s.b);
	mem_free(s.diagonal);
	mem_free(s.terms_of);
	mem_free(s.in);
	return s.term;
}
