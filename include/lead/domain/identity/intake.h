/* intake.h - what does a row say about keys? */
#ifndef LEAD_DOMAIN_INTAKE_H
#define LEAD_DOMAIN_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/group.h>
#include <lead/base/zone.h>
#include <lead/domain/identity/apart.h>
#include <lead/domain/identity/keyring.h>
#include <lead/domain/identity/links.h>

/* Rows go in; ring and links are what they leave. Owned, but for what says so. */
struct intake {
	struct keyring *ring;
	struct links *links;
	struct apart *apart; /* or NULL */
	const struct phone_country *home; /* or NULL */
	const struct zone *zone; /* borrowed, as what is below */
	const char *(*outside)(const void *of, int64_t us); /* rule that leaves a row out */
	const void *of;          /* its first argument */
	unsigned merge_on; /* one bit a key type */
	int key[KEYRING_TYPES_MAX], time, account, alias, event; /* columns, or -1 */
	uint64_t placeholders, malformed; /* cells that were no key */
	uint64_t excluded; /* keys taken off their rows by apart */
	struct group_refusal refusal; /* of the last row */
};

/* What is asked for; NULL where it is not. Borrowed for the life of the intake. */
struct intake_words {
	const char *keys;     /* columns, strongest first, comma between */
	const char *merge_on; /* some of them */
	const char *country;  /* home of phones */
	struct text placeholders; /* the list; for the call */
};

struct intake_problem {
	const char *option, *why;
	struct text word;
	uint64_t line; /* not 0: of the list of placeholders, and */
	size_t at;     /* its byte */
};

/* False and *p when a word is no good. intake_clear() in any case. */
bool intake_init(struct intake *in, const struct intake_words *w,
    struct intake_problem *p);
void intake_clear(struct intake *in);

/* Keys that are not one person, whatever rows say: who takes their table. intake is
 * a struct intake. */
struct tsv_taker intake_apart(void *intake, struct text header);

/* Before the first row: where the columns of a table are, by name or -1; false when
 * no key is among them. */
bool intake_find(struct intake *in, const void *table,
    int (*column)(const void *table, struct text name));

/* Then what to keep (links.h: LINKS_EDGES, and LINKS_EVENTS if there are any); zone,
 * outside and of were set by the caller. */
void intake_begin(struct intake *in, unsigned keep);

/* Is a column of addresses or phones among the keys? */
bool intake_is_personal(const struct intake *in);

/*
 * Row r of a block: NULL, and its keys are taken; or why it does not count, bad being
 * a column of the table. Where the refusal names no column it is for the sake of a
 * key, which no message may show; such a row may have left keys in ring.
 */
const struct group_refusal *intake_take(struct intake *in, const struct tsv_block *b,
    size_t r);

/* With LINKS_EDGES: how many edges there are, which ends the rows, and the cells
 * of one of them: keys by type, account, alias, time, event. time has room for
 * it. */
enum { INTAKE_EDGE_CELLS = KEYRING_TYPES_MAX + 4 };
size_t intake_edges(struct intake *in);
size_t intake_edge(const struct intake *in, size_t i, struct text *cell, char *time);

/* The name of such a cell; empty after the last. */
struct text intake_edge_name(const struct intake *in, size_t i);

#endif
