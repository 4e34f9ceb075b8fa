/* passage_entry.c - which rows enter a stage, in order */
#include <stdlib.h>

#include "passage_state.h"

static bool
is_event(const struct life *l, ptrdiff_t row, enum event_rank rank)
{
	return l->step[row].event->rank == rank;
}

/* The end that a milestone means by itself. */
static bool
ends_as(const struct life *l, ptrdiff_t row, enum stages_kind *kind)
{
	if (is_event(l, row, EVENT_WON))
		*kind = STAGES_WON;
	else if (is_event(l, row, EVENT_LOST) || is_event(l, row, EVENT_DISQUALIFIED))
		*kind = STAGES_LOST;
	else
		return false;
	return true;
}

int
passage_entry_end(const struct stages *s, enum stages_kind kind)
{
	if (s->closing[kind] >= 0)
		return s->closing[kind];
	return kind == STAGES_WON ? PASSAGE_WON : PASSAGE_LOST;
}

void
passage_entry_add(struct passage_gather *g, ptrdiff_t row)
{
	struct passage_entry e = { .row = row, .stage = stages_of(g->stages, &g->l->step[row]),
		.told = is_event(g->l, row, EVENT_STAGE) };

	if (e.stage >= 0)
		e.kind = g->stages->v[e.stage].kind;
	else if (ends_as(g->l, row, &e.kind))
		e.stage = passage_entry_end(g->stages, e.kind);
	else {
		g->unknown |= e.told;
		return;
	}
	e.at = life_when(&g->l->step[row], g->l->zone);
	g->told[e.kind] |= e.told;
	g->entry[g->n++] = e;
}

size_t
passage_entry_count(const struct life *l, const struct life_deal *d)
{
	size_t n = 0;

	for (ptrdiff_t row = d->first_row; row != LIFE_NONE; row = l->row[row].next_of_deal)
		n++;
	return n;
}

/* The row of a deal's outcome is put last. */
bool
passage_entry_is_outcome(const struct life_deal *d, ptrdiff_t row)
{
	return d->outcome != LIFE_OPEN && row == d->row;
}

void
passage_entry_add_deal(struct passage_gather *g, const struct life_deal *d)
{
	const struct life *l = g->l;

	for (ptrdiff_t row = d->first_row; row != LIFE_NONE; row = l->row[row].next_of_deal)
		if (life_tells_of_deal(&l->step[row]) && !passage_entry_is_outcome(d, row))
			passage_entry_add(g, row);
}

static int
by_time(const void *a, const void *b)
{
	const struct passage_entry *x = a, *y = b;

	if (x->at.dated != y->at.dated)
		return x->at.dated ? -1 : 1;
	if (x->at.us != y->at.us)
		return x->at.us < y->at.us ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->stage != y->stage)
		return x->stage < y->stage ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* A row of event won or lost that stands among the others says what stage rows
 * say better, if there are any of the kind. */
static size_t
without_repeats(struct passage_gather *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->entry[i].kind == STAGES_OPEN || g->entry[i].told ||
		    !g->told[g->entry[i].kind])
			g->entry[n++] = g->entry[i];
	return n;
}

void
passage_entry_sort(struct passage_gather *g)
{
	g->n = without_repeats(g);
	if (g->n > 1)
		qsort(g->entry, g->n, sizeof(*g->entry), by_time);
}
