/* passage_lead.c - the way of a lead, by its own rows and its group's deals */
#include "passage_state.h"

static int
rank_of(enum stages_kind state)
{
	static const int ranks[] = { [STAGES_LOST] = 0, [STAGES_OPEN] = 1,
		[STAGES_WON] = 2 };

	return ranks[state];
}

/* Rows without deal id that are but stages are the lead's own, not a deal's. */
static bool
is_deal(const struct life_deal *d)
{
	return d->id.len != 0 || d->opp.set || d->outcome != LIFE_OPEN;
}

static const struct passage *
decider(const struct life *l, const struct passage *deal)
{
	const struct passage *best = NULL;

	for (size_t i = 0; i < l->ndeals; i++) {
		const struct passage *p = &deal[i];
		int more;

		if (!is_deal(&l->deal[i]) || !passage_counts(p))
			continue;
		more = best == NULL ? 1 : rank_of(p->state) - rank_of(best->state);
		if (more == 0)
			more = p->furthest - best->furthest;
		if (more > 0)
			best = p;
	}
	return best;
}

/* The lead without id, else the earliest, else the first to be told of. */
static const struct life_lead *
adopter(const struct life *l)
{
	for (size_t i = 0; i < l->nleads; i++)
		if (l->lead[i].id.len == 0)
			return &l->lead[i];
	return &l->lead[l->first_lead != LIFE_NONE ? l->first_lead : 0];
}

void
passage_group_init(struct passage_group *g, const struct life *l,
    const struct passage *deal, const struct stages *stages)
{
	*g = (struct passage_group){ .l = l, .stages = stages, .deal = deal,
		.decides = decider(l, deal), .adopts = adopter(l) };
}

/* A row of a deal without id, and not of the deal that decides. */
static void
add_stray(struct passage_gather *g, const struct passage_group *of, ptrdiff_t row)
{
	ptrdiff_t n = of->l->row[row].deal;
	const struct life_deal *d = n != LIFE_NONE ? &of->l->deal[n] : NULL;

	if (d != NULL && d->id.len == 0 &&
	    (of->decides == NULL || d != of->decides->deal) &&
	    !passage_entry_is_outcome(d, row))
		passage_entry_add(g, row);
}

static void
add_strays(struct passage_gather *g, const struct passage_group *of,
    const struct life_lead *lead)
{
	const struct life *l = of->l;

	for (ptrdiff_t row = lead->first_row; row != LIFE_NONE; row = l->row[row].next_of_lead)
		add_stray(g, of, row);
	for (ptrdiff_t row = 0; lead == of->adopts && lead->id.len != 0 &&
	     row < (ptrdiff_t)l->nsteps; row++)
		if (step_text(&l->step[row], STEP_LEAD_ID).len == 0)
			add_stray(g, of, row);
}

/* As many entries as there can be. */
static size_t
count_rows(const struct passage_group *of, const struct life_lead *lead)
{
	const struct life *l = of->l;
	size_t n = 0;

	if (lead == of->adopts)
		return l->nsteps;
	for (ptrdiff_t row = lead->first_row; row != LIFE_NONE; row = l->row[row].next_of_lead)
		n++;
	return n + (of->decides != NULL ? passage_entry_count(l, of->decides->deal) : 0);
}

/* What others did before the lead came is there when it comes. */
static void
clamp(struct passage_gather *g, const struct life_when *first)
{
	for (size_t i = 0; first->dated && i < g->n; i++)
		if (g->entry[i].at.dated && g->entry[i].at.us < first->us)
			g->entry[i].at = *first;
}

void
passage_of_lead(struct passage *p, const struct passage_group *of,
    const struct life_lead *lead, struct arena *arena)
{
	const struct life *l = of->l;
	struct passage_gather g = { .l = l, .stages = of->stages };
	const struct life_deal *d = of->decides != NULL ? of->decides->deal : NULL;
	struct life_when first = life_when(&l->step[lead->first_own], l->zone);

	*p = (struct passage){ PASSAGE_EMPTY, .deal = d, .lead = lead };
	g.entry = arena_new(arena, count_rows(of, lead) + 1, sizeof(*g.entry));
	for (ptrdiff_t row = lead->first_own; row != LIFE_NONE; row = l->row[row].next_of_lead)
		if (life_tells_of_lead(&l->step[row]))
			passage_entry_add(&g, row);
	add_strays(&g, of, lead);
	if (d != NULL)
		passage_entry_add_deal(&g, d);
	clamp(&g, &first);
	passage_walk(p, &g, d, arena);
}
