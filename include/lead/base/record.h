/* record.h - some columns of a row in few bytes, and back */
#ifndef LEAD_BASE_RECORD_H
#define LEAD_BASE_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/text.h>
#include <lead/base/tsv.h>

/*
 * Which columns are kept, and their dictionaries (cell.h). A record is the
 * row's two order terms and its cells; it can be copied anywhere, and is read
 * with the shape that wrote it.
 */
struct record_shape;

/* columns: table columns, those named twice are kept once. tie: the column
 * compared first, or -1. memory: the more, the larger the dictionaries (at most
 * all of it, at most 8,192 texts a column). */
struct record_shape *record_shape_new(const int *columns, size_t n, int tie,
    size_t table_columns, size_t memory);
void record_shape_free(struct record_shape *s);

/* Column col is the text that when_parse() turned into at: kept for free. */
void record_keep_time(struct record_shape *s, int col);

/* The place of a table column among the kept; -1: not kept, or col < 0. */
int record_slot(const struct record_shape *s, int col);

/* Bytes that the record of row r takes at most. */
size_t record_most(const struct record_shape *s, const struct tsv_block *b,
    size_t r);

/* Write the record; returns the byte after it. */
unsigned char *record_put(struct record_shape *s, unsigned char *to, int64_t at,
    uint32_t minor, const struct tsv_block *b, size_t r);

/* The byte after it. */
const unsigned char *record_end(const struct record_shape *s,
    const unsigned char *from);

/* Its order terms. */
void record_terms(const unsigned char *from, int64_t *at, uint32_t *minor);

/* The cell in a slot; a packed text is unpacked into the arena. The cells of
 * the last record are remembered by its address: record_forget() when another
 * may come to lie there. */
struct text record_text(struct record_shape *s, const unsigned char *from,
    int slot, struct arena *plain);
void record_forget(struct record_shape *s);

/* <0, 0, >0 for two records of one shape with equal order terms: by the tie
 * column's bytes, then by those of all kept columns. */
int record_compare(const struct record_shape *s, const unsigned char *x,
    const unsigned char *y);

#endif
