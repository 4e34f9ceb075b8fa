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
#include <lead/domain/figures/figures.h>

struct config {
	struct opt_list by, kpi;
	struct kpi_terms_words words;
	const char *side[FIGURES_SIDES], *unjoined;
	int cohort;
	bool list; /* seen to before: it needs no input */
};

#define AT(member) offsetof(struct config, member)
#define WORD(member) AT(words.member)
#define SIDE(word, table, help) \
	{ 0, word, "FILE", OPT_TEXT, AT(side[FIGURES_##table]), help, NULL }

static const char *const sets[] = { "first", "lead", "won", NULL };
static const char *const bases[] = { "no", "credit", "leads", "clicks", NULL };
static const char *const cohorts[] = { "lead", "first", NULL };

static const struct opt opts[] = {
	{ 0, "by", "COLS", OPT_LIST, AT(by),
	    "one more breakdown, by these columns combined", NULL },
	{ 0, "kpi", "NAMES", OPT_LIST, AT(kpi),
	    "only these figures (all that can be had)", NULL },
	{ 0, "list", NULL, OPT_FLAG, AT(list), "print the table of figures, and end", NULL },
	{ 0, "interval", NULL, OPT_FLAG, WORD(interval),
	    "lo and hi of each proportion, 95 % (Wilson)", NULL },
	SIDE("spend", SPEND, "what was spent, for figures of cost"),
	SIDE("campaigns", CAMPAIGNS,
	    "names and kinds of the campaigns in spend, by platform and id"),
	{ 0, "allocate", "BASIS", OPT_CHOICE, WORD(allocate),
	    "share cost that spend lacks by: no, credit, leads, clicks (no)", bases },
	{ 0, "unjoined", "FILE", OPT_TEXT, AT(unjoined),
	    "list campaigns with spend and no touch, and the other way round", NULL },
	SIDE("credit", CREDIT,
	    "share channel, source … by this lead-attribute --explain-credit"),
	SIDE("goals", GOALS, "goals of figures, told with what was attained"),
	{ 0, "lead-source", "WHICH", OPT_CHOICE, WORD(unprefixed),
	    "touch that channel, source … are of: first, lead, won (first)", sets },
	{ 0, "cohort", "WHICH", OPT_CHOICE, AT(cohort),
	    "date cohorts by lead or by first touch: lead, first (lead)", cohorts },
	{ 0, "sla", "TIME", OPT_TEXT, WORD(sla),
	    "time in which a lead is to be contacted (4h)", NULL },
	SIDE("hours", HOURS, "opening hours, for answers in office time"),
	SIDE("holidays", HOLIDAYS, "days on which the office is shut"),
	{ 0, "close-from", "NAMES", OPT_TEXT, WORD(close_from),
	    "what days_to_close counts from, the first that is there (lead,opp)", NULL },
	{ 0, "no-response", "TEXTS", OPT_TEXT, WORD(silent),
	    "reasons that mean no response (no response)", NULL },
	SIDE("email", EMAIL, "mail and consent, as lead-import --email writes them"),
	SIDE("identity", IDENTITY, "whose address is it: the map of lead-identify"),
	{ 0, "click-window", "TIME", OPT_SPAN, WORD(click_window_us),
	    "so long after a click in a mail a sale is a conversion (30d)", NULL },
	{ 0, "grace", "TIME", OPT_SPAN, WORD(grace_us),
	    "so late a payment still renews what was paid for (31d)", NULL },
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
	struct config *config;
	struct figures figures;
	int cell[REPORT_CELLS]; /* of the table out */
	size_t ncells;
};

/* --- what is asked --- */

static void
set_rules(struct run *r)
{
	const struct filter_common *c = filter_common(r->f);

	r->figures.rules = (struct book_rules){ .zone = c->zone, .period = c->period,
		.as_of_us = c->as_of_us, .has_since = c->has_since,
		.since_us = c->since_us, .has_until = c->has_until,
		.until_us = c->until_us, .cohort_by_first = r->config->cohort == 1,
		.by_account = text_is(filter_column_name(r->f, 0), "account_id") };
}

static void
read_side(struct run *r, enum figures_side side)
{
	struct figures_reading t;

	if (r->config->side[side] == NULL)
		return;
	t = figures_side(&r->figures, side);
	filter_read_of(r->config->side[side], t.columns, t.ncolumns, t.row, t.to,
	    t.table);
}

/* An option that another one needs. */
static void
need(const char *option, const char *other)
{
	if (opt_given(option) && !opt_given(other))
		diag_die(DIAG_REQUEST, NULL, "--%s needs --%s", option, other);
}

static void
read_sides(struct run *r)
{
	need("unjoined", "spend");
	need("allocate", "spend");
	need("identity", "email");
	if (r->config->words.allocate == ALLOCATE_CREDIT)
		need("allocate", "credit");
	for (enum figures_side side = 0; side < FIGURES_CREDIT; side++)
		read_side(r, side);
	if (r->figures.office != NULL && !office_opens(r->figures.office))
		diag_die(DIAG_REQUEST, NULL, "--holidays needs --hours, with rows in it");
}

static void
read_terms(struct run *r)
{
	struct config *c = r->config;
	struct kpi_terms_words *w = &c->words;
	const struct figures_table steps = { filter_column_of, r->f };
	struct kpi_terms_problem p;
	bool good;

	w->kpi = c->kpi.v;
	w->nkpi = c->kpi.n;
	w->by = c->by.v;
	w->nby = c->by.n;
	w->credit = c->side[FIGURES_CREDIT] != NULL;
	set_rules(r);
	good = figures_init(&r->figures, w, &steps, &p);
	if (good)
		read_sides(r);
	if (!good || !figures_ask(&r->figures, w, &p))
		diag_die(p.lacking ? DIAG_DATA : DIAG_REQUEST, NULL, "--%s: %s: %s",
		    p.option, diag_value(p.word), p.why);
}

/* --- steps --- */

static void
one_group(struct run *r, const struct group *g)
{
	figures_group(&r->figures, g, filter_arena(r->f));
	filter_take_rows(r->f, g, r->figures.columns, STEP_COLUMNS, figures_row,
	    &r->figures);
	figures_close(&r->figures);
}

/* --- the table --- */

static void
put_table(struct run *r)
{
	struct report *report = figures_report(&r->figures);
	struct text cell[REPORT_CELLS];

	while (report_next(report, cell))
		filter_write_cells(r->f, r->cell, cell, r->ncells);
	report_free(report);
}

static void
put_unjoined(struct run *r)
{
	struct out *side;
	struct text row;

	if (r->config->unjoined == NULL)
		return;
	unjoined_spend(r->figures.unjoined, r->figures.spend);
	side = filter_side(r->f, r->config->unjoined, unjoined_header);
	for (size_t i = 0; unjoined_row(r->figures.unjoined, i, &row); i++) {
		out_put(side, row);
		out_end_row(side);
	}
}

/* --list needs neither input nor --as-of. */
static int
put_list(void)
{
	struct buf b;
	int status;

	buf_init(&b, TSV_LINE_MAX, "the table of figures");
	report_list(&b);
	status = filter_print(spec.name, buf_text(&b));
	buf_clear(&b);
	return status;
}

static void
begin(struct run *r, int argc, char *argv[])
{
	static const char *const must[] = { "time", "kind", "event" };
	const char *name[REPORT_CELLS];

	r->f = filter_begin(&spec, r->config, argc, argv);
	for (size_t i = 0; i < sizeof(must) / sizeof(must[0]); i++)
		filter_need_of(r->f, text_of(must[i]), "the steps of lead-journey");
	read_terms(r);
	r->ncells = report_columns(&r->figures.choice, name);
	for (size_t i = 0; i < r->ncells; i++)
		r->cell[i] = filter_add(r->f, name[i]);
	filter_start(r->f);
	filter_grouped_begin(r->f, 0, NULL, 0);
}

/* What the figures leave the reader to wonder about. */
static void
tell_doubts(const struct run *r)
{
	char words[FIGURES_DOUBT];

	for (unsigned i = 0; i < FIGURES_DOUBTS; i++)
		if (figures_doubt(&r->figures, i, words))
			diag_warn(NULL, "%s", words);
}

static int
end(struct run *r)
{
	const char *name;
	uint64_t n;

	tell_doubts(r);
	for (unsigned i = 0; (name = figures_count(&r->figures, i, &n)) != NULL; i++)
		filter_count(r->f, name, n);
	figures_clear(&r->figures);
	mem_free(r->config->by.v);
	mem_free(r->config->kpi.v);
	return filter_end(r->f);
}

int
main(int argc, char *argv[])
{
	struct config config = { .words = { .sla = "4h", .close_from = "lead,opp",
		.grace_us = 31 * WHEN_DAY, .click_window_us = 30 * WHEN_DAY,
		.silent = "no response" } };
	struct run r = { .config = &config };
	struct group g;

	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "--list") == 0)
			return put_list();
	begin(&r, argc, argv);
	while (filter_group(r.f, &g))
		one_group(&r, &g);
	read_side(&r, FIGURES_CREDIT);
	put_table(&r);
	put_unjoined(&r);
	return end(&r);
}
