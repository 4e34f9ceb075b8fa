/* tzif.h - the clock changes of a place, from its TZif file (RFC 8536) */
#ifndef LEAD_BASE_TZIF_H
#define LEAD_BASE_TZIF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

enum { TZIF_MAX = 1 << 20 }; /* bytes of a file; changes of a table */

/* The calendar, weekdays too, repeats after 400 years: in seconds. */
static const int64_t TZIF_CYCLE = (int64_t)146097 * 86400;

/* From this second since 1970 on the clocks are offset seconds ahead of UTC. */
struct tzif_change {
	int64_t at;
	int32_t offset;
};

/*
 * Changes in ascending order. What the file's footer rules for ever is written
 * out for 400 years and some: a second at or past limit is looked up as many
 * cycles earlier as put it before limit. { .limit = INT64_MAX } is UTC.
 */
struct tzif {
	int32_t first; /* offset before the first change */
	struct tzif_change *change;
	size_t n, cap;
	int64_t limit;
};

/*
 * The table of a file's bytes: the 64-bit data and the POSIX footer of version
 * 2 and later, else the 32-bit data. false when the bytes are no sound TZif
 * file, or one that counts leap seconds ("right/"): tzif_clear() all the same.
 */
bool tzif_parse(struct text file, struct tzif *z);

void tzif_clear(struct tzif *z);

#endif
