/* gunzip.c - the text of a file: what it is, and gzip's members (RFC 1952) */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <lead/base/deflate.h>
#include <lead/base/gunzip.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>

enum {
	INPUT = 128 << 10,
	SNIFF = 10,             /* bytes that tell all formats apart */
	FIELD_MAX = 1 << 20,    /* of a name or comment in a header */
	RATIO_FROM = 64 << 20,  /* bytes before the ratio is looked at */
};

enum place { PLAIN, BETWEEN, BODY, OVER };

struct gunzip {
	const char *path;
	int fd, wake;
	unsigned max_ratio;
	enum place place;
	struct deflate *engine;
	unsigned char *input;   /* DEFLATE_BACK bytes are free in front of it */
	unsigned char *at, *end;
	uint64_t members, text; /* text: bytes inflated, all members */
	uint32_t crc, size;     /* of this member */
	_Atomic uint64_t bytes_in;
	struct gunzip_told told;
};

static __attribute__((format(printf, 2, 3))) void
spoiled(struct gunzip *g, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(g->told.words, sizeof(g->told.words), fmt, ap);
	va_end(ap);
	g->told.failed = true;
	g->place = OVER;
}

static void
machine_failed(struct gunzip *g)
{
	spoiled(g, "%s", strerror(errno));
	g->told.system = true;
}

static void
cut(struct gunzip *g, const char *where)
{
	if (!g->told.failed)
		spoiled(g, "damaged gzip: cut in the %s of member %llu", where,
		    (unsigned long long)g->members);
}

/* --- bytes of the file --- */

/* A pipe may be silent for hours: gz_close() must not wait for it. */
static bool
stopped(const struct gunzip *g)
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
read_some(struct gunzip *g, void *to, size_t n)
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
more(struct gunzip *g)
{
	if (g->at < g->end)
		return true;
	g->at = g->input;
	g->end = g->at + read_some(g, g->at, INPUT);
	return g->at < g->end;
}

