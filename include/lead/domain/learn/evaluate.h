/* evaluate.h - do the points of rules still tell who wins? */
#ifndef LEAD_DOMAIN_EVALUATE_H
#define LEAD_DOMAIN_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/domain/learn/curve.h>
#include <lead/domain/learn/history.h>
#include <lead/domain/score/score.h>
#include <lead/domain/score/scoring.h>

struct evaluate_row {
	struct text period, metric, value;
	uint64_t n; /* leads */
};

struct evaluate;

/*
 * rules, which are borrowed; odds is what their points mean, or NULL: then
 * nothing that needs chances is told.
 */
struct evaluate *evaluate_new(const struct scoring *rules, const struct curve_odds *odds);
void evaluate_free(struct evaluate *e); /* NULL does nothing */

/* A lead: what the rules say of it, and the name of its period (order is its first
 * day), NULL for none. */
struct evaluate_period {
	int64_t order;
	struct text name;
};
void evaluate_add(struct evaluate *e, const struct score_sum *sum, bool won,
    const struct evaluate_period *period);

/*
 * The table: all leads, then each period, in the order of time; of each auc
 * auc_error lift10 brier ece observed expected observed_expected z
 * calibration_slope, decile_1 (most points) … and decile_1_expected …, and flag
 * where |z| > 3 and |observed/expected - 1| > .2; of all leads also what each rule's
 * points should be now. *n rows, valid until evaluate_free(). *flags: how many
 * times there is a flag.
 */
const struct evaluate_row *evaluate_rows(struct evaluate *e, size_t *n, unsigned *flags);

#endif
