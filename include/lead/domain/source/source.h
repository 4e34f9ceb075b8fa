/* source.h - what is a source really called, and what kind is it? */
#ifndef LEAD_DOMAIN_SOURCE_H
#define LEAD_DOMAIN_SOURCE_H

#include <stdbool.h>

#include <lead/base/text.h>
#include <lead/domain/rules/sheet.h>
#include <lead/domain/source/referrer.h>

/*
 * Sources have one name (fb, m.facebook.com -> facebook) and at most one
 * category (search social video shopping ai). Names are told by, in order:
 * the user's table, rules_text("sources"), the referrers' hosts; categories by
 * the user's table, rules_text("categories"), the referrers' names and hosts.
 */
struct source_book;

struct source {
	struct text name;     /* as given when no table knows another */
	struct text category; /* or empty */
	struct text channel;  /* that the user's table gives it, or empty */
};

/* referrers is borrowed and outlives the book. NULL: s says what is wrong with
 * one of the shipped tables. */
struct source_book *source_new(const struct referrers *referrers, struct sheet *s);
void source_free(struct source_book *b); /* NULL does nothing */

/*
 * The user's own table, "alias name category channel", the latter two may be
 * absent; a blank name: the alias is the name. The text must outlive the book.
 * False: s has line, at and why.
 */
bool source_load(struct source_book *b, struct text rules, struct sheet *s);

/* name in lower case; what comes back is borrowed from name or the book. */
struct source source_find(const struct source_book *b, struct text name);

#endif
