/* spill.h - groups that did not fit in memory, in a nameless file */
#ifndef LEAD_BASE_SPILL_H
#define LEAD_BASE_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * Runs of groups, each run in byte order of the keys, go into one file one
 * behind the other; then all runs come back as one, groups of equal keys
 * joined. Rows are bytes, in no order. One descriptor, bounded buffers: too
 * many runs are first merged into fewer.
 */
struct spill;

/* memory: bytes for buffers. dir: NULL is TMPDIR, else /tmp. */
struct spill *spill_new(const char *dir, size_t memory);
void spill_free(struct spill *s); /* NULL does nothing */

/* All below that return int: 0, or -1 and errno. */

/* Write: run_begin (group row*)* run_end. mark: any bit of the caller's. */
int spill_run_begin(struct spill *s);
int spill_group(struct spill *s, struct text key, bool mark);
int spill_row(struct spill *s, struct text row); /* never empty */
int spill_run_end(struct spill *s);

/* Bytes written so far, merging included. */
uint64_t spill_bytes(const struct spill *s);

/* End the writing and get ready to read. */
int spill_read_begin(struct spill *s);

/* 1: the next group, *mark true when it was in any run; 0: no more; -1. Rows
 * of the group before that were not read are passed over. */
int spill_next_group(struct spill *s, struct text *key, bool *mark);

/* 1: the next row of the group, borrowed until the next call; 0; -1. */
int spill_next_row(struct spill *s, struct text *row);

#endif
