/* quota.c - which cut lets through no more leads than sales can serve? */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/score/quota.h>

const char *const quota_columns[] = { "cut", "leads", "weeks", "leads_per_week", NULL };

/* A lead is new at cuts above before, up to best. */
struct quota {
	size_t most; /* leads in the window */
	int64_t *before, *best;
	size_t n, before_cap, best_cap;
	char number[QUOTA_CELLS][NUM_TEXT];
	struct text cell[QUOTA_CELLS];
};

struct quota *
quota_new(struct text capacity)
{
	struct quota *q;
	int64_t a_week;

	if (text_ends(capacity, TEXT("/week")))
		capacity.len -= strlen("/week");
	if (num_parse_count(capacity, &a_week) != NUM_OK || a_week > INT32_MAX)
		return NULL;
	q = mem_new(1, sizeof(*q));
	q->most = (size_t)a_week * QUOTA_WEEKS;
	return q;
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

int64_t
quota_window_us(int64_t as_of_us)
{
	return as_of_us - QUOTA_WEEKS * 7 * WHEN_DAY;
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
static void
find_cut(struct quota *q, int64_t *cut, size_t *leads)
{
	size_t in = 0, out = 0;

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
		if (in - out > q->most)
			break;
		*cut = at;
		*leads = in - out;
	}
}

const struct text *
quota_row(struct quota *q)
{
	int64_t cut, mean = 0;
	size_t leads;

	if (q->n == 0)
		return NULL;
	find_cut(q, &cut, &leads);
	num_ratio((num_wide)leads, QUOTA_WEEKS, &mean);
	q->cell[0] = num_put(q->number[0], cut);
	q->cell[1] = num_put_count(q->number[1], (int64_t)leads);
	q->cell[2] = num_put_count(q->number[2], QUOTA_WEEKS);
	q->cell[3] = num_put(q->number[3], mean);
	return q->cell;
}
