/* gz.c - bytes of a file, gzipped or not, in chunks */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lead/base/deflate.h>
#include <lead/base/gz.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>

enum {
	SLOTS = 3,              /* one is read, one waits, one is filled */
	CHUNK = 256 << 10,
	INPUT = 128 << 10,
	PAD = 64,               /* readable bytes behind a chunk */
	STACK = 256 << 10,
	SNIFF = 10,             /* bytes that tell all formats apart */
	FIELD_MAX = 1 << 20,    /* of a name or comment in a header */
	RATIO_FROM = 64 << 20,  /* bytes before the ratio is looked at */
};

/* A chunk, with room for what the reader keeps of the one before. */
struct slot {
	char *room;
	char *data;             /* room + GZ_KEEP */
	size_t len;
	bool last;              /* sound end or failure behind it */
};

enum place { UNKNOWN, PLAIN, BETWEEN, BODY, OVER };

/*
 * A ring of slots. The filler (a thread for gzip, else gz_next() itself) owns
 * all from the place of filled on, the reader the one before taken.
 */
struct gz {
	const char *path;
	int fd;
	unsigned max_ratio;
	enum place place;
	struct deflate *engine;
	unsigned char *input;   /* DEFLATE_BACK bytes are free in front of it */
	unsigned char *at, *end;
	uint64_t members, text; /* text: bytes inflated, all members */
	uint32_t crc, size;     /* of this member */
	_Atomic uint64_t bytes_in;

	bool failed, system;
	char words[160], note[80];

	struct slot slots[SLOTS];
	uint64_t filled, taken, released;

	bool ahead, stop;
	int wake;               /* eventfd that ends a wait for a pipe, or -1 */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t moved;
};

struct gz *
gz_open(const char *path, unsigned max_ratio)
{
	int fd = io_open(path);
	struct gz *g;

	if (fd < 0)
		return NULL;
	g = mem_new(1, sizeof(*g));
	g->path = path;
	g->fd = fd;
	g->wake = -1;
	g->max_ratio = max_ratio;
	for (size_t i = 0; i < SLOTS; i++) {
		g->slots[i].room = mem_raw(GZ_KEEP + CHUNK + PAD, 1);
		g->slots[i].data = g->slots[i].room + GZ_KEEP;
	}
	g->input = (unsigned char *)mem_raw(DEFLATE_BACK + INPUT, 1) +
	    DEFLATE_BACK;
	g->at = g->end = g->input;
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->moved, NULL);
	return g;
}

/* --- failures --- */

static __attribute__((format(printf, 2, 3))) void
spoiled(struct gz *g, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(g->words, sizeof(g->words), fmt, ap);
	va_end(ap);
	g->failed = true;
	g->place = OVER;
}

static void
machine_failed(struct gz *g)
{
	spoiled(g, "%s", strerror(errno));
	g->system = true;
}

static void
cut(struct gz *g, const char *where)
{
	if (!g->failed)
		spoiled(g, "damaged gzip: cut in the %s of member %llu", where,
		    (unsigned long long)g->members);
}

/* --- bytes of the file --- */

/* A pipe may be silent for hours: gz_close() must not wait for it. */
static bool
stopped(const struct gz *g)
{
	struct pollfd p[] = {
		{ .fd = g->fd, .events = POLLIN },
		{ .fd = g->wake, .events = POLLIN },
	};

	if (g->wake < 0)
		return false;
	while (poll(p, 2, -1) < 0)
		if (errno != EINTR)
			return false;
	return p[1].revents != 0;
}

/* As io_read(); 0 also after a failure, which is then told. */
static size_t
read_some(struct gz *g, void *to, size_t n)
{
	ssize_t got = stopped(g) ? 0 : io_read(g->fd, to, n);

	if (got < 0) {
		machine_failed(g);
		return 0;
	}
	atomic_fetch_add_explicit(&g->bytes_in, (uint64_t)got,
	    memory_order_relaxed);
	return (size_t)got;
}

/* Is there input? */
static bool
more(struct gz *g)
{
	if (g->at < g->end)
		return true;
	g->at = g->input;
	g->end = g->at + read_some(g, g->at, INPUT);
	return g->at < g->end;
}

static int
next_byte(struct gz *g)
{
	return more(g) ? *g->at++ : -1;
}

/* --- what the file is --- */

