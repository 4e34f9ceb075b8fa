/* funnel.c - where deals and leads get stuck, from rows of steps to tables */
#include <lead/base/mem.h>

#include "funnel_state.h"

enum { KEY_MAX = 4 << 20 };

/* --- what is asked --- */

static bool
fail(struct funnel_problem *p, const char *option, struct text word, const char *why)
{
	*p = (struct funnel_problem){ option, word, why };
	return false;
}

static unsigned
has(const struct funnel *f)
{
	return (f->columns[STEP_VALUE] >= 0 ? KPI_NEEDS_VALUE : 0U) |
	    (f->by.reason_col >= 0 ? KPI_NEEDS_REASON : 0U);
}

static bool
ask(struct funnel *f, const char *words, struct funnel_problem *p)
{
	struct text rest = text_of(words), name;

	while (text_next(&rest, ',', &name)) {
		const struct funnel_figure *k = NULL;
		size_t i = 0;

		for (; (k = funnel_figure_at(i)) != NULL && !text_is(name, k->name); i++)
			;
		if (k == NULL)
			return fail(p, "kpi", name, "none of those that --list shows");
		if ((k->needs & ~has(f)) != 0)
			return fail(p, "kpi", name, kpi_need_name(k->needs & ~has(f)));
		f->asked[i] = f->any_asked = true;
	}
	return true;
}

static bool
read_by(struct funnel *f, const struct funnel_steps *t, struct funnel_problem *p)
{
	struct text bad;
	const char *why;

	breakdown_init(&f->by, f->words.unprefixed, f->words.credit, t->column, t->of);
	for (size_t i = 0; i < f->words.nby; i++) {
		why = breakdown_add(&f->by, text_of(f->words.by[i]), t->column, t->of,
		    &bad);
		if (why != NULL)
			return fail(p, "by", bad, why);
	}
	if (f->words.table == FUNNEL_FIGURES)
		breakdown_add_reasons(&f->by);
	return true;
}

bool
funnel_init(struct funnel *f, const struct funnel_words *words,
    const struct funnel_steps *t, struct funnel_problem *p)
{
	f->words = *words;
	f->of_leads = words->unit == FUNNEL_LEADS ||
	    (words->unit == FUNNEL_BY_FILE && f->stages.of_leads);
	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		f->columns[c] = t->column(t->of, text_of(step_name(c)));
	f->rep_col = t->column(t->of, TEXT("rep"));
	f->moves = map_new();
	f->credited = map_new();
	buf_init(&f->key, KEY_MAX, "a group's key");
	book_init(&f->book, &f->rules, &f->by);
	f->sift = (struct sift){ .columns = f->columns, .book = &f->book };
	if (!read_by(f, t, p))
		return false;
	for (size_t i = 0; i < words->nkpi; i++)
		if (!ask(f, words->kpi[i], p))
			return false;
	return true;
}

static void
clear_durations(struct funnel *f)
{
	for (size_t i = 0; i < STAGES_MAX; i++)
		durations_clear(&f->yard[i]);
	for (size_t i = 0; i < f->ncells; i++)
		for (size_t k = 0; f->cell[i].stage != NULL && k < f->stages.n; k++) {
			durations_clear(&f->cell[i].stage[k].stays);
			durations_clear(&f->cell[i].stage[k].ages);
		}
	for (uint32_t i = 0; i < map_count(f->moves); i++)
		durations_clear(&f->flow[i].stays);
}

void
funnel_clear(struct funnel *f)
{
	clear_durations(f);
	mem_free(f->cell);
	mem_free(f->flow);
	mem_free(f->deal);
	mem_free(f->of);
	mem_free(f->mark);
	map_free(f->moves);
	map_free(f->credited);
	buf_clear(&f->key);
	book_clear(&f->book);
	breakdown_clear(&f->by);
	stages_clear(&f->stages);
	arena_clear(&f->kept);
}

/* --- steps --- */

void
funnel_group(struct funnel *f, const struct group *g, struct arena *a)
{
	f->arena = a;
	sift_group(&f->sift, g, a);
}

const struct sift_refusal *
funnel_row(struct funnel *f, size_t i)
{
	static const struct sift_refusal unknown = { NULL, "unknown_stage" };
	const struct sift_refusal *no = sift_row(&f->sift, i);
	const struct step *s;

	if (no != NULL)
		return no;
	s = &f->sift.step[f->sift.nsteps - 1];
	if (s->kind != STEP_MILESTONE || !text_is(text_of(s->event->name), "stage") ||
	    stages_of(&f->stages, s) != STAGES_NONE)
		return NULL;
	/* It stays among the steps: its deal is one of another pipeline. */
	f->unknown_stage++;
	return &unknown;
}

/* --- money --- */

static void
value_of_deal(const struct life *l, const struct life_deal *d, struct funnel_money *m)
{
	*m = (struct funnel_money){ 0 };
	for (long row = d->first_own; row != LIFE_NONE; row = l->next[row])
		if (l->step[row].has_value) {
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

		passage_of_lead(&p, l, &l->lead[i], deal, &f->stages, f->arena);
		add(f, l, &p, &own[i], customer);
	}
}

void
funnel_close(struct funnel *f)
{
	struct life l;
	struct passage *deal;
	struct funnel_money *money;
	bool customer;

	life_read(&l, f->sift.step, f->sift.nsteps, f->rules.zone, f->arena);
	deal = arena_new(f->arena, l.ndeals, sizeof(*deal));
	money = arena_new(f->arena, l.ndeals, sizeof(*money));
	customer = l.first_won != LIFE_NONE;
	for (size_t i = 0; i < l.ndeals; i++) {
		passage_of_deal(&deal[i], &l, &l.deal[i], &f->stages, f->arena);
		value_of_deal(&l, &l.deal[i], &money[i]);
		customer |= deal[i].state == STAGES_WON && !deal[i].elsewhere;
	}
	add_refunds(&l, money);
	if (f->of_leads)
		add_leads(f, &l, deal, money, customer);
	for (size_t i = 0; !f->of_leads && i < l.ndeals; i++)
		add(f, &l, &deal[i], &money[i], customer);
}

/* --- counts --- */

const char *
funnel_count(const struct funnel *f, unsigned i, uint64_t *n)
{
	const struct {
		const char *name;
		uint64_t n;
	} counts[] = {
		{ "other_pipeline", f->elsewhere },
		{ "without_stage", f->without_stage },
		{ "renewal_without_stage", f->renewals },
		{ "undated_entry", f->undated },
		{ "credit_rows", f->credit_rows },
		{ "credit_outside", f->credit_outside },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}
