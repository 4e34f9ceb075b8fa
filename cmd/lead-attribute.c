/*
 * lead-attribute - who earned the conversion, by a named model
 *
 * in:   steps, grouped by the first column; or a table of paths
 * out:  model milestone period, the --by columns, conversions value
 * rule: each conversion is shared exactly among its eligible touches
 */
#include <stdlib.h>
#include <string.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/credit/award.h>
#include <lead/domain/credit/sums.h>

#define AT(member) offsetof(struct terms_words, member)

static const struct opt opts[] = {
	{ 'm', "model", "NAMES", OPT_TEXT, AT(model),
	    "models, or help for the list (last-non-direct)", NULL },
	{ 0, "milestone", "NAMES", OPT_TEXT, AT(milestone),
	    "what counts as a conversion (won)", NULL },
	{ 'b', "by", "COLS", OPT_TEXT, AT(by), "columns of the table (channel)", NULL },
	{ 0, "lookback", "TIMES", OPT_TEXT, AT(lookback),
	    "how old a touch may be: 90d,won=365d; 0 any age (90d)", NULL },
	{ 0, "lookback-from", "WHAT", OPT_CHOICE, AT(from),
	    "older than the lead or the conversion (lead)", terms_from },
	{ 0, "half-life", "TIME", OPT_SPAN, AT(half_us),
	    "of time-decay (7d; a third of a lookback over 30d)", NULL },
	{ 0, "position", "F,M,L", OPT_TEXT, AT(position),
	    "weights of first, middle, last in position (40,20,40)", NULL },
	{ 0, "since-last", NULL, OPT_FLAG, AT(since_last),
	    "only touches after the group's previous conversion", NULL },
	{ 0, "acquisition", NULL, OPT_FLAG, AT(acquisition),
	    "credit every won to the touches of the first", NULL },
	{ 0, "exclude-channel", "NAMES", OPT_TEXT, AT(exclude),
	    "leave these out, unless no touch would be left", NULL },
	{ 0, "touch-kinds", "EVENTS", OPT_TEXT, AT(kinds),
	    "only touches with these event names (all)", NULL },
	{ 0, "path-transform", "HOW", OPT_CHOICE, AT(transform),
	    "one touch for equal neighbours, or for all equal (none)", transform_names },
	{ 0, "period-of", "WHAT", OPT_CHOICE, AT(period_of),
	    "the time that credit is booked in (conversion)", terms_period_of },
	{ 0, "value", "WHOSE", OPT_CHOICE, AT(value),
	    "a milestone's own value or its deal's (own)", terms_value },
	{ 0, "explain-credit", NULL, OPT_FLAG, AT(explain),
	    "one line for each conversion, model and touch", NULL },
	{ 0, "removal", NULL, OPT_FLAG, AT(removal),
	    "write what each channel's removal costs a markov model", NULL },
	{ 0, "paths", NULL, OPT_FLAG, AT(paths),
	    "write the paths and what they brought instead", NULL },
	{ 0, "from-paths", NULL, OPT_FLAG, AT(from_paths),
	    "read a table of paths instead of steps", NULL },
	{ 0 },
};

/* --model help needs no input. */
static void
print_models(void *words)
{
	const struct terms_words *w = words;
	struct buf b;

	if (strcmp(w->model, "help") != 0)
		return;
	buf_init(&b, TSV_LINE_MAX, "the table of models");
	terms_list(&b);
	exit(filter_print("lead-attribute", buf_text(&b)));
}

static const struct filter_spec spec = {
	.name = "lead-attribute",
	.purpose = "who earned the conversion, by a named model",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_TIME | FILTER_PERIOD | FILTER_PARTS,
	.period = WHEN_BY_MONTH,
	.first = print_models,
};

struct run {
	struct filter *f;
	const struct filter_common *common;
	struct terms_words words;
	struct terms terms;
	struct award *award;
	int *cell; /* of the table out, from left to right */
	struct text *row;
	size_t n;
};

static void
die_of(const char *why)
{
	if (why != NULL)
		diag_die(DIAG_DATA, NULL, "%s", why);
}

/* --- what is asked --- */

