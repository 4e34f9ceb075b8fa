/* cube.h - the sums of every segment in every period */
#ifndef LEAD_DOMAIN_CUBE_H
#define LEAD_DOMAIN_CUBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/num.h>
#include <lead/base/text.h>
#include <lead/base/when.h>
#include <lead/domain/figures/durations.h>

/*
 * What a cell adds up, counts as well as money in millionths. Measures that
 * come together stand together: a cell pays for eight at a time.
 * CUBE_C_* are of the cohort of leads created in the period.
 */
enum cube_measure {
	CUBE_NOTHING, /* always 0 */
	/* milestones dated in the period */
	CUBE_LEADS,
	CUBE_MQL,
	CUBE_SQL,
	CUBE_ACCOUNTS,  /* groups, by their earliest lead */
	CUBE_CUSTOMERS, /* groups, by their first won */
	CUBE_OPPS,
	CUBE_DEALS, /* won */
	CUBE_LOST,
	CUBE_LOST_SILENT, /* for no response */
	/* money of deals won and refunds in the period */
	CUBE_REVENUE,
	CUBE_WON_VALUE,
	CUBE_REFUNDS,
	CUBE_REVENUE_NEW,
	CUBE_REVENUE_EXPANSION,
	CUBE_REVENUE_RENEWAL,
	/* deals closed in the period, renewals apart */
	CUBE_CLOSED_WON,
	CUBE_CLOSED,
	CUBE_OPPS_NEW, /* opps that are no renewals */
	CUBE_OPPS_WON, /* won, of those that were opps */
	CUBE_RENEWALS_WON,
	CUBE_RENEWALS_CLOSED,
	/* spend */
	CUBE_COST_ADS,
	CUBE_COST_SALES, /* ad, nurture and event */
	CUBE_COST,       /* all kinds, untrackable ones too */
	CUBE_IMPRESSIONS,
	CUBE_CLICKS,
	CUBE_AD_DAYS,
	CUBE_AD_TOUCHES, /* by which cost is shared; no figure of its own */
	/* the cohort */
	CUBE_C_LEADS,
	CUBE_C_WON,       /* leads whose group has a won */
	CUBE_C_CUSTOMERS, /* groups, at their earliest lead */
	CUBE_C_REVENUE,
	CUBE_C_MQL,
	CUBE_C_MQL_SQL,
	CUBE_C_SQL,
	CUBE_C_SQL_WON,
	CUBE_C_DISQUALIFIED,
	CUBE_C_AGED_30D, /* leads old enough to have … */
	CUBE_C_WON_30D,  /* … and those of them that were won in that time */
	CUBE_C_AGED_90D,
	CUBE_C_WON_90D,
	CUBE_C_AGED_180D,
	CUBE_C_WON_180D,
	CUBE_C_CLOSED_WON,
	CUBE_C_CLOSED,
	CUBE_C_OPPS,
	CUBE_C_OPPS_WON,
	CUBE_C_LOST,
	CUBE_C_LOST_SILENT,
	/* leads older than the time that the sales team has to answer */
	CUBE_C_DUE,
	CUBE_C_NEVER, /* of these, not contacted */
	CUBE_C_TIMED, /* those whose response has an exact time, or would */
	CUBE_C_ANSWERED,
	CUBE_C_WITHIN,
	CUBE_C_WITHIN_WON,
	CUBE_C_LATER,
	CUBE_C_LATER_WON,
	CUBE_C_TIMED_WON,
	CUBE_C_TIMED_BH, /* the same by opening hours */
	CUBE_C_WITHIN_BH,
	/* nurturing; revenue that marketing has brought, or had a part in */
	CUBE_NURTURE_LEADS,
	CUBE_C_NURTURED,
	CUBE_C_NURTURED_WON,
	CUBE_C_PLAIN, /* not nurtured */
	CUBE_C_PLAIN_WON,
	CUBE_SOURCED,
	CUBE_INFLUENCED,
	/* monthly recurring revenue: the first two are stocks */
	CUBE_MRR,
	CUBE_PAYERS, /* groups that pay */
	CUBE_MRR_NEW,
	CUBE_MRR_EXPANSION,
	CUBE_MRR_CONTRACTION, /* this and churn above zero */
	CUBE_MRR_CHURNED,
	CUBE_MRR_REACTIVATED,
	/* messages, each to one recipient, by when they were sent: enum mail_act */
	CUBE_MAIL_SENT,
	CUBE_MAIL_DELIVERED,
	CUBE_MAIL_BOUNCED,
	CUBE_MAIL_OPENED, /* by people; … */
	CUBE_MAIL_CLICKED,
	CUBE_MAIL_READ,
	CUBE_MAIL_UNSUBSCRIBED,
	CUBE_MAIL_COMPLAINED,
	CUBE_MAIL_OPENED_ALL, /* … and by machines as well */
	CUBE_MAIL_CLICKED_ALL,
	CUBE_MAIL_READ_ALL,
	CUBE_MAIL_CONVERTED, /* bought in the time after the click */
	CUBE_MAIL_CONVERTED_ALL,
	CUBE_DB, /* a stock: recipients that may be written to */
	CUBE_DB_NEW,
	CUBE_DB_OUT,
	CUBE_MEASURES,
};

/*
 * Of a stock what is added is a movement; after cube_sort() a cell has what it
 * comes to at the period's end, and n is the movements so far.
 */

