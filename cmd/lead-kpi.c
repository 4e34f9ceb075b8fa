/*
 * lead-kpi - the numbers of the monthly report
 *
 * in:   steps, grouped by the first column; spend, campaigns and credit beside
 * out:  period dimension segment kpi model value numerator denominator n
 * rule: each figure as --list defines it, in each segment of each breakdown
 */
#include <string.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/earned.h>
#include <lead/domain/kpi_terms.h>
#include <lead/domain/report.h>
#include <lead/domain/spend.h>
#include <lead/domain/unjoined.h>

struct config {
	struct opt_list by, kpi;
	const char *spend, *campaigns, *unjoined, *credit, *sla, *close_from, *silent;
	int lead_source, cohort;
	bool list; /* seen to before: it needs no input */
};

#define AT(member) offsetof(struct config, member)

static const char *const sets[] = { "first", "lead", "won", NULL };
static const char *const cohorts[] = { "lead", "first", NULL };

static const struct opt opts[] = {
	{ 0, "by", "COLS", OPT_LIST, AT(by),
	    "one more breakdown, by these columns combined", NULL },
	{ 0, "kpi", "NAMES", OPT_LIST, AT(kpi), "only these figures (all that can be had)",
	    NULL },
	{ 0, "list", NULL, OPT_FLAG, AT(list), "print the table of figures, and end",
	    NULL },
	{ 0, "spend", "FILE", OPT_TEXT, AT(spend), "what was spent, for figures of cost",
	    NULL },
	{ 0, "campaigns", "FILE", OPT_TEXT, AT(campaigns),
	    "names and kinds of the campaigns in spend, by platform and id", NULL },
	{ 0, "unjoined", "FILE", OPT_TEXT, AT(unjoined),
	    "list campaigns with spend and no touch, and the other way round", NULL },
	{ 0, "credit", "FILE", OPT_TEXT, AT(credit),
	    "share channel, source … by this lead-attribute --explain-credit", NULL },
	{ 0, "lead-source", "WHICH", OPT_CHOICE, AT(lead_source),
	    "touch that channel, source … are of: first, lead, won (first)", sets },
	{ 0, "cohort", "WHICH", OPT_CHOICE, AT(cohort),
	    "date cohorts by lead or by first touch: lead, first (lead)", cohorts },
	{ 0, "sla", "TIME", OPT_TEXT, AT(sla),
	    "time in which a lead is to be contacted (4h)", NULL },
	{ 0, "close-from", "NAMES", OPT_TEXT, AT(close_from),
	    "what days_to_close counts from, the first that is there (lead,opp)", NULL },
	{ 0, "no-response", "TEXTS", OPT_TEXT, AT(silent),
	    "reasons that mean no response (no response)", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-kpi",
	.purpose = "the numbers of the monthly report",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_TIME | FILTER_AS_OF | FILTER_PERIOD,
	.period = WHEN_BY_MONTH,
};

struct run {
	struct filter *f;
	const struct filter_common *common;
	struct config *config;
	int columns[STEP_COLUMNS];
	struct breakdowns by;
	struct book_rules rules;
	struct report_choice choice;
	struct book book;
	struct spend *spend; /* NULL without --spend */
	struct unjoined *unjoined;
	struct earned earned;
	int cell[REPORT_CELLS]; /* of the table out */
};

/* --- what is asked --- */

static int
column_of(void *context, struct text name)
{
	const struct run *r = context;

	for (size_t c = 0; c < filter_ncolumns(r->f); c++)
		if (text_equal(filter_column_name(r->f, (int)c), name))
			return (int)c;
	return -1;
}

static void
set_rules(struct run *r)
{
	const struct filter_common *c = r->common;

	r->rules = (struct book_rules){ .zone = c->zone, .period = c->period,
		.as_of_us = c->as_of_us, .has_since = c->has_since,
		.since_us = c->since_us, .has_until = c->has_until,
		.until_us = c->until_us, .cohort_by_first = r->config->cohort == 1,
		.by_account = text_is(filter_column_name(r->f, 0), "account_id") };
}

static void
read_spend(struct run *r)
{
	const struct config *g = r->config;

	if ((g->campaigns != NULL || g->unjoined != NULL) && g->spend == NULL)
		diag_die(DIAG_REQUEST, NULL, "--campaigns and --unjoined need --spend");
	if (g->spend == NULL)
		return;
	r->spend = spend_new(&r->book);
	r->unjoined = unjoined_new();
	if (g->campaigns != NULL)
		filter_read(g->campaigns, spend_campaign_columns, SPEND_CAMPAIGN_COLUMNS,
		    spend_campaign, r->spend);
	filter_read(g->spend, breakdown_columns(&r->by, spend_columns, SPEND_COLUMNS, "?"),
	    SPEND_COLUMNS + r->by.nnames, spend_add, r->spend);
}

static void
read_terms(struct run *r)
{
	const struct config *g = r->config;
	const struct kpi_terms_words w = { .sla = g->sla, .close_from = g->close_from,
		.silent = g->silent, .kpi = g->kpi.v, .nkpi = g->kpi.n, .by = g->by.v,
		.nby = g->by.n };
	struct kpi_terms_problem p;
	bool good;

	set_rules(r);
	breakdown_init(&r->by, (enum breakdown_set)g->lead_source, g->credit != NULL,
	    column_of, r);
	book_init(&r->book, &r->rules, &r->by);
	good = kpi_terms_by(&w, &r->by, column_of, r, &p);
	if (good)
		read_spend(r);
	r->choice.has = (r->columns[STEP_VALUE] >= 0 ? KPI_NEEDS_VALUE : 0U) |
	    (r->by.reason_col >= 0 ? KPI_NEEDS_REASON : 0U) |
	    (r->rules.by_account ? KPI_NEEDS_ACCOUNT : 0U) |
	    (r->spend != NULL ? KPI_NEEDS_SPEND | spend_has(r->spend) : 0U);
	if (!good || !kpi_terms_read(&w, &r->rules, &r->choice, &p))
		diag_die(DIAG_REQUEST, NULL, "--%s: %s: %s", p.option,
		    diag_value(p.word), p.why);
}

/* --- steps --- */

static void
reject_step(struct run *r, const struct group *g, size_t i, const struct step_problem *p)
{
	struct diag_at at = { NULL, 0, step_name(p->column) };
	struct buf record;

	buf_init(&record, TSV_LINE_MAX, "a row");
	step_record(g, i, r->columns, &record);
	filter_reject_record(r->f, &at, p->reason, p->why,
	    group_field(g, i, r->columns[p->column]), buf_text(&record));
	buf_clear(&record);
}

/* Undated rows stand last. */
static bool
in_order(const struct step *above, const struct step *s)
{
	if (s->precision == STEP_UNDATED)
		return true;
	return above->precision != STEP_UNDATED && above->at_us <= s->at_us;
}

/* Row i into *s; above: the last one kept, or NULL. */
static bool
keep_row(struct run *r, const struct group *g, size_t i, const struct step *above,
    struct step *s)
{
	static const struct step_problem unsorted = { STEP_TIME, "unsorted",
		"earlier than the row above" };
	static const struct step_problem currency = { STEP_CURRENCY, "currency",
		"another currency than before: convert it when importing" };
	const struct step_problem *p = step_read(g, i, r->columns, s);

	if (p == NULL && s->has_value &&
	    !book_currency(&r->book, step_text(s, STEP_CURRENCY)))
		p = &currency;
	if (p == NULL && above != NULL && !in_order(above, s))
		p = &unsorted;
	if (p != NULL)
		reject_step(r, g, i, p);
	else if (s->precision != STEP_UNDATED && s->at_us > r->common->as_of_us)
		filter_drop(r->f, "after_as_of", 1);
	else
		return true;
	return false;
}

static void
one_group(struct run *r, const struct group *g)
{
	struct arena *arena = filter_arena(r->f);
	struct step *step = arena_new(arena, g->nrows, sizeof(*step));
	struct life life;
	size_t n = 0;

	for (size_t i = 0; i < g->nrows; i++)
		if (keep_row(r, g, i, n > 0 ? &step[n - 1] : NULL, &step[n]))
			n++;
	life_read(&life, step, n, r->common->zone, arena);
	book_life(&r->book, &life);
	if (r->spend == NULL)
		return;
	spend_join(r->spend, &life);
	unjoined_touches(r->unjoined, &life);
}

static void
read_steps(struct run *r)
{
	size_t n = filter_ncolumns(r->f);
	int *cols = mem_new(n, sizeof(*cols));
	struct group g;

	for (size_t c = 0; c < n; c++)
		cols[c] = (int)c;
	filter_grouped_begin(r->f, 0, cols, n);
	while (filter_group(r->f, &g))
		one_group(r, &g);
	mem_free(cols);
}

static void
read_credit(struct run *r)
{
	earned_init(&r->earned, &r->book, r->spend != NULL);
	if (r->config->credit == NULL)
		return;
	filter_read(r->config->credit,
	    breakdown_columns(&r->by, earned_columns, EARNED_COLUMNS, ""),
	    EARNED_COLUMNS + r->by.nnames, earned_add, &r->earned);
	r->choice.credited = r->earned.covers;
}

/* --- the table --- */

static void
put_counts(struct run *r)
{
	struct spend_counts c = { 0 };

	if (r->spend != NULL)
		c = spend_counts(r->spend);
	filter_count(r->f, "negative_duration", r->book.negative);
	filter_count(r->f, "undated_fact", r->book.undated);
	filter_count(r->f, "spend_rows", c.rows);
	filter_count(r->f, "spend_outside", c.outside);
	filter_count(r->f, "spend_unmapped", c.unmapped);
	filter_count(r->f, "credit_rows", r->earned.rows);
	filter_count(r->f, "credit_outside", r->earned.outside);
}

static void
put_table(struct run *r)
{
	struct report *report = report_new(&r->choice, &r->book);
	struct text cell[REPORT_CELLS];

	while (report_next(report, cell)) {
		for (size_t i = 0; i < REPORT_CELLS; i++)
			filter_set(r->f, r->cell[i], cell[i]);
		filter_write(r->f);
	}
	report_free(report);
}

static void
put_unjoined(struct run *r)
{
	struct out *side;
	struct text row;

	if (r->config->unjoined == NULL)
		return;
	unjoined_spend(r->unjoined, r->spend);
	side = filter_side(r->f, r->config->unjoined, unjoined_header);
	for (size_t i = 0; unjoined_row(r->unjoined, i, &row); i++) {
		out_put(side, row);
		out_end_row(side);
	}
}

/* --list needs neither input nor --as-of. */
static int
put_list(void)
{
	struct out *o = out_create(NULL);
	struct buf b;

	diag_init(spec.name);
	buf_init(&b, TSV_LINE_MAX, "the table of figures");
	report_list(&b);
	out_put(o, buf_text(&b));
	buf_clear(&b);
	if (out_commit(o) != 0)
		diag_die_sys(NULL, "<stdout>");
	return DIAG_OK;
}

static void
begin(struct run *r, int argc, char *argv[])
{
	r->f = filter_begin(&spec, r->config, argc, argv);
	r->common = filter_common(r->f);
	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		r->columns[c] = filter_column(r->f, step_name(c));
	filter_need(r->f, "time");
	filter_need(r->f, "kind");
	filter_need(r->f, "event");
	read_terms(r);
	for (size_t i = 0; i < REPORT_CELLS; i++)
		r->cell[i] = filter_add(r->f, report_columns[i]);
	filter_start(r->f);
}

static void
clear(struct run *r)
{
	spend_free(r->spend);
	unjoined_free(r->unjoined);
	book_clear(&r->book);
	breakdown_clear(&r->by);
	mem_free(r->config->by.v);
	mem_free(r->config->kpi.v);
}

int
main(int argc, char *argv[])
{
	struct config config = { .sla = "4h", .close_from = "lead,opp",
		.silent = "no response" };
	struct run r = { .config = &config };

	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--list") == 0)
			return put_list();
	begin(&r, argc, argv);
	read_steps(&r);
	read_credit(&r);
	if (r.spend != NULL)
		spend_book(r.spend, r.earned.models);
	put_table(&r);
	put_unjoined(&r);
	put_counts(&r);
	clear(&r);
	return filter_end(r.f);
}
