/* attribute.c - the credit of groups of steps, by several models at once */
#include <lead/base/mem.h>

#include "attribute_state.h"

static bool
mixed(const struct attribute_options *o)
{
	for (size_t i = 0; i < o->nby; i++)
		if (!o->by[i].of_touch)
			return true;
	return false;
}

static uint32_t
nobody(struct attribute *a)
{
	a->text.len = 0;
	for (size_t i = 0; i < a->o->nby; i++) {
		if (i > 0)
			buf_byte(&a->text, '\t');
		buf_string(&a->text, ATTRIBUTE_NOBODY);
	}
	return tally_tuple(a->tally, buf_text(&a->text));
}

/* The milestones asked for; a refund is booked under won. */
static void
list_wanted(struct attribute *a)
{
	const struct event *e;

	for (unsigned i = 0; (e = event_at(i)) != NULL && i < CREDIT_EVENTS; i++) {
		if (!a->o->credit.rule[i].wanted)
			continue;
		a->wanted_name[a->nwanted++] = text_of(e->name);
		if (text_is(TEXT("won"), e->name))
			a->wanted_name[a->nwanted++] = TEXT("refund");
	}
}

struct attribute *
attribute_new(const struct attribute_options *o)
{
	struct attribute *a = mem_new(1, sizeof(*a));

	a->o = o;
	a->credit = credit_new(&o->credit);
	a->transform = transform_new(o->transform);
	list_wanted(a);
	a->plans = plans_new(o->model, o->nmodels);
	a->tally = tally_new(o->paths ? 3 : 2);
	buf_init(&a->text, ATTRIBUTE_TUPLE, "a --by tuple or path");
	a->model = mem_new(o->nmodels + 1, sizeof(*a->model));
	for (size_t i = 0; i < o->nmodels; i++)
		a->model[i] = tally_model(a->tally, text_of(model_name(o->model[i])));
	if (o->paths)
		a->model[0] = tally_model(a->tally, TEXT_NONE);
	else
		a->nobody = nobody(a);
	if (mixed(o) || o->paths)
		a->touches = dict_new();
	attribute_begin_chains(a);
	return a;
}

void
attribute_free(struct attribute *a)
{
	if (a == NULL)
		return;
	credit_free(a->credit);
	transform_free(a->transform);
	arena_clear(&a->paths);
	chains_free(a->chains);
	tally_free(a->tally);
	dict_free(a->touches);
	buf_clear(&a->text);
	mem_free(a->touch_column);
	mem_free(a->chain);
	mem_free(a->name);
	mem_free(a->model);
	mem_free(a->touch);
	mem_free(a->weight);
	mem_free(a->part);
	mem_free(a->share);
	mem_free(a->value);
	mem_free(a->nothing);
	plans_free(a->plans);
	mem_free(a->cell);
	mem_free(a);
}

struct tally *
attribute_tally(struct attribute *a)
{
	return a->tally;
}

/* --- rows --- */

static bool
among(struct text t, const struct text *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal(t, list[i]))
			return true;
	return false;
}

bool
attribute_group(struct attribute *a, const struct group *g)
{
	const int *col = a->o->columns;
	bool asked = false;

	credit_clear(a->credit);
	arena_reset(&a->paths);
	a->group = g;
	a->last_us = INT64_MIN;
	a->met = false;
	a->ended = a->solved;
	memset(a->met_one, 0, sizeof(a->met_one));
	for (size_t i = 0; i < g->nrows && !asked; i++)
		asked = text_equal(group_field(g, i, col[STEP_KIND]),
		                TEXT("milestone")) &&
		    among(group_field(g, i, col[STEP_EVENT]), a->wanted_name, a->nwanted);
	a->wanted = asked || a->o->paths || (a->chains != NULL && !a->solved);
	return asked;
}

struct text
attribute_tuple(struct attribute *a, ptrdiff_t touch, const struct credit_conversion *v)
{
	bool first = true;

	a->text.len = 0;
	for (size_t i = 0; i < a->o->nby; i++) {
		const struct attribute_by *by = &a->o->by[i];
		ptrdiff_t row = by->of_touch || v == NULL ? touch : (ptrdiff_t)v->at->row;

		if (!by->of_touch && v == NULL)
			continue;
		if (!first)
			buf_byte(&a->text, '\t');
		if (row == ATTRIBUTE_OWED)
			buf_string(&a->text, CHAINS_OWED);
		else
			buf_put(&a->text, group_field(a->group, (size_t)row, by->column));
		first = false;
	}
	return buf_text(&a->text);
}

static uint32_t
touch_tuple(struct attribute *a, size_t row)
{
	struct text t = a->o->nby == 1 && a->o->by[0].of_touch
	    ? group_field(a->group, row, a->o->by[0].column)
	    : attribute_tuple(a, (ptrdiff_t)row, NULL);

	return a->touches != NULL ? dict_add(a->touches, t) : tally_tuple(a->tally, t);
}

/* The name of the rule that leaves it out, or NULL. */
static const char *
take_touch(struct attribute *a, const struct step *s)
{
	const struct attribute_options *o = a->o;
	struct model_touch t = { .at_us = s->at_us, .row = (uint32_t)s->row };
	struct text channel;

	if (s->precision == STEP_UNDATED)
		return "undated_touch";
	if (o->nkinds > 0 && !among(step_text(s, STEP_EVENT), o->kind, o->nkinds))
		return "touch_kind";
	if (!a->wanted)
		return NULL;
	channel = step_text(s, STEP_CHANNEL);
	t.direct = model_is_direct(channel);
	t.tuple = touch_tuple(a, s->row);
	credit_touch(a->credit, &t, among(channel, o->excluded, o->nexcluded));
	return NULL;
}

