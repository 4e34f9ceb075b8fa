/* evaluate_state.h - what the parts of evaluate.c share */
#ifndef EVALUATE_STATE_H
#define EVALUATE_STATE_H

#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/domain/learn/evaluate.h>

struct evaluate_curve {
	int64_t order;
	struct text name;
	struct curve curve;
};

struct evaluate {
	const struct scoring *rules;
	bool has_odds;
	struct curve_odds odds;
	struct curve all;
	struct evaluate_curve *period;
	size_t nperiods, period_cap;
	struct dict *names;
	struct history hits; /* a column for each rule that adds points */
	size_t *rule;        /* of each column */
	size_t nrules;
	struct text *hit;    /* of a lead */
	struct evaluate_row *row;
	size_t nrows, row_cap;
	struct arena texts;
	struct buf words;
};

/* A figure as text, and a row more. */
struct text evaluate_figure(struct evaluate *e, double x);
void evaluate_put(struct evaluate *e, const struct evaluate_row *row);

/* Which rules hold of which leads, and the points that they should have now. */
void evaluate_hits_begin(struct evaluate *e);
void evaluate_hits_add(struct evaluate *e, const struct score_sum *sum, bool won);
void evaluate_hits_tell(struct evaluate *e);

#endif
