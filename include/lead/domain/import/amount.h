/* amount.h - how much money is in a foreign cell, and of what currency? */
#ifndef LEAD_DOMAIN_AMOUNT_H
#define LEAD_DOMAIN_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/num.h>
#include <lead/base/text.h>

/*
 * A cell taken apart: a sign of a currency before or behind the digits, a minus before
 * either, ( ) around the digits or all. Blanks between them, no-break ones too, go.
 */
struct amount_parts {
	struct text sign, digits; /* either may be empty */
	bool behind, apart;       /* where the sign stands; a blank is between */
	bool minus, parens;
};

/* False: it is nothing of this shape. An empty cell is, with no parts. */
bool amount_split(struct text cell, struct amount_parts *p);

/* How amounts are written. */
struct amount_form {
	struct num_form number;
	struct text sign;       /* that every amount must have; or empty */
	struct text currencies; /* codes that it may mean, between commas */
	bool accounting;        /* (5) is -5, and a dash 0 */
};

/*
 * A form by an example: 1,234.56 or 1.234,56 or 1 234,56 or 1 234.56 or 1'234.56 or
 * 1'234,56 or 12,34,567.89 or 1234.56 or 1234,56, with the sign or code of its
 * currency before or behind it ($1,234.56, 1.234,56 €, EUR 1,234.56), and in ( ) where
 * negative amounts are. Or micros. :round behind it, or alone: to six decimals.
 * Empty: 1234.56. NULL, or why it is none of these. words are borrowed.
 */
const char *amount_form_read(struct text words, struct amount_form *form);

/* A number of amount_form_read()'s and its form, from 0 on; false past the last. */
bool amount_number(size_t i, struct text *words, struct num_form *form);

/* The codes that a sign or code may mean, between commas; empty: it is none. */
struct text amount_currencies(struct text sign);

enum amount_verdict {
	AMOUNT_OK,
	AMOUNT_EMPTY,
	AMOUNT_BAD,
	AMOUNT_SCALE,    /* more than six decimals */
	AMOUNT_OVERFLOW,
	AMOUNT_UNSIGNED, /* without the form's currency */
	AMOUNT_SIGNED,   /* with a currency, where the form has none */
	AMOUNT_OTHER,    /* with another currency than the form's */
};

/* A sign stands on either side, whatever the form has. */
enum amount_verdict amount_read(const struct amount_form *form, struct text cell,
    int64_t *micros);

#endif
