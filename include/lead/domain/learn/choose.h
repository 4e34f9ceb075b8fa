/* choose.h - which few rules say most of what a model of all levels says? */
#ifndef LEAD_DOMAIN_CHOOSE_H
#define LEAD_DOMAIN_CHOOSE_H

#include <stddef.h>

#include <lead/domain/learn/logit.h>

struct choose_question {
	const struct design *design;
	const struct levels *const *levels; /* by column */
	const struct logit *full; /* fitted to one term for each level but the first
	                             of a column, in the order of columns and levels */
	const struct logit_term *among; /* choose from these; NULL: from all that a rule
	                                   can say */
	size_t namong;
	double ridge;    /* of full */
	double penalty;  /* on the coefficients of terms, likewise */
	size_t most;     /* terms */
	double least;    /* gain in log likelihood that a term must bring; more where
	                    it is picked from many texts */
};

/*
 * Terms that a rule can say: numbers from a cut on, or below it; the texts that
 * are best, or worst, in the order of the model. No term holds of a blank. Around
 * the maximum of the full model its log likelihood is a quadratic form, in which
 * terms are taken one by one, the best first, and then exchanged as long as that
 * gains: no pass over the leads.
 *
 * Returns the terms, *n of them, by column; mem_free().
 */
struct logit_term *choose_terms(const struct choose_question *q, size_t *n);

#endif
