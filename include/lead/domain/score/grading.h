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
	bool sorted;       /* rows come by lead: they are judged in their group */
	const char *(*outside)(const void *of, int64_t us); /* rule that leaves it out */
	const void *of;    /* … its first argument */

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
	int kept[SCORING_COLUMNS_MAX + 6]; /* of what a lead's rows keep, each once */
	size_t nkept;                      /* behind them stands -1 */

	struct score *score;
	enum ripen_asks asks;
	struct ripen lead; /* the one at hand */
	const struct group *group;
	struct group_refusal refusal; /* of its last row */
};

/* There is such a table, and this its header, of which attributes alone take a
 * look: who takes its rows. The first argument is a struct grading. */
extern struct tsv_taker (*const grading_sides[GRADING_SIDES])(void *grading,
    struct text header);

/* All sides were read: find the columns. Empty, or the name of one that the table
 * must have: events need both time and event, a table by lead neither; without the
 * map a row must have its lead. */
struct text grading_bind(struct grading *g, const struct fields_table *t);
void grading_clear(struct grading *g);

/* What is to be known of each lead; before the first. */
void grading_ask(struct grading *g, enum ripen_asks asks);

/* Tell report of rules on a column that is nowhere, neither in the rows nor in the
 * profile; the same, when all rows were read, of rules on events none of which
 * came, though no table of ours has such names. */
void grading_doubt_columns(const struct grading *g, scoring_report *report, void *of);
void grading_doubt_events(const struct grading *g, scoring_report *report, void *of);

/* A row that counts; us is INT64_MIN without a time: older than all. */
struct grading_row {
	struct text event; /* borrowed from the row */
	struct text lead;  /* from the row or the map */
	int64_t us;
	bool timed;
	uint32_t minor;    /* second term of the order of a lead's rows */
};

/* NULL, and in is set; or why it does not count, bad being a column of the table.
 * A deal that is won makes its account a customer. */
const struct group_refusal *grading_take(struct grading *g, const struct fields_row *r,
    struct grading_row *in);

/*
 * One lead, whose group is borrowed until grading_end(): how many of its values
 * known beside are too hard for a pattern; each row, as filter_take_rows() asks
 * (of is the grading, bad a place among kept); its score at as-of. g->lead tells
 * the rest.
 */
unsigned grading_begin(struct grading *g, const struct group *group);
const struct group_refusal *grading_add(void *of, size_t i);
struct score_sum grading_end(struct grading *g);

#endif
