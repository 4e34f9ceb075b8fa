/* sort.c - many small items in order, ties settled by the caller */
#include <stdbool.h>
#include <string.h>

#include <lead/base/crew.h>
#include <lead/base/sort.h>

enum {
	SMALL = 16,          /* items that insertion sorts faster than merging */
	WORTH_A_THREAD = 1 << 15,
};

/* Big end first, as if zeros followed a short text. */
struct sort_item
sort_text(struct text t, uint32_t ref)
{
	unsigned char first[12] = { 0 };
	struct sort_item item = { .ref = ref };
	size_t n = t.len < sizeof(first) ? t.len : sizeof(first);

	if (n != 0)
		memcpy(first, t.s, n);
	for (int i = 0; i < 8; i++)
		item.a = item.a << 8 | first[i];
	for (int i = 8; i < 12; i++)
		item.b = item.b << 8 | first[i];
	return item;
}

struct rule {
	sort_tie *tie;
	const void *ctx;
};

static bool
less(const struct rule *r, const struct sort_item *x, const struct sort_item *y)
{
	if (x->a != y->a)
		return x->a < y->a;
	if (x->b != y->b)
		return x->b < y->b;
	return r->tie(r->ctx, x->ref, y->ref) < 0;
}

static void
insertion(const struct rule *r, struct sort_item *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct sort_item x = v[i];
		size_t at = i;

		while (at > 0 && less(r, &x, &v[at - 1])) {
			v[at] = v[at - 1];
			at--;
		}
		v[at] = x;
	}
}

/* v[0..mid-1] and v[mid..n-1] are in order: make v so. The left half is moved
 * out of the way, so writing never overtakes reading. */
static void
merge(const struct rule *r, struct sort_item *v, size_t mid, size_t n,
    struct sort_item *scratch)
{
	size_t left = 0, right = mid, to = 0;

	if (mid == 0 || mid >= n || !less(r, &v[mid], &v[mid - 1]))
		return;
	memcpy(scratch, v, mid * sizeof(*v));
	while (left < mid && right < n)
		v[to++] = less(r, &v[right], &scratch[left]) ? v[right++]
							     : scratch[left++];
	memcpy(v + to, scratch + left, (mid - left) * sizeof(*v));
}

static void
merge_sort(const struct rule *r, struct sort_item *v, size_t n,
    struct sort_item *scratch)
{
	for (size_t from = 0; from < n; from += SMALL)
		insertion(r, v + from, n - from < SMALL ? n - from : SMALL);
	for (size_t run = SMALL; run < n; run *= 2)
		for (size_t from = 0; from + run < n; from += 2 * run)
			merge(r, v + from, run,
			    n - from < 2 * run ? n - from : 2 * run, scratch + from);
}

struct job {
	const struct rule *rule;
	struct sort_item *v, *scratch;
	size_t mid, n; /* mid 0: sort; else merge two parts in order */
};

static void
work(void *ctx)
{
	const struct job *j = ctx;

	if (j->mid == 0)
		merge_sort(j->rule, j->v, j->n, j->scratch);
	else
		merge(j->rule, j->v, j->mid, j->n, j->scratch);
}

/* Parts of step items sorted side by side, then merged two by two. */
static void
sort_in_parts(const struct rule *r, struct sort_item *v, size_t n,
    struct sort_item *scratch, size_t parts)
{
	size_t step = (n + parts - 1) / parts;

	for (size_t mid = 0; mid < n; mid = mid == 0 ? step : mid * 2) {
		size_t wide = mid == 0 ? step : mid * 2, njobs = 0;
		struct job jobs[CREW_MAX];

		for (size_t from = 0; from < n; from += wide)
			jobs[njobs++] = (struct job){ .rule = r, .v = v + from,
				.scratch = scratch + from, .mid = mid,
				.n = n - from < wide ? n - from : wide };
		crew_run(work, jobs, njobs, sizeof(*jobs));
	}
}

void
sort_items(struct sort_item *v, size_t n, struct sort_item *scratch,
    int threads, sort_tie *tie, const void *ctx)
{
	struct rule r = { tie, ctx };
	size_t parts = threads > 1 ? (size_t)threads : 1;

	if (parts > CREW_MAX)
		parts = CREW_MAX;
	if (parts > n / WORTH_A_THREAD)
		parts = n / WORTH_A_THREAD;
	if (n <= SMALL)
		insertion(&r, v, n);
	else if (parts <= 1)
		merge_sort(&r, v, n, scratch);
	else
		sort_in_parts(&r, v, n, scratch, parts);
}
