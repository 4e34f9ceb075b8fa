/* funnel.h - where deals and leads get stuck, from rows of steps to tables */
#ifndef LEAD_DOMAIN_FUNNEL_H
#define LEAD_DOMAIN_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/map.h>
#include <lead/base/part.h>
#include <lead/domain/figures/durations.h>
#include <lead/domain/figures/sift.h>
#include <lead/domain/figures/summand.h>
#include <lead/domain/funnel/passage.h>
#include <lead/domain/funnel/stages.h>

/* What goes through the stages. */
enum funnel_unit {
	FUNNEL_BY_FILE, /* leads if the first stage is a milestone of theirs */
	FUNNEL_DEALS,
	FUNNEL_LEADS,
};

enum funnel_table {
	FUNNEL_FIGURES, /* of each stage */
	FUNNEL_FLOW,    /* of each move from one to another */
	FUNNEL_STUCK,   /* the deals that are stuck */
};

/* Those of enum funnel_unit, for an option's table; NULL ends them. */
extern const char *const funnel_units[];

/* The words of the command line. */
struct funnel_words {
	const char *const *by; /* nby breakdowns */
	size_t nby;
	const char *const *kpi; /* nkpi lists of names */
	size_t nkpi;
	enum breakdown_set unprefixed;
	enum funnel_unit unit;
	enum funnel_table table;
	bool credit, strict;
};

enum {
	FUNNEL_CELLS = 12,       /* of a row of figures or moves */
	FUNNEL_LABELS = 10,      /* the first of those that --labels adds */
	FUNNEL_STUCK_CELLS = 8,
	FUNNEL_KPIS = 32,
	FUNNEL_ENOUGH = 10,      /* stays of won ones, for a yardstick */
};
extern const char *const funnel_columns[FUNNEL_CELLS];
extern const char *const funnel_stuck_columns[FUNNEL_STUCK_CELLS];

/* Columns of the --explain-credit table, as funnel_credit_add() takes them;
 * after them come those of the breakdowns. The key's is that of steps. */
enum funnel_credit_column {
	FUNNEL_CREDIT_MODEL,
	FUNNEL_CREDIT_MILESTONE,
	FUNNEL_CREDIT_TIME,
	FUNNEL_CREDIT_CONVERSIONS,
	FUNNEL_CREDIT_VALUE,
	FUNNEL_CREDIT_DEAL_ID,
	FUNNEL_CREDIT_LEAD_ID,
	FUNNEL_CREDIT_CONVERSION_ID,
	FUNNEL_CREDIT_KEY,
	FUNNEL_CREDIT_COLUMNS,
};

struct funnel_cell;
struct funnel_flow;
struct funnel_deal;
struct funnel_mark;

/*
 * All of it is to be read; it does not move between _init() and _clear(). Set
 * before: stages (closed), rules and part.
 */
struct funnel {
	struct book_rules rules;
	struct stages stages;
	struct funnel_words words;
	bool of_leads;
	struct breakdowns by;
	struct book book;
	struct part *part;      /* NULL: none is read or written */
	struct summand summand; /* its rows, if it has a part */
	struct sift sift;
	int columns[STEP_COLUMNS], rep_col;
	struct arena *arena;  /* of the group at hand */
	bool asked[FUNNEL_KPIS], any_asked;

	struct funnel_cell *cell; /* beside those of the book's cube */
	size_t ncells, cell_cap;
	struct arena kept;        /* of all that stays to the end */
	struct durations yard[STAGES_MAX]; /* stays of those that were won */

	struct map *moves;        /* cell, from, to -> flow */
	struct funnel_flow *flow;
	size_t flow_cap;

	struct funnel_deal *deal; /* open ones, for the list of stuck */
	size_t ndeals, deal_cap;

	struct map *credited;     /* whose credit -> of[] */
	uint32_t *of;             /* -> mark, and is it a deal that was won */
	struct funnel_mark *mark;
	size_t nmarks, mark_cap, of_cap;
	struct buf key;
	uint64_t told_open, told_won, told_lead; /* rows of credit */
	uint64_t nopen, nwon;     /* deals of marks */

	uint64_t unknown_stage, elsewhere, without_stage, renewals, undated;
	uint64_t credit_rows, credit_outside;
};

/* The steps table: the number of its column of a name, or -1. */
struct funnel_steps {
	breakdown_column *column;
	const void *of;
};

/* What is wrong: option, the word at fault, and why (static). */
struct funnel_problem {
	const char *option;
	struct text word;
	const char *why;
};

/* words are borrowed. False: *p says what is wrong. */
bool funnel_init(struct funnel *f, const struct funnel_words *words,
    const struct funnel_steps *t, struct funnel_problem *p);
void funnel_clear(struct funnel *f);

/* One group, into a struct funnel: funnel_group(), funnel_row() of each row in order,
 * NULL when it counts, and funnel_close(). The group and the arena are borrowed till
 * then. */
void funnel_group(void *funnel, const struct group *g, struct arena *a);
const struct group_refusal *funnel_row(void *funnel, size_t i);
void funnel_close(void *funnel);

/* Its columns, n of them, where the first column of steps is key. Owned by f. */
const char *const *funnel_credit_table(struct funnel *f, struct text key, size_t *n);

/* After all steps, one row of credit: a filter_read_row; f is a struct funnel. */
const char *funnel_credit_add(void *f, const struct text *field, size_t *bad);

/* --- parts: instead of all groups and credit, or of the table --- */

/* What runs must agree on, and the columns that matter: after funnel_init(), if there
 * is a part. */
void funnel_part_rules(const struct funnel *f);

/* A row of another run's sums (summand.h): a part_take, funnel is a struct funnel. */
const char *funnel_merge_row(void *funnel, const struct text *field, size_t *bad);

/* All sums, in the order in which their cells were met. */
void funnel_part_put(struct funnel *f, part_write *write, void *to);

/*
 * All was read: the rows of the table asked for, in order, each given to put,
 * cell by cell as funnel_columns or funnel_stuck_columns name them. Borrowed for
 * the call. Call once.
 */
typedef void funnel_put(void *context, const struct text *cell);
void funnel_report(struct funnel *f, funnel_put *put, void *context);

/* The table of --list: kpi unit formula needs. */
void funnel_list(struct buf *b);

/* The i-th count of what was left aside, and its name; NULL past the last. */
const char *funnel_count(const struct funnel *f, unsigned i, uint64_t *n);

#endif
