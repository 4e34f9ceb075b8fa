/* walks, removal: what a chain brings without a channel */
#include <lead/domain/credit/walks.h>

#include "tap.h"

static struct dict *names;

static const char *
walk(struct walks *w, const char *path, int conversions, int value, int nulls)
{
	uint32_t name[64];
	size_t n = 0;
	struct text rest = text_of(path), part;

	while (text_next(&rest, ' ', &part))
		name[n++] = dict_add(names, part);
	return walks_add(w, name, n, &(struct walks_end){ conversions, value, nulls });
}

static bool
near(long double a, double b)
{
	return a - b < 1e-13 && b - a < 1e-13;
}

/* want: for each name in byte order, then for all, conversions and value. */
static void
effects(struct walks *w, const double (*want)[2], size_t n, const char *title)
{
	struct walks_effects e;

	walks_effects(w, names, 1, &e);
	ok(e.n == n, "%s: %zu names", title, n);
	for (size_t i = 0; i <= n && e.n == n; i++) {
		ok(near(e.without[i].conversions, want[i][0]), "%s: conversions %zu: %.15Lg",
		    title, i, e.without[i].conversions);
		ok(near(e.without[i].value, want[i][1]), "%s: value %zu: %.15Lg", title, i,
		    e.without[i].value);
	}
	walks_effects_clear(&e);
	walks_free(w);
}

/* A goes to B 3 times and converts 3 times, B always goes back to A. */
static void
published(void)
{
	static const double want[][2] = { { 0, 0 }, { .5, .5 }, { 1, 1 } };
	struct walks *w = walks_new(1);

	walk(w, "A B A B B A", 1, 1, 0);
	walk(w, "A B B A A", 1, 1, 0);
	walk(w, "A A", 1, 1, 0);
	effects(w, want, 2, "three paths");
}

/*
 * Of 4 walks 3 begin in a and 1 in b. a: 2 to b, 1 converts for 10. b: 1 converts
 * for 2, 2 are lost. In all 2/4 convert; without a none but b's own start: 1/4 of
 * 1/3; without b a's third of 3/4. Values: a's end brings 10, b's 2 a walk that
 * converts.
 */
static void
values(void)
{
	static const double want[][2] = { { 1. / 12, 2. / 12 }, { .25, 2.5 }, { .5, 3 } };
	struct walks *w = walks_new(1);

	walk(w, "a", 1, 10, 0);
	walk(w, "a b", 1, 2, 1);
	walk(w, "b", 0, 0, 1);
	effects(w, want, 2, "values and nulls");
}

/*
 * Order 2 remembers: x y always converts, z y never does; order 1 would mix them
 * in y. States: (x y), (z y), (x). Without x nothing, without y the lone x.
 */
static void
memory(void)
{
	static const double want[][2] = { { 0, 0 }, { .25, .25 }, { .75, .75 }, { .75, .75 } };
	struct walks *w = walks_new(2);

	walk(w, "x y", 2, 2, 0);
	walk(w, "z y", 0, 0, 1);
	walk(w, "x x", 1, 1, 0);
	effects(w, want, 3, "order 2");
}

/* A walk of ten thousand steps between two names, one of which ends it. */
static void
long_walk(void)
{
	static const double want[][2] = { { 0, 0 }, { 0, 0 }, { 1, 7 } };
	uint32_t name[10000];
	struct walks *w = walks_new(1);

	for (size_t i = 0; i < 10000; i++)
		name[i] = dict_add(names, i % 2 ? TEXT("B") : TEXT("A"));
	walks_add(w, name, 10000, &(struct walks_end){ 1, 7, 0 });
	effects(w, want, 2, "ten thousand touches");
}

/* The parts' counts put together are the walks of the whole. */
static void
parts(void)
{
	static const double want[][2] = { { 1. / 12, 2. / 12 }, { .25, 2.5 }, { .5, 3 } };
	struct walks *all = walks_new(1), *part[2] = { walks_new(1), walks_new(1) };
	struct walks_count c;

	walk(part[0], "a", 1, 10, 0);
	walk(part[1], "a b", 1, 2, 1);
	walk(part[0], "b", 0, 0, 1);
	for (size_t p = 0; p < 2; p++) {
		for (size_t i = 0; walks_get(part[p], i, &c); i++)
			ok(walks_put(all, &c) == NULL, "a count is taken back");
		walks_free(part[p]);
	}
	effects(all, want, 2, "parts");
}

/*
 * Large chains are swept: 100 names, each of which leads to each other and to an
 * end, once. By symmetry x = P(conversion) of a state of n - 1 ways and two ends
 * with r ways removed: x = (1 + (n - 1 - r) x) / (n + 1).
 */
static void
large(void)
{
	enum { N = 100 };
	struct walks *w = walks_new(2);
	struct walks_effects e;
	char path[64];
	double all = 0.5, without;

	for (int a = 0; a < N; a++)
		for (int b = 0; b < N; b++) {
			if (a == b)
				continue;
			snprintf(path, sizeof(path), "n%02d n%02d", a, b);
			walk(w, path, 1, 3, 1);
			for (int c = 0; c < N; c++) {
				snprintf(path, sizeof(path), "n%02d n%02d n%02d", a, b, c);
				if (b != c)
					walk(w, path, 1, 3, 1);
			}
		}
	walks_effects(w, names, 1, &e);
	ok(e.n == N, "a hundred names");
	ok(near(e.without[N].conversions, all) && near(e.without[N].value, 1.5),
	    "half of the walks of a large chain convert");
	/* Each state: 2 ways that end for its own walk, 2 for each of 99 that come
	 * by, 2 to each of 99: 200 of 398 ways end. Without a name 98 * 2 are left. */
	without = 100. / (398 - 2 * 98) * 98 / 100;
	for (size_t i = 0; i < N; i += 33)
		ok(near(e.without[i].conversions, without), "without %zu: %.15Lg", i,
		    e.without[i].conversions);
	walks_effects_clear(&e);
	walks_free(w);
}

static void
bounds(void)
{
	struct walks *w = walks_new(1);
	struct walks_effects e;
	uint32_t n = WALKS_STATES_MAX;
	const char *why = NULL;

	for (uint32_t i = 0; i < n && why == NULL; i++)
		why = walks_add(w, &i, 1, &(struct walks_end){ 1, 0, 0 });
	ok(why == NULL, "20,000 states are a chain");
	ok(walks_add(w, &n, 1, &(struct walks_end){ 1, 0, 0 }) != NULL, "one more is not");
	n = 3;
	ok(walks_add(w, &n, 1, &(struct walks_end){ 1, 0, 0 }) == NULL, "known ones go on");
	walks_free(w);
	w = walks_new(3);
	walks_effects(w, names, 1, &e);
	ok(e.n == 0 && near(e.without[0].conversions, 0), "no walks bring nothing");
	walks_effects_clear(&e);
	walks_free(w);
}

int
main(void)
{
	names = dict_new();
	published();
	values();
	memory();
	long_walk();
	parts();
	large();
	bounds();
	dict_free(names);
	return tap_end();
}
