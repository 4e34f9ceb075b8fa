/* funnel_cell.c - the sums of every stage in every segment and period */
#include <lead/base/mem.h>

#include "funnel_state.h"

struct funnel_cell *
funnel_cell_at(struct funnel *f, uint32_t cell)
{
	if (cell >= f->ncells) {
		f->cell = mem_grow(f->cell, &f->cell_cap, (size_t)cell + 1,
		    sizeof(*f->cell), CUBE_CELLS_MAX, "segments and periods");
		for (; f->ncells <= cell; f->ncells++)
			f->cell[f->ncells] = (struct funnel_cell){ .whole = CUBE_NONE };
	}
	if (f->cell[cell].stage == NULL)
		f->cell[cell].stage = arena_new(&f->kept, f->stages.n,
		    sizeof(*f->cell[cell].stage));
	return &f->cell[cell];
}

void
funnel_mark_of(const struct funnel *f, const struct passage *p, struct funnel_mark *m)
{
	const struct stages *s = &f->stages;

	*m = (struct funnel_mark){ .lost = STAGES_NONE, .ended = STAGES_NONE,
		.open = STAGES_NONE, .returned = p->returned, .day = p->begun.day };
	for (int i = 0; i < (int)s->n; i++) {
		uint64_t bit = UINT64_C(1) << i;

		if (passage_skipped(p, s, i))
			m->skipped |= bit;
		if (!passage_reached(p, s, i, f->words.strict))
			continue;
		m->reached |= bit;
		if (s->v[i].level >= 0)
			m->levels |= UINT64_C(1) << s->first_of[s->v[i].level];
	}
	if (p->state == STAGES_LOST) {
		m->lost = (int8_t)p->open_at;
		m->ended = (int8_t)s->first_of[p->furthest];
	}
	if (p->state == STAGES_OPEN)
		m->open = (int8_t)p->open_at;
}

static void
add(struct cube_sum *sum, num_wide amount)
{
	sum->sum += amount;
	sum->n++;
}

static void
add_bits(struct funnel_cell *c, uint64_t bits, enum funnel_measure m, num_wide amount)
{
	for (int i = 0; bits != 0; i++, bits >>= 1)
		if ((bits & 1) != 0)
			add(&c->stage[i].sum[m], amount);
}

static void
add_at(struct funnel_cell *c, int stage, enum funnel_measure m, num_wide amount)
{
	if (stage >= 0)
		add(&c->stage[stage].sum[m], amount);
}

void
funnel_cell_count(struct funnel *f, uint32_t cell, const struct funnel_mark *m,
    int64_t weight)
{
	struct funnel_cell *c = funnel_cell_at(f, cell);

	add(&c->entered, weight);
	add_bits(c, m->reached, FUNNEL_REACHED, weight);
	add_bits(c, m->levels, FUNNEL_LEVEL, weight);
	add_bits(c, m->skipped, FUNNEL_SKIPPED, weight);
	add_bits(c, m->returned, FUNNEL_RETURNED, weight);
	add_at(c, m->lost, FUNNEL_LOST, weight);
	add_at(c, m->ended, FUNNEL_ENDED, weight);
	add_at(c, m->open, FUNNEL_OPEN, weight);
}

void
funnel_cell_lost(struct funnel *f, uint32_t cell, int stage)
{
	add_at(funnel_cell_at(f, cell), stage, FUNNEL_LOST, NUM_MICROS);
}

void
funnel_cell_money(struct funnel *f, uint32_t cell, const struct funnel_mark *m,
    const struct funnel_money *money)
{
	struct funnel_cell *c = funnel_cell_at(f, cell);

	add_bits(c, m->reached, FUNNEL_REVENUE, money->revenue);
	if (!money->has_value)
		return;
	add_bits(c, m->reached, FUNNEL_VALUE_REACHED, money->value);
	add_at(c, m->open, FUNNEL_VALUE_OPEN, money->value);
}

bool
funnel_age(const struct funnel *f, const struct life_when *since, int64_t *us)
{
	if (!since->set || !since->dated)
		return false;
	*us = since->day_only ? (f->book.as_of_day - since->day) * WHEN_DAY
			      : f->rules.as_of_us - since->us;
	return true;
}

void
funnel_cell_times(struct funnel *f, uint32_t cell, const struct passage *p,
    bool may_be_stuck)
{
	struct funnel_cell *c = funnel_cell_at(f, cell);
	int64_t age;

	for (size_t i = 0; i < p->nmoves; i++)
		if (p->move[i].has_stay && p->move[i].from >= 0)
			durations_add(&c->stage[p->move[i].from].stays,
			    p->move[i].stay_us);
	if (may_be_stuck && p->state == STAGES_OPEN && funnel_age(f, &p->since, &age))
		durations_add(&c->stage[p->open_at].ages, age);
}

bool
funnel_limit(const struct funnel *f, int stage, num_wide *us)
{
	if (f->stages.v[stage].max_us != 0) {
		*us = f->stages.v[stage].max_us;
		return true;
	}
	return f->yard[stage].n >= FUNNEL_ENOUGH &&
	    durations_median(&f->yard[stage], us);
}
