/* grading.c - whose row is it that is scored, and what becomes of its lead? */
#include <lead/base/when.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/score/grading.h>
#include <lead/domain/score/quota.h>

#include "grading_sides.h"

/* --- columns --- */

static void
keep(struct grading *g, int col)
{
	size_t same = 0;

	while (same < g->nkept && g->kept[same] != col)
		same++;
	if (col >= 0 && same == g->nkept)
		g->kept[g->nkept++] = col;
}

struct text
grading_bind(struct grading *g, const struct fields_table *t)
{
	const struct {
		int *col;
		struct text name;
	} own[] = {
		{ &g->time, TEXT("time") }, /* first: refuse_time() */
		{ &g->event, TEXT("event") },
		{ &g->account, TEXT("account_id") },
		{ &g->event_id, TEXT("event_id") },
		{ &g->machine, TEXT("machine") },
	};

	grading_sides_read(g);
	g->key = t->column(t->of, g->key_name);
	g->precision = t->column(t->of, TEXT("precision"));
	g->nkept = 0;
	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
		*own[i].col = t->column(t->of, own[i].name);
		if (own[i].col != &g->time || g->sorted)
			keep(g, *own[i].col); /* rows that are gathered have it already */
	}
	for (unsigned c = 0; c < g->rules->ncolumns; c++) {
		g->column[c] = t->column(t->of, g->rules->columns[c]);
		keep(g, g->column[c]);
	}
	g->kept[g->nkept] = -1;
	for (size_t i = 0; g->identity != NULL && i < identity_ntypes(g->identity); i++)
		g->keys[i] = t->column(t->of, identity_type(g->identity, i));
	g->score = score_new(g->rules, g->zone);
	if ((g->time < 0) != (g->event < 0))
		return g->time < 0 ? TEXT("time") : TEXT("event");
	return g->key < 0 && g->identity == NULL ? g->key_name : TEXT_NONE;
}

void
grading_ask(struct grading *g, enum ripen_asks asks)
{
	g->asks = asks;
	if (asks == RIPEN_MQL)
		score_keep_bound(g->score);
}

/* --- rows --- */

static const struct group_refusal *
refuse_time(struct grading *g, const char *why)
{
	g->refusal = (struct group_refusal){ .bad = g->sorted ? 0 : (size_t)g->time,
		.column = "time", .reason = "time", .why = why };
	return &g->refusal;
}

/* in's event and time; or why the row does not count. */
static const struct group_refusal *
read_row(struct grading *g, const struct fields_row *r, struct grading_row *in)
{
	static const struct group_refusal machine = { .rule = "machine" };

	in->us = INT64_MIN;
	switch (when_parse(fields_cell(r, g->time), &in->us)) {
	case WHEN_OK:
		break;
	case WHEN_EMPTY:
		in->us = INT64_MIN;
		break;
	case WHEN_BAD:
	case WHEN_GAP:
		return refuse_time(g, "not a time");
	}
	in->timed = in->us != INT64_MIN;
	in->event = fields_cell(r, g->event);
	if (in->timed && (g->refusal.rule = g->outside(g->of, in->us)) != NULL)
		return &g->refusal;
	return scoring_is_machine(in->event, fields_cell(r, g->machine)) ? &machine : NULL;
}

static struct text
lead_of(const struct grading *g, const struct fields_row *r, const struct grading_row *in)
{
	struct text own = fields_cell(r, g->key), cell[IDENTITY_TYPES_MAX];
	uint32_t lead;

	if (own.len != 0 || g->identity == NULL)
		return own;
	for (size_t i = 0; i < identity_ntypes(g->identity); i++)
		cell[i] = fields_cell(r, g->keys[i]);
	lead = identity_find(g->identity, cell, in->timed, in->us,
	    in->timed ? in->us + IDENTITY_VISIT_US : 0);
	return lead == IDENTITY_NONE ? TEXT_NONE : identity_lead_id(g->identity, lead);
}

