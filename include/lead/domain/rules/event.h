/* event.h - which events are touches, acts and milestones, and their order */
#ifndef LEAD_DOMAIN_EVENT_H
#define LEAD_DOMAIN_EVENT_H

#include <lead/base/text.h>

enum event_kind {
	EVENT_TOUCH,
	EVENT_ACT,
	EVENT_MILESTONE,
	EVENT_UNKNOWN,
};

/* How often a milestone counts. */
enum event_once {
	EVENT_PER_LEAD, /* the first of the lead */
	EVENT_PER_DEAL, /* the first of each deal_id */
	EVENT_EACH_ROW,
};

struct event {
	const char *name;
	enum event_kind kind;
	enum event_once once; /* milestones alone */
	const char *channel;  /* of an offline touch: phone, chat …; or NULL */
};

/* The event of a name, or NULL. */
const struct event *event_find(struct text name);

/*
 * Place in the order of DESIGN: among day-precise rows of one time a smaller
 * rank is earlier. Unknown names come last.
 */
unsigned event_rank(struct text name);

/* Place among rows of one time: 0 for exact rows, which stand first; of those
 * with precision day 1 and the rank. */
unsigned event_minor(struct text name, struct text precision);

/* The i-th event in that order, or NULL past the end. */
const struct event *event_at(unsigned i);

#endif
