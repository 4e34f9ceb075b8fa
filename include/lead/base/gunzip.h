/* gunzip.h - the text of a file: what it is, and gzip's members (RFC 1952) */
#ifndef LEAD_BASE_GUNZIP_H
#define LEAD_BASE_GUNZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The inner half of gz.h, which puts it on a thread. */
struct gunzip;

/* fd and path are borrowed; max_ratio as in gz_open(). */
struct gunzip *gunzip_new(int fd, const char *path, unsigned max_ratio);
void gunzip_free(struct gunzip *g);

/* Call first: reads the first bytes. true: gzip, whose text costs time. */
bool gunzip_begin(struct gunzip *g);

/* The eventfd that ends a wait for input: a pipe may be silent for hours. */
void gunzip_wake(struct gunzip *g, int wake);

/*
 * The next bytes of text: of gzip n unless it ends, else what one read gave.
 * What came before a damage is given too.
 */
size_t gunzip_read(struct gunzip *g, char *to, size_t n);

/* No more will come: gunzip_told() says whether the end is sound. */
bool gunzip_over(const struct gunzip *g);

struct gunzip_told {
	bool failed, system; /* system: the machine's fault, not the data's */
	char words[160];     /* why it failed */
	char note[80];       /* a remark on a sound end, or "" */
};

/* The machine failed the caller: errno tells. */
void gunzip_fail(struct gunzip *g);

const struct gunzip_told *gunzip_told(const struct gunzip *g);

/* Bytes read from the file so far. May be asked while another thread reads. */
uint64_t gunzip_bytes_in(const struct gunzip *g);

#endif
