/* gz.c - bytes of a file, gzipped or not, in chunks */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lead/base/deflate.h>
#include <lead/base/gunzip.h>
#include <lead/base/gz.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>

enum {
	SLOTS = 3,              /* one is read, one waits, one is filled */
	CHUNK = 256 << 10,
	PAD = 64,               /* readable bytes behind a chunk */
	STACK = 256 << 10,
	TRIES = 1000,
};

/* A chunk, with room for what the reader keeps of the one before. */
struct slot {
	char *room;
	char *data;             /* room + GZ_KEEP */
	size_t len;
	bool last;              /* sound end or failure behind it */
};

/*
 * A ring of slots. The filler (a thread for gzip, else gz_next() itself) has
 * those that are empty, the reader the others, the last of which it releases
 * when it asks for the next. Two eventfds count: a condition variable would
 * let glibc abort the program when a futex call fails.
 */
struct gz {
	int fd;
	struct gunzip *text;
	bool begun;

	struct slot slots[SLOTS];
	uint64_t filled;        /* by the filler */
	uint64_t taken;         /* by the reader */

	bool ahead;
	atomic_bool stop;
	int full, empty;        /* eventfds that count slots */
	int wake;               /* eventfd that ends a wait for a pipe */
	pthread_t thread;
};

struct gz *
gz_open(const char *path, unsigned max_ratio)
{
	int fd = io_open(path);
	struct gz *g;

	if (fd < 0)
		return NULL;
	g = mem_new(1, sizeof(*g));
	g->fd = fd;
	g->full = g->empty = g->wake = -1;
	g->text = gunzip_new(fd, path, max_ratio);
	for (size_t i = 0; i < SLOTS; i++) {
		g->slots[i].room = mem_raw(GZ_KEEP + CHUNK + PAD, 1);
		g->slots[i].data = g->slots[i].room + GZ_KEEP;
	}
	return g;
}

static void
fill(struct gz *g, struct slot *s)
{
	s->len = gunzip_read(g->text, s->data, CHUNK);
	s->last = gunzip_over(g->text);
}

/* Add one to an eventfd. Fails only when a debugger makes it fail. */
static void
post(int fd)
{
	const uint64_t one = 1;

	for (int i = 0; i < TRIES && write(fd, &one, sizeof(one)) < 0; i++)
		;
}

/* Wait until an eventfd is not 0 and take one off. */
static bool
take(int fd)
{
	uint64_t one;

	for (int i = 0; i < TRIES; i++)
		if (read(fd, &one, sizeof(one)) == (ssize_t)sizeof(one))
			return true;
	return false;
}

static void *
fill_ahead(void *arg)
{
	struct gz *g = arg;
	bool last = false;

	while (!last && take(g->empty) && !g->stop) {
		struct slot *s = &g->slots[g->filled++ % SLOTS];

		fill(g, s);
		last = s->last;
		post(g->full);
	}
	return NULL;
}

static void
drop(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool
open_counters(struct gz *g)
{
	struct stat st;

	g->full = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE);
	g->empty = eventfd(SLOTS, EFD_CLOEXEC | EFD_SEMAPHORE);
	if (fstat(g->fd, &st) == 0 && S_ISREG(st.st_mode))
		return g->full >= 0 && g->empty >= 0;
	g->wake = eventfd(0, EFD_CLOEXEC);
	return g->full >= 0 && g->empty >= 0 && g->wake >= 0;
}

/* Without a thread all goes on in gz_next(): slower, not wrong. */
static void
start_thread(struct gz *g)
{
	pthread_attr_t attr;
	sigset_t all, old;

	if (!open_counters(g) || pthread_attr_init(&attr) != 0)
		return;
	gunzip_wake(g->text, g->wake);
	pthread_attr_setstacksize(&attr, STACK);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	g->ahead = pthread_create(&g->thread, &attr, fill_ahead, g) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	pthread_attr_destroy(&attr);
	if (!g->ahead)
		gunzip_wake(g->text, -1);
}

static void
begin(struct gz *g, bool ahead)
{
	bool costs_time = gunzip_begin(g->text);

	g->begun = true;
	if (costs_time && ahead)
		start_thread(g);
}

static bool
wait_for_slot(struct gz *g)
{
	if (g->ahead)
		return take(g->full);
	fill(g, &g->slots[g->filled++ % SLOTS]);
	return true;
}

