/* part.h - the sums of a part of the input, as rows under a seal */
#ifndef LEAD_BASE_PART_H
#define LEAD_BASE_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/num.h>
#include <lead/base/text.h>

/*
 * A part is rows: "rule", what it was asked, in which all parts must agree;
 * "column", what the table had that it was made of; "group", some of its groups, so
 * that what was given twice is found out; those of the sums; and "end", a seal on
 * all rows above it. Parts stand one behind the other.
 */
enum part_column {
	PART_RECORD, /* one of these words, or the sums' own */
	PART_NAME,
	PART_VALUE,
	PART_OWN, /* the first column of the sums' own */
};

struct part;

/* Of rows of so many columns. */
struct part *part_new(size_t columns);
void part_free(struct part *p); /* NULL does nothing */

/* What the runs must have been asked alike, before the first row: name outlives
 * p, value is copied. */
void part_rule(struct part *p, const char *name, struct text value);

/* The table has a column that matters to the sums. Likewise; twice is once. */
void part_column(struct part *p, struct text name);

/* The i-th of them; false past the last. */
bool part_column_at(const struct part *p, size_t i, struct text *name);

/* This run read a group. */
void part_group(struct part *p, struct text key);

/* --- rows in --- */

/*
 * Rows of sums go into it: NULL, or what is wrong with the row and *bad the column at
 * fault. The cells are borrowed for the call.
 */
typedef const char *part_take(void *of, const struct text *cell, size_t *bad);
void part_into(struct part *p, part_take *take, void *of);

/* One row: NULL, or what is wrong and *bad the column at fault. */
const char *part_row(struct part *p, const struct text *cell, size_t *bad);

/* After the last one: NULL, or what is wrong. */
const char *part_close(const struct part *p);

/* How many parts were read. */
uint64_t part_count(const struct part *p);

/* --- rows out: part_begin(), part_put() of each row of sums, part_end() --- */

typedef void part_write(void *to, const struct text *cell);
void part_begin(struct part *p, part_write *write, void *to);
void part_put(struct part *p, const struct text *cell);
void part_end(struct part *p);

/* --- cells --- */

/* A whole number; false when it is none, or beyond ±2^96. */
bool part_whole(struct text t, num_wide *n);
struct text part_put_whole(char out[NUM_TEXT], num_wide n);

#endif
