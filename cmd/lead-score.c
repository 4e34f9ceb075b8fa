/*
 * lead-score - points by rule, with reasons
 *
 * in:   events, or a table with one row per lead (no time, no event)
 * out:  scores: one row per lead; or mql events, or a row per lead and rule
 * rule: each line of the rules that holds adds its points (lead-rules(5))
 */
#include <stdlib.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/domain/score/grading.h>
#include <lead/domain/score/scorecard.h>
#include <lead/domain/score/scoring_review.h>

enum { RULES_MAX = 8 << 20 };

struct config {
	const char *rules, *side[GRADING_SIDES], *capacity;
	bool emit_events, explain, check;
};

#define AT(member) offsetof(struct config, member)

static const struct opt opts[] = {
	{ 'r', "rules", "FILE", OPT_TEXT, AT(rules),
	    "the rules, lead-rules(5); must be given", NULL },
	{ 0, "identity", "MAP", OPT_TEXT, AT(side[GRADING_IDENTITY]),
	    "whose row is it: the map of lead-identify", NULL },
	{ 0, "attributes", "FILE", OPT_TEXT, AT(side[GRADING_ATTRIBUTES]),
	    "more columns of each lead: journeys, or any table by lead", NULL },
	{ 0, "previous", "FILE", OPT_TEXT, AT(side[GRADING_PREVIOUS]),
	    "earlier scores: a lead that was an MQL stays one", NULL },
	{ 0, "emit-events", NULL, OPT_FLAG, AT(emit_events),
	    "write mql events for lead-journey instead", NULL },
	{ 0, "explain-score", NULL, OPT_FLAG, AT(explain),
	    "write a row for each lead and rule that holds instead", NULL },
	{ 0, "capacity", "N/week", OPT_TEXT, AT(capacity),
	    "print the cut that gives sales at most N new leads a week", NULL },
	{ 0, "check", NULL, OPT_FLAG, AT(check),
	    "look at the rules alone: tell every fault and doubt, and end", NULL },
	{ 0 },
};

/* --- the rules alone --- */

static struct text
rules_of(const struct config *cfg)
{
	if (cfg->rules == NULL)
		diag_die(DIAG_REQUEST, NULL, "--rules FILE must be given");
	return filter_read_file(cfg->rules, RULES_MAX);
}

/* Of a fault the byte is known too. */
static void
tell_of_rule(void *config, const struct scoring_error *e)
{
	const struct config *cfg = config;
	const struct diag_at at = { cfg->rules, e->line, NULL };

	if (e->at != 0)
		diag_warn(&at, "%zu: %s", e->at, e->why);
	else
		diag_warn(&at, "%s", e->why);
}

static void
check_rules(void *config)
{
	const struct config *cfg = config;
	struct text rules;
	uint64_t faults;

	if (!cfg->check)
		return;
	rules = rules_of(cfg);
	faults = scoring_review(rules, tell_of_rule, config);
	filter_read_free(rules);
	exit(faults != 0 ? DIAG_DATA : DIAG_OK);
}

static const struct filter_spec spec = {
	.name = "lead-score",
	.purpose = "points by rule, with reasons",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_KEY | FILTER_SPILL | FILTER_SORTED | FILTER_TIME | FILTER_AS_OF,
	.key = "lead_id",
	.first = check_rules,
};

struct job {
	struct filter *f;
	struct config cfg;
	struct text rules_bytes;
	struct grading grading;
	struct scorecard *card;
	int cell[SCORECARD_CELLS]; /* of the table out */
};

/* --- begin --- */

static void
read_rules(struct job *j)
{
	const struct config *c = &j->cfg;
	const struct scorecard_request request = { j->grading.key_name, c->emit_events,
		c->explain, text_of(c->capacity) };
	struct scoring_error e;
	const char *why;

	j->rules_bytes = rules_of(c);
	j->grading.rules = scoring_new(j->rules_bytes, &e);
	if (j->grading.rules == NULL)
		diag_die(DIAG_REQUEST, &(struct diag_at){ c->rules, e.line, NULL },
		    "%zu: %s", e.at, e.why);
	j->card = scorecard_new(&request, j->grading.rules, j->rules_bytes, &why);
	if (j->card == NULL)
		diag_die(DIAG_REQUEST, NULL, "%s", why);
}

