/* io: a product is whole or absent, and no error is lost */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lead/base/io.h>

#include "tap.h"

static struct text
content(const char *path)
{
	static char s[4096];
	int fd = open(path, O_RDONLY);
	ssize_t n = fd >= 0 ? io_read_full(fd, s, sizeof(s)) : -1;

	close(fd);
	return n >= 0 ? (struct text){ s, (size_t)n } : TEXT("(none)");
}

static void
put_file(const char *path, const char *bytes)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ok(io_write(fd, bytes, strlen(bytes)) == 0, "write %s", path);
	close(fd);
}

static mode_t
mode_of(const char *path)
{
	struct stat st = { 0 };

	lstat(path, &st);
	return st.st_mode & (S_IFMT | 07777);
}

static void
test_commit(void)
{
	struct io_out *o;
	mode_t old = umask(027);

	put_file("product", "old");
	o = io_create("product");
	ok(o != NULL && !io_out_started(o), "create over an old file");
	ok(io_put(o, "new", 3) == 0 && io_out_started(o), "put");
	is(content("product"), "old", "the old file stands until commit");
	ok(io_commit(o) == 0, "commit");
	is(content("product"), "new", "then the new one");
	ok(mode_of("product") == (S_IFREG | 0640), "X11 mode by umask");
	umask(old);
	o = io_create("./product");
	io_put(o, "torn", 4);
	io_abandon(o);
	is(content("product"), "new", "abandon leaves the old file");
	unlink("product");
}

static void
test_places(void)
{
	struct io_out *o;

	put_file("target", "target");
	ok(symlink("target", "link") == 0, "a link");
	o = io_create("link");
	io_put(o, "new", 3);
	ok(io_commit(o) == 0, "P17 commit over a symbolic link");
	is(content("target"), "target", "P17 its target is untouched");
	ok(mode_of("link") == (S_IFREG | 0644), "P17 the link is replaced");
	unlink("link");
	unlink("target");
	errno = 0;
	ok(io_create(".") == NULL && errno == EISDIR, "X03 a directory");
	ok(io_create("none/") == NULL && errno == EISDIR, "X03 a slash");
	ok(io_create("none/x") == NULL && errno == ENOENT, "X03 no folder");
	ok(io_create("") == NULL && errno != 0, "X01 no name");
	o = io_create("/dev/null");
	ok(o != NULL && io_put(o, "x", 1) == 0 && io_commit(o) == 0,
	    "a device is written as it is");
	o = io_create("/dev/full");
	ok(o != NULL && io_put(o, "x", 1) < 0 && errno == ENOSPC,
	    "a full device is an error");
	errno = 0;
	ok(io_commit(o) < 0 && errno == ENOSPC, "and again at commit");
}

static void
test_standard_output(void)
{
	int saved = dup(STDOUT_FILENO);
	int fd = open("stdout", O_RDWR | O_CREAT | O_TRUNC, 0600);
	struct io_out *o;
	int status;

	fflush(stdout);
	dup2(fd, STDOUT_FILENO);
	o = io_create(NULL);
	io_put(o, "half", 4);
	io_abandon(o);
	dup2(saved, STDOUT_FILENO);
	is(content("stdout"), "half\x18", "cut output ends in 0x18, no LF");
	ftruncate(fd, 0);
	lseek(fd, 0, SEEK_SET);
	dup2(fd, STDOUT_FILENO);
	io_abandon(io_create("-"));
	dup2(saved, STDOUT_FILENO);
	is(content("stdout"), "", "output not begun stays empty");
	dup2(fd, STDOUT_FILENO);
	o = io_create(NULL);
	io_put(o, "all", 3);
	status = io_commit(o);
	close(open("other", O_WRONLY | O_CREAT, 0600));
	status |= io_write(STDOUT_FILENO, "late", 4) == 0;
	dup2(saved, STDOUT_FILENO);
	ok(status == 0, "X04 nothing is written after commit");
	is(content("stdout"), "all", "the whole output");
	unlink("stdout");
	unlink("other");
	close(fd);
	close(saved);
}

static void
test_temp(void)
{
	struct stat st = { 0 };
	char s[8] = "";
	int fd = io_temp(".");

	ok(fd >= 0 && fstat(fd, &st) == 0 && st.st_nlink == 0,
	    "a temporary file has no name");
	ok((st.st_mode & 07777) == 0600, "P17 and is ours alone");
	ok(io_pwrite(fd, "abcdef", 6, 3) == 0, "written at an offset");
	ok(io_pread_full(fd, s, 8, 5) == 4 && memcmp(s, "cdef", 4) == 0,
	    "read at an offset, to the end");
	close(fd);
	setenv("TMPDIR", "./none", 1);
	ok(io_temp(NULL) < 0 && errno == ENOENT, "X08 TMPDIR missing");
	setenv("TMPDIR", "", 1);
	fd = io_temp(NULL);
	ok(fd >= 0, "an empty TMPDIR is none");
	close(fd);
}

static void
test_open(void)
{
	ok(io_open(".") < 0 && errno == EISDIR, "T19 a directory");
	ok(io_open("none") < 0 && errno == ENOENT, "T19 no file");
	is(text_of(io_name("-")), "<stdin>", "- is standard input");
	is(text_of(io_name("x")), "x", "a file has its own name");
	ok(io_open("-") == STDIN_FILENO, "- opens standard input");
}

int
main(void)
{
	char dir[] = "/tmp/io_test.XXXXXX";

	io_begin();
	umask(022);
	if (mkdtemp(dir) == NULL || chdir(dir) < 0 || mkdir("inner", 0700) ||
	    chdir("inner") < 0)
		return 1;
	test_open();
	test_commit();
	test_places();
	test_standard_output();
	test_temp();
	ok(chdir("..") == 0 && rmdir("inner") == 0, "P17 no litter");
	rmdir(dir);
	return tap_end();
}
