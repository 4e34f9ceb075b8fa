/* life.h - the leads, deals and refunds of one group of steps */
#ifndef LEAD_DOMAIN_LIFE_H
#define LEAD_DOMAIN_LIFE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/zone.h>
#include <lead/domain/journey/step.h>

enum { LIFE_NONE = -1 }; /* no such row, lead or deal */

/* When something happened. */
struct life_when {
	bool set;      /* it did */
	bool dated;    /* and we know when */
	bool day_only; /* but not the hour */
	int64_t us;
	int64_t day; /* civil day; of the fact itself when day_only */
};

enum life_milestone {
	LIFE_LEAD,
	LIFE_CONTACTED,
	LIFE_MQL,
	LIFE_SQL,
	LIFE_DISQUALIFIED,
	LIFE_LEAD_MILESTONES,
};

/* One person: a lead_id of the group, or the group where that is blank. */
struct life_lead {
	struct text id;
	struct life_when at[LIFE_LEAD_MILESTONES];
	struct life_when first;   /* first touch */
	ptrdiff_t row;                 /* of its lead step, else its first milestone */
	ptrdiff_t disqualified_row;
	ptrdiff_t first_touch, lead_touch; /* its own touches, as rows */
	ptrdiff_t nurture_touch; /* set by book_nurture_find() */
	bool imported;  /* the lead step's method is import */
	ptrdiff_t first_own; /* its first milestone */
	ptrdiff_t first_row; /* of its lead_id: life_row.next_of_lead */
};

enum life_type {
	LIFE_NEW,
	LIFE_EXPANSION,
	LIFE_RENEWAL,
};

enum life_outcome {
	LIFE_OPEN,
	LIFE_WON,
	LIFE_LOST,
};

/* One deal_id of the group. Rows without one: an opp takes the earliest open
 * deal without id that has none, another row the earliest open one; else it is
 * a deal by itself. */
struct life_deal {
	struct text id;
	enum life_type type;
	enum life_outcome outcome; /* the last of won and lost decides */
	struct life_when opp, closed;
	int64_t value;             /* of its won steps */
	ptrdiff_t opp_row, row;         /* row: of the outcome, else opp, else first */
	ptrdiff_t first_row;            /* life_row.next_of_deal */
	ptrdiff_t cells;                /* the row whose cells are the deal's: of the
	                            * outcome, while it is open the latest one */
	ptrdiff_t lead;                 /* index of whose it is: its row's lead, else
	                            * the earliest one, else LIFE_NONE */
};

struct life_refund {
	struct life_when at;
	int64_t value; /* as it stands: below zero */
	ptrdiff_t deal;     /* index, or LIFE_NONE when the deal is unknown */
	ptrdiff_t row;
};

/* Whose a row is, as indexes, and the next row of each; or LIFE_NONE. A deal's rows
 * are those of its id and, of deals without one, those that were taken for it. */
struct life_row {
	ptrdiff_t lead, deal;
	ptrdiff_t next_of_lead, next_of_deal;
};

/* All arrays live in the arena of life_read(). */
struct life {
	const struct step *step;
	struct life_row *row; /* by step */
	size_t nsteps;
	const struct zone *zone;
	struct life_lead *lead;
	size_t nleads;
	struct life_deal *deal;
	size_t ndeals;
	struct life_refund *refund;
	size_t nrefunds;
	ptrdiff_t first_lead; /* index of the earliest lead */
	ptrdiff_t first_won;  /* index of the deal won first */
	ptrdiff_t first_touch, lead_touch, won_touch; /* of the group, as rows */
	ptrdiff_t nurture_touch; /* set by book_nurture_find() */
};

/* step[0..n-1]: the sound rows of one group, in order. */
void life_read(struct life *l, const struct step *step, size_t n,
    const struct zone *zone, struct arena *arena);

/* Does a row tell of its lead's way, or of its deal's: a milestone, a stage? Others
 * of their rows, touches and payments, have but cells. */
static inline bool
life_tells_of_lead(const struct step *s)
{
	return s->kind == STEP_MILESTONE && s->event->once == EVENT_PER_LEAD;
}

static inline bool
life_tells_of_deal(const struct step *s)
{
	return s->kind == STEP_MILESTONE && (s->event->once == EVENT_PER_DEAL ||
	    s->event->rank == EVENT_STAGE);
}

/* When a step happened. */
struct life_when life_when(const struct step *s, const struct zone *zone);

/*
 * Time from a to b: civil days when either is known to the day alone. False
 * when one is not set or not dated.
 */
bool life_span(const struct life_when *a, const struct life_when *b, int64_t *us);

/*
 * The cell of table column col that holds for a lead: that of its lead step,
 * else the next later one that is not blank. For a deal: that of its outcome, while it
 * is open of its latest milestone or stage (an undated one where all are); else
 * of its other rows, the last first.
 */
struct text life_lead_text(const struct life *l, const struct life_lead *lead, int col);
struct text life_deal_text(const struct life *l, const struct life_deal *deal, int col);

/* The cell of a row, or empty for LIFE_NONE. */
struct text life_row_text(const struct life *l, ptrdiff_t row, int col);

#endif
