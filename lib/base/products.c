/* products.c - the files that one run writes: all of them whole, or none */
#include <errno.h>

#include <lead/base/products.h>

struct out *
products_create(struct products *p, const char *path)
{
	struct out *o;

	p->failed = path != NULL ? path : "<stdout>";
	if (p->n == PRODUCTS_MAX) {
		errno = EMFILE;
		return NULL;
	}
	if ((o = out_create(path)) == NULL)
		return NULL;
	p->name[p->n] = p->failed;
	p->out[p->n++] = o;
	return o;
}

int
products_commit(struct products *p, struct out *o)
{
	for (size_t i = 0; i < p->n; i++) {
		if (p->out[i] != o)
			continue;
		p->failed = p->name[i];
		p->out[i] = NULL;
		return out_commit(o);
	}
	return 0;
}

int
products_commit_all(struct products *p, struct out *last)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->out[i] != NULL && out_flush(p->out[i]) != 0) {
			p->failed = p->name[i];
			errno = p->out[i]->error;
			return -1;
		}
	for (size_t i = 0; i < p->n; i++)
		if (p->out[i] != NULL && p->out[i] != last &&
		    products_commit(p, p->out[i]) != 0)
			return -1;
	return last != NULL ? products_commit(p, last) : 0;
}

void
products_abandon(struct products *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->out[i] != NULL)
			out_abandon(p->out[i]);
	p->n = 0;
}

const char *
products_failed(const struct products *p)
{
	return p->failed;
}
