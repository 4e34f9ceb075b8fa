/* Records of CSV texts: written to a file, read whole, told as one line. */
#include <fcntl.h>
#include <unistd.h>

#include "tap.h"

#include <lead/base/buf.h>
#include <lead/base/csv.h>

static struct buf got;

/* fields with | between, one record after the other in [], ! a bad line, # the end */
static void
read_all(const char *path, const struct csv_options *o)
{
	struct csv *c = csv_open(path, o);
	struct csv_record r;
	enum csv_verdict v = csv_header(c);

	got.len = 0;
	if (v == CSV_RECORD)
		while ((v = csv_next(c, &r)) == CSV_RECORD || v == CSV_BAD) {
			if (v == CSV_BAD) {
				buf_byte(&got, '!');
				continue;
			}
			buf_byte(&got, '[');
			for (size_t i = 0; i < csv_ncolumns(c); i++) {
				if (i != 0)
					buf_byte(&got, '|');
				buf_put(&got, r.field[i]);
			}
			buf_byte(&got, ']');
		}
	buf_string(&got, v == CSV_FAIL ? "X" : "#");
	csv_close(c);
}

static void
check_bytes(struct text text, bool resync, const char *want, const char *name)
{
	static const char path[] = "csv_test.tmp";
	struct csv_options o = { .resync = resync };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (write(fd, text.s, text.len) != (ssize_t)text.len)
		ok(false, "the file is written");
	close(fd);
	read_all(path, &o);
	unlink(path);
	is(buf_text(&got), want, "%s", name);
}

static void
check(const char *text, bool resync, const char *want, const char *name)
{
	check_bytes(text_of(text), resync, want, name);
}

int
main(void)
{
	char dir[] = "/tmp/csv_test.XXXXXX";

	buf_init(&got, 1 << 20, "a test");
	if (mkdtemp(dir) == NULL || chdir(dir) != 0)
		return 1;
	check("a,b\n1,2\n3,4\n", false, "[1|2][3|4]#", "records");
	check("a,b\r\n1,2\r\n3,4", false, "[1|2][3|4]#", "CR LF, no last line end");
	check("a,b\r1,2\r3,4\r", false, "[1|2][3|4]#", "CR alone");
	check("a,b\n\"1\n2\",\"x,\"\"y\"\"\"\n", false, "[1\n2|x,\"y\"]#", "quotes");
	check("a;b\n1,5;2\n", false, "[1,5|2]#", "the separator is told by the header");
	check("a,b\n1\n2,3\n", false, "![2|3]#", "too few fields");
	check("a,b\n1,\"2\n3,4\n", false, "X", "an open quote fails the file");
	check("a,b\n1,\"2\n3,4\n", true, "![3|4]#", "resync: its line is lost, no more");
	check("a,b\n1,\"2\n3,x\"y\n5,6\n", true, "!![5|6]#",
	    "resync: a line that is none by itself is lost too");
	check("a,b\n1,\"2\n3,\"4\n5,6\n7,\"8\n9,9\n", true, "!![5|6]![9|9]#",
	    "resync: after a sound line quotes are read again");
	check("a,b\n1,\"2\n3,\"4\n5\"\n5,6\n", true, "!!![5|6]#",
	    "resync: a true record of two lines is not found inside the damage");
	check_bytes(TEXT("a,b\n1,x\"y\n2,\0\n3,4\n"), true, "!![3|4]#",
	    "resync: a NUL is no text in the first sound line either");
	check("a,\"b\n1,2\n", true, "X", "a header with an open quote fails the file");
	check("", false, "#", "an empty file");
	check("\n\n", false, "#", "blank lines alone");
	rmdir(dir);
	buf_clear(&got);
	return tap_end();
}
