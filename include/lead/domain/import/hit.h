/* hit.h - which event is this line of a web log? */
#ifndef LEAD_DOMAIN_HIT_H
#define LEAD_DOMAIN_HIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/ip.h>
#include <lead/base/text.h>
#include <lead/domain/identity/visitor.h>
#include <lead/domain/import/action.h>

enum hit_drop {
	HIT_BOTS = 1,
	HIT_STATIC = 2,   /* pictures, styles, scripts, fonts … by the path's end */
	HIT_ERRORS = 4,   /* status 400 and above */
	HIT_INTERNAL = 8, /* from the networks given */
};

/* "bots,errors" to bits; false and *bad, the word that is none. */
bool hit_parse_drop(struct text list, unsigned *drop, struct text *bad);

/* How the fields were written. */
enum hit_writing {
	HIT_ESCAPED, /* by nginx or Apache: \xNN, \" */
	HIT_W3C,     /* + for blanks in the agent */
	HIT_PLAIN,   /* JSON: every key that is no part of a request is a column */
};

struct hit_options {
	unsigned drop; /* of enum hit_drop */
	struct visitor_rules visitor;
	const struct actions *actions;  /* borrowed, as is the next */
	const struct ip_set *internal;  /* NULL: none */
};

struct hits;

struct hits *hit_new(const struct hit_options *o);
void hit_free(struct hits *h); /* NULL does nothing */

/*
 * Tell the names of the fields to come: weblog.h's names, those of W3C
 * extended logs (cs-uri-stem), and the usual ones of JSON logs. Borrowed until
 * bound again. NULL, or what a log must have and this one has not; *bad is then
 * the name of the field that was looked for, or left alone.
 */
const char *hit_bind(struct hits *h, enum hit_writing writing,
    const struct text *name, size_t n, struct text *bad);

/* Columns by the log's own names (cookies, parameters, headers …): their
 * number and names as they were at the first hit_bind(). */
size_t hit_nextras(const struct hits *h);
struct text hit_extra(const struct hits *h, size_t i);

enum hit_verdict {
	HIT_EVENT,
	HIT_DROPPED, /* by the rule named */
	HIT_BAD,
};

/* Borrowed from the fields and h until the next hit_read(). */
struct hit {
	int64_t us;
	struct text visitor, url, referrer, agent; /* values; empty: none */
	const struct text *extra;                  /* hit_nextras() values */
	struct text event[ACTION_EVENTS_MAX];
	size_t nevents;

	const char *rule;   /* HIT_DROPPED: a literal */
	const char *reason; /* HIT_BAD: one word; why: a phrase, about value */
	const char *why;
	struct text value;
};

enum hit_verdict hit_read(struct hits *h, const struct text *field,
    struct hit *out);

#endif
