/* model_state.h - what the parts of model.c share */
#ifndef LEAD_DOMAIN_MODEL_STATE_H
#define LEAD_DOMAIN_MODEL_STATE_H

#include <lead/domain/credit/model.h>

/* As model_weigh(): who earns, by which weights. */
typedef size_t model_weigh_fn(struct model *m, const struct model_path *p,
    uint32_t *touch, int64_t *weight);

/* A line of the table: all that tells one model from the next. */
struct model_kind {
	const char *name;
	const char *definition, *source;
	model_weigh_fn *weigh;
	int64_t weight[MODEL_PARTS];
	unsigned needs;
};

struct model {
	const struct model_kind *kind;
	char *name;
	int64_t weight[MODEL_PARTS];
	unsigned given; /* parts that model_set_role() set, by bit */
	uint32_t *seen; /* last path that had a tuple, by tuple number */
	size_t seen_cap;
	uint32_t paths;
	uint32_t order;
	const int64_t *effect; /* by tuple number, borrowed */
	size_t neffects;
	uint64_t faded;
};

/* --- model_weigh.c: of a path with touches in its window; roles of any --- */

model_weigh_fn model_weigh_first;
model_weigh_fn model_weigh_last;
model_weigh_fn model_weigh_last_non_direct;
model_weigh_fn model_weigh_linear;
model_weigh_fn model_weigh_linear_unique;
model_weigh_fn model_weigh_time_decay;
model_weigh_fn model_weigh_position;
model_weigh_fn model_weigh_roles;
model_weigh_fn model_weigh_effects;

#endif
