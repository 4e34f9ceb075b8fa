/* mem.c - memory that is there or ends the program with a message */
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <lead/base/diag.h>
#include <lead/base/mem.h>

enum { FIRST = 16 }; /* objects of an array that grows */

static _Noreturn void
out_of_memory(void)
{
	diag_die(DIAG_REQUEST, NULL, "out of memory");
}

/*
 * In builds for tests (-DLEAD_FAULTS) the k-th allocation fails when the
 * environment says LEAD_OOM_AT=k: a fault that sanitizers can watch.
 */
static void
fault(void)
{
#ifdef LEAD_FAULTS
	static long left = -1;
	const char *at;

	if (left < 0)
		left = (at = getenv("LEAD_OOM_AT")) != NULL
		    ? strtol(at, NULL, 10) : 0;
	if (left > 0 && --left == 0)
		out_of_memory();
#endif
}

static size_t
bytes(size_t n, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(n, size, &total) || total > PTRDIFF_MAX)
		out_of_memory();
	return total != 0 ? total : 1;
}

void *
mem_new(size_t n, size_t size)
{
	void *p;

	fault();
	p = calloc(1, bytes(n, size));
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_raw(size_t n, size_t size)
{
	void *p;

	fault();
	p = malloc(bytes(n, size));
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_resize(void *p, size_t n, size_t size)
{
	fault();
	p = realloc(p, bytes(n, size));
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_grow(void *p, size_t *cap, size_t need, size_t size, size_t max,
    const char *what)
{
	size_t to = *cap != 0 ? *cap : FIRST;

	if (need <= *cap)
		return p;
	if (need > max)
		diag_die(DIAG_REQUEST, NULL, "%s: more than %zu", what, max);
	while (to < need)
		to = to > max / 2 ? max : to * 2;
	to = to < max ? to : max;
	p = mem_resize(p, to, size);
	*cap = to;
	return p;
}

void
mem_big_apart(void)
{
	enum { BIG = 256 << 10 };

	mallopt(M_MMAP_THRESHOLD, BIG);
}

char *
mem_copy(const char *s, size_t n)
{
	char *p = mem_raw(n + 1, 1);

	if (n != 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

struct text
mem_text(struct text t)
{
	return (struct text){ mem_copy(t.s, t.len), t.len };
}

void
mem_free(void *p)
{
	free(p);
}

/* A text says const of what it lends; these bytes are the caller's own. */
void
mem_free_text(struct text t)
{
	free((char *)(uintptr_t)t.s);
}

/* Twice over at the edges, so that the pages begin at a huge page's start. */
void *
mem_map(size_t n)
{
	static const size_t HUGE_PAGE = (size_t)2 << 20, PAGE = 4096;
	size_t whole, skip;
	char *p;

	fault();
	if (n > PTRDIFF_MAX - HUGE_PAGE)
		out_of_memory();
	whole = (n + PAGE - 1) / PAGE * PAGE;
	p = mmap(NULL, whole + HUGE_PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (p == MAP_FAILED)
		out_of_memory();
	skip = -(uintptr_t)p & (HUGE_PAGE - 1);
	if (skip != 0)
		munmap(p, skip);
	munmap(p + skip + whole, HUGE_PAGE - skip);
	madvise(p + skip, whole, MADV_HUGEPAGE);
	return p + skip;
}

void
mem_unmap(void *p, size_t n)
{
	munmap(p, n);
}
