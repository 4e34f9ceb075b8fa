/* grading.c - whose row is it that is scored, and what becomes of its lead? */
#include <lead/base/when.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/score/grading.h>

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

void
grading_bind(struct grading *g, const struct fields_table *t)
{
	const struct {
		int *col;
		struct text name;
	} own[] = {
		{ &g->event, TEXT("event") },
		{ &g->account, TEXT("account_id") },
		{ &g->event_id, TEXT("event_id") },
		{ &g->time, TEXT("time") },
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
	for (size_t i = 0; g->identity != NULL && i < identity_ntypes(g->identity); i++)
		g->keys[i] = t->column(t->of, identity_type(g->identity, i));
	g->score = score_new(g->rules, g->zone);
}

bool
grading_has(const struct grading *g, unsigned c)
{
	return g->column[c] >= 0 || profile_has(g->profile, c);
}

/* --- rows --- */

bool
grading_read(const struct grading *g, const struct fields_row *r, struct grading_row *in)
{
	in->us = INT64_MIN;
	in->timed = false;
	switch (when_parse(fields_cell(r, g->time), &in->us)) {
	case WHEN_OK:
		in->timed = true;
		break;
	case WHEN_EMPTY:
		in->us = INT64_MIN;
		break;
	case WHEN_BAD:
	case WHEN_GAP:
		return false;
	}
	in->event = fields_cell(r, g->event);
	in->machine = scoring_is_machine(in->event, fields_cell(r, g->machine));
	return true;
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

struct text
grading_owner(struct grading *g, const struct fields_row *r, const struct grading_row *in)
{
	struct text lead = lead_of(g, r, in), account;

	if (!text_is(in->event, "won"))
		return lead;
	account = fields_cell(r, g->account);
	customer_add(g->customers, account.len != 0 ? account : mapped_account(g, lead),
	    in->us);
	return lead;
}

uint32_t
grading_minor(const struct grading *g, const struct fields_row *r,
    const struct grading_row *in)
{
	return event_minor(in->event, fields_cell(r, g->precision));
}

/* --- one lead --- */

unsigned
grading_begin(struct grading *g, struct text lead)
{
	struct profile_lead known;

	g->lead = (struct ripen){ .rules = g->rules, .score = g->score,
		.customers = g->customers, .bests = g->bests,
		.window_us = g->window_us };
	score_begin(g->score);
	known = profile_apply(g->profile, lead, g->as_of_us, g->score);
	if (known.account.len == 0)
		known.account = mapped_account(g, lead);
	ripen_begin(&g->lead, lead, known.account, known.customer_us);
	return known.limits;
}

/* Row i again; *stays is whether it counts, or what is wrong with its time. */
static const char *
read_again(const struct grading *g, const struct group *group, size_t i,
    const struct grading_gate *gate, struct grading_row *in, bool *stays)
{
	struct fields_row r = fields_of_group(group, i);

	*stays = true;
	if (gate->admit == NULL) {
		*in = (struct grading_row){ .event = group_field(group, i, g->event),
			.us = group_at(group, i) };
		in->timed = in->us != INT64_MIN;
		return NULL;
	}
	if (!grading_read(g, &r, in))
		return "not a time";
	*stays = gate->admit(gate->of, in);
	return *stays && in->timed && g->lead.timed && in->us < g->lead.last_us
	    ? "earlier than the row before of its lead (--sorted)" : NULL;
}

static enum condition_verdict
add_row(struct grading *g, const struct group *group, size_t i,
    const struct grading_row *in)
{
	struct text field[SCORING_COLUMNS_MAX];

	for (unsigned c = 0; c < g->rules->ncolumns; c++)
		field[c] = group_field(group, i, g->column[c]);
	return ripen_add(&g->lead, in->event, in->timed, in->us,
	    group_field(group, i, g->account), field);
}

const struct grading_fault *
grading_add(struct grading *g, const struct group *group, size_t i,
    const struct grading_gate *gate)
{
	struct grading_row in;
	bool stays;
	const char *why = read_again(g, group, i, gate, &in, &stays);

	if (why != NULL) {
		g->fault = (struct grading_fault){ "time", "time", why,
			group_field(group, i, g->time) };
		return &g->fault;
	}
	if (!stays || add_row(g, group, i, &in) != CONDITION_LIMIT)
		return NULL;
	g->fault = (struct grading_fault){ NULL, "rule-limit",
		"too hard for a pattern of the rules", g->lead.id };
	return &g->fault;
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
