/* passage.c - the way of one deal or lead through the stages */
#include <stdlib.h>

#include <lead/domain/passage.h>

/* One row that enters a stage, or ends the deal where the file has no stage for
 * it. */
struct entry {
	struct life_when at;
	int stage; /* or enum passage_place */
	enum stages_kind kind;
	bool told; /* by a row of event stage */
	long row;
};

/* While the entries of one deal or lead are gathered. */
struct gather {
	const struct life *l;
	const struct stages *stages;
	struct entry *entry;
	size_t n;
	bool unknown; /* a stage that the file lacks was entered */
	bool told[3]; /* by kind: a row of event stage told of it */
};

/* --- entries --- */

static bool
is_event(const struct life *l, long row, const char *name)
{
	return text_is(text_of(l->step[row].event->name), name);
}

/* The end that a milestone means by itself. */
static bool
ends_as(const struct life *l, long row, enum stages_kind *kind)
{
	if (is_event(l, row, "won"))
		*kind = STAGES_WON;
	else if (is_event(l, row, "lost") || is_event(l, row, "disqualified"))
		*kind = STAGES_LOST;
	else
		return false;
	return true;
}

static int
place_of_end(const struct stages *s, enum stages_kind kind)
{
	if (s->closing[kind] >= 0)
		return s->closing[kind];
	return kind == STAGES_WON ? PASSAGE_WON : PASSAGE_LOST;
}

static void
add_row(struct gather *g, long row)
{
	struct entry e = { .row = row, .stage = stages_of(g->stages, &g->l->step[row]),
		.told = is_event(g->l, row, "stage") };

	if (e.stage >= 0)
		e.kind = g->stages->v[e.stage].kind;
	else if (ends_as(g->l, row, &e.kind))
		e.stage = place_of_end(g->stages, e.kind);
	else {
		g->unknown |= e.told;
		return;
	}
	e.at = life_when(&g->l->step[row], g->l->zone);
	g->told[e.kind] |= e.told;
	g->entry[g->n++] = e;
}

static size_t
count_chain(const struct life *l, long row)
{
	size_t n = 0;

	for (; row != LIFE_NONE; row = l->next[row])
		n++;
	return n;
}

/* The row of a deal's outcome is put last. */
static bool
is_outcome(const struct life_deal *d, long row)
{
	return d->outcome != LIFE_OPEN && row == d->row;
}

static void
add_deal(struct gather *g, const struct life_deal *d)
{
	for (long row = d->first_own; row != LIFE_NONE; row = g->l->next[row])
		if (!is_outcome(d, row))
			add_row(g, row);
}

static int
by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

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

/* --- the walk --- */

static bool
is_back(const struct passage *p, const struct stages *s, int to)
{
	if (!stages_is_open(s, to) || p->nmoves == 0)
		return false;
	return !stages_is_open(s, p->at) || s->v[to].level < s->v[p->at].level;
}

static void
move_to(struct passage *p, const struct stages *s, int to, const struct life_when *at)
{
	struct passage_move *m = &p->move[p->nmoves];

	*m = (struct passage_move){ .from = p->at, .to = to, .at = *at };
	m->has_stay = p->nmoves > 0 && life_span(&p->since, at, &m->stay_us);
	/* A day before an hour of its own morning, in a zone far away. */
	if (m->has_stay && m->stay_us < 0)
		m->stay_us = 0;
	if (is_back(p, s, to))
		p->returned |= UINT64_C(1) << to;
	if (p->nmoves++ == 0)
		p->begun = *at;
	p->any = true;
	p->at = to;
	p->since = *at;
	if (stages_is_open(s, to)) {
		p->entered |= UINT64_C(1) << to;
		p->open_at = to;
	}
}

/* Undated open stages were entered at some time; without any date, the latest
 * of them is where it is. */
static void
walk(struct passage *p, const struct stages *s, const struct entry *e, size_t n)
{
	bool dated = n > 0 && e[0].at.dated;

	for (size_t i = 0; i < n; i++) {
		if (!e[i].at.dated && dated && e[i].kind == STAGES_OPEN) {
			p->entered |= UINT64_C(1) << e[i].stage;
			continue;
		}
		if (p->nmoves == 0 || p->at != e[i].stage) {
			move_to(p, s, e[i].stage, &e[i].at);
			p->state = e[i].kind;
		}
	}
}

/* The end that the deal's own row told, at its time or after all stages. */
static void
end_as(struct passage *p, const struct stages *s, enum stages_kind kind,
    struct life_when at, int place)
{
	int64_t us;

	if (p->nmoves > 0 && p->state == kind)
		return;
	if (p->nmoves > 0 && life_span(&p->since, &at, &us) && us < 0)
		at = p->since;
	move_to(p, s, place, &at);
	p->state = kind;
}

/* A row of event won or lost that stands among the others says what stage rows
 * say better, if there are any of the kind. */
static size_t
without_repeats(struct gather *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->entry[i].kind == STAGES_OPEN || g->entry[i].told ||
		    !g->told[g->entry[i].kind])
			g->entry[n++] = g->entry[i];
	return n;
}