/* The account that the map gives a lead. */
static struct text
mapped_account(const struct grading *g, struct text lead)
{
	uint32_t n = g->identity != NULL ? identity_lead(g->identity, lead)
	    : IDENTITY_NONE;

	return n == IDENTITY_NONE ? TEXT_NONE : identity_account_id(g->identity, n);
}

/* One that won makes its account a customer. */
static void
note_customer(struct grading *g, const struct fields_row *r, const struct grading_row *in)
{
	struct text account = fields_cell(r, g->account);

	customer_add(g->customers, account.len != 0 ? account : mapped_account(g, in->lead),
	    in->us);
}

const struct group_refusal *
grading_take(struct grading *g, const struct fields_row *r, struct grading_row *in)
{
	static const struct group_refusal no_lead = { .rule = "no_lead" };
	const struct group_refusal *no = read_row(g, r, in);

	if (no != NULL)
		return no;
	in->lead = lead_of(g, r, in);
	if (text_is(in->event, "won"))
		note_customer(g, r, in);
	in->minor = event_minor(in->event, fields_cell(r, g->precision));
	return in->lead.len == 0 ? &no_lead : NULL;
}

/* --- one lead --- */

unsigned
grading_begin(struct grading *g, const struct group *group)
{
	struct profile_lead known;

	g->group = group;
	g->lead = (struct ripen){ .rules = g->rules, .score = g->score,
		.customers = g->customers, .asks = g->asks,
		.window_us = quota_window_us(g->as_of_us) };
	score_begin(g->score);
	known = profile_apply(g->profile, group->key, g->as_of_us, g->score);
	if (known.account.len == 0)
		known.account = mapped_account(g, group->key);
	ripen_begin(&g->lead, group->key, known.account, known.customer_us);
	return known.limits;
}

/* Rows that come by lead are judged here, the others were before. */
static const struct group_refusal *
judge(struct grading *g, size_t i, struct grading_row *in)
{
	struct fields_row r = fields_of_group(g->group, i);
	const struct group_refusal *no;

	if (!g->sorted) {
		in->event = group_field(g->group, i, g->event);
		in->us = group_at(g->group, i);
		in->timed = in->us != INT64_MIN;
		return NULL;
	}
	no = read_row(g, &r, in);
	if (no == NULL && in->timed && g->lead.timed && in->us < g->lead.last_us)
		no = refuse_time(g, "earlier than the row before of its lead (--sorted)");
	return no;
}

const struct group_refusal *
grading_add(void *of, size_t i)
{
	struct grading *g = of;
	struct text field[SCORING_COLUMNS_MAX];
	struct grading_row in;
	const struct group_refusal *no = judge(g, i, &in);

	if (no != NULL)
		return no;
	for (unsigned c = 0; c < g->rules->ncolumns; c++)
		field[c] = group_field(g->group, i, g->column[c]);
	if (ripen_add(&g->lead, in.event, in.timed, in.us,
	    group_field(g->group, i, g->account), field) != CONDITION_LIMIT)
		return NULL;
	g->refusal = (struct group_refusal){ .bad = g->nkept, .reason = "rule-limit",
		.why = "too hard for a pattern of the rules" };
	return &g->refusal;
}

/* An MQL of earlier scores stays one, from that time. */
static void
remember(const struct joined *previous, struct ripen *l)
{
	uint32_t row = previous != NULL ? joined_find(previous, l->id) : JOINED_NONE;
	int64_t us;

	if (row != JOINED_NONE &&
	    when_parse(joined_field(previous, row, 0), &us) == WHEN_OK) {
		l->is_mql = true;
		l->mql_us = us;
	}
}

struct score_sum
grading_end(struct grading *g)
{
	ripen_end(&g->lead, g->as_of_us);
	remember(g->previous, &g->lead);
	return score_at(g->score, g->as_of_us);
}
