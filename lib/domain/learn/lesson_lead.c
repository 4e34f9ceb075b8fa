/* lesson_lead.c - one lead of the past: what its row says */
#include <lead/base/when.h>
#include <lead/domain/learn/lesson.h>

static bool
refuse(struct lesson_refusal *no, int column, const char *reason, const char *why)
{
	*no = (struct lesson_refusal){ column, reason, why };
	return false;
}

/* An instant, or a day: its beginning. */
static bool
parse_time(const struct lesson *l, struct text t, int64_t *us)
{
	int64_t day;

	if (when_parse_day(t, &day) != WHEN_OK)
		return when_parse(t, us) == WHEN_OK;
	*us = zone_day_start(l->ask.zone, day);
	return true;
}

static bool
read_time(const struct lesson *l, struct lesson_lead *lead, struct lesson_refusal *no)
{
	struct text t = fields_cell(lead->row, l->time);

	lead->us = l->ask.as_of_us;
	if (l->time < 0)
		return true;
	if (t.len == 0)
		return refuse(no, -1, "no_time", NULL);
	if (!parse_time(l, t, &lead->us))
		return refuse(no, l->time, "time", "not a time");
	lead->timed = true;
	return true;
}

/* Did what a cell tells of happen, as far as is known by as-of? */
static bool
happened(const struct lesson *l, struct text t)
{
	int64_t us;

	if (t.len == 0 || text_is(t, "0"))
		return false;
	return !l->ask.has_as_of || !parse_time(l, t, &us) || us <= l->ask.as_of_us;
}

/* 1 and 0, or when it won; else it is lost when a column says so, or open. */
static bool
read_outcome(const struct lesson *l, struct lesson_lead *lead, struct lesson_refusal *no)
{
	struct text outcome = fields_cell(lead->row, l->outcome);
	bool lost = text_is(outcome, "0");
	int64_t us;

	if (outcome.len != 0 && !lost && !text_is(outcome, "1") &&
	    !parse_time(l, outcome, &us))
		return refuse(no, l->outcome, "outcome", "neither 1 nor 0 nor a time");
	lead->won = happened(l, outcome);
	for (size_t i = 0; i < l->nlost && !lead->won; i++)
		lost = lost || happened(l, fields_cell(lead->row, l->lost[i]));
	if (l->ask.give_up_us != 0 && lead->timed &&
	    l->ask.as_of_us - lead->us >= l->ask.give_up_us)
		lost = true;
	lead->open = !lead->won && !lost;
	return true;
}

bool
lesson_read(const struct lesson *l, struct lesson_lead *lead, struct lesson_refusal *no)
{
	return read_time(l, lead, no) && read_outcome(l, lead, no);
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