static const struct {
	size_t at, len;
	const char *magic, *name;
} foreign[] = {
	{ 0, 2, "\x1f\x9d", "compress (.Z)" },
	{ 4, 6, "1AY&SY", "bzip2" },
	{ 4, 6, "\x17rE8P\x90", "bzip2" }, /* an empty one */
	{ 0, 6, "\xfd" "7zXZ\0", "xz" },
	{ 0, 4, "\x28\xb5\x2f\xfd", "zstd" },
	{ 0, 4, "\x04\x22\x4d\x18", "lz4" },
	{ 0, 4, "PK\3\4", "zip" },
	{ 0, 4, "PK\5\6", "zip" },
};

/* Two of the three bytes every gzip file starts with, or the first, which no
 * text starts with: gzip, if perhaps a spoiled one. */
static bool
is_gzip(const unsigned char *s, size_t n)
{
	static const unsigned char magic[] = { 0x1f, 0x8b, 8 };
	size_t equal = 0;

	for (size_t i = 0; i < sizeof(magic) && i < n; i++)
		equal += s[i] == magic[i];
	return equal >= 2 || (n > 0 && s[0] == magic[0]);
}

/* Read what there is up to SNIFF bytes and say how to go on. */
static void
recognise(struct gz *g)
{
	size_t n;

	while ((size_t)(g->end - g->input) < SNIFF) {
		size_t got = read_some(g, g->end,
		    INPUT - (size_t)(g->end - g->input));

		if (g->failed)
			return;
		if (got == 0)
			break;
		g->end += got;
	}
	n = (size_t)(g->end - g->input);
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (n >= foreign[i].at + foreign[i].len &&
		    memcmp(g->input + foreign[i].at, foreign[i].magic,
		    foreign[i].len) == 0) {
			spoiled(g, "not gzip but %s data", foreign[i].name);
			return;
		}
	if (n == 0 && text_ends(text_of(g->path), TEXT(".gz")))
		spoiled(g, "damaged gzip: empty, not gzip");
	else
		g->place = is_gzip(g->input, n) ? BETWEEN : PLAIN;
}

/* --- gzip members (RFC 1952) --- */

enum { FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, RESERVED = 0xe0 };

/* The next byte of a header, or -1 and the failure told. */
static int
header_byte(struct gz *g)
{
	int c = next_byte(g);
	unsigned char byte = (unsigned char)c;

	if (c < 0)
		cut(g, "header");
	else
		g->crc = deflate_crc(g->crc, &byte, 1);
	return c;
}

/* n bytes, or up to a NUL when n is 0. */
static void
skip_field(struct gz *g, size_t n)
{
	for (size_t i = 0; !g->failed && i < FIELD_MAX; i++) {
		if (header_byte(g) == 0 && n == 0)
			return;
		if (n != 0 && i + 1 == n)
			return;
	}
	if (!g->failed)
		spoiled(g, "damaged gzip: a header field without end");
}

static void
optional_fields(struct gz *g, int flags)
{
	int low, high;
	uint32_t want;

	if (flags & FEXTRA) {
		low = header_byte(g);
		high = header_byte(g);
		if (high > 0 || low > 0)
			skip_field(g, (size_t)high << 8 | (size_t)low);
	}
	if (flags & FNAME)
		skip_field(g, 0);
	if (flags & FCOMMENT)
		skip_field(g, 0);
	if ((flags & FHCRC) && !g->failed) {
		want = g->crc & 0xffff;
		low = header_byte(g);
		high = header_byte(g);
		if (!g->failed && want != (uint32_t)(high << 8 | low))
			spoiled(g, "damaged gzip: header checksum is wrong");
	}
}

static void
read_header(struct gz *g)
{
	enum { TIME_XFL_OS = 6 };
	int magic, method, flags;

	g->members++;
	g->crc = 0;
	magic = header_byte(g) == 0x1f;
	magic &= header_byte(g) == 0x8b;
	method = header_byte(g);
	flags = header_byte(g);
	if (g->failed)
		return;
	if (!magic)
		spoiled(g, g->members == 1 ? "damaged gzip: first bytes" :
		    "damaged gzip: what follows member %llu is not gzip",
		    (unsigned long long)g->members - 1);
	else if (method != 8)
		spoiled(g, "damaged gzip: method %d is not deflate", method);
	else if (flags & RESERVED)
		spoiled(g, "damaged gzip: a reserved flag is set");
	else
		skip_field(g, TIME_XFL_OS);
	if (!g->failed)
		optional_fields(g, flags);
	if (g->failed)
		return;
	g->crc = g->size = 0;
	g->place = BODY;
}

