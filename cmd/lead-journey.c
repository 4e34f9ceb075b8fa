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
#include <lead/base/held.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/journey/arrange.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/journey/journey.h>
#include <lead/domain/journey/owner.h>
#include <lead/domain/journey/telling.h>

struct config {
	const char *identity, *with, *carry, *touches_of, *visit_end;
	struct opt_list not_marketing;
	bool lines, identified;
	int visit_source, declared;
	int64_t visit_gap_us, max_touches;
};

static const char *const sources[] = { "best", "first", NULL };
static const char *const declared[] = { "fallback", "always", "never", NULL };

#define AT(field) offsetof(struct config, field)
static const struct opt opts[] = {
	{ 0, "identity", "MAP", OPT_TEXT, AT(identity),
	    "whose keys are whose: the map of lead-identify", NULL },
	{ 0, "lines", NULL, OPT_FLAG, AT(lines), "one line per lead: its path", NULL },
	{ 0, "with", "EVENT", OPT_TEXT, AT(with),
	    "only groups that have this milestone", NULL },
	{ 0, "identified", NULL, OPT_FLAG, AT(identified),
	    "only groups that the map names", NULL },
	{ 0, "visit-gap", "SPAN", OPT_SPAN, AT(visit_gap_us),
	    "a longer pause starts a visit (30m)", NULL },
	{ 0, "visit-source", "WHICH", OPT_CHOICE, AT(visit_source),
	    "a visit has its best or its first source (best)", sources },
	{ 0, "visit-end", "EVENT", OPT_TEXT, AT(visit_end),
	    "the row after this event starts a visit", NULL },
	{ 0, "not-marketing", "LIST", OPT_LIST, AT(not_marketing),
	    "hosts and paths, or @FILE, whose pages make no touch", NULL },
	{ 0, "declared", "WHEN", OPT_CHOICE, AT(declared),
	    "a source that a CRM states is a touch: fallback, always or never "
	    "(fallback)", declared },
	{ 0, "carry", "COLS", OPT_TEXT, AT(carry),
	    "columns carried along, or none (those not in lead-tsv(5))", NULL },
	{ 0, "touches-of", "EVENTS", OPT_TEXT, AT(touches_of),
	    "events that are touches (those of lead-tsv(5), email_clicked)", NULL },
	{ 0, "max-touches", "N", OPT_COUNT, AT(max_touches),
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
	const struct filter_common *common;
	struct identity *map;  /* or NULL */
	struct portal *portal; /* or NULL */
	struct owner *owner;
	struct journey_rules rules;
	struct fields_table table;
	struct fields fields;
	struct journey *journey;
	struct telling *telling;
	struct held waiting; /* deals of accounts whose leads are not all seen */
	int key, *cells;     /* out */
	struct text *texts;
	uint64_t nobody, unnamed;
	struct text given_key; /* of the group at hand, with --sorted */
};

/* --- what was asked for --- */

static void
check_event(const char *option, const char *event, bool milestone)
{
	const struct event *e = event != NULL ? event_find(text_of(event)) : NULL;

	if (event != NULL && (e == NULL || (milestone && e->kind != EVENT_MILESTONE)))
		diag_die(DIAG_REQUEST, NULL, "%s: no %s is called %s", option,
		    milestone ? "milestone" : "event", diag_value(text_of(event)));
}

static void
set_rules(struct run *run)
{
	const struct config *c = &run->config;

	check_event("--with", c->with, true);
	check_event("--visit-end", c->visit_end, false);
	if (c->identified && c->identity == NULL)
		diag_die(DIAG_REQUEST, NULL, "--identified needs --identity");
	if (run->common->nkey != 1)
		diag_die(DIAG_REQUEST, NULL, "-k: the key of a journey is one column");
	run->rules = (struct journey_rules){
		.visit = { c->visit_gap_us, c->visit_source == 1 },
		.visit_end = text_of(c->visit_end),
		.declared = (enum journey_declared)c->declared,
		.max_touches = (uint64_t)c->max_touches,
		.touches = text_of(c->touches_of),
	};
}

static void
read_portal(struct run *run)
{
	const struct opt_list *list = &run->config.not_marketing;
	struct text items, bad;

	if (list->n == 0)
		return;
	run->rules.portal = run->portal = portal_new();
	items = filter_read_list(list);
	if (!portal_add(run->portal, items, &bad))
		diag_die(DIAG_REQUEST, NULL, "--not-marketing: neither host nor path: %s",
		    diag_value(bad));
	filter_read_free(items);
	if (portal_needs_host(run->portal) && run->fields.columns.host < 0 &&
	    run->fields.columns.url < 0)
		diag_die(DIAG_REQUEST, NULL, "--not-marketing: hosts need a column "
		    "host or url in the input");
}

static void
read_map(struct run *run)
{
	if (run->config.identity == NULL)
		return;
	run->map = identity_new(filter_common(run->f)->zone);
	filter_read(run->config.identity, identity_columns, IDENTITY_COLUMNS,
	    identity_add, run->map);
	identity_ready(run->map);
}

/* --- columns --- */

static void
find_columns(struct run *run)
{
	struct text missing, key = run->common->key[0];

	run->table = (struct fields_table){ run->f, filter_column_of,
		filter_name_of, (int)filter_ncolumns(run->f) };
	fields_init(&run->fields, &run->table, key, run->map);
	filter_need(run->f, "time");
	filter_need(run->f, "event");
	if (run->map == NULL || run->common->sorted || run->fields.by == OWNER_COLUMN)
		filter_need_of(run->f, key,
		    "rows by lead: -k COLUMN groups by another, --identity MAP finds leads");
	if (run->config.carry != NULL && !fields_carry(&run->fields, &run->table,
		text_of(run->config.carry), &missing))
		filter_need_text(run->f, missing);
	fields_keep(&run->fields, &run->table);
}

/* The key stands first; a cell of the same name is not repeated. */
static void
set_output(struct run *run)
{
	size_t n = telling_ncolumns(run->telling);
	char room[LIFELINE_NAME];

	run->cells = mem_new(n, sizeof(*run->cells));
	run->texts = mem_new(n, sizeof(*run->texts));
	run->key = filter_add_text(run->f, run->common->key[0]);
	for (size_t i = 0; i < n; i++)
		run->cells[i] = filter_add_text(run->f,
		    telling_name(run->telling, i, &run->table, room));
	filter_start(run->f);
}

static struct run *
begin(int argc, char *argv[])
{
	struct run *run = mem_new(1, sizeof(*run));

	run->config.visit_gap_us = IDENTITY_VISIT_US;
	run->config.max_touches = 10000;
	run->config.touches_of = JOURNEY_TOUCHES;
	run->f = filter_begin(&spec, &run->config, argc, argv);
	run->common = filter_common(run->f);
	set_rules(run);
	read_map(run);
	find_columns(run);
	read_portal(run);
	run->owner = owner_new(run->fields.by, run->map,
	    run->fields.columns.step[STEP_DEAL_ID] >= 0);
	run->journey = journey_new(&run->rules, &run->fields.columns);
	run->telling = telling_new(&run->fields, run->journey, run->config.lines);
	set_output(run);
	return run;
}

/* --- rows into groups --- */

/* A row on its way to its group. */
struct row {
	const struct tsv_block *b;
	size_t r;
	struct arrange_place place;
	struct owner_row who;
};

/* NULL, or what is wrong with the row. */
static const struct arrange_problem *
read_row(struct run *run, struct row *row)
{
	struct fields_row cells = { filter_cell_of, row->b, row->r };
	struct arrange_row a = fields_arrange(&run->fields, &cells);
	const struct arrange_problem *problem = arrange_read(&a, &row->place);

	if (problem == NULL)
		fields_owner(&run->fields, &cells, row->place.at,
		    run->config.visit_gap_us, &row->who);
	return problem;
}

static void
keep_row(struct run *run, const struct row *row, struct text key)
{
	if (run->config.identified && !owner_is_named(run->owner, &row->who, key))
		run->unnamed++;
	else
		filter_gather(run->f, key, row->place.at, row->place.minor, row->b,
		    row->r);
}

/* Keep a sound row under its group; a deal may have to wait for its own. */
static void
gather_row(struct run *run, const struct tsv_block *b, size_t r)
{
	const struct arrange_problem *problem;
	struct text key;
	struct row row;

	row.b = b;
	row.r = r;
	problem = read_row(run, &row);

	if (problem != NULL) {
		filter_reject(run->f, b, r, filter_column(run->f, problem->column),
		    problem->reason, problem->why);
		return;
	}
	if (row.place.at != INT64_MAX && !filter_in_time(run->f, row.place.at))
		return;
	switch (owner_group(run->owner, &row.who, &key)) {
	case OWNER_NOBODY:
		run->nobody++;
		break;
	case OWNER_WAITS:
		held_add(&run->waiting, b, r, filter_ncolumns(run->f));
		break;
	case OWNER_GROUP:
		keep_row(run, &row, key);
		break;
	}
}

/* All rows were seen: the earliest lead of each account is known. */
static void
gather_waiting(struct run *run)
{
	for (size_t i = 0; i < run->waiting.n; i++) {
		struct row row = { .b = &run->waiting.rows[i] };

		read_row(run, &row);
		keep_row(run, &row, owner_earliest(run->owner,
		    owner_lead(run->owner, &row.who).account_id, row.who.deal_id));
	}
	held_clear(&run->waiting);
}

static struct group_store *
gather(struct run *run)
{
	const int *step = run->fields.columns.step;
	struct group_store *store = filter_gather_begin(run->f, run->fields.kept,
	    run->fields.nkept, step[STEP_EVENT_ID]);
	struct tsv_block b;

	group_keep_time(store, step[STEP_TIME]);
	if (run->config.with != NULL)
		group_want(store, step[STEP_EVENT], text_of(run->config.with));
	while (filter_block(run->f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			gather_row(run, &b, r);
	gather_waiting(run);
	return store;
}

/* --- groups that came grouped --- */

/* Does the row stay? One that is bad or out of time is told about here. */
static bool
admit(void *of, const struct arrange_problem *problem, int64_t at)
{
	struct run *run = of;
	struct diag_at where = { .column = problem != NULL ? problem->column : NULL };

	if (problem == &fields_no_key)
		filter_drop(run->f, "no_key", 1);
	else if (problem != NULL)
		filter_reject_record(run->f, &where, problem->reason, problem->why,
		    run->given_key, run->given_key);
	return problem == NULL && (at == INT64_MAX || filter_in_time(run->f, at));
}

/* --- groups out --- */

/* The key last: a cell of its name would stand in its place. */
static void
write_rows(struct run *run, struct text key)
{
	struct arena *arena = filter_arena(run->f);
	size_t n = telling_ncolumns(run->telling);

	while (telling_next(run->telling, arena, run->texts)) {
		for (size_t i = 0; i < n; i++)
			filter_set(run->f, run->cells[i], run->texts[i]);
		filter_set(run->f, run->key, key);
		filter_write(run->f);
	}
}

static void
write_group(struct run *run, struct journey_group *jg)
{
	static const struct diag_at path = { NULL, 0, "path" };
	uint64_t dropped = journey_dropped(run->journey);
	struct text key = jg->g->key;
	const struct journey_step *s;
	size_t n;

	fields_leads(&run->fields, run->owner, run->config.visit_gap_us,
	    filter_arena(run->f), jg);
	s = journey_read(run->journey, jg, &n);
	dropped = journey_dropped(run->journey) - dropped;
	if (run->config.with != NULL && !journey_has(run->journey, run->config.with))
		filter_drop(run->f, "not_with", jg->g->nrows - dropped);
	else if (telling_begin(run->telling, s, n))
		write_rows(run, key);
	else
		filter_reject_record(run->f, &path, "long", "a path too long for a line",
		    key, key);
}

static void
journeys_gathered(struct run *run)
{
	struct group_store *store = gather(run);
	struct group g;

	filter_drop(run->f, "no_key", run->nobody);
	filter_drop(run->f, "not_identified", run->unnamed);
	while (filter_group(run->f, &g))
		write_group(run, &(struct journey_group){ .g = &g });
	filter_drop(run->f, "not_with", group_unwanted(store));
}

static void
journeys_given(struct run *run)
{
	struct fields_gate gate = { admit, run };
	struct group g, sorted;

	filter_grouped_begin(run->f, run->fields.key, run->fields.kept,
	    run->fields.nkept);
	while (filter_group(run->f, &g)) {
		struct fields_row row = fields_of_group(&g, 0);
		struct owner_row who;
		int64_t *at;

		run->given_key = g.key;
		fields_owner(&run->fields, &row, 0, 0, &who);
		if (run->config.identified && !owner_is_named(run->owner, &who, g.key)) {
			filter_drop(run->f, "not_identified", g.nrows);
			continue;
		}
		fields_sort(&run->fields, &g, &gate, filter_arena(run->f), &sorted, &at);
		write_group(run, &(struct journey_group){ .g = &sorted, .at = at });
	}
}

static int
end(struct run *run)
{
	struct filter *f = run->f;
	const char *name;
	uint64_t n;
	bool gone;

	for (unsigned i = 0;
	    (name = journey_count(run->journey, i, &n, &gone)) != NULL; i++)
		(gone ? filter_drop : filter_count)(f, name, n);
	telling_free(run->telling);
	journey_free(run->journey);
	owner_free(run->owner);
	portal_free(run->portal);
	identity_free(run->map);
	fields_clear(&run->fields);
	mem_free(run->config.not_marketing.v);
	mem_free(run->cells);
	mem_free(run->texts);
	mem_free(run);
	return filter_end(f);
}

int
main(int argc, char *argv[])
{
	struct run *run = begin(argc, argv);

	if (run->common->sorted)
		journeys_given(run);
	else
		journeys_gathered(run);
	return end(run);
}
