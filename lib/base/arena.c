/* arena.c - memory of one group or one run, given back all at once */
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/mem.h>

enum { ALIGN = 16, FIRST = 4096 };
static const size_t LARGEST = (size_t)1 << 20;

struct arena_chunk {
	struct arena_chunk *older;
	size_t size; /* of data */
	_Alignas(ALIGN) char data[];
};

static void
add_chunk(struct arena *a, size_t need)
{
	size_t size = a->chunks != NULL ? a->chunks->size * 2 : FIRST, whole;
	struct arena_chunk *c;

	if (size > LARGEST)
		size = LARGEST;
	if (size < need)
		size = need;
	if (__builtin_add_overflow(size, sizeof(*c), &whole))
		whole = SIZE_MAX; /* more than all memory: mem says so */
	c = mem_raw(1, whole);
	c->older = a->chunks;
	c->size = size;
	a->chunks = c;
	a->bytes += size;
	a->at = c->data;
	a->end = c->data + size;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	size_t skip = -(uintptr_t)a->at & (ALIGN - 1);
	void *p;

	if (n > SIZE_MAX / 2 || a->at == NULL ||
	    n + skip > (size_t)(a->end - a->at)) {
		add_chunk(a, n);
		skip = 0;
	}
	p = a->at + skip;
	a->at += skip + n;
	return p;
}

void *
arena_new(struct arena *a, size_t n, size_t size)
{
	size_t total;
	void *p;

	if (__builtin_mul_overflow(n, size, &total))
		total = SIZE_MAX; /* add_chunk says so */
	p = arena_alloc(a, total);
	return memset(p, 0, total);
}

struct text
arena_text(struct arena *a, struct text t)
{
	char *p;

	if (t.len == 0)
		return TEXT_NONE;
	if (a->at == NULL || t.len > (size_t)(a->end - a->at))
		add_chunk(a, t.len);
	p = a->at;
	a->at += t.len;
	memcpy(p, t.s, t.len);
	return (struct text){ p, t.len };
}

/* Free all chunks but keep. */
static void
free_chunks(struct arena *a, struct arena_chunk *keep)
{
	struct arena_chunk *older;

	for (struct arena_chunk *c = a->chunks; c != NULL; c = older) {
		older = c->older;
		if (c != keep)
			mem_free(c);
	}
	a->chunks = keep;
}

void
arena_reset(struct arena *a)
{
	struct arena_chunk *largest = a->chunks;

	if (largest == NULL)
		return;
	for (struct arena_chunk *c = a->chunks; c != NULL; c = c->older)
		if (c->size > largest->size)
			largest = c;
	free_chunks(a, largest);
	largest->older = NULL;
	a->bytes = largest->size;
	a->at = largest->data;
	a->end = largest->data + largest->size;
}

void
arena_clear(struct arena *a)
{
	free_chunks(a, NULL);
	*a = (struct arena){ 0 };
}
