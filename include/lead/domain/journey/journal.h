/* journal.h - from the rows of a run to the rows that tell of its journeys */
#ifndef LEAD_DOMAIN_JOURNAL_H
#define LEAD_DOMAIN_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/held.h>
#include <lead/base/zone.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/journey/journey.h>
#include <lead/domain/journey/owner.h>
#include <lead/domain/journey/telling.h>

/* What is asked for; borrowed for the life of the journal. */
struct journal_words {
	const char *identity;         /* NULL: there will be no map */
	const char *with, *visit_end; /* events, or NULL */
	const char *carry;            /* columns, or NULL: all that no table of ours has */
	int64_t carry_late_us;        /* of stepout_carry_new() */
	const char *touches;          /* events */
	bool lines;                   /* one a journey, not steps */
	bool identified;              /* only groups that the map names */
	int first_source;             /* of a visit, not its best */
	int declared;                 /* enum journey_declared */
	int64_t visit_gap_us, max_touches; /* not negative */

	struct text key;              /* the column of groups */
	bool sorted;                  /* rows come by group */
	const struct zone *zone;
	const char *(*outside)(const void *of, int64_t us); /* rule that leaves a row out */
	const void *of;               /* its first argument */
};

/* What is wrong with that, and with which word; or, where missing is not empty,
 * the column that the table lacks, and of what it would be a table, or NULL. */
struct journal_problem {
	const char *why;
	struct text word, missing;
};

struct journal {
	struct journal_words words;
	struct journey_rules rules;
	struct identity *map;  /* or NULL */
	struct portal *portal; /* or NULL */
	struct owner *owner;
	struct fields_table table;
	struct fields fields;
	struct journey *journey;
	struct telling *telling;
	struct held waiting; /* deals of accounts whose leads are not all seen */
	struct group_refusal refusal;

	/* The group at hand; of rows that came by group those that count. */
	struct journey_group group;
	struct group given, sorted;
	struct arrange_place *place;
	struct tsv_fields *sound;
	struct arena *arena;
};

/* False and *p when a word is no good; journal_clear() in any case. */
bool journal_init(struct journal *j, const struct journal_words *w,
    struct journal_problem *p);
void journal_clear(struct journal *j);

/* Before journal_bind(): who takes the map's rows (journal is a struct journal);
 * items that are no marketing, of portal_add(), false and *p. */
struct tsv_taker journal_map(void *journal, struct text header);
bool journal_not_marketing(struct journal *j, struct text items,
    struct journal_problem *p);

/* Find the columns of the table, which outlives j. False and *p. */
bool journal_bind(struct journal *j, const struct fields_table *t,
    struct journal_problem *p);

/* --- rows in --- */

struct journal_row {
	struct text key;  /* of its group: borrowed until the next call */
	struct arrange_place place;
	bool waits;       /* set aside: its group is known when all rows were seen */
};

/* NULL, and where the row belongs; or why it does not count, bad being a column of
 * the table. */
const struct group_refusal *journal_take(struct journal *j, const struct tsv_block *b,
    size_t r, struct journal_row *in);

/* The same of the rows that wait: the block that row i is alone in, NULL after the
 * last. */
const struct tsv_block *journal_waiting(struct journal *j, size_t i,
    const struct group_refusal **no, struct journal_row *in);

/* --- groups out --- */

/*
 * A group, borrowed as the arena is until the next: its rows were taken so. Or,
 * with words.sorted, it came as it is: then it is refused where it is not
 * identified, else each row is for journal_add() to judge, as filter_take_rows()
 * asks (bad is a place among the fields' kept).
 */
const struct group_refusal *journal_open(struct journal *j, const struct group *g,
    struct arena *a);
const struct group_refusal *journal_add(void *journal, size_t i);

/* NULL: its rows out follow. Else why there are none; of *n rows nothing was told
 * yet. */
const struct group_refusal *journal_read(struct journal *j, uint64_t *n);

/* Cells of a row out: their number, names (room is for one) and those of the next
 * row, fields of lead TSV until the next call; false after the last. */
size_t journal_ncolumns(const struct journal *j);
struct text journal_column(const struct journal *j, size_t i, char room[LIFELINE_NAME]);
bool journal_next(struct journal *j, struct text *cells);

#endif
