/* fit_logit.c - few rules from a model of all levels, and their points */
#include <math.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/choose.h>

#include "fit_state.h"

/* What a rule must bring in log likelihood: Schwarz's criterion (Annals of
 * Statistics 1978) of as many leads as are of the rarer kind, and not less than
 * the best of many cuts of a column of noise brings by chance. */
static const double GAIN_LEAST = 4;

/* Beyond these the likelihood has hardly a maximum, and the ridge holds it. */
static const double STRETCH_LEAST = 0.5, STRETCH_MOST = 3;

static const double SCREENING = 1e-4, FINAL = 1e-9;

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
		.penalty = f->terms.ridge,
		.most = f->terms.max_rules,
		.least = fmax(GAIN_LEAST, log(fmin(won, lost)) / 2) };
	struct logit_term *chosen = choose_terms(&ask, n), *parts, *best;

	parts = fit_part_terms(f, chosen, *n, &ask.namong);
	ask.among = parts;
	ask.penalty = 0; /* else what is no rule's would be held to the base's odds */
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
bool
fit_logit(struct fit *f, int left_out, struct fit_model *m)
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
