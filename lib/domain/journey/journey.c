/* journey.c - the rows of one group become visits and milestones */
#include <lead/base/mem.h>
#include <lead/domain/journey/browse.h>
#include <lead/domain/journey/cast.h>
#include <lead/domain/journey/click.h>
#include <lead/domain/journey/contact.h>
#include <lead/domain/journey/journey.h>
#include <lead/domain/journey/milestone.h>
#include <lead/domain/journey/settle.h>
#include <lead/domain/journey/twin.h>

/* A mail's click and the visit that it leads to. */
static const int64_t CLICK_US = INT64_C(60) * 1000000;

#define UNDATED INT64_MAX

/* What became of rows: the first names are of rows that became nothing. */
enum count {
	REPEAT, ACT, UNKNOWN_EVENT, MACHINE, LATER_MILESTONE, UNDATED_TOUCH,
	FOLDED, RESUMED, REOPENED, TIED_OUTCOME, CUT_TOUCHES, COUNTS
};
static const char *const count_names[COUNTS] = { "repeat", "act", "unknown_event",
	"machine", "later_milestone", "undated_touch", "folded", "resumed",
	"reopened", "tied_outcome", "cut_touches" };

/* What is known of one lead of the group so far. */
struct person {
	struct visit visit;
	uint32_t visit_step;
	uint32_t once;         /* of milestone_admit() */
	int64_t method_us;
	struct text method;
	struct text stated[4]; /* channel, source, medium, campaign of the last */
	bool has_stated;
};

struct journey {
	const struct journey_rules *rules;
	const struct journey_columns *columns;
	uint64_t counts[COUNTS];
	struct journey_group group;
	struct milestone_book *book;
	struct journey_step *steps;
	size_t nsteps, steps_cap;
	struct person *people;
	size_t npeople, people_cap;
	struct cast *cast;
	struct clicks *clicks;
	struct contacts *contacts;
	struct arena scratch;
	bool visits; /* page views are touches */
};

/* One row on its way. */
struct at {
	size_t row;
	int64_t us;
	uint32_t person;
	struct text name; /* of the event */
	const struct event *event;
	struct text method; /* of the step that it becomes */
	bool given; /* it is a step already */
	bool exact; /* more than a day is known of its time */
	bool used;  /* it became a step or part of one */
};

struct journey *
journey_new(const struct journey_rules *r, const struct journey_columns *c)
{
	struct journey *j = mem_new(1, sizeof(*j));

	j->rules = r;
	j->columns = c;
	j->visits = text_listed(r->touches, ',', TEXT("page_view"));
	j->book = milestone_new();
	j->cast = cast_new();
	j->clicks = click_new();
	j->contacts = contact_new();
	return j;
}

void
journey_free(struct journey *j)
{
	if (j == NULL)
		return;
	milestone_free(j->book);
	cast_free(j->cast);
	click_free(j->clicks);
	contact_free(j->contacts);
	arena_clear(&j->scratch);
	mem_free(j->steps);
	mem_free(j->people);
	mem_free(j);
}

const char *
journey_count(const struct journey *j, unsigned i, uint64_t *n, bool *dropped)
{
	if (i >= COUNTS)
		return NULL;
	*n = j->counts[i];
	*dropped = i < FOLDED;
	return count_names[i];
}

uint64_t
journey_dropped(const struct journey *j)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < FOLDED; i++)
		sum += j->counts[i];
	return sum;
}

/* --- rows --- */

struct text
journey_cell(const struct journey *j, size_t row, int col)
{
	return group_field(j->group.g, row, col);
}

static struct text
cell(const struct journey *j, size_t row, enum step_column c)
{
	return journey_cell(j, row, j->columns->step[c]);
}

int64_t
journey_at(const struct journey *j, size_t row)
{
	return j->group.at != NULL ? j->group.at[row] : group_at(j->group.g, row);
}

struct journey_lead
journey_lead(const struct journey *j, size_t row)
{
	if (j->group.leads != NULL)
		return j->group.leads[row];
	if (j->group.all.lead_id.len != 0)
		return j->group.all;
	return (struct journey_lead){ cell(j, row, STEP_LEAD_ID), TEXT_NONE };
}

bool
journey_has(const struct journey *j, const char *milestone)
{
	for (size_t i = 0; i < j->nsteps; i++)
		if (j->steps[i].origin == JOURNEY_MILESTONE &&
		    text_is(text_of(j->steps[i].event->name), milestone))
			return true;
	return false;
}

size_t
journey_rows(const struct journey *j)
{
	return j->group.g->nrows;
}

size_t
journey_people(const struct journey *j)
{
	return cast_count(j->cast);
}

uint32_t
journey_person(const struct journey *j, size_t row)
{
	return cast_of(j->cast, row);
}

/* --- people --- */

static uint32_t
find_person(struct journey *j, size_t row)
{
	struct text lead_id = journey_lead(j, row).lead_id;
	uint32_t n = cast_add(j->cast, row, lead_id);

	if (n == j->npeople) {
		j->people = mem_grow(j->people, &j->people_cap, (size_t)n + 1,
		    sizeof(*j->people), UINT32_MAX, "leads of a group");
		j->people[j->npeople++] = (struct person){ .method_us = 0 };
	}
	return n;
}

