/* sift.c - which rows of a group of steps count, and why the others do not */
#include <lead/domain/figures/mrr.h>
#include <lead/domain/figures/sift.h>

void
sift_group(struct sift *s, const struct group *g, struct arena *a)
{
	s->group = g;
	s->step = arena_new(a, g->nrows, sizeof(*s->step));
	s->nsteps = 0;
}

/* Undated rows stand last. */
static bool
in_order(const struct step *above, const struct step *s)
{
	if (s->precision == STEP_UNDATED)
		return true;
	return above->precision != STEP_UNDATED && above->at_us <= s->at_us;
}

/* What is wrong with row i, read into the next step; or NULL. */
static const struct step_problem *
fault_of(struct sift *f, size_t i)
{
	static const struct step_problem unsorted = { STEP_TIME, "unsorted",
		"earlier than the row above (lead-journey writes them in order)" };
	static const struct step_problem currency = { STEP_CURRENCY, "currency",
		"another currency than before: convert it when importing" };
	struct step *s = &f->step[f->nsteps];
	const struct step_problem *p = step_read(f->group, i, f->columns, s);

	if (p != NULL)
		return p;
	if (s->has_value && !book_currency(f->book, step_text(s, STEP_CURRENCY)))
		return &currency;
	if ((p = mrr_problem(s)) != NULL)
		return p;
	return f->nsteps > 0 && !in_order(s - 1, s) ? &unsorted : NULL;
}

const struct group_refusal *
sift_row(struct sift *s, size_t i)
{
	static const struct group_refusal late = { .rule = "after_as_of" };
	const struct step *step = &s->step[s->nsteps];
	const struct step_problem *p = fault_of(s, i);

	if (p != NULL) {
		s->fault = step_refusal(p);
		return &s->fault;
	}
	if (step->precision != STEP_UNDATED &&
	    step->at_us > s->book->rules->as_of_us)
		return &late;
	s->nsteps++;
	return NULL;
}
