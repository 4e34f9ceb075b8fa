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
#include <lead/domain/atto.h>
#include <lead/domain/attribute.h>
#include <lead/domain/explain.h>
#include <lead/domain/partial.h>
#include <lead/domain/pathrow.h>
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
	{ 0, "value", "WHOSE", OPT_CHOICE, AT(value),
	    "a milestone's own value or its deal's (own)", terms_value },
	{ 0, "explain-credit", NULL, OPT_FLAG, AT(explain),
	    "one line for each conversion, model and touch", NULL },
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
	struct attribute_by by[TERMS_LIST];
	int *cell; /* of the table out, from left to right */
	size_t ncells;
	int *columns; /* of the table in that groups keep */
};

/* --- the table of sums --- */

static int
need(struct run *r, struct text name)
{
	char *z = mem_copy(name.s, name.len);
	int column = filter_need(r->f, z);

	mem_free(z);
	return column;
}

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
	struct text name[TERMS_LIST + 5];

	add_cells(r, name, attribute_header(r->words.paths, r->terms.by, r->terms.nby,
	    name));
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
one_row(struct run *r, struct attribute *a, const struct group *g, size_t i)
{
	static const struct step_problem unsorted = { STEP_TIME, "unsorted",
		"earlier than the row above" };
	struct step s;
	const struct step_problem *p = step_read(g, i, r->terms.o.columns, &s);

	if (p != NULL) {
		reject_step(r, g, i, p);
		return;
	}
	if (r->common->has_as_of && s.precision != STEP_UNDATED &&
	    s.at_us > r->common->as_of_us) {
		filter_drop(r->f, "after_as_of", 1);
		return;
	}
	switch (attribute_row(a, &s)) {
	case ATTRIBUTE_KEPT:
		break;
	case ATTRIBUTE_UNSORTED:
		reject_step(r, g, i, &unsorted);
		break;
	case ATTRIBUTE_UNDATED_TOUCH:
		filter_drop(r->f, "undated_touch", 1);
		break;
	case ATTRIBUTE_OTHER_KIND:
		filter_drop(r->f, "touch_kind", 1);
		break;
	}
}

/* The conversions of the group: to the lines of e, or else into the table. */
static void
settle(struct run *r, struct attribute *a, struct explain *e, const struct group *g)
{
	static const struct step_problem large = { STEP_VALUE, "value",
		"its deals are worth more than the largest amount" };
	struct credit_conversion v;

	for (;;)
		switch (attribute_next(a, &v)) {
		case ATTRIBUTE_END:
			return;
		case ATTRIBUTE_CONVERSION:
			if (v.odd != NULL)
				filter_count(r->f, v.odd, 1);
			if (e != NULL)
				explain_conversion(e, &v);
			else if (!attribute_book(a, &v))
				diag_die(DIAG_DATA, NULL, "the sum is out of range");
			break;
		case ATTRIBUTE_OUTSIDE:
			filter_count(r->f, "conversion_outside", 1);
			break;
		case ATTRIBUTE_UNDATED:
			filter_count(r->f, "conversion_undated", 1);
			break;
		case ATTRIBUTE_TOO_LARGE:
			reject_step(r, g, v.at->row, &large);
			break;
		}
}

static void
need_columns(struct run *r)
{
	struct attribute_options *o = &r->terms.o;

	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		o->columns[c] = filter_column(r->f, step_name(c));
	filter_need(r->f, "time");
	filter_need(r->f, "kind");
	filter_need(r->f, "event");
	for (size_t i = 0; i < r->terms.nby; i++) {
		r->by[i].column = need(r, r->terms.by[i]);
		r->by[i].of_touch = attribute_of_touch(r->terms.by[i]);
	}
	o->by = r->by;
	o->nby = r->terms.nby;
	o->credit.zone = r->common->zone;
	o->period = r->words.paths ? WHEN_BY_ALL : r->common->period;
	o->has_since = r->common->has_since;
	o->since_us = r->common->since_us;
	o->has_until = r->common->has_until;
	o->until_us = r->common->until_us;
}

static struct explain *
begin_lines(struct run *r, struct attribute *a)
{
	size_t n = filter_ncolumns(r->f);
	struct text *name = mem_new(n, sizeof(*name));
	struct explain *e;

	for (size_t i = 0; i < n; i++)
		name[i] = filter_column_name(r->f, (int)i);
	e = explain_new(a, &r->terms.o, name, n);
	mem_free(name);
	name = mem_new(explain_columns(e), sizeof(*name));
	for (size_t i = 0; i < explain_columns(e); i++)
		name[i] = explain_name(e, i);
	add_cells(r, name, explain_columns(e));
	mem_free(name);
	return e;
}

