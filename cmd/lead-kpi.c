/*
 * lead-kpi - the numbers of the monthly report
 *
 * in:   steps, grouped by the first column; spend, campaigns and credit beside
 * out:  period dimension segment kpi model value numerator denominator n
 * rule: each figure as --list defines it, in each segment of each breakdown
 */
#include <lead/base/filter.h>
#include <lead/base/filter_part.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/figures.h>

struct config {
	struct opt_list by, kpi;
	struct kpi_terms_words words;
	const char *side[FIGURES_SIDES], *unjoined;
	bool list;
};

#define AT(member) offsetof(struct config, member)
#define WORD(member) AT(words.member)
#define SIDE(word, table, help) \
	{ 0, word, "FILE", OPT_TEXT, AT(side[FIGURES_##table]), help, NULL }

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
	    "share cost that spend lacks by: no, credit, leads, clicks (no)", allocate_words },
	{ 0, "unjoined", "FILE", OPT_TEXT, AT(unjoined),
	    "list campaigns with spend and no touch, and the other way round", NULL },
	SIDE("credit", CREDIT,
	    "share channel, source … by this lead-attribute --explain-credit"),
	SIDE("goals", GOALS, "goals of figures, told with what was attained"),
	{ 0, "lead-source", "WHICH", OPT_CHOICE, WORD(unprefixed),
	    "touch that channel, source … are of: first, lead, won (first)", breakdown_sets },
	{ 0, "cohort", "WHICH", OPT_CHOICE, WORD(cohort),
	    "date cohorts by lead or by first touch: lead, first (lead)", kpi_terms_cohorts },
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

/* --list needs neither input nor --as-of. */
static void
print_list(void *config)
{
	const struct config *c = config;

	if (c->list)
		filter_print_list("lead-kpi", report_list);
}

static const struct filter_spec spec = {
	.name = "lead-kpi",
	.purpose = "the numbers of the monthly report",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_TIME | FILTER_AS_OF | FILTER_PERIOD | FILTER_PARTS,
	.period = WHEN_BY_MONTH,
	.first = print_list,
};

struct run {
	struct filter *f;
	struct config *config;
	const struct filter_common *common;
	struct figures figures;
	struct filter_part part;
	int cell[REPORT_CELLS]; /* of the table out */
	size_t ncells;
};

/* --- what is asked --- */

static void
set_rules(struct run *r)
{
	const struct filter_common *c = r->common;

	r->figures.rules = (struct book_rules){ .zone = c->zone, .period = c->period,
		.as_of_us = c->as_of_us, .has_since = c->has_since,
		.since_us = c->since_us, .has_until = c->has_until,
		.until_us = c->until_us };
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

static void
read_sides(struct run *r)
{
	opt_need("unjoined", "spend");
	opt_need("allocate", "spend");
	opt_need("identity", "email");
	if (r->config->words.allocate == ALLOCATE_CREDIT)
		opt_need("allocate", "credit");
	if (r->common->partial && r->config->unjoined != NULL)
		diag_die(DIAG_REQUEST, NULL, "--unjoined: of --merge, not of a part");
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
	const struct figures_table steps = { filter_part_column, r->f,
		filter_part_key(r->f) };
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
		    p.option, diag_value(p.word),
		    p.lacking && r->common->merge ? breakdown_lacking_part : p.why);
}

/* --- the table --- */

static void
put_report(struct run *r)
{
	struct report *report = figures_report(&r->figures);
	struct text cell[REPORT_CELLS];

	while (report_next(report, cell))
		filter_write_cells(r->f, r->cell, cell, r->ncells);
	report_free(report);
	if (r->config->unjoined != NULL)
		unjoined_spend(r->figures.unjoined, r->figures.spend);
	filter_side_table(r->f, r->config->unjoined, unjoined_header, unjoined_row,
	    r->figures.unjoined);
}

static void
add_columns(struct run *r)
{
	const char *name[REPORT_CELLS];

	if (filter_part_add(&r->part))
		return;
	r->ncells = report_columns(&r->figures.choice, name);
	for (size_t i = 0; i < r->ncells; i++)
		r->cell[i] = filter_add(r->f, name[i]);
}

static void
begin(struct run *r, int argc, char *argv[])
{
	static const char *const must[] = { "time", "kind", "event" };

	r->f = filter_begin(&spec, r->config, argc, argv);
	r->common = filter_common(r->f);
	r->figures.part = filter_part_open(&r->part, r->f, summand_columns,
	    SUMMAND_COLUMNS);
	for (size_t i = 0; !r->common->merge && i < sizeof(must) / sizeof(must[0]); i++)
		filter_need_of(r->f, text_of(must[i]), "the steps of lead-journey");
	read_terms(r);
	figures_part_rules(&r->figures, &r->config->words);
	add_columns(r);
	filter_start(r->f);
}

static int
end(struct run *r)
{
	char words[FIGURES_DOUBT];
	const char *name;
	uint64_t n;

	for (unsigned i = 0; !r->common->partial && i < FIGURES_DOUBTS; i++)
		if (figures_doubt(&r->figures, i, words))
			diag_warn(NULL, "%s", words);
	for (unsigned i = 0; (name = figures_count(&r->figures, i, &n)) != NULL; i++)
		filter_count(r->f, name, n);
	figures_clear(&r->figures);
	filter_part_close(&r->part);
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

	begin(&r, argc, argv);
	filter_part_read(&r.part, &(struct filter_groups){ &r.figures, figures_merge_row,
	    figures_group, figures_row, figures_close, r.figures.columns, STEP_COLUMNS });
	if (r.common->partial) {
		figures_part_put(&r.figures, filter_part_write, &r.part);
	} else {
		read_side(&r, FIGURES_CREDIT);
		put_report(&r);
	}
	return end(&r);
}
