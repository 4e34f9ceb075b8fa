/* stock.c - which deals are open at the end of each period, and what are they worth? */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/pairs.h>
#include <lead/domain/figures/stock.h>

enum { MOVES_MAX = 1 << 30, ANY_STAGE = 0 };

/* What came and went in one period: deals on a shelf, or deals that were closed
 * after they had been at a stage. */
struct move {
	int64_t period;
	uint32_t where; /* shelf, or stage */
	int64_t deals, valued;
	num_wide value;
};

struct moves {
	struct pairs *pairs; /* (where, period) */
	struct move *v;
	size_t cap;
};

/* A stage of one line of the cube. */
struct shelf {
	uint32_t line, stage;
	int64_t deals, valued;
	num_wide value;
};

struct stock {
	struct dict *stages;
	uint32_t *seen; /* by stage: the last deal that was there */
	size_t seen_cap;
	uint32_t serial;
	struct pairs *shelves; /* (line, stage) */
	struct shelf *shelf;
	size_t shelf_cap;
	struct moves stood, closed; /* of closed: deals, and won as valued */
};

/* A stage's deals that are closed, and those of them that were won. */
struct rate {
	int64_t closed, won;
};

static void
moves_init(struct moves *m)
{
	*m = (struct moves){ .pairs = pairs_new() };
}

static void
moves_clear(struct moves *m)
{
	pairs_free(m->pairs);
	mem_free(m->v);
}

struct stock *
stock_new(void)
{
	struct stock *s = mem_new(1, sizeof(*s));

	s->stages = dict_new();
	s->shelves = pairs_new();
	moves_init(&s->stood);
	moves_init(&s->closed);
	dict_add(s->stages, TEXT_NONE);
	return s;
}

void
stock_free(struct stock *s)
{
	if (s == NULL)
		return;
	dict_free(s->stages);
	pairs_free(s->shelves);
	moves_clear(&s->stood);
	moves_clear(&s->closed);
	mem_free(s->seen);
	mem_free(s->shelf);
	mem_free(s);
}

/* The movement of where in a period, to be added to. */
static struct move *
move_of(struct moves *m, uint32_t where, int64_t period)
{
	bool added;
	uint32_t n = pairs_add(m->pairs, where, period, &added);

	if (added) {
		m->v = mem_grow(m->v, &m->cap, (size_t)n + 1, sizeof(*m->v), MOVES_MAX,
		    "stages and periods");
		m->v[n] = (struct move){ .period = period, .where = where };
	}
	return &m->v[n];
}

static uint32_t
shelf_of(struct stock *s, uint32_t line, uint32_t stage)
{
	bool added;
	uint32_t n = pairs_add(s->shelves, line, stage, &added);

	if (added) {
		s->shelf = mem_grow(s->shelf, &s->shelf_cap, (size_t)n + 1,
		    sizeof(*s->shelf), MOVES_MAX, "stages of segments");
		s->shelf[n] = (struct shelf){ .line = line, .stage = stage };
	}
	return n;
}

/* --- one deal --- */

/* Whose deal it is, and where its facts go. */
struct place {
	const struct book_rules *rules;
	int64_t until_day;
	const struct book_lines *lines;
	size_t n;
};

/* Where a deal stands after one of its rows. */
struct standing {
	uint32_t stage;
	bool valued;
	int64_t value;
};

/* The deal comes (sign 1) or goes (-1) in a period. */
static void
put(struct stock *s, const struct place *at, const struct standing *w, int64_t period,
    int sign)
{
	for (size_t i = 0; i < at->n; i++) {
		struct move *m;

		if (at->lines->line[i] == CUBE_NONE)
			continue;
		m = move_of(&s->stood, shelf_of(s, at->lines->line[i], w->stage), period);
		m->deals += sign;
		m->valued += w->valued ? sign : 0;
		m->value += (num_wide)sign * w->value;
	}
}

/* A row's stage: the CRM's word, else the milestone that it is. */
static struct text
stage_of(const struct step *s)
{
	static const bool is_stage[EVENTS] = { [EVENT_OPP] = true,
		[EVENT_MEETING] = true, [EVENT_PROPOSAL] = true };
	struct text stage = step_text(s, STEP_STAGE);

	return stage.len == 0 && is_stage[s->event->rank] ? text_of(s->event->name)
							  : stage;
}

