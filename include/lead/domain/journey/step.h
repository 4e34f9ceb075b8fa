/* step.h - one row of the steps table: a visit or a milestone of one group */
#ifndef LEAD_DOMAIN_STEP_H
#define LEAD_DOMAIN_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/group.h>
#include <lead/base/text.h>
#include <lead/domain/rules/event.h>

/*
 * The columns of steps behind its key column, in the order in which
 * lead-journey writes them (a key column of one of these names stands first
 * and is not repeated). Carried columns follow.
 */
enum step_column {
	STEP_EVENT_ID,
	STEP_TIME,
	STEP_PRECISION,
	STEP_KIND,
	STEP_EVENT,
	STEP_STAGE,
	STEP_LEAD_ID,
	STEP_ACCOUNT_ID,
	STEP_DEAL_ID,
	STEP_DEAL_TYPE,
	STEP_METHOD,
	STEP_CHANNEL, /* of a touch from here … */
	STEP_SOURCE,
	STEP_MEDIUM,
	STEP_CAMPAIGN,
	STEP_TERM,
	STEP_CONTENT,
	STEP_CAMPAIGN_ID,
	STEP_CLICK_ID,
	STEP_CLICK_ID_TYPE,
	STEP_LANDING,
	STEP_EVIDENCE,
	STEP_PAGES, /* … to here */
	STEP_VALUE,
	STEP_CURRENCY,
	STEP_MONTHS,
	STEP_COLUMNS,
};

/* The name of a column, for ever. */
const char *step_name(enum step_column c);

/* The column of a name; STEP_COLUMNS when it is none: a carried column. */
enum step_column step_find(struct text name);

/* Does the column tell of the visit rather than of the lead or deal? */
static inline bool
step_of_touch(enum step_column c)
{
	return c >= STEP_CHANNEL && c <= STEP_PAGES;
}

enum step_kind {
	STEP_TOUCH,
	STEP_MILESTONE,
};

enum step_precision {
	STEP_EXACT,   /* "" and "second" */
	STEP_DAY,     /* a civil day: durations are civil days */
	STEP_UNDATED, /* no time at all: last of its group, in no path */
};

/* One row. The parsed part; step_text() has the rest. */
struct step {
	enum step_kind kind;
	enum step_precision precision;
	const struct event *event; /* NULL: a touch of the user's own name */
	int64_t at_us;             /* 0 when undated */
	int64_t value;             /* micros; 0 when the cell is empty */
	bool has_value;
	const struct group *group;
	const int *columns;
	size_t row; /* in its group */
};

/* What is wrong with a row: for filter_reject(). Static. */
struct step_problem {
	enum step_column column;
	const char *reason; /* one word */
	const char *why;    /* a phrase */
};

/*
 * Parse kind, precision, time, event and value: these five of col are read,
 * the others may be unset. NULL when the row is sound.
 */
const struct step_problem *step_parse(const struct text col[STEP_COLUMNS],
    struct step *s);

/*
 * The same from row i of a group; columns[c] is the table column of
 * step_name(c), or -1 where the input has none. Borrows both.
 */
const struct step_problem *step_read(const struct group *g, size_t i,
    const int columns[STEP_COLUMNS], struct step *s);

/* What is wrong, for those who reject the row; its columns are enum step_column. */
struct group_refusal step_refusal(const struct step_problem *p);

/* A cell of a step that step_read() filled, as it stands; empty when the
 * table has no such column. */
static inline struct text
step_text(const struct step *s, enum step_column c)
{
	return group_field(s->group, s->row, s->columns[c]);
}

#endif
