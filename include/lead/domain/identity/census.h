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

/* Borrowed for good, save previous, which is the census's then; rows are in. */
struct census_request {
	struct intake *in;
	struct previous *previous;       /* or NULL */
	const struct digest_key *secret; /* or NULL: plain ids */
	int64_t max_keys;  /* of a lead; 0: any */
	bool edges;        /* the edges alone are asked for */
	bool by_domain;
	bool log; /* rows of CENSUS_LOG are asked for */
	bool hide; /* conflicts show personal keys by secret alone: mask_key() */
};

/* Solves, unless for edges: keys are no longer looked up, rows kept only for the
 * log. */
struct census *census_new(const struct census_request *q);

/* Before that, rows being in: the map before (previous.h), who takes its rows.
 * request is a struct census_request. */
struct tsv_taker census_previous(void *request, struct text header);
void census_free(struct census *c);

/* Bytes that the rows so far take at most until all is written. */
size_t census_bytes(const struct intake *in, bool log);

/* Leads that had too many keys, and edges that were cut for it. */
size_t census_cut(const struct census *c, size_t *edges);

/* Counts for --stats: the i-th one's name, NULL after the last. */
const char *census_count(const struct census *c, unsigned i, uint64_t *n);

enum census_table {
	CENSUS_LOG,
	CENSUS_OUT, /* the map, or the edges */
	CENSUS_CONFLICTS,
};

/* The i-th column of the table out, of a map those of identity_columns; empty after
 * the last. The header of another table. */
struct text census_column(const struct census_request *q, size_t i);
const char *census_header(enum census_table t);

/*
 * The next row of a table, its cells as a table has them; their number, 0 after the
 * last. Borrowed until the next call. The log is first, then the map, then the
 * conflicts.
 */
enum { CENSUS_CELLS = INTAKE_EDGE_CELLS };
size_t census_row(struct census *c, enum census_table t, struct text cell[CENSUS_CELLS]);

#endif
