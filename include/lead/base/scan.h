/* scan.h - where are the tabs and line feeds? */
#ifndef LEAD_BASE_SCAN_H
#define LEAD_BASE_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that make a row worth a closer look. */
enum scan_seen {
	SCAN_BACKSLASH = 1,
	SCAN_CR = 2,
	SCAN_NUL = 4,
};

struct scan {
	size_t separators; /* written to at[] */
	size_t lines;      /* of them line feeds */
	unsigned seen;     /* enum scan_seen, or-ed */
};

/*
 * The offsets of all tabs and line feeds of s[0..n-1] into at[], which has
 * room for n. Up to 63 bytes behind s + n are read, so they must be readable.
 * One pass, 32 bytes at a time where the processor can.
 */
struct scan scan_separators(const char *s, size_t n, uint32_t *at);

#endif