int
gz_next(struct gz *g, size_t keep, struct text *chunk)
{
	struct slot *before, *s;

	if (!g->begun)
		begin(g, true);
	before = g->taken > 0 ? &g->slots[(g->taken - 1) % SLOTS] : NULL;
	if (before != NULL && before->last)
		return gunzip_told(g->text)->failed ? -1 : 0;
	if (!wait_for_slot(g)) {
		gunzip_fail(g->text);
		return -1;
	}
	s = &g->slots[g->taken++ % SLOTS];
	if (s->len == 0)
		return gunzip_told(g->text)->failed ? -1 : 0;
	if (before != NULL && keep != 0)
		memcpy(s->data - keep, before->data + before->len - keep, keep);
	memset(s->data + s->len, 0, PAD);
	if (before != NULL && g->ahead)
		post(g->empty);
	*chunk = (struct text){ s->data, s->len };
	return 1;
}

const char *
gz_error(const struct gz *g)
{
	return gunzip_told(g->text)->words;
}

bool
gz_error_is_system(const struct gz *g)
{
	return gunzip_told(g->text)->system;
}

const char *
gz_note(const struct gz *g)
{
	const char *note = gunzip_told(g->text)->note;

	return *note != '\0' ? note : NULL;
}

uint64_t
gz_bytes_in(const struct gz *g)
{
	return gunzip_bytes_in(g->text);
}

void
gz_close(struct gz *g)
{
	if (g == NULL)
		return;
	if (g->ahead) {
		g->stop = true;
		post(g->empty);
		if (g->wake >= 0)
			post(g->wake);
		pthread_join(g->thread, NULL);
	}
	drop(&g->full);
	drop(&g->empty);
	drop(&g->wake);
	if (g->fd > STDERR_FILENO)
		close(g->fd);
	gunzip_free(g->text);
	for (size_t i = 0; i < SLOTS; i++)
		mem_free(g->slots[i].room);
	mem_free(g);
}

/* --- small files --- */

static const char *
kept_words(const struct gz *g)
{
	static struct gunzip_told told;

	told = *gunzip_told(g->text);
	return told.words;
}

struct text
gz_slurp(const char *path, size_t max, const char **why)
{
	struct gz *g = gz_open(path, 0);
	struct text chunk, all = { NULL, 0 };
	char *s;
	size_t cap = CHUNK;
	int status;

	if (g == NULL) {
		*why = strerror(errno);
		return all;
	}
	begin(g, false);
	s = mem_raw(cap + 1, 1);
	while ((status = gz_next(g, 0, &chunk)) > 0 &&
	    chunk.len <= max - all.len) {
		while (chunk.len > cap - all.len)
			s = mem_resize(s, (cap *= 2) + 1, 1);
		memcpy(s + all.len, chunk.s, chunk.len);
		all.len += chunk.len;
	}
	if (status == 0) {
		s[all.len] = '\0';
		all.s = s;
	} else {
		*why = status < 0 ? kept_words(g) : "larger than it may be";
		mem_free(s);
		all.len = 0;
	}
	gz_close(g);
	return all;
}

/* --- out --- */

struct gz_out {
	struct deflate_gzip *engine;
	int (*emit)(void *ctx, const void *from, size_t n);
	void *ctx;
	unsigned char buf[64 << 10];
};

struct gz_out *
gz_out_new(int level, int (*emit)(void *ctx, const void *from, size_t n),
    void *ctx)
{
	struct gz_out *o = mem_new(1, sizeof(*o));

	o->engine = deflate_gzip_new(level);
	o->emit = emit;
	o->ctx = ctx;
	if (o->engine != NULL)
		return o;
	mem_free(o);
	return NULL;
}

static int
deflate_all(struct gz_out *o, const void *from, size_t n, int finish)
{
	struct deflate_span span = { .in = (unsigned char *)(uintptr_t)from,
	    .nin = n };
	enum deflate_verdict verdict;

	do {
		span.out = o->buf;
		span.nout = sizeof(o->buf);
		verdict = deflate_gzip_step(o->engine, &span, finish);
		if (verdict != DEFLATE_MORE && verdict != DEFLATE_END)
			return -1;
		if (span.out != o->buf && o->emit(o->ctx, o->buf,
		    (size_t)(span.out - o->buf)) < 0)
			return -1;
	} while (verdict == DEFLATE_MORE && (span.nout == 0 || span.nin > 0));
	return 0;
}

int
gz_out_put(struct gz_out *o, const void *from, size_t n)
{
	static const size_t most = 1 << 30; /* the engine counts in 32 bits */
	const char *s = from;

	for (; n > most; s += most, n -= most)
		if (deflate_all(o, s, most, 0) < 0)
			return -1;
	return deflate_all(o, s, n, 0);
}

int
gz_out_finish(struct gz_out *o)
{
	return deflate_all(o, NULL, 0, 1);
}

void
gz_out_free(struct gz_out *o)
{
	if (o == NULL)
		return;
	deflate_gzip_free(o->engine);
	mem_free(o);
}
