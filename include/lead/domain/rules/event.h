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

/*
 * In the order of rows whose time is only a day (lead-tsv(5)): among those of one
 * time a smaller rank is earlier, and unknown names come last.
 */
enum event_rank {
	EVENT_PAGE_VIEW,
	EVENT_CALL_IN,
	EVENT_CHAT_IN,
	EVENT_FORM_OFFLINE,
	EVENT_STORE_VISIT,
	EVENT_TRADE_SHOW,
	EVENT_WEBINAR,
	EVENT_FORM,
	EVENT_CALL_OUT,
	EVENT_MEETING_HELD,
	EVENT_EMAIL_SENT,
	EVENT_EMAIL_DELIVERED,
	EVENT_EMAIL_BOUNCED,
	EVENT_EMAIL_OPENED,
	EVENT_EMAIL_CLICKED,
	EVENT_COMPLAINED,
	EVENT_CONSENTED,
	EVENT_UNSUBSCRIBED,
	EVENT_LEAD,
	EVENT_CONTACTED,
	EVENT_MQL,
	EVENT_SQL,
	EVENT_DISQUALIFIED,
	EVENT_MEETING,
	EVENT_PROPOSAL,
	EVENT_OPP,
	EVENT_WON,
	EVENT_LOST,
	EVENT_STAGE,
	EVENT_PAYMENT,
	EVENT_REFUND,
	EVENTS,
};

struct event {
	const char *name;
	enum event_rank rank;
	enum event_kind kind;
	enum event_once once; /* milestones alone */
	const char *channel;  /* of an offline touch: phone, chat …; or NULL */
};

/* The event of a name, or NULL. */
const struct event *event_find(struct text name);

/* Its rank, EVENTS of an unknown name. */
unsigned event_rank(struct text name);

/* Place among rows of one time: 0 for exact rows, which stand first; of those
 * with precision day 1 and the rank. */
unsigned event_minor(struct text name, struct text precision);

/* The i-th event in that order, or NULL past the end. */
const struct event *event_at(unsigned i);

#endif
