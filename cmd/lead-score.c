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
#include <lead/base/mem.h>
#include <lead/domain/score/grading.h>
#include <lead/domain/score/quota.h>
#include <lead/domain/score/scorecard.h>
#include <lead/domain/score/scoring_doubt.h>

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

struct finding {
	const char *file;
	uint64_t faults;
};

static void
tell_fault(void *of, const struct scoring_error *e)
{
	struct finding *found = of;
	const struct diag_at at = { found->file, e->line, NULL };

	found->faults++;
	diag_warn(&at, "%zu: %s", e->at, e->why);
}

static void
tell_doubt(void *of, const struct scoring_error *e)
{
	const struct finding *found = of;
	const struct diag_at at = { found->file, e->line, NULL };

	diag_warn(&at, "%s", e->why);
}

static void
check_rules(void *config)
{
	const struct config *cfg = config;
	struct finding found = { cfg->rules, 0 };
	struct scoring *rules;
	struct text bytes;

	if (!cfg->check)
		return;
	if (cfg->rules == NULL)
		diag_die(DIAG_REQUEST, NULL, "--rules FILE must be given");
	bytes = filter_read_file(cfg->rules, RULES_MAX);
	rules = scoring_check(bytes, tell_fault, &found);
	scoring_doubt(rules, tell_doubt, &found);
	scoring_free(rules);
	filter_read_free(bytes);
	exit(found.faults != 0 ? DIAG_DATA : DIAG_OK);
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
	const struct filter_common *common;
	struct config *cfg;
	struct text rules_bytes;
	struct grading grading;
	struct quota *quota; /* or NULL */
	struct scorecard *card;
	enum scorecard_table table;
	const char *const *columns; /* of the table out */
	int cell[SCORECARD_CELLS];
};

/* --- begin --- */

static void
read_rules(struct job *j)
{
	struct diag_at at = { j->cfg->rules, 0, NULL };
	struct scoring_error e;

	if (j->cfg->rules == NULL)
		diag_die(DIAG_REQUEST, NULL, "--rules FILE must be given");
	j->rules_bytes = filter_read_file(j->cfg->rules, RULES_MAX);
	j->grading.rules = scoring_new(j->rules_bytes, &e);
	at.line = e.line;
	if (j->grading.rules == NULL)
		diag_die(DIAG_REQUEST, &at, "%zu: %s", e.at, e.why);
	j->card = scorecard_new(j->grading.rules, j->rules_bytes);
}

static void
read_capacity(struct job *j)
{
	const struct config *c = j->cfg;

	if ((c->capacity != NULL) + c->emit_events + c->explain > 1)
		diag_die(DIAG_REQUEST, NULL,
		    "--capacity, --emit-events, --explain-score: one at a time");
	if (c->capacity != NULL && (j->quota = quota_new(text_of(c->capacity))) == NULL)
		diag_die(DIAG_REQUEST, NULL, "--capacity: not a number of leads such as "
		    "40/week: %s", diag_value(text_of(c->capacity)));
}

static void
read_side(struct job *j, enum grading_side side)
{
	const char *path = j->cfg->side[side];
	struct text header = TEXT_NONE;
	struct grading_reading t;
	size_t n;

	if (path == NULL)
		return;
	if (side == GRADING_ATTRIBUTES)
		header = filter_read_header(path, &n);
	t = grading_side(&j->grading, side, header);
	if (side == GRADING_ATTRIBUTES)
		filter_read_free(header);
	filter_read(path, t.columns, t.ncolumns, t.row, t.to);
}

/*
 * Events need both time and event, a table by lead neither. A rule on a column
 * that is nowhere never fires: worth a word.
 */
static void
find_columns(struct job *j)
{
	const struct fields_table in = { j->f, filter_column_of, filter_name_of,
		(int)filter_ncolumns(j->f) };
	struct grading *g = &j->grading;

	grading_bind(g, &in);
	if ((g->time < 0) != (g->event < 0))
		filter_need(j->f, g->time < 0 ? "time" : "event");
	for (unsigned c = 0; c < g->rules->ncolumns; c++)
		if (!grading_has(g, c))
			diag_warn(NULL, "no column %s: its rules never hold",
			    diag_value(g->rules->columns[c]));
	if (g->key < 0 && g->identity == NULL)
		diag_die(DIAG_DATA, NULL, "no column %s in the header, and no --identity",
		    diag_value(j->grading.key_name));
}

static void
add_columns(struct job *j)
{
	j->table = j->cfg->emit_events ? SCORECARD_EVENTS :
	    j->cfg->explain ? SCORECARD_PARTS : SCORECARD_SCORES;
	j->columns = j->quota != NULL ? quota_columns : scorecard_columns(j->table);
	for (size_t i = 0; j->columns[i] != NULL; i++)
		j->cell[i] = j->columns[i][0] == '\0' ?
		    filter_add_text(j->f, j->grading.key_name) : filter_add(j->f, j->columns[i]);
	filter_start(j->f);
}

