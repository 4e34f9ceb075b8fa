/* foreign.h - the records of a file that is no lead TSV */
#ifndef LEAD_BASE_FOREIGN_H
#define LEAD_BASE_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/weblog.h>

enum foreign_format {
	FOREIGN_LOG,  /* lines of a compiled log format */
	FOREIGN_W3C,  /* W3C extended log, #Fields: */
	FOREIGN_JSON, /* one flat object a line */
	FOREIGN_TSV,  /* tabs, a header line, no quotes: a backslash is data */
	FOREIGN_CSV,  /* RFC 4180 */
};

struct foreign_options {
	enum foreign_format format;
	const struct weblog *log; /* FOREIGN_LOG; borrowed */
	const char *columns;      /* a,b,c: the file has no header line; or NULL */
	char separator;           /* of CSV; 0: told by its header line */
	bool resync;              /* a broken quote spoils lines, not the file */
	bool latin1;              /* CSV, TSV: from windows-1252 */
	unsigned max_ratio;       /* of gz_open() */
	uint64_t skip_lines;      /* of CSV, before its header line */
};

struct foreign;

/* NULL and errno. path and o are borrowed. foreign_close(). */
struct foreign *foreign_open(const char *path, const struct foreign_options *o);
void foreign_close(struct foreign *s); /* NULL does nothing */

enum foreign_verdict {
	FOREIGN_END,
	FOREIGN_HEADER, /* first, and whenever the names change: foreign_name() */
	FOREIGN_RECORD,
	FOREIGN_BAD,    /* one bad record: foreign_problem(), then go on */
	FOREIGN_FAIL,   /* the file ends here: foreign_problem() */
};

/* Borrowed until the next call. */
struct foreign_record {
	const struct text *field; /* foreign_nfields() values */
	struct text raw;          /* as it stands in the file, or NULs for seams */
	uint64_t line;            /* of its first line */
};

enum foreign_verdict foreign_next(struct foreign *s, struct foreign_record *r);

/* Names of the fields: trimmed, otherwise as the file has them. */
size_t foreign_nfields(const struct foreign *s);
const struct text *foreign_names(const struct foreign *s);

struct foreign_problem {
	uint64_t line;
	const char *reason; /* one word */
	const char *words;  /* for people */
	struct text record;
	bool system;        /* the machine's fault */
};

const struct foreign_problem *foreign_problem(const struct foreign *s);

/* Lines that held nothing, so far; compressed bytes read so far. */
uint64_t foreign_blanks(const struct foreign *s);
uint64_t foreign_bytes_in(const struct foreign *s);

/* After the end: a remark on how the file ended ("64 zero bytes after the last gzip
 * member"), or NULL. */
const char *foreign_note(const struct foreign *s);

/* Arrays of JSON left out so far. */
uint64_t foreign_arrays(const struct foreign *s);

#endif
