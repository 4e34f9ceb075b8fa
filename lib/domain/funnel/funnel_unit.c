/* funnel_unit.c - the deals or leads of one group, each where it counts */
#include "funnel_state.h"

/* --- money --- */

static void
value_of_deal(const struct life *l, const struct life_deal *d, struct funnel_money *m)
{
	*m = (struct funnel_money){ 0 };
	for (ptrdiff_t row = d->first_row; row != LIFE_NONE; row = l->row[row].next_of_deal)
		if (life_tells_of_deal(&l->step[row]) && l->step[row].has_value) {
			m->value = l->step[row].value;
			m->has_value = true;
		}
	if (d->outcome != LIFE_WON)
		return;
	m->revenue = m->value = d->value;
	m->has_value = true;
}

static void
add_refunds(const struct life *l, struct funnel_money *money)
{
	for (size_t i = 0; i < l->nrefunds; i++)
		if (l->refund[i].deal != LIFE_NONE)
			money[l->refund[i].deal].revenue += l->refund[i].value;
}

/* --- one deal or lead --- */

/* A stage that those lost here were lost in, by reason, beside its cell. */
static void
add_reasons(struct funnel *f, const struct life *l, const struct passage *p,
    const struct book_places *places, const struct funnel_mark *m)
{
	struct life_lead lead;

	if (p->lead != NULL) {
		lead = *p->lead;
		if (lead.disqualified_row == LIFE_NONE && p->deal != NULL)
			lead.disqualified_row = p->deal->row;
	}
	for (uint32_t i = 0; i < f->by.n; i++) {
		const struct breakdown *d = &f->by.v[i];
		uint32_t cell;

		if (!d->by_reason)
			continue;
		cell = cube_find(f->book.cube, m->day, i, 0, p->lead != NULL
		    ? breakdown_of_lead(&f->by, i, l, &lead)
		    : breakdown_of_deal(&f->by, i, l, p->deal));
		funnel_cell_at(f, cell)->whole = places->cell[d->outer];
		funnel_cell_lost(f, cell, m->lost);
	}
}

/* A deal begun after the account was won is a sale of its own. */
static bool
may_be_stuck(const struct life *l, const struct passage *p, bool customer)
{
	int64_t us;

	if (!customer)
		return true;
	if (p->lead != NULL || l->first_won == LIFE_NONE)
		return false;
	return life_span(&l->deal[l->first_won].closed, &p->begun, &us) && us > 0;
}

static void
add_figures(struct funnel *f, const struct life *l, const struct passage *p,
    const struct funnel_money *money, bool customer)
{
	bool stuck = may_be_stuck(l, p, customer);
	struct book_places places;
	struct funnel_mark m;

	if (p->lead != NULL)
		book_at_lead(&f->book, l, p->lead, &p->begun, &places);
	else
		book_at_deal(&f->book, l, p->deal, &p->begun, &places);
	if (!places.any) {
		f->undated += !p->begun.dated;
		return;
	}
	if (f->words.table == FUNNEL_STUCK) {
		if (stuck)
			funnel_stuck_add(f, l, p, money);
		return;
	}
	funnel_mark_of(f, p, &m);
	for (size_t i = 0; i < f->by.n; i++) {
		if (f->by.v[i].by_credit || f->by.v[i].by_reason)
			continue;
		funnel_cell_count(f, places.cell[i], &m, NUM_MICROS);
		funnel_cell_money(f, places.cell[i], &m, money);
		funnel_cell_times(f, places.cell[i], p, stuck);
	}
	if (m.lost >= 0)
		add_reasons(f, l, p, &places, &m);
	if (!f->words.credit)
		return;
	if (p->lead != NULL)
		funnel_credit_lead(f, l, p->lead, &m);
	else
		funnel_credit_deal(f, l, p->deal, &m);
}

static void
add(struct funnel *f, const struct life *l, const struct passage *p,
    const struct funnel_money *money, bool customer)
{
	f->elsewhere += p->elsewhere;
	f->without_stage += !p->elsewhere && !p->any;
	f->renewals += !p->elsewhere && p->any && p->apart;
	if (!passage_counts(p))
		return;
	f->book.negative += p->backwards;
	for (size_t i = 0; p->state == STAGES_WON && i < p->nmoves; i++)
		if (p->move[i].has_stay && p->move[i].from >= 0)
			durations_add(&f->yard[p->move[i].from], p->move[i].stay_us);
	if (f->words.table == FUNNEL_FLOW)
		funnel_flow_add(f, l, p);
	else
		add_figures(f, l, p, money, customer);
}

/* A lead's money is that of the deals that are its own. */
static void
add_leads(struct funnel *f, const struct life *l, const struct passage *deal,
    const struct funnel_money *money, bool customer)
{
	struct funnel_money *own = arena_new(f->arena, l->nleads + 1, sizeof(*own));
	struct passage_group group;

	if (l->nleads == 0)
		return;
	passage_group_init(&group, l, deal, &f->stages);
	for (size_t i = 0; i < l->ndeals; i++) {
		struct funnel_money *m;

		if (l->deal[i].lead == LIFE_NONE || !passage_counts(&deal[i]))
			continue;
		m = &own[l->deal[i].lead];
		m->value += money[i].value;
		m->revenue += money[i].revenue;
		m->has_value |= money[i].has_value;
	}
	for (size_t i = 0; i < l->nleads; i++) {
		struct passage p;

		passage_of_lead(&p, &group, &l->lead[i], f->arena);
		add(f, l, &p, &own[i], customer);
	}
}

void
funnel_unit_all(struct funnel *f, const struct life *l)
{
	struct passage *deal = arena_new(f->arena, l->ndeals, sizeof(*deal));
	struct funnel_money *money = arena_new(f->arena, l->ndeals, sizeof(*money));
	bool customer = l->first_won != LIFE_NONE;

	for (size_t i = 0; i < l->ndeals; i++) {
		passage_of_deal(&deal[i], l, &l->deal[i], &f->stages, f->arena);
		value_of_deal(l, &l->deal[i], &money[i]);
		customer |= deal[i].state == STAGES_WON && !deal[i].elsewhere;
	}
	add_refunds(l, money);
	if (f->of_leads)
		add_leads(f, l, deal, money, customer);
	for (size_t i = 0; !f->of_leads && i < l->ndeals; i++)
		add(f, l, &deal[i], &money[i], customer);
}
