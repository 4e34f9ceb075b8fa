/* given_test.c - runs of one key are groups, across blocks too */
#include <lead/base/given.h>

#include "tap.h"

static const int cols[] = { 1, 0 };

/* A block of two columns from rows "k v\n…" with tabs. */
static struct tsv_block
rows(const char *bytes)
{
	static uint32_t mem[4][64];
	static int turn;
	uint32_t *end = mem[turn++ % 4];
	size_t n = 0;

	end[0] = UINT32_MAX;
	for (uint32_t i = 0; bytes[i] != '\0'; i++)
		if (bytes[i] == '\t' || bytes[i] == '\n')
			end[++n] = i;
	return (struct tsv_block){ .base = bytes, .end = end + 1, .nrows = n / 2,
		.ncols = 2, .line = 2 };
}

static void
test_groups(void)
{
	struct given *v = given_new(0, cols, 2);
	struct tsv_block one = rows("a\t1\na\t2\n"), two = rows("a\t3\nb\t4\n");
	struct group g;

	ok(given_next(v, &g) == GIVEN_MORE, "nothing yet");
	given_add(v, &one);
	ok(given_next(v, &g) == GIVEN_MORE, "a run that may go on is not given");
	given_add(v, &two);
	ok(given_next(v, &g) == GIVEN_GROUP && g.nrows == 3 && text_is(g.key, "a"),
	    "a run over two blocks is one group");
	is(group_field(&g, 0, 1), "1", "first row kept");
	is(group_field(&g, 2, 1), "3", "last row kept");
	is(group_field(&g, 0, 0), "a", "its first column too");
	ok(given_next(v, &g) == GIVEN_MORE, "b may go on");
	given_end(v);
	ok(given_next(v, &g) == GIVEN_GROUP && g.nrows == 1 && text_is(g.key, "b"),
	    "the last run ends with the input");
	ok(given_next(v, &g) == GIVEN_END, "no more");
	given_free(v);
}

/* Files of one table may have its columns in another order. */
static void
test_places(void)
{
	static const int swapped[] = { 1, 0 };
	struct given *v = given_new(0, cols, 2);
	char bytes[] = "a\t1\n";
	struct tsv_block one = rows(bytes), two = rows("2\ta\n");
	struct group g;

	two.place = swapped;
	given_add(v, &one);
	ok(given_next(v, &g) == GIVEN_MORE, "the run may go on");
	memset(bytes, '?', sizeof(bytes)); /* the block goes */
	given_add(v, &two);
	given_next(v, &g);
	given_end(v);
	ok(given_next(v, &g) == GIVEN_GROUP && g.nrows == 2, "a run over two files");
	is(group_field(&g, 0, 1), "1", "a row of the first");
	is(group_field(&g, 1, 1), "2", "and one of the second");
	given_free(v);
}

static void
test_order(void)
{
	struct given *v = given_new(0, cols, 2);
	struct tsv_block b = rows("b\t1\na\t2\n");
	struct group g;

	given_add(v, &b);
	ok(given_next(v, &g) == GIVEN_GROUP, "b is a group");
	ok(given_next(v, &g) == GIVEN_UNSORTED, "T17 a after b is told");
	is(given_key(v), "a", "the key at fault");
	is(given_key_before(v), "b", "the key before it");
	ok(given_line(v) == 3, "its line");
	given_free(v);
}

int
main(void)
{
	test_groups();
	test_places();
	test_order();
	return tap_end();
}
