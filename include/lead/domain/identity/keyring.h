/* keyring.h - the distinct keys of the input, by number */
#ifndef LEAD_DOMAIN_KEYRING_H
#define LEAD_DOMAIN_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/identity/key.h>
#include <lead/domain/identity/placeholder.h>

enum { KEYRING_TYPES_MAX = 8 };
enum { KEYRING_NONE = UINT32_MAX };

/*
 * Every distinct cell of a key column has a number, a spelling; every normal
 * form has one too, the key; where a cell is its own normal form the two are
 * one number. Numbers go 0 1 2 …, by first sight. Memory: 16 to 25 bytes a
 * number and its text; each cell is normalised once, however often it comes.
 */
struct keyring;

/* Phones are read as home writes them; NULL: no country. */
struct keyring *keyring_new(const struct phone_country *home);
void keyring_free(struct keyring *r);

/* One more key type, weaker than those before; nobody is taken over. At most
 * KEYRING_TYPES_MAX. */
void keyring_add_type(struct keyring *r, struct text name, struct placeholder *nobody);
unsigned keyring_ntypes(const struct keyring *r);
struct text keyring_type_name(const struct keyring *r, unsigned type);
const struct key_type *keyring_type(const struct keyring *r, unsigned type);

enum keyring_verdict {
	KEYRING_KEY,       /* *spelling is its number */
	KEYRING_EMPTY,     /* no value */
	KEYRING_NOBODY,    /* a placeholder: no key */
	KEYRING_MALFORMED, /* not of its type's form: no key */
	KEYRING_BAD,       /* too long, or a control byte inside: reject the row */
	KEYRING_LIMIT,     /* too hard for a pattern: reject the row */
};

/* cell: a field of that type, escapes as they stand. */
enum keyring_verdict keyring_add(struct keyring *r, unsigned type, struct text cell,
    uint32_t *spelling);

/* The key of a cell that was added, or KEYRING_NONE. Before keyring_shut(). */
uint32_t keyring_find(const struct keyring *r, struct text type, struct text cell);

/* The number of a visitor id that is worth one civil day (visitor_is_daily()):
 * each day has its own. */
uint32_t keyring_add_daily(struct keyring *r, unsigned type, struct text cell,
    int64_t day);

/* Nothing is added any more: gives back what only adding needs. */
void keyring_shut(struct keyring *r);

uint32_t keyring_count(const struct keyring *r);
size_t keyring_bytes(const struct keyring *r);
size_t keyring_probe_bytes(const struct keyring *r); /* of them, until shut */

/* Of number n: its type, its text (escaped, borrowed), the number of its key,
 * and whether a cell had just these bytes. */
unsigned keyring_type_of(const struct keyring *r, uint32_t n);
struct text keyring_text(const struct keyring *r, uint32_t n);
uint32_t keyring_key(const struct keyring *r, uint32_t n); /* or KEYRING_NONE */
/* Is it a key of one day, and of which? */
bool keyring_day(const struct keyring *r, uint32_t n, int64_t *day);
/* <0, 0, >0: by type, strongest first, bytes, day; 0 for one number alone. */
int keyring_order(const struct keyring *r, uint32_t a, uint32_t b);
bool keyring_spelled(const struct keyring *r, uint32_t n);

#endif
