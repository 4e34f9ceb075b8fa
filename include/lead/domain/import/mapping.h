/* mapping.h - which events does a record of an export hold, by its map? */
#ifndef LEAD_DOMAIN_MAPPING_H
#define LEAD_DOMAIN_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/zone.h>

/*
 * An import map, TSV with the columns event column from as when:
 *   event   an event of lead-tsv(5); * every event of the record; @ a setting
 *   column  of the output
 *   from    the export's column; A|B the first of them that it has; A? may be
 *           missing
 *   as      convert.h; blank is text
 *   when    COLUMN op VALUE (condition.h), several joined by " && "; a column
 *           whose name holds an operator stands in ""
 * An event is written when its time is there. Of rows for one column the first
 * that holds and is not blank counts, those of the event before those of *.
 * Settings: zone NAME · currency EUR (of rows with a value that name none) ·
 * table events|spend|clicks|email · snapshot KEY modified:COLUMN[ as date:FORMAT] ·
 * drop RULE, with its when: such records are left out and counted.
 */
struct mapping;

struct mapping_error {
	uint64_t line; /* 0: the whole */
	size_t at;     /* byte in the line, from 1; or 0 */
	const char *why;
};

/* NULL and *error. text must outlive it; utc: the zone where the map has none,
 * borrowed. */
struct mapping *mapping_new(struct text text, const struct zone *zone,
    struct mapping_error *error);
void mapping_free(struct mapping *m); /* NULL does nothing */

/* The output's columns: event_id time precision event … or those of a table. */
size_t mapping_ncolumns(const struct mapping *m);
struct text mapping_column(const struct mapping *m, size_t i);

/*
 * Find the map's columns among a file's: NULL, or, when strict, words about all
 * that are missing, borrowed until the next record. Else those are blank. May be
 * called for each file.
 */
const char *mapping_bind(struct mapping *m, const struct text *name, size_t n,
    bool strict);

/* The cells that the map looks at, in an order of its own that is the same for
 * every file: to keep a record. slot has mapping_nslots() places. */
size_t mapping_nslots(const struct mapping *m);
void mapping_gather(const struct mapping *m, const struct text *field,
    struct text *slot);

/* A snapshot: of records with one key that of the greatest time counts. */
bool mapping_is_snapshot(const struct mapping *m);

enum mapping_verdict {
	MAPPING_ROWS,    /* none, one or several: *n */
	MAPPING_DROPPED, /* by the rule named */
	MAPPING_BAD,
};

/* Borrowed from the slots, and from m until its next record. */
struct mapping_result {
	size_t nrows;
	const char *rule;   /* MAPPING_DROPPED */
	const char *reason; /* MAPPING_BAD: one word */
	const char *why;
	struct text column, value; /* of the export */
};

/* Key and time of modification of a snapshot's record. A blank key: none. */
enum mapping_verdict mapping_version(struct mapping *m, const struct text *slot,
    struct text *key, int64_t *modified, struct mapping_result *out);

/* The rows of a record. raw: its bytes, for the ids. */
enum mapping_verdict mapping_take(struct mapping *m, const struct text *slot,
    struct text raw, struct mapping_result *out);

/* Row i of the last record: one value a column. *timed: it has an instant. */
struct mapping_row {
	struct text *cell; /* may be changed by the caller */
	bool timed;
	int64_t us;
	int64_t day;       /* civil, in the map's zone */
};

void mapping_row(struct mapping *m, size_t i, struct mapping_row *row);

#endif
