/* book_deal.c - the facts of a group's deals and refunds */
#include <lead/domain/figures/book_deal.h>
#include <lead/domain/figures/book_lead.h>
#include <lead/domain/figures/stock.h>

bool
book_deal_start(struct text name, enum book_start *s)
{
	static const char *const names[] = {
		[BOOK_FROM_FIRST] = "first",
		[BOOK_FROM_LEAD] = "lead",
		[BOOK_FROM_CONTACTED] = "contacted",
		[BOOK_FROM_MQL] = "mql",
		[BOOK_FROM_SQL] = "sql",
		[BOOK_FROM_OPP] = "opp",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is(name, names[i])) {
			*s = (enum book_start)i;
			return true;
		}
	return false;
}

/* --- reasons --- */

/* Case, blanks, _ and - do not tell two spellings apart. */
static char
spelled(char c)
{
	if (c == '_' || c == '-')
		return ' ';
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
same_reason(struct text a, struct text b)
{
	a = text_trim(a);
	b = text_trim(b);
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (spelled(a.s[i]) != spelled(b.s[i]))
			return false;
	return true;
}

static bool
is_silent(const struct book *b, const struct life *l, const struct life_deal *d)
{
	struct text reason;

	if (d->outcome != LIFE_LOST || b->by->reason_col < 0)
		return false;
	reason = life_deal_text(l, d, b->by->reason_col);
	for (size_t i = 0; i < b->rules->nsilent; i++)
		if (same_reason(reason, b->rules->silent[i]))
			return true;
	return false;
}

static void
add_revenue(struct book *b, struct book_places *p, enum life_type type,
    int64_t value)
{
	static const enum cube_measure by_type[] = {
		[LIFE_NEW] = CUBE_REVENUE_NEW,
		[LIFE_EXPANSION] = CUBE_REVENUE_EXPANSION,
		[LIFE_RENEWAL] = CUBE_REVENUE_RENEWAL,
	};

	book_add(b, p, CUBE_REVENUE, value);
	book_add(b, p, by_type[type], value);
}

static const struct life_when *
start_of(const struct life *l, const struct life_deal *d, enum book_start s)
{
	static const struct life_when never = { 0 };
	const struct life_lead *lead =
	    l->first_lead != LIFE_NONE ? &l->lead[l->first_lead] : NULL;

	switch (s) {
	case BOOK_FROM_OPP:
		return &d->opp;
	case BOOK_FROM_FIRST:
		return lead != NULL ? &lead->first : &never;
	case BOOK_FROM_LEAD:
		return lead != NULL ? &lead->at[LIFE_LEAD] : &never;
	case BOOK_FROM_CONTACTED:
		return lead != NULL ? &lead->at[LIFE_CONTACTED] : &never;
	case BOOK_FROM_MQL:
		return lead != NULL ? &lead->at[LIFE_MQL] : &never;
	case BOOK_FROM_SQL:
		return lead != NULL ? &lead->at[LIFE_SQL] : &never;
	}
	return &never;
}

/* A renewal has no way to closing; an expansion's begins with its opp. */
static void
book_way(struct book *b, const struct life *l, const struct life_deal *d,
    struct book_places *p)
{
	int64_t us;

	if (d->type == LIFE_RENEWAL)
		return;
	if (book_forward(b, &d->opp, &d->closed, &us))
		book_time(b, p, CUBE_CYCLE, us);
	for (size_t i = 0; d->type == LIFE_NEW && i < b->rules->nstarts; i++) {
		const struct life_when *from = start_of(l, d, b->rules->start[i]);

		if (!from->set || !from->dated)
			continue;
		if (book_forward(b, from, &d->closed, &us))
			book_time(b, p, CUBE_TO_CLOSE, us);
		break;
	}
}

static void
book_won(struct book *b, const struct life *l, const struct life_deal *d,
    struct book_places *p)
{
	bool renewal = d->type == LIFE_RENEWAL;

	book_count(b, p, CUBE_DEALS);
	book_add(b, p, CUBE_WON_VALUE, d->value);
	add_revenue(b, p, d->type, d->value);
	book_count(b, p, renewal ? CUBE_RENEWALS_WON : CUBE_CLOSED_WON);
	book_count_if(b, p, !renewal && d->opp.set, CUBE_OPPS_WON);
	book_count_if(b, p, d - l->deal == l->first_won && d->type == LIFE_NEW,
	    CUBE_CUSTOMERS);
	book_way(b, l, d, p);
}

static void
book_one(struct book *b, const struct life *l, const struct life_deal *d)
{
	bool renewal = d->type == LIFE_RENEWAL, all_time;
	struct book_lines at;
	struct book_places p;

	book_lines_of_deal(b, l, d, &at);
	all_time = b->rules->period == WHEN_BY_ALL;
	b->undated += !all_time && d->opp.set && !d->opp.dated;
	b->undated += !all_time && d->closed.set && !d->closed.dated;
	book_at(b, &at, &d->opp, &p);
	book_count(b, &p, CUBE_OPPS);
	book_count_if(b, &p, !renewal, CUBE_OPPS_NEW);
	book_at(b, &at, &d->closed, &p);
	book_count(b, &p, renewal ? CUBE_RENEWALS_CLOSED : CUBE_CLOSED);
	if (d->outcome == LIFE_WON)
		book_won(b, l, d, &p);
	book_count_if(b, &p, d->outcome == LIFE_LOST, CUBE_LOST);
	book_count_if(b, &p, is_silent(b, l, d), CUBE_LOST_SILENT);
	stock_deal(b->stock, b, l, d, &at);
}

static void
book_refund(struct book *b, const struct life *l, const struct life_refund *r)
{
	struct book_places p;
	const struct life_deal *d = book_at_refund(b, l, r, &p);

	book_add(b, &p, CUBE_REFUNDS, r->value);
	add_revenue(b, &p, d != NULL ? d->type : LIFE_NEW, r->value);
}

/* What the group's deals brought, in the cohort of its earliest lead. */
static void
book_cohort_deals(struct book *b, const struct life *l, struct book_places *p)
{
	book_count_if(b, p, l->first_won != LIFE_NONE, CUBE_C_CUSTOMERS);
	for (size_t i = 0; i < l->nrefunds; i++)
		book_add(b, p, CUBE_C_REVENUE, l->refund[i].value);
	for (size_t i = 0; i < l->ndeals; i++) {
		const struct life_deal *d = &l->deal[i];
		bool won = d->outcome == LIFE_WON, lost = d->outcome == LIFE_LOST;
		bool apart = d->type == LIFE_RENEWAL;

		if (won)
			book_add(b, p, CUBE_C_REVENUE, d->value);
		book_count_if(b, p, lost, CUBE_C_LOST);
		book_count_if(b, p, is_silent(b, l, d), CUBE_C_LOST_SILENT);
		book_count_if(b, p, won && !apart, CUBE_C_CLOSED_WON);
		book_count_if(b, p, (won || lost) && !apart, CUBE_C_CLOSED);
		book_count_if(b, p, d->opp.set && !apart, CUBE_C_OPPS);
		book_count_if(b, p, won && d->opp.set && !apart, CUBE_C_OPPS_WON);
	}
}

void
book_deal_facts(struct book *b, const struct life *l, struct book_places *cohort)
{
	for (size_t i = 0; i < l->ndeals; i++)
		book_one(b, l, &l->deal[i]);
	for (size_t i = 0; i < l->nrefunds; i++)
		book_refund(b, l, &l->refund[i]);
	if (cohort->any)
		book_cohort_deals(b, l, cohort);
}
