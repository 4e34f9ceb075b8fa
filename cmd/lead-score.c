/*
 * lead-score - points by rule, with reasons
 *
 * in:   events, or a table with one row per lead (no time, no event)
 * out:  scores: one row per lead; or mql events, or a row per lead and rule
 * rule: each line of the rules that holds adds its points (lead-rules(5))
 */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/customer.h>
#include <lead/domain/event.h>
#include <lead/domain/identity.h>
#include <lead/domain/joined.h>
#include <lead/domain/profile.h>
#include <lead/domain/quota.h>
#include <lead/domain/ripen.h>
#include <lead/domain/scorecard.h>

enum { RULES_MAX = 8 << 20, WEEKS = 8 };

struct config {
	const char *rules, *identity, *attributes, *previous, *capacity;
	bool emit_events, explain;
};

static const struct opt opts[] = {
	{ 'r', "rules", "FILE", OPT_TEXT, offsetof(struct config, rules),
	    "the rules, lead-rules(5); must be given", NULL },
	{ 0, "identity", "MAP", OPT_TEXT, offsetof(struct config, identity),
	    "whose row is it: the map of lead-identify", NULL },
	{ 0, "attributes", "FILE", OPT_TEXT, offsetof(struct config, attributes),
	    "more columns of each lead: journeys, or any table by lead", NULL },
	{ 0, "previous", "FILE", OPT_TEXT, offsetof(struct config, previous),
	    "earlier scores: a lead that was an MQL stays one", NULL },
	{ 0, "emit-events", NULL, OPT_FLAG, offsetof(struct config, emit_events),
	    "write mql events for lead-journey instead", NULL },
	{ 0, "explain-score", NULL, OPT_FLAG, offsetof(struct config, explain),
	    "write a row for each lead and rule that holds instead", NULL },
	{ 0, "capacity", "N/week", OPT_TEXT, offsetof(struct config, capacity),
	    "print the cut that gives sales at most N new leads a week", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-score",
	.purpose = "points by rule, with reasons",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_KEY | FILTER_SPILL | FILTER_SORTED | FILTER_TIME | FILTER_AS_OF,
	.key = "lead_id",
};

static const char *const cut_columns[] = { "cut", "leads", "weeks", "leads_per_week",
	NULL };

struct job {
	struct filter *f;
	const struct config *cfg;
	int64_t as_of_us;
	struct text key_name, rules_bytes;
	struct scoring *rules;
	struct score *score;
	struct identity *identity;
	struct profile *profile;
	struct joined *previous;
	struct customer *customers;
	struct quota *quota;
	size_t a_week; /* --capacity */
	struct scorecard *card;
	int key, time, event, precision, account, machine, event_id;
	int keys[IDENTITY_TYPES_MAX];    /* columns of the map's key types */
	int column[SCORING_COLUMNS_MAX]; /* of the rules' columns, or -1 */
	int kept[SCORING_COLUMNS_MAX + 5];
	int cell[SCORECARD_CELLS];
};

/* --- begin --- */

static void
load_rules(struct job *j)
{
	struct diag_at at = { j->cfg->rules, 0, NULL };
	struct scoring_error e;

	if (j->cfg->rules == NULL)
		diag_die(DIAG_REQUEST, NULL, "--rules FILE must be given");
	j->rules_bytes = filter_read_file(j->cfg->rules, RULES_MAX);
	j->rules = scoring_new(j->rules_bytes, &e);
	at.line = e.line;
	if (j->rules == NULL)
		diag_die(DIAG_REQUEST, &at, "%zu: %s", e.at, e.why);
	j->card = scorecard_new(j->rules, j->rules_bytes);
}

static void
load_capacity(struct job *j)
{
	if ((j->cfg->capacity != NULL) + j->cfg->emit_events + j->cfg->explain > 1)
		diag_die(DIAG_REQUEST, NULL,
		    "--capacity, --emit-events, --explain-score: one at a time");
	if (j->cfg->capacity == NULL)
		return;
	if (!quota_parse(text_of(j->cfg->capacity), &j->a_week))
		diag_die(DIAG_REQUEST, NULL, "--capacity: not a number of leads such as "
		    "40/week: %s", diag_value(text_of(j->cfg->capacity)));
	j->quota = quota_new();
}

static void
load_attributes(struct job *j)
{
	struct text header;
	const char *const *names;
	size_t n;

	if (j->cfg->attributes == NULL)
		return;
	header = filter_read_header(j->cfg->attributes, &n);
	j->profile = profile_new(j->rules, header, j->key_name);
	filter_read_free(header);
	names = profile_names(j->profile, &n);
	filter_read(j->cfg->attributes, names, n, joined_add, profile_table(j->profile));
	profile_add_customers(j->profile, j->as_of_us, j->customers);
}

static void
load_tables(struct job *j)
{
	char *key = mem_copy(j->key_name.s, j->key_name.len);
	const char *previous[] = { key, "mql_at" };

	if (j->cfg->identity != NULL) {
		j->identity = identity_new(filter_common(j->f)->zone);
		filter_read(j->cfg->identity, identity_columns, IDENTITY_COLUMNS,
		    identity_add, j->identity);
		identity_ready(j->identity);
	}
	load_attributes(j);
	if (j->cfg->previous != NULL) {
		j->previous = joined_new(1);
		filter_read(j->cfg->previous, previous, 2, joined_add, j->previous);
	}
	mem_free(key);
}

/*
 * Events need both time and event, a table by lead neither. A rule on a column
 * that is nowhere never fires: worth a word.
 */
static void
find_columns(struct job *j)
{
	struct filter *f = j->f;

	j->key = filter_column_text(f, j->key_name);
	j->time = filter_column(f, "time");
	j->event = filter_column(f, "event");
	if ((j->time < 0) != (j->event < 0))
		filter_need(f, j->time < 0 ? "time" : "event");
	j->precision = filter_column(f, "precision");
	j->account = filter_column(f, "account_id");
	j->machine = filter_column(f, "machine");
	j->event_id = filter_column(f, "event_id");
	for (unsigned c = 0; c < j->rules->ncolumns; c++) {
		j->column[c] = filter_column_text(f, j->rules->columns[c]);
		if (j->column[c] < 0 && !profile_has(j->profile, c))
			diag_warn(NULL, "no column %s: its rules never hold",
			    diag_value(j->rules->columns[c]));
	}
	for (size_t i = 0; j->identity != NULL && i < identity_ntypes(j->identity); i++)
		j->keys[i] = filter_column_text(f, identity_type(j->identity, i));
	if (j->key < 0 && j->identity == NULL)
		diag_die(DIAG_DATA, NULL, "no column %s in the header, and no --identity",
		    diag_value(j->key_name));
}

static void
add_columns(struct job *j)
{
	const char *const *names = j->quota != NULL ? cut_columns :
	    j->cfg->emit_events ? scorecard_events :
	    j->cfg->explain ? scorecard_parts : scorecard_scores;

	for (size_t i = 0; names[i] != NULL; i++)
		j->cell[i] = names[i][0] == '\0' ?
		    filter_add_text(j->f, j->key_name) : filter_add(j->f, names[i]);
}

/* --- rows in --- */

/* What a row is worth to us before it is gathered. */
struct moment {
	bool timed;
	int64_t us;
	struct text event;
};

/* false: the row is not to be used, and accounted for. */
static bool
read_moment(struct job *j, struct text time, struct text mark, struct moment *m,
    const char **bad)
{
	*bad = NULL;
	m->us = INT64_MIN; /* without a time: older than all */
	switch (when_parse(time, &m->us)) {
	case WHEN_OK:
		m->timed = true;
		break;
	case WHEN_EMPTY:
		m->timed = false;
		m->us = INT64_MIN;
		break;
	case WHEN_BAD:
	case WHEN_GAP:
		*bad = "not a time";
		return false;
	}
	if (m->timed && !filter_in_time(j->f, m->us))
		return false;
	if (scoring_is_machine(m->event, mark)) {
		filter_drop(j->f, "machine", 1);
		return false;
	}
	return true;
}

/* The lead of a row, by its own column or the map. */
static struct text
lead_of(const struct job *j, const struct tsv_block *b, size_t r, const struct moment *m)
{
	struct text own = tsv_field(b, r, j->key), cell[IDENTITY_TYPES_MAX];
	uint32_t lead;

	if (own.len != 0 || j->identity == NULL)
		return own;
	for (size_t i = 0; i < identity_ntypes(j->identity); i++)
		cell[i] = tsv_field(b, r, j->keys[i]);
	lead = identity_find(j->identity, cell, m->timed, m->us,
	    m->timed ? m->us + IDENTITY_VISIT_US : 0);
	return lead == IDENTITY_NONE ? TEXT_NONE : identity_lead_id(j->identity, lead);
}

/* The account that the map gives a lead. */
static struct text
mapped_account(const struct job *j, struct text lead)
{
	uint32_t n = j->identity != NULL ? identity_lead(j->identity, lead) : IDENTITY_NONE;

	return n == IDENTITY_NONE ? TEXT_NONE : identity_account_id(j->identity, n);
}

static void
gather_row(struct job *j, const struct tsv_block *b, size_t r)
{
	struct moment m = { .event = tsv_field(b, r, j->event) };
	struct text lead, account = tsv_field(b, r, j->account);
	const char *bad;

	if (!read_moment(j, tsv_field(b, r, j->time), tsv_field(b, r, j->machine), &m,
		&bad)) {
		if (bad != NULL)
			filter_reject(j->f, b, r, j->time, "time", bad);
		return;
	}
	lead = lead_of(j, b, r, &m);
	if (text_is(m.event, "won"))
		customer_add(j->customers,
		    account.len != 0 ? account : mapped_account(j, lead), m.us);
	if (lead.len == 0)
		filter_drop(j->f, "no_lead", 1);
	else
		filter_gather(j->f, lead, m.us,
		    event_minor(m.event, tsv_field(b, r, j->precision)), b, r);
}

/* Columns that a lead's rows keep, each once. */
static size_t
kept_columns(const struct job *j, int *cols)
{
	const int own[] = { j->event, j->account, j->event_id, j->time, j->machine };
	size_t n = 0, nown = sizeof(own) / sizeof(own[0]);

	for (size_t i = 0; i < nown + j->rules->ncolumns; i++) {
		int col = i < nown ? own[i] : j->column[i - nown];
		size_t same = 0;

		while (same < n && cols[same] != col)
			same++;
		if (col >= 0 && same == n)
			cols[n++] = col;
	}
	return n;
}

static void
gather(struct job *j)
{
	size_t n = kept_columns(j, j->kept);
	struct tsv_block b;

	if (filter_common(j->f)->sorted) {
		if (j->identity != NULL || j->key < 0)
			diag_die(DIAG_REQUEST, NULL,
			    "--sorted: rows have their lead already, without --identity");
		filter_grouped_begin(j->f, j->key, j->kept, n);
		return;
	}
	filter_gather_begin(j->f, j->kept, n, j->event_id);
	while (filter_block(j->f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			gather_row(j, &b, r);
}

/* --- one lead --- */

static void
begin_lead(struct job *j, struct text id, struct ripen *l)
{
	struct profile_lead known;

	score_begin(j->score);
	known = profile_apply(j->profile, id, j->as_of_us, j->score);
	filter_count(j->f, "rule_limit", known.limits);
	if (known.account.len == 0)
		known.account = mapped_account(j, id);
	ripen_begin(l, id, known.account, known.customer_us);
}

/* The moment of row i; of sorted input it is judged here. */
static bool
moment_of(struct job *j, const struct group *g, size_t i, const struct ripen *l,
    struct moment *m)
{
	struct diag_at at = { NULL, 0, "time" };
	const char *bad;

	m->event = group_field(g, i, j->event);
	if (!filter_common(j->f)->sorted) {
		m->us = group_at(g, i);
		m->timed = m->us != INT64_MIN;
		return true;
	}
	if (read_moment(j, group_field(g, i, j->time), group_field(g, i, j->machine), m,
		&bad)) {
		if (!m->timed || !l->timed || m->us >= l->last_us)
			return true;
		bad = "earlier than the row before of its lead (--sorted)";
	}
	if (bad != NULL)
		filter_reject_record(j->f, &at, "time", bad, group_field(g, i, j->time),
		    TEXT_NONE);
	return false;
}

static void
add_event(struct job *j, const struct group *g, size_t i, const struct moment *m,
    struct ripen *l)
{
	struct text field[SCORING_COLUMNS_MAX];
	struct diag_at at = { NULL, 0, NULL };

	for (unsigned c = 0; c < j->rules->ncolumns; c++)
		field[c] = group_field(g, i, j->column[c]);
	if (ripen_add(l, m->event, m->timed, m->us, group_field(g, i, j->account),
		field) == CONDITION_LIMIT)
		filter_reject_record(j->f, &at, "rule-limit",
		    "too hard for a pattern of the rules", l->id, TEXT_NONE);
}

/* An MQL of earlier scores stays one, from that time. */
static void
remember(struct job *j, struct ripen *l)
{
	uint32_t row = j->previous != NULL ? joined_find(j->previous, l->id) : JOINED_NONE;
	int64_t us;

	if (row != JOINED_NONE &&
	    when_parse(joined_field(j->previous, row, 0), &us) == WHEN_OK) {
		l->is_mql = true;
		l->mql_us = us;
	}
}

/* --- tables out --- */

static void
put_row(struct job *j, const struct text *cell, const char *const *columns)
{
	if (cell == NULL)
		return;
	for (size_t i = 0; columns[i] != NULL; i++)
		filter_set_value(j->f, j->cell[i], cell[i]);
	filter_write(j->f);
}

static void
one_lead(struct job *j, const struct group *g)
{
	struct ripen l = { .rules = j->rules, .score = j->score,
		.customers = j->customers, .bests = j->quota != NULL,
		.window_us = j->as_of_us - WEEKS * 7 * WHEN_DAY };
	struct score_sum sum;
	struct moment m;

	begin_lead(j, g->key, &l);
	for (size_t i = 0; i < g->nrows; i++)
		if (moment_of(j, g, i, &l, &m))
			add_event(j, g, i, &m, &l);
	ripen_end(&l, j->as_of_us);
	remember(j, &l);
	sum = score_at(j->score, j->as_of_us);
	filter_count(j->f, score_class_name(ripen_class(&l, &sum)), 1);
	if (j->quota != NULL)
		quota_add(j->quota, l.before, l.best);
	else if (j->cfg->emit_events)
		put_row(j, scorecard_event(j->card, &l), scorecard_events);
	else if (!j->cfg->explain)
		put_row(j, scorecard_score(j->card, &l, &sum), scorecard_scores);
	for (size_t i = 0; j->cfg->explain && i < scorecard_nparts(j->card); i++)
		put_row(j, scorecard_part(j->card, &l, &sum, i), scorecard_parts);
}

static void
write_capacity(struct job *j)
{
	int64_t cut, mean = 0;
	size_t leads;

	if (!quota_cut(j->quota, j->a_week * WEEKS, &cut, &leads))
		return;
	num_ratio((num_wide)leads, WEEKS, &mean);
	filter_set_micros(j->f, j->cell[0], cut);
	filter_set_count(j->f, j->cell[1], (int64_t)leads);
	filter_set_count(j->f, j->cell[2], WEEKS);
	filter_set_micros(j->f, j->cell[3], mean);
	filter_write(j->f);
}

static void
job_clear(struct job *j)
{
	scorecard_free(j->card);
	score_free(j->score);
	scoring_free(j->rules);
	identity_free(j->identity);
	profile_free(j->profile);
	joined_free(j->previous);
	customer_free(j->customers);
	quota_free(j->quota);
	filter_read_free(j->rules_bytes);
}

int
main(int argc, char *argv[])
{
	struct config cfg = { 0 };
	struct job j = { .cfg = &cfg };
	struct group g;

	j.f = filter_begin(&spec, &cfg, argc, argv);
	j.as_of_us = filter_common(j.f)->as_of_us;
	j.key_name = filter_common(j.f)->key[0];
	j.customers = customer_new();
	load_rules(&j);
	load_capacity(&j);
	load_tables(&j);
	find_columns(&j);
	add_columns(&j);
	filter_start(j.f);
	j.score = score_new(j.rules, filter_common(j.f)->zone);
	gather(&j);
	while (filter_group(j.f, &g))
		one_lead(&j, &g);
	if (j.quota != NULL)
		write_capacity(&j);
	job_clear(&j);
	return filter_end(j.f);
}
