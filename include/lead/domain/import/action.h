/* action.h - which events does a request make? */
#ifndef LEAD_DOMAIN_ACTION_H
#define LEAD_DOMAIN_ACTION_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * The rows of an --events file: method path status event. method and status
 * are lists (POST or POST,PUT; 200,302 or 2xx), path is a byte pattern that
 * ignores ASCII case; an empty cell is any. The first row that holds names the
 * events, one or several (form,lead). A request that no row names is a
 * page_view.
 */
struct actions;

struct action_error {
	uint64_t line;
	size_t at; /* byte in the line, from 1 */
	const char *why;
};

/* NULL and *error. text must outlive it. An empty text makes page views. */
struct actions *action_new(struct text text, struct action_error *error);
void action_free(struct actions *a); /* NULL does nothing */

enum { ACTION_EVENTS_MAX = 8 };

enum action_verdict {
	ACTION_OK,
	ACTION_LIMIT, /* a pattern was too hard: reject the request */
};

/* The names of the events into event[0..*n-1], borrowed from a. */
enum action_verdict action_of(const struct actions *a, struct text method,
    struct text path, int status, struct text event[ACTION_EVENTS_MAX], size_t *n);

#endif
