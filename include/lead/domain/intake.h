/* intake.h - what does a row say about keys? */
#ifndef LEAD_DOMAIN_INTAKE_H
#define LEAD_DOMAIN_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/zone.h>
#include <lead/domain/apart.h>
#include <lead/domain/keyring.h>
#include <lead/domain/links.h>

/* Rows go in; ring and links are what they leave (owned). */
struct intake {
	struct keyring *ring;
	struct links *links;
	const struct zone *zone; /* borrowed */
	const struct apart *apart; /* or NULL; the caller's */
	uint64_t placeholders, malformed; /* cells that were no key */
	uint64_t excluded; /* keys taken off their rows by apart */
};

struct intake_error {
	const char *why;
	struct text name;                   /* the key column at fault, or */
	struct placeholder_error in_list;   /* line 0: not the list's fault */
};

/*
 * names: key columns, strongest first, comma between, borrowed for the life of
 * in. list: the placeholders. False and *error when one of them is no good.
 * intake_clear() in any case.
 */
bool intake_init(struct intake *in, struct text names, struct text list,
    const struct phone_country *home, struct intake_error *error);
void intake_clear(struct intake *in);

/* Before the first row: what to keep (enum links_keep); zone tells the rows'
 * civil days (borrowed). */
void intake_begin(struct intake *in, unsigned keep, const struct zone *zone);

enum intake_verdict {
	INTAKE_USED,
	INTAKE_NO_KEY,    /* nothing to go by */
	INTAKE_ANONYMOUS, /* a visitor and nothing else */
	INTAKE_BAD,       /* cell *bad (an alias counts as crm_id) is too long or has a control byte */
	INTAKE_LIMIT,     /* cell *bad is too hard for a placeholder pattern */
};

/* Fields of a row. */
struct intake_row {
	struct text cell[KEYRING_TYPES_MAX]; /* by key type */
	int64_t us;                          /* or LINKS_UNDATED */
	struct text account, event;
	struct text aliases; /* other crm_ids of the same person, ; between */
};

enum intake_verdict intake_row(struct intake *in, const struct intake_row *row,
    unsigned *bad);

/* One bit for each key type in names, comma between; false: *bad is none. */
bool intake_types(const struct intake *in, struct text names, unsigned *bits,
    struct text *bad);

/* With LINKS_EDGES: how many edges there are, which ends the rows, and the cells
 * of one of them: keys by type, account, alias, time, event. time has room for
 * it. */
enum { INTAKE_EDGE_CELLS = KEYRING_TYPES_MAX + 4 };
size_t intake_edges(struct intake *in);
size_t intake_edge(const struct intake *in, size_t i, struct text *cell, char *time);

#endif
