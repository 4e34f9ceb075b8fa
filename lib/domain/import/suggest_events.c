/* suggest_events.c - rows of a map for acts, calls and payments: one time, and the
 * event by what a column says */
#include "suggest_state.h"

static bool
is_act(struct text value)
{
	struct text act = headers_act(value);

	return act.len != 0 && !text_is(act, "payment");
}

static void
add_acts(struct suggest *s, struct text as)
{
	for (size_t i = 0; i < s->act->nvalues; i++) {
		struct text value = s->act->value[i], act = headers_act(value);
		struct text when = suggest_rows_condition(s, s->act, TEXT("="), value);

		if (!is_act(value))
			continue;
		suggest_rows_add(s, act, TEXT("time"), s->time->name, as, when);
		if (text_is(act, "call_in") || text_is(act, "call_out"))
			suggest_rows_add(s, text_is(act, "call_in") ? TEXT("lead")
			    : TEXT("contacted"), TEXT("time"), s->time->name, as, when);
	}
	suggest_rows_values(s, s->act, "no events: values of ", is_act);
}

static void
add_call(struct suggest *s, struct text as)
{
	static const char *const events[] = { "call_in", "lead" };

	for (size_t i = 0; i < 2; i++)
		suggest_rows_add(s, text_of(events[i]), TEXT("time"), s->time->name, as,
		    TEXT_NONE);
	suggest_rows_add(s, TEXT("# call_out"), TEXT("time"), s->time->name, as,
	    TEXT("COLUMN = VALUE"));
}

/* By a column that says what was paid, if there is one. */
static void
add_payment(struct suggest *s, struct text as)
{
	const struct text row[3] = { TEXT("payment"), s->time->name, as };

	for (size_t i = 0; i < s->n; i++)
		if (s->column[i].is_stage && suggest_rows_each(s, &s->column[i], row[0],
		    headers_act, row))
			return;
	suggest_rows_add(s, row[0], TEXT("time"), row[1], row[2], TEXT_NONE);
}

void
suggest_events(struct suggest *s)
{
	struct text as;

	if (s->time == NULL)
		return;
	as = suggest_form(s, s->time, TEXT("date"));
	if (s->act != NULL)
		add_acts(s, as);
	else if (s->kind == SUGGEST_CALLS)
		add_call(s, as);
	else
		add_payment(s, as);
	s->has_time = true;
}

void
suggest_events_column(struct suggest *s, const struct suggest_column *c,
    struct headers_meaning *m)
{
	struct text refund = TEXT("# refund");

	if (c == s->time)
		return;
	if (text_is(m->column, "time") || text_is(m->column, "-") || c == s->act) {
		suggest_rows_carry(s, c);
	} else if (text_is(m->column, "refund")) {
		suggest_rows_add(s, refund, TEXT("time"), TEXT("COLUMN"),
		    TEXT("date:%d/%m/%Y"),
		    suggest_rows_condition(s, c, TEXT(">"), TEXT("0")));
		suggest_rows_add(s, refund, TEXT("value"), c->name, m->as, TEXT_NONE);
	} else if (text_is(m->column, "value") && s->kind == SUGGEST_PAYMENTS) {
		suggest_rows_meaning(s, c, m, TEXT("payment"));
	} else {
		suggest_rows_meaning(s, c, m, TEXT("*"));
	}
}
