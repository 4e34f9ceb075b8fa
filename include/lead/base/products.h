/* products.h - the files that one run writes: all of them whole, or none */
#ifndef LEAD_BASE_PRODUCTS_H
#define LEAD_BASE_PRODUCTS_H

#include <stddef.h>

#include <lead/base/out.h>

enum { PRODUCTS_MAX = 12 };

/* { 0 } has none. */
struct products {
	struct out *out[PRODUCTS_MAX];
	const char *name[PRODUCTS_MAX];
	size_t n;
	const char *failed;
};

/* One more, held until it is committed or abandoned. NULL and errno. */
struct out *products_create(struct products *p, const char *path);

/* One of them takes its name. 0, or -1 and errno. */
int products_commit(struct products *p, struct out *o);

/* All are flushed, then take their names, last of all standard output or what
 * stands for it. 0, or -1 and errno: the rest can be abandoned. */
int products_commit_all(struct products *p, struct out *last);

/* None of those left takes its name; standard output is marked as cut. */
void products_abandon(struct products *p);

/* The name of the one that failed. */
const char *products_failed(const struct products *p);

#endif
