/*
 * lead-attribute - who earned the conversion, by a named model
 *
 * in:   steps, grouped by the first column; or a table of paths
 * out:  model milestone period, the --by columns, conversions value
 * rule: each conversion is shared exactly among its eligible touches
 */
#include <stdio.h>
#include <stdlib.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/attribute.h>
#include <lead/domain/explain.h>
#include <lead/domain/replay.h>
#include <lead/domain/sums.h>
#include <lead/domain/terms.h>

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
put_models(void *words)
{
	const struct terms_words *w = words;
	struct model_line line;

	if (strcmp(w->model, "help") != 0)
		return;
	for (size_t i = 0; model_line(i, &line); i++)
		printf("%s\t%s\t%s\n", line.name, line.definition, line.source);
	if (fflush(stdout) != 0)
		diag_die_sys(NULL, "<stdout>");
	exit(DIAG_OK);
}

static const struct filter_spec spec = {
	.name = "lead-attribute",
	.purpose = "who earned the conversion, by a named model",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_TIME | FILTER_PERIOD | FILTER_PARTS,
	.period = WHEN_BY_MONTH,
	.first = put_models,
};

struct run {
	struct filter *f;
	const struct filter_common *common;
	struct terms_words words;
	struct terms terms;
	struct text *name; /* columns of the table in */
	size_t nnames;
	int *cell; /* of the table out, from left to right */
	size_t ncells;
};

/* --- the table out --- */

static void
add_cells(struct run *r, const struct text *name, size_t n)
{
	r->cell = mem_new(n, sizeof(*r->cell));
	for (r->ncells = 0; r->ncells < n; r->ncells++)
		r->cell[r->ncells] = filter_add_text(r->f, name[r->ncells]);
}

static void
add_table(struct run *r)
{
	struct text name[TERMS_COLUMNS];

	add_cells(r, name, terms_header(&r->terms, name));
}

static void
put_row(struct run *r, const struct text *cell)
{
	for (size_t i = 0; i < r->ncells; i++)
		filter_set(r->f, r->cell[i], cell[i]);
	filter_write(r->f);
}

static void
put_table(struct run *r, struct tally *t, enum tally_unit unit)
{
	struct text cell[TALLY_CELLS];
	size_t n = tally_sort(t);

	if (unit == TALLY_ATTO && r->common->partial)
		unit = TALLY_ATTO_EXACT;
	for (size_t i = 0; i < n; i++) {
		tally_row(t, i, unit, cell);
		put_row(r, cell);
	}
}

/* What chains owe is shared now, or by the run that merges the parts. */
static void
put_sums(struct run *r, struct tally *t, enum tally_unit unit, struct chains *chains)
{
	struct tally *effects = NULL;
	const char *why = NULL;

	if (r->words.removal)
		t = effects = chains_removal(chains);
	else if (chains != NULL)
		why = r->common->partial ? chains_part(chains) : chains_settle(chains);
	if (why != NULL)
		diag_die(DIAG_DATA, NULL, "%s", why);
	put_table(r, t, effects != NULL ? TALLY_ATTO_EXACT : unit);
	tally_free(effects);
}

/* --- steps --- */

static void
reject_step(struct run *r, const struct group *g, size_t i, const struct step_problem *p)
{
	struct diag_at at = { NULL, 0, step_name(p->column) };
	const int *columns = r->terms.o.columns;
	struct buf record;

	buf_init(&record, TSV_LINE_MAX, "a row");
	step_record(g, i, columns, &record);
	filter_reject_record(r->f, &at, p->reason, p->why,
	    group_field(g, i, columns[p->column]), buf_text(&record));
	buf_clear(&record);
}

static void
take_rows(struct run *r, struct attribute *a, const struct group *g,
    struct replay *again)
{
	bool keep = attribute_group(a, g) && again != NULL, begins = true;

