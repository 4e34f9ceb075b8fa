/* contact.c - how a lead got in touch: form, chat, call, event */
#include <lead/domain/journey/contact.h>

static const struct {
	const char *event, *method;
	bool answers;
} contacts[] = {
	{ "form", "form", false }, /* an act on a page, in its visit already */
	{ "form_offline", "form", true },
	{ "chat_in", "chat", true },
	{ "call_in", "call", true },
	{ "store_visit", "event", false },
	{ "trade_show", "event", false },
	{ "webinar", "event", false },
};
enum { CONTACTS = sizeof(contacts) / sizeof(contacts[0]) };

static size_t
find(struct text event)
{
	size_t i = 0;

	while (i < CONTACTS && !text_is(event, contacts[i].event))
		i++;
	return i;
}

bool
contact_answers(struct text event)
{
	size_t i = find(event);

	return i < CONTACTS && contacts[i].answers;
}

struct text
contact_method(struct text event, struct text own)
{
	size_t i = own.len == 0 ? find(event) : CONTACTS;

	return i < CONTACTS ? text_of(contacts[i].method) : own;
}

struct text
contact_of(const struct journey *j, const struct journey_columns *c, size_t row)
{
	struct text name = journey_cell(j, row, c->step[STEP_EVENT]);
	const struct event *e = event_find(name);

	return e != NULL && e->kind == EVENT_MILESTONE ? TEXT_NONE
	    : contact_method(name, journey_cell(j, row, c->step[STEP_METHOD]));
}

struct text
contact_at_once(const struct journey *j, const struct journey_columns *c, size_t row)
{
	struct text lead_id = journey_lead(j, row).lead_id, method = TEXT_NONE;

	for (size_t i = row + 1; method.len == 0 && i < journey_rows(j) &&
	    journey_at(j, i) == journey_at(j, row); i++)
		if (text_equal(journey_lead(j, i).lead_id, lead_id))
			method = contact_of(j, c, i);
	return method;
}
