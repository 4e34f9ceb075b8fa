/* credit.c - which touches of a group may earn each of its conversions */
#include "credit_state.h"

const char *
credit_want(struct credit_options *o, struct text milestone)
{
	const struct event *e = event_find(milestone);

	if (e == NULL || e->kind != EVENT_MILESTONE)
		return "not a milestone";
	if (text_equal(milestone, TEXT("refund")))
		return "refunds are booked under won";
	o->rule[event_rank(milestone)].wanted = true;
	return NULL;
}

struct credit *
credit_new(const struct credit_options *o)
{
	struct credit *c = mem_new(1, sizeof(*c));

	c->o = o;
	c->lead = event_rank(TEXT("lead"));
	c->mql = event_rank(TEXT("mql"));
	c->sql = event_rank(TEXT("sql"));
	c->meeting = event_rank(TEXT("meeting"));
	c->proposal = event_rank(TEXT("proposal"));
	c->opp = event_rank(TEXT("opp"));
	c->won = event_rank(TEXT("won"));
	c->stage = event_rank(TEXT("stage"));
	c->payment = event_rank(TEXT("payment"));
	c->refund = event_rank(TEXT("refund"));
	credit_clear(c);
	return c;
}

void
credit_free(struct credit *c)
{
	if (c == NULL)
		return;
	mem_free(c->all.v);
	mem_free(c->kept.v);
	mem_free(c->entry);
	mem_free(c->by_deal);
	mem_free(c->deals.v);
	mem_free(c->leads.v);
	mem_free(c);
}

void
credit_clear(struct credit *c)
{
	c->all.n = c->kept.n = 0;
	c->excluding = false;
	c->n = c->at = 0;
	c->deals.n = c->leads.n = 0;
	c->net = 0;
	memset(c->first, 0xff, sizeof(c->first));
	memset(c->last, 0xff, sizeof(c->last));
}

static void
add(struct credit_touches *to, const struct model_touch *t)
{
	if (to->n == to->cap)
		to->v = mem_grow(to->v, &to->cap, to->n + 1, sizeof(*to->v), CREDIT_TOUCHES,
		    "touches of one group");
	to->v[to->n++] = *t;
}

void
credit_touch(struct credit *c, const struct model_touch *t, bool excluded)
{
	struct model_touch mine = *t;

	mine.seq = (uint32_t)c->all.n;
	if (excluded && !c->excluding) {
		c->excluding = true;
		for (size_t i = 0; i < c->all.n; i++)
			add(&c->kept, &c->all.v[i]);
	}
	add(&c->all, &mine);
	if (c->excluding && !excluded)
		add(&c->kept, &mine);
}

void
credit_milestone(struct credit *c, const struct credit_milestone *m)
{
	unsigned rank = credit_rank(m->event);
	struct credit_entry *e;

	if (c->n == c->cap)
		c->entry = mem_grow(c->entry, &c->cap, c->n + 1, sizeof(*c->entry),
		    CREDIT_MILESTONES, "milestones of one group");
	e = &c->entry[c->n];
	e->m = *m;
	e->m.above = (uint32_t)c->all.n;
	e->previous = c->last[rank];
	if (m->precision != STEP_UNDATED) {
		c->last[rank] = (uint32_t)c->n;
		if (c->first[rank] == CREDIT_NONE)
			c->first[rank] = (uint32_t)c->n;
	}
	c->n++;
}

/* The touches that won the customer: those of the first won, else payment. */
static void
find_acquisition(struct credit *c, const struct credit_milestone *m, struct model_path *p)
{
	const struct credit_entry *base = credit_first(c, c->won);

	if (base == NULL)
		base = credit_first(c, c->payment);
	credit_path(c, base != NULL ? &base->m : m, 0, p);
}

/* Paths of everything but refunds. */
static void
find_eligible(struct credit *c, const struct credit_entry *e, struct model_path *p)
{
	const struct credit_milestone *m = &e->m;
	bool won = credit_rank(m->event) == c->won;
	bool paid = credit_rank(m->event) == c->payment;
	bool expansion = won && text_equal(m->deal_type, TEXT("expansion"));
	uint32_t since = 0;

	if (paid || (won && (c->o->acquisition ||
	    text_equal(m->deal_type, TEXT("renewal"))))) {
		find_acquisition(c, m, p);
		return;
	}
	if ((expansion || c->o->since_last) && e->previous != CREDIT_NONE)
		since = c->entry[e->previous].m.above;
	credit_path(c, m, since, p);
	if (expansion && p->window == p->n)
		find_acquisition(c, m, p);
}

/* The path of the deal's won. */
static void
find_refunded(struct credit *c, const struct credit_milestone *m,
    struct credit_conversion *v)
{
	const struct credit_entry *won = NULL;

	if (m->deal.len != 0)
		won = credit_deal_row(c, m->deal, c->won, INT64_MAX);
	if (won == NULL) {
		v->odd = "refund_without_sale";
		return;
	}
	if (won->m.at_us > m->at_us)
		v->odd = "refund_before_sale";
	else if (won->m.value >= 0 && credit_deal_net(c, m->deal) < 0)
		v->odd = "refund_over_sale";
	find_eligible(c, won, &v->path);
}

static void
find(struct credit *c, const struct credit_entry *e, struct credit_conversion *v)
{
	v->path = (struct model_path){ .half_us = 1 };
	memset(v->path.role, 0xff, sizeof(v->path.role)); /* MODEL_ABSENT */
	v->odd = NULL;
	if (e->m.precision == STEP_UNDATED)
		return;
	if (credit_rank(e->m.event) == c->refund)
		find_refunded(c, &e->m, v);
	else
		find_eligible(c, e, &v->path);
}

/* Under --value deal all that leads up to a won is worth what the won brought. */
static num_wide
value_of(struct credit *c, const struct credit_milestone *m)
{
	unsigned rank = credit_rank(m->event);

	if (!c->o->deal_value || m->precision == STEP_UNDATED)
		return m->value;
	if (rank <= c->sql)
		return credit_lead_net(c, m->lead);
	if (m->deal.len != 0 &&
	    (rank == c->meeting || rank == c->proposal || rank == c->opp ||
	        rank == c->stage))
		return credit_deal_net(c, m->deal);
	return m->value;
}

bool
credit_next(struct credit *c, struct credit_conversion *v)
{
	for (; c->at < c->n; c->at++) {
		const struct credit_entry *e = &c->entry[c->at];
		bool refund = credit_rank(e->m.event) == c->refund;
		num_wide value;

		v->booked = refund ? event_at(c->won) : e->m.event;
		if (!c->o->rule[credit_rank(v->booked)].wanted)
			continue;
		v->at = &e->m;
		v->conversions = refund ? 0 : NUM_MICROS;
		value = value_of(c, &e->m);
		v->value = (int64_t)value;
		v->too_large = value != v->value;
		find(c, e, v);
		c->at++;
		return true;
	}
	return false;
}

const struct credit_milestone *
credit_lead(const struct credit *c)
{
	const struct credit_entry *lead = credit_first(c, c->lead);

	return lead != NULL ? &lead->m : NULL;
}