static void
find_columns(struct job *j)
{
	const struct fields_table in = { j->f, filter_column_of, filter_name_of,
		(int)filter_ncolumns(j->f) };
	struct text missing = grading_bind(&j->grading, &in);

	if (missing.len != 0)
		filter_need_of(j->f, missing, "events with time and event, nor rows by "
		    "lead (--identity MAP finds leads)");
	grading_doubt_columns(&j->grading, tell_of_rule, &j->cfg);
}

/* What -f leaves out need not be known. */
static void
add_columns(struct job *j)
{
	for (size_t i = 0; i < scorecard_ncolumns(j->card); i++)
		j->cell[i] = filter_add_text(j->f, scorecard_column(j->card, i));
	filter_start(j->f);
	for (size_t i = 0; i < scorecard_ncolumns(j->card); i++)
		if (!filter_wanted(j->f, j->cell[i]))
			scorecard_skip(j->card, i);
	grading_ask(&j->grading, scorecard_asks(j->card));
}

static void
begin(struct job *j, int argc, char *argv[])
{
	const struct filter_common *common;
	const char *const *side = j->cfg.side;

	j->f = filter_begin(&spec, &j->cfg, argc, argv);
	common = filter_common(j->f);
	j->grading = (struct grading){ .key_name = common->key[0], .zone = common->zone,
		.as_of_us = common->as_of_us, .sorted = common->sorted,
		.outside = filter_outside_of, .of = j->f };
	if (common->sorted && side[GRADING_IDENTITY] != NULL)
		diag_die(DIAG_REQUEST, NULL,
		    "--sorted: rows have their lead already, without --identity");
	read_rules(j);
	for (size_t i = 0; i < GRADING_SIDES; i++)
		if (side[i] != NULL)
			filter_read_asking(side[i], grading_sides[i], &j->grading);
	find_columns(j);
	add_columns(j);
}

/* --- rows in --- */

static void
gather_row(struct job *j, const struct tsv_block *b, size_t r)
{
	const struct fields_row row = { filter_cell_of, b, r };
	struct grading_row in;
	const struct group_refusal *no = grading_take(&j->grading, &row, &in);

	if (no == NULL)
		filter_gather(j->f, in.lead, in.us, in.minor, b, r);
	else
		filter_refuse(j->f, b, r, no);
}

static void
gather(struct job *j)
{
	const struct grading *g = &j->grading;
	struct tsv_block b;

	if (g->sorted)
		filter_grouped_begin(j->f, g->key, g->kept, g->nkept);
	else
		filter_gather_begin(j->f, g->kept, g->nkept, g->event_id);
	while (!g->sorted && filter_block(j->f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			gather_row(j, &b, r);
}

/* --- leads out --- */

static void
put_rows(struct job *j)
{
	const struct text *cell;

	while ((cell = scorecard_next(j->card)) != NULL)
		filter_write_values(j->f, j->cell, cell, scorecard_ncolumns(j->card));
}

static void
one_lead(struct job *j, const struct group *group)
{
	struct grading *g = &j->grading;
	struct score_sum sum;

	filter_count(j->f, "rule_limit", grading_begin(g, group));
	filter_take_rows(j->f, group, g->kept, g->nkept + 1, grading_add, g);
	sum = grading_end(g);
	filter_count(j->f, score_class_name(ripen_class(&g->lead, &sum)), 1);
	scorecard_begin(j->card, &g->lead, &sum);
	put_rows(j);
}

static int
end(struct job *j)
{
	scorecard_end(j->card);
	put_rows(j);
	grading_doubt_events(&j->grading, tell_of_rule, &j->cfg);
	scorecard_free(j->card);
	grading_clear(&j->grading);
	filter_read_free(j->rules_bytes);
	return filter_end(j->f);
}

int
main(int argc, char *argv[])
{
	struct job j = { 0 };
	struct group g;

	begin(&j, argc, argv);
	gather(&j);
	while (filter_group(j.f, &g))
		one_lead(&j, &g);
	return end(&j);
}
