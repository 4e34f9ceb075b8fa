/* funnel_credit.c - what lead-attribute gave for a deal, laid on its stages */
#include <lead/base/mem.h>

#include "funnel_state.h"

enum { MARKS_MAX = 1 << 28 };

static const char *const columns[FUNNEL_CREDIT_COLUMNS] = {
	[FUNNEL_CREDIT_MODEL] = "model",
	[FUNNEL_CREDIT_MILESTONE] = "milestone",
	[FUNNEL_CREDIT_TIME] = "time",
	[FUNNEL_CREDIT_CONVERSIONS] = "conversions",
	[FUNNEL_CREDIT_VALUE] = "value",
	[FUNNEL_CREDIT_DEAL_ID] = "?deal_id",
	[FUNNEL_CREDIT_LEAD_ID] = "?lead_id",
	[FUNNEL_CREDIT_CONVERSION_ID] = "?conversion_id",
};

const char *const *
funnel_credit_table(struct funnel *f, struct text key, size_t *n)
{
	const char *own[FUNNEL_CREDIT_COLUMNS];
	char *name = arena_new(&f->kept, key.len + 1, 1);

	memcpy(name, key.s, key.len);
	memcpy(own, columns, sizeof(own));
	own[FUNNEL_CREDIT_KEY] = name;
	*n = FUNNEL_CREDIT_COLUMNS + f->by.nnames;
	return breakdown_columns(&f->by, own, FUNNEL_CREDIT_COLUMNS, true);
}

/* --- whose credit --- */

/* No field has a NUL. */
static struct hash
hash_of(struct funnel *f, struct text group, char kind, struct text id)
{
	f->key.len = 0;
	buf_put(&f->key, group);
	buf_byte(&f->key, '\0');
	buf_byte(&f->key, kind);
	buf_put(&f->key, id);
	return hash_text(buf_text(&f->key));
}

/* The mark that is added next. */
static void
belongs(struct funnel *f, struct hash h, bool won)
{
	bool added;
	uint32_t n = map_add(f->credited, h, &added);

	f->of = mem_grow(f->of, &f->of_cap, (size_t)n + 1, sizeof(*f->of), MARKS_MAX,
	    "deals with credit");
	if (added)
		f->of[n] = (uint32_t)f->nmarks << 1 | won;
}

static void
add_mark(struct funnel *f, const struct funnel_mark *m)
{
	f->mark = mem_grow(f->mark, &f->mark_cap, f->nmarks + 1, sizeof(*f->mark),
	    MARKS_MAX, "deals with credit");
	f->mark[f->nmarks++] = *m;
}

static void
belongs_deal(struct funnel *f, const struct life *l, const struct life_deal *d)
{
	struct text group = l->step[0].group->key;
	bool won = d->outcome == LIFE_WON;

	f->nwon += won;
	f->nopen += !won;
	if (d->id.len != 0) {
		belongs(f, hash_of(f, group, 'd', d->id), won);
		return;
	}
	for (ptrdiff_t row = d->first_row; row != LIFE_NONE; row = l->row[row].next_of_deal)
		belongs(f, hash_of(f, group, 'e',
		    step_text(&l->step[row], STEP_EVENT_ID)), won);
}

void
funnel_credit_deal(struct funnel *f, const struct life *l, const struct life_deal *d,
    const struct funnel_mark *m)
{
	belongs_deal(f, l, d);
	add_mark(f, m);
}

void
funnel_credit_lead(struct funnel *f, const struct life *l, const struct life_lead *lead,
    const struct funnel_mark *m)
{
	belongs(f, hash_of(f, l->step[0].group->key, 'l', lead->id), false);
	for (size_t i = 0; i < l->ndeals; i++)
		if (l->deal[i].lead == lead - l->lead)
			belongs_deal(f, l, &l->deal[i]);
	add_mark(f, m);
}

/* --- one row --- */

enum credit_of { OF_NOTHING, OF_LEAD, OF_OPP, OF_WON };

