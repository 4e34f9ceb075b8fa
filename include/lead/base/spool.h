/* spool.h - rows set aside in the order they came, past a bound in a file */
#ifndef LEAD_BASE_SPOOL_H
#define LEAD_BASE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/hash.h>
#include <lead/base/text.h>

enum { SPOOL_ROW_MAX = (1 << 20) + 4096 };

/*
 * Rows are added at the end and read again by their place, or all in order.
 * The newest stay in memory, older ones go to a nameless file.
 */
struct spool;

/* memory: bytes to hold before the oldest rows are written out (4 MiB at
 * least). dir: NULL is TMPDIR, else /tmp. */
struct spool *spool_new(size_t memory, const char *dir);
void spool_free(struct spool *s); /* NULL does nothing */

/* What the caller wants back with a row. */
struct spool_tag {
	struct hash key, bytes;
};

/* Places are byte offsets, at least SPOOL_STEP apart. */
enum { SPOOL_STEP = 32 };

/* Set row (at most SPOOL_ROW_MAX bytes) aside. 0 and its place; or -1 and
 * errno when the file failed. */
int spool_add(struct spool *s, const struct spool_tag *tag, struct text row,
    uint64_t *place);

/* The row of a place, borrowed until the next spool_get() or spool_add(). 0,
 * or -1 and errno. */
int spool_get(struct spool *s, uint64_t place, struct text *row);

struct spool_row {
	uint64_t place;
	struct spool_tag tag;
	struct text row;
};

/* All rows in order: 1 and a row, borrowed until the next spool_next(); 0 when
 * all were given; -1 and errno. No spool_add() from here on. */
int spool_next(struct spool *s, struct spool_row *row);

/* spool_next() begins with the first row again. */
void spool_rewind(struct spool *s);

/* Every place is less than this. */
uint64_t spool_end(const struct spool *s);

/* Bytes written to the file so far. */
uint64_t spool_spilled(const struct spool *s);

#endif
