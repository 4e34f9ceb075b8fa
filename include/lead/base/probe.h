/* probe.h - which of the caller's numbered things is this? */
#ifndef LEAD_BASE_PROBE_H
#define LEAD_BASE_PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/hash.h>

/*
 * Numbers of things that the caller holds, found by hash: 9 to 14 bytes each.
 * A quarter of the hash is kept, so the caller says whether a thing is the one
 * (map.h keeps all of it, asks nobody and is larger).
 */
struct probe;

enum { PROBE_NONE = UINT32_MAX };

/* Is thing number n the one that is looked for? */
typedef bool probe_same(const void *ctx, uint32_t n);

struct probe *probe_new(void);
void probe_free(struct probe *p); /* NULL does nothing */

/* The number of the thing of this hash, or PROBE_NONE. */
uint32_t probe_find(const struct probe *p, struct hash h, probe_same *same,
    const void *ctx);

/* n < PROBE_NONE is found by h from now on; it was not before. */
void probe_add(struct probe *p, struct hash h, uint32_t n);

size_t probe_bytes(const struct probe *p);

#endif
