/*
 * lead-funnel - where deals and leads get stuck, and why
 *
 * in:   steps, grouped by the first column; stages and credit beside
 * out:  period dimension segment stage kpi model value numerator denominator n;
 *       with --flow the same of moves, with --stuck the deals that are stuck
 * rule: deals that enter the first stage in a period, followed to --as-of
 */
#include <lead/base/filter.h>
#include <lead/base/filter_part.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/funnel/funnel.h>

struct config {
	struct opt_list by, kpi;
	const char *stages, *credit;
	int unit, lead_source;
	bool strict, flow, stuck, labels;
	bool list;
};

#define AT(member) offsetof(struct config, member)

static const struct opt opts[] = {
	{ 0, "stages", "FILE", OPT_TEXT, AT(stages),
	    "the stages: key label order kind max_days", NULL },
	{ 0, "unit", "WHAT", OPT_CHOICE, AT(unit),
	    "what goes through them: deal, lead, auto by the first stage (auto)",
	    funnel_units },
	{ 0, "by", "COLS", OPT_LIST, AT(by),
	    "one more breakdown, by these columns combined", NULL },
	{ 0, "kpi", "NAMES", OPT_LIST, AT(kpi),
	    "only these figures (all that can be had)", NULL },
	{ 0, "list", NULL, OPT_FLAG, AT(list), "print the table of figures, and end", NULL },
	{ 0, "strict", NULL, OPT_FLAG, AT(strict),
	    "reached is entered: a later stage does not count for it", NULL },
	{ 0, "flow", NULL, OPT_FLAG, AT(flow),
	    "count the moves from stage to stage, each in its own period", NULL },
	{ 0, "stuck", NULL, OPT_FLAG, AT(stuck),
	    "list what is stuck, the oldest first", NULL },
	{ 0, "labels", NULL, OPT_FLAG, AT(labels),
	    "add the columns order and label of each stage", NULL },
	{ 0, "credit", "FILE", OPT_TEXT, AT(credit),
	    "share channel, source … by this lead-attribute --explain-credit", NULL },
	{ 0, "lead-source", "WHICH", OPT_CHOICE, AT(lead_source),
	    "touch that channel, source … are of: first, lead, won (first)", breakdown_sets },
	{ 0 },
};

/* --list needs neither input nor --as-of. */
static void
print_list(void *config)
{
	const struct config *c = config;

	if (c->list)
		filter_print_list("lead-funnel", funnel_list);
}

static const struct filter_spec spec = {
	.name = "lead-funnel",
	.purpose = "where deals and leads get stuck, and why",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_TIME | FILTER_AS_OF | FILTER_PERIOD | FILTER_PARTS,
	.period = WHEN_BY_MONTH,
	.first = print_list,
};

struct run {
	struct filter *f;
	struct config *config;
	struct funnel funnel;
	struct filter_part part;
	int cell[FUNNEL_CELLS]; /* of the table out */
	size_t ncells;
};

/* --- what is asked --- */

/* A table that would say nothing of an option does not take it. */
static void
check_options(const struct config *c)
{
	const char *table = c->stuck ? "--stuck" : "--flow";
	const struct {
		bool given;
		const char *option;
	} none[] = {
		{ c->stuck && c->flow, "--flow" },
		{ c->stuck && c->by.n > 0, "--by" },
		{ c->kpi.n > 0, "--kpi" },
		{ c->strict, "--strict" },
		{ c->labels, "--labels" },
		{ c->credit != NULL, "--credit" },
	};

	if (c->stages == NULL)
		diag_die(DIAG_REQUEST, NULL, "--stages FILE is needed");
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if ((c->stuck || c->flow) && none[i].given)
			diag_die(DIAG_REQUEST, NULL, "%s: not with %s", none[i].option,
			    table);
}

static void
read_stages(struct run *r)
{
	const struct diag_at at = { r->config->stages, 0, NULL };
	const char *why;

	filter_read(r->config->stages, stages_columns, STAGES_COLUMNS, stages_add,
	    &r->funnel.stages);
	why = stages_close(&r->funnel.stages);
	if (why != NULL)
		diag_die(DIAG_DATA, &at, "%s", why);
}

