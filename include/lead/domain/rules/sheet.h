/* sheet.h - the rows of a rules file that people write, and their places */
#ifndef LEAD_DOMAIN_SHEET_H
#define LEAD_DOMAIN_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

enum { SHEET_COLUMNS_MAX = 16 };

/*
 * A table of known columns, tab between cells, a header line first. No escapes:
 * a backslash is a backslash, as patterns want it. Blank lines and lines that
 * begin with '#' are skipped; a BOM, CR LF and a missing last LF are read.
 * Cells missing at the end of a line are empty. Blanks around a cell go.
 */
struct sheet {
	/* After sheet_next() gave 1: cell[i] of column i, borrowed from the text. */
	struct text cell[SHEET_COLUMNS_MAX];
	uint64_t line; /* of the row, or of what is wrong; 1 is the first */
	size_t at;     /* of what is wrong: byte in the line, from 1 */
	const char *why;

	struct text rest, row;
	size_t ncolumns, nplaces;
	int place[SHEET_COLUMNS_MAX]; /* cell of the line -> column */
};

/*
 * Read the header of text, which outlives s. names: the columns that there may
 * be, in the caller's order; the header may leave out or reorder any. False
 * when there is no header or it names another or the same twice: line, at and
 * why say what.
 */
bool sheet_begin(struct sheet *s, struct text text, const char *const *names,
    size_t n);

/* 1: the next row; 0: no more; -1: a line with too many cells, or NUL in it. */
int sheet_next(struct sheet *s);

/* The place in its line, from 1, of byte n of column i's cell of the row. */
size_t sheet_place(const struct sheet *s, size_t i, size_t n);

#endif
