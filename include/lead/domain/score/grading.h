/* grading.h - whose row is it that is scored, and what becomes of its lead? */
#ifndef LEAD_DOMAIN_GRADING_H
#define LEAD_DOMAIN_GRADING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/group.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/journey/customer.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/score/joined.h>
#include <lead/domain/score/profile.h>
#include <lead/domain/score/ripen.h>

/* What is wrong with a row of the group: column (or NULL) and value are told. */
struct grading_fault {
	const char *column, *reason, *why;
	struct text value;
};

/* Tables beside the rows: --identity, --attributes, --previous. */
enum grading_side {
	GRADING_IDENTITY,
	GRADING_ATTRIBUTES,
	GRADING_PREVIOUS,
	GRADING_SIDES,
};

struct grading {
	/* Set by the caller. */
	struct scoring *rules; /* owned from then on */
	struct text key_name;  /* the column of the lead; borrowed, as all below */
	const struct zone *zone;
	int64_t as_of_us;
	int64_t window_us; /* of ripen.h */
	bool bests;
	bool sorted;       /* rows come by lead: times are read with them */

	/* What is known beside the rows; NULL where there is no such table. */
	struct identity *identity;
	struct profile *profile;
	struct joined *previous; /* column 0: mql_at of earlier scores */
	char *previous_key;
	const char *previous_columns[2];
	struct customer *customers;

	/* Of the table in, -1 where it has none. */
	int key, time, event, precision, account, machine, event_id;
	int keys[IDENTITY_TYPES_MAX];    /* of the map's key types */
	int column[SCORING_COLUMNS_MAX]; /* of the rules' columns */
	int kept[SCORING_COLUMNS_MAX + 5]; /* of what a lead's rows keep, each once */
	size_t nkept;

	struct score *score;
	struct ripen lead; /* the one at hand */
	struct grading_fault fault; /* of its last row */
};

/*
 * There is such a table: the columns to read, and what takes each row (to is its
 * first argument). header: the names of its columns, tabs between, for
 * attributes alone.
 */
struct grading_reading {
	const char *const *columns;
	size_t ncolumns;
	const char *(*row)(void *to, const struct text *field, size_t *bad);
	void *to;
};
struct grading_reading grading_side(struct grading *g, enum grading_side side,
    struct text header);

/* All sides were read: find the columns. */
void grading_bind(struct grading *g, const struct fields_table *t);
void grading_clear(struct grading *g);

/* Has the rules' column c a value anywhere: in the rows or in the profile? */
bool grading_has(const struct grading *g, unsigned c);

/* All rows were read: the i-th rule or a later one that is about events none of
 * which came, though no table of ours has such names; *i is then the next.
 * NULL: there is none. */
const struct scoring_rule *grading_idle(const struct grading *g, size_t *i);

/* A row; event is borrowed. us is INT64_MIN without a time: older than all. */
struct grading_row {
	struct text event;
	int64_t us;
	bool timed, machine; /* of a machine's doing: it counts for nothing */
};

/* False: its time is none. */
bool grading_read(const struct grading *g, const struct fields_row *r,
    struct grading_row *in);

/* The lead of a row, by its own column or the map, or empty: borrowed from the
 * row or the map. One that won makes its account a customer. */
struct text grading_owner(struct grading *g, const struct fields_row *r,
    const struct grading_row *in);

/* The second term of the order of a lead's rows. */
uint32_t grading_minor(const struct grading *g, const struct fields_row *r,
    const struct grading_row *in);

/*
 * One lead: grading_begin(), which returns how many of its values are too hard
 * for a pattern; grading_add() of each row; grading_end(), its score at as-of.
 * g->lead tells the rest.
 */
unsigned grading_begin(struct grading *g, struct text lead);
struct score_sum grading_end(struct grading *g);

/*
 * Row i of its group, in order of time; NULL, or a fault and it counts for
 * nothing. Of rows that were gathered time is sound; of others (admit is not
 * NULL) it is judged here, and admit is asked whether a sound row stays.
 */
struct grading_gate {
	bool (*admit)(void *of, const struct grading_row *in);
	void *of;
};
const struct grading_fault *grading_add(struct grading *g, const struct group *group,
    size_t i, const struct grading_gate *gate);

#endif
