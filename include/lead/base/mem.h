/* mem.h - memory that is there or ends the program with a message */
#ifndef LEAD_BASE_MEM_H
#define LEAD_BASE_MEM_H

#include <stddef.h>

#include <lead/base/text.h>

/*
 * n objects of size bytes each, zeroed. Ends the program (exit 2) when memory
 * is out or n * size overflows. Freed with mem_free().
 */
void *mem_new(size_t n, size_t size);

/* As mem_new, the bytes not set: for big buffers that are written first. */
void *mem_raw(size_t n, size_t size);

/* p resized to n objects; the bytes up to the smaller size are kept. */
void *mem_resize(void *p, size_t n, size_t size);

/*
 * p with room for need objects: *cap grows by doubling, never past max. Ends
 * the program (exit 2) naming what when need is more than max.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size, size_t max,
    const char *what);

/*
 * From here on blocks of 256 KiB and more are pages of their own: they grow
 * without a copy and go back to the system when they are freed. For programs of
 * few big arrays; others are faster without.
 */
void mem_big_apart(void);

/* A copy of n bytes with a NUL behind them. */
char *mem_copy(const char *s, size_t n);

/* The same of a text, given back by mem_free_text(). */
struct text mem_text(struct text t);

void mem_free(void *p);
void mem_free_text(struct text t);

/*
 * Zeroed pages straight from the system for big tables, n bytes of them, in
 * huge pages where there are any. Ends the program when there are none.
 */
void *mem_map(size_t n);

/* Give n bytes of such pages back; p at a page's start, n rounded up. */
void mem_unmap(void *p, size_t n);

#endif
