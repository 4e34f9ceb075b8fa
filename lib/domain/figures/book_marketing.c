/* book_marketing.c - revenue that marketing brought, and that it had a part in */
#include <lead/domain/figures/book_marketing.h>
#include <lead/domain/figures/marketing.h>

static const int64_t WINDOW_DAYS = 90;

static ptrdiff_t
source_touch(const struct book *b, const struct life *l)
{
	switch (b->by->unprefixed) {
	case BREAKDOWN_FIRST:
		return l->first_touch;
	case BREAKDOWN_LEAD:
		return l->lead_touch;
	case BREAKDOWN_WON:
		return l->won_touch;
	case BREAKDOWN_NURTURE:
	case BREAKDOWN_OWN:
		break;
	}
	return LIFE_NONE;
}

static bool
is_marketing(const struct life *l, ptrdiff_t row)
{
	return row != LIFE_NONE && l->step[row].kind == STEP_TOUCH &&
	    marketing_has(step_text(&l->step[row], STEP_CHANNEL));
}

/* Of each row the nearest touch of marketing's at or above it, and below it. */
struct nearest {
	ptrdiff_t *above, *below;
};

static void
find_nearest(struct nearest *t, const struct life *l, struct arena *arena)
{
	ptrdiff_t last = LIFE_NONE, next = LIFE_NONE;

	t->above = arena_new(arena, l->nsteps, sizeof(*t->above));
	t->below = arena_new(arena, l->nsteps, sizeof(*t->below));
	for (ptrdiff_t row = 0; row < (ptrdiff_t)l->nsteps; row++) {
		if (l->step[row].precision != STEP_UNDATED && is_marketing(l, row))
			last = row;
		t->above[row] = last;
	}
	for (ptrdiff_t row = (ptrdiff_t)l->nsteps - 1; row >= 0; row--) {
		t->below[row] = next;
		if (t->above[row] == row)
			next = row;
	}
}

static bool
is_within(const struct book *b, const struct life *l, ptrdiff_t row,
    const struct life_when *until)
{
	struct life_when at;
	int64_t us;

	if (row == LIFE_NONE)
		return false;
	at = life_when(&l->step[row], b->rules->zone);
	return life_span(&at, until, &us) && us >= 0 && us <= WINDOW_DAYS * WHEN_DAY;
}

/* A touch below counts when both are of one day, of which that is all we know. */
static bool
is_influenced(const struct book *b, const struct life *l, const struct nearest *t,
    const struct life_deal *d)
{
	bool by_opp = d->opp.set && d->opp.dated;
	const struct life_when *until = by_opp ? &d->opp : &d->closed;
	ptrdiff_t row = by_opp ? d->opp_row : d->row;

	return is_within(b, l, t->above[row], until) ||
	    is_within(b, l, t->below[row], until);
}

static void
book_value(struct book *b, struct book_places *p, bool sourced, bool influenced,
    int64_t value)
{
	if (sourced)
		book_add(b, p, CUBE_SOURCED, value);
	if (influenced)
		book_add(b, p, CUBE_INFLUENCED, value);
}

static void
book_refund(struct book *b, const struct life *l, const struct nearest *t,
    const struct life_refund *r, bool sourced)
{
	struct book_places p;
	const struct life_deal *d = book_at_refund(b, l, r, &p);

	book_value(b, &p, sourced, d != NULL && is_influenced(b, l, t, d), r->value);
}

void
book_marketing(struct book *b, const struct life *l, struct arena *arena)
{
	bool sourced = is_marketing(l, source_touch(b, l));
	struct nearest t;
	struct book_places p;

	if (l->first_won == LIFE_NONE && l->nrefunds == 0)
		return;
	find_nearest(&t, l, arena);
	for (size_t i = 0; i < l->ndeals; i++) {
		const struct life_deal *d = &l->deal[i];

		if (d->outcome != LIFE_WON)
			continue;
		book_at_deal(b, l, d, &d->closed, &p);
		book_value(b, &p, sourced, is_influenced(b, l, &t, d), d->value);
	}
	for (size_t i = 0; i < l->nrefunds; i++)
		book_refund(b, l, &t, &l->refund[i], sourced);
}