static int
next_byte(struct gunzip *g)
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
recognise(struct gunzip *g)
{
	size_t n;

	while ((size_t)(g->end - g->input) < SNIFF) {
		size_t got = read_some(g, g->end,
		    INPUT - (size_t)(g->end - g->input));

		if (g->told.failed)
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
header_byte(struct gunzip *g)
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
skip_field(struct gunzip *g, size_t n)
{
	for (size_t i = 0; !g->told.failed && i < FIELD_MAX; i++) {
		if (header_byte(g) == 0 && n == 0)
			return;
		if (n != 0 && i + 1 == n)
			return;
	}
	if (!g->told.failed)
		spoiled(g, "damaged gzip: a header field without end");
}

static void
optional_fields(struct gunzip *g, int flags)
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
	if ((flags & FHCRC) && !g->told.failed) {
		want = g->crc & 0xffff;
		low = header_byte(g);
		high = header_byte(g);
		if (!g->told.failed && want != (uint32_t)(high << 8 | low))
			spoiled(g, "damaged gzip: header checksum is wrong");
	}
}

static void
read_header(struct gunzip *g)
{
	enum { TIME_XFL_OS = 6 };
	int magic, method, flags;

	g->members++;
	g->crc = 0;
	magic = header_byte(g) == 0x1f;
	magic &= header_byte(g) == 0x8b;
	method = header_byte(g);
	flags = header_byte(g);
	if (g->told.failed)
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
	if (!g->told.failed)
		optional_fields(g, flags);
	if (g->told.failed)
		return;
	g->crc = g->size = 0;
	g->place = BODY;
}

/* Nothing but zeros to the end, as tapes leave them. */
static void
read_padding(struct gunzip *g)
{
	uint64_t n = 0;
	int c;

	while ((c = next_byte(g)) == 0)
		n++;
	if (c > 0)
		spoiled(g, "damaged gzip: what follows member %llu is not gzip",
		    (unsigned long long)g->members);
	if (g->told.failed)
		return;
	snprintf(g->told.note, sizeof(g->told.note),
	    "%llu zero byte%s after the last gzip member",
	    (unsigned long long)n, n == 1 ? "" : "s");
	g->place = OVER;
}

/* Between members: the only place where the end is sound. */
static void
next_member(struct gunzip *g)
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
trailer_word(struct gunzip *g)
{
	uint32_t word = 0;

	for (int shift = 0; shift < 32 && !g->told.failed; shift += 8) {
		int c = next_byte(g);

		if (c < 0)
			cut(g, "trailer");
		word |= (uint32_t)(c & 0xff) << shift;
	}
	return word;
}

static void
read_trailer(struct gunzip *g)
{
	uint32_t crc = trailer_word(g), size = trailer_word(g);

	if (g->told.failed)
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
check_ratio(struct gunzip *g)
{
	uint64_t in = atomic_load_explicit(&g->bytes_in, memory_order_relaxed) -
	    (uint64_t)(g->end - g->at);

	if (g->max_ratio != 0 && g->text >= RATIO_FROM &&
	    g->text / g->max_ratio > in)
		spoiled(g, "damaged gzip: grows more than %u times, as a bomb "
		    "would", g->max_ratio);
}

/* Up to n bytes of this member's text. */
static size_t
inflate_some(struct gunzip *g, unsigned char *to, size_t n)
{
	struct deflate_span span = { .in = g->at, .out = to,
	    .nin = (size_t)(g->end - g->at), .nout = n };
	enum deflate_verdict verdict = deflate_step(g->engine, &span);
	size_t done = (size_t)(span.out - to);

	g->at = span.in;
	g->text += done;
	g->size += (uint32_t)done;
	g->crc = deflate_crc(g->crc, to, done);
	switch (verdict) {
	case DEFLATE_MORE:
		/* room left: nothing is pending in the engine */
		if (done < n && !more(g))
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
	if (!g->told.failed)
		check_ratio(g);
	return done;
}

static size_t
read_plain(struct gunzip *g, char *to, size_t n)
{
	size_t have = (size_t)(g->end - g->at);

	if (have == 0) {
		n = read_some(g, to, n);
	} else {
		n = have < n ? have : n;
		memcpy(to, g->at, n);
		g->at += n;
	}
	if (n == 0)
		g->place = OVER;
	return n;
}

bool
gunzip_begin(struct gunzip *g)
{
	recognise(g);
	if (g->place == BETWEEN)
		g->engine = deflate_new();
	return g->place == BETWEEN;
}

size_t
gunzip_read(struct gunzip *g, char *to, size_t n)
{
	size_t done = 0;

	if (g->place == PLAIN)
		return read_plain(g, to, n);
	while (done < n && g->place != OVER) {
		if (g->place == BETWEEN)
			next_member(g);
		else
			done += inflate_some(g, (unsigned char *)to + done,
			    n - done);
	}
	return done;
}

bool
gunzip_over(const struct gunzip *g)
{
	return g->place == OVER;
}

void
gunzip_fail(struct gunzip *g)
{
	machine_failed(g);
}

const struct gunzip_told *
gunzip_told(const struct gunzip *g)
{
	return &g->told;
}

uint64_t
gunzip_bytes_in(const struct gunzip *g)
{
	return atomic_load_explicit(&g->bytes_in, memory_order_relaxed);
}

void
gunzip_wake(struct gunzip *g, int wake)
{
	g->wake = wake;
}

struct gunzip *
gunzip_new(int fd, const char *path, unsigned max_ratio)
{
	struct gunzip *g = mem_new(1, sizeof(*g));

	g->path = path;
	g->fd = fd;
	g->wake = -1;
	g->max_ratio = max_ratio;
	g->input = (unsigned char *)mem_raw(DEFLATE_BACK + INPUT, 1) +
	    DEFLATE_BACK;
	g->at = g->end = g->input;
	return g;
}

void
gunzip_free(struct gunzip *g)
{
	deflate_free(g->engine);
	mem_free(g->input - DEFLATE_BACK);
	mem_free(g);
}
