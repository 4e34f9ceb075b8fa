/* stepout.c - the cells of a step, as lead-journey writes them */
#include <lead/base/mem.h>
#include <lead/domain/journey/stepout.h>
#include <lead/domain/rules/rules.h>

/* What a column of a milestone is taken from. */
static const enum step_column of_the_deal[] = {
	STEP_STAGE, STEP_DEAL_ID, STEP_DEAL_TYPE, STEP_MONTHS
};

static struct text
cell(const struct journey *j, const struct journey_columns *c, size_t row,
    enum step_column column)
{
	return journey_cell(j, row, c->step[column]);
}

/* The newest cell of a milestone; where that is empty, the first row's. */
static struct text
newest(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, enum step_column column)
{
	struct text t = cell(j, c, s->latest, column);

	return t.len != 0 ? t : cell(j, c, s->row, column);
}

static struct text
or_else(struct text t, struct text other)
{
	return t.len != 0 ? t : other;
}

/* The cells that say that a visit came from nowhere. */
static struct text
direct(enum step_column column)
{
	if (column == STEP_CHANNEL)
		return TEXT("direct");
	if (column == STEP_SOURCE)
		return TEXT("(direct)");
	if (column == STEP_MEDIUM)
		return TEXT("(none)");
	return column == STEP_EVIDENCE ? TEXT("internal") : TEXT_NONE;
}

/* A channel that the row does not have itself. */
static struct text
default_channel(const struct journey_step *s)
{
	if (s->origin == JOURNEY_CLICK)
		return TEXT("email");
	if (s->origin == JOURNEY_OFFLINE && s->event != NULL && s->event->channel != NULL)
		return text_of(s->event->channel);
	return TEXT_NONE;
}

static struct text
told(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, enum step_column column)
{
	struct text t = cell(j, c, s->source, column);

	if (column == STEP_CHANNEL)
		return or_else(t, default_channel(s));
	if (column == STEP_EVIDENCE && s->origin == JOURNEY_STATED)
		return TEXT("declared");
	return t;
}

struct text
stepout_touch(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, enum step_column column)
{
	if (s->origin == JOURNEY_MILESTONE)
		return TEXT_NONE;
	if (column == STEP_LANDING && s->origin == JOURNEY_VISIT)
		return journey_cell(j, s->row, c->page);
	if ((column == STEP_LANDING || column == STEP_PAGES) &&
	    s->origin != JOURNEY_STEP)
		return TEXT_NONE;
	return s->direct ? direct(column) : told(j, c, s, column);
}

static struct text
event_name(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s)
{
	switch (s->origin) {
	case JOURNEY_VISIT:
		return TEXT("page_view");
	case JOURNEY_STATED:
		return TEXT("declared");
	case JOURNEY_OFFLINE:
	case JOURNEY_CLICK:
	case JOURNEY_STEP:
	case JOURNEY_MILESTONE:
		break;
	}
	return cell(j, c, s->row, STEP_EVENT);
}

static void
milestone_cells(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, struct text out[STEP_COLUMNS])
{
	size_t priced = s->latest;

	for (size_t i = 0; i < sizeof(of_the_deal) / sizeof(of_the_deal[0]); i++)
		out[of_the_deal[i]] = newest(j, c, s, of_the_deal[i]);
	if (cell(j, c, priced, STEP_VALUE).len == 0)
		priced = s->row;
	out[STEP_VALUE] = cell(j, c, priced, STEP_VALUE);
	out[STEP_CURRENCY] = cell(j, c, priced, STEP_CURRENCY);
	out[STEP_METHOD] = s->method;
}

static struct text
touch_method(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s)
{
	return s->origin == JOURNEY_OFFLINE || s->origin == JOURNEY_STEP
	    ? or_else(s->method, cell(j, c, s->row, STEP_METHOD)) : TEXT_NONE;
}

void
stepout_cells(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s, struct text out[STEP_COLUMNS],
    char pages[NUM_TEXT])
{
	bool touch = s->origin != JOURNEY_MILESTONE;
	struct journey_lead lead = journey_lead(j, s->row);

	for (enum step_column i = 0; i < STEP_COLUMNS; i++)
		out[i] = step_of_touch(i) ? stepout_touch(j, c, s, i) : TEXT_NONE;
	out[STEP_EVENT_ID] = cell(j, c, s->row, STEP_EVENT_ID);
	out[STEP_TIME] = cell(j, c, s->row, STEP_TIME);
	out[STEP_PRECISION] = cell(j, c, s->row, STEP_PRECISION);
	out[STEP_KIND] = touch ? TEXT("touch") : TEXT("milestone");
	out[STEP_EVENT] = event_name(j, c, s);
	out[STEP_LEAD_ID] = lead.lead_id;
	out[STEP_ACCOUNT_ID] = or_else(cell(j, c, s->row, STEP_ACCOUNT_ID),
	    lead.account_id);
	if (!touch)
		milestone_cells(j, c, s, out);
	else
		out[STEP_METHOD] = touch_method(j, c, s);
	if (s->origin == JOURNEY_VISIT)
		out[STEP_PAGES] = num_put_count(pages, s->pages);
}

