/* event: each event is found by its name alone, and has its place in the order */
#include <lead/domain/rules/event.h>

#include "tap.h"

int
main(void)
{
	static const char none[][32] = { "", "z", "leads", "lea", "formidable", "Lead", "xon",
		"won't be found: too long" };
	const struct event *e;
	unsigned i;

	for (i = 0; (e = event_at(i)) != NULL && i < EVENTS; i++) {
		ok(event_find(text_of(e->name)) == e, "%s is found", e->name);
		ok(event_rank(text_of(e->name)) == i && e->rank == i, "%s has its place",
		    e->name);
	}
	for (size_t n = 0; n < sizeof(none) / sizeof(none[0]); n++) {
		ok(event_find(text_of(none[n])) == NULL, "'%s' is no event", none[n]);
		ok(event_rank(text_of(none[n])) == i, "'%s' comes last", none[n]);
	}
	return tap_end();
}
