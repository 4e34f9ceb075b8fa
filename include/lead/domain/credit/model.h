/* model.h - how a conversion is shared among the touches before it */
#ifndef LEAD_DOMAIN_MODEL_H
#define LEAD_DOMAIN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* What a touch may have been to its lead: the first of the path, or the last
 * at or before a milestone. One touch may hold several. */
enum model_role {
	MODEL_FIRST,
	MODEL_LEAD,
	MODEL_MQL,
	MODEL_SQL,
	MODEL_OPP,   /* of the conversion's own deal */
	MODEL_CLOSE, /* the conversion itself, where it is a won */
	MODEL_ROLES,
	MODEL_MIDDLE = MODEL_ROLES, /* those that hold none */
	MODEL_PARTS,
};

/* "first" … "middle" */
const char *model_role_name(unsigned part);

struct model_touch {
	int64_t at_us;
	uint32_t tuple; /* number of its --by tuple */
	uint32_t seq;   /* its place among all touches of the group */
	uint32_t row;   /* of the group */
	bool direct;
};

/* Is this the name of a channel of visits without evidence? Other tools write
 * Direct, (direct), (direct) / (none). */
bool model_is_direct(struct text name);

enum { MODEL_ABSENT = UINT32_MAX };

/*
 * The touches of one conversion, in order. Those before window are older than
 * the lookback: they earn by a role alone.
 */
struct model_path {
	const struct model_touch *touch;
	uint32_t n, window;
	uint32_t role[MODEL_ROLES]; /* index of its touch, or MODEL_ABSENT */
	int64_t half_us;            /* half-life of time-decay, not 0 */
};

enum model_needs {
	MODEL_TIMES = 1,     /* instants or roles: steps, not a table of paths */
	MODEL_FILE = 2,      /* an argument, custom:FILE */
	MODEL_POSITIONS = 4, /* takes model_set_position() */
	MODEL_CHAIN = 8,     /* the effects of all paths (chains.h) */
	MODEL_TOUCHES = 16,  /* to look at each touch, not at their places alone */
};

/* One entry of the table of models. */
struct model;

/*
 * The model of a name; for a name with a colon, of what stands before it:
 * *argument is the rest. NULL when there is none. Owned: model_free().
 */
struct model *model_new(struct text name, struct text *argument);
void model_free(struct model *m); /* NULL does nothing */

const char *model_name(const struct model *m); /* as it was asked for */
unsigned model_needs(const struct model *m);   /* of enum model_needs */

/* Do its weights follow from the number of touches and the places of roles? */
static inline bool
model_by_shape(const struct model *m)
{
	return (model_needs(m) & (MODEL_CHAIN | MODEL_TOUCHES)) == 0;
}

/* Set the weights of "first,middle,last", as in "40,20,40". NULL, or what is
 * wrong. */
const char *model_set_position(struct model *m, struct text t);

/* Set the weight of a role of struct model by its name, both as texts: a row of
 * custom:FILE. NULL, or what is wrong; *bad is 0 for the role, 1 for the weight. */
const char *model_set_role(void *model, const struct text *field, size_t *bad);

/* The order of the chain of a model that needs one, else 0; it is 1 until it is
 * set by a text. NULL, or what is wrong. */
uint32_t model_order(const struct model *m);
uint32_t model_order_of(struct text name); /* 0: no such model */
const char *model_set_order(struct model *m, struct text t);

/* What each tuple's removal costs, by its number and below 2^40: the model weighs
 * by it. Borrowed until the next call. */
void model_set_effects(struct model *m, const int64_t *effect, size_t n);

/* How many paths of several touches had a half-life too short for all but the
 * last, to which all went. */
uint64_t model_faded(const struct model *m);

/* Room that model_weigh() needs for a path. */
static inline size_t
model_room(const struct model_path *p)
{
	return (size_t)(p->n - p->window) + MODEL_ROLES;
}

/*
 * Who earns: the number of touches with a weight, their indexes ascending in
 * touch[] and their weights, > 0 and summing below 2^62, in weight[]. 0: no
 * touch is eligible. At most model_room() of them.
 */
size_t model_weigh(struct model *m, const struct model_path *p, uint32_t *touch,
    int64_t *weight);

/* The i-th line of --model help: name, definition and source; false past the
 * end. */
struct model_line {
	const char *name, *definition, *source;
};
bool model_line(size_t i, struct model_line *line);

#endif
