/* visitor.h - who made this request, as far as a log can tell */
#ifndef LEAD_DOMAIN_VISITOR_H
#define LEAD_DOMAIN_VISITOR_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/arena.h>
#include <lead/base/hash.h>
#include <lead/base/text.h>

/*
 * A visitor of address and agent is ~ and a hash: the sign says that the id
 * is worth one civil day. Over days it is no person: lead-identify ties such
 * an id to nobody by another day's row.
 */
enum { VISITOR_DAILY = '~', VISITOR_LEN = 1 + HASH_ID_LEN };

static inline bool
visitor_is_daily(struct text id)
{
	return id.len == VISITOR_LEN && id.s[0] == VISITOR_DAILY;
}

/* The id of an address and an agent; out holds it. */
struct text visitor_of_agent(struct text address, struct text agent,
    char out[VISITOR_LEN]);

/* Where an id is looked for, in order: "cookie:uid,param:vid,ip+ua". */
enum visitor_kind {
	VISITOR_COOKIE,
	VISITOR_PARAM,
	VISITOR_AGENT,
};

struct visitor_rule {
	enum visitor_kind kind;
	struct text name; /* of the cookie or parameter */
};

enum { VISITOR_RULES_MAX = 8 };

struct visitor_rules {
	struct visitor_rule rule[VISITOR_RULES_MAX];
	size_t n;
};

/* The text is borrowed. NULL, or what is wrong with it. */
const char *visitor_parse(struct text t, struct visitor_rules *out);

/* What nginx calls the field of one cookie: for messages. */
struct text visitor_cookie_field(struct arena *a, struct text name);

/* The value of a cookie in a Cookie header, or empty. */
struct text visitor_cookie(struct text header, struct text name);

/* The value of a query parameter as it was written, or empty. */
struct text visitor_param(struct text query, struct text name);

/* Words for when it is none of a log's n fields: which are cookies. Made in a. */
const char *visitor_no_cookie(struct arena *a, const struct text *name, size_t n);

#endif
