/* key.h - what a key is once its spelling is taken away */
#ifndef LEAD_DOMAIN_KEY_H
#define LEAD_DOMAIN_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>
#include <lead/domain/identity/phone.h>

enum key_form {
	KEY_EXACT, /* trimmed, byte for byte */
	KEY_EMAIL,
	KEY_PHONE,
};

/* What a column is as a key; unknown columns are exact, many-valued. */
struct key_type {
	const char *name;
	enum key_form form;
	bool single;   /* a person has one: two values are two people */
	bool personal; /* may not stand behind an id without a secret */
	bool anchor;   /* makes a lead by itself; a visitor does not */
};

/* The type of a column name, never NULL. */
const struct key_type *key_type(struct text name);

enum key_verdict {
	KEY_OK,
	KEY_EMPTY,
	KEY_NOT,     /* not of its form: a phone with letters, an address without @ */
	KEY_LONG,    /* above KEY_MAX bytes */
	KEY_CONTROL, /* a control byte inside a key that is kept as it is */
};

enum { KEY_MAX = 4096 };

/*
 * The normal form of a plain value (no escapes), in to or in value itself; to
 * has KEY_MAX + 2 bytes. Two spellings of one key have one normal form, and
 * a normal form has itself.
 * EMAIL: trimmed, mailto: and the dot at the end off, ASCII letters lowered,
 * dots of the local part off at gmail.com and googlemail.com, +tag kept;
 * letters beyond ASCII stay as they are.
 * PHONE: + and digits (E.164) where the number or home tells its country, else
 * the digits alone; 7 to 15 of them; extension off. home may be NULL.
 */
enum key_verdict key_normal(enum key_form form, const struct phone_country *home,
    struct text value, char *to, struct text *normal);

#endif
