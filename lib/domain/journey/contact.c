/* contact.c - how a lead got in touch: form, chat, call, event */
#include <lead/base/map.h>
#include <lead/base/mem.h>
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

/* --- contacts of one instant --- */

/*
 * Rows from … to - 1 are of one instant: for each the next contact of its lead, found
 * once for all of them from the last to the first.
 */
struct contacts {
	size_t from, to;
	uint32_t *next; /* by row - from: a row, or NO_ROW */
	struct map *leads;
	uint32_t *near; /* by lead: the contact met last */
	size_t next_cap, near_cap;
};

enum { NO_ROW = UINT32_MAX };

struct contacts *
contact_new(void)
{
	struct contacts *k = mem_new(1, sizeof(*k));

	k->leads = map_new();
	return k;
}

void
contact_free(struct contacts *k)
{
	if (k == NULL)
		return;
	map_free(k->leads);
	mem_free(k->next);
	mem_free(k->near);
	mem_free(k);
}

void
contact_clear(struct contacts *k)
{
	k->from = k->to = 0;
}

/* The contact of this lead that was met last. */
static uint32_t *
near(struct contacts *k, struct text lead_id)
{
	bool added;
	uint32_t n = map_add(k->leads, hash_text(lead_id), &added);

	if (added) {
		k->near = mem_grow(k->near, &k->near_cap, (size_t)n + 1,
		    sizeof(*k->near), UINT32_MAX, "leads of a group");
		k->near[n] = NO_ROW;
	}
	return &k->near[n];
}

/* The instant of a row, from it on. */
static void
load(struct contacts *k, const struct journey *j, const struct journey_columns *c,
    size_t row)
{
	k->from = k->to = row;
	while (k->to < journey_rows(j) && journey_at(j, k->to) == journey_at(j, row))
		k->to++;
	k->next = mem_grow(k->next, &k->next_cap, k->to - row, sizeof(*k->next),
	    UINT32_MAX, "rows of a group");
	map_clear(k->leads);
	for (size_t i = k->to; i-- > row;) {
		uint32_t *met = near(k, journey_lead(j, i).lead_id);

		k->next[i - row] = *met;
		if (contact_of(j, c, i).len != 0)
			*met = (uint32_t)i;
	}
}

struct text
contact_at_once(struct contacts *k, const struct journey *j,
    const struct journey_columns *c, size_t row)
{
	uint32_t next;

	if (row + 1 == journey_rows(j) || journey_at(j, row + 1) != journey_at(j, row))
		return TEXT_NONE;
	if (row < k->from || row >= k->to)
		load(k, j, c, row);
	next = k->next[row - k->from];
	return next != NO_ROW ? contact_of(j, c, next) : TEXT_NONE;
}
