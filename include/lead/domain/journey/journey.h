/* journey.h - the rows of one group become visits and milestones */
#ifndef LEAD_DOMAIN_JOURNEY_H
#define LEAD_DOMAIN_JOURNEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/group.h>
#include <lead/base/text.h>
#include <lead/domain/journey/portal.h>
#include <lead/domain/journey/step.h>
#include <lead/domain/journey/visit.h>
#include <lead/domain/rules/event.h>

/* Where the rows have what is looked at: table columns or -1. Rows of steps
 * are told by a kind, and pass as they are. */
struct journey_columns {
	int step[STEP_COLUMNS];
	int page, machine, host, url;
	const int *kept; /* all columns that tell two rows apart */
	size_t nkept;
};

/* When is a source that a CRM row states a touch? */
enum journey_declared {
	JOURNEY_FALLBACK, /* no other touch at or before the first milestone */
	JOURNEY_ALWAYS,
	JOURNEY_NEVER,
};

struct journey_rules {
	struct visit_rules visit;
	struct text visit_end;        /* after this event a visit starts */
	enum journey_declared declared;
	uint64_t max_touches;         /* a lead; 0: all */
	struct text touches;          /* event names, comma between them */
	const struct portal *portal;  /* pages that make no touch, or NULL */
};

/* The events that are touches by default. */
#define JOURNEY_TOUCHES \
	"page_view,call_in,chat_in,form_offline,store_visit,trade_show,webinar," \
	"email_clicked"

enum journey_origin {
	JOURNEY_VISIT,     /* page rows */
	JOURNEY_OFFLINE,   /* a call, a fair … */
	JOURNEY_CLICK,     /* a click in a mail that led to no visit */
	JOURNEY_STATED,    /* a declared source */
	JOURNEY_STEP,      /* a touch of a steps table, as it was */
	JOURNEY_MILESTONE,
};

/* One step. Rows are numbers in the group. */
struct journey_step {
	const struct event *event; /* of a milestone or touch; may be NULL */
	struct text method;
	uint32_t row;    /* when, who, carried columns */
	uint32_t source; /* touch: has the source */
	uint32_t latest; /* milestone: has the newest cells */
	uint32_t pages;
	uint32_t person;
	enum journey_origin origin;
	bool given;  /* a step already: its carried columns are as known then */
	bool direct; /* a visit that began inside the site: (direct) */
	bool dropped; /* inside journey.c */
};

/* Whose row is it? */
struct journey_lead {
	struct text lead_id, account_id;
};

struct journey_group {
	const struct group *g;
	const int64_t *at;   /* by row, INT64_MAX: undated; NULL: group_at() */
	/* By row; NULL: all rows are of lead all, or where its lead_id is empty,
	 * of those that their cells name. */
	const struct journey_lead *leads;
	struct journey_lead all;
};

struct journey;

/* Borrows rules and columns. */
struct journey *journey_new(const struct journey_rules *r,
    const struct journey_columns *c);
void journey_free(struct journey *j); /* NULL does nothing */

/* The steps of a group in order; borrowed until the next call. */
const struct journey_step *journey_read(struct journey *j,
    const struct journey_group *group, size_t *n);

/* Is a milestone of this name among the steps of the group that was read? */
bool journey_has(const struct journey *j, const char *milestone);

/* Of all groups so far: the i-th count and its name, *dropped when these rows
 * became nothing; NULL past the last. And all that were dropped. */
const char *journey_count(const struct journey *j, unsigned i, uint64_t *n,
    bool *dropped);
uint64_t journey_dropped(const struct journey *j);

/* Of the group that was read: how many rows and people, and whose row i is. */
size_t journey_rows(const struct journey *j);
size_t journey_people(const struct journey *j);
uint32_t journey_person(const struct journey *j, size_t row);
struct journey_lead journey_lead(const struct journey *j, size_t row);

/* Column col of a row of the group, and the row's time (INT64_MAX: undated). */
struct text journey_cell(const struct journey *j, size_t row, int col);
int64_t journey_at(const struct journey *j, size_t row);

#endif
