/*
 * lead-journey - visits and milestones of each lead, in order
 *
 * in:   events of any number of sources, steps too; with --identity the map of
 *       lead-identify
 * out:  steps, one row per visit or milestone; with --lines one row per lead
 * rule: MODELS.md, journey: page rows with pauses up to --visit-gap are a visit,
 *       each milestone once per lead, deal or row, deals go to their person
 */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/journey/journal.h>

struct config {
	struct opt_list not_marketing;
	struct journal_words words;
};

static const char *const sources[] = { "best", "first", NULL };
static const char *const declared[] = { "fallback", "always", "never", NULL };

#define AT(field) offsetof(struct config, field)
static const struct opt opts[] = {
	{ 0, "identity", "MAP", OPT_TEXT, AT(words.identity),
	    "whose keys are whose: the map of lead-identify", NULL },
	{ 0, "lines", NULL, OPT_FLAG, AT(words.lines), "one line per lead: its path", NULL },
	{ 0, "with", "EVENT", OPT_TEXT, AT(words.with),
	    "only groups that have this milestone", NULL },
	{ 0, "identified", NULL, OPT_FLAG, AT(words.identified),
	    "only groups that the map names", NULL },
	{ 0, "visit-gap", "SPAN", OPT_SPAN, AT(words.visit_gap_us),
	    "a longer pause starts a visit (30m)", NULL },
	{ 0, "visit-source", "WHICH", OPT_CHOICE, AT(words.first_source),
	    "a visit has its best or its first source (best)", sources },
	{ 0, "visit-end", "EVENT", OPT_TEXT, AT(words.visit_end),
	    "the row after this event starts a visit", NULL },
	{ 0, "not-marketing", "LIST", OPT_LIST, AT(not_marketing),
	    "hosts and paths, or @FILE, whose pages make no touch", NULL },
	{ 0, "declared", "WHEN", OPT_CHOICE, AT(words.declared),
	    "a source that a CRM states is a touch: fallback, always or never "
	    "(fallback)", declared },
	{ 0, "carry", "COLS", OPT_TEXT, AT(words.carry),
	    "columns carried along, or none (those not in lead-tsv(5))", NULL },
	{ 0, "carry-late", "SPAN", OPT_SPAN, AT(words.carry_late_us),
	    "a lead's milestone takes what it lacks from rows so much later (0)", NULL },
	{ 0, "touches-of", "EVENTS", OPT_TEXT, AT(words.touches),
	    "events that are touches (those of lead-tsv(5), email_clicked)", NULL },
	{ 0, "max-touches", "N", OPT_COUNT, AT(words.max_touches),
	    "of more a lead the middle is left out, 0 all (10000)", NULL },
	{ 0 },
};
#undef AT

static const struct filter_spec spec = {
	.name = "lead-journey",
	.purpose = "visits and milestones of each lead, in order",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_KEY | FILTER_SPILL | FILTER_SORTED | FILTER_TIME,
	.key = "lead_id",
};

struct run {
	struct config config;
	struct filter *f;
	struct journal journal;
	struct group_store *store; /* NULL when rows come by group */
	int *cells; /* out, the key's last: another of its name stands in its place */
	struct text *texts;
};

/* --- begin --- */

static _Noreturn void
die_of(const struct run *run, const struct journal_problem *p)
{
	if (p->missing.len != 0)
		filter_need_of(run->f, p->missing, p->why);
	diag_die(DIAG_REQUEST, NULL, p->word.len != 0 ? "%s %s" : "%s", p->why,
	    diag_value(p->word));
}

static void
read_words(struct run *run)
{
	const struct filter_common *common = filter_common(run->f);
	struct journal_words *w = &run->config.words;
	struct journal_problem p;

	if (common->nkey != 1)
		diag_die(DIAG_REQUEST, NULL, "-k: the key of a journey is one column");
	w->key = common->key[0];
	w->sorted = common->sorted;
	w->zone = common->zone;
	w->outside = filter_outside_of;
	w->of = run->f;
	if (!journal_init(&run->journal, w, &p))
		die_of(run, &p);
	if (w->identity != NULL)
		filter_read_asking(w->identity, journal_map, &run->journal);
}

static void
read_portal(struct run *run)
{
	struct text items = filter_read_list(&run->config.not_marketing);
	struct journal_problem p;

	if (!journal_not_marketing(&run->journal, items, &p))
		die_of(run, &p);
	filter_read_free(items);
}

