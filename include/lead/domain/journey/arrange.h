/* arrange.h - is a row sound, and where among those of its group does it stand? */
#ifndef LEAD_DOMAIN_ARRANGE_H
#define LEAD_DOMAIN_ARRANGE_H

#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/group.h>
#include <lead/base/text.h>

/* What decides; fields as they stand, empty where the table has no column. */
struct arrange_row {
	struct text time, precision, event, kind, page, value;
};

/* The two first terms of the order of rows (lead-tsv(5)): the time, INT64_MAX
 * of an undated row; then 0 for a contact without a page, 1 for any other exact
 * row, and from 2 on, for a day, the rank of the event. */
struct arrange_place {
	int64_t at;
	uint32_t minor;
};

/* Why a row is rejected; static. column: a name. */
struct arrange_problem {
	const char *column, *reason, *why;
};

/* NULL and *p, or what is wrong. */
const struct arrange_problem *arrange_read(const struct arrange_row *r,
    struct arrange_place *p);

/*
 * The rows of a group that came grouped, in the total order; its texts are
 * borrowed from g. place[i] is that of row i of g, and afterwards that of row i
 * of *sorted. tie: table column of the event_id, or -1.
 */
void arrange_group(const struct group *g, struct arrange_place *place, int tie,
    struct arena *a, struct group *sorted);

#endif