/* Nothing but zeros to the end, as tapes leave them. */
static void
read_padding(struct gz *g)
{
	uint64_t n = 0;
	int c;

	while ((c = next_byte(g)) == 0)
		n++;
	if (c > 0)
		spoiled(g, "damaged gzip: what follows member %llu is not gzip",
		    (unsigned long long)g->members);
	if (g->failed)
		return;
	snprintf(g->note, sizeof(g->note),
	    "%llu zero byte%s after the last gzip member",
	    (unsigned long long)n, n == 1 ? "" : "s");
	g->place = OVER;
}

/* Between members: the only place where the end is sound. */
static void
next_member(struct gz *g)
{
	if (!more(g)) {
		g->place = OVER;
		return;
	}
	if (g->members > 0 && *g->at == 0)
		read_padding(g);
	else
		read_header(g);
}

static uint32_t
trailer_word(struct gz *g)
{
	uint32_t word = 0;

	for (int shift = 0; shift < 32 && !g->failed; shift += 8) {
		int c = next_byte(g);

		if (c < 0)
			cut(g, "trailer");
		word |= (uint32_t)(c & 0xff) << shift;
	}
	return word;
}

static void
read_trailer(struct gz *g)
{
	uint32_t crc = trailer_word(g), size = trailer_word(g);

	if (g->failed)
		return;
	if (crc != g->crc)
		spoiled(g, "damaged gzip: checksum of member %llu is wrong",
		    (unsigned long long)g->members);
	else if (size != g->size)
		spoiled(g, "damaged gzip: length of member %llu is wrong",
		    (unsigned long long)g->members);
	else
		g->place = BETWEEN;
	deflate_reset(g->engine);
}

static void
check_ratio(struct gz *g)
{
	uint64_t in = atomic_load_explicit(&g->bytes_in, memory_order_relaxed) -
	    (uint64_t)(g->end - g->at);

	if (g->max_ratio != 0 && g->text >= RATIO_FROM &&
	    g->text / g->max_ratio > in)
		spoiled(g, "damaged gzip: grows more than %u times, as a bomb "
		    "would", g->max_ratio);
}

static void
inflate_some(struct gz *g, struct slot *s)
{
	unsigned char *to = (unsigned char *)s->data + s->len;
	struct deflate_span span = { .in = g->at, .out = to,
	    .nin = (size_t)(g->end - g->at), .nout = CHUNK - s->len };
	enum deflate_verdict verdict = deflate_step(g->engine, &span);
	size_t n = (size_t)(span.out - to);

	g->at = span.in;
	s->len += n;
	g->text += n;
	g->size += (uint32_t)n;
	g->crc = deflate_crc(g->crc, to, n);
	switch (verdict) {
	case DEFLATE_MORE:
		/* room left: nothing is pending in the engine */
		if (s->len < CHUNK && !more(g))
			cut(g, "data");
		break;
	case DEFLATE_END:
		read_trailer(g);
		break;
	case DEFLATE_BAD:
		spoiled(g, "damaged gzip: data of member %llu",
		    (unsigned long long)g->members);
		break;
	case DEFLATE_MEMORY:
		machine_failed(g);
		break;
	}
	if (!g->failed)
		check_ratio(g);
}

/* --- slots --- */

static void
read_plain(struct gz *g, struct slot *s)
{
	size_t n = (size_t)(g->end - g->at);

	if (n != 0) {
		memcpy(s->data, g->at, n);
		g->at = g->end;
	} else {
		n = read_some(g, s->data, CHUNK);
	}
	s->len = n;
	if (n == 0)
		g->place = OVER;
}

static void
fill(struct gz *g, struct slot *s)
{
	s->len = 0;
	if (g->place == PLAIN)
		read_plain(g, s);
	while (s->len < CHUNK && (g->place == BETWEEN || g->place == BODY)) {
		if (g->place == BETWEEN)
			next_member(g);
		else
			inflate_some(g, s);
	}
	s->last = g->place == OVER;
}

