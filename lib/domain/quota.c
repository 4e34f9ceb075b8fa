/* quota.c - which cut lets through no more leads than sales can serve? */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/quota.h>

/* A lead is new at cuts above before, up to best. */
struct quota {
	int64_t *before, *best;
	size_t n, before_cap, best_cap;
};

struct quota *
quota_new(void)
{
	return mem_new(1, sizeof(struct quota));
}

void
quota_free(struct quota *q)
{
	if (q == NULL)
		return;
	mem_free(q->before);
	mem_free(q->best);
	mem_free(q);
}

bool
quota_parse(struct text t, size_t *a_week)
{
	int64_t n;

	if (text_ends(t, TEXT("/week")))
		t.len -= strlen("/week");
	if (num_parse_count(t, &n) != NUM_OK || n > INT32_MAX)
		return false;
	*a_week = (size_t)n;
	return true;
}

void
quota_add(struct quota *q, int64_t before, int64_t best)
{
	if (best <= before)
		return;
	q->before = mem_grow(q->before, &q->before_cap, q->n + 1, sizeof(*q->before),
	    UINT32_MAX, "leads");
	q->best = mem_grow(q->best, &q->best_cap, q->n + 1, sizeof(*q->best),
	    UINT32_MAX, "leads");
	q->before[q->n] = before;
	q->best[q->n++] = best;
}

static int
descending(const void *pa, const void *pb)
{
	const int64_t *a = pa, *b = pb;

	return (*a < *b) - (*a > *b);
}

/*
 * Cuts go down from one best score to the next. At a cut new are those whose
 * best reaches it, less those who had reached it before the window.
 */
bool
quota_cut(struct quota *q, size_t most, int64_t *cut, size_t *leads)
{
	size_t in = 0, out = 0;

	if (q->n == 0)
		return false;
	qsort(q->best, q->n, sizeof(*q->best), descending);
	qsort(q->before, q->n, sizeof(*q->before), descending);
	*cut = q->best[0] + 1;
	*leads = 0;
	while (in < q->n) {
		int64_t at = q->best[in];

		while (in < q->n && q->best[in] == at)
			in++;
		while (out < q->n && q->before[out] >= at)
			out++;
		if (in - out > most)
			break;
		*cut = at;
		*leads = in - out;
	}
	return true;
}
