/* lesson.h - from leads of the past to the table that is written of them */
#ifndef LEAD_DOMAIN_LESSON_H
#define LEAD_DOMAIN_LESSON_H

#include <lead/base/arena.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/learn/evaluate.h>
#include <lead/domain/learn/fit.h>
#include <lead/domain/learn/hold.h>
#include <lead/domain/rules/sheet.h>

enum { LESSON_CELLS = 9, LESSON_FOLDS_MAX = 255 };

/* Open leads above this share are worth a word. */
static const double LESSON_OPEN_MOST = 0.1;

/* What is asked for, in the words of the command line. All is borrowed. */
struct lesson_words {
	const char *outcome, *lost, *time, *base, *ridge, *hold, *rules;
	const char *const *features; /* comma lists; a column behind ! is left out */
	size_t nfeatures;
	int64_t max_rules, min_rows, folds; /* max_rules -1: any number */
	bool ratio, evaluate;
	struct text key;         /* the column of the lead, for events */
	bool dated;              /* the time of a lead is needed */
	bool has_as_of;
	int64_t give_up_us;      /* open that long after its time: not won; 0: never */
	const struct zone *zone;
	enum when_period period;
	int64_t as_of_us;        /* or 0: leads without a time are scored then */
};

struct lesson {
	struct lesson_words ask;
	struct fit_terms terms;
	bool evaluate;
	bool has_rules, has_odds;
	struct hold hold;         /* rules that stand, or are measured */
	struct curve_odds odds;
	struct evaluate *evaluation;
	struct text *missing;     /* columns of those rules that are nowhere */
	size_t nmissing;
	struct behaviour *behaviour; /* or NULL */
	struct hold habits;       /* rules that might be about it */
	struct buf habits_bytes;

	struct text *names;       /* of features */
	int *column;
	bool *keep;
	struct text *field;       /* of a row */
	size_t nfeatures, ncolumns; /* features of rows, and with habits */
	int outcome, time, lead;  /* columns of the table; -1: not needed */
	int *lost;                /* those that say that it did not win */
	size_t nlost;
	struct history history;
	uint64_t leads, open;
	unsigned flags;           /* periods in which the rules failed */

	struct fit fit;
	struct sheet sheet;       /* of held rules, as they are written out */
	struct arena texts;
	struct buf words, aside;  /* scratch; names of columns that are no features */
	const struct evaluate_row *row;
	size_t nrows, next;
	unsigned part;
};

/* Names of the table's columns, NULL behind the last. */
const char *const *lesson_columns(bool evaluate);

/* First of all. False: an option is wrong. */
struct lesson_problem {
	const char *option, *why;
};
bool lesson_ask(struct lesson *l, const struct lesson_words *w, struct lesson_problem *p);

/* Rules to hold, or to evaluate. bytes and zone are borrowed. */
bool lesson_rules(struct lesson *l, struct text bytes, const struct zone *zone,
    struct scoring_error *error);

/* What leads did, before lesson_bind(): who takes the events of a table with these
 * columns, tab between. lesson is a struct lesson. */
struct tsv_taker lesson_events(void *lesson, struct text header);

/* Find the columns. False: *missing is not in the table, which outlives l. */
bool lesson_bind(struct lesson *l, const struct fields_table *t, struct text *missing);

/* A lead's row and part, the caller's; then lesson_read() and lesson_add(). */
struct lesson_lead {
	const struct fields_row *row;
	uint8_t fold;
	bool won, open, timed;
	int64_t us; /* when it is scored */
};

/* column -1: it is left out by the rule of that name; else it is bad. */
struct lesson_refusal {
	int column;
	const char *reason, *why;
};
bool lesson_read(const struct lesson *l, struct lesson_lead *lead,
    struct lesson_refusal *no);

/* An open one is but counted. */
void lesson_add(struct lesson *l, const struct lesson_lead *lead);

/* NULL, or why there are no rules. */
const char *lesson_learn(struct lesson *l);

/* For people, a line each; after lesson_learn(). */
struct text lesson_notes(const struct lesson *l);

/* The rows out; plain: they are values, to be escaped. Borrowed until the next. */
struct lesson_row {
	struct text cell[LESSON_CELLS];
	size_t n;
	bool plain;
};
bool lesson_next(struct lesson *l, struct lesson_row *row);

void lesson_clear(struct lesson *l);

#endif
