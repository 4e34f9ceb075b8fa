/* plans.h - what models make of paths that look alike, remembered */
#ifndef LEAD_DOMAIN_PLANS_H
#define LEAD_DOMAIN_PLANS_H

#include <lead/base/num.h>
#include <lead/domain/credit/model.h>

/*
 * Models whose weights follow from the number of touches and the places of the
 * roles alone (model_by_shape()) weigh alike paths alike, and share a whole
 * conversion alike.
 */
struct plan {
	uint32_t *touch; /* who earns, ascending */
	struct num_weights weights;
	int64_t *part;  /* of NUM_MICROS */
	int64_t *value; /* room for the shares of something else */
	const struct plan *like; /* the first model's with these very weights */
	const uint8_t *rest; /* what each earns of 0, 1 … below the sum of weights; NULL:
	                      * not known by heart */
};

/* Share an amount by a plan, into its value. */
void plans_share(const struct plan *plan, int64_t whole);

/* The plans of one run, for all its models; memory is bounded. */
struct plans;

/* model is borrowed. */
struct plans *plans_new(struct model **model, size_t n);
void plans_free(struct plans *p); /* NULL does nothing */

/*
 * The plans of a path by model; those of models that need to look have no
 * touch. NULL: each model must look. Borrowed until the next call.
 */
const struct plan *plans_get(struct plans *p, const struct model_path *path);

#endif
