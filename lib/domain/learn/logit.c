/* logit.c - the log odds of winning as a sum over terms, fitted with a ridge */
#include <math.h>
#include <string.h>

#include <lead/base/cholesky.h>
#include <lead/base/mem.h>
#include <lead/domain/learn/logit.h>

enum { BLOCK = 1024, HALVINGS = 30 };

struct newton {
	const struct logit_question *q;
	struct logit *fit;
	size_t *column; /* that terms name */
	size_t ncolumns;
	double *of_level;     /* log odds of each level */
	double *gradient;     /* of each level: sum of won - n p */
	double *matrix;       /* (terms + 1)^2: the negative second derivative */
	double *step, *tried; /* terms + 1, the intercept last */
	double rest;          /* gradient of the intercept */
	double weight;        /* sum of n p (1 - p) */
	double objective;
	size_t from; /* the block at hand */
	size_t nrows;
	double eta[BLOCK], w[BLOCK], residual[BLOCK];
};

static size_t
nterms(const struct newton *s)
{
	return s->q->nterms;
}

/* --- sums over rows --- */

static void
spread(struct newton *s, const double *theta)
{
	const struct design *d = s->q->design;

	memset(s->of_level, 0, (d->nlevels + 1) * sizeof(*s->of_level));
	for (size_t t = 0; t < nterms(s); t++) {
		const struct logit_term *term = &s->q->terms[t];

		for (uint64_t left = term->levels; left != 0; left &= left - 1)
			s->of_level[d->first[term->column] +
				    (size_t)__builtin_ctzll(left)] += theta[t];
	}
}

static void
block_odds(struct newton *s, double intercept)
{
	const struct design *d = s->q->design;

	for (size_t i = 0; i < s->nrows; i++)
		s->eta[i] = intercept + d->offset[s->from + i];
	for (size_t k = 0; k < s->ncolumns; k++) {
		size_t c = s->column[k];
		const uint8_t *code = d->code[c] + s->from;
		const double *of_level = s->of_level + d->first[c];

		for (size_t i = 0; i < s->nrows; i++)
			s->eta[i] += of_level[code[i]];
	}
}

/* log(1 + e^x), without overflow */
static double
softplus(double x)
{
	return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/* w and residual of the block; the block's share of the log likelihood. */
static double
block_rows(struct newton *s)
{
	const struct design *d = s->q->design;
	double sum = 0;

	for (size_t i = 0; i < s->nrows; i++) {
		size_t r = s->from + i;
		bool out = s->q->left_out == d->fold[r];
		double n = out ? 0 : d->n[r], won = out ? 0 : d->won[r];
		double p = 1 / (1 + exp(-s->eta[i]));

		sum += won * s->eta[i] - n * softplus(s->eta[i]);
		s->w[i] = n * p * (1 - p);
		s->residual[i] = won - n * p;
	}
	return sum;
}

static bool
next_block(struct newton *s)
{
	size_t n = s->q->design->nrows;

	s->from += s->nrows;
	s->nrows = n - s->from < BLOCK ? n - s->from : BLOCK;
	return s->nrows != 0;
}

static void
first_block(struct newton *s)
{
	s->from = 0;
	s->nrows = 0;
}

static void
block_gradient(struct newton *s)
{
	const struct design *d = s->q->design;

	for (size_t i = 0; i < s->nrows; i++)
		s->rest += s->residual[i];
	for (size_t k = 0; k < s->ncolumns; k++) {
		size_t c = s->column[k];
		const uint8_t *code = d->code[c] + s->from;
		double *to = s->gradient + d->first[c];

		for (size_t i = 0; i < s->nrows; i++)
			to[code[i]] += s->residual[i];
	}
}

/* The part of the log likelihood that theta costs by the ridge. */
static double
ridge_cost(const struct newton *s, const double *theta)
{
	double sum = 0;

	for (size_t t = 0; t < nterms(s); t++)
		sum += theta[t] * theta[t];
	return s->q->ridge / 2 * sum;
}

/* Objective and gradient at theta. */
static double
climb(struct newton *s, const double *theta)
{
	double sum = 0;

	spread(s, theta);
	memset(s->gradient, 0, (s->q->design->nlevels + 1) * sizeof(*s->gradient));
	s->rest = 0;
	for (first_block(s); next_block(s);) {
		block_odds(s, theta[nterms(s)]);
		sum += block_rows(s);
		block_gradient(s);
	}
	s->fit->loglik = sum;
	return sum - ridge_cost(s, theta);
}

/* A pair of columns at a time: its cells stay in the nearest cache. */
static void
block_weights(struct newton *s)
{
	const struct design *d = s->q->design;
	double *row[BLOCK];

	for (size_t k = 0; k < s->ncolumns; k++) {
		size_t c = s->column[k];
		const uint8_t *code = d->code[c] + s->from;

		for (size_t i = 0; i < s->nrows; i++)
			row[i] = s->fit->weights + (d->first[c] + code[i]) * d->nlevels;
		for (size_t m = k; m < s->ncolumns; m++) {
			size_t first = d->first[s->column[m]];
			const uint8_t *other = d->code[s->column[m]] + s->from;

			for (size_t i = 0; i < s->nrows; i++)
				row[i][first + other[i]] += s->w[i];
		}
	}
}

static void
weigh(struct newton *s, const double *theta)
{
	const struct design *d = s->q->design;

	memset(s->fit->weights, 0, d->nlevels * d->nlevels * sizeof(*s->fit->weights));
	s->weight = 0;
	for (first_block(s); next_block(s);) {
		block_odds(s, theta[nterms(s)]);
		block_rows(s);
		for (size_t i = 0; i < s->nrows; i++)
			s->weight += s->w[i];
		block_weights(s);
	}
}

/* --- from levels to terms --- */

static double
level_sum(const struct newton *s, const double *of, const struct logit_term *t)
{
	size_t first = s->q->design->first[t->column];
	double sum = 0;

	for (uint64_t left = t->levels; left != 0; left &= left - 1)
		sum += of[first + (size_t)__builtin_ctzll(left)];
	return sum;
}

/* Weight of rows that meet both terms. */
static double
both(const struct newton *s, const struct logit_term *a, const struct logit_term *b)
{
	const struct design *d = s->q->design;
	double sum = 0;

	if (a->column > b->column)
		return both(s, b, a);
	for (uint64_t left = a->levels; left != 0; left &= left - 1)
		sum += level_sum(s,
		    s->fit->weights +
			(d->first[a->column] + (size_t)__builtin_ctzll(left)) *
			    d->nlevels,
		    b);
	return sum;
}

static double
alone(const struct newton *s, const struct logit_term *a)
{
	return both(s, a, a); /* of one column: no row is at two levels */
}

static void
fill_matrix(struct newton *s)
{
	size_t n = nterms(s), width = n + 1;

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j <= i; j++)
			s->matrix[i * width + j] =
			    both(s, &s->q->terms[i], &s->q->terms[j]);
		s->matrix[n * width + i] = alone(s, &s->q->terms[i]);
		s->matrix[i * width + i] += s->q->ridge;
	}
	s->matrix[n * width + n] = s->weight;
}

