/* gz.h - bytes of a file, gzipped or not, in chunks */
#ifndef LEAD_BASE_GZ_H
#define LEAD_BASE_GZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * Reads path ("-": standard input). gzip is known by its first bytes (RFC
 * 1952), whatever the name: members one after the other, zero padding, header
 * fields all read; anything spoiled, cut or trailing is an error. A plain file
 * is passed through; an empty one named *.gz, and .Z .bz2 .xz .zst .zip data,
 * are refused. Inflate runs ahead on a thread.
 */
struct gz;

/* NULL and errno. max_ratio: refuse 64 MiB or more of text that come from less
 * than 1/max_ratio of that (200 by default; 0: no limit). */
struct gz *gz_open(const char *path, unsigned max_ratio);

enum { GZ_KEEP = (1 << 20) + 4096 };

/*
 * The next bytes. The last keep bytes (at most GZ_KEEP) of the chunk before
 * are placed right in front of them: chunk->s[-keep] … chunk->s[-1] are valid.
 * 64 readable bytes follow the chunk. Borrowed until the next call.
 * 1: a chunk, never empty. 0: the sound end. -1: gz_error() says why.
 */
int gz_next(struct gz *g, size_t keep, struct text *chunk);

/* Words for a spoiled file ("damaged gzip: …"), or for errno; and whether it
 * is the machine's fault (exit 2) rather than the data's (exit 1). */
const char *gz_error(const struct gz *g);
bool gz_error_is_system(const struct gz *g);

/* A remark after a sound end ("64 zero bytes after the last member") or NULL. */
const char *gz_note(const struct gz *g);

/* Bytes read from the file so far (compressed). */
uint64_t gz_bytes_in(const struct gz *g);

void gz_close(struct gz *g); /* NULL does nothing */

/*
 * The whole of a small file (rules, maps, conf), at most max bytes, followed
 * by a NUL that is not counted; owned by the caller (mem_free). s is NULL on
 * failure and *why says it (static words).
 */
struct text gz_slurp(const char *path, size_t max, const char **why);

/*
 * gzip out, one member, no name and time 0: the same bytes for the same data.
 * emit is called with compressed bytes; it returns 0, or -1 to stop.
 */
struct gz_out;

struct gz_out *gz_out_new(int level,
    int (*emit)(void *ctx, const void *from, size_t n), void *ctx);
int gz_out_put(struct gz_out *o, const void *from, size_t n);
int gz_out_finish(struct gz_out *o); /* trailer written; 0 or -1 */
void gz_out_free(struct gz_out *o);

#endif
