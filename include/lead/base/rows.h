/* rows.h - which lines of a stretch of bytes are sound rows? */
#ifndef LEAD_BASE_ROWS_H
#define LEAD_BASE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/tsv.h>

/* The separators of some bytes, and how far the rows were given out. { 0 } has
 * none. */
struct rows {
	const char *base;
	uint32_t *mem, *end;  /* offsets of tabs and line feeds; end[-1] + 1 == 0 */
	size_t cap;
	size_t at, n;         /* of end[]: the next, and those of whole lines */
	uint32_t from;        /* where the next line begins */
	unsigned seen;        /* enum scan_seen of all bytes */
	struct text header;   /* borrowed: such a line is no row; or none */
	char why[80];
};

/* Find the lines of t, which outlives their use; 64 bytes behind it must be
 * readable. */
void rows_index(struct rows *w, struct text t);

/* Forget them; the memory is kept until rows_free(). */
void rows_clear(struct rows *w);
void rows_free(struct rows *w);

/* Is there a line left? */
static inline bool
rows_left(const struct rows *w)
{
	return w->at < w->n;
}

/* Offset behind the last line given out: all of them once none is left. */
static inline size_t
rows_end(const struct rows *w)
{
	return w->from;
}

/*
 * Take the sound rows of ncols fields up to the first line that is none: how
 * many. Of b the fields base, end, nrows, ncols and escaped are set.
 */
size_t rows_sound(struct rows *w, size_t ncols, struct tsv_block *b);

/* Why a line is no row: a word for counts, words for people, its bytes. */
struct rows_fault {
	const char *reason, *words;
	struct text line; /* at most TSV_LINE_MAX of it */
};

/* After rows_sound() gave 0: step past the bad line. */
void rows_skip(struct rows *w, size_t ncols, struct rows_fault *fault);

#endif
