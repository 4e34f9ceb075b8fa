/* funnel.c - where deals and leads get stuck, from rows of steps to tables */
#include <lead/base/mem.h>

#include "funnel_state.h"

enum { KEY_MAX = 4 << 20 };

const char *const funnel_units[] = {
	[FUNNEL_BY_FILE] = "auto",
	[FUNNEL_DEALS] = "deal",
	[FUNNEL_LEADS] = "lead",
	NULL,
};

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
	summand_init(&f->summand, f->part, f->book.cube, &f->by, f->rules.period);
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
	summand_clear(&f->summand);
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
funnel_group(void *funnel, const struct group *g, struct arena *a)
{
	struct funnel *f = funnel;

	f->arena = a;
	sift_group(&f->sift, g, a);
}

const struct group_refusal *
funnel_row(void *funnel, size_t i)
{
	static const struct group_refusal unknown = { .rule = "unknown_stage" };
	struct funnel *f = funnel;
	const struct group_refusal *no = sift_row(&f->sift, i);
	const struct step *s;

	if (no != NULL)
		return no;
	s = &f->sift.step[f->sift.nsteps - 1];
	if (s->kind != STEP_MILESTONE || s->event->rank != EVENT_STAGE ||
	    stages_of(&f->stages, s) != STAGES_NONE)
		return NULL;
	/* It stays among the steps: its deal is one of another pipeline. */
	f->unknown_stage++;
	return &unknown;
}

void
funnel_close(void *funnel)
{
	struct funnel *f = funnel;
	struct life l;

	life_read(&l, f->sift.step, f->sift.nsteps, f->rules.zone, f->arena);
	funnel_unit_all(f, &l);
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
		{ "negative_duration", f->book.negative },
		{ "credit_rows", f->credit_rows },
		{ "credit_outside", f->credit_outside },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}