static enum credit_of
credit_of(struct text milestone)
{
	if (text_is(milestone, "lead"))
		return OF_LEAD;
	if (text_is(milestone, "opp"))
		return OF_OPP;
	return text_is(milestone, "won") ? OF_WON : OF_NOTHING;
}

/* Whose the row is: the number in of[], or MAP_NONE. */
static uint32_t
whose(struct funnel *f, const struct text *field, enum credit_of what)
{
	struct text group = field[FUNNEL_CREDIT_KEY], deal = field[FUNNEL_CREDIT_DEAL_ID];

	if (what == OF_LEAD)
		return map_get(f->credited,
		    hash_of(f, group, 'l', field[FUNNEL_CREDIT_LEAD_ID]));
	if (deal.len != 0)
		return map_get(f->credited, hash_of(f, group, 'd', deal));
	return map_get(f->credited,
	    hash_of(f, group, 'e', field[FUNNEL_CREDIT_CONVERSION_ID]));
}

/* What was won counts by the credit of its won row, another by that of its opp;
 * a refund is below zero, and no more of the deal. */
static void
add_share(struct funnel *f, uint32_t cell, uint32_t of, enum credit_of what,
    const int64_t share[2])
{
	const struct funnel_mark *m = &f->mark[of >> 1];
	bool refund = what == OF_WON && share[1] < 0, won = (of & 1) != 0;
	const struct funnel_money money = { .value = share[1], .has_value = !refund,
		.revenue = what == OF_WON ? share[1] : 0 };

	if (what == OF_LEAD) {
		funnel_cell_count(f, cell, m, share[0]);
		return;
	}
	if (won != (what == OF_WON))
		return;
	if (!f->of_leads && !refund)
		funnel_cell_count(f, cell, m, share[0]);
	funnel_cell_money(f, cell, m, &money);
}

static bool
is_late(const struct funnel *f, struct text time)
{
	int64_t us;

	return when_parse(time, &us) == WHEN_OK && us > f->rules.as_of_us;
}

const char *
funnel_credit_add(void *context, const struct text *field, size_t *bad)
{
	struct funnel *f = context;
	enum credit_of what = credit_of(field[FUNNEL_CREDIT_MILESTONE]);
	uint32_t model = cube_model(f->book.cube, field[FUNNEL_CREDIT_MODEL]), n;
	int64_t share[2];

	*bad = FUNNEL_CREDIT_CONVERSIONS;
	if (num_parse(field[FUNNEL_CREDIT_CONVERSIONS], &share[0]) != NUM_OK)
		return "not a number of six decimals";
	*bad = FUNNEL_CREDIT_VALUE;
	if (num_parse(field[FUNNEL_CREDIT_VALUE], &share[1]) != NUM_OK)
		return "not an amount of six decimals";
	f->credit_rows++;
	if (what == OF_NOTHING || (what == OF_LEAD && !f->of_leads))
		return NULL;
	f->told_lead += what == OF_LEAD;
	f->told_open += what == OF_OPP;
	f->told_won += what == OF_WON;
	n = whose(f, field, what);
	if (n == MAP_NONE || is_late(f, field[FUNNEL_CREDIT_TIME])) {
		f->credit_outside++;
		return NULL;
	}
	for (uint32_t i = 0; i < f->by.n; i++)
		if (f->by.v[i].by_credit)
			add_share(f, cube_find(f->book.cube, f->mark[f->of[n] >> 1].day,
			    i, model, breakdown_of_names(&f->by, i,
			    field + FUNNEL_CREDIT_COLUMNS)), f->of[n], what, share);
	return NULL;
}

unsigned
funnel_credit_covers(const struct funnel *f)
{
	bool won = f->nwon == 0 || f->told_won > 0;
	bool open = f->nopen == 0 || f->told_open > 0;
	bool count = f->of_leads ? f->told_lead > 0 : won && open;

	return (count ? FUNNEL_CREDITS_COUNT : 0U) |
	    (won && open ? FUNNEL_CREDITS_VALUE : 0U) |
	    (won ? FUNNEL_CREDITS_REVENUE : 0U);
}
