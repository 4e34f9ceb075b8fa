/* lifeline.h - the whole life of one group in one line */
#ifndef LEAD_DOMAIN_LIFELINE_H
#define LEAD_DOMAIN_LIFELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/num.h>
#include <lead/domain/journey/journey.h>

enum {
	LIFELINE_PATH_MAX = 900000, /* bytes: a line has at most 1 MiB */
	LIFELINE_MILESTONES = 13,
};

/* The touches that tell where a lead came from. */
enum lifeline_place {
	LIFELINE_FIRST, /* of life */
	LIFELINE_LEAD,  /* last at or before the lead event */
	LIFELINE_WON,   /* last at or before the first won */
	LIFELINE_LAST,  /* of life */
	LIFELINE_PLACES,
};

struct lifeline {
	struct buf path;
	uint64_t touches;
	const struct journey_step *at[LIFELINE_PLACES]; /* NULL: no such touch */
	const struct journey_step *milestone[LIFELINE_MILESTONES]; /* first of each */
	num_wide value; /* of won and refund, in micros */
	bool priced;    /* any of them had a value */
	bool mixed;     /* in more than one currency: no sum */
	struct text currency;
	struct text method; /* of the lead event */
};

void lifeline_init(struct lifeline *l);
void lifeline_clear(struct lifeline *l);

/*
 * Read the steps of a group; all is borrowed from it. The path is a lead TSV
 * field: channels and (milestones) with " > " between, % > and a leading ( in
 * a channel written %25 %3E %28; undated steps are not in it. false when the
 * path would be longer than LIFELINE_PATH_MAX.
 */
bool lifeline_read(struct lifeline *l, const struct journey *j,
    const struct journey_columns *c, const struct journey_step *steps, size_t n);

/*
 * The cells of the line behind its key: path touches first_at last_at, the time
 * of each milestone, value currency method, and of each place channel source
 * medium campaign term.
 */
enum {
	LIFELINE_TOLD = 5, /* columns of a place */
	LIFELINE_CELLS = 7 + LIFELINE_MILESTONES + LIFELINE_PLACES * LIFELINE_TOLD,
	LIFELINE_NAME = 32,
};

/* The name of cell i. */
struct text lifeline_name(size_t i, char room[LIFELINE_NAME]);

/* Fill cells; numbers are written to the arena. */
void lifeline_cells(const struct lifeline *l, const struct journey *j,
    const struct journey_columns *c, struct arena *a,
    struct text cells[LIFELINE_CELLS]);

#endif
