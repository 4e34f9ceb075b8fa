/* fit.c - which rules, and how many points each, do the leads of the past teach? */
#include <math.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>

#include "fit_state.h"

enum { NOTES_BYTES = 1 << 20 };

double
fit_slope(void)
{
	return log(2) / FIT_DOUBLES;
}

void
fit_model_clear(struct fit_model *m)
{
	mem_free(m->term);
	mem_free(m->points);
	*m = (struct fit_model){ 0 };
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
		if (!fit_logit(f, left_out, m))
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
	fit_read_columns(f, h);
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
