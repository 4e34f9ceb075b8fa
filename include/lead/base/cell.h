/* cell.h - a field in few bytes: a number, a packed id, or its own bytes */
#ifndef LEAD_BASE_CELL_H
#define LEAD_BASE_CELL_H

#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/text.h>

/*
 * The first byte says how a cell goes on. A column's few frequent texts are
 * numbers of one or two bytes; ids of hex digits or of hash_put() take half or
 * five eighths of their length; other texts stand as they are.
 */
enum {
	CELL_EMPTY = 0x00,
	CELL_NUMBER = 0xa0, /* below: a text of the dictionary in this one byte */
	CELL_TIME = 0xff, /* the text of the row's time: nothing follows */
	CELL_MORE = 5,    /* a cell is at most that much longer than its text */
	CELL_PLAIN = 64,  /* a packed text is at most that long */
};

/* One column's dictionary; it only grows, up to max texts (at most 8,351). */
struct cell_column;

struct cell_column *cell_column_new(uint32_t max);
void cell_column_free(struct cell_column *c);

/* Code t; c is its column, or NULL for none. Returns the byte after it. */
unsigned char *cell_put(struct cell_column *c, unsigned char *to, struct text t);

/* The byte after the cell at from. Most are one byte: no call for them. */
const unsigned char *cell_end_long(const unsigned char *from);

static inline const unsigned char *
cell_end(const unsigned char *from)
{
	return *from < CELL_NUMBER ? from + 1 : cell_end_long(from);
}

/*
 * The text of the cell at from; at is the row's time. It lies in the column's
 * dictionary, in the cell, or in plain: it lives as long as they do.
 */
struct text cell_get(const struct cell_column *c, const unsigned char *from,
    int64_t at, char plain[CELL_PLAIN]);

#endif