static void
set_rules(struct run *r)
{
	const struct filter_common *c = filter_common(r->f);

	r->funnel.rules = (struct book_rules){ .zone = c->zone, .period = c->period,
		.as_of_us = c->as_of_us, .has_since = c->has_since,
		.since_us = c->since_us, .has_until = c->has_until,
		.until_us = c->until_us };
}

static void
read_words(struct run *r)
{
	const struct config *c = r->config;
	const struct funnel_words w = { .by = c->by.v, .nby = c->by.n, .kpi = c->kpi.v,
		.nkpi = c->kpi.n, .unprefixed = (enum breakdown_set)c->lead_source,
		.unit = (enum funnel_unit)c->unit, .credit = c->credit != NULL,
		.strict = c->strict, .table = c->stuck ? FUNNEL_STUCK
		    : c->flow ? FUNNEL_FLOW : FUNNEL_FIGURES };
	const struct funnel_steps steps = { filter_part_column, r->f };
	struct funnel_problem p;
	bool lacking;

	set_rules(r);
	read_stages(r);
	if (funnel_init(&r->funnel, &w, &steps, &p))
		return;
	lacking = p.why == breakdown_lacking;
	diag_die(lacking ? DIAG_DATA : DIAG_REQUEST, NULL, "--%s: %s: %s", p.option,
	    diag_value(p.word), lacking && filter_common(r->f)->merge
	    ? breakdown_lacking_part : p.why);
}

/* --- rows --- */

static void
read_credit(struct run *r)
{
	const char *const *columns;
	size_t n;

	if (r->config->credit == NULL)
		return;
	columns = funnel_credit_table(&r->funnel, filter_column_name(r->f, 0), &n);
	filter_read(r->config->credit, columns, n, funnel_credit_add, &r->funnel);
}

/* --- the table --- */

static void
put_row(void *context, const struct text *cell)
{
	struct run *r = context;

	filter_write_cells(r->f, r->cell, cell, r->ncells);
}

static void
add_columns(struct run *r)
{
	const struct config *c = r->config;
	const char *const *columns = c->stuck ? funnel_stuck_columns : funnel_columns;

	if (filter_part_add(&r->part))
		return;
	r->ncells = c->stuck ? FUNNEL_STUCK_CELLS : c->labels ? FUNNEL_CELLS : FUNNEL_LABELS;
	for (size_t i = 0; i < r->ncells; i++)
		r->cell[i] = filter_add(r->f, columns[i]);
}

static void
begin(struct run *r, int argc, char *argv[])
{
	static const char *const must[] = { "time", "kind", "event" };

	r->f = filter_begin(&spec, r->config, argc, argv);
	check_options(r->config);
	r->funnel.part = filter_part_open(&r->part, r->f, summand_columns, SUMMAND_COLUMNS);
	for (size_t i = 0; i < 3 && !filter_common(r->f)->merge; i++)
		filter_need(r->f, must[i]);
	read_words(r);
	funnel_part_rules(&r->funnel);
	add_columns(r);
	filter_start(r->f);
}

static int
end(struct run *r)
{
	const char *name;
	uint64_t n;

	if (r->funnel.unknown_stage > 0)
		diag_warn(NULL, "%llu rows of stages that %s lacks (unknown_stage)",
		    (unsigned long long)r->funnel.unknown_stage, r->config->stages);
	if (r->funnel.without_stage > 0)
		diag_warn(NULL, "%llu deals or leads entered no stage of %s (without_stage)",
		    (unsigned long long)r->funnel.without_stage, r->config->stages);
	for (unsigned i = 0; (name = funnel_count(&r->funnel, i, &n)) != NULL; i++)
		filter_count(r->f, name, n);
	funnel_clear(&r->funnel);
	filter_part_close(&r->part);
	mem_free(r->config->by.v);
	mem_free(r->config->kpi.v);
	return filter_end(r->f);
}

int
main(int argc, char *argv[])
{
	struct config config = { 0 };
	struct run r = { .config = &config };

	begin(&r, argc, argv);
	filter_part_read(&r.part, &(struct filter_groups){ &r.funnel, funnel_merge_row,
	    funnel_group, funnel_row, funnel_close, r.funnel.columns, STEP_COLUMNS });
	if (!filter_common(r.f)->merge)
		read_credit(&r);
	if (filter_common(r.f)->partial)
		funnel_part_put(&r.funnel, filter_part_write, &r.part);
	else
		funnel_report(&r.funnel, put_row, &r);
	return end(&r);
}