/* --- carried columns --- */

bool
stepout_is_known(struct text column)
{
	static const char *const read_here[] = { "link", "alias", "machine", "host" };
	struct text rest = rules_text("columns"), line, name;

	if (text_is(column, "consent_ads"))
		return false; /* what exports ask of a person, and only steps tell */
	while (text_next(&rest, '\n', &line))
		if (text_next(&line, '\t', &name) && text_equal(name, column))
			return true;
	for (size_t i = 0; i < sizeof(read_here) / sizeof(read_here[0]); i++)
		if (text_is(column, read_here[i]))
			return true;
	return false;
}

struct stepout_carry {
	const int *columns;
	size_t n;
	int64_t late_us;
	const struct journey *j;
	size_t next;         /* rows before it are in the values */
	struct text *values; /* by person, then column */
	size_t *since;       /* the row that a value is from */
	size_t cap, since_cap;
};

struct stepout_carry *
stepout_carry_new(const int *columns, size_t n, int64_t late_us)
{
	struct stepout_carry *c = mem_new(1, sizeof(*c));

	c->columns = columns;
	c->n = n;
	c->late_us = late_us;
	return c;
}

void
stepout_carry_free(struct stepout_carry *c)
{
	if (c == NULL)
		return;
	mem_free(c->values);
	mem_free(c->since);
	mem_free(c);
}

void
stepout_carry_begin(struct stepout_carry *c, const struct journey *j)
{
	size_t n = journey_people(j) * c->n;

	c->j = j;
	c->next = 0;
	c->values = mem_grow(c->values, &c->cap, n, sizeof(*c->values), SIZE_MAX / 64,
	    "carried values");
	c->since = mem_grow(c->since, &c->since_cap, n, sizeof(*c->since), SIZE_MAX / 64,
	    "carried values");
	for (size_t i = 0; i < n; i++) {
		c->values[i] = TEXT_NONE;
		c->since[i] = 0;
	}
}

/* Take in all rows before row end. */
static void
advance(struct stepout_carry *c, size_t end)
{
	for (; c->next < end; c->next++) {
		size_t first = journey_person(c->j, c->next) * c->n;

		for (size_t i = 0; i < c->n; i++) {
			struct text t = journey_cell(c->j, c->next, c->columns[i]);

			if (t.len == 0)
				continue;
			c->values[first + i] = t;
			c->since[first + i] = c->next;
		}
	}
}

/* A CRM fills a lead in after it was made: what its milestone lacks the first row
 * tells that follows in time. */
static struct text
learnt_late(const struct stepout_carry *c, const struct journey_step *s, int column)
{
	int64_t at = journey_at(c->j, s->row), next;

	if (s->given || s->origin != JOURNEY_MILESTONE || at == INT64_MAX ||
	    s->event->once != EVENT_PER_LEAD)
		return TEXT_NONE;
	for (size_t row = (size_t)s->row + 1; row < journey_rows(c->j); row++) {
		struct text t = journey_cell(c->j, row, column);

		next = journey_at(c->j, row);
		if (next == INT64_MAX || next - at > c->late_us)
			break;
		if (t.len != 0 && journey_person(c->j, row) == s->person)
			return t;
	}
	return TEXT_NONE;
}

void
stepout_carry_at(struct stepout_carry *c, const struct journey_step *s,
    struct text *values)
{
	if (c->n == 0)
		return;
	advance(c, (size_t)s->row + 1);
	for (size_t i = 0; i < c->n; i++) {
		struct text own = s->origin == JOURNEY_MILESTONE
		    ? journey_cell(c->j, s->latest, c->columns[i]) : TEXT_NONE;
		struct text known = s->given
		    ? journey_cell(c->j, s->row, c->columns[i])
		    : c->values[s->person * c->n + i];

		values[i] = or_else(own, known);
		if (values[i].len == 0)
			values[i] = learnt_late(c, s, c->columns[i]);
	}
}

void
stepout_carry_last(struct stepout_carry *c, struct text *values)
{
	if (c->n == 0)
		return;
	advance(c, journey_rows(c->j));
	for (size_t i = 0; i < c->n; i++) {
		size_t best = i;

		for (size_t p = 1; p < journey_people(c->j); p++)
			if (c->since[p * c->n + i] > c->since[best])
				best = p * c->n + i;
		values[i] = c->values[best];
	}
}
