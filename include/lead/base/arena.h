/* arena.h - memory of one group or one run, given back all at once */
#ifndef LEAD_BASE_ARENA_H
#define LEAD_BASE_ARENA_H

#include <stddef.h>

#include <lead/base/text.h>

struct arena_chunk;

/* { 0 } is an empty arena. */
struct arena {
	struct arena_chunk *chunks;
	char *at, *end;
	size_t bytes; /* handed to the arena by the system */
};

/* n bytes, aligned to 16, not set. Lives until arena_reset or arena_clear. As mem.h's,
 * these end the program (exit 2) when memory is out or a size overflows. */
void *arena_alloc(struct arena *a, size_t n);

/* n objects of size bytes, zeroed. */
void *arena_new(struct arena *a, size_t n, size_t size);

/* A copy of t in the arena, packed (not aligned). */
struct text arena_text(struct arena *a, struct text t);

/* Forget all that was handed out; the largest chunk is kept for reuse. */
void arena_reset(struct arena *a);

/* Give everything back. */
void arena_clear(struct arena *a);

#endif