/* What a row tells of the deal, over what was known. */
static void
learn(struct stock *s, const struct step *row, struct standing *w)
{
	struct text stage = stage_of(row);

	if (stage.len != 0)
		w->stage = dict_add(s->stages, stage);
	if (row->has_value) {
		w->valued = true;
		w->value = row->value;
	}
}

/* The deal was at its stage: true the first time. */
static bool
is_first_visit(struct stock *s, uint32_t stage)
{
	size_t known = s->seen_cap;

	s->seen = mem_grow(s->seen, &s->seen_cap, (size_t)stage + 1, sizeof(*s->seen),
	    MOVES_MAX, "stages");
	memset(s->seen + known, 0, (s->seen_cap - known) * sizeof(*s->seen));
	if (s->seen[stage] == s->serial)
		return false;
	s->seen[stage] = s->serial;
	return true;
}

/* Its first row from row on that tells where it stands, or LIFE_NONE. */
static ptrdiff_t
telling(const struct life *l, ptrdiff_t row)
{
	while (row != LIFE_NONE && !life_tells_of_deal(&l->step[row]))
		row = l->row[row].next_of_deal;
	return row;
}

/* Count one more deal of a stage as closed. */
static void
count_closed(struct stock *s, uint32_t stage, int64_t period, bool won)
{
	struct move *m;

	if (!is_first_visit(s, stage))
		return;
	m = move_of(&s->closed, stage, period);
	m->deals++;
	m->valued += won;
}

/* Count the deal among those that are closed: at all, and by each stage. */
static void
close_deal(struct stock *s, const struct life *l, const struct life_deal *d,
    int64_t period)
{
	bool won = d->outcome == LIFE_WON;
	struct standing w = { 0 };

	s->serial++;
	for (ptrdiff_t row = telling(l, d->first_row); row != LIFE_NONE && row < d->row;
	    row = telling(l, l->row[row].next_of_deal)) {
		learn(s, &l->step[row], &w);
		if (row >= d->opp_row)
			count_closed(s, w.stage, period, won);
	}
	count_closed(s, ANY_STAGE, period, won);
}

/* The period of a row, if it is of any up to --until. */
static bool
period_of(const struct place *at, const struct step *s, int64_t *period)
{
	const struct book_rules *r = at->rules;
	struct life_when w = life_when(s, r->zone);

	*period = when_period_start(r->period, w.day);
	if (!w.dated)
		return r->period == WHEN_BY_ALL;
	return !r->has_until || (w.day_only ? w.day < at->until_day : w.us < r->until_us);
}

/* Stand it where each of its rows says, from opp to before the outcome. */
static bool
stand(struct stock *s, const struct life *l, const struct life_deal *d,
    const struct place *at, struct standing *w)
{
	ptrdiff_t end = d->outcome != LIFE_OPEN ? d->row : (ptrdiff_t)l->nsteps;
	bool stands = false;

	for (ptrdiff_t row = telling(l, d->first_row); row != LIFE_NONE && row < end;
	    row = telling(l, l->row[row].next_of_deal)) {
		struct standing before = *w;
		int64_t period;

		if (!period_of(at, &l->step[row], &period))
			continue;
		learn(s, &l->step[row], w);
		if (row < d->opp_row)
			continue;
		if (stands)
			put(s, at, &before, period, -1);
		put(s, at, w, period, 1);
		stands = true;
	}
	return stands;
}

/* Closed before it was opened, or we do not know when? */
static bool
never_stood(const struct life_deal *d, const struct book_rules *r)
{
	return d->outcome != LIFE_OPEN && (d->row <= d->opp_row ||
	    (!d->closed.dated && r->period != WHEN_BY_ALL));
}

void
stock_deal(struct stock *s, const struct book *b, const struct life *l,
    const struct life_deal *d, const struct book_lines *lines)
{
	const struct place at = { b->rules, b->until_day, lines, b->by->n };
	struct standing w = { 0 };
	int64_t period;

	if (!d->opp.set || d->type == LIFE_RENEWAL || never_stood(d, b->rules) ||
	    !stand(s, l, d, &at, &w) || d->outcome == LIFE_OPEN ||
	    !period_of(&at, &l->step[d->row], &period))
		return;
	put(s, &at, &w, period, -1);
	close_deal(s, l, d, period);
}

