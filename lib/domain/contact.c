/* contact.c - how a lead got in touch: form, chat, call, event */
#include <stddef.h>

#include <lead/domain/contact.h>

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
