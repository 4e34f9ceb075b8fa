/* Memory: what overflows is out of memory, and ceilings hold. */
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <lead/base/arena.h>
#include <lead/base/mem.h>

#include "tap.h"

static void
new_array(size_t n, size_t size)
{
	mem_new(n, size);
}

static void
new_in_arena(size_t n, size_t size)
{
	struct arena a = { 0 };

	arena_new(&a, n, size);
}

static void
alloc_in_arena(size_t n, size_t size)
{
	struct arena a = { 0 };

	(void)size;
	arena_alloc(&a, n);
}

static void
grow(size_t n, size_t max)
{
	size_t cap = 0;

	mem_grow(NULL, &cap, n, 1, max, "things");
}

/* Does fn(n, size) end a program with exit 2? */
static bool
dies(void fn(size_t, size_t), size_t n, size_t size)
{
	pid_t child;
	int status = 0;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		close(STDERR_FILENO);
		fn(n, size);
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 2;
}

int
main(void)
{
	size_t cap = 0;
	char *p = mem_grow(NULL, &cap, 3, 1, 5, "things");

	ok(cap == 5, "an array of few things grows to its ceiling, not past it");
	mem_free(p);
	ok(dies(grow, 6, 5), "past its ceiling the program ends");
	ok(dies(new_array, SIZE_MAX / 2, 3), "an array whose size overflows");
	ok(dies(new_in_arena, SIZE_MAX / 2, 3), "an array in an arena whose size overflows");
	ok(dies(alloc_in_arena, SIZE_MAX, 1), "bytes in an arena, as many as there are");
	ok(dies(alloc_in_arena, SIZE_MAX - 8, 1), "bytes in an arena, and its head, overflow");
	return tap_end();
}
