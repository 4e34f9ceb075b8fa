/* book_nurture.c - what nurturing came to: leads that had it, and since when */
#include <lead/domain/figures/book_lead.h>
#include <lead/domain/figures/book_nurture.h>

enum { BASE_PERIODS = 3 };

void
book_nurture_day(struct book *b, int64_t day)
{
	if (day <= b->as_of_day && day < b->nurture_day)
		b->nurture_day = day;
}

/* The first nurture touch of a lead above that row, or LIFE_NONE. */
static ptrdiff_t
nurture_touch(struct book *b, const struct life *l, const struct life_lead *lead,
    ptrdiff_t before)
{
	for (ptrdiff_t row = lead->first_touch; row != LIFE_NONE && row < before;
	     row = l->row[row].next_of_lead) {
		const struct step *s = &l->step[row];

		if (s->kind == STEP_TOUCH && nurture_has(b->nurture,
		    step_text(s, STEP_CAMPAIGN), step_text(s, STEP_CAMPAIGN_ID)))
			return row;
	}
	return LIFE_NONE;
}

static void
count_lead(struct book *b, const struct life *l, const struct life_lead *lead,
    bool nurtured)
{
	bool won = l->first_won != LIFE_NONE;
	struct book_lines x;
	struct book_places p;

	book_lines_of_lead(b, l, lead, &x);
	book_at(b, &x, &lead->at[LIFE_LEAD], &p);
	book_count_if(b, &p, nurtured, CUBE_NURTURE_LEADS);
	book_at(b, &x, book_lead_cohort(b, lead), &p);
	book_count(b, &p, nurtured ? CUBE_C_NURTURED : CUBE_C_PLAIN);
	book_count_if(b, &p, won, nurtured ? CUBE_C_NURTURED_WON : CUBE_C_PLAIN_WON);
}

void
book_nurture_find(struct book *b, struct life *l)
{
	ptrdiff_t before = l->first_won != LIFE_NONE ? l->deal[l->first_won].row
						: (ptrdiff_t)l->nsteps;

	for (size_t i = 0; i < l->nleads; i++) {
		ptrdiff_t row = nurture_touch(b, l, &l->lead[i], before);
		struct life_when at;

		if (row == LIFE_NONE)
			continue;
		at = life_when(&l->step[row], b->rules->zone);
		if (at.dated)
			book_nurture_day(b, at.day);
		l->lead[i].nurture_touch = row;
		if (l->nurture_touch == LIFE_NONE || row < l->nurture_touch)
			l->nurture_touch = row;
	}
}

void
book_nurture(struct book *b, const struct life *l)
{
	for (size_t i = 0; i < l->nleads; i++)
		if (l->lead[i].at[LIFE_LEAD].set)
			count_lead(b, l, &l->lead[i],
			    l->lead[i].nurture_touch != LIFE_NONE);
}

struct book_base
book_base(const struct book *b, uint32_t cell)
{
	enum when_period form = b->rules->period;
	int64_t of = cube_get(b->cube, cell)->period, first, p;
	struct book_base base = { 0 };

	if (form == WHEN_BY_ALL || b->first_day == INT64_MAX)
		return base;
	first = when_period_start(form, b->first_day);
	p = b->nurture_day != INT64_MAX ? when_period_start(form, b->nurture_day) : of;
	if (of < p)
		return base;
	for (int i = 0; i < BASE_PERIODS && p > first; i++) {
		uint32_t before;

		p = when_period_start(form, p - 1);
		before = cube_peek(b->cube, cell, p);
		if (before != CUBE_NONE)
			base.sum += cube_sum_of(cube_get(b->cube, before),
			    CUBE_REVENUE).sum;
		base.n++;
	}
	return base;
}
