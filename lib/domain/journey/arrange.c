/* arrange.c - is a row sound, and where among those of its group does it stand? */
#include <lead/base/num.h>
#include <lead/base/sort.h>
#include <lead/base/when.h>
#include <lead/domain/journey/arrange.h>
#include <lead/domain/rules/event.h>

static const struct arrange_problem no_time = { "time", "time", "no time" };
static const struct arrange_problem bad_time = { "time", "time", "not a time" };
static const struct arrange_problem dated = {
	"time", "time", "a time on an undated row"
};
static const struct arrange_problem bad_precision = {
	"precision", "precision", "none of second, day, undated"
};
static const struct arrange_problem bad_kind = {
	"kind", "kind", "neither touch nor milestone"
};
static const struct arrange_problem bad_milestone = {
	"event", "event", "not a milestone's name"
};
static const struct arrange_problem bad_value = { "value", "value", "not an amount" };

/*
 * Of rows of one instant a contact stands before what it led to: an export gives
 * a call and its lead one time. Page rows and milestones stand by their ids. A
 * mail is no page row, whatever page it led to.
 */
static uint32_t
minor_of(const struct arrange_row *r, bool exact)
{
	const struct event *e = event_find(r->event);
	bool page = text_is(r->event, "page_view") ||
	    (r->page.len != 0 && !text_starts(r->event, TEXT("email_")));
	bool contact = e != NULL && e->kind != EVENT_MILESTONE && !page;

	return exact ? !contact : 2 + event_rank(r->event);
}

static const struct arrange_problem *
read_time(const struct arrange_row *r, struct arrange_place *p)
{
	bool day = text_is(r->precision, "day");

	p->minor = minor_of(r, !day);
	if (text_is(r->precision, "undated")) {
		p->at = INT64_MAX;
		p->minor = minor_of(r, false);
		return r->time.len == 0 ? NULL : &dated;
	}
	if (!day && r->precision.len != 0 && !text_is(r->precision, "second"))
		return &bad_precision;
	if (r->time.len == 0)
		return &no_time;
	return when_parse(r->time, &p->at) == WHEN_OK ? NULL : &bad_time;
}

static const struct arrange_problem *
read_kind(const struct arrange_row *r)
{
	const struct event *e;

	if (r->kind.len == 0 || text_is(r->kind, "touch"))
		return NULL;
	if (!text_is(r->kind, "milestone"))
		return &bad_kind;
	e = event_find(r->event);
	return e != NULL && e->kind == EVENT_MILESTONE ? NULL : &bad_milestone;
}

const struct arrange_problem *
arrange_read(const struct arrange_row *r, struct arrange_place *p)
{
	const struct arrange_problem *problem = read_time(r, p);
	int64_t micros;

	if (problem == NULL)
		problem = read_kind(r);
	if (problem == NULL && r->value.len != 0 &&
	    num_parse(r->value, &micros) != NUM_OK)
		problem = &bad_value;
	return problem;
}

struct order {
	const struct group *g;
	int tie;
};

static int
compare(const void *ctx, uint32_t x, uint32_t y)
{
	const struct order *o = ctx;
	const int *col = o->g->kept;
	int c = text_compare(group_field(o->g, x, o->tie),
	    group_field(o->g, y, o->tie));

	for (size_t i = 0; c == 0 && i < o->g->nkept; i++)
		c = text_compare(group_field(o->g, x, col[i]),
		    group_field(o->g, y, col[i]));
	return c;
}

void
arrange_group(const struct group *g, struct arrange_place *place, int tie,
    struct arena *a, struct group *sorted)
{
	struct order o = { g, tie };
	struct sort_item *items = arena_new(a, g->nrows, sizeof(*items));
	struct sort_item *scratch = arena_new(a, g->nrows, sizeof(*scratch));
	struct tsv_fields *rows = arena_new(a, g->nrows, sizeof(*rows));

	for (size_t i = 0; i < g->nrows; i++)
		items[i] = (struct sort_item){ (uint64_t)place[i].at ^ UINT64_C(1) << 63,
			place[i].minor, (uint32_t)i };
	sort_items(items, g->nrows, scratch, 1, compare, &o);
	for (size_t i = 0; i < g->nrows; i++) {
		place[i].at = (int64_t)(items[i].a ^ UINT64_C(1) << 63);
		place[i].minor = items[i].b;
		rows[i] = g->given[items[i].ref];
	}
	*sorted = *g;
	sorted->given = rows;
}
