/* group.h - all rows of one key together, in order, in bounded memory */
#ifndef LEAD_BASE_GROUP_H
#define LEAD_BASE_GROUP_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/tsv.h>

/*
 * Rows go in in any order and come out group by group: groups in byte order
 * of their key; rows of a group by (at, minor, the tie column's bytes, all
 * stored fields' bytes). Past the memory given, sorted runs go to a nameless
 * file and are merged: the same bytes come out whatever memory and threads.
 */
struct group_store;

struct group_options {
	const int *columns; /* table columns to keep, by tsv_field() number */
	size_t ncolumns;
	int tie;            /* table column that breaks ties, or -1 */
	size_t memory;      /* bytes before a run is spilled */
	const char *tempdir; /* NULL: TMPDIR, else /tmp */
	int threads;        /* for sorting */
	size_t table_columns; /* of the input table */
};

struct group_store *group_new(const struct group_options *o);
void group_free(struct group_store *s); /* NULL does nothing */

/* Before the first row: column col is the text that when_parse() turned into
 * at; it is kept for free. */
void group_keep_time(struct group_store *s, int col);

/* Before the first row: only groups with a row whose column col is value (which
 * stays the caller's) come out; others are neither sorted nor fetched. */
void group_want(struct group_store *s, int col, struct text value);

/*
 * Keep row r of b under key. at, minor: the first two sort terms, any meaning.
 * 0, or -1 and errno when spilling failed.
 */
int group_add(struct group_store *s, struct text key, int64_t at,
    uint32_t minor, const struct tsv_block *b, size_t r);

struct sort_item;

/* From this row on rows of a group stand in that file, from that line on. */
struct group_place {
	size_t row;
	const char *file;
	uint64_t line;
};

/* Borrowed until the next group_next(). */
struct group {
	struct text key;
	size_t nrows;
	const struct sort_item *rows;
	struct group_store *store;
	/* Rows that came grouped already, in their own order (filter.c); NULL: the
	 * rows are the store's. The nkept columns are what tells given rows apart. */
	const struct tsv_fields *given;
	const int *kept;
	size_t nkept;
	const struct group_place *place; /* of given rows alone, ascending */
	size_t nplaces;
};

/* Why a row of a group does not count: a rule drops it, or it is at fault. */
struct group_refusal {
	const char *rule;           /* or NULL: then the rest tells the fault */
	size_t bad;                 /* of the columns at hand */
	const char *column;         /* its name */
	const char *reason, *why;   /* one word, and a phrase */
};

/* 1: the next group; 0: no more; -1: errno. The first call ends the adding. */
int group_next(struct group_store *s, struct group *g);

int64_t group_at(const struct group *g, size_t i);
uint32_t group_minor(const struct group *g, size_t i);

/*
 * Table column col of row i; empty when it was not kept or col < 0. Serves
 * given rows too: their at and minor are 0. Each call for an id may take some
 * memory until the next group: keep the text rather than ask again.
 */
struct text group_stored(const struct group *g, size_t i, int col);

static inline struct text
group_field(const struct group *g, size_t i, int col)
{
	return g->given != NULL ? tsv_field_of(&g->given[i], col)
				: group_stored(g, i, col);
}

/* Rows of groups that were passed over so far, by group_want(). */
uint64_t group_unwanted(const struct group_store *s);

/* Bytes spilled so far, for --stats. */
uint64_t group_spilled(const struct group_store *s);

#endif
