/* shape_test.c - columns come out in their places, cells over them */
#include <fcntl.h>
#include <unistd.h>

#include <lead/base/shape.h>

#include "tap.h"

/* Two rows of a b c, as a block. */
static const char bytes[] = "1\t2\t3\n4\t5\t6\n";
static const uint32_t ends[] = { UINT32_MAX, 1, 3, 5, 7, 9, 11 };
static const struct tsv_block block = { .base = bytes, .end = ends + 1, .nrows = 2,
	.ncols = 3 };

static struct shape *
abc(void)
{
	struct shape *s = shape_new();

	shape_pass(s, TEXT("a"), 0);
	shape_pass(s, TEXT("b"), 1);
	shape_pass(s, TEXT("c"), 2);
	return s;
}

/* Header and both rows, with x set in the first, as one text. */
static struct text
written(struct shape *s, int cell, const struct tsv_block *b)
{
	static char got[256];
	char path[] = "/tmp/leadpipe-shape-test-XXXXXX";
	int fd = mkstemp(path);
	struct out *o = out_create(path);
	ssize_t n;

	close(fd);
	shape_put_header(s, o);
	if (cell >= 0)
		shape_set(s, cell, TEXT("x"));
	shape_put(s, o, b, 0);
	shape_put(s, o, b, 1);
	if (out_commit(o) != 0)
		abort();
	fd = open(path, O_RDONLY);
	n = read(fd, got, sizeof(got));
	close(fd);
	unlink(path);
	return (struct text){ got, n > 0 ? (size_t)n : 0 };
}

int
main(void)
{
	static const int place[] = { 2, -1, 0 };
	struct tsv_block other = block;
	struct shape *s = abc();
	struct text missing;
	int cell;

	ok(shape_select(s, TEXT(""), &missing), "no -f");
	is(written(s, -1, &block), "a\tb\tc\n1\t2\t3\n4\t5\t6\n", "all pass through");
	shape_free(s);

	s = abc();
	cell = shape_cell(s, TEXT("d"));
	ok(shape_select(s, TEXT("d,a,c"), &missing) && shape_wanted(s, cell), "-f keeps");
	is(written(s, cell, &block), "a\tc\td\n1\t3\tx\n4\t6\t\n",
	    "kept in the table's order; a cell is empty again after its row");
	shape_free(s);

	s = abc();
	cell = shape_cell(s, TEXT("b"));
	ok(shape_select(s, TEXT("!a"), &missing), "-f drops");
	is(written(s, cell, &block), "b\tc\nx\t3\n\t6\n", "a cell takes its column over");
	shape_free(s);

	s = abc();
	cell = shape_cell(s, TEXT("d"));
	ok(shape_select(s, TEXT("!d"), &missing) && !shape_wanted(s, cell),
	    "a dropped cell is not wanted");
	ok(shape_cell(s, TEXT("d")) >= 0, "a name may be asked for again");
	shape_free(s);

	s = abc();
	ok(!shape_select(s, TEXT("a,nix"), &missing) && text_is(missing, "nix"),
	    "-f of a column that is not there is told");
	shape_free(s);

	s = abc();
	other.place = place;
	shape_select(s, TEXT(""), &missing);
	is(written(s, -1, &other), "a\tb\tc\n3\t\t1\n6\t\t4\n",
	    "columns of a file in another order, or missing there");
	is(written(s, -1, NULL), "a\tb\tc\n\t\t\n\t\t\n", "without a row all are empty");
	shape_free(s);
	return tap_end();
}
