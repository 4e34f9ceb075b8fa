/* passage.h - the way of one deal or lead through the stages */
#ifndef LEAD_DOMAIN_PASSAGE_H
#define LEAD_DOMAIN_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/domain/figures/life.h>
#include <lead/domain/funnel/stages.h>

/* Ends of a move that are no stage of the file. */
enum passage_place {
	PASSAGE_NOWHERE = -1, /* before the first stage */
	PASSAGE_WON = -2,     /* won, and the file has no stage for that */
	PASSAGE_LOST = -3,
};

struct passage_move {
	int from, to; /* stages, or enum passage_place */
	struct life_when at;
	bool has_stay;   /* from was a stage, and both its ends are dated */
	int64_t stay_us; /* in from; whole civil days where an end is a day */
};

/*
 * Rows in order of time; of one instant the stage that is earlier in the file
 * is first, then lost, then won. A row of the stage that it is in already is no
 * move. An undated row tells that the stage was entered, and no more.
 *
 * The end: the last won or lost row of a deal stands whatever stage it is in
 * after it (which moves the end to that time); a deal without such rows is in
 * the stage that it entered last.
 */
struct passage {
	bool any;             /* it entered a stage, or ended */
	bool elsewhere;       /* its stages are all unknown to the file */
	bool apart;           /* a renewal that entered no stage */
	enum stages_kind state; /* STAGES_OPEN: neither won nor lost */
	int at;               /* the stage that it is in, or enum passage_place */
	int open_at;          /* the last open stage that it was in; the first of
	                       * all when it ended without any */
	int furthest;         /* level of the latest stage entered, by what stands */
	uint64_t entered;     /* bit per open stage entered */
	uint64_t returned;    /* bit per open stage entered from a later one or
	                       * from an end */
	struct life_when since; /* when it came to where it is */
	struct life_when begun; /* its first move */
	struct passage_move *move;
	size_t nmoves;
	unsigned backwards;   /* stays that end before they begin: left out */
	const struct life_deal *deal; /* of a lead: the deal that decided; or NULL */
	const struct life_lead *lead; /* NULL: a deal's */
};

/* Everything is read of l, which outlives p; arrays are in the arena. */
void passage_of_deal(struct passage *p, const struct life *l,
    const struct life_deal *deal, const struct stages *stages, struct arena *arena);

/* All that the leads of a group share; borrows l and deal. */
struct passage_group {
	const struct life *l;
	const struct stages *stages;
	const struct passage *deal; /* of l->deal[] */
	const struct passage *decides; /* the deal that came furthest, or NULL */
	const struct life_lead *adopts; /* the rows without lead_id */
};
void passage_group_init(struct passage_group *g, const struct life *l,
    const struct passage *deal, const struct stages *stages);

/*
 * The way of a lead: its own milestones and stages, its rows of deals without id,
 * and those of the group's deal that came furthest (won before open before lost,
 * then by level, then the earlier), whose end is the lead's end. What the deal
 * did before the lead's first row counts at that row. Rows without lead_id are
 * of the lead that has none, else of the earliest.
 */
void passage_of_lead(struct passage *p, const struct passage_group *g,
    const struct life_lead *lead, struct arena *arena);

/* Is it one that goes through these stages? */
static inline bool
passage_counts(const struct passage *p)
{
	return p->any && !p->elsewhere && !p->apart;
}

/* Was the stage reached: entered, or one that is later; strict: entered. For an
 * end: is it the end that stands. */
bool passage_reached(const struct passage *p, const struct stages *stages, int stage,
    bool strict);

/* A later stage was reached, and neither this nor one of its level. */
bool passage_skipped(const struct passage *p, const struct stages *stages, int stage);

#endif
