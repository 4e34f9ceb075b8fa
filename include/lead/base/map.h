/* map.h - which number has this key? */
#ifndef LEAD_BASE_MAP_H
#define LEAD_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/hash.h>

/*
 * A map gives each key the next number, 0 1 2 …, in the order of first sight.
 * It holds hashes, not keys: 27 to 48 bytes a key. The caller keeps what
 * belongs to number n in arrays of its own.
 */
struct map;

enum { MAP_NONE = UINT32_MAX };

struct map *map_new(void);
void map_free(struct map *m); /* NULL does nothing */

/* Forget all keys; a large table is given back. */
void map_clear(struct map *m);

/* How many keys there are, and bytes held. */
uint32_t map_count(const struct map *m);
size_t map_bytes(const struct map *m);

/* Fetch the slot of h ahead of time. */
void map_prefetch(const struct map *m, struct hash h);

/* The number of h; a new key gets the next one and *added is true. */
uint32_t map_add(struct map *m, struct hash h, bool *added);

/* The number of h, or MAP_NONE. */
uint32_t map_get(const struct map *m, struct hash h);

#endif
