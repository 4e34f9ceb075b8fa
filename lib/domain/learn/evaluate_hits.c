/* evaluate_hits.c - what points should each rule have now? */
#include <math.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/fit.h>
#include <lead/domain/learn/logit.h>

#include "evaluate_state.h"

enum { RULES_MAX = 500 };
static const double RIDGE = 10, TOLERANCE = 1e-9, POINTS_FLAG = 3, ERRORS_FLAG = 2;

void
evaluate_hits_begin(struct evaluate *e)
{
	const struct scoring *s = e->rules;

	e->rule = mem_new(s->nrules + 1, sizeof(*e->rule));
	for (size_t i = 0; i < s->nrules; i++)
		if (!s->rules[i].never && e->nrules < RULES_MAX)
			e->rule[e->nrules++] = i;
	e->hit = mem_new(e->nrules + 1, sizeof(*e->hit));
	history_init(&e->hits, e->nrules);
}

void
evaluate_hits_add(struct evaluate *e, const struct score_sum *sum, bool won)
{
	const struct history_row row = { won, 0, sum->total };

	for (size_t i = 0; i < e->nrules; i++)
		e->hit[i] = sum->parts[e->rule[i]].hits != 0 ? TEXT("holds") : TEXT_NONE;
	history_add(&e->hits, e->hit, &row);
}

/* --- the refit --- */

struct refit {
	struct evaluate *e;
	struct levels *levels;
	struct levels **used;
	size_t *column; /* of each rule's column, or SIZE_MAX */
	struct logit_term *term;
	size_t n;
	struct design design;
	struct logit logit;
};

static double
per_point(const struct evaluate *e)
{
	return e->has_odds && e->odds.slope > 0 ? e->odds.slope : fit_slope();
}

/* Points that it has stand as they are; what is learnt is the change, which the
 * ridge keeps small where leads are few. */
static bool
open_refit(struct refit *r)
{
	struct evaluate *e = r->e;
	struct logit_question q;

	r->levels = mem_new(e->nrules + 1, sizeof(*r->levels));
	r->used = mem_new(e->nrules + 1, sizeof(struct levels *));
	r->column = mem_new(e->nrules + 1, sizeof(*r->column));
	r->term = mem_new(e->nrules + 1, sizeof(*r->term));
	for (size_t i = 0; i < e->nrules; i++) {
		levels_init(&r->levels[i], &e->hits, i,
		    &(struct levels_terms){ .least = 1, .keep = true });
		r->column[i] = SIZE_MAX;
		if (r->levels[i].ntexts == 0)
			continue;
		r->column[i] = r->n;
		r->used[r->n] = &r->levels[i];
		r->term[r->n] = (struct logit_term){ r->n,
			UINT64_C(1) << levels_text(&r->levels[i]) };
		r->n++;
	}
	design_init(&r->design, &e->hits, r->used, r->n, per_point(e) / NUM_MICROS);
	q = (struct logit_question){ &r->design, r->term, r->n, RIDGE, TOLERANCE,
		LOGIT_NO_FOLD };
	return logit_fit(&q, &r->logit) == LOGIT_OK;
}

static void
close_refit(struct refit *r)
{
	for (size_t i = 0; i < r->e->nrules; i++)
		levels_clear(&r->levels[i]);
	mem_free(r->levels);
	mem_free(r->used);
	mem_free(r->column);
	mem_free(r->term);
	design_clear(&r->design);
	logit_clear(&r->logit);
}

/* --- words --- */

static struct text
name_rule(struct evaluate *e, const char *what, const struct scoring_rule *r)
{
	const struct text part[] = { r->event,
		r->column >= 0 ? e->rules->columns[r->column] : TEXT_NONE, r->op,
		r->value };
	struct text t;

	e->words.len = 0;
	buf_string(&e->words, what);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (part[i].len != 0) {
			buf_byte(&e->words, ' ');
			buf_put(&e->words, part[i]);
		}
	t = arena_text(&e->texts, buf_text(&e->words));
	return t;
}

static void
tell_rule(struct refit *r, size_t i)
{
	struct evaluate *e = r->e;
	const struct scoring_rule *rule = &e->rules->rules[e->rule[i]];
	size_t c = r->column[i];
	const struct levels *l = &r->levels[i];
	double old = (double)rule->points / NUM_MICROS, change = 0;
	const char *verdict = "unseen";
	struct evaluate_row row = { .period = TEXT("(all)") };

	if (c != SIZE_MAX) {
		size_t at = r->design.first[c] + levels_text(l);
		double weight = r->logit.weights[at * r->design.nlevels + at];
		bool sure = fabs(r->logit.beta[c]) * sqrt(weight) > ERRORS_FLAG;

		change = round(r->logit.beta[c] / per_point(e));
		verdict = !sure || fabs(change) < POINTS_FLAG ? "keep"
			  : change > 0                        ? "raise"
							      : "lower";
		row.n = l->level[levels_text(l)].n;
	}
	row.metric = name_rule(e, "points_old", rule);
	row.value = evaluate_figure(e, old);
	evaluate_put(e, &row);
	row.metric = name_rule(e, "points_new", rule);
	row.value = evaluate_figure(e, old + change);
	evaluate_put(e, &row);
	row.metric = name_rule(e, "verdict", rule);
	row.value = text_of(verdict);
	evaluate_put(e, &row);
}

void
evaluate_hits_tell(struct evaluate *e)
{
	struct refit r = { .e = e };

	if (e->hits.won == 0 || e->hits.won == e->hits.nrows)
		return;
	if (open_refit(&r))
		for (size_t i = 0; i < e->nrules; i++)
			tell_rule(&r, i);
	close_refit(&r);
}