static void *
fill_ahead(void *arg)
{
	struct gz *g = arg;
	bool on = true;

	while (on) {
		struct slot *s = &g->slots[g->filled % SLOTS];

		fill(g, s);
		pthread_mutex_lock(&g->lock);
		on = !s->last;
		g->filled++;
		pthread_cond_signal(&g->moved);
		while (on && !g->stop && g->filled - g->released == SLOTS)
			pthread_cond_wait(&g->moved, &g->lock);
		on = on && !g->stop;
		pthread_mutex_unlock(&g->lock);
	}
	return NULL;
}

/* Without a thread all goes on in gz_next(): slower, not wrong. */
static void
start_thread(struct gz *g)
{
	pthread_attr_t attr;
	sigset_t all, old;
	struct stat st;

	if (fstat(g->fd, &st) == 0 && !S_ISREG(st.st_mode) &&
	    (g->wake = eventfd(0, EFD_CLOEXEC)) < 0)
		return;
	if (pthread_attr_init(&attr) != 0)
		return;
	pthread_attr_setstacksize(&attr, STACK);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	g->ahead = pthread_create(&g->thread, &attr, fill_ahead, g) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	pthread_attr_destroy(&attr);
}

static void
begin(struct gz *g, bool ahead)
{
	recognise(g);
	if (g->place != BETWEEN)
		return;
	g->engine = deflate_new();
	if (ahead)
		start_thread(g);
}

static void
wait_for_slot(struct gz *g)
{
	if (!g->ahead) {
		fill(g, &g->slots[g->filled++ % SLOTS]);
		return;
	}
	pthread_mutex_lock(&g->lock);
	while (g->filled == g->taken)
		pthread_cond_wait(&g->moved, &g->lock);
	pthread_mutex_unlock(&g->lock);
}

/* The slot before is no longer read. */
static void
release_slot(struct gz *g)
{
	if (g->ahead)
		pthread_mutex_lock(&g->lock);
	g->released = g->taken++;
	if (g->ahead) {
		pthread_cond_signal(&g->moved);
		pthread_mutex_unlock(&g->lock);
	}
}

int
gz_next(struct gz *g, size_t keep, struct text *chunk)
{
	struct slot *before, *s;

	if (g->place == UNKNOWN)
		begin(g, true);
	before = g->taken > 0 ? &g->slots[(g->taken - 1) % SLOTS] : NULL;
	if (before != NULL && before->last)
		return g->failed ? -1 : 0;
	wait_for_slot(g);
	s = &g->slots[g->taken % SLOTS];
	if (s->len == 0)
		return g->failed ? -1 : 0;
	if (before != NULL && keep != 0)
		memcpy(s->data - keep, before->data + before->len - keep, keep);
	memset(s->data + s->len, 0, PAD);
	release_slot(g);
	*chunk = (struct text){ s->data, s->len };
	return 1;
}

const char *
gz_error(const struct gz *g)
{
	return g->words;
}

bool
gz_error_is_system(const struct gz *g)
{
	return g->system;
}

const char *
gz_note(const struct gz *g)
{
	return g->note[0] != '\0' ? g->note : NULL;
}

uint64_t
gz_bytes_in(const struct gz *g)
{
	return atomic_load_explicit(&g->bytes_in, memory_order_relaxed);
}

void
gz_close(struct gz *g)
{
	uint64_t one = 1;

	if (g == NULL)
		return;
	if (g->ahead) {
		pthread_mutex_lock(&g->lock);
		g->stop = true;
		pthread_cond_signal(&g->moved);
		pthread_mutex_unlock(&g->lock);
		if (g->wake >= 0)
			(void)io_write(g->wake, &one, sizeof(one));
		pthread_join(g->thread, NULL);
	}
	if (g->wake >= 0)
		close(g->wake);
	if (g->fd > STDERR_FILENO)
		close(g->fd);
	deflate_free(g->engine);
	for (size_t i = 0; i < SLOTS; i++)
		mem_free(g->slots[i].room);
	mem_free(g->input - DEFLATE_BACK);
	pthread_cond_destroy(&g->moved);
	pthread_mutex_destroy(&g->lock);
	mem_free(g);
}

const char *
gz_engine(void)
{
	return deflate_engine();
}

/* --- small files --- */

static const char *
kept_words(const struct gz *g)
{
	static char words[sizeof(g->words)];

	memcpy(words, g->words, sizeof(words));
	return words;
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
