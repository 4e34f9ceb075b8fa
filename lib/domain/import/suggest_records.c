/* suggest_records.c - rows of a map for deals and contacts: opened, won, lost */
#include "suggest_state.h"

static void
add_outcome(struct suggest *s, const char *outcome, struct text from, struct text as)
{
	struct text event = text_of(outcome), row[3];
	bool known = from.len != 0 && suggest_kind_has(s->stage, outcome);

	if (from.len == 0)
		from = TEXT("COLUMN");
	row[0] = known ? event : suggest_rows_join(s, TEXT("# "), event);
	row[1] = from;
	row[2] = as;
	if (!suggest_rows_each(s, s->stage, event, headers_outcome, row))
		suggest_rows_add(s, row[0], TEXT("time"), from, as,
		    suggest_rows_condition(s, s->stage, TEXT("="), TEXT("VALUE")));
}

void
suggest_records_end(struct suggest *s, struct text from, struct text as)
{
	if (!suggest_kind_has(s->stage, "won"))
		suggest_rows_values(s, s->stage, "values of ", NULL);
	add_outcome(s, "won", from, as);
	if (s->lost == NULL)
		add_outcome(s, "lost", from, as);
	s->has_won = true;
}

static void
add_time(struct suggest *s, const struct suggest_column *c,
    const struct headers_meaning *m)
{
	bool deals = s->stage != NULL, mixed = s->has_deal && s->key->has_blank;
	bool lead = text_is(m->event, "lead");

	if (deals && text_is(m->event, "won")) {
		suggest_records_end(s, c->name, m->as);
		return;
	}
	s->has_time = true;
	if (!deals || !lead) {
		suggest_rows_meaning(s, c, m, m->event);
		return;
	}
	suggest_rows_meaning(s, c, m, mixed ? TEXT("lead") : TEXT("# lead"));
	suggest_rows_add(s, TEXT("opp"), m->column, c->name, m->as,
	    mixed ? suggest_rows_condition(s, s->key, TEXT("?"), TEXT_NONE) : TEXT_NONE);
}

void
suggest_records_column(struct suggest *s, const struct suggest_column *c,
    struct headers_meaning *m)
{
	if (text_is(m->column, "time")) {
		add_time(s, c, m);
		return;
	}
	if (text_is(m->column, "record_id"))
		m->column = s->stage != NULL && !s->has_deal ? TEXT("deal_id")
		                                             : TEXT("crm_id");
	suggest_rows_meaning(s, c, m, m->event);
}
