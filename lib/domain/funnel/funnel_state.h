/* funnel_state.h - what the parts of funnel.c share */
#ifndef LEAD_DOMAIN_FUNNEL_STATE_H
#define LEAD_DOMAIN_FUNNEL_STATE_H

#include <lead/domain/figures/kpi.h>
#include <lead/domain/funnel/funnel.h>

/* What a cell adds up for each stage, in millionths: a deal is a whole one, or
 * by credit a share of one. */
enum funnel_measure {
	FUNNEL_REACHED,
	FUNNEL_LEVEL, /* reached any stage of its level: at the level's first */
	FUNNEL_ENDED, /* lost, with this level the furthest: likewise */
	FUNNEL_LOST,
	FUNNEL_OPEN,
	FUNNEL_SKIPPED,
	FUNNEL_RETURNED,
	FUNNEL_VALUE_OPEN,
	FUNNEL_VALUE_REACHED,
	FUNNEL_REVENUE,
	FUNNEL_MEASURES,
};

struct funnel_stage {
	struct cube_sum sum[FUNNEL_MEASURES];
	struct durations stays; /* that were completed */
	struct durations ages;  /* of those that are in it, and may be stuck */
};

struct funnel_cell {
	struct cube_sum entered;
	struct funnel_stage *stage; /* NULL: nothing in it */
	uint32_t whole; /* the cell that this one's reasons are a share of */
};

/* What is known of one deal or lead in the end; -1 for no stage. */
struct funnel_mark {
	uint64_t reached, levels, skipped, returned; /* a bit per stage */
	int8_t lost, ended, open;
	int64_t day; /* of the period that it belongs to */
};

/* Moves from one place to another; to: FUNNEL_ANYWHERE is all from there. */
enum { FUNNEL_ANYWHERE = -4 };
struct funnel_flow {
	uint32_t cell;
	int from, to;
	int64_t n;
	struct durations stays;
};

/* An open deal or lead that may be stuck. */
struct funnel_deal {
	struct text deal, lead, rep;
	int stage;
	struct life_when since;
	int64_t age_us;
	num_wide value; /* of a lead: that of all its deals */
	bool has_value;
};

/* A deal's or lead's money. */
struct funnel_money {
	num_wide value, revenue;
	bool has_value;
};

/* All deals or leads of a group. */
void funnel_unit_all(struct funnel *f, const struct life *l);

/* The cell of a number of the cube's. */
struct funnel_cell *funnel_cell_at(struct funnel *f, uint32_t cell);

void funnel_mark_of(const struct funnel *f, const struct passage *p,
    struct funnel_mark *m);

/* Add a deal, or weight millionths of it. */
void funnel_cell_count(struct funnel *f, uint32_t cell, const struct funnel_mark *m,
    int64_t weight);
void funnel_cell_money(struct funnel *f, uint32_t cell, const struct funnel_mark *m,
    const struct funnel_money *money);

/* One more that was lost in the stage, for the cell's reason. */
void funnel_cell_lost(struct funnel *f, uint32_t cell, int stage);

/* Its stays, and its age where it is, if it may be stuck. */
void funnel_cell_times(struct funnel *f, uint32_t cell, const struct passage *p,
    bool may_be_stuck);

/* An open deal or lead, whose texts last as long as f. */
void funnel_stuck_keep(struct funnel *f, const struct funnel_deal *d);

/* Counts and amounts as parts tell them: the i-th count that runs add up, or NULL, and
 * the name of a measure. */
uint64_t *funnel_tally(struct funnel *f, size_t i, const char **name);
struct text funnel_measure_name(enum funnel_measure m);
bool funnel_measure_is_money(enum funnel_measure m);

/* From when it came to as-of; false when that is not known. */
bool funnel_age(const struct funnel *f, const struct life_when *since, int64_t *us);

/* How long is too long in a stage: false when nothing says so. */
bool funnel_limit(const struct funnel *f, int stage, num_wide *us);

/* Remember whose credit belongs to which mark: rows with that deal_id (blank:
 * that event_id of the row) or lead_id in this group. */
void funnel_credit_deal(struct funnel *f, const struct life *l,
    const struct life_deal *d, const struct funnel_mark *m);
void funnel_credit_lead(struct funnel *f, const struct life *l,
    const struct life_lead *lead, const struct funnel_mark *m);

/* What credit can tell: counts, values, revenue. */
enum funnel_credits {
	FUNNEL_CREDITS_COUNT = 1,
	FUNNEL_CREDITS_VALUE = 2,
	FUNNEL_CREDITS_REVENUE = 4,
};
unsigned funnel_credit_covers(const struct funnel *f);

/* The moves between two places in a cell, to be added to; borrowed until the next. */
struct funnel_flow *funnel_flow_at(struct funnel *f, uint32_t cell, int from, int to);

void funnel_flow_add(struct funnel *f, const struct life *l, const struct passage *p);
/* Rows of the cells, which stand in cube_sort()'s order. */
void funnel_flow_report(struct funnel *f, funnel_put *put, void *context);

void funnel_stuck_add(struct funnel *f, const struct life *l, const struct passage *p,
    const struct funnel_money *money);
void funnel_stuck_report(struct funnel *f, funnel_put *put, void *context);

/* --- the table of figures --- */

enum funnel_shown {
	FUNNEL_AT_OPEN = 1, /* at stages of these kinds */
	FUNNEL_AT_WON = 2,
	FUNNEL_AT_LOST = 4,
	FUNNEL_NOT_FIRST = 8, /* and not on the first level, or the last */
	FUNNEL_NOT_LAST = 16,
	FUNNEL_ONCE = 32,     /* at one stage alone */
	FUNNEL_BY_REASON = 64,
};

struct funnel_figure {
	const char *name;
	enum kpi_unit unit;
	unsigned shown;  /* enum funnel_shown */
	unsigned needs;  /* KPI_NEEDS_VALUE, KPI_NEEDS_REASON */
	unsigned credit; /* enum funnel_credits, or 0: credit cannot tell */
	const char *formula;
	void (*figure)(const struct funnel *f, const struct funnel_cell *c, int stage,
	    struct kpi_figure *out);
	enum funnel_measure measure; /* of a total */
};

/* The i-th figure in byte order of names, or NULL. */
const struct funnel_figure *funnel_figure_at(size_t i);

/* The stage at which least of those before it arrived, or STAGES_NONE. */
int funnel_figure_worst(const struct funnel *f, const struct funnel_cell *c);

void funnel_figure_fill(const struct funnel *f, const struct funnel_figure *k,
    const struct funnel_cell *c, int stage, struct kpi_figure *out);

#endif
