/* csv.h - the records of a CSV file (RFC 4180), and what a stray quote costs */
#ifndef LEAD_BASE_CSV_H
#define LEAD_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/lines.h>

enum {
	CSV_FIELD_MAX = 1 << 20,  /* bytes */
	CSV_RECORD_MAX = 4 << 20, /* bytes of a record of several lines */
	CSV_COLUMNS_MAX = 4096,
};

struct csv_options {
	const char *columns; /* a,b,c: the file has no header; or NULL */
	char separator;      /* 0: that of , ; tab | which the first line has most */
	bool latin1;         /* from windows-1252 */
	bool resync;         /* see csv_next() */
	unsigned max_ratio;  /* of gz_open() */
	uint64_t skip_lines; /* before the header */
};

/*
 * Blanks around unquoted fields go, blank lines are counted; LF, CR LF and CR
 * end a line; a "sep=;" line in front is understood. A quote is broken when one
 * stands inside an unquoted field, when text follows a closing one, when it is
 * still open at the end of the file or after CSV_FIELD_MAX bytes, or when a
 * record of several lines has not the header's number of columns.
 */
struct csv;

/* NULL and errno. path and o are borrowed. csv_close(). */
struct csv *csv_open(const char *path, const struct csv_options *o);
void csv_close(struct csv *c); /* NULL does nothing */

enum csv_verdict {
	CSV_END,
	CSV_RECORD,
	CSV_BAD,  /* one bad record or line: csv_problem(), then go on */
	CSV_FAIL, /* the file ends here: csv_problem() */
};

/* Read the header: CSV_RECORD, CSV_END (an empty file) or CSV_FAIL. Once. */
enum csv_verdict csv_header(struct csv *c);

/* The columns' names, trimmed; borrowed until csv_close(). */
size_t csv_ncolumns(const struct csv *c);
const struct text *csv_names(const struct csv *c);

/* Borrowed until the next call. */
struct csv_record {
	const struct text *field; /* csv_ncolumns() values */
	struct text raw;          /* as it stands in the file, without its line end */
	uint64_t line;            /* of its first line */
};

/*
 * The next record. A broken quote fails the file, naming record, byte and line
 * of the quote. With resync the record's first line is bad instead, and so is
 * each line after it up to one that is a whole record by itself: never more
 * is lost, however far the quote reached.
 */
enum csv_verdict csv_next(struct csv *c, struct csv_record *r);

struct csv_problem {
	uint64_t line;
	const char *reason; /* one word */
	const char *words;
	struct text record;
	bool system; /* the machine's fault */
};

const struct csv_problem *csv_problem(const struct csv *c);

uint64_t csv_blanks(const struct csv *c); /* blank lines so far */

/* The lines it reads, for what they tell of the file. */
const struct lines *csv_lines(const struct csv *c);

#endif
