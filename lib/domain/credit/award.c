/* award.c - the credit of a run: from rows in to the rows of the table out */
#include <errno.h>

#include <lead/base/mem.h>
#include <lead/domain/credit/award.h>
#include <lead/domain/credit/explain.h>
#include <lead/domain/credit/replay.h>
#include <lead/domain/credit/sums.h>

struct award {
	struct terms *terms;
	struct award_table in;
	bool worthless;
	int *cols;
	size_t ncols;
	struct text *header;
	bool *money; /* is that column? */
	size_t nheader;

	struct attribute *a;  /* of steps */
	struct explain *e;    /* --explain-credit, or NULL */
	struct replay *again; /* groups to give twice, or NULL */
	bool learning;        /* they are given for the first time */
	const struct group *group;
	bool keep, begins; /* is it to be given again, is this its first row */
	int error;         /* of setting rows aside: errno */

	struct sums *s; /* of paths or sums */

	struct tally *table, *effects;
	enum tally_unit unit;
	size_t at, rows;
};

const struct step_problem award_too_large = { STEP_VALUE, "value",
	"its deals are worth more than the largest amount" };

/* --- the columns out --- */

static void
name_columns(struct award *w)
{
	static const char *const money[] = { "value", "mean_value", "removal_value" };
	size_t n = w->e != NULL ? explain_columns(w->e) : 0;

	w->header = mem_new(n + TERMS_COLUMNS, sizeof(*w->header));
	for (size_t i = 0; i < n; i++)
		w->header[i] = explain_name(w->e, i);
	w->nheader = w->e != NULL ? n : terms_header(w->terms, w->header);
	w->money = mem_new(w->nheader, sizeof(*w->money));
	for (size_t i = 0; i < w->nheader; i++)
		for (size_t k = 0; k < sizeof(money) / sizeof(money[0]); k++)
			w->money[i] |= text_is(w->header[i], money[k]);
}

const struct text *
award_header(const struct award *w, size_t *n)
{
	*n = w->nheader;
	return w->header;
}

/* A part is to be read back: there 0 is 0. */
static void
blank_money(const struct award *w, struct text *cell)
{
	for (size_t i = 0; i < w->nheader && w->worthless && !w->in.partial; i++)
		if (w->money[i])
			cell[i] = TEXT_NONE;
}

/* --- columns in --- */

/* Lines are made of all columns. */
static void
choose_columns(struct award *w)
{
	struct text name;
	bool must;

	w->cols = mem_new(w->in.n + TERMS_COLUMNS + STEP_COLUMNS, sizeof(*w->cols));
	if (w->s != NULL)
		for (; sums_column(w->s, w->ncols, &name, &must); w->ncols++)
			w->cols[w->ncols] = terms_find(w->in.name, w->in.n, name);
	else if (w->e == NULL)
		w->ncols = attribute_columns(&w->terms->o, w->cols);
	else
		for (; w->ncols < w->in.n; w->ncols++)
			w->cols[w->ncols] = (int)w->ncols;
}

const int *
award_columns(const struct award *w, size_t *n)
{
	*n = w->ncols;
	return w->cols;
}

/* --- begin and end --- */

static void
begin_steps(struct award *w)
{
	struct attribute_options *o = &w->terms->o;

	terms_bind(w->terms, w->in.name, w->in.n);
	w->a = attribute_new(o);
	if (o->lines)
		w->e = explain_new(w->a, o, w->in.name, w->in.n);
	w->learning = o->lines && attribute_chains(w->a) != NULL;
	if (w->learning)
		w->again = replay_new(w->in.n);
}

struct award *
award_new(struct terms *t, const struct award_table *in)
{
	struct award *w = mem_new(1, sizeof(*w));

	w->terms = t;
	w->in = *in;
	w->worthless = terms_find(in->name, in->n, TEXT("value")) < 0;
	if (in->merge || t->from_paths)
		w->s = sums_new(t, in->merge, in->name, in->n);
	else
		begin_steps(w);
	name_columns(w);
	choose_columns(w);
	w->in.name = NULL; /* its texts are kept, not their list */
	return w;
}

void
award_free(struct award *w)
{
	if (w == NULL)
		return;
	explain_free(w->e);
	attribute_free(w->a);
	replay_free(w->again);
	sums_free(w->s);
	tally_free(w->effects);
	mem_free(w->cols);
	mem_free(w->header);
	mem_free(w->money);
	mem_free(w);
}

