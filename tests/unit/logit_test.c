/* design, logit: maxima that have a closed form, and none where there is none */
#include <math.h>

#include <lead/domain/learn/logit.h>

#include "tap.h"

struct world {
	struct history history;
	struct levels levels[2];
	struct design design;
};

static void
add(struct world *w, const char *a, const char *b, int n, int won)
{
	const struct text t[] = { text_of(a), text_of(b) };

	for (int i = 0; i < n; i++)
		history_add(&w->history, t, &(struct history_row){ i < won, 0, 0 });
}

static void
close_world(struct world *w)
{
	struct levels *const levels[] = { &w->levels[0], &w->levels[1] };

	for (size_t c = 0; c < 2; c++)
		levels_init(&w->levels[c], &w->history, c,
		    &(struct levels_terms){ 1, false, false });
	design_init(&w->design, &w->history, levels, 2, 1);
}

static void
clear_world(struct world *w)
{
	design_clear(&w->design);
	history_clear(&w->history);
}

/* Level 2 is the first text, 3 the second: terms of the second of each column. */
static const struct logit_term terms[] = { { 0, 1 << 3 }, { 1, 1 << 3 } };

static struct logit_question
question(const struct world *w, size_t nterms, double ridge)
{
	return (struct logit_question){ &w->design, terms, nterms, ridge, 1e-10,
		LOGIT_NO_FOLD };
}

static bool
near(double a, double b)
{
	return fabs(a - b) < 1e-8;
}

static void
one_term(void)
{
	struct world w = { 0 };
	struct logit_question q;
	struct logit l;
	double beta;

	history_init(&w.history, 2);
	add(&w, "no", "x", 100, 20);
	add(&w, "yes", "x", 50, 30);
	close_world(&w);
	ok(w.design.nrows == 2 && w.design.leads == 150, "equal leads are one row");
	q = question(&w, 1, 0);
	ok(logit_fit(&q, &l) == LOGIT_OK && near(l.intercept, log(20. / 80)) &&
	    near(l.beta[0], log(30. / 20) - log(20. / 80)),
	    "one term: the logarithm of the odds ratio");
	logit_clear(&l);
	q = question(&w, 1, 10);
	ok(logit_fit(&q, &l) == LOGIT_OK, "with a ridge");
	beta = l.beta[0];
	/* At the maximum won less expected of the level is ridge times beta, and all
	 * won are expected. */
	ok(near(30 - 50 / (1 + exp(-l.intercept - beta)), 10 * beta),
	    "the ridge holds back in proportion");
	ok(near(50, 100 / (1 + exp(-l.intercept)) + 50 / (1 + exp(-l.intercept - beta))),
	    "the intercept is free");
	logit_clear(&l);
	clear_world(&w);
}

static void
separable(void)
{
	struct world w = { 0 };
	struct logit_question q;
	struct logit l;

	history_init(&w.history, 2);
	add(&w, "no", "x", 100, 0);
	add(&w, "yes", "y", 50, 50);
	close_world(&w);
	q = question(&w, 1, 0);
	ok(logit_fit(&q, &l) != LOGIT_OK, "a term that tells all has no maximum");
	logit_clear(&l);
	q = question(&w, 1, 10);
	ok(logit_fit(&q, &l) == LOGIT_OK && l.beta[0] > 0, "but with a ridge");
	logit_clear(&l);
	clear_world(&w);
}

static void
same_twice(void)
{
	struct world w = { 0 };
	struct logit_question q;
	struct logit l;

	history_init(&w.history, 2);
	add(&w, "no", "x", 100, 20);
	add(&w, "yes", "y", 50, 30);
	close_world(&w);
	q = question(&w, 2, 0);
	ok(logit_fit(&q, &l) == LOGIT_SINGULAR, "two terms that say the same are singular");
	logit_clear(&l);
	q = question(&w, 2, 10);
	ok(logit_fit(&q, &l) == LOGIT_OK && near(l.beta[0], l.beta[1]),
	    "the ridge shares it out");
	logit_clear(&l);
	clear_world(&w);
}

int
main(void)
{
	one_term();
	separable();
	same_twice();
	return tap_end();
}
