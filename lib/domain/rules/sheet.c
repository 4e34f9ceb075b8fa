/* sheet.c - the rows of a rules file that people write, and their places */
#include <lead/domain/rules/sheet.h>

/* The next line that is neither blank nor a comment, in s->row. */
static bool
next_line(struct sheet *s)
{
	while (s->rest.len != 0) {
		ptrdiff_t end = text_find(s->rest, '\n');
		size_t len = end < 0 ? s->rest.len : (size_t)end;

		s->row = text_head(s->rest, len);
		s->rest = text_from(s->rest, len + 1);
		s->line++;
		if (text_ends(s->row, TEXT("\r")))
			s->row.len--;
		if (text_trim(s->row).len != 0 && s->row.s[0] != '#')
			return true;
	}
	return false;
}

static bool
fail(struct sheet *s, const char *why, const char *at)
{
	s->why = why;
	s->at = at != NULL ? (size_t)(at - s->row.s) + 1 : 1;
	return false;
}

/* Which column has this name, or -1. */
static int
column_of(const char *const *names, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (text_is(name, names[i]))
			return (int)i;
	return -1;
}

/* What is wrong with a header line that names another column. */
static const char *
no_such(struct text line)
{
	if (text_find(line, '\t') >= 0)
		return "no such column in this table";
	if (text_find(line, ',') >= 0 || text_find(line, ';') >= 0)
		return "no tab in the header line: tabs part the cells, not commas";
	return text_find(line, ' ') < 0 ? "no such column in this table"
	    : "no tab in the header line: tabs part the cells, not blanks";
}

static bool
read_header(struct sheet *s, const char *const *names)
{
	struct text rest = s->row, name;
	bool seen[SHEET_COLUMNS_MAX] = { false };

	while (text_next(&rest, '\t', &name)) {
		int i = column_of(names, s->ncolumns, text_trim(name));

		if (i < 0)
			return fail(s, no_such(s->row), name.s);
		if (seen[i])
			return fail(s, "a column twice", name.s);
		seen[i] = true;
		s->place[s->nplaces++] = i;
	}
	return true;
}

bool
sheet_begin(struct sheet *s, struct text text, const char *const *names, size_t n)
{
	*s = (struct sheet){ .rest = text, .ncolumns = n };
	if (text_starts(text, TEXT("\xef\xbb\xbf")))
		s->rest = text_from(text, 3);
	if (!next_line(s))
		return fail(s, "no header line", NULL);
	return read_header(s, names);
}

int
sheet_next(struct sheet *s)
{
	struct text rest, cell;
	size_t i = 0;

	if (!next_line(s))
		return 0;
	for (size_t c = 0; c < s->ncolumns; c++)
		s->cell[c] = TEXT_NONE;
	if (text_find(s->row, '\0') >= 0) {
		fail(s, "a NUL byte", s->row.s + text_find(s->row, '\0'));
		return -1;
	}
	rest = s->row;
	while (text_next(&rest, '\t', &cell)) {
		if (i < s->nplaces) {
			s->cell[s->place[i++]] = text_trim(cell);
		} else if (text_trim(cell).len != 0) {
			fail(s, "more cells than the header has", cell.s);
			return -1;
		}
	}
	return 1;
}

size_t
sheet_place(const struct sheet *s, size_t i, size_t n)
{
	const char *at = s->cell[i].s;

	/* An empty cell that the line lacks stands at its end. */
	if (at < s->row.s || at > s->row.s + s->row.len)
		return s->row.len + 1;
	return (size_t)(at - s->row.s) + n + 1;
}