static void
settle(struct passage *p, const struct stages *s, const struct gather *g)
{
	p->elsewhere = g->unknown && p->entered == 0 && !g->told[STAGES_WON] &&
	    !g->told[STAGES_LOST];
	if (p->open_at < 0)
		p->open_at = 0;
	p->furthest = 0;
	for (size_t i = 0; i < s->n; i++)
		if ((p->entered >> i & 1) != 0 && s->v[i].level > p->furthest)
			p->furthest = s->v[i].level;
	if (p->state == STAGES_WON)
		p->furthest = p->at >= 0 ? s->v[p->at].level : s->levels;
}

static void
run(struct passage *p, struct gather *g, const struct life_deal *d, struct arena *arena)
{
	const struct stages *s = g->stages;

	g->n = without_repeats(g);
	if (g->n > 1)
		qsort(g->entry, g->n, sizeof(*g->entry), by_time);
	p->move = arena_new(arena, g->n + 1, sizeof(*p->move));
	walk(p, s, g->entry, g->n);
	if (d != NULL && d->outcome != LIFE_OPEN) {
		enum stages_kind kind =
		    d->outcome == LIFE_WON ? STAGES_WON : STAGES_LOST;

		end_as(p, s, kind, d->closed, place_of_end(s, kind));
	}
	settle(p, s, g);
}

void
passage_of_deal(struct passage *p, const struct life *l, const struct life_deal *deal,
    const struct stages *stages, struct arena *arena)
{
	struct gather g = { .l = l, .stages = stages };

	*p = (struct passage){ .at = PASSAGE_NOWHERE, .open_at = PASSAGE_NOWHERE,
		.deal = deal };
	g.entry = arena_new(arena, count_chain(l, deal->first_own) + 1,
	    sizeof(*g.entry));
	add_deal(&g, deal);
	run(p, &g, deal, arena);
	p->apart = deal->type == LIFE_RENEWAL && p->entered == 0;
}

/* --- a lead --- */

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
    const struct passage *deal, const struct stages *stages, struct arena *arena)
{
	*g = (struct passage_group){ .l = l, .stages = stages, .deal = deal,
		.decides = decider(l, deal), .adopts = adopter(l),
		.none = arena_new(arena, l->nsteps, sizeof(*g->none)) };
	for (size_t i = 0; i < l->ndeals; i++)
		for (long row = l->deal[i].first_own; row != LIFE_NONE &&
		     l->deal[i].id.len == 0; row = l->next[row])
			g->none[row] = &l->deal[i];
}

/* A row of a deal without id, and not of the deal that decides. */
static void
add_stray(struct gather *g, const struct passage_group *of, long row)
{
	const struct life_deal *d = of->none[row];

	if (d != NULL && (of->decides == NULL || d != of->decides->deal) &&
	    !is_outcome(d, row))
		add_row(g, row);
}

static void
add_strays(struct gather *g, const struct passage_group *of,
    const struct life_lead *lead)
{
	const struct life *l = of->l;

	for (long row = lead->first_row; row != LIFE_NONE; row = l->next_of_lead[row])
		add_stray(g, of, row);
	for (long row = 0; lead == of->adopts && lead->id.len != 0 &&
	     row < (long)l->nsteps; row++)
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
	for (long row = lead->first_row; row != LIFE_NONE; row = l->next_of_lead[row])
		n++;
	return n + (of->decides != NULL
	    ? count_chain(l, of->decides->deal->first_own) : 0);
}

/* What others did before the lead came is there when it comes. */
static void
clamp(struct gather *g, const struct life_when *first)
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
	struct gather g = { .l = l, .stages = of->stages };
	const struct life_deal *d = of->decides != NULL ? of->decides->deal : NULL;
	struct life_when first = life_when(&l->step[lead->first_own], l->zone);

	*p = (struct passage){ .at = PASSAGE_NOWHERE, .open_at = PASSAGE_NOWHERE,
		.deal = d, .lead = lead };
	g.entry = arena_new(arena, count_rows(of, lead) + 1, sizeof(*g.entry));
	for (long row = lead->first_own; row != LIFE_NONE; row = l->next[row])
		add_row(&g, row);
	add_strays(&g, of, lead);
	if (d != NULL)
		add_deal(&g, d);
	clamp(&g, &first);
	run(p, &g, d, arena);
}

/* --- what it reached --- */

bool
passage_reached(const struct passage *p, const struct stages *stages, int stage,
    bool strict)
{
	const struct stages_stage *s = &stages->v[stage];

	if (s->kind == STAGES_LOST)
		return p->at == stage;
	if (p->at == stage || (p->entered >> stage & 1) != 0)
		return true;
	if (strict)
		return false;
	return s->level < p->furthest || (p->entered == 0 && stage == p->open_at &&
	    p->state == STAGES_LOST);
}

bool
passage_skipped(const struct passage *p, const struct stages *stages, int stage)
{
	int level = stages->v[stage].level;

	if (level < 0 || level >= p->furthest)
		return false;
	for (size_t i = 0; i < stages->n; i++)
		if (stages->v[i].level == level && (p->entered >> i & 1) != 0)
			return false;
	return true;
}