/* Durations of which the whole distribution is asked, in microseconds. */
enum cube_series {
	CUBE_RESPONSE,
	CUBE_RESPONSE_BH, /* opening hours of it */
	CUBE_TO_CLOSE,
	CUBE_CYCLE,
	CUBE_SERIES,
};

struct cube_sum {
	num_wide sum;
	int64_t n; /* facts added */
};

enum { CUBE_BLOCK = 8, CUBE_BLOCKS = (CUBE_MEASURES + 7) / 8 };

/* Deals that are open at the end of a period; weights are parts of CUBE_WEIGHT. */
enum { CUBE_WEIGHT = 10000 };

struct cube_stock {
	int64_t deals, valued; /* those with a value */
	num_wide value;        /* in millionths */
	num_wide weighted;     /* in millionths, by weights */
	bool unrated;          /* weighted lacks a rate */
};

struct cube_cell {
	int64_t period;     /* first civil day; 0 for all time */
	uint32_t line;      /* dimension, segment and model: cube_line() */
	uint32_t whole;     /* cell that this one is a share of, or CUBE_NONE */
	bool shown;         /* more is in it than what moves stocks */
	bool stands;        /* a stock that began stands in it: after cube_fill() */
	struct cube_sum *sums[CUBE_BLOCKS]; /* NULL: zeros */
	struct durations series[CUBE_SERIES];
	struct cube_stock *stock; /* NULL: no deal is open at the end */
};

enum { CUBE_NONE = UINT32_MAX, CUBE_CELLS_MAX = 1 << 28 };

/* All cells of a run. Memory: about 0.3 to 2 KB a cell, 8 bytes a duration. */
struct cube;

struct cube *cube_new(enum when_period period);
void cube_free(struct cube *c); /* NULL does nothing */

/* A model's number, from 1; 0 is no model. */
uint32_t cube_model(struct cube *c, struct text name);

/*
 * The number of the cell of a civil day's period; day is ignored for all time.
 * dimension: the caller's number. segment is copied.
 */
uint32_t cube_find(struct cube *c, int64_t day, uint32_t dimension,
    uint32_t model, struct text segment);

/* The same in steps: the number of a line, and its cell of a civil day; or of the
 * period that begins on a day. */
uint32_t cube_line_of(struct cube *c, uint32_t dimension, uint32_t model,
    struct text segment);
uint32_t cube_at(struct cube *c, uint32_t line, int64_t day);
int64_t cube_period(struct cube *c, int64_t day);
uint32_t cube_cell(struct cube *c, uint32_t line, int64_t start);

/* What stands in a cell, to be added to; zeros at first. */
struct cube_stock *cube_stand(struct cube *c, uint32_t cell);

/* The cell of the same line in the period that begins on a day, or CUBE_NONE. */
uint32_t cube_peek(const struct cube *c, uint32_t cell, int64_t start);

/* How many cells there are. */
uint32_t cube_count(const struct cube *c);

/* Borrowed until the next cube_find(). */
struct cube_cell *cube_get(const struct cube *c, uint32_t cell);

/* What the cell is about; texts live as long as c. */
struct cube_line {
	uint32_t dimension, model;
	struct text segment, model_name;
};
struct cube_line cube_line(const struct cube *c, uint32_t cell);

/* The same of a line: a cell's number is not needed. */
struct cube_line cube_line_at(const struct cube *c, uint32_t line);

/* The name of a measure or series, for ever; find takes *m as where to begin, any of
 * them. CUBE_NOTHING has none. */
struct text cube_measure_name(enum cube_measure m);
bool cube_measure_is_money(enum cube_measure m);
bool cube_measure_find(struct text name, enum cube_measure *m);
struct text cube_series_name(enum cube_series s);
bool cube_series_find(struct text name, enum cube_series *s);

/* Does a fact of that measure show its cell? */
bool cube_shows(enum cube_measure m);

/* Add what another run summed up. */
void cube_add_sum(struct cube *c, uint32_t cell, enum cube_measure m,
    struct cube_sum sum);

/* Add amount (millionths) as one fact; to each of n cells. */
void cube_add(struct cube *c, uint32_t cell, enum cube_measure m,
    int64_t amount);
void cube_add_each(struct cube *c, const uint32_t *cell, size_t n, enum cube_measure m,
    int64_t amount);
/* There is such a fact, whose amount nobody will ask for; false when facts of this
 * measure show nothing. */
bool cube_show(struct cube *c, uint32_t cell, enum cube_measure m);

void cube_time(struct cube *c, uint32_t cell, enum cube_series s,
    int64_t us);

/* The sum of a measure; zeros where nothing was added. */
struct cube_sum cube_sum_of(const struct cube_cell *c, enum cube_measure m);

/*
 * Give each line with a stock a cell in every period from its first movement to
 * that of the last day, or in the last CUBE_FILL_MAX of them; it stands where the
 * period has days from from to last. Call once, before cube_sort().
 */
enum { CUBE_FILL_MAX = 10000 };
void cube_fill(struct cube *c, int64_t from, int64_t last);

/*
 * Sort all: the numbers of the cells by period, dimension's name, segment,
 * model, bytewise; durations ascending. names[i] is the
 * name of dimension i. *n cells; borrowed; call once, at the end.
 */
const uint32_t *cube_sort(struct cube *c, const struct text *names,
    size_t *n);

#endif
