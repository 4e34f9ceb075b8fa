/* pool.c - very many small records, each named by a 32-bit number */
#include <lead/base/mem.h>
#include <lead/base/pool.h>

static const uint32_t CHUNK = 1u << POOL_CHUNK_BITS; /* units */

unsigned char *
pool_room(struct pool *p, size_t n, uint32_t *ref)
{
	uint32_t units = (uint32_t)((n + POOL_UNIT - 1) / POOL_UNIT);
	uint64_t at = p->next != 0 ? p->next : 1;

	if (units > CHUNK - (uint32_t)(at & (CHUNK - 1)))
		at = (at / CHUNK + 1) * CHUNK;
	if (at / CHUNK == p->nchunks) {
		p->chunks = mem_grow(p->chunks, &p->cap, p->nchunks + 1,
		    sizeof(*p->chunks), UINT32_MAX / CHUNK + 1, "chunks of rows");
		p->chunks[p->nchunks++] = mem_map((size_t)CHUNK * POOL_UNIT);
	}
	*ref = (uint32_t)at;
	return pool_at(p, *ref);
}

/* Unmap all chunks but the first keep. */
static void
shrink(struct pool *p, size_t keep)
{
	while (p->nchunks > keep)
		mem_unmap(p->chunks[--p->nchunks], (size_t)CHUNK * POOL_UNIT);
}

void
pool_reset(struct pool *p)
{
	shrink(p, 1);
	p->next = 0;
}

void
pool_clear(struct pool *p)
{
	shrink(p, 0);
	mem_free(p->chunks);
	*p = (struct pool){ 0 };
}
