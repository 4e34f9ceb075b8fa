/* evaluate.c - do the points of rules still tell who wins? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/evaluate.h>

#include "evaluate_state.h"

enum { PERIODS_MAX = 100000, WORDS_BYTES = 1 << 20 };
static const double Z_FLAG = 3, RATIO_FLAG = 0.2;

struct evaluate *
evaluate_new(const struct scoring *rules, const struct curve_odds *odds)
{
	struct evaluate *e = mem_new(1, sizeof(*e));

	e->rules = rules;
	e->has_odds = odds != NULL;
	if (odds != NULL)
		e->odds = *odds;
	e->names = dict_new();
	buf_init(&e->words, WORDS_BYTES, "the name of a figure");
	evaluate_hits_begin(e);
	return e;
}

void
evaluate_free(struct evaluate *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; i < e->nperiods; i++)
		curve_clear(&e->period[i].curve);
	curve_clear(&e->all);
	history_clear(&e->hits);
	mem_free(e->hit);
	mem_free(e->rule);
	mem_free(e->period);
	mem_free(e->row);
	dict_free(e->names);
	buf_clear(&e->words);
	arena_clear(&e->texts);
	mem_free(e);
}

static struct curve *
period_curve(struct evaluate *e, const struct evaluate_period *period)
{
	uint32_t n = dict_add(e->names, period->name);

	if (n == e->nperiods) {
		e->period = mem_grow(e->period, &e->period_cap, e->nperiods + 1,
		    sizeof(*e->period), PERIODS_MAX, "periods");
		e->period[e->nperiods++] =
		    (struct evaluate_curve){ .order = period->order,
			    .name = dict_text(e->names, n) };
	}
	return &e->period[n].curve;
}

void
evaluate_add(struct evaluate *e, const struct score_sum *sum, bool won,
    const struct evaluate_period *period)
{
	curve_add(&e->all, sum->total, 1, won);
	if (period != NULL)
		curve_add(period_curve(e, period), sum->total, 1, won);
	evaluate_hits_add(e, sum, won);
}

/* --- the table --- */

struct text
evaluate_figure(struct evaluate *e, double x)
{
	char room[NUM_TEXT];

	return arena_text(&e->texts, num_put(room, llround(x * NUM_MICROS)));
}

void
evaluate_put(struct evaluate *e, const struct evaluate_row *row)
{
	e->row = mem_grow(
	    e->row, &e->row_cap, e->nrows + 1, sizeof(*e->row), SIZE_MAX / 64, "figures");
	e->row[e->nrows++] = *row;
}

struct telling {
	struct evaluate *e;
	struct text period;
	uint64_t n;
};

/* A figure, empty where there is none. */
static void
tell(const struct telling *t, const char *metric, bool has, double x)
{
	evaluate_put(t->e, &(struct evaluate_row){ t->period, text_of(metric),
			       has ? evaluate_figure(t->e, x) : TEXT_NONE, t->n });
}

static struct text
decile_name(struct evaluate *e, size_t k, const char *end)
{
	char room[NUM_TEXT];
	struct text t;

	e->words.len = 0;
	buf_string(&e->words, "decile_");
	buf_put(&e->words, num_put_count(room, (int64_t)k));
	buf_string(&e->words, end);
	t = arena_text(&e->texts, buf_text(&e->words));
	return t;
}

static void
tell_deciles(const struct telling *t, const struct curve *c)
{
	struct evaluate *e = t->e;
	struct curve_part part[CURVE_PARTS];

	curve_parts(c, &e->odds, part);
	for (size_t k = 1; k <= CURVE_PARTS; k++) {
		const struct curve_part *p = &part[CURVE_PARTS - k];
		double n = (double)p->n;
		struct evaluate_row row = { t->period, decile_name(e, k, ""), TEXT_NONE,
			p->n };

		if (p->n == 0)
			continue;
		row.value = evaluate_figure(e, (double)p->won / n);
		evaluate_put(e, &row);
		if (!e->has_odds)
			continue;
		row.metric = decile_name(e, k, "_expected");
		row.value = evaluate_figure(e, p->expected / n);
		evaluate_put(e, &row);
	}
}

static bool
tell_chances(const struct telling *t, const struct curve *c, double won)
{
	const struct evaluate *e = t->e;
	const struct curve_fitness f = curve_fitness(c, &e->odds);
	bool has = e->has_odds, has_ratio = has && f.expected > 0, flag;
	double ratio = has_ratio ? won / f.expected : 0;
	struct curve_odds o = e->odds;
	bool has_slope = has && e->odds.slope > 0 && curve_calibrate(c, true, &o);

	tell(t, "brier", has, f.brier);
	tell(t, "ece", has, f.ece);
	tell(t, "observed", true, won);
	tell(t, "expected", has, f.expected);
	tell(t, "observed_expected", has_ratio, ratio);
	tell(t, "z", has, f.z);
	tell(t, "calibration_slope", has_slope, has_slope ? o.slope / e->odds.slope : 0);
	flag = has_ratio && fabs(f.z) > Z_FLAG && fabs(ratio - 1) > RATIO_FLAG;
	if (flag)
		tell(t, "flag", true, 1);
	return flag;
}

static bool
tell_curve(struct evaluate *e, struct text period, struct curve *c)
{
	struct curve_total total;
	struct telling t = { .e = e, .period = period };
	double auc, error, lift;
	bool has, flag;

	curve_close(c);
	total = curve_total(c);
	t.n = total.n;
	if (total.n == 0)
		return false;
	has = curve_auc(c, &auc, &error);
	tell(&t, "auc", has, auc);
	tell(&t, "auc_error", has, error);
	has = curve_lift(c, &lift);
	tell(&t, "lift10", has, lift);
	flag = tell_chances(&t, c, (double)total.won);
	tell_deciles(&t, c);
	return flag;
}

static int
by_order(const void *a, const void *b)
{
	const struct evaluate_curve *x = a, *y = b;

	return (x->order > y->order) - (x->order < y->order);
}

const struct evaluate_row *
evaluate_rows(struct evaluate *e, size_t *n, unsigned *flags)
{
	*flags = tell_curve(e, TEXT("(all)"), &e->all);
	if (e->nperiods != 0)
		qsort(e->period, e->nperiods, sizeof(*e->period), by_order);
	for (size_t i = 0; i < e->nperiods; i++)
		*flags += tell_curve(e, e->period[i].name, &e->period[i].curve);
	evaluate_hits_tell(e);
	*n = e->nrows;
	return e->row;
}