/* --- steps --- */

/* Its index: the array may move. */
static uint32_t
add_step(struct journey *j, struct at *a, enum journey_origin origin)
{
	struct journey_step *s;

	j->steps = mem_grow(j->steps, &j->steps_cap, j->nsteps + 1, sizeof(*s),
	    UINT32_MAX - 1, "steps of a group");
	s = &j->steps[j->nsteps];
	*s = (struct journey_step){ .event = a->event, .row = (uint32_t)a->row,
		.source = (uint32_t)a->row, .latest = (uint32_t)a->row,
		.person = a->person, .origin = origin,
		.method = a->method, .given = a->given };
	a->used = true;
	return (uint32_t)j->nsteps++;
}

/* --- visits --- */

static bool
is_mail(struct text event)
{
	return text_starts(event, TEXT("email_"));
}

/* Clicks of a mail up to a minute before that name the row's campaign belong
 * to its visit. */
static void
fold_clicks(struct journey *j, const struct at *a)
{
	struct text campaign = cell(j, a->row, STEP_CAMPAIGN);
	uint32_t step;

	while ((step = click_take(j->clicks, a->person, campaign, a->us - CLICK_US)) !=
	    CLICK_NONE) {
		j->steps[step].dropped = true;
		j->counts[FOLDED]++;
	}
}

static void
start_visit(struct journey *j, struct at *a, struct person *p, bool direct)
{
	p->visit_step = add_step(j, a, JOURNEY_VISIT);
	j->steps[p->visit_step].direct = direct;
}

static void
read_page(struct journey *j, struct at *a)
{
	struct person *p = &j->people[a->person];
	struct visit_source source;

	if (j->rules->portal != NULL &&
	    browse_is_portal(j, j->columns, j->rules->portal, a->row)) {
		a->used = visit_alive(&p->visit, &j->rules->visit, a->us);
		if (!a->used)
			return;
		visit_extend(&p->visit, a->us);
		j->steps[p->visit_step].pages++;
		return;
	}
	a->used = true;
	source = browse_source(j, j->columns, a->row);
	switch (visit_admit(&p->visit, &j->rules->visit, a->us, &source)) {
	case VISIT_STARTS:
		start_visit(j, a, p, false);
		break;
	case VISIT_DIRECT:
		start_visit(j, a, p, true);
		break;
	case VISIT_RESUMES:
		j->counts[RESUMED]++;
		break;
	case VISIT_GOES_ON:
		break;
	case VISIT_TAKES:
		j->steps[p->visit_step].source = (uint32_t)a->row;
		j->steps[p->visit_step].direct = false;
		break;
	}
	j->steps[p->visit_step].pages++;
	fold_clicks(j, a);
}

/* --- touches without a page --- */

static void
read_offline(struct journey *j, struct at *a)
{
	const struct person *p = &j->people[a->person];

	if (contact_answers(a->name) && a->exact && p->visit.any &&
	    a->us - p->visit.last_us <= CONTACT_US) {
		j->counts[FOLDED]++;
		a->used = true;
		return;
	}
	a->method = contact_of(j, j->columns, a->row);
	add_step(j, a, JOURNEY_OFFLINE);
}

static bool
is_machine(const struct journey *j, size_t row)
{
	struct text t = journey_cell(j, row, j->columns->machine);

	return t.len != 0 && !text_is(t, "0");
}

static void
read_click(struct journey *j, struct at *a)
{
	const struct person *p = &j->people[a->person];
	struct text campaign = cell(j, a->row, STEP_CAMPAIGN);

	if (campaign.len != 0 && visit_alive(&p->visit, &j->rules->visit, a->us) &&
	    text_equal(p->visit.source.campaign, campaign)) {
		j->counts[FOLDED]++;
		a->used = true;
		return;
	}
	click_wait(j->clicks, a->person, campaign, a->us, add_step(j, a, JOURNEY_CLICK));
}

/* A touch that is no page row. */
static void
read_touch(struct journey *j, struct at *a)
{
	if (a->us == UNDATED)
		j->counts[UNDATED_TOUCH]++;
	else if (!is_mail(a->name))
		read_offline(j, a);
	else if (is_machine(j, a->row))
		j->counts[MACHINE]++;
	else
		read_click(j, a);
}

/* --- milestones --- */

static void
note_method(struct journey *j, const struct at *a)
{
	struct person *p = &j->people[a->person];
	struct text method = contact_of(j, j->columns, a->row);

	if (method.len == 0)
		return;
	p->method = method;
	p->method_us = a->us;
}

/* A lead row takes its own method, else that of a contact at its instant or at
 * most 30 minutes before. */
static struct text
lead_method(const struct journey *j, const struct at *a)
{
	const struct person *p = &j->people[a->person];
	struct text method = cell(j, a->row, STEP_METHOD);

	if (method.len != 0 || !text_is(a->name, "lead") || a->us == UNDATED)
		return method;
	method = contact_at_once(j->contacts, j, j->columns, a->row);
	return method.len == 0 && a->us - p->method_us <= CONTACT_US ? p->method : method;
}

