/* snapshot.h - which of several versions of a record is the newest? */
#ifndef LEAD_DOMAIN_SNAPSHOT_H
#define LEAD_DOMAIN_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Holds one record a key: memory grows with keys and their bytes. */
struct snapshot;

/* A record has n cells. */
struct snapshot *snapshot_new(size_t n);
void snapshot_free(struct snapshot *s); /* NULL does nothing */

struct snapshot_record {
	const struct text *cell;
	struct text raw;
	const char *file; /* must outlive the snapshot */
	uint64_t line;
};

/*
 * Hold a record, copied. A blank key is nobody's: each such record is held. Of
 * two with one key that of the greater time stays, of equal times that of the
 * greater bytes. true when one of two gave way.
 */
bool snapshot_add(struct snapshot *s, struct text key, int64_t modified,
    const struct snapshot_record *r);

/* The held records in byte order of key, then of bytes: after the last add. */
void snapshot_sort(struct snapshot *s);
size_t snapshot_count(const struct snapshot *s);
void snapshot_get(const struct snapshot *s, size_t i, struct snapshot_record *r);

#endif
