/* figures.c - the books of one run of lead-kpi, from rows of steps to a report */
#include <lead/domain/figures.h>

/* --- what is asked --- */

bool
figures_init(struct figures *f, const struct kpi_terms_words *w,
    const struct figures_table *t, struct kpi_terms_problem *p)
{
	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		f->columns[c] = t->column(t->of, text_of(step_name(c)));
	breakdown_init(&f->by, w->unprefixed, w->credit, t->column, t->of);
	book_init(&f->book, &f->rules, &f->by);
	f->sift = (struct sift){ .columns = f->columns, .book = &f->book };
	return kpi_terms_by(w, &f->by, t->column, t->of, p);
}

void
figures_clear(struct figures *f)
{
	spend_free(f->spend);
	unjoined_free(f->unjoined);
	book_clear(&f->book);
	breakdown_clear(&f->by);
}

void
figures_spend(struct figures *f)
{
	f->spend = spend_new(&f->book);
	f->unjoined = unjoined_new();
}

bool
figures_ask(struct figures *f, const struct kpi_terms_words *w,
    struct kpi_terms_problem *p)
{
	f->choice.has = (f->columns[STEP_VALUE] >= 0 ? KPI_NEEDS_VALUE : 0U) |
	    (f->by.reason_col >= 0 ? KPI_NEEDS_REASON : 0U) |
	    (f->rules.by_account ? KPI_NEEDS_ACCOUNT : 0U) |
	    (f->spend != NULL ? KPI_NEEDS_SPEND | spend_has(f->spend) : 0U);
	earned_init(&f->earned, &f->book, f->spend != NULL);
	f->choice.credited = w->credit ? f->earned.covers : NULL;
	return kpi_terms_read(w, &f->rules, &f->choice, p);
}

/* --- steps --- */

void
figures_group(struct figures *f, const struct group *g, struct arena *a)
{
	f->arena = a;
	sift_group(&f->sift, g, a);
}

const struct sift_refusal *
figures_row(struct figures *f, size_t i)
{
	return sift_row(&f->sift, i);
}

void
figures_close(struct figures *f)
{
	struct life life;

	life_read(&life, f->sift.step, f->sift.nsteps, f->rules.zone, f->arena);
	book_life(&f->book, &life);
	if (f->spend == NULL)
		return;
	spend_join(f->spend, &life);
	unjoined_touches(f->unjoined, &life);
}

/* --- what comes out --- */

struct report *
figures_report(struct figures *f)
{
	if (f->spend != NULL)
		spend_book(f->spend, f->earned.models);
	return report_new(&f->choice, &f->book);
}

const char *
figures_count(const struct figures *f, unsigned i, uint64_t *n)
{
	struct spend_counts spend = { 0 };

	if (f->spend != NULL)
		spend = spend_counts(f->spend);
	const struct {
		const char *name;
		uint64_t n;
	} counts[] = {
		{ "negative_duration", f->book.negative },
		{ "undated_fact", f->book.undated },
		{ "spend_rows", spend.rows },
		{ "spend_outside", spend.outside },
		{ "spend_unmapped", spend.unmapped },
		{ "credit_rows", f->earned.rows },
		{ "credit_outside", f->earned.outside },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}
