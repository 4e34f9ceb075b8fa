/* transform.h - which touches of a path with repeated tuples stand for all */
#ifndef LEAD_DOMAIN_TRANSFORM_H
#define LEAD_DOMAIN_TRANSFORM_H

#include <lead/base/arena.h>
#include <lead/domain/credit/model.h>

enum transform_kind {
	TRANSFORM_NONE,
	TRANSFORM_EXPOSURE, /* equal neighbours are their first */
	TRANSFORM_FIRST,    /* each tuple stands once, at its first place */
	TRANSFORM_LAST,     /* at its last */
};

/* "none", "exposure" …, then NULL. */
extern const char *const transform_names[];

struct transform;

struct transform *transform_new(enum transform_kind kind);
void transform_free(struct transform *t); /* NULL does nothing */

/*
 * Leave out touches of the path from its window on, in arrays of the arena. A
 * role goes to the touch that stands for its holder; touches older than the
 * window stay.
 */
void transform_path(struct transform *t, struct arena *a, struct model_path *p);

#endif
