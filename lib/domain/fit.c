/* fit.c - which rules, and how many points each, do the leads of the past teach? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/choose.h>

#include "fit_state.h"

enum { NOTES_BYTES = 1 << 20, LEVELS_BUDGET = 1500 };

/* What a rule must bring in log likelihood: Schwarz's criterion (Annals of
 * Statistics 1978) of as many leads as are of the rarer kind, and not less than
 * the best of many cuts of a column of noise brings by chance. */
static const double GAIN_LEAST = 4;

/* Beyond these the likelihood has hardly a maximum, and the ridge holds it. */
static const double STRETCH_LEAST = 0.5, STRETCH_MOST = 3;

static const double SCREENING = 1e-4, FINAL = 1e-9;

double
fit_slope(void)
{
	return log(2) / FIT_DOUBLES;
}

/* --- columns --- */

struct ranked {
	double information;
	size_t column;
};

static int
by_information(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->information != y->information)
		return x->information > y->information ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int
by_place(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* Nats a row, less what as many levels of noise would tell. */
static double
worth(const struct levels *l, size_t nrows)
{
	return levels_information(l) - (double)(l->n - 1) / (2 * (double)nrows);
}

/* The columns that tell most, as long as all their levels fit into the model. */
static void
take_columns(struct fit *f, size_t ncolumns, size_t nrows)
{
	struct ranked *rank = mem_new(ncolumns + 1, sizeof(*rank));
	size_t n = 0;

	f->used = mem_new(ncolumns + 1, sizeof(*f->used));
	for (size_t c = 0; c < ncolumns; c++)
		if (f->levels[c].code != NULL)
			rank[n++] = (struct ranked){ worth(&f->levels[c], nrows), c };
	qsort(rank, n, sizeof(*rank), by_information);
	for (size_t i = 0; i < n; i++) {
		struct levels *l = &f->levels[rank[i].column];

		if (f->nlevels + l->n <= LEVELS_BUDGET) {
			f->nlevels += l->n;
			f->used[f->nused++] = rank[i].column;
		} else {
			l->why = "tells less than others, and there are too many";
			levels_clear(l);
		}
	}
	qsort(f->used, f->nused, sizeof(*f->used), by_place);
	mem_free(rank);
}

static void
read_columns(struct fit *f, struct history *h)
{
	struct levels **used;

	f->levels = mem_new(h->ncolumns + 1, sizeof(*f->levels));
	for (size_t c = 0; c < h->ncolumns; c++) {
		struct levels *l = &f->levels[c];

		levels_init(l, h, c,
		    &(struct levels_terms){ f->terms.least, f->terms.method == FIT_LOGIT,
			f->terms.keep != NULL && f->terms.keep[c] });
		for (size_t i = 0; i < l->ntexts; i++)
			l->level[levels_text(l) + i].text =
			    arena_text(&f->texts, l->level[levels_text(l) + i].text);
		history_drop(h, c);
	}
	take_columns(f, h->ncolumns, h->nrows);
	used = mem_new(f->nused + 1, sizeof(*used));
	for (size_t i = 0; i < f->nused; i++)
		used[i] = &f->levels[f->used[i]];
	design_init(&f->design, h, used, f->nused, fit_slope() / NUM_MICROS);
	mem_free(used);
}

/* --- models --- */

void
fit_count(const struct fit *f, int left_out, struct fit_counts *c)
{
	const struct design *d = &f->design;

	*c = (struct fit_counts){ 0 };
	c->n = mem_new(d->nlevels + 1, sizeof(*c->n));
	c->won = mem_new(d->nlevels + 1, sizeof(*c->won));
	for (size_t r = 0; r < d->nrows; r++)
		if (left_out != d->fold[r]) {
			c->all += d->n[r];
			c->all_won += d->won[r];
		}
	for (size_t k = 0; k < d->ncolumns; k++)
		for (size_t r = 0; r < d->nrows; r++)
			if (left_out != d->fold[r]) {
				c->n[d->first[k] + d->code[k][r]] += d->n[r];
				c->won[d->first[k] + d->code[k][r]] += d->won[r];
			}
}

void
fit_counts_clear(struct fit_counts *c)
{
	mem_free(c->n);
	mem_free(c->won);
}

void
fit_model_clear(struct fit_model *m)
{
	mem_free(m->term);
	mem_free(m->points);
	*m = (struct fit_model){ 0 };
}

/* Why there is no maximum, and at which column. */
static bool
judge(struct fit *f, const struct logit_question *q, const struct logit *l,
    enum logit_verdict verdict)
{
	f->at = SIZE_MAX;
	f->why =
	    verdict == LOGIT_SINGULAR
		? "a column says what others say, or tells the outcome; no convergence"
		: "no convergence";
	if (verdict == LOGIT_SINGULAR && l->at < q->nterms)
		f->at = f->used[q->terms[l->at].column];
	return verdict == LOGIT_OK;
}

static struct logit_term *
level_terms(const struct fit *f, size_t *n)
{
	struct logit_term *term = mem_new(f->nlevels + 1, sizeof(*term));

	*n = 0;
	for (size_t c = 0; c < f->nused; c++)
		for (size_t i = 1; i < fit_levels(f, c)->n; i++)
			term[(*n)++] = (struct logit_term){ c, UINT64_C(1) << i };
	return term;
}

/* Terms that may overlap are chosen, made rules, and of these the best chosen. */
static struct logit_term *
choose(const struct fit *f, const struct logit *full, const struct levels *const *levels,
    size_t *n)
{
	double won = (double)f->design.leads_won, lost = (double)f->design.leads - won;
	struct choose_question ask = { .design = &f->design,
		.levels = levels,
		.full = full,
		.ridge = f->terms.ridge,
		.most = f->terms.max_rules,
		.least = fmax(GAIN_LEAST, log(fmin(won, lost)) / 2) };
	struct logit_term *chosen = choose_terms(&ask, n), *parts, *best;

	parts = fit_part_terms(f, chosen, *n, &ask.namong);
	ask.among = parts;
	best = choose_terms(&ask, n);
	mem_free(chosen);
	mem_free(parts);
	return best;
}

/* Fit all levels, and choose the terms that say most of it. */
static bool
screen(struct fit *f, int left_out, struct logit_term **term, size_t *n)
{
	size_t nall;
	struct logit_term *all = level_terms(f, &nall);
	const struct logit_question q = { &f->design, all, nall, f->terms.ridge,
		SCREENING, left_out };
	const struct levels **levels = mem_new(f->nused + 1, sizeof(*levels));
	struct logit full;
	bool good = judge(f, &q, &full, logit_fit(&q, &full));

	for (size_t c = 0; c < f->nused; c++)
		levels[c] = fit_levels(f, c);
	if (good)
		*term = choose(f, &full, levels, n);
	f->steps = full.steps;
	mem_free(all);
	mem_free(levels);
	logit_clear(&full);
	return good;
}

/* Log odds of each row by the model, as if they were points. */
static void
trace(const struct fit *f, const struct logit_question *q, const double *beta,
    struct curve *to)
{
	const struct design *d = &f->design;
	double *of_level = mem_new(d->nlevels + 1, sizeof(*of_level));

	for (size_t t = 0; t < q->nterms; t++)
		for (uint64_t left = q->terms[t].levels; left != 0; left &= left - 1)
			of_level[d->first[q->terms[t].column] +
				 (size_t)__builtin_ctzll(left)] += beta[t];
	for (size_t r = 0; r < d->nrows; r++) {
		double sum = d->offset[r];

		for (size_t c = 0; c < d->ncolumns; c++)
			sum += of_level[d->first[c] + d->code[c][r]];
		if (q->left_out != d->fold[r])
			curve_add(to, llround(sum * NUM_MICROS), d->n[r], d->won[r]);
	}
	curve_close(to);
	mem_free(of_level);
}

/*
 * The ridge makes all coefficients too small, the more so the fewer leads there
 * are. They are stretched until 10 points do double the odds of these leads, less
 * the share that is owed to having been fitted to them: (LR - p) / LR, van
 * Houwelingen and le Cessie (Statistics in Medicine 1990).
 */
static double
stretch(const struct fit *f, const struct logit_question *q, const struct logit *l)
{
	struct curve c = { 0 };
	struct curve_odds none = { 0, 0 }, o = { l->intercept, 1 };
	double ratio, scale = 1;

	for (size_t r = 0; r < f->design.nrows; r++)
		if (f->design.offset[r] != 0)
			return 1; /* points that are held are no part of it */
	trace(f, q, l->beta, &c);
	if (curve_calibrate(&c, false, &none) && curve_calibrate(&c, true, &o)) {
		ratio = 2 * (curve_loglik(&c, &o) - curve_loglik(&c, &none));
		scale = o.slope * (1 - (double)q->nterms / ratio);
	}
	curve_clear(&c);
	return fmin(fmax(scale, STRETCH_LEAST), STRETCH_MOST);
}

/* Whole points of the model's terms; terms of none are taken out: how many. */
static size_t
round_points(const struct logit *l, double scale, struct fit_model *m)
{
	size_t n = 0, before = m->n;

	for (size_t i = 0; i < m->n; i++) {
		m->points[n] = (int64_t)llround(l->beta[i] * scale) * NUM_MICROS;
		m->term[n] = m->term[i];
		n += m->points[n] != 0;
	}
	m->n = n;
	return before - n;
}

/* Points are those of a fit to the rules that are left. */
static bool
learn_logit(struct fit *f, int left_out, struct fit_model *m)
{
	bool good = screen(f, left_out, &m->term, &m->n);
	size_t gone = 1;

	m->points = mem_new(m->n + 1, sizeof(*m->points));
	while (good && gone != 0) {
		const struct logit_question q = { &f->design, m->term, m->n,
			f->terms.ridge, FINAL, left_out };
		struct logit l;

		good = judge(f, &q, &l, logit_fit(&q, &l));
		gone = good ? round_points(&l, stretch(f, &q, &l) / fit_slope(), m) : 0;
		logit_clear(&l);
	}
	return good;
}

/* --- points of rows --- */

/* Points of each level of the design. */
static int64_t *
level_points(const struct fit *f, const struct fit_model *m)
{
	int64_t *points = mem_new(f->design.nlevels + 1, sizeof(*points));

	for (size_t t = 0; t < m->n; t++)
		for (uint64_t left = m->term[t].levels; left != 0; left &= left - 1)
			points[f->design.first[m->term[t].column] +
			       (size_t)__builtin_ctzll(left)] += m->points[t];
	return points;
}

/* Scores of the rows inside, or outside, of a fold; more is added to each. */
static void
score_rows(const struct fit *f, const struct fit_model *m, int fold, bool inside,
    int64_t more, struct curve *to)
{
	const struct design *d = &f->design;
	int64_t *points = level_points(f, m);

	for (size_t r = 0; r < d->nrows; r++) {
		int64_t sum = more + llround(d->offset[r] / fit_slope() * NUM_MICROS);

		if ((d->fold[r] == fold) != inside)
			continue;
		for (size_t c = 0; c < d->ncolumns; c++)
			sum += points[d->first[c] + d->code[c][r]];
		curve_add(to, sum, d->n[r], d->won[r]);
	}
	mem_free(points);
}

/* The chances that points stand for: of ratio points by both terms. */
static void
find_odds(const struct fit *f, struct fit_model *m, const struct curve *c)
{
	bool ratio = f->terms.method == FIT_RATIO;

	m->odds = (struct curve_odds){ 0, ratio ? 0 : fit_slope() };
	m->has_odds = curve_calibrate(c, ratio, &m->odds);
}

static void
measure(const struct curve *c, struct fit_quality *q)
{
	struct curve_total t = curve_total(c);

	q->n = t.n;
	q->won = t.won;
	q->has_auc = curve_auc(c, &q->auc, &q->error);
	if (q->has_odds)
		q->fitness = curve_fitness(c, &q->odds);
}

static bool
learn(struct fit *f, int left_out, struct fit_model *m)
{
	struct fit_counts counts;
	struct curve c = { 0 };

	if (f->terms.method == FIT_LOGIT) {
		if (!learn_logit(f, left_out, m))
			return false;
	} else {
		fit_count(f, left_out, &counts);
		fit_ratio(f, &counts, m);
		fit_counts_clear(&counts);
	}
	score_rows(f, m, left_out, false, 0, &c);
	curve_close(&c);
	find_odds(f, m, &c);
	if (left_out == LOGIT_NO_FOLD) {
		f->in.has_odds = m->has_odds;
		f->in.odds = m->odds;
		measure(&c, &f->in);
	}
	curve_clear(&c);
	return true;
}

/* Each fold scored by rules of the others, laid together by their chances. */
static bool
learn_folds(struct fit *f, struct fit_quality *out)
{
	struct curve c = { 0 };
	bool good = true, odds = f->terms.method == FIT_LOGIT;

	for (unsigned k = 0; k < f->terms.folds && good; k++) {
		struct fit_model m = { 0 };

		good = learn(f, (int)k, &m);
		if (good && m.has_odds && m.odds.slope > 0)
			score_rows(f, &m, (int)k, true,
			    llround(m.odds.intercept / m.odds.slope * NUM_MICROS), &c);
		else
			odds = false;
		out->odds.slope = m.odds.slope;
		fit_model_clear(&m);
	}
	out->has_odds = odds;
	curve_close(&c);
	if (good)
		measure(&c, out);
	curve_clear(&c);
	return good;
}

/* The other method, out of sample: what is gained by the better one. */
static bool
learn_ratio_folds(struct fit *f)
{
	bool good;

	if (f->terms.method == FIT_RATIO)
		return true;
	f->terms.method = FIT_RATIO;
	good = learn_folds(f, &f->ratio);
	f->terms.method = FIT_LOGIT;
	return good;
}

enum fit_verdict
fit_learn(struct fit *f, struct history *h, const struct fit_terms *t)
{
	struct fit_model m = { 0 };
	bool good;

	*f = (struct fit){ .terms = *t, .at = SIZE_MAX };
	buf_init(&f->notes, NOTES_BYTES, "notes on the fit");
	if (h->nrows == 0)
		return FIT_NO_LEADS;
	if (h->won == 0 || h->won == h->nrows)
		return FIT_ONE_KIND;
	read_columns(f, h);
	fit_note_columns(f, h);
	if (f->nused == 0)
		return FIT_NO_COLUMN;
	good = learn(f, LOGIT_NO_FOLD, &m);
	if (good) {
		fit_word_rules(f, &m);
		fit_note_levels(f);
		good = t->folds == 0 || (learn_folds(f, &f->out) && learn_ratio_folds(f));
	}
	fit_model_clear(&m);
	return good ? FIT_OK : FIT_NO_MAXIMUM;
}

void
fit_clear(struct fit *f)
{
	mem_free(f->rule);
	mem_free(f->levels);
	mem_free(f->used);
	design_clear(&f->design);
	arena_clear(&f->texts);
	buf_clear(&f->notes);
	*f = (struct fit){ 0 };
}
