/* journal.c - from the rows of a run to the rows that tell of its journeys */
#include <lead/domain/journey/journal.h>

#include "journal_rows.h"

/* --- what is asked for --- */

static bool
refuse(struct journal_problem *p, const char *why, struct text word)
{
	*p = (struct journal_problem){ why, word, TEXT_NONE };
	return false;
}

static bool
is_event(const char *name, bool milestone)
{
	const struct event *e = name != NULL ? event_find(text_of(name)) : NULL;

	return name == NULL ||
	    (e != NULL && (!milestone || e->kind == EVENT_MILESTONE));
}

bool
journal_init(struct journal *j, const struct journal_words *w, struct journal_problem *p)
{
	*j = (struct journal){ .words = *w };
	if (!is_event(w->with, true))
		return refuse(p, "--with: no milestone is called", text_of(w->with));
	if (!is_event(w->visit_end, false))
		return refuse(p, "--visit-end: no event is called", text_of(w->visit_end));
	if (w->identified && w->identity == NULL)
		return refuse(p, "--identified needs --identity", TEXT_NONE);
	j->rules = (struct journey_rules){
		.visit = { w->visit_gap_us, w->first_source != 0 },
		.visit_end = text_of(w->visit_end),
		.declared = (enum journey_declared)w->declared,
		.max_touches = (uint64_t)w->max_touches,
		.touches = text_of(w->touches),
	};
	return true;
}

void
journal_clear(struct journal *j)
{
	telling_free(j->telling);
	journey_free(j->journey);
	owner_free(j->owner);
	portal_free(j->portal);
	identity_free(j->map);
	fields_clear(&j->fields);
	held_clear(&j->waiting);
}

struct tsv_taker
journal_map(void *journal, struct text header)
{
	struct journal *j = journal;

	(void)header;
	j->map = identity_new(j->words.zone);
	return (struct tsv_taker){ identity_columns, IDENTITY_COLUMNS, identity_add, j->map };
}

bool
journal_not_marketing(struct journal *j, struct text items, struct journal_problem *p)
{
	struct text bad;

	if (items.len == 0)
		return true;
	j->rules.portal = j->portal = portal_new();
	return portal_add(j->portal, items, &bad) ||
	    refuse(p, "--not-marketing: neither host nor path:", bad);
}

/* --- columns --- */

static bool
lacks(struct journal_problem *p, struct text column, const char *table)
{
	*p = (struct journal_problem){ table, TEXT_NONE, column };
	return false;
}

static bool
has_all(const struct journal *j, struct journal_problem *p)
{
	const struct fields *f = &j->fields;
	const int *step = f->columns.step;

	if (step[STEP_TIME] < 0)
		return lacks(p, TEXT("time"), NULL);
	if (step[STEP_EVENT] < 0)
		return lacks(p, TEXT("event"), NULL);
	if (f->key < 0 && (j->map == NULL || j->words.sorted || f->by == OWNER_COLUMN))
		return lacks(p, j->words.key, "rows by lead: -k COLUMN groups by another, "
		    "--identity MAP finds leads");
	if (j->portal != NULL && portal_needs_host(j->portal) && f->columns.host < 0 &&
	    f->columns.url < 0)
		return refuse(p, "--not-marketing: hosts need a column host or url in the "
		    "input", TEXT_NONE);
	return true;
}

bool
journal_bind(struct journal *j, const struct fields_table *t, struct journal_problem *p)
{
	struct fields *f = &j->fields;
	struct text missing;

	if (j->map != NULL)
		identity_ready(j->map);
	j->table = *t;
	fields_init(f, t, j->words.key, j->map);
	if (!has_all(j, p))
		return false;
	if (j->words.carry != NULL &&
	    !fields_carry(f, t, text_of(j->words.carry), &missing))
		return lacks(p, missing, NULL);
	fields_keep(f, t);
	j->owner = owner_new(f->by, j->map, f->columns.step[STEP_DEAL_ID] >= 0);
	j->journey = journey_new(&j->rules, &f->columns);
	j->telling = telling_new(f, j->journey, j->words.lines, j->words.carry_late_us);
	return true;
}

/* --- rows out --- */

const struct group_refusal *
journal_read(struct journal *j, uint64_t *n)
{
	static const struct group_refusal not_with = { .rule = "not_with" };
	static const struct group_refusal too_long = { .column = "path", .reason = "long",
		.why = "a path too long for a line" };
	uint64_t dropped = journey_dropped(j->journey);
	const struct journey_step *s;
	size_t nsteps;

	if (j->words.sorted)
		journal_arrange(j);
	fields_leads(&j->fields, j->owner, j->words.visit_gap_us, j->arena, &j->group);
	s = journey_read(j->journey, &j->group, &nsteps);
	*n = j->group.g->nrows - (journey_dropped(j->journey) - dropped);
	if (j->words.with != NULL && !journey_has(j->journey, j->words.with))
		return &not_with;
	return telling_begin(j->telling, s, nsteps) ? NULL : &too_long;
}

size_t
journal_ncolumns(const struct journal *j)
{
	return telling_ncolumns(j->telling);
}

struct text
journal_column(const struct journal *j, size_t i, char room[LIFELINE_NAME])
{
	return telling_name(j->telling, i, &j->table, room);
}

bool
journal_next(struct journal *j, struct text *cells)
{
	return telling_next(j->telling, j->arena, cells);
}
