/* phone.h - one number, one form: E.164 where the country is known */
#ifndef LEAD_DOMAIN_PHONE_H
#define LEAD_DOMAIN_PHONE_H

#include <stdbool.h>

#include <lead/base/text.h>

/* How one country writes its own numbers. */
struct phone_country;

/* ES PT PL UK (GB) FR DE IT US in any case, or NULL. */
const struct phone_country *phone_country(struct text code);

enum { PHONE_ROOM = 17 };

/*
 * The normal form of a trimmed value, in to (PHONE_ROOM bytes): "+34612345678"
 * for a number with + or the exit code 00, or a national one of home; without
 * home, or where it fits no number of home, its digits alone. Blanks, no-break
 * blanks, hyphens and dashes, dots, slashes and parentheses part digits; tel:
 * in front, (0) of an international number and an extension (ext 12, x12, #12)
 * go. False with letters elsewhere, under 7 or over 15 digits.
 * Source: ITU-T E.164 and the national numbering plans it lists.
 */
bool phone_normal(const struct phone_country *home, struct text value, char *to,
    struct text *normal);

#endif