static void
read_terms(struct run *r)
{
	static const char *const columns[] = { "role", "weight" };
	const struct filter_common *c = r->common;
	struct attribute_options *o = &r->terms.o;
	struct terms_problem p;

	if (!terms_read(&r->words, c->partial, c->merge, &r->terms, &p))
		diag_die(DIAG_REQUEST, NULL, "--%s: %s: %s", p.option, p.why,
		    diag_value(p.value));
	for (size_t i = 0; i < o->nmodels; i++)
		if (model_needs(o->model[i]) & MODEL_FILE)
			filter_read(r->terms.file[i].s, columns, 2, model_set_role,
			    o->model[i]);
	o->credit.zone = c->zone;
	o->period = r->words.paths ? WHEN_BY_ALL : c->period;
	o->times = (struct attribute_times){ c->has_as_of, c->has_since, c->has_until,
		c->as_of_us, c->since_us, c->until_us };
}

/* --- steps --- */

static void
reject_step(struct run *r, const struct group *g, size_t i, const struct step_problem *p)
{
	const struct group_refusal no = step_refusal(p);

	filter_reject_grouped(r->f, g, i, r->terms.o.columns, STEP_COLUMNS, &no);
}

static void
one_group(struct run *r, const struct group *g)
{
	struct award *w = r->award;
	struct credit_conversion v;
	enum attribute_next next;

	award_group(w, g);
	filter_take_rows(r->f, g, r->terms.o.columns, STEP_COLUMNS, award_row, w);
	while ((next = award_next(w, &v)) != ATTRIBUTE_END)
		if (next == ATTRIBUTE_TOO_LARGE)
			reject_step(r, g, v.at->row, &award_too_large);
		else if (v.odd != NULL)
			filter_count(r->f, v.odd, 1);
	if (award_spill_failed(w))
		filter_die_of_spill(r->f);
	die_of(award_trouble(w));
	while (award_line(w, r->row))
		filter_write_cells(r->f, r->cell, r->row, r->n);
}

static void
read_steps(struct run *r, const int *cols, size_t n)
{
	struct group g;
	int got;

	filter_grouped_begin(r->f, 0, cols, n);
	while (filter_group(r->f, &g))
		one_group(r, &g);
	filter_count_spilled(r->f, award_spilled(r->award));
	while ((got = award_again(r->award, &g)) > 0)
		one_group(r, &g);
	if (got < 0)
		filter_die_of_spill(r->f);
}

/* --- begin and end --- */

static void
begin(struct run *r)
{
	size_t n = filter_ncolumns(r->f);
	struct text *name = mem_new(n + 1, sizeof(*name));
	const struct text *header;
	const char *table;

	for (size_t i = 0; i < n; i++)
		name[i] = filter_column_name(r->f, (int)i);
	r->award = award_new(&r->terms, &(struct award_table){ name, n,
		r->common->merge, r->common->partial });
	for (size_t i = 0; award_needs(r->award, i, &name[n], &table); i++)
		filter_need_of(r->f, name[n], table);
	if (award_worthless(r->award))
		diag_warn(NULL, "no column 'value' in the header: money is left empty");
	header = award_header(r->award, &r->n);
	r->cell = mem_new(r->n, sizeof(*r->cell));
	r->row = mem_new(r->n, sizeof(*r->row));
	for (size_t i = 0; i < r->n; i++)
		r->cell[i] = filter_add_text(r->f, header[i]);
	filter_start(r->f);
	mem_free(name);
}

static void
put_table(struct run *r)
{
	struct award_count c;

	die_of(award_settle(r->award));
	while (award_next_row(r->award, r->row))
		filter_write_cells(r->f, r->cell, r->row, r->n);
	for (unsigned i = 0; award_count(r->award, i, &c); i++) {
		if (c.n > 0)
			filter_count(r->f, c.name, c.n);
		if (c.n > 0 && c.words != NULL)
			diag_warn(NULL, "%llu %s", (unsigned long long)c.n, c.words);
	}
}

int
main(int argc, char *argv[])
{
	struct run r = { .words = { .model = "last-non-direct", .milestone = "won",
		.by = "channel", .half_us = -1 } };
	const int *cols;
	size_t ncols;

	r.f = filter_begin(&spec, &r.words, argc, argv);
	r.common = filter_common(r.f);
	read_terms(&r);
	begin(&r);
	cols = award_columns(r.award, &ncols);
	if (award_sums(r.award) != NULL)
		filter_fold(r.f, cols, ncols, sums_row, award_sums(r.award));
	else
		read_steps(&r, cols, ncols);
	put_table(&r);
	award_free(r.award);
	terms_clear(&r.terms);
	mem_free(r.cell);
	mem_free(r.row);
	return filter_end(r.f);
}
