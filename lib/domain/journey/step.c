/* step.c - one row of the steps table: a visit or a milestone of one group */
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/journey/step.h>

static const char *const names[STEP_COLUMNS] = {
	[STEP_EVENT_ID] = "event_id",
	[STEP_TIME] = "time",
	[STEP_PRECISION] = "precision",
	[STEP_KIND] = "kind",
	[STEP_EVENT] = "event",
	[STEP_STAGE] = "stage",
	[STEP_LEAD_ID] = "lead_id",
	[STEP_ACCOUNT_ID] = "account_id",
	[STEP_DEAL_ID] = "deal_id",
	[STEP_DEAL_TYPE] = "deal_type",
	[STEP_METHOD] = "method",
	[STEP_CHANNEL] = "channel",
	[STEP_SOURCE] = "source",
	[STEP_MEDIUM] = "medium",
	[STEP_CAMPAIGN] = "campaign",
	[STEP_TERM] = "term",
	[STEP_CONTENT] = "content",
	[STEP_CAMPAIGN_ID] = "campaign_id",
	[STEP_CLICK_ID] = "click_id",
	[STEP_CLICK_ID_TYPE] = "click_id_type",
	[STEP_LANDING] = "landing",
	[STEP_EVIDENCE] = "evidence",
	[STEP_PAGES] = "pages",
	[STEP_VALUE] = "value",
	[STEP_CURRENCY] = "currency",
	[STEP_MONTHS] = "months",
};

static const struct step_problem bad_kind = {
	STEP_KIND, "kind", "neither touch nor milestone"
};
static const struct step_problem bad_precision = {
	STEP_PRECISION, "precision", "none of second, day, undated"
};
static const struct step_problem bad_time = { STEP_TIME, "time", "not a time" };
static const struct step_problem dated = {
	STEP_TIME, "time", "a time on an undated row"
};
static const struct step_problem bad_event = {
	STEP_EVENT, "event", "not a milestone's name"
};
static const struct step_problem bad_value = { STEP_VALUE, "value", "not an amount" };
static const struct step_problem fine_value = {
	STEP_VALUE, "value", "more than six decimals"
};
static const struct step_problem wide_value = {
	STEP_VALUE, "value", "beyond the largest amount"
};

const char *
step_name(enum step_column c)
{
	return names[c];
}

enum step_column
step_find(struct text name)
{
	enum step_column c = 0;

	while (c < STEP_COLUMNS && !text_is(name, names[c]))
		c++;
	return c;
}

static const struct step_problem *
parse_kind(struct text t, struct step *s)
{
	if (text_equal(t, TEXT("touch")))
		s->kind = STEP_TOUCH;
	else if (text_equal(t, TEXT("milestone")))
		s->kind = STEP_MILESTONE;
	else
		return &bad_kind;
	return NULL;
}

static const struct step_problem *
parse_precision(struct text t, struct step *s)
{
	if (t.len == 0 || text_equal(t, TEXT("second")))
		s->precision = STEP_EXACT;
	else if (text_equal(t, TEXT("day")))
		s->precision = STEP_DAY;
	else if (text_equal(t, TEXT("undated")))
		s->precision = STEP_UNDATED;
	else
		return &bad_precision;
	return NULL;
}

static const struct step_problem *
parse_time(struct text t, struct step *s)
{
	s->at_us = 0;
	if (s->precision == STEP_UNDATED)
		return t.len == 0 ? NULL : &dated;
	return when_parse(t, &s->at_us) == WHEN_OK ? NULL : &bad_time;
}

static const struct step_problem *
parse_event(struct text t, struct step *s)
{
	s->event = event_find(t);
	if (s->kind == STEP_MILESTONE &&
	    (s->event == NULL || s->event->kind != EVENT_MILESTONE))
		return &bad_event;
	return NULL;
}

static const struct step_problem *
parse_value(struct text t, struct step *s)
{
	s->value = 0;
	s->has_value = t.len != 0;
	if (!s->has_value)
		return NULL;
	switch (num_parse(t, &s->value)) {
	case NUM_OK:
		return NULL;
	case NUM_EMPTY:
	case NUM_BAD:
		return &bad_value;
	case NUM_SCALE:
		return &fine_value;
	case NUM_OVERFLOW:
		return &wide_value;
	}
	return &bad_value;
}

const struct step_problem *
step_parse(const struct text col[STEP_COLUMNS], struct step *s)
{
	const struct step_problem *p = parse_kind(col[STEP_KIND], s);

	if (p == NULL)
		p = parse_precision(col[STEP_PRECISION], s);
	if (p == NULL)
		p = parse_time(col[STEP_TIME], s);
	if (p == NULL)
		p = parse_event(col[STEP_EVENT], s);
	if (p == NULL)
		p = parse_value(col[STEP_VALUE], s);
	return p;
}

const struct step_problem *
step_read(const struct group *g, size_t i, const int columns[STEP_COLUMNS],
    struct step *s)
{
	static const enum step_column parsed[] = { STEP_KIND, STEP_PRECISION,
		STEP_TIME, STEP_EVENT, STEP_VALUE };
	struct text col[STEP_COLUMNS];

	for (size_t k = 0; k < sizeof(parsed) / sizeof(parsed[0]); k++)
		col[parsed[k]] = group_field(g, i, columns[parsed[k]]);
	s->group = g;
	s->columns = columns;
	s->row = i;
	return step_parse(col, s);
}

struct group_refusal
step_refusal(const struct step_problem *p)
{
	return (struct group_refusal){ .bad = p->column, .column = step_name(p->column),
		.reason = p->reason, .why = p->why };
}
