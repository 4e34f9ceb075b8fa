/* event.c - which events are touches, acts and milestones, and their order */
#include <lead/domain/rules/event.h>

#define T EVENT_TOUCH
#define A EVENT_ACT
#define M EVENT_MILESTONE
#define E(rank, name, kind, once, channel) \
	[EVENT_##rank] = { name, EVENT_##rank, kind, once, channel }

static const struct event events[EVENTS] = {
	E(PAGE_VIEW, "page_view", T, 0, NULL),
	E(CALL_IN, "call_in", T, 0, "phone"),
	E(CHAT_IN, "chat_in", T, 0, "chat"),
	E(FORM_OFFLINE, "form_offline", T, 0, "form"),
	E(STORE_VISIT, "store_visit", T, 0, "store"),
	E(TRADE_SHOW, "trade_show", T, 0, "event"),
	E(WEBINAR, "webinar", T, 0, "webinar"),
	E(FORM, "form", A, 0, NULL),
	E(CALL_OUT, "call_out", A, 0, NULL),
	E(MEETING_HELD, "meeting_held", A, 0, NULL),
	E(EMAIL_SENT, "email_sent", A, 0, NULL),
	E(EMAIL_DELIVERED, "email_delivered", A, 0, NULL),
	E(EMAIL_BOUNCED, "email_bounced", A, 0, NULL),
	E(EMAIL_OPENED, "email_opened", A, 0, NULL),
	E(EMAIL_CLICKED, "email_clicked", A, 0, NULL),
	E(COMPLAINED, "complained", A, 0, NULL),
	E(CONSENTED, "consented", A, 0, NULL),
	E(UNSUBSCRIBED, "unsubscribed", A, 0, NULL),
	E(LEAD, "lead", M, EVENT_PER_LEAD, NULL),
	E(CONTACTED, "contacted", M, EVENT_PER_LEAD, NULL),
	E(MQL, "mql", M, EVENT_PER_LEAD, NULL),
	E(SQL, "sql", M, EVENT_PER_LEAD, NULL),
	E(DISQUALIFIED, "disqualified", M, EVENT_PER_LEAD, NULL),
	E(MEETING, "meeting", M, EVENT_PER_DEAL, NULL),
	E(PROPOSAL, "proposal", M, EVENT_PER_DEAL, NULL),
	E(OPP, "opp", M, EVENT_PER_DEAL, NULL),
	E(WON, "won", M, EVENT_PER_DEAL, NULL),
	E(LOST, "lost", M, EVENT_PER_DEAL, NULL),
	E(STAGE, "stage", M, EVENT_EACH_ROW, NULL),
	E(PAYMENT, "payment", M, EVENT_EACH_ROW, NULL),
	E(REFUND, "refund", M, EVENT_EACH_ROW, NULL),
};

#undef T
#undef A
#undef M
#undef E

#define AT(rank) &events[EVENT_##rank]

/* By the length of their names, NULL behind them: asked for each row. */
static const struct event *const by_length[][8] = {
	[3] = { AT(MQL), AT(SQL), AT(OPP), AT(WON) },
	[4] = { AT(FORM), AT(LEAD), AT(LOST) },
	[5] = { AT(STAGE) },
	[6] = { AT(REFUND) },
	[7] = { AT(CALL_IN), AT(CHAT_IN), AT(WEBINAR), AT(MEETING), AT(PAYMENT) },
	[8] = { AT(CALL_OUT), AT(PROPOSAL) },
	[9] = { AT(PAGE_VIEW), AT(CONSENTED), AT(CONTACTED) },
	[10] = { AT(TRADE_SHOW), AT(EMAIL_SENT), AT(COMPLAINED) },
	[11] = { AT(STORE_VISIT) },
	[12] = { AT(FORM_OFFLINE), AT(MEETING_HELD), AT(EMAIL_OPENED), AT(UNSUBSCRIBED),
	    AT(DISQUALIFIED) },
	[13] = { AT(EMAIL_BOUNCED), AT(EMAIL_CLICKED) },
	[15] = { AT(EMAIL_DELIVERED) },
};

#undef AT

enum { LONGEST = sizeof(by_length) / sizeof(by_length[0]) - 1 };

const struct event *
event_find(struct text name)
{
	if (name.len == 0 || name.len > LONGEST)
		return NULL;
	for (const struct event *const *e = by_length[name.len]; *e != NULL; e++)
		if ((*e)->name[0] == name.s[0] && memcmp((*e)->name, name.s, name.len) == 0)
			return *e;
	return NULL;
}

unsigned
event_rank(struct text name)
{
	const struct event *e = event_find(name);

	return e != NULL ? e->rank : EVENTS;
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