static void
begin(struct job *j, int argc, char *argv[])
{
	j->f = filter_begin(&spec, j->cfg, argc, argv);
	j->common = filter_common(j->f);
	j->grading = (struct grading){ .key_name = j->common->key[0],
		.zone = j->common->zone, .as_of_us = j->common->as_of_us,
		.window_us = quota_window_us(j->common->as_of_us),
		.bests = j->cfg->capacity != NULL, .sorted = j->common->sorted };
	read_rules(j);
	read_capacity(j);
	for (enum grading_side side = 0; side < GRADING_SIDES; side++)
		read_side(j, side);
	find_columns(j);
	add_columns(j);
}

/* --- rows in --- */

/* Is a row to be used? If not, it is accounted for. */
static bool
admit(void *of, const struct grading_row *in)
{
	struct job *j = of;

	if (in->timed && !filter_in_time(j->f, in->us))
		return false;
	if (in->machine)
		filter_drop(j->f, "machine", 1);
	return !in->machine;
}

static void
gather_row(struct job *j, const struct tsv_block *b, size_t r)
{
	struct fields_row row = { filter_cell_of, b, r };
	struct grading *g = &j->grading;
	struct grading_row in;
	struct text lead;

	if (!grading_read(g, &row, &in))
		filter_reject(j->f, b, r, g->time, "time", "not a time");
	else if (!admit(j, &in))
		return;
	else if ((lead = grading_owner(g, &row, &in)).len == 0)
		filter_drop(j->f, "no_lead", 1);
	else
		filter_gather(j->f, lead, in.us, grading_minor(g, &row, &in), b, r);
}

static void
gather(struct job *j)
{
	const struct grading *g = &j->grading;
	struct tsv_block b;

	if (j->common->sorted) {
		if (g->identity != NULL || g->key < 0)
			diag_die(DIAG_REQUEST, NULL,
			    "--sorted: rows have their lead already, without --identity");
		filter_grouped_begin(j->f, g->key, g->kept, g->nkept);
		return;
	}
	filter_gather_begin(j->f, g->kept, g->nkept, g->event_id);
	while (filter_block(j->f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			gather_row(j, &b, r);
}

/* --- leads out --- */

static void
put_row(struct job *j, const struct text *cell)
{
	for (size_t i = 0; j->columns[i] != NULL; i++)
		filter_set_value(j->f, j->cell[i], cell[i]);
	filter_write(j->f);
}

static void
put_lead(struct job *j, const struct score_sum *sum)
{
	const struct ripen *lead = &j->grading.lead;
	const struct text *cell;

	filter_count(j->f, score_class_name(ripen_class(lead, sum)), 1);
	if (j->quota != NULL) {
		quota_add(j->quota, lead->before, lead->best);
		return;
	}
	scorecard_begin(j->card, j->table, lead, sum);
	while ((cell = scorecard_next(j->card)) != NULL)
		put_row(j, cell);
}

static void
one_lead(struct job *j, const struct group *g)
{
	const struct grading_gate gate = { j->common->sorted ? admit : NULL, j };
	struct score_sum sum;

	filter_count(j->f, "rule_limit", grading_begin(&j->grading, g->key));
	for (size_t i = 0; i < g->nrows; i++) {
		const struct grading_fault *no = grading_add(&j->grading, g, i, &gate);
		struct diag_at at = { .column = no != NULL ? no->column : NULL };

		if (no != NULL)
			filter_reject_record(j->f, &at, no->reason, no->why, no->value,
			    TEXT_NONE);
	}
	sum = grading_end(&j->grading);
	put_lead(j, &sum);
}

/* A name that no event had is likely a slip of the pen. */
static void
warn_of_idle(const struct job *j)
{
	const struct scoring_rule *r;
	struct diag_at at = { .file = j->cfg->rules };
	size_t i = 0;

	while ((r = grading_idle(&j->grading, &i)) != NULL) {
		at.line = r->line;
		diag_warn(&at, "no row has event %s: the rule never held",
		    diag_value(r->event));
	}
}

static int
end(struct job *j)
{
	const struct text *row = j->quota != NULL ? quota_row(j->quota) : NULL;

	if (row != NULL)
		put_row(j, row);
	warn_of_idle(j);
	scorecard_free(j->card);
	quota_free(j->quota);
	grading_clear(&j->grading);
	filter_read_free(j->rules_bytes);
	return filter_end(j->f);
}

int
main(int argc, char *argv[])
{
	struct config cfg = { 0 };
	struct job j = { .cfg = &cfg };
	struct group g;

	begin(&j, argc, argv);
	gather(&j);
	while (filter_group(j.f, &g))
		one_lead(&j, &g);
	return end(&j);
}
