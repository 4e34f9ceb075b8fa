/* packed.h - distinct rows of a few numbers and a time, in few bytes */
#ifndef LEAD_BASE_PACKED_H
#define LEAD_BASE_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Rows go in in any order and come out each once, those of equal words in
 * bundles, times ascending. A row takes about 4 bytes, and each bundle 2 and
 * up to 4 for each word that is not PACKED_NONE; at most 4 GiB in all. Rows
 * are sorted 65,536 at a time and merged like runs of a tape, and memory that
 * was merged is given back at once.
 */
struct packed;

enum { PACKED_WORDS_MAX = 12 };
enum { PACKED_NONE = UINT32_MAX };

/* Rows of so many words, 1 to PACKED_WORDS_MAX. */
struct packed *packed_new(unsigned words);
void packed_free(struct packed *p); /* NULL does nothing */

/* At least one word is not PACKED_NONE; us is any time. */
void packed_add(struct packed *p, const uint32_t *word, int64_t us);

/* No more rows: from here on they can be had. */
void packed_close(struct packed *p);

size_t packed_bytes(const struct packed *p);

/* A bundle; bundles of equal words may follow one another. */
struct packed_bundle {
	uint32_t word[PACKED_WORDS_MAX];
	/* Times that packed_time() still gives: */
	const uint8_t *at;
	uint32_t left;
	int64_t us, unit;
};

enum { PACKED_END = UINT32_MAX };

/* Bundles have numbers: of the first, PACKED_END when there is none, and of the
 * one after number n, which *b is then. */
uint32_t packed_first(const struct packed *p);
uint32_t packed_next(const struct packed *p, uint32_t n, struct packed_bundle *b);

/* The next time of a bundle; false when that was the last. */
bool packed_time(struct packed_bundle *b, int64_t *us);

#endif
