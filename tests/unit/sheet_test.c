#include <lead/domain/rules/sheet.h>

#include "tap.h"

static const char *const names[] = { "points", "op", "why" };

static bool
begin(struct sheet *s, const char *text)
{
	return sheet_begin(s, text_of(text), names, 3);
}

static void
reads_rows(void)
{
	struct sheet s;

	ok(begin(&s, "\xef\xbb\xbfpoints\top\twhy\r\n# a comment\r\n\r\n"
		     "5\t~\t \\bceo \r\n7"),
	    "a BOM, CR LF, comments and blank lines are read");
	ok(sheet_next(&s) == 1 && s.line == 4, "the line is that of the file");
	is(s.cell[0], "5", "first cell");
	is(s.cell[2], "\\bceo", "a backslash stays, blanks around go");
	ok(sheet_place(&s, 2, 1) == 7, "a byte of a cell has a place in its line");
	ok(sheet_next(&s) == 1 && s.line == 5, "a last line without LF is read");
	is(s.cell[0], "7", "its cell");
	is(s.cell[1], "", "cells missing at the end are empty");
	ok(sheet_place(&s, 1, 0) == 2, "and stand behind the line");
	ok(sheet_next(&s) == 0, "the end");
}

static void
reorders_columns(void)
{
	struct sheet s;

	ok(begin(&s, "why\tpoints\na\t1\t\t\n"), "columns in any order");
	ok(sheet_next(&s) == 1, "empty cells past the header are nothing");
	is(s.cell[0], "1", "found by name");
	is(s.cell[2], "a", "found by name");
	is(s.cell[1], "", "a column left out is empty");
}

static void
refuses(void)
{
	struct sheet s;

	ok(!begin(&s, ""), "no header");
	ok(!begin(&s, "# only\n# comments\n"), "only comments");
	ok(!begin(&s, "points\tpoint\n") && s.line == 1 && s.at == 8,
	    "an unknown column, and where it is");
	ok(!begin(&s, "points\tpoints\n") && s.at == 8, "a column twice");
	ok(begin(&s, "points\n1\t2\n") && sheet_next(&s) == -1 && s.line == 2 &&
	    s.at == 3, "more cells than the header");
	ok(sheet_begin(&s, (struct text){ "points\na\0b\n", 11 }, names, 3) &&
	    sheet_next(&s) == -1 && s.at == 2, "a NUL");
}

int
main(void)
{
	reads_rows();
	reorders_columns();
	refuses();
	return tap_end();
}