/* Lines are made of all columns. */
static void
begin_groups(struct run *r)
{
	size_t n = filter_ncolumns(r->f);
	int *cols = mem_new(n + r->terms.nby + STEP_COLUMNS, sizeof(*cols));

	for (size_t i = 0; i < n; i++)
		cols[i] = (int)i;
	if (!r->words.explain)
		n = attribute_columns(&r->terms.o, cols);
	filter_start(r->f);
	filter_grouped_begin(r->f, 0, cols, n);
	r->columns = cols;
}

static void
run_steps(struct run *r)
{
	struct attribute *a;
	struct explain *e = NULL;
	struct text *line;
	struct group g;

	need_columns(r);
	a = attribute_new(&r->terms.o);
	if (r->words.explain)
		e = begin_lines(r, a);
	else
		add_table(r);
	begin_groups(r);
	line = mem_new(r->ncells, sizeof(*line));
	while (filter_group(r->f, &g)) {
		attribute_group(a, &g);
		for (size_t i = 0; i < g.nrows; i++)
			one_row(r, a, &g, i);
		if (e != NULL)
			explain_group(e, &g);
		settle(r, a, e, &g);
		while (e != NULL && explain_next(e, line))
			put_row(r, line);
	}
	if (e == NULL)
		put_table(r, attribute_tally(a), TALLY_MICROS);
	mem_free(line);
	explain_free(e);
	attribute_free(a);
}

/* --- rows of paths, and of sums --- */

static void
fold(struct run *r, const int *cols, size_t n, filter_read_row *row, void *into)
{
	struct text *field = mem_new(n, sizeof(*field));
	struct tsv_block b;

	filter_start(r->f);
	while (filter_block(r->f, &b))
		for (size_t i = 0; i < b.nrows; i++) {
			size_t bad = 0;
			const char *why;

			for (size_t c = 0; c < n; c++)
				field[c] = tsv_field(&b, i, cols[c]);
			if ((why = row(into, field, &bad)) != NULL)
				filter_reject(r->f, &b, i, cols[bad], "figure", why);
			else
				filter_use(r->f, 1);
		}
	mem_free(field);
}

static void
run_paths(struct run *r)
{
	struct tally *t = tally_new(2);
	struct pathrow *p = pathrow_new(r->terms.o.model, r->terms.o.nmodels,
	    r->terms.milestone[0], t);
	int cols[PATHROW_COLUMNS];

	for (enum pathrow_column c = 0; c < PATHROW_COLUMNS; c++)
		cols[c] = c <= PATHROW_CONVERSIONS ? filter_need(r->f, pathrow_name(c))
		                                   : filter_column(r->f, pathrow_name(c));
	add_table(r);
	fold(r, cols, PATHROW_COLUMNS, pathrow_row, p);
	put_table(r, t, TALLY_ATTO);
	pathrow_free(p);
	tally_free(t);
}

/* The columns that are not of every table are those of --by. */
static void
run_merge(struct run *r)
{
	struct text name[TERMS_LIST + 5];
	int cols[TERMS_LIST + 5];
	size_t figures = r->words.paths ? 3 : 2, n;
	struct tally *t = tally_new(figures);
	struct partial *p;

	r->terms.nby = 0;
	for (size_t i = 0; i < filter_ncolumns(r->f) && r->terms.nby < TERMS_LIST; i++)
		if (attribute_is_by(filter_column_name(r->f, (int)i)))
			r->terms.by[r->terms.nby++] = filter_column_name(r->f, (int)i);
	n = attribute_header(r->words.paths, r->terms.by, r->terms.nby, name);
	for (size_t i = 0; i < n; i++)
		cols[i] = need(r, name[i]);
	add_cells(r, name, n);
	p = partial_new(t, n - figures);
	fold(r, cols, n, partial_row, p);
	put_table(r, t, TALLY_ATTO);
	partial_free(p);
	tally_free(t);
}

/* --- the command line --- */

static const char *
custom_row(void *model, const struct text *field, size_t *bad)
{
	return model_set_role(model, field, bad);
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
}

int
main(int argc, char *argv[])
{
	struct run r = { .words = { .model = "last-non-direct", .milestone = "won",
		.by = "channel", .half_us = -1 } };

	r.f = filter_begin(&spec, &r.words, argc, argv);
	r.common = filter_common(r.f);
	read_terms(&r);
	if (r.common->merge)
		run_merge(&r);
	else if (r.words.from_paths)
		run_paths(&r);
	else
		run_steps(&r);
	terms_clear(&r.terms);
	mem_free(r.cell);
	mem_free(r.columns);
	return filter_end(r.f);
}