/* The key's column stands first; one of the same name is not repeated. */
static void
set_output(struct run *run)
{
	size_t n = journal_ncolumns(&run->journal);
	char room[LIFELINE_NAME];

	run->cells = mem_new(n + 1, sizeof(*run->cells));
	run->texts = mem_new(n + 1, sizeof(*run->texts));
	run->cells[n] = filter_add_text(run->f, run->journal.words.key);
	for (size_t i = 0; i < n; i++)
		run->cells[i] = filter_add_text(run->f,
		    journal_column(&run->journal, i, room));
	filter_start(run->f);
}

static void
begin(struct run *run, int argc, char *argv[])
{
	struct journal_problem p;

	run->f = filter_begin(&spec, &run->config, argc, argv);
	read_words(run);
	read_portal(run);
	if (!journal_bind(&run->journal, &(struct fields_table){ run->f,
	    filter_column_of, filter_name_of, (int)filter_ncolumns(run->f) }, &p))
		die_of(run, &p);
	set_output(run);
}

/* --- rows into groups --- */

static void
keep_row(struct run *run, const struct tsv_block *b, size_t r,
    const struct group_refusal *no, const struct journal_row *in)
{
	if (no != NULL)
		filter_refuse(run->f, b, r, no);
	else if (!in->waits)
		filter_gather(run->f, in->key, in->place.at, in->place.minor, b, r);
}

static void
gather(struct run *run)
{
	const struct fields *fields = &run->journal.fields;
	const int *step = fields->columns.step;
	const struct group_refusal *no;
	const struct tsv_block *row;
	struct journal_row in;
	struct tsv_block b;

	run->store = filter_gather_begin(run->f, fields->kept, fields->nkept,
	    step[STEP_EVENT_ID]);
	group_keep_time(run->store, step[STEP_TIME]);
	if (run->config.words.with != NULL)
		group_want(run->store, step[STEP_EVENT], text_of(run->config.words.with));
	while (filter_block(run->f, &b))
		for (size_t r = 0; r < b.nrows; r++) {
			no = journal_take(&run->journal, &b, r, &in);
			keep_row(run, &b, r, no, &in);
		}
	for (size_t i = 0; (row = journal_waiting(&run->journal, i, &no, &in)) != NULL; i++)
		keep_row(run, row, 0, no, &in);
}

/* --- groups out --- */

static void
write_rows(struct run *run, struct text key)
{
	size_t n = journal_ncolumns(&run->journal);

	run->texts[n] = key;
	while (journal_next(&run->journal, run->texts))
		filter_write_cells(run->f, run->cells, run->texts, n + 1);
}

static void
one_group(struct run *run, const struct group *g)
{
	struct journal *j = &run->journal;
	const struct group_refusal *no = journal_open(j, g, filter_arena(run->f));
	uint64_t n = g->nrows;

	if (no == NULL && j->words.sorted)
		filter_take_rows(run->f, g, j->fields.kept, j->fields.nkept, journal_add,
		    j);
	if (no == NULL)
		no = journal_read(j, &n);
	if (no == NULL)
		write_rows(run, g->key);
	else if (no->rule != NULL)
		filter_drop(run->f, no->rule, n);
	else
		filter_reject_record(run->f, &(struct diag_at){ .column = no->column },
		    no->reason, no->why, g->key, g->key);
}

static int
end(struct run *run)
{
	const char *name;
	uint64_t n;
	bool gone;

	if (run->store != NULL)
		filter_drop(run->f, "not_with", group_unwanted(run->store));
	for (unsigned i = 0;
	    (name = journey_count(run->journal.journey, i, &n, &gone)) != NULL; i++)
		(gone ? filter_drop : filter_count)(run->f, name, n);
	journal_clear(&run->journal);
	mem_free(run->config.not_marketing.v);
	mem_free(run->cells);
	mem_free(run->texts);
	return filter_end(run->f);
}

int
main(int argc, char *argv[])
{
	struct run run = { .config = { .words = { .visit_gap_us = IDENTITY_VISIT_US,
	    .max_touches = 10000, .touches = JOURNEY_TOUCHES } } };
	const struct fields *in = &run.journal.fields;
	struct group g;

	begin(&run, argc, argv);
	if (run.config.words.sorted)
		filter_grouped_begin(run.f, in->key, in->kept, in->nkept);
	else
		gather(&run);
	while (filter_group(run.f, &g))
		one_group(&run, &g);
	return end(&run);
}
