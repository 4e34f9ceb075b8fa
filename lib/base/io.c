/* io.c - raw reads and writes with every error kept */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lead/base/io.h>
#include <lead/base/mem.h>

enum { PIPE_SIZE = 1 << 20, TEMP_TRIES = 100 };

void
io_begin(void)
{
	/* the wrong way round: using a closed descriptor stays an error */
	static const int flags[] = { O_WRONLY, O_RDONLY, O_RDONLY };

	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", flags[fd]) != fd)
			_exit(2); /* no /dev/null: and nobody to tell */
	signal(SIGXFSZ, SIG_IGN);
}

static void
widen_pipe(int fd)
{
	int saved = errno;

	(void)fcntl(fd, F_SETPIPE_SZ, PIPE_SIZE); /* fails where it is none */
	errno = saved;
}

/* Close without touching errno. */
static void
drop(int fd)
{
	int saved = errno;

	if (fd > STDERR_FILENO)
		close(fd);
	errno = saved;
}

int
io_open(const char *path)
{
	struct stat st;
	int fd = STDIN_FILENO;

	if (!text_is(TEXT("-"), path))
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		drop(fd);
		errno = EISDIR;
		return -1;
	}
	widen_pipe(fd);
	return fd;
}

const char *
io_name(const char *path)
{
	return text_is(TEXT("-"), path) ? "<stdin>" : path;
}

