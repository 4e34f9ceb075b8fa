/* tsv.h - lead TSV in blocks of rows (lead-tsv(5)) */
#ifndef LEAD_BASE_TSV_H
#define LEAD_BASE_TSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

enum {
	TSV_LINE_MAX = 1 << 20, /* bytes of a line without its LF */
};

/*
 * Some whole rows of one file, all sound: as many fields as the header, no
 * NUL, no CR, only known escapes. Fields are the bytes between the
 * separators; escapes are left as they are (one text, one spelling: compare
 * and copy them as they stand, field_plain() where the value itself matters).
 */
struct tsv_block {
	const char *base;
	const uint32_t *end;  /* of field i at base + end[i]; end[-1] + 1 == 0 */
	size_t nrows;
	size_t ncols;         /* of this file */
	const int *place;     /* table column -> file column or -1; NULL: same */
	uint64_t line;        /* of row 0 */
	const char *file;
	bool escaped;         /* a backslash somewhere in it */
};

/* Column col of the table in row r; empty where the file lacks it or col < 0.
 * Borrowed until the next block. */
static inline struct text
tsv_field(const struct tsv_block *b, size_t r, int col)
{
	size_t i;
	uint32_t from;

	if (b->place != NULL && col >= 0)
		col = b->place[col];
	if (col < 0)
		return TEXT_NONE;
	i = r * b->ncols + (size_t)col;
	from = b->end[(ptrdiff_t)i - 1] + 1;
	return (struct text){ b->base + from, b->end[i] - from };
}

/* Row r alone: where its bytes and the ends of its fields are. */
struct tsv_fields {
	const char *base;
	const uint32_t *end; /* as of a block, of its only row */
	const int *place;
};

static inline struct tsv_fields
tsv_fields(const struct tsv_block *b, size_t r)
{
	return (struct tsv_fields){ b->base, b->end + r * b->ncols, b->place };
}

/* As tsv_field(). */
static inline struct text
tsv_field_of(const struct tsv_fields *f, int col)
{
	const struct tsv_block row = { .base = f->base, .end = f->end,
		.place = f->place };

	return tsv_field(&row, 0, col);
}

/* Row r as it stands in the file, without its LF. */
static inline struct text
tsv_row(const struct tsv_block *b, size_t r)
{
	size_t i = r * b->ncols;
	uint32_t from = b->end[(ptrdiff_t)i - 1] + 1;

	return (struct text){ b->base + from, b->end[i + b->ncols - 1] - from };
}

/*
 * Who takes the rows of a table: the columns that it wants ('?' before the name of
 * one that may be absent), and what is given their fields, row by row; it says
 * NULL, or what is wrong with field *bad.
 */
struct tsv_taker {
	const char *const *columns;
	size_t ncolumns;
	const char *(*row)(void *to, const struct text *field, size_t *bad);
	void *to;
};

/*
 * One table made of several files whose headers are united by name. Regular
 * files tell their headers first; a pipe or standard input may add no column
 * unless it is the first.
 */
struct tsv_in;

struct tsv_in_options {
	const char *const *files; /* nfiles names; none: standard input */
	size_t nfiles;
	const char *columns;      /* -N --columns=a,b: no header lines; or NULL */
	bool lax_eof;             /* a last line without LF is whole */
	unsigned max_ratio;       /* of gz_open() */
	/* Told of what is odd about a file that is sound; or NULL. */
	void (*note)(const char *file, const char *words);
};

struct tsv_in *tsv_open(const struct tsv_in_options *o);
size_t tsv_ncolumns(const struct tsv_in *in);
struct text tsv_column_name(const struct tsv_in *in, size_t col);

/*
 * What may be wrong with a header that lacks a column: " (there is \"channel\")",
 * words about cells that no tab parts, or ""; the former only when near is asked
 * for. Borrowed until the next call.
 */
const char *tsv_lacking(struct tsv_in *in, struct text name, bool near);
int tsv_column(const struct tsv_in *in, struct text name); /* or -1 */

enum tsv_verdict {
	TSV_END,
	TSV_BLOCK, /* *b is filled, at least one row */
	TSV_BAD,   /* one bad line: tsv_problem(), then go on */
	TSV_FAIL,  /* the input ends here: tsv_problem() */
};

/* What is wrong, where. Borrowed until the next call. */
struct tsv_problem {
	const char *file;
	uint64_t line;
	const char *column;  /* or NULL */
	const char *reason;  /* one word for counts: "fields" "long" "nul" … */
	const char *words;   /* for people; no data in it */
	struct text record;  /* the line, at most TSV_LINE_MAX of it */
	bool system;         /* the machine's fault: exit 2 */
};

/* After tsv_open() the same: TSV_FAIL when a header was no good. */
enum tsv_verdict tsv_next(struct tsv_in *in, struct tsv_block *b);
enum tsv_verdict tsv_opened(const struct tsv_in *in);
const struct tsv_problem *tsv_problem(const struct tsv_in *in);

/* Compressed bytes and files read so far. */
uint64_t tsv_bytes_in(const struct tsv_in *in);
void tsv_close(struct tsv_in *in);

#endif