/* --- the end of each period --- */

static int
by_period(const void *a, const void *b)
{
	const struct move *x = a, *y = b;

	return (x->period > y->period) - (x->period < y->period);
}

/* In the order of time; how many. */
static size_t
moves_sort(struct moves *m)
{
	size_t n = pairs_count(m->pairs);

	if (n > 1)
		qsort(m->v, n, sizeof(*m->v), by_period);
	return n;
}

/* Won of a stage's deals, in parts of CUBE_WEIGHT; -1 when nothing is closed. */
static int64_t
rate_of(const struct rate *rates, uint32_t stage)
{
	const struct rate *r = &rates[rates[stage].closed > 0 ? stage : ANY_STAGE];

	return r->closed > 0 ? (2 * r->won * CUBE_WEIGHT + r->closed) / (2 * r->closed)
			     : -1;
}

/* What stands on the shelves, by line, in the cells of a period. */
static void
fill(const struct stock *s, struct cube *c, const struct rate *rates, int64_t period)
{
	for (uint32_t i = 0; i < pairs_count(s->shelves); i++) {
		const struct shelf *f = &s->shelf[i];
		int64_t rate = rate_of(rates, f->stage);
		struct cube_stock *k;

		if (f->deals == 0)
			continue;
		k = cube_stand(c, cube_at(c, f->line, period));
		k->deals += f->deals;
		k->valued += f->valued;
		k->value += f->value;
		k->weighted += f->value * (rate > 0 ? rate : 0);
		k->unrated |= rate < 0;
	}
}

/* Movements of one period, from *i on, are made. */
static void
move(struct stock *s, size_t *i, size_t n, int64_t period)
{
	for (; *i < n && s->stood.v[*i].period == period; ++*i) {
		const struct move *m = &s->stood.v[*i];
		struct shelf *f = &s->shelf[m->where];

		f->deals += m->deals;
		f->valued += m->valued;
		f->value += m->value;
	}
}

static void
rate(const struct stock *s, size_t *i, size_t n, int64_t period, struct rate *rates)
{
	for (; *i < n && s->closed.v[*i].period <= period; ++*i) {
		const struct move *m = &s->closed.v[*i];

		rates[m->where].closed += m->deals;
		rates[m->where].won += m->valued;
	}
}

void
stock_settle(struct stock *s, struct book *b)
{
	const struct book_rules *r = b->rules;
	size_t nstood = moves_sort(&s->stood), nclosed = moves_sort(&s->closed);
	size_t i = 0, j = 0;
	int64_t p = nstood > 0 ? s->stood.v[0].period : INT64_MAX, end;
	int64_t last = when_period_start(r->period, r->has_until &&
	    b->until_day <= b->as_of_day ? b->until_day - 1 : b->as_of_day);
	struct rate *rates = mem_new((size_t)dict_count(s->stages) + 1, sizeof(*rates));

	for (; p <= last; p = end) {
		move(s, &i, nstood, p);
		rate(s, &j, nclosed, p, rates);
		end = when_period_end(r->period, p);
		if (!r->has_since || end > b->since_day)
			fill(s, b->cube, rates, p);
	}
	mem_free(rates);
}

/* --- parts --- */

bool
stock_move(const struct stock *s, size_t i, struct stock_move *out)
{
	size_t nstood = pairs_count(s->stood.pairs);
	const struct move *m;
	uint32_t stage;

	*out = (struct stock_move){ .closed = i >= nstood };
	if (out->closed && i - nstood >= pairs_count(s->closed.pairs))
		return false;
	m = out->closed ? &s->closed.v[i - nstood] : &s->stood.v[i];
	stage = out->closed ? m->where : s->shelf[m->where].stage;
	out->line = out->closed ? 0 : s->shelf[m->where].line;
	out->period = m->period;
	out->stage = dict_text(s->stages, stage);
	out->deals = m->deals;
	out->valued = m->valued;
	out->value = m->value;
	return true;
}

void
stock_add(struct stock *s, const struct stock_move *from)
{
	uint32_t stage = dict_add(s->stages, from->stage);
	struct move *m = from->closed ? move_of(&s->closed, stage, from->period)
	    : move_of(&s->stood, shelf_of(s, from->line, stage), from->period);

	m->deals += from->deals;
	m->valued += from->valued;
	m->value += from->value;
}
