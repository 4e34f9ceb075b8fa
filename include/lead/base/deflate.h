/* deflate.h - raw deflate streams (RFC 1951), by ISA-L or zlib */
#ifndef LEAD_BASE_DEFLATE_H
#define LEAD_BASE_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

/* What gz.c needs of the engines, and all that it knows of them. */
struct deflate;

/* An inflater at the start of a stream. */
struct deflate *deflate_new(void);
void deflate_free(struct deflate *d); /* NULL does nothing */

/* Ready for the next stream. */
void deflate_reset(struct deflate *d);

/* Bytes to read and room to write; both advance. */
struct deflate_span {
	unsigned char *in, *out;
	size_t nin, nout;
};

enum { DEFLATE_BACK = 8 };

enum deflate_verdict {
	DEFLATE_MORE,   /* no input left, or no room */
	DEFLATE_END,    /* in stands right behind the stream */
	DEFLATE_BAD,    /* no deflate data */
	DEFLATE_MEMORY, /* errno is ENOMEM */
};

/*
 * Inflate as far as input and room go. Output may be pending when input has
 * run out: there is more until room is left over. At the end of a stream up
 * to DEFLATE_BACK bytes read too far are put back in front of in, where the
 * caller must have that much writable.
 */
enum deflate_verdict deflate_step(struct deflate *d, struct deflate_span *span);

/* CRC-32 as in gzip: start with 0, give back what came out. */
uint32_t deflate_crc(uint32_t crc, const void *s, size_t n);

/* The other way, with gzip's header and trailer, always by zlib: one member,
 * no name, time 0. NULL when memory is out or level is not 1 to 9. */
struct deflate_gzip;

struct deflate_gzip *deflate_gzip_new(int level);
void deflate_gzip_free(struct deflate_gzip *d); /* NULL does nothing */

/*
 * Take from in, give to out. finish: no more will come. DEFLATE_MORE: call
 * again with room (and input); DEFLATE_END: the trailer is out.
 */
enum deflate_verdict deflate_gzip_step(struct deflate_gzip *d,
    struct deflate_span *span, int finish);

#endif
