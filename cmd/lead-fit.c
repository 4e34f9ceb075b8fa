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
#include <lead/domain/learn/lesson.h>

enum { RULES_MAX = 8 << 20 };

struct config {
	const char *outcome, *lost, *base, *ridge, *hold, *rules, *time, *events;
	struct opt_list features;
	int method;
	int64_t max_rules, min_rows, folds, give_up;
	bool evaluate;
};

#define AT(member) offsetof(struct config, member)
static const char *const methods[] = { "logit", "ratio", NULL };

static const struct opt opts[] = {
	{ 0, "outcome", "COL", OPT_TEXT, AT(outcome),
	    "how it ended: 1, 0, blank for open; or when it won (won)", NULL },
	{ 0, "lost", "COLS", OPT_TEXT, AT(lost),
	    "a lead did not win when one of these is filled", NULL },
	{ 0, "give-up", "TIME", OPT_SPAN, AT(give_up),
	    "nor when it is open that long after its time, as of --as-of", NULL },
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
	struct lesson lesson;
	struct text bytes; /* of --hold or --rules */
	int cell[LESSON_CELLS];
};

/* --- what is asked --- */

static void
read_words(struct job *j)
{
	const struct config *c = j->cfg;
	const struct filter_common *f = j->common;
	const bool ratio = c->method == 1;
	const struct lesson_words w = { .outcome = c->outcome, .lost = c->lost,
		.time = c->time, .give_up_us = c->give_up, .has_as_of = f->has_as_of,
		.base = c->base, .ridge = c->ridge, .hold = c->hold, .rules = c->rules,
		.features = c->features.v, .nfeatures = c->features.n,
		.max_rules = ratio && !opt_given("max-rules") ? -1 : c->max_rules,
		.min_rows = c->min_rows, .folds = c->folds, .ratio = ratio,
		.evaluate = c->evaluate, .key = f->key[0], .zone = f->zone,
		.dated = f->has_as_of || f->has_since || f->has_until ||
		    opt_given("period") || c->time != NULL || c->events != NULL ||
		    c->give_up != 0,
		.period = f->period, .as_of_us = f->has_as_of ? f->as_of_us : 0 };
	struct lesson_problem p;

	if (!lesson_ask(&j->lesson, &w, &p))
		diag_die(DIAG_REQUEST, NULL, "--%s %s", p.option, p.why);
}

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
find_columns(struct job *j)
{
	const struct fields_table in = { j->f, filter_column_of, filter_name_of,
		(int)filter_ncolumns(j->f) };
	struct text missing;

	if (!lesson_bind(&j->lesson, &in, &missing))
		filter_need_text(j->f, missing);
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
	read_words(j);
	read_rules(j);
	if (j->cfg->events != NULL)
		filter_read_asking(j->cfg->events, lesson_events, &j->lesson);
	find_columns(j);
	columns = lesson_columns(j->cfg->evaluate);
	for (size_t i = 0; columns[i] != NULL; i++)
		j->cell[i] = filter_add(j->f, columns[i]);
	filter_start(j->f);
}

/* --- rows in --- */

static void
one_row(struct job *j, const struct tsv_block *b, size_t r)
{
	const struct fields_row row = { filter_cell_of, b, r };
	unsigned folds = j->lesson.terms.folds;
	struct lesson_lead lead = { .row = &row };
	struct lesson_refusal no;

	if (!lesson_read(&j->lesson, &lead, &no)) {
		if (no.column < 0)
			filter_drop(j->f, no.reason, 1);
		else
			filter_reject(j->f, b, r, no.column, no.reason, no.why);
		return;
	}
	if (lead.timed && !filter_in_time(j->f, lead.us))
		return;
	if (folds != 0)
		lead.fold = (uint8_t)(hash_fixed(filter_row(j->f, b, r)).lo % folds);
	lesson_add(&j->lesson, &lead);
	if (lead.open)
		filter_drop(j->f, "open", 1);
	else
		filter_use(j->f, 1);
}

/* --- rows out --- */

static void
put_row(struct job *j, const struct lesson_row *row)
{
	if (row->plain)
		filter_write_values(j->f, j->cell, row->cell, row->n);
	else
		filter_write_cells(j->f, j->cell, row->cell, row->n);
}

static void
learn(struct job *j)
{
	const char *why = lesson_learn(&j->lesson);
	struct text rest = lesson_notes(&j->lesson), line;

	while (text_next(&rest, '\n', &line))
		if (line.len != 0)
			diag_warn(NULL, "%.*s", (int)line.len, line.s);
	if (why != NULL)
		diag_die(DIAG_DATA, NULL, "%s: no rules", why);
}

/* A flagged period is a check that failed; the table is whole all the same. */
static int
end(struct job *j)
{
	unsigned flags = j->lesson.flags;
	int status;

	if (flags != 0)
		diag_warn(NULL, "flagged: in %u of the periods far more or fewer won "
		    "than expected", flags);
	lesson_clear(&j->lesson);
	filter_read_free(j->bytes);
	mem_free(j->cfg->features.v);
	status = filter_end(j->f);
	return status == DIAG_OK && flags != 0 ? DIAG_DATA : status;
}

int
main(int argc, char *argv[])
{
	struct config config = { .outcome = "won", .ridge = "10", .max_rules = 30,
		.min_rows = 30 };
	struct job j = { .cfg = &config };
	struct lesson_row row;
	struct tsv_block b;

	begin(&j, argc, argv);
	while (filter_block(j.f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			one_row(&j, &b, r);
	learn(&j);
	while (lesson_next(&j.lesson, &row))
		put_row(&j, &row);
	return end(&j);
}
