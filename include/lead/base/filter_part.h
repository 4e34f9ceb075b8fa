/* filter_part.h - the frame of --partial and --merge */
#ifndef LEAD_BASE_FILTER_PART_H
#define LEAD_BASE_FILTER_PART_H

#include <lead/base/filter.h>
#include <lead/base/part.h>

/*
 * For parts of the domain that ask a table for its columns: has the table it, or
 * with --merge, had the one that the parts were made of? A number, or -1; f is a
 * struct filter.
 */
int filter_part_column(const void *f, struct text name);

/* The name of the first column of that table: its groups are made by it. Empty
 * when no part tells. */
struct text filter_part_key(const struct filter *f);

enum { FILTER_PART_COLUMNS = 16 };

/* Owned by the caller. */
struct filter_part {
	struct filter *f;
	struct part *part;          /* NULL: neither --partial nor --merge was given */
	const char *const *columns; /* of a part, n of them */
	size_t n;
	int cell[FILTER_PART_COLUMNS];
};

/*
 * Ready p for f, whose parts have columns[0..n-1], those of enum part_column first.
 * The part, to which the domain adds its own rules and columns (part.h) behind the
 * frame's; NULL when none is read or written.
 */
struct part *filter_part_open(struct filter_part *p, struct filter *f,
    const char *const *columns, size_t n);
void filter_part_close(struct filter_part *p);

/* --partial: add the columns of the table out, before filter_start(); false: the
 * table is the command's. */
bool filter_part_add(struct filter_part *p);

/* What rows are read into: those of parts by merge; or groups, each by begin(), row()
 * of each of its rows (filter_take_rows()) and end(). The group and the arena are lent
 * until then. */
struct filter_groups {
	void *of;
	part_take *merge;
	void (*begin)(void *of, const struct group *g, struct arena *a);
	filter_take *row;
	void (*end)(void *of);
	const int *columns; /* that row() tells of, ncolumns of them */
	size_t ncolumns;
};

/*
 * All rows of the input. With --merge those of parts: ends the program at one that
 * does not fit, as sums of which some are missing are none. Else groups that stand
 * together, by the first column.
 */
void filter_part_read(struct filter_part *p, const struct filter_groups *to);

/* --partial: a part_write; to is a struct filter_part. */
void filter_part_write(void *to, const struct text *cell);

#endif
