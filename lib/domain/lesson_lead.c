/* lesson_lead.c - one lead of the past: what its row says */
#include <lead/base/when.h>
#include <lead/domain/lesson.h>

static bool
refuse(struct lesson_refusal *no, int column, const char *reason, const char *why)
{
	*no = (struct lesson_refusal){ column, reason, why };
	return false;
}

/* An instant, or a day: its beginning. */
static bool
read_time(const struct lesson *l, struct lesson_lead *lead, struct lesson_refusal *no)
{
	struct text t = fields_cell(lead->row, l->time);
	int64_t day;

	lead->us = l->ask.as_of_us;
	if (l->time < 0)
		return true;
	if (t.len == 0)
		return refuse(no, -1, "no_time", NULL);
	if (when_parse_day(t, &day) == WHEN_OK)
		lead->us = zone_day_start(l->ask.zone, day);
	else if (when_parse(t, &lead->us) != WHEN_OK)
		return refuse(no, l->time, "time", "not a time");
	lead->timed = true;
	return true;
}

bool
lesson_read(const struct lesson *l, struct lesson_lead *lead, struct lesson_refusal *no)
{
	struct text outcome = fields_cell(lead->row, l->outcome);

	lead->won = text_is(outcome, "1");
	lead->open = outcome.len == 0;
	if (!lead->won && !lead->open && !text_is(outcome, "0"))
		return refuse(no, l->outcome, "outcome", "neither 1 nor 0");
	return read_time(l, lead, no);
}

static struct evaluate_period
period_of(const struct lesson *l, const struct lesson_lead *lead, char name[WHEN_TEXT])
{
	int64_t day;

	if (!lead->timed || l->ask.period == WHEN_BY_ALL)
		return (struct evaluate_period){ 0, TEXT_NONE };
	day = zone_day(l->ask.zone, lead->us);
	return (struct evaluate_period){ when_period_start(l->ask.period, day),
		when_put_period(name, l->ask.period, day) };
}

static void
add_habits(struct lesson *l, const struct lesson_lead *lead)
{
	struct score_sum sum = hold_sum(&l->habits, lead->row,
	    fields_cell(lead->row, l->lead), lead->us);

	for (size_t i = l->nfeatures; i < l->ncolumns; i++)
		l->field[i] = sum.parts[i - l->nfeatures].hits != 0 ? TEXT("holds") :
		    TEXT_NONE;
}

static void
add_to_history(struct lesson *l, const struct lesson_lead *lead, int64_t held)
{
	const struct history_row row = { lead->won, lead->fold, held };

	for (size_t i = 0; i < l->nfeatures; i++)
		l->field[i] = fields_cell(lead->row, l->column[i]);
	if (l->ncolumns != l->nfeatures)
		add_habits(l, lead);
	history_add(&l->history, l->field, &row);
}

void
lesson_add(struct lesson *l, const struct lesson_lead *lead)
{
	struct score_sum sum = { 0 };
	struct evaluate_period period;
	char name[WHEN_TEXT];

	l->leads += !lead->open;
	l->open += lead->open;
	if (lead->open)
		return;
	if (l->has_rules)
		sum = hold_sum(&l->hold, lead->row, fields_cell(lead->row, l->lead),
		    lead->us);
	if (!l->evaluate) {
		add_to_history(l, lead, sum.total);
		return;
	}
	period = period_of(l, lead, name);
	evaluate_add(l->evaluation, &sum, lead->won,
	    period.name.len != 0 ? &period : NULL);
}
