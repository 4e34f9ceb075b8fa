/* event.c - which events are touches, acts and milestones, and their order */
#include <lead/domain/rules/event.h>

#define T EVENT_TOUCH
#define A EVENT_ACT
#define M EVENT_MILESTONE

/* In the order of rows whose time is only a day (lead-tsv(5)). */
static const struct event events[] = {
	{ "page_view", T, 0, NULL },
	{ "call_in", T, 0, "phone" },
	{ "chat_in", T, 0, "chat" },
	{ "form_offline", T, 0, "form" },
	{ "store_visit", T, 0, "store" },
	{ "trade_show", T, 0, "event" },
	{ "webinar", T, 0, "webinar" },
	{ "form", A, 0, NULL },
	{ "call_out", A, 0, NULL },
	{ "meeting_held", A, 0, NULL },
	{ "email_sent", A, 0, NULL },
	{ "email_delivered", A, 0, NULL },
	{ "email_bounced", A, 0, NULL },
	{ "email_opened", A, 0, NULL },
	{ "email_clicked", A, 0, NULL },
	{ "complained", A, 0, NULL },
	{ "consented", A, 0, NULL },
	{ "unsubscribed", A, 0, NULL },
	{ "lead", M, EVENT_PER_LEAD, NULL },
	{ "contacted", M, EVENT_PER_LEAD, NULL },
	{ "mql", M, EVENT_PER_LEAD, NULL },
	{ "sql", M, EVENT_PER_LEAD, NULL },
	{ "disqualified", M, EVENT_PER_LEAD, NULL },
	{ "meeting", M, EVENT_PER_DEAL, NULL },
	{ "proposal", M, EVENT_PER_DEAL, NULL },
	{ "opp", M, EVENT_PER_DEAL, NULL },
	{ "won", M, EVENT_PER_DEAL, NULL },
	{ "lost", M, EVENT_PER_DEAL, NULL },
	{ "stage", M, EVENT_EACH_ROW, NULL },
	{ "payment", M, EVENT_EACH_ROW, NULL },
	{ "refund", M, EVENT_EACH_ROW, NULL },
};

#undef T
#undef A
#undef M

enum { EVENTS = sizeof(events) / sizeof(events[0]) };

/* Their first letters: asked for each row of steps, most names differ there. */
static const char letters[] = "pccfstwfcmeeeeeccu" "lcmsdmpowlspr";
_Static_assert(sizeof(letters) - 1 == EVENTS, "a letter for each event");

unsigned
event_rank(struct text name)
{
	const char *at = letters;

	while (name.len != 0 &&
	    (at = memchr(at, name.s[0], (size_t)(letters + EVENTS - at))) != NULL) {
		if (text_is(name, events[at - letters].name))
			return (unsigned)(at - letters);
		at++;
	}
	return EVENTS;
}

unsigned
event_minor(struct text name, struct text precision)
{
	return text_is(precision, "day") ? 1 + event_rank(name) : 0;
}

const struct event *
event_at(unsigned i)
{
	return i < EVENTS ? &events[i] : NULL;
}

const struct event *
event_find(struct text name)
{
	return event_at(event_rank(name));
}
