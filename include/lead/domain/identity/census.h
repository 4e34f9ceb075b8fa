/* census.h - who is who: from the rows of a run to its tables */
#ifndef LEAD_DOMAIN_CENSUS_H
#define LEAD_DOMAIN_CENSUS_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/digest.h>
#include <lead/base/zone.h>
#include <lead/domain/identity/intake.h>
#include <lead/domain/identity/previous.h>

struct census;

/* All is borrowed for good; rows are in. */
struct census_request {
	struct intake *in;
	struct previous *previous;       /* or NULL */
	const struct digest_key *secret; /* or NULL: plain ids */
	int64_t max_keys;  /* of a lead; 0: any */
	bool by_domain;
	bool log; /* census_log_row() is asked for */
	bool hide; /* conflicts show personal keys by secret alone: mask_key() */
};

/* Solves: keys are no longer looked up, rows kept only for the log. */
struct census *census_new(const struct census_request *q);
void census_free(struct census *c);

/* Bytes that the rows so far take at most until all is written. */
size_t census_bytes(const struct intake *in, bool log);

/* Leads that had too many keys, and edges that were cut for it. */
size_t census_cut(const struct census *c, size_t *edges);

/* Counts for --stats: the i-th one's name, NULL after the last. */
const char *census_count(const struct census *c, unsigned i, uint64_t *n);

/*
 * Rows of the tables, one after another, cells as a table has them: false after
 * the last. Borrowed until the next call. The log first, then the map (columns
 * are identity_columns), then the conflicts.
 */
enum { CENSUS_LOG_CELLS = 8, CENSUS_MAP_CELLS = 6, CENSUS_CONFLICT_CELLS = 8 };
extern const char census_log_header[], census_conflict_header[];
bool census_log_row(struct census *c, struct text *cell);
bool census_map_row(struct census *c, struct text *cell);
bool census_conflict_row(struct census *c, struct text *cell);

#endif
