/*
 * lead-fit - points that the leads of the past teach
 *
 * in:   one row per lead, with a column that says whether it won; events beside
 * out:  rules for lead-score; or, with --evaluate, how well given rules do
 * rule: --method; a lead whose outcome is blank is open, and left out
 */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/domain/lesson.h>

enum { RULES_MAX = 8 << 20 };

struct config {
	const char *outcome, *base, *ridge, *hold, *rules, *time, *events;
	struct opt_list features;
	int method;
	int64_t max_rules, min_rows, folds;
	bool evaluate;
};

#define AT(member) offsetof(struct config, member)
static const char *const methods[] = { "logit", "ratio", NULL };

static const struct opt opts[] = {
	{ 0, "outcome", "COL", OPT_TEXT, AT(outcome),
	    "the column that says how it ended: 1, 0, or blank (won)", NULL },
	{ 0, "features", "COLS", OPT_LIST, AT(features),
	    "learn from these columns alone; !COL: from all others (all)", NULL },
	{ 0, "method", "NAME", OPT_CHOICE, AT(method),
	    "logit: 10 points double the odds; ratio: rate over rate (logit)", methods },
	{ 0, "base", "W/T", OPT_TEXT, AT(base),
	    "for ratio: W of T leads won, in another window (this table's)", NULL },
	{ 0, "ridge", "LAMBDA", OPT_TEXT, AT(ridge),
	    "how strongly coefficients are held to zero (10)", NULL },
	{ 0, "max-rules", "N", OPT_COUNT, AT(max_rules),
	    "at most N rules (30; ratio: any number)", NULL },
	{ 0, "min-rows", "N", OPT_COUNT, AT(min_rows),
	    "a value of fewer leads makes no rule (30)", NULL },
	{ 0, "hold", "FILE", OPT_TEXT, AT(hold),
	    "rules that stay as they are; only what they miss is learnt", NULL },
	{ 0, "folds", "N", OPT_COUNT, AT(folds),
	    "say how well rules of N-1 parts of the leads do on the other", NULL },
	{ 0, "events", "FILE", OPT_TEXT, AT(events),
	    "learn also from what leads did until then: steps, or events", NULL },
	{ 0, "evaluate", NULL, OPT_FLAG, AT(evaluate),
	    "measure the rules of --rules instead", NULL },
	{ 'r', "rules", "FILE", OPT_TEXT, AT(rules), "with --evaluate: the rules", NULL },
	{ 0, "time", "COL", OPT_TEXT, AT(time),
	    "the lead's instant or day, for periods and --as-of (lead_at, time)", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-fit",
	.purpose = "points that the leads of the past teach",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_KEY | FILTER_TIME | FILTER_PERIOD,
	.key = "lead_id",
	.period = WHEN_BY_ALL,
};

struct job {
	struct filter *f;
	const struct filter_common *common;
	struct config *cfg;
	int outcome, time, lead;
	uint64_t open;
	struct lesson lesson;
	struct text bytes; /* of --hold or --rules */
	int cell[LESSON_CELLS];
};

/* --- what is asked --- */

static void
read_rules(struct job *j)
{
	const struct config *c = j->cfg;
	struct diag_at at = { c->evaluate ? c->rules : c->hold, 0, NULL };
	struct scoring_error e;

	if (at.file == NULL)
		return;
	j->bytes = filter_read_file(at.file, RULES_MAX);
	if (!lesson_rules(&j->lesson, j->bytes, j->common->zone, &e)) {
		at.line = e.line;
		diag_die(DIAG_REQUEST, &at, "%zu: %s", e.at, e.why);
	}
	if (c->evaluate && !j->lesson.has_odds)
		diag_warn(&at,
		    "no line \"# intercept X slope Y\": chances are not known");
}

static void
read_events(struct job *j)
{
	struct behaviour *b;
	const char *const *names;
	struct text header;
	size_t n;

	if (j->cfg->events == NULL)
		return;
	header = filter_read_header(j->cfg->events, &n);
	b = lesson_events(&j->lesson, header, j->common->key[0]);
	filter_read_free(header);
	names = behaviour_names(b, &n);
	filter_read(j->cfg->events, names, n, behaviour_add, b);
	lesson_habits(&j->lesson, j->common->zone);
	j->lead = filter_need_text(j->f, j->common->key[0]);
}

static void
read_request(struct job *j)
{
	const struct config *c = j->cfg;
	const bool ratio = c->method == 1;
	const struct lesson_words w = { .base = c->base, .ridge = c->ridge,
		.hold = c->hold, .rules = c->rules, .min_rows = c->min_rows,
		.max_rules = ratio && !opt_given("max-rules") ? -1 : c->max_rules,
		.folds = c->folds, .ratio = ratio, .evaluate = c->evaluate };
	struct lesson_problem p;

	if (!lesson_ask(&j->lesson, &w, &p))
		diag_die(DIAG_REQUEST, NULL, "--%s %s", p.option, p.why);
	read_rules(j);
	read_events(j);
}

static void
find_time(struct job *j)
{
	const struct filter_common *c = j->common;
	bool needed = c->has_as_of || c->has_since || c->has_until ||
	    opt_given("period") || j->cfg->time != NULL || j->cfg->events != NULL;

	if (j->cfg->time != NULL)
		j->time = filter_need(j->f, j->cfg->time);
	else if ((j->time = filter_column(j->f, "lead_at")) < 0)
		j->time = filter_column(j->f, "time");
	if (j->time < 0 && needed)
		diag_die(DIAG_DATA, NULL,
		    "no column 'lead_at' in the header: name "
		    "the time of a lead by --time");
	if (!needed)
		j->time = -1;
}

static void
find_columns(struct job *j)
{
	const struct fields_table in = { j->f, filter_column_of, filter_name_of,
		(int)filter_ncolumns(j->f) };
	const struct config *c = j->cfg;
	struct text missing;

	j->outcome = filter_need(j->f, c->outcome);
	find_time(j);
	if (!lesson_bind(&j->lesson, &in, j->outcome,
		&(struct lesson_list){ c->features.v, c->features.n }, &missing))
		diag_die(DIAG_DATA, NULL, "--features: no column %s in the header",
		    diag_value(missing));
	for (size_t i = 0; i < j->lesson.nmissing; i++)
		diag_warn(NULL, "no column %s: its rules never hold",
		    diag_value(j->lesson.missing[i]));
}

static void
begin(struct job *j, int argc, char *argv[])
{
	const char *const *columns;

	j->f = filter_begin(&spec, j->cfg, argc, argv);
	j->common = filter_common(j->f);
	j->lead = -1;
	read_request(j);
	find_columns(j);
	columns = lesson_columns(j->cfg->evaluate);
	for (size_t i = 0; columns[i] != NULL; i++)
		j->cell[i] = filter_add(j->f, columns[i]);
	filter_start(j->f);
}

/* --- rows in --- */

/* The row's time; false when the row is accounted for. */
static bool
admit(struct job *j, const struct tsv_block *b, size_t r, int64_t *us)
{
	struct text t = tsv_field(b, r, j->time);
	int64_t day;

	*us = j->common->has_as_of ? j->common->as_of_us : 0;
	if (j->time < 0)
		return true;
	if (when_parse_day(t, &day) == WHEN_OK)
		*us = zone_day_start(j->common->zone, day);
	else if (t.len == 0 || when_parse(t, us) != WHEN_OK) {
		if (t.len == 0)
			filter_drop(j->f, "no_time", 1);
		else
			filter_reject(j->f, b, r, j->time, "time", "not a time");
		return false;
	}
	return filter_in_time(j->f, *us);
}

static void
one_row(struct job *j, const struct tsv_block *b, size_t r)
{
	const struct fields_row row = { filter_cell_of, b, r };
	struct text outcome = tsv_field(b, r, j->outcome);
	struct lesson_lead lead = { .row = &row, .lead = tsv_field(b, r, j->lead),
		.won = text_is(outcome, "1") };
	char name[WHEN_TEXT];

	if (!admit(j, b, r, &lead.us))
		return;
	if (outcome.len == 0) {
		filter_drop(j->f, "open", 1);
		j->open++;
		return;
	}
	if (!lead.won && !text_is(outcome, "0")) {
		filter_reject(j->f, b, r, j->outcome, "outcome", "neither 1 nor 0");
		return;
	}
	if (j->lesson.terms.folds != 0)
		lead.fold = (uint8_t)(hash_fixed(filter_row(j->f, b, r)).lo %
				      j->lesson.terms.folds);
	if (j->time >= 0 && j->common->period != WHEN_BY_ALL) {
		int64_t day = zone_day(j->common->zone, lead.us);

		lead.period =
		    (struct evaluate_period){ when_period_start(j->common->period, day),
			    when_put_period(name, j->common->period, day) };
	}
	lesson_add(&j->lesson, &lead);
	filter_use(j->f, 1);
}

/* --- rows out --- */

static void
put_row(struct job *j, const struct lesson_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		(row->plain ? filter_set_value : filter_set)(
		    j->f, j->cell[i], row->cell[i]);
	filter_write(j->f);
}

static void
tell(struct job *j)
{
	struct text rest = lesson_notes(&j->lesson), line;
	double leads = (double)j->lesson.leads, all = (double)j->open + leads;

	if (leads > 0 && (double)j->open > LESSON_OPEN_MOST * all)
		diag_warn(NULL,
		    "%.0f %% of the leads are open and left out: "
		    "those that will win are not among them",
		    100 - 100 * leads / all);
	while (text_next(&rest, '\n', &line))
		if (line.len != 0)
			diag_warn(NULL, "%.*s", (int)line.len, line.s);
}

static int
end(struct job *j)
{
	bool flagged = j->lesson.flags != 0;
	int status;

	lesson_clear(&j->lesson);
	filter_read_free(j->bytes);
	mem_free(j->cfg->features.v);
	status = filter_end(j->f);
	return status == DIAG_OK && flagged ? DIAG_DATA : status;
}

int
main(int argc, char *argv[])
{
	struct config config = {
		.outcome = "won", .ridge = "10", .max_rules = 30, .min_rows = 30
	};
	struct job j = { .cfg = &config };
	struct lesson_row row;
	struct tsv_block b;
	const char *why;

	begin(&j, argc, argv);
	while (filter_block(j.f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			one_row(&j, &b, r);
	why = lesson_learn(&j.lesson);
	tell(&j);
	if (why != NULL)
		diag_die(DIAG_DATA, NULL, "%s: no rules", why);
	while (lesson_next(&j.lesson, &row))
		put_row(&j, &row);
	return end(&j);
}
