/* tsv_test.c - rows come out as they stand in the file, or are named as bad */
#include <stdint.h>
#include <unistd.h>

#include <lead/base/buf.h>
#include <lead/base/field.h>
#include <lead/base/mem.h>
#include <lead/base/tsv.h>

#include "tap.h"

static const char *
file(const char *bytes, size_t n)
{
	static char path[8][64];
	static int turn;
	char *name = path[turn++ % 8];
	int fd;

	snprintf(name, 64, "/tmp/leadpipe-tsv-test-XXXXXX");
	fd = mkstemp(name);
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		abort();
	close(fd);
	return name;
}

/* What was read, as text: rows with | between fields, "!reason" for bad ones,
 * "#words" for the end of a file that is no good. */
static struct buf told;

static void
tell_row(const struct tsv_in *in, const struct tsv_block *b, size_t r)
{
	char line[24];

	snprintf(line, sizeof(line), "%llu:", (unsigned long long)(b->line + r));
	buf_string(&told, line);
	for (size_t c = 0; c < tsv_ncolumns(in); c++) {
		if (c != 0)
			buf_byte(&told, '|');
		buf_put(&told, tsv_field(b, r, (int)c));
	}
	buf_byte(&told, '\n');
}

static struct text
read_all(const struct tsv_in_options *o)
{
	struct tsv_in *in = tsv_open(o);
	struct tsv_block b;
	enum tsv_verdict v;

	told.len = 0;
	while ((v = tsv_next(in, &b)) != TSV_END && v != TSV_FAIL) {
		if (v == TSV_BAD) {
			buf_string(&told, "!");
			buf_string(&told, tsv_problem(in)->reason);
			buf_byte(&told, '\n');
			continue;
		}
		for (size_t r = 0; r < b.nrows; r++)
			tell_row(in, &b, r);
	}
	if (v == TSV_FAIL) {
		buf_string(&told, "#");
		buf_string(&told, tsv_problem(in)->words);
	}
	tsv_close(in);
	return buf_text(&told);
}

static struct text
read_one(const char *bytes, size_t n)
{
	const char *path = file(bytes, n);
	struct text t = read_all(&(struct tsv_in_options){ .files = &path, .nfiles = 1 });

	unlink(path);
	return t;
}

#define READ(lit) read_one("" lit, sizeof(lit) - 1)

static void
test_lines(void)
{
	is(READ("a\tb\n1\t2\n\t\n"), "2:1|2\n3:|\n", "rows and empty fields");
	is(READ("a\n"), "", "T02 a header alone is an empty table");
	is(READ(""), "#empty: no header line", "T01 no header line is an error");
	is(READ("a\tb"), "#cut inside the header line", "a cut header is an error");
	is(READ("a\n1\n2"),
	    "2:1\n#cut: the last line has no line feed (--lax-eof accepts it)",
	    "T03 a last line without line feed is a cut file");
	is(READ("a\n1\n\x18"), "2:1\n#cut: the program that wrote it failed",
	    "the mark of a failed filter is told from a cut");
	is(READ("a\tb\n1\n1\t2\t3\n1\t2\n"), "!fields\n!fields\n4:1|2\n",
	    "T04 too few and too many fields are bad, the next row is read");
	is(READ("a\tb\n1\t2\n\n3\t4\n"), "2:1|2\n!fields\n4:3|4\n",
	    "T12 an empty line is bad where there are two columns");
	is(READ("a\n1\n\n3\n"), "2:1\n3:\n4:3\n",
	    "an empty line is an empty field where there is one column");
	is(READ("a\tb\n1\0\t2\n3\t4\n"), "!nul\n3:3|4\n", "T08 a NUL makes a row bad");
	is(READ("a\tb\n1\t2\r\n3\t4\n"), "!cr\n3:3|4\n", "T06 a carriage return too");
	is(READ("a\n\\t\\n\\r\\\\\n\\x\n\\\n"), "2:\\t\\n\\r\\\\\n!escape\n!escape\n",
	    "T11 four escapes, no others");
	is(READ("a\n\xe2\x80\xa8\x0b\x0c\x1c\xc2\x85\xff\n"),
	    "2:\xe2\x80\xa8\x0b\x0c\x1c\xc2\x85\xff\n", "T14 T15 other bytes are data");
	is(READ("a\n#x\n-y\n=z\n"), "2:#x\n3:-y\n4:=z\n", "T16 no comments");
}

static void
test_headers(void)
{
	is(READ("a\ta\n"), "#column \"a\" stands twice in the header", "T05 twice");
	ok(text_starts(READ("\xef\xbb\xbf" "a\n1\n"), TEXT("#begins with a byte order")),
	    "T07 a BOM is refused with a hint");
	ok(text_starts(READ("a\tb\r\n1\t2\r\n"), TEXT("#lines end in CR LF")),
	    "T06 CR LF is refused with a hint");
	is(READ("a\t\tb\n"), "#column \"\" has no name: is this the header line?",
	    "a column needs a name");
}

