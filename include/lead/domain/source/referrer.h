/* referrer.h - whose host is this: a search engine, a network, a mail box? */
#ifndef LEAD_DOMAIN_REFERRER_H
#define LEAD_DOMAIN_REFERRER_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>
#include <lead/domain/rules/sheet.h>

/* What a known host is. */
struct referrer {
	struct text class;    /* search social video shopping ai mail app */
	struct text name;     /* the source: google */
	struct text terms;    /* parameters that hold the search, blank between */
	const char *medium;   /* of a visit from there: organic, social … */
	const char *category; /* of the source in channel rules; "" for none */
};

struct referrers;

/*
 * From a sheet "class name hosts terms"; rules_text("referrers") is the one
 * that ships. A pattern among hosts is a host (www. is let go), the package of
 * an android-app: referrer, or HOST/PATH-PREFIX; ".x.com" is x.com and all
 * under it, "{}" as first or last label a country: uk, co.uk, com.br, com.
 * The text must outlive it. NULL: s has line, at and why.
 */
struct referrers *referrer_new(struct text rules, struct sheet *s);
void referrer_free(struct referrers *r); /* NULL does nothing */

/*
 * What the host is, or NULL; host as url_host() gives it. The longest path
 * wins; *by_path tells (when not NULL) whether another path could say another.
 */
const struct referrer *referrer_find(const struct referrers *r, struct text host,
    struct text path, bool *by_path);

/* The one of that name, or NULL. */
const struct referrer *referrer_named(const struct referrers *r, struct text name);

#endif