static void
take_milestone(struct attribute *a, const struct step *s)
{
	struct credit_milestone m = {
		.event = s->event,
		.precision = s->precision,
		.at_us = s->at_us,
		.value = s->value,
		.deal = step_text(s, STEP_DEAL_ID),
		.deal_type = step_text(s, STEP_DEAL_TYPE),
		.lead = step_text(s, STEP_LEAD_ID),
		.row = (uint32_t)s->row,
	};

	if (a->wanted)
		credit_milestone(a->credit, &m);
}

static const char *
take(struct attribute *a, const struct step *s)
{
	if (a->o->times.has_as_of && s->precision != STEP_UNDATED && s->at_us > a->o->times.as_of_us)
		return "after_as_of";
	if (s->kind == STEP_TOUCH)
		return take_touch(a, s);
	take_milestone(a, s);
	return NULL;
}

static const struct group_refusal *
refuse(struct attribute *a, const struct step_problem *p)
{
	a->refusal = step_refusal(p);
	return &a->refusal;
}

const struct group_refusal *
attribute_row(struct attribute *a, size_t i)
{
	static const struct step_problem unsorted = { STEP_TIME, "unsorted",
		"earlier than the row above (lead-journey writes them in order)" };
	struct step s;
	const struct step_problem *p = step_read(a->group, i, a->o->columns, &s);
	int64_t us;

	if (p != NULL)
		return refuse(a, p);
	us = s.precision == STEP_UNDATED ? INT64_MAX : s.at_us;
	if (us < a->last_us)
		return refuse(a, &unsorted);
	a->last_us = us;
	a->refusal.rule = take(a, &s);
	return a->refusal.rule != NULL ? &a->refusal : NULL;
}

/* --- conversions --- */

static enum attribute_next
leave_out(struct credit_conversion *v, const char *why)
{
	v->odd = why;
	return ATTRIBUTE_LEFT_OUT;
}

enum attribute_next
attribute_next(struct attribute *a, struct credit_conversion *v)
{
	const struct attribute_options *o = a->o;

	if (!credit_next(a->credit, v)) {
		if (a->chains != NULL && !a->ended && a->trouble == NULL)
			a->trouble = attribute_lead_nowhere(a);
		a->ended = true;
		if (!o->paths || a->met)
			return ATTRIBUTE_END;
		a->met = true;
		*v = (struct credit_conversion){ 0 };
		credit_all(a->credit, &v->path);
		transform_path(a->transform, &a->paths, &v->path);
		return ATTRIBUTE_CONVERSION;
	}
	a->met = true;
	if (!o->lines)
		arena_reset(&a->paths); /* nobody holds the last path */
	transform_path(a->transform, &a->paths, &v->path);
	a->met_one[v->booked - event_at(0)] = true;
	if (v->at->precision == STEP_UNDATED) {
		if (o->period != WHEN_BY_ALL)
			return leave_out(v, "conversion_undated");
	} else if ((o->times.has_since && v->at->at_us < o->times.since_us) ||
	    (o->times.has_until && v->at->at_us >= o->times.until_us)) {
		return leave_out(v, "conversion_outside");
	}
	return v->too_large ? ATTRIBUTE_TOO_LARGE : ATTRIBUTE_CONVERSION;
}

/* The civil day that a conversion is booked on, from which its period follows. */
static int64_t
day_of(const struct attribute *a, const struct credit_milestone *m)
{
	struct model_path life;

	if (a->o->period == WHEN_BY_ALL)
		return 0;
	if (a->o->period_of == ATTRIBUTE_OF_FIRST) {
		credit_all(a->credit, &life);
		if (life.n > 0)
			return zone_day(a->o->credit.zone, life.touch[0].at_us);
	}
	if (a->o->period_of == ATTRIBUTE_OF_LEAD && credit_lead(a->credit) != NULL)
		m = credit_lead(a->credit);
	return m->precision == STEP_DAY ? zone_dated_day(a->o->credit.zone, m->at_us)
	                                : zone_day(a->o->credit.zone, m->at_us);
}

struct text
attribute_period(const struct attribute *a, const struct credit_conversion *v,
    char out[WHEN_TEXT])
{
	return when_put_period(out, a->o->period, day_of(a, v->at));
}

/* Conversions of one day and milestone share it. */
uint32_t
attribute_slice(struct attribute *a, const struct credit_conversion *v)
{
	int64_t day = day_of(a, v->at);
	char period[WHEN_TEXT];

	if (a->slice_event == v->booked && a->slice_day == day)
		return a->slice;
	a->text.len = 0;
	buf_string(&a->text, v->booked->name);
	buf_byte(&a->text, '\t');
	buf_put(&a->text, when_put_period(period, a->o->period, day));
	a->slice_event = v->booked;
	a->slice_day = day;
	a->slice = tally_slice(a->tally, buf_text(&a->text));
	return a->slice;
}

const char *
attribute_trouble(const struct attribute *a)
{
	return a->trouble;
}

uint64_t
attribute_faded(const struct attribute *a)
{
	uint64_t n = 0;

	for (size_t m = 0; m < a->o->nmodels; m++)
		n += model_faded(a->o->model[m]);
	return n;
}