bool
award_needs(const struct award *w, size_t i, struct text *name, const char **table)
{
	static const enum step_column must[] = { STEP_KIND, STEP_EVENT, STEP_TIME };
	const size_t n = sizeof(must) / sizeof(must[0]);
	bool needed;

	*table = NULL;
	if (w->s != NULL)
		return sums_column(w->s, i, name, &needed) && needed;
	if (i < n) {
		*name = text_of(step_name(must[i]));
		*table = "the steps of lead-journey";
		return true;
	}
	if (i - n < w->terms->nby)
		*name = w->terms->by[i - n];
	return i - n < w->terms->nby;
}

bool
award_worthless(const struct award *w)
{
	return w->worthless;
}

/* --- steps --- */

void
award_group(struct award *w, const struct group *g)
{
	bool wanted = attribute_group(w->a, g);

	w->group = g;
	w->keep = wanted && w->learning;
	w->begins = true;
	if (w->e != NULL && !w->learning)
		explain_group(w->e, g);
}

const struct group_refusal *
award_row(void *award, size_t i)
{
	struct award *w = award;
	const struct group_refusal *no = attribute_row(w->a, i);

	if (no != NULL)
		return no;
	if (w->keep && w->error == 0 &&
	    replay_add(w->again, w->group, i, w->begins) < 0)
		w->error = errno;
	w->begins = false;
	return NULL;
}

/* The first time only paths are counted: what is odd is told the second time. */
static enum attribute_next
learn(struct award *w, struct credit_conversion *v)
{
	enum attribute_next next;

	while ((next = attribute_next(w->a, v)) != ATTRIBUTE_END)
		if (next == ATTRIBUTE_CONVERSION)
			attribute_book(w->a, v);
	return next;
}

enum attribute_next
award_next(struct award *w, struct credit_conversion *v)
{
	enum attribute_next next;

	if (w->learning)
		return learn(w, v);
	next = attribute_next(w->a, v);
	if (next == ATTRIBUTE_CONVERSION && w->e != NULL)
		explain_conversion(w->e, v);
	else if (next == ATTRIBUTE_CONVERSION)
		attribute_book(w->a, v);
	return next;
}

bool
award_line(struct award *w, struct text *cell)
{
	if (w->e == NULL || w->learning || !explain_next(w->e, cell))
		return false;
	blank_money(w, cell);
	return true;
}

bool
award_spill_failed(const struct award *w)
{
	errno = w->error != 0 ? w->error : errno;
	return w->error != 0;
}

const char *
award_trouble(const struct award *w)
{
	return attribute_trouble(w->a);
}

int
award_again(struct award *w, struct group *g)
{
	if (w->learning)
		attribute_solve(w->a);
	w->learning = false;
	return w->again != NULL ? replay_next(w->again, g) : 0;
}

struct sums *
award_sums(struct award *w)
{
	return w->s;
}

/* --- the table out --- */

static struct tally *
tally_of(struct award *w)
{
	return w->s != NULL ? sums_tally(w->s) : attribute_tally(w->a);
}

static struct chains *
chains_of(struct award *w)
{
	return w->s != NULL ? sums_chains(w->s) : attribute_chains(w->a);
}

/* What chains owe is shared now, or by the run that merges the parts. */
const char *
award_settle(struct award *w)
{
	struct chains *chains = chains_of(w);
	const char *why = NULL;

	if (w->e != NULL)
		return NULL;
	if (w->terms->removal)
		w->effects = chains_removal(chains);
	else if (chains != NULL)
		why = w->in.partial ? chains_part(chains) : chains_settle(chains);
	if (why != NULL)
		return why;
	w->table = w->effects != NULL ? w->effects : tally_of(w);
	w->unit = w->s == NULL ? TALLY_MICROS : TALLY_ATTO;
	if (w->effects != NULL || (w->s != NULL && w->in.partial))
		w->unit = TALLY_ATTO_EXACT;
	w->rows = tally_sort(w->table);
	return NULL;
}

bool
award_next_row(struct award *w, struct text *cell)
{
	struct text all[TALLY_CELLS];

	if (w->at == w->rows)
		return false;
	tally_row(w->table, w->at++, w->unit, all);
	memcpy(cell, all, w->nheader * sizeof(*cell));
	blank_money(w, cell);
	return true;
}

bool
award_count(const struct award *w, unsigned i, struct award_count *c)
{
	const struct award_count counts[] = {
		{ "half_life_too_short", w->a != NULL ? attribute_faded(w->a) : 0, NULL },
		{ "glued_name", w->s != NULL ? sums_glued(w->s) : 0,
		    "names of paths have a > without blanks around it: taken as one name" },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return false;
	*c = counts[i];
	return true;
}

uint64_t
award_spilled(const struct award *w)
{
	return w->again != NULL ? replay_spilled(w->again) : 0;
}
