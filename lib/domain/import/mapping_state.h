/* mapping_state.h - what the parts of mapping.c share */
#ifndef LEAD_DOMAIN_MAPPING_STATE_H
#define LEAD_DOMAIN_MAPPING_STATE_H

#include <lead/base/arena.h>
#include <lead/domain/import/clause.h>
#include <lead/domain/import/convert.h>
#include <lead/domain/import/mapping.h>
#include <lead/domain/import/naming.h>
#include <lead/domain/rules/event.h>

enum {
	MAPPING_RULES_MAX = 4096,
	MAPPING_CLAUSES_MAX = 16, /* of one rule */
	MAPPING_EVENTS_MAX = 64,
	MAPPING_DROPS_MAX = 16,
};

/* A column of the export that the map looks at. */
struct mapping_slot {
	struct text from;  /* A|B?, as written */
	struct text shown; /* the part of it that the file has */
	int field;         /* of the file bound, or -1 */
	uint64_t line;     /* of the map */
};

struct mapping_when {
	size_t slot[MAPPING_CLAUSES_MAX];
	struct condition *condition[MAPPING_CLAUSES_MAX];
	size_t n;
};

enum { MAPPING_EVERY = -1 }; /* the event of a * row */

struct mapping_rule {
	int event;
	size_t column;
	int slot; /* -1: nothing is read (const:) */
	struct convert *as;
	struct mapping_when when;
	bool is_key;
};

struct mapping_drop {
	char *name;
	struct mapping_when when;
};

struct mapping_event {
	struct text name;
	bool milestone;
};

/* A kind of table: its columns, and the one without which there is no row. */
struct mapping_table {
	const char *name;
	const char *const *columns; /* ends with NULL */
	const char *key;
	const char *amount;
	bool events;
};

/* Columns that all tables of events have, by number. */
enum { MAPPING_ID, MAPPING_TIME, MAPPING_PRECISION, MAPPING_EVENT, MAPPING_FIXED };

struct mapping {
	const struct zone *zone;
	struct zone *own_zone; /* of @ zone */
	const struct mapping_table *table;
	struct naming columns;
	struct mapping_slot *slots;
	size_t nslots, slot_cap;
	struct mapping_rule *rules;
	size_t nrules, rule_cap;
	struct mapping_event events[MAPPING_EVENTS_MAX];
	size_t nevents;
	struct mapping_drop drops[MAPPING_DROPS_MAX];
	size_t ndrops;
	struct text currency;
	int key_slot, version_slot; /* of a snapshot, or -1 */
	struct convert *version;
	size_t key_column, amount_column, currency_column;
	bool has_amount;
	/* order[start[e * ncolumns + c] … start[… + 1] - 1]: the rules of event e
	 * for column c, in the order that they are asked */
	size_t *order, *start;
	/* the last record */
	struct text *cells; /* nevents rows of ncolumns */
	struct mapping_row rows[MAPPING_EVENTS_MAX];
	size_t nrows;
	struct arena arena;
};

#endif