static void
fill_step(struct newton *s)
{
	size_t n = nterms(s);

	for (size_t i = 0; i < n; i++)
		s->step[i] = level_sum(s, s->gradient, &s->q->terms[i]) -
			     s->q->ridge * s->fit->beta[i];
	s->step[n] = s->rest;
}

/* --- steps --- */

/* Take the step, or a part of it that climbs; the largest move, or -1. */
static double
take_step(struct newton *s)
{
	double *theta = s->fit->beta, part = 1, most = 0;
	size_t width = nterms(s) + 1;

	for (int halvings = 0; halvings <= HALVINGS; halvings++, part /= 2) {
		double objective;

		for (size_t i = 0; i < width; i++)
			s->tried[i] = theta[i] + part * s->step[i];
		objective = climb(s, s->tried);
		if (!(objective >= s->objective - 1e-12 * fabs(s->objective)))
			continue;
		for (size_t i = 0; i < width; i++)
			most = fmax(most, fabs(s->tried[i] - theta[i]));
		memcpy(theta, s->tried, width * sizeof(*theta));
		s->objective = objective;
		return part < 1 ? fmax(most, 2 * s->q->tolerance) : most;
	}
	return -1;
}

static enum logit_verdict
newton(struct newton *s)
{
	struct logit *fit = s->fit;
	double moved;

	s->objective = climb(s, fit->beta);
	for (fit->steps = 1; fit->steps <= LOGIT_STEPS_MAX; fit->steps++) {
		weigh(s, fit->beta);
		fill_matrix(s);
		fill_step(s);
		if (!cholesky_factor(s->matrix, nterms(s) + 1, &fit->at))
			return LOGIT_SINGULAR;
		cholesky_solve(s->matrix, nterms(s) + 1, s->step);
		moved = take_step(s);
		if (moved < 0)
			return LOGIT_NO_END;
		if (moved <= s->q->tolerance)
			return LOGIT_OK;
	}
	return LOGIT_NO_END;
}

static void
find_columns(struct newton *s)
{
	const struct design *d = s->q->design;
	bool *named = mem_new(d->ncolumns + 1, sizeof(*named));

	s->column = mem_new(d->ncolumns + 1, sizeof(*s->column));
	for (size_t t = 0; t < nterms(s); t++)
		named[s->q->terms[t].column] = true;
	for (size_t c = 0; c < d->ncolumns; c++)
		if (named[c])
			s->column[s->ncolumns++] = c;
	mem_free(named);
}

/* Where to begin: the odds of all leads, less what they have already. */
static double
first_intercept(const struct logit_question *q)
{
	const struct design *d = q->design;
	double n = 0, won = 0, offset = 0;

	for (size_t r = 0; r < d->nrows; r++)
		if (q->left_out != d->fold[r]) {
			n += d->n[r];
			won += d->won[r];
			offset += d->n[r] * d->offset[r];
		}
	return n > 0 ? log((won + 0.5) / (n - won + 0.5)) - offset / n : 0;
}

enum logit_verdict
logit_fit(const struct logit_question *q, struct logit *out)
{
	size_t levels = q->design->nlevels, width = q->nterms + 1;
	struct newton *s = mem_new(1, sizeof(*s));
	enum logit_verdict verdict;

	*out = (struct logit){ .beta = mem_new(width, sizeof(double)) };
	out->weights = mem_new(levels * levels + 1, sizeof(double));
	*s = (struct newton){ .q = q, .fit = out };
	s->of_level = mem_new(levels + 1, sizeof(double));
	s->gradient = mem_new(levels + 1, sizeof(double));
	s->matrix = mem_new(width * width, sizeof(double));
	s->step = mem_new(width, sizeof(double));
	s->tried = mem_new(width, sizeof(double));
	find_columns(s);
	out->beta[q->nterms] = first_intercept(q);
	verdict = newton(s);
	out->intercept = out->beta[q->nterms];
	mem_free(s->of_level);
	mem_free(s->gradient);
	mem_free(s->matrix);
	mem_free(s->step);
	mem_free(s->tried);
	mem_free(s->column);
	mem_free(s);
	return verdict;
}

void
logit_clear(struct logit *l)
{
	mem_free(l->beta);
	mem_free(l->weights);
	*l = (struct logit){ 0 };
}
