/* deflate.c - raw deflate streams (RFC 1951), by ISA-L or zlib */
#include <errno.h>

#define ZLIB_CONST
#include <zlib.h>
#ifdef LEAD_ISAL
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#endif

#include <lead/base/deflate.h>
#include <lead/base/mem.h>

#ifdef LEAD_ISAL

struct deflate {
	struct inflate_state state;
};

uint32_t
deflate_crc(uint32_t crc, const void *s, size_t n)
{
	return crc32_gzip_refl(crc, s, n);
}

struct deflate *
deflate_new(void)
{
	struct deflate *d = mem_new(1, sizeof(*d));

	isal_inflate_init(&d->state);
	return d;
}

void
deflate_free(struct deflate *d)
{
	mem_free(d);
}

void
deflate_reset(struct deflate *d)
{
	isal_inflate_reset(&d->state);
}

/* ISA-L reads up to eight bytes ahead into a register: give them back. */
static void
put_back(struct inflate_state *st, struct deflate_span *span)
{
	int n = st->read_in_length / 8;
	uint64_t ahead = st->read_in >> (st->read_in_length % 8);

	span->in -= n;
	span->nin += (size_t)n;
	for (int i = 0; i < n; i++, ahead >>= 8)
		span->in[i] = (unsigned char)ahead;
	st->read_in_length = 0;
}

enum deflate_verdict
deflate_step(struct deflate *d, struct deflate_span *span)
{
	struct inflate_state *st = &d->state;
	int status;

	st->next_in = span->in;
	st->avail_in = (uint32_t)span->nin;
	st->next_out = span->out;
	st->avail_out = (uint32_t)span->nout;
	status = isal_inflate(st);
	span->in = st->next_in;
	span->nin = st->avail_in;
	span->out = st->next_out;
	span->nout = st->avail_out;
	if (status < 0)
		return DEFLATE_BAD;
	if (st->block_state != ISAL_BLOCK_FINISH)
		return DEFLATE_MORE;
	put_back(st, span);
	return DEFLATE_END;
}

#else

struct deflate {
	z_stream z;
};

uint32_t
deflate_crc(uint32_t crc, const void *s, size_t n)
{
	return (uint32_t)crc32_z(crc, s, n);
}

struct deflate *
deflate_new(void)
{
	struct deflate *d = mem_new(1, sizeof(*d));

	/* without its state the first step says that memory is out */
	if (inflateInit2(&d->z, -MAX_WBITS) != Z_OK)
		d->z.state = NULL;
	return d;
}

void
deflate_free(struct deflate *d)
{
	if (d != NULL)
		inflateEnd(&d->z);
	mem_free(d);
}

void
deflate_reset(struct deflate *d)
{
	inflateReset(&d->z);
}

enum deflate_verdict
deflate_step(struct deflate *d, struct deflate_span *span)
{
	int status;

	d->z.next_in = span->in;
	d->z.avail_in = (uInt)span->nin;
	d->z.next_out = span->out;
	d->z.avail_out = (uInt)span->nout;
	status = d->z.state != NULL ? inflate(&d->z, Z_NO_FLUSH) : Z_MEM_ERROR;
	span->in += span->nin - d->z.avail_in;
	span->nin = d->z.avail_in;
	span->out = d->z.next_out;
	span->nout = d->z.avail_out;
	if (status == Z_STREAM_END)
		return DEFLATE_END;
	if (status == Z_OK || status == Z_BUF_ERROR)
		return DEFLATE_MORE;
	if (status != Z_MEM_ERROR)
		return DEFLATE_BAD;
	errno = ENOMEM;
	return DEFLATE_MEMORY;
}

#endif

struct deflate_gzip {
	z_stream z;
};

struct deflate_gzip *
deflate_gzip_new(int level)
{
	enum { GZIP = 16, MEMORY = 8 };
	struct deflate_gzip *d;

	if (level < 1 || level > 9) {
		errno = EINVAL;
		return NULL;
	}
	d = mem_new(1, sizeof(*d));
	if (deflateInit2(&d->z, level, Z_DEFLATED, GZIP + MAX_WBITS, MEMORY,
	    Z_DEFAULT_STRATEGY) == Z_OK)
		return d;
	mem_free(d);
	errno = ENOMEM;
	return NULL;
}

void
deflate_gzip_free(struct deflate_gzip *d)
{
	if (d != NULL)
		deflateEnd(&d->z);
	mem_free(d);
}

enum deflate_verdict
deflate_gzip_step(struct deflate_gzip *d, struct deflate_span *span, int finish)
{
	int status;

	d->z.next_in = span->in;
	d->z.avail_in = (uInt)span->nin;
	d->z.next_out = span->out;
	d->z.avail_out = (uInt)span->nout;
	status = deflate(&d->z, finish ? Z_FINISH : Z_NO_FLUSH);
	span->in += span->nin - d->z.avail_in;
	span->nin = d->z.avail_in;
	span->out = d->z.next_out;
	span->nout = d->z.avail_out;
	if (status == Z_STREAM_END)
		return DEFLATE_END;
	return status == Z_OK || status == Z_BUF_ERROR ? DEFLATE_MORE
	    : DEFLATE_BAD;
}