/* A source that a CRM row states: kept as a touch for now, once as long as it
 * is the same. */
static void
read_stated(struct journey *j, struct at *a)
{
	static const enum step_column columns[] = { STEP_CHANNEL, STEP_SOURCE,
		STEP_MEDIUM, STEP_CAMPAIGN };
	struct person *p = &j->people[a->person];
	struct text evidence = cell(j, a->row, STEP_EVIDENCE);
	bool any = false, same = p->has_stated;
	struct text told;

	if (j->rules->declared == JOURNEY_NEVER || a->us == UNDATED ||
	    (evidence.len != 0 && !text_is(evidence, "declared")))
		return;
	for (size_t i = 0; i < 4; i++) {
		told = cell(j, a->row, columns[i]);
		any |= told.len != 0;
		same &= text_equal(told, p->stated[i]);
	}
	if (!any || same ||
	    (p->has_stated && j->rules->declared == JOURNEY_FALLBACK))
		return;
	for (size_t i = 0; i < 4; i++)
		p->stated[i] = cell(j, a->row, columns[i]);
	p->has_stated = true;
	add_step(j, a, JOURNEY_STATED);
}

static void
read_milestone(struct journey *j, struct at *a)
{
	struct person *p = &j->people[a->person];
	struct milestone_verdict v = milestone_admit(j->book, &p->once, a->event,
	    cell(j, a->row, STEP_DEAL_ID), (uint32_t)j->nsteps);

	if (v.undoes != MILESTONE_NOT) {
		struct journey_step *old = &j->steps[v.undoes];

		old->dropped = true;
		j->counts[REOPENED] += text_is(text_of(old->event->name), "won");
		/* of one instant the ids decide, which say nothing */
		j->counts[TIED_OUTCOME] += a->exact && journey_at(j, old->row) == a->us;
	}
	if (v.updates != MILESTONE_NOT) {
		j->steps[v.updates].latest = (uint32_t)a->row;
		a->used = true;
	}
	a->method = lead_method(j, a);
	if (v.stands)
		add_step(j, a, JOURNEY_MILESTONE);
	else if (!a->used)
		j->counts[LATER_MILESTONE]++;
}

/* --- one row, one group --- */

/* A row of a steps table. */
static void
read_step(struct journey *j, struct at *a, struct text kind)
{
	if (text_is(kind, "touch"))
		add_step(j, a, JOURNEY_STEP);
	else if (a->event != NULL && a->event->kind == EVENT_MILESTONE)
		read_milestone(j, a);
}

static void
read_event(struct journey *j, struct at *a)
{
	bool page = j->visits && a->us != UNDATED &&
	    browse_is_page(j, j->columns, a->row, a->name);

	if (page)
		read_page(j, a);
	if (a->event != NULL && a->event->kind == EVENT_MILESTONE) {
		if (!page)
			read_stated(j, a);
		read_milestone(j, a);
		return;
	}
	if (!page && text_listed(j->rules->touches, ',', a->name))
		read_touch(j, a);
	else if (!a->used && a->event == NULL)
		j->counts[UNKNOWN_EVENT]++;
	else if (!a->used)
		j->counts[ACT]++;
	if (a->us != UNDATED && !text_is(a->name, "page_view"))
		note_method(j, a);
}

static void
read_row(struct journey *j, size_t row)
{
	struct at a = { .row = row, .us = journey_at(j, row) };
	struct text kind = cell(j, row, STEP_KIND);

	a.person = find_person(j, row);
	if (twin_repeats(j, j->columns, row)) {
		j->counts[REPEAT]++;
		return;
	}
	a.name = cell(j, row, STEP_EVENT);
	a.event = event_find(a.name);
	a.exact = a.us != UNDATED && !text_is(cell(j, row, STEP_PRECISION), "day");
	a.given = kind.len != 0;
	if (a.given)
		read_step(j, &a, kind);
	else
		read_event(j, &a);
	j->people[a.person].visit.ended |= a.name.len != 0 &&
	    text_equal(a.name, j->rules->visit_end);
}

const struct journey_step *
journey_read(struct journey *j, const struct journey_group *group, size_t *n)
{
	j->group = *group;
	j->nsteps = j->npeople = 0;
	milestone_clear(j->book);
	cast_clear(j->cast, group->g->nrows);
	click_clear(j->clicks);
	contact_clear(j->contacts);
	arena_reset(&j->scratch);
	for (size_t row = 0; row < group->g->nrows; row++) {
		if (twin_touch_follows(j, j->columns, row)) {
			read_row(j, row + 1);
			read_row(j, row++);
		} else {
			read_row(j, row);
		}
	}
	j->nsteps = settle_steps(j->steps, j->nsteps, cast_count(j->cast), j->rules,
	    &j->scratch, &j->counts[CUT_TOUCHES]);
	*n = j->nsteps;
	return j->steps;
}
