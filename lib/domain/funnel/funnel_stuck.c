/* funnel_stuck.c - the list of those that are stuck, the oldest first */
#include <stdlib.h>

#include <lead/base/mem.h>

#include "funnel_state.h"

enum { DEALS_MAX = 1 << 28 };

const char *const funnel_stuck_columns[FUNNEL_STUCK_CELLS] = { "deal_id", "lead_id",
	"stage", "entered", "days", "rep", "value", "due" };

/* The lead of a deal, or the group's earliest, or the group itself. */
static struct text
lead_of(const struct life *l, const struct passage *p)
{
	const struct life_lead *lead = p->lead;

	if (lead == NULL && p->deal->lead != LIFE_NONE)
		lead = &l->lead[p->deal->lead];
	if (lead != NULL && lead->id.len != 0)
		return lead->id;
	return l->step[0].group->key;
}

void
funnel_stuck_keep(struct funnel *f, const struct funnel_deal *d)
{
	f->deal = mem_grow(f->deal, &f->deal_cap, f->ndeals + 1, sizeof(*f->deal),
	    DEALS_MAX, "open deals");
	f->deal[f->ndeals++] = *d;
}

void
funnel_stuck_add(struct funnel *f, const struct life *l, const struct passage *p,
    const struct funnel_money *money)
{
	struct funnel_deal d = { .stage = p->open_at, .since = p->since,
		.value = money->value, .has_value = money->has_value };

	if (p->state != STAGES_OPEN || !funnel_age(f, &p->since, &d.age_us))
		return;
	if (p->deal != NULL)
		d.deal = arena_text(&f->kept, p->deal->id);
	d.lead = arena_text(&f->kept, lead_of(l, p));
	d.rep = arena_text(&f->kept, p->deal != NULL
	    ? life_deal_text(l, p->deal, f->rep_col)
	    : life_lead_text(l, p->lead, f->rep_col));
	funnel_stuck_keep(f, &d);
}

static int
oldest_first(const void *a, const void *b)
{
	const struct funnel_deal *x = a, *y = b;
	int order;

	if (x->since.us != y->since.us)
		return x->since.us < y->since.us ? -1 : 1;
	order = text_compare(x->deal, y->deal);
	if (order == 0)
		order = text_compare(x->lead, y->lead);
	if (order == 0)
		order = x->stage - y->stage;
	if (order == 0)
		order = text_compare(x->rep, y->rep);
	return order != 0 ? order : (x->value > y->value) - (x->value < y->value);
}

/* The day by which half of those won had left the stage. */
static struct text
due_day(const struct funnel *f, const struct funnel_deal *d, char out[WHEN_TEXT])
{
	num_wide twice;
	int64_t stay;

	if (!durations_median(&f->yard[d->stage], &twice))
		return TEXT_NONE;
	stay = (int64_t)(twice / 2);
	return when_put_day(out, d->since.day_only ? d->since.day + stay / WHEN_DAY
	    : zone_day(f->rules.zone, d->since.us + stay));
}

static void
put_deal(const struct funnel *f, const struct funnel_deal *d, funnel_put *put,
    void *context)
{
	char entered[WHEN_TEXT], due[WHEN_TEXT], days[NUM_TEXT], value[NUM_TEXT];
	int64_t micros = 0;
	struct text cell[FUNNEL_STUCK_CELLS];

	num_ratio(d->age_us, WHEN_DAY, &micros);
	cell[0] = d->deal;
	cell[1] = d->lead;
	cell[2] = f->stages.v[d->stage].key;
	cell[3] = when_put(entered, d->since.us);
	cell[4] = num_put(days, micros);
	cell[5] = d->rep;
	cell[6] = d->has_value ? num_put_wide(value, d->value) : TEXT_NONE;
	cell[7] = due_day(f, d, due);
	put(context, cell);
}

void
funnel_stuck_report(struct funnel *f, funnel_put *put, void *context)
{
	num_wide limit;

	if (f->ndeals > 1)
		qsort(f->deal, f->ndeals, sizeof(*f->deal), oldest_first);
	for (size_t i = 0; i < f->ndeals; i++)
		if (funnel_limit(f, f->deal[i].stage, &limit) &&
		    f->deal[i].age_us > limit)
			put_deal(f, &f->deal[i], put, context);
}