/* May the call that failed be tried again? Waits where it would block. */
static bool
again(int fd, short events)
{
	struct pollfd p = { .fd = fd, .events = events };

	if (errno == EINTR)
		return true;
	if (errno != EAGAIN && errno != EWOULDBLOCK)
		return false;
	return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

ssize_t
io_read(int fd, void *to, size_t n)
{
	ssize_t got;

	do
		got = read(fd, to, n);
	while (got < 0 && again(fd, POLLIN));
	return got;
}

ssize_t
io_read_full(int fd, void *to, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = io_read(fd, (char *)to + done, n - done);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

int
io_write(int fd, const void *from, size_t n)
{
	const char *s = from;

	while (n > 0) {
		ssize_t put = write(fd, s, n);

		if (put < 0) {
			if (again(fd, POLLOUT))
				continue;
			return -1;
		}
		s += put;
		n -= (size_t)put;
	}
	return 0;
}

ssize_t
io_pread_full(int fd, void *to, size_t n, off_t at)
{
	size_t done = 0;

	while (done < n) {
		ssize_t got = pread(fd, (char *)to + done, n - done,
		    at + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		done += (size_t)got;
	}
	return (ssize_t)done;
}

int
io_pwrite(int fd, const void *from, size_t n, off_t at)
{
	const char *s = from;

	while (n > 0) {
		ssize_t put = pwrite(fd, s, n, at);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		s += put;
		n -= (size_t)put;
		at += put;
	}
	return 0;
}

enum { NAME = 24 };

/* A name that nobody guesses: ".lead-" and 16 hex digits. */
static int
put_name(char name[NAME])
{
	static const char hex[] = "0123456789abcdef", stem[] = ".lead-";
	uint64_t bits;

	if (getrandom(&bits, sizeof(bits), 0) != (ssize_t)sizeof(bits))
		return -1;
	memcpy(name, stem, sizeof(stem));
	for (size_t i = sizeof(stem) - 1; i < NAME - 2; i++, bits >>= 4)
		name[i] = hex[bits & 15];
	name[NAME - 2] = '\0';
	return 0;
}

/* A new file in folder, 0600; name is empty when it needs none. */
static int
open_temp(int folder, int mode, char name[NAME])
{
	int fd = openat(folder, ".", O_TMPFILE | mode | O_CLOEXEC, 0600);

	name[0] = '\0';
	/* file systems and kernels without O_TMPFILE have three ways to say so */
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR &&
	    errno != EINVAL))
		return fd;
	for (int i = 0; i < TEMP_TRIES; i++) {
		if (put_name(name) < 0)
			return -1;
		fd = openat(folder, name, O_CREAT | O_EXCL | mode | O_CLOEXEC |
		    O_NOFOLLOW, 0600);
		if (fd >= 0 || errno != EEXIST)
			return fd;
	}
	return -1;
}

const char *
io_temp_dir(const char *dir)
{
	if (dir == NULL)
		dir = getenv("TMPDIR");
	return dir != NULL && *dir != '\0' ? dir : "/tmp";
}

int
io_temp(const char *dir)
{
	char name[NAME];
	int folder, fd;

	folder = open(io_temp_dir(dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return -1;
	fd = open_temp(folder, O_RDWR, name);
	if (fd >= 0 && name[0] != '\0')
		unlinkat(folder, name, 0);
	drop(folder);
	return fd;
}

struct io_out {
	const char *name;   /* for messages */
	char *base;         /* to be taken at the end; NULL: written as it is */
	int fd, folder;
	int error;          /* errno of the first failure */
	bool started;
	char temp[NAME];    /* "" as long as the file has no name */
};

/* Devices, FIFOs and descriptors by name are written in place. */
static bool
is_in_place(const char *path)
{
	struct text p = text_of(path);
	struct stat st;

	if (text_starts(p, TEXT("/dev/fd/")) ||
	    text_starts(p, TEXT("/proc/")) || text_is(p, "/dev/stdout") ||
	    text_is(p, "/dev/stderr"))
		return true;
	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode);
}

static int
open_folder(const char *path, const char *base)
{
	char *dir;
	int fd, saved;

	if (base == path)
		return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = mem_copy(path, (size_t)(base - path));
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	saved = errno;
	mem_free(dir);
	errno = saved;
	return fd;
}

/* A file that will take path's name. */
static int
create_file(struct io_out *o, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash != NULL ? slash + 1 : path;
	struct stat st;

	if (*base == '\0' || (stat(path, &st) == 0 && S_ISDIR(st.st_mode))) {
		errno = EISDIR;
		return -1;
	}
	o->folder = open_folder(path, base);
	if (o->folder < 0)
		return -1;
	o->base = mem_copy(base, strlen(base));
	o->fd = open_temp(o->folder, O_WRONLY, o->temp);
	return o->fd;
}

static void
out_free(struct io_out *o)
{
	int saved = errno;

	if (o->fd > STDERR_FILENO)
		close(o->fd);
	if (o->folder >= 0)
		close(o->folder);
	mem_free(o->base);
	mem_free(o);
	errno = saved;
}

struct io_out *
io_create(const char *path)
{
	struct io_out *o = mem_new(1, sizeof(*o));

	o->fd = o->folder = -1;
	o->name = path;
	if (path == NULL || text_is(TEXT("-"), path)) {
		o->name = "<stdout>";
		o->fd = STDOUT_FILENO;
	} else if (is_in_place(path)) {
		o->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	} else if (create_file(o, path) < 0) {
		o->fd = -1;
	}
	if (o->fd < 0) {
		out_free(o);
		return NULL;
	}
	widen_pipe(o->fd);
	return o;
}

const char *
io_out_name(const struct io_out *o)
{
	return o->name;
}

bool
io_out_started(const struct io_out *o)
{
	return o->started;
}

int
io_put(struct io_out *o, const void *from, size_t n)
{
	if (n == 0)
		return 0;
	o->started = true;
	if (io_write(o->fd, from, n) == 0)
		return 0;
	if (o->error == 0)
		o->error = errno;
	return -1;
}

static int
fix_mode(int fd)
{
	mode_t mask = umask(0);

	umask(mask);
	return fchmod(fd, 0666 & ~mask);
}

/* Give the nameless file a name of its own: rename needs one. */
static int
take_temp_name(struct io_out *o)
{
	char self[40] = "/proc/self/fd/";
	size_t n = strlen(self);

	if (o->temp[0] != '\0')
		return 0;
	for (int scale = 1000000000; scale > 0; scale /= 10)
		if (o->fd >= scale || scale == 1)
			self[n++] = (char)('0' + o->fd / scale % 10);
	if (put_name(o->temp) == 0 && (linkat(AT_FDCWD, self, o->folder,
	    o->temp, AT_SYMLINK_FOLLOW) == 0 || linkat(o->fd, "", o->folder,
	    o->temp, AT_EMPTY_PATH) == 0))
		return 0;
	o->temp[0] = '\0';
	return -1;
}

/* Standard output stays taken, so that no later file becomes it. */
static int
close_out(struct io_out *o)
{
	int fd = o->fd, status, saved;

	o->fd = -1;
	status = close(fd);
	saved = errno;
	if (fd == STDOUT_FILENO && open("/dev/null", O_RDONLY) != fd)
		status = -1;
	errno = saved;
	return status;
}

/* Data first, then the name, then the folder that holds the name. */
static int
publish(struct io_out *o)
{
	if (fix_mode(o->fd) < 0 || fsync(o->fd) < 0 || take_temp_name(o) < 0)
		return -1;
	if (close_out(o) < 0 ||
	    renameat(o->folder, o->temp, o->folder, o->base) < 0)
		return -1;
	o->temp[0] = '\0';
	return fsync(o->folder);
}

/* The same with no signal between link and rename: they would leave litter. */
static int
publish_quietly(struct io_out *o)
{
	sigset_t all, old;
	int status, saved;

	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	status = publish(o);
	saved = errno;
	if (o->temp[0] != '\0')
		unlinkat(o->folder, o->temp, 0);
	o->temp[0] = '\0';
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	errno = saved;
	return status;
}

int
io_commit(struct io_out *o)
{
	int status;

	if (o->error != 0) {
		errno = o->error;
		io_abandon(o);
		return -1;
	}
	status = o->base != NULL ? publish_quietly(o) : close_out(o);
	out_free(o);
	return status;
}

void
io_abandon(struct io_out *o)
{
	static const char cut = 0x18;
	int saved = errno;

	if (o->base == NULL && o->started)
		(void)io_write(o->fd, &cut, 1);
	if (o->temp[0] != '\0')
		unlinkat(o->folder, o->temp, 0);
	out_free(o);
	errno = saved;
}