static void
test_files(void)
{
	const char *three[] = { file("a\tb\n1\t2\n", 8), file("b\tc\n3\t4\n", 8),
		file("a\tb\tc\n5\t6\t7\n", 12) };
	const char *bare[] = { file("1\t2\n", 4), file("3\t4\n", 4) };
	struct tsv_in_options o = { .files = three, .nfiles = 3 };

	is(read_all(&o), "2:1|2|\n2:|3|4\n2:5|6|7\n",
	    "several files are one table, columns united by name");
	o = (struct tsv_in_options){ .files = bare, .nfiles = 2, .columns = "x,y" };
	is(read_all(&o), "1:1|2\n1:3|4\n", "-N: no header lines");
	o = (struct tsv_in_options){ .files = bare, .nfiles = 1, .columns = "x" };
	is(read_all(&o), "!fields\n", "-N: the number of columns is checked");
	for (size_t i = 0; i < 3; i++)
		unlink(three[i]);
	for (size_t i = 0; i < 2; i++)
		unlink(bare[i]);
}

static void
test_lax(void)
{
	const char *path = file("a\tb\n1\t2\n3\t4", 11);
	struct tsv_in_options o = { .files = &path, .nfiles = 1, .lax_eof = true };

	is(read_all(&o), "2:1|2\n3:3|4\n", "--lax-eof takes the last line");
	unlink(path);
}

/* Lines of one column, len bytes of x each, and a short last one. */
static struct text
long_line(size_t len)
{
	struct buf b;
	struct text t;

	buf_init(&b, (size_t)16 << 20, "test");
	buf_string(&b, "a\n");
	memset(buf_room(&b, len), 'x', len);
	b.len += len;
	buf_string(&b, "\nlast\n");
	t = read_one(b.s, b.len);
	buf_clear(&b);
	return t;
}

static void
test_long(void)
{
	ok(long_line(TSV_LINE_MAX - 1).len == TSV_LINE_MAX - 1 + 10,
	    "T09 a line of 1 MiB - 1 is read");
	ok(long_line(TSV_LINE_MAX).len == TSV_LINE_MAX + 10, "T09 a line of 1 MiB is read");
	is(long_line(TSV_LINE_MAX + 1), "!long\n3:last\n",
	    "T09 a line of 1 MiB + 1 is bad, the next is read");
	is(long_line((size_t)9 << 20), "!long\n3:last\n", "T10 a line of 9 MiB is bad");
}

static void
test_long_header(void)
{
	struct buf b;

	buf_init(&b, (size_t)4 << 20, "test");
	memset(buf_room(&b, 2 << 20), 'x', 2 << 20);
	b.len = 2 << 20;
	is(read_one(b.s, b.len), "#a header line longer than 1 MiB", "a header of 2 MiB");
	buf_clear(&b);
}

/* Its second file has another header by the time that its rows are read. */
static void
test_changed(void)
{
	const char *files[] = { file("a\n1\n", 4), file("a\tb\n2\t3\n", 8) };
	const char *later = file("a\tc\n2\t3\n", 8);
	struct tsv_in_options o = { .files = files, .nfiles = 2 };
	struct tsv_in *in = tsv_open(&o);
	struct tsv_block b;

	rename(later, files[1]);
	ok(tsv_next(in, &b) == TSV_BLOCK && b.nrows == 1, "the first file is read");
	ok(tsv_next(in, &b) == TSV_FAIL &&
	    text_starts(text_of(tsv_problem(in)->words), TEXT("column \"c\" is new")),
	    "a file that has a new column since its header was told is refused");
	tsv_close(in);
	unlink(files[0]);
	unlink(files[1]);
}

/* T22: fields of every length around the ends of chunks. */
static void
test_edges(void)
{
	struct buf b, want;
	char number[24];

	buf_init(&b, (size_t)64 << 20, "test");
	buf_init(&want, (size_t)64 << 20, "test");
	buf_string(&b, "a\tb\n");
	for (size_t len = 1; len < 3000; len++) {
		memset(buf_room(&b, len), 'a' + (int)(len % 26), len);
		b.len += len;
		snprintf(number, sizeof(number), "\t%zu\n", len);
		buf_string(&b, number);
	}
	for (size_t i = 4, line = 2; i < b.len; line++) {
		size_t end = i;

		snprintf(number, sizeof(number), "%zu:", line);
		buf_string(&want, number);
		while (b.s[end] != '\n')
			end++;
		buf_put(&want, (struct text){ b.s + i, end - i });
		buf_byte(&want, '\n');
		i = end + 1;
	}
	for (size_t i = 0; i < want.len; i++)
		if (want.s[i] == '\t')
			want.s[i] = '|';
	ok(text_equal(read_one(b.s, b.len), buf_text(&want)),
	    "T22 fields around the ends of chunks come out whole");
	buf_clear(&b);
	buf_clear(&want);
}

static void
test_plain(void)
{
	const struct text plain = TEXT("plain");
	char to[32];

	is(field_plain(to, TEXT("a\\tb\\nc\\rd\\\\t")), "a\tb\nc\rd\\t", "escapes undone");
	is(field_plain(to, TEXT("")), "", "nothing stays nothing");
	is(field_put(to, TEXT("a\tb\nc\rd\\e")), "a\\tb\\nc\\rd\\\\e", "a value is escaped");
	is(field_put(to, TEXT("a\vb")), "a\vb", "a vertical tab is data");
	ok(field_put(to, plain).s == plain.s && field_plain(to, plain).s == plain.s,
	    "a plain value is its own field");
}

int
main(void)
{
	buf_init(&told, (size_t)64 << 20, "test");
	test_lines();
	test_headers();
	test_files();
	test_lax();
	test_long();
	test_long_header();
	test_changed();
	test_edges();
	test_plain();
	buf_clear(&told);
	return tap_end();
}
