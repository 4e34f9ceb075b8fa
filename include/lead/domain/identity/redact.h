/* redact.h - what is left of a row when people in it are hidden or forgotten */
#ifndef LEAD_DOMAIN_REDACT_H
#define LEAD_DOMAIN_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/identity/forget.h>
#include <lead/domain/identity/identity.h>

/* What is asked; lists have commas, NULL is none. All is borrowed. */
struct redact_words {
	const char *sha256, *pseudonymise, *wipe; /* columns */
	const char *forget, *identity;            /* files, added by the caller */
	const char *country, *tz;
	bool bare_phones;
};

/* What is wrong with an option: about word, or all of it when that is empty. */
struct redact_problem {
	const char *option, *why;
	struct text word;
};

struct redact;

/* secret may be NULL; it is borrowed. NULL: *p says what is wrong. */
struct redact *redact_new(const struct redact_words *w, const struct digest_key *secret,
    struct redact_problem *p);
void redact_free(struct redact *r); /* NULL does nothing */

/* What the files asked for are added to (forget_add, identity_add), before
 * redact_bind(); or NULL. */
struct forget *redact_forget(struct redact *r);
struct identity *redact_people(struct redact *r);

/* Find the columns. False: *missing is one that must be there and is not. */
bool redact_bind(struct redact *r, forget_column *column, const void *table,
    struct text *missing);

/* The cells that are written anew: how many, and the column that each is. */
size_t redact_ncells(const struct redact *r);
struct text redact_name(const struct redact *r, size_t i);

/* cell gives fields without escapes, made in arena; field as they stand. row: all
 * fields, tabs between them, which only redact_people() need. */
struct redact_row {
	struct forget_row values;
	forget_cell *field;
	struct text row;
};

/* A cell: plain is a value that may want escapes, else it is a field. */
struct redact_cell {
	struct text text;
	bool plain;
};

/* The cells of a row, redact_ncells() of them. False: *bad is the column of a key
 * that is too long, or has a control byte in it. */
bool redact_take(struct redact *r, const struct redact_row *row,
    struct redact_cell *cell, int *bad);

/* The i-th count and its name; NULL past the last. */
const char *redact_count(const struct redact *r, unsigned i, uint64_t *n);

#endif
