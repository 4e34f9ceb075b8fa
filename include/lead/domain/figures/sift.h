/* sift.h - which rows of a group of steps count, and why the others do not */
#ifndef LEAD_DOMAIN_SIFT_H
#define LEAD_DOMAIN_SIFT_H

#include <stddef.h>

#include <lead/base/arena.h>
#include <lead/base/group.h>
#include <lead/domain/figures/book.h>
#include <lead/domain/journey/step.h>

/* columns and book are the caller's, and set by it once. */
struct sift {
	const int *columns; /* STEP_COLUMNS of the steps table, or -1 */
	struct book *book;  /* its currency and rules */

	const struct group *group; /* the one at hand */
	struct step *step;         /* its rows that count */
	size_t nsteps;
	struct group_refusal fault; /* of the row at hand */
};

/* Begin a group; both are borrowed until the next one begins. */
void sift_group(struct sift *s, const struct group *g, struct arena *a);

/*
 * Read row i, the rows in order: NULL when it is the last of step[] now. A row
 * is at fault when it is no step, earlier than the one above, or of another
 * currency than those before.
 */
const struct group_refusal *sift_row(struct sift *s, size_t i);

#endif