	for (size_t i = 0; i < g->nrows; i++) {
		const struct attribute_refusal *no = attribute_row(a, i);

		if (no != NULL && no->problem != NULL)
			reject_step(r, g, i, no->problem);
		else if (no != NULL)
			filter_drop(r->f, no->rule, 1);
		else if (keep && replay_add(again, g, i, begins) < 0)
			filter_die_of_spill(r->f);
		begins &= no != NULL;
	}
}

static void
die_of_trouble(const struct attribute *a)
{
	if (attribute_trouble(a) != NULL)
		diag_die(DIAG_DATA, NULL, "%s", attribute_trouble(a));
}

/* The conversions of the group: to the lines of e, or else into the table. */
static void
settle(struct run *r, struct attribute *a, struct explain *e, const struct group *g)
{
	static const struct step_problem large = { STEP_VALUE, "value",
		"its deals are worth more than the largest amount" };
	struct credit_conversion v;
	enum attribute_next next;

	while ((next = attribute_next(a, &v)) != ATTRIBUTE_END) {
		if (next == ATTRIBUTE_TOO_LARGE) {
			reject_step(r, g, v.at->row, &large);
			continue;
		}
		if (v.odd != NULL)
			filter_count(r->f, v.odd, 1);
		if (next == ATTRIBUTE_LEFT_OUT)
			continue;
		if (e != NULL)
			explain_conversion(e, &v);
		else
			attribute_book(a, &v);
	}
	die_of_trouble(a);
}

static struct explain *
begin_lines(struct run *r, struct attribute *a)
{
	struct explain *e = explain_new(a, &r->terms.o, r->name, r->nnames);
	size_t n = explain_columns(e);
	struct text *name = mem_new(n, sizeof(*name));

	for (size_t i = 0; i < n; i++)
		name[i] = explain_name(e, i);
	add_cells(r, name, n);
	mem_free(name);
	return e;
}

/* Credit without money is a fair question; a forgotten column is not. */
static void
warn_of_no_value(const struct run *r)
{
	if (filter_column(r->f, "value") < 0)
		diag_warn(NULL, "no column 'value' in the header: "
		    "every conversion is worth 0");
}

/* Lines are made of all columns. */
static void
begin_groups(struct run *r, int *cols)
{
	size_t n = r->nnames;

	for (size_t i = 0; i < n; i++)
		cols[i] = (int)i;
	if (!r->words.explain)
		n = attribute_columns(&r->terms.o, cols);
	warn_of_no_value(r);
	filter_start(r->f);
	filter_grouped_begin(r->f, 0, cols, n);
}

/*
 * Lines by models with chains need all paths first: then the rows of groups with
 * a conversion are set aside and given again.
 */
static struct replay *
learn(struct run *r, struct attribute *a)
{
	struct replay *again = replay_new(r->nnames);
	struct credit_conversion v;
	enum attribute_next next;
	struct group g;

	while (filter_group(r->f, &g)) {
		take_rows(r, a, &g, again);
		while ((next = attribute_next(a, &v)) != ATTRIBUTE_END)
			if (next == ATTRIBUTE_CONVERSION)
				attribute_book(a, &v);
		die_of_trouble(a);
	}
	attribute_solve(a);
	filter_count_spilled(r->f, replay_spilled(again));
	return again;
}

static bool
next_group(struct run *r, struct replay *again, struct group *g)
{
	int got;

	if (again == NULL)
		return filter_group(r->f, g);
	if ((got = replay_next(again, g)) < 0)
		filter_die_of_spill(r->f);
	return got > 0;
}

static void
put_lines(struct run *r, struct attribute *a, struct explain *e)
{
	struct replay *again = attribute_chains(a) != NULL ? learn(r, a) : NULL;
	struct text *line = mem_new(r->ncells, sizeof(*line));
	struct group g;

	while (next_group(r, again, &g)) {
		take_rows(r, a, &g, NULL);
		explain_group(e, &g);
		settle(r, a, e, &g);
		while (explain_next(e, line))
			put_row(r, line);
	}
	replay_free(again);
	mem_free(line);
}

