/* logit.h - the log odds of winning as a sum over terms, fitted with a ridge */
#ifndef LEAD_DOMAIN_LOGIT_H
#define LEAD_DOMAIN_LOGIT_H

#include <stddef.h>
#include <stdint.h>

#include <lead/domain/learn/design.h>

/* A term holds for leads that are at one of these levels of a column. */
struct logit_term {
	size_t column;
	uint64_t levels; /* bit i: level i */
};

enum { LOGIT_NO_FOLD = -1, LOGIT_STEPS_MAX = 50 };

struct logit_question {
	const struct design *design;
	const struct logit_term *terms;
	size_t nterms;
	double ridge;
	double tolerance; /* the last step moved no coefficient by more */
	int left_out;     /* a fold, or LOGIT_NO_FOLD */
};

enum logit_verdict {
	LOGIT_OK,
	LOGIT_SINGULAR, /* a term is what others say, or tells all: at */
	LOGIT_NO_END,   /* LOGIT_STEPS_MAX steps, or no step, and no maximum */
};

/*
 * The maximum of the log likelihood less ridge / 2 times the sum of squares of
 * the terms' coefficients; the intercept is free. Newton's method; a step that
 * does not climb is halved (Hastie, Tibshirani, Friedman, The Elements of
 * Statistical Learning, 4.4 and 3.4.1).
 */
struct logit {
	double intercept;
	double *beta;    /* of each term */
	double *weights; /* nlevels x nlevels of the design, the upper triangle: sum of
	                    n p (1 - p) of rows at both levels, at the last step but one;
	                    of columns that terms name */
	double loglik;   /* without the ridge's part */
	unsigned steps;
	size_t at;
};

/* logit_clear() whatever the verdict. */
enum logit_verdict logit_fit(const struct logit_question *q, struct logit *out);
void logit_clear(struct logit *l);

#endif
