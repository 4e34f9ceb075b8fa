/* pool.h - very many small records, each named by a 32-bit number */
#ifndef LEAD_BASE_POOL_H
#define LEAD_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Records lie one behind the other in chunks of 4 MiB, at even addresses; a
 * reference counts units of two bytes. So 8 GiB of records have 4-byte names.
 */
enum { POOL_UNIT = 2, POOL_CHUNK_BITS = 21 }; /* units of a chunk */
enum { POOL_RECORD_MAX = 3 << 20 };           /* bytes */

/* { 0 } is empty. */
struct pool {
	unsigned char **chunks;
	size_t nchunks, cap;
	uint32_t next; /* reference of the next record; 0 names none */
};

/*
 * Room for a record of at most n <= POOL_RECORD_MAX bytes, and its reference.
 * It is taken with pool_take(); until then the next call gives the same room.
 * Ends the program when all references are used up.
 */
unsigned char *pool_room(struct pool *p, size_t n, uint32_t *ref);

/* The record that pool_room() gave ends here. */
static inline void
pool_take(struct pool *p, uint32_t ref, size_t n)
{
	p->next = ref + (uint32_t)((n + POOL_UNIT - 1) / POOL_UNIT);
}

static inline unsigned char *
pool_at(const struct pool *p, uint32_t ref)
{
	uint32_t in_chunk = ref & ((1u << POOL_CHUNK_BITS) - 1);

	return p->chunks[ref >> POOL_CHUNK_BITS] + (size_t)in_chunk * POOL_UNIT;
}

/* Few references are left. */
static inline bool
pool_is_full(const struct pool *p)
{
	return p->next > UINT32_MAX - (4u << POOL_CHUNK_BITS);
}

/* Bytes of records so far. */
static inline size_t
pool_bytes(const struct pool *p)
{
	return (size_t)p->next * POOL_UNIT;
}

/* Forget all records; one chunk is kept for reuse. */
void pool_reset(struct pool *p);

/* Give everything back. */
void pool_clear(struct pool *p);

#endif
