/* lines.h - the lines of a foreign text file, one by one */
#ifndef LEAD_BASE_LINES_H
#define LEAD_BASE_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>

enum { LINES_MAX = 1 << 20 }; /* bytes of a line without its end */

/*
 * Reads through gz.h. A UTF-8 byte order mark in front is stepped over; UTF-16
 * and UTF-32 are refused by name.
 */
struct lines;

enum lines_charset {
	LINES_BYTES,  /* as they are */
	LINES_UTF8,   /* checked */
	LINES_LATIN1, /* made UTF-8 (utf8.h) */
};

struct lines_options {
	enum lines_charset charset;
	bool lone_cr;       /* a CR without LF ends a line too */
	unsigned max_ratio; /* of gz_open() */
};

/* NULL and errno. path is borrowed. lines_close(). */
struct lines *lines_open(const char *path, const struct lines_options *o);
void lines_close(struct lines *l); /* NULL does nothing */

enum lines_verdict {
	LINES_END,
	LINES_LINE,
	LINES_LONG, /* over LINES_MAX: text is its first bytes, the rest skipped */
	LINES_CUT,  /* the last line, which ends inside a UTF-8 character */
	LINES_FAIL, /* lines_error() */
};

/* Borrowed until the next lines_next(). */
struct line {
	struct text text; /* without CR, CR LF or LF */
	struct text end;  /* those; empty at the end of the file */
	uint64_t number;  /* 1 is the first */
	uint64_t offset;  /* of its first byte in the decompressed file */
};

enum lines_verdict lines_next(struct lines *l, struct line *line);

/*
 * Let the lines of text, with their ends, be read (again) before the rest:
 * number and offset are those of the first. text is copied, and was made UTF-8.
 */
void lines_again(struct lines *l, struct text text, uint64_t number,
    uint64_t offset);
bool lines_has_again(const struct lines *l); /* some of them are left */

/* Words, and whether the machine is at fault (exit 2), not the data. */
const char *lines_error(const struct lines *l);
bool lines_error_is_system(const struct lines *l);

/* The line that LINES_FAIL is about, or 0. */
uint64_t lines_number(const struct lines *l);

/* Compressed bytes read so far. */
uint64_t lines_bytes_in(const struct lines *l);

/* A remark after a sound end (gz_note()), or NULL. */
const char *lines_note(const struct lines *l);

#endif