static void
run_steps(struct run *r)
{
	int *cols = mem_new(r->nnames + TERMS_LIST + STEP_COLUMNS, sizeof(*cols));
	struct text missing = terms_bind(&r->terms, r->name, r->nnames);
	struct attribute *a = attribute_new(&r->terms.o);
	struct explain *e = NULL;
	struct group g;

	if (missing.len > 0)
		filter_need_text(r->f, missing);
	if (r->words.explain)
		e = begin_lines(r, a);
	else
		add_table(r);
	begin_groups(r, cols);
	if (e != NULL)
		put_lines(r, a, e);
	while (e == NULL && filter_group(r->f, &g)) {
		take_rows(r, a, &g, NULL);
		settle(r, a, NULL, &g);
	}
	if (e == NULL)
		put_sums(r, attribute_tally(a), TALLY_MICROS, attribute_chains(a));
	if (attribute_faded(a) > 0)
		filter_count(r->f, "half_life_too_short", attribute_faded(a));
	mem_free(cols);
	explain_free(e);
	attribute_free(a);
}

/* --- rows of paths, and of sums --- */

static void
run_sums(struct run *r)
{
	struct sums *s = sums_new(&r->terms, r->common->merge, r->name, r->nnames);
	int cols[TERMS_COLUMNS];
	size_t n = 0;
	struct text name;
	bool must;

	for (; sums_column(s, n, &name, &must); n++)
		cols[n] = must ? filter_need_text(r->f, name)
		               : filter_column_text(r->f, name);
	add_table(r);
	warn_of_no_value(r);
	filter_start(r->f);
	filter_fold(r->f, cols, n, sums_row, s);
	put_sums(r, sums_tally(s), TALLY_ATTO, sums_chains(s));
	sums_free(s);
}

/* --- the command line --- */

static const char *
custom_row(void *model, const struct text *field, size_t *bad)
{
	return model_set_role(model, field, bad);
}

static void
set_times(struct run *r)
{
	struct attribute_options *o = &r->terms.o;
	const struct filter_common *c = r->common;

	o->credit.zone = c->zone;
	o->period = r->words.paths ? WHEN_BY_ALL : c->period;
	o->has_as_of = c->has_as_of;
	o->as_of_us = c->as_of_us;
	o->has_since = c->has_since;
	o->since_us = c->since_us;
	o->has_until = c->has_until;
	o->until_us = c->until_us;
}

static void
read_terms(struct run *r)
{
	static const char *const columns[] = { "role", "weight" };
	struct terms_problem p;
	bool merge = r->common->merge;

	if (!terms_read(&r->words, r->common->partial || merge, merge, &r->terms, &p))
		diag_die(DIAG_REQUEST, NULL, "--%s: %s: %s", p.option, p.why,
		    diag_value(p.value));
	for (size_t i = 0; i < r->terms.o.nmodels; i++)
		if (model_needs(r->terms.model[i]) & MODEL_FILE)
			filter_read(r->terms.file[i].s, columns, 2, custom_row,
			    r->terms.model[i]);
	set_times(r);
	r->nnames = filter_ncolumns(r->f);
	r->name = mem_new(r->nnames, sizeof(*r->name));
	for (size_t i = 0; i < r->nnames; i++)
		r->name[i] = filter_column_name(r->f, (int)i);
}

int
main(int argc, char *argv[])
{
	struct run r = { .words = { .model = "last-non-direct", .milestone = "won",
		.by = "channel", .half_us = -1 } };

	r.f = filter_begin(&spec, &r.words, argc, argv);
	r.common = filter_common(r.f);
	read_terms(&r);
	if (r.common->merge || r.words.from_paths)
		run_sums(&r);
	else
		run_steps(&r);
	terms_clear(&r.terms);
	mem_free(r.name);
	mem_free(r.cell);
	return filter_end(r.f);
}
