/* passage.c - the way of one deal or lead through the stages */
#include "passage_state.h"

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
	/* Into a day that ended, in this zone, before the hour of the row above. */
	if (m->has_stay && m->stay_us < 0) {
		m->has_stay = false;
		p->backwards++;
	}
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
walk(struct passage *p, const struct stages *s, const struct passage_entry *e, size_t n)
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

static void
settle(struct passage *p, const struct stages *s, const struct passage_gather *g)
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

void
passage_walk(struct passage *p, struct passage_gather *g, const struct life_deal *d,
    struct arena *arena)
{
	const struct stages *s = g->stages;

	passage_entry_sort(g);
	p->move = arena_new(arena, g->n + 1, sizeof(*p->move));
	walk(p, s, g->entry, g->n);
	if (d != NULL && d->outcome != LIFE_OPEN) {
		enum stages_kind kind =
		    d->outcome == LIFE_WON ? STAGES_WON : STAGES_LOST;

		end_as(p, s, kind, d->closed, passage_entry_end(s, kind));
	}
	settle(p, s, g);
}

void
passage_of_deal(struct passage *p, const struct life *l, const struct life_deal *deal,
    const struct stages *stages, struct arena *arena)
{
	struct passage_gather g = { .l = l, .stages = stages };

	*p = (struct passage){ PASSAGE_EMPTY, .deal = deal };
	g.entry = arena_new(arena, passage_entry_count(l, deal) + 1, sizeof(*g.entry));
	passage_entry_add_deal(&g, deal);
	passage_walk(p, &g, deal, arena);
	p->apart = deal->type == LIFE_RENEWAL && p->entered == 0;
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
