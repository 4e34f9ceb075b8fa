/* book_lead.c - the facts of one lead: dated, cohort, response */
#include <lead/domain/figures/book_lead.h>

/* Won within so many days of the lead, by any deal of the group? */
static bool
won_within(const struct life *l, const struct life_lead *lead, int64_t days)
{
	int64_t us;

	for (size_t i = 0; i < l->ndeals; i++)
		if (l->deal[i].outcome == LIFE_WON &&
		    life_span(&lead->at[LIFE_LEAD], &l->deal[i].closed, &us) &&
		    us >= 0 && us <= days * WHEN_DAY)
			return true;
	return false;
}

static void
book_ages(struct book *b, const struct life *l, const struct life_lead *lead,
    struct book_places *p)
{
	static const struct {
		int64_t days;
		enum cube_measure aged, won;
	} ages[] = {
		{ 30, CUBE_C_AGED_30D, CUBE_C_WON_30D },
		{ 90, CUBE_C_AGED_90D, CUBE_C_WON_90D },
		{ 180, CUBE_C_AGED_180D, CUBE_C_WON_180D },
	};
	const struct life_when *at = &lead->at[LIFE_LEAD];

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		if (!at->dated || b->rules->as_of_us - at->us < ages[i].days * WHEN_DAY)
			continue;
		book_count(b, p, ages[i].aged);
		book_count_if(b, p, won_within(l, lead, ages[i].days), ages[i].won);
	}
}

/* The same by opening hours: none where nobody was to answer. */
static void
book_office(struct book *b, const struct life_when *at,
    const struct life_when *contacted, struct book_places *p)
{
	const struct book_rules *r = b->rules;
	int64_t us = 0;
	bool due;

	if (r->office == NULL)
		return;
	due = office_time(r->office, at->us, r->as_of_us) >= r->sla_us;
	if (contacted->set) {
		us = office_time(r->office, at->us, contacted->us);
		book_time(b, p, CUBE_RESPONSE_BH, us);
	}
	book_count_if(b, p, due, CUBE_C_TIMED_BH);
	book_count_if(b, p, due && contacted->set && us <= r->sla_us, CUBE_C_WITHIN_BH);
}

/* The answer of sales: how fast, and what came of it. */
static void
book_response(struct book *b, const struct life *l, const struct life_lead *lead,
    struct book_places *p)
{
	const struct life_when *at = &lead->at[LIFE_LEAD];
	const struct life_when *contacted = &lead->at[LIFE_CONTACTED];
	bool due = at->dated && b->rules->as_of_us - at->us >= b->rules->sla_us;
	bool won = l->first_won != LIFE_NONE, within;
	int64_t us = 0;

	book_count_if(b, p, due, CUBE_C_DUE);
	book_count_if(b, p, due && !contacted->set, CUBE_C_NEVER);
	if (!at->dated || at->day_only || lead->imported)
		return;
	if (contacted->set && (!contacted->dated || contacted->day_only))
		return;
	if (contacted->set && !book_forward(b, at, contacted, &us))
		return;
	if (contacted->set)
		book_time(b, p, CUBE_RESPONSE, us);
	book_office(b, at, contacted, p);
	if (!due)
		return;
	within = contacted->set && us <= b->rules->sla_us;
	book_count(b, p, CUBE_C_TIMED);
	book_count_if(b, p, won, CUBE_C_TIMED_WON);
	book_count_if(b, p, contacted->set, CUBE_C_ANSWERED);
	book_count_if(b, p, within, CUBE_C_WITHIN);
	book_count_if(b, p, within && won, CUBE_C_WITHIN_WON);
	book_count_if(b, p, contacted->set && !within, CUBE_C_LATER);
	book_count_if(b, p, contacted->set && !within && won, CUBE_C_LATER_WON);
}

/* Disqualified leads by reason, beside the cell that they are a share of. */
static void
book_reasons(struct book *b, const struct life *l, const struct life_lead *lead,
    const struct life_when *cohort, struct book_places *p)
{
	for (size_t i = 0; p->any && i < b->by->n; i++) {
		const struct breakdown *d = &b->by->v[i];
		uint32_t cell;

		if (!d->by_reason)
			continue;
		cell = cube_find(b->cube, cohort->day, (uint32_t)i, 0,
		    breakdown_of_lead(b->by, i, l, lead));
		cube_get(b->cube, cell)->whole = p->cell[d->outer];
		cube_add(b->cube, cell, CUBE_C_DISQUALIFIED, NUM_MICROS);
	}
}

const struct life_when *
book_lead_cohort(const struct book *b, const struct life_lead *lead)
{
	return b->rules->cohort_by_first && lead->first.set ? &lead->first
							     : &lead->at[LIFE_LEAD];
}

static void
book_cohort(struct book *b, const struct life *l, const struct life_lead *lead,
    struct book_places *p)
{
	bool won = l->first_won != LIFE_NONE;
	bool mql = lead->at[LIFE_MQL].set, sql = lead->at[LIFE_SQL].set;
	bool out = lead->at[LIFE_DISQUALIFIED].set;

	if (!p->any)
		return;
	book_count(b, p, CUBE_C_LEADS);
	book_count_if(b, p, won, CUBE_C_WON);
	book_count_if(b, p, mql, CUBE_C_MQL);
	book_count_if(b, p, mql && sql, CUBE_C_MQL_SQL);
	book_count_if(b, p, sql, CUBE_C_SQL);
	book_count_if(b, p, sql && won, CUBE_C_SQL_WON);
	book_count_if(b, p, out, CUBE_C_DISQUALIFIED);
	if (out)
		book_reasons(b, l, lead, book_lead_cohort(b, lead), p);
	book_ages(b, l, lead, p);
	book_response(b, l, lead, p);
}

void
book_lead_facts(struct book *b, const struct life *l, const struct life_lead *lead,
    struct book_places *cohort)
{
	static const struct {
		enum life_milestone at;
		enum cube_measure measure;
	} dated[] = {
		{ LIFE_MQL, CUBE_MQL },
		{ LIFE_SQL, CUBE_SQL },
	};
	const struct life_when *created = &lead->at[LIFE_LEAD];
	struct book_lines at;
	struct book_places p;

	book_lines_of_lead(b, l, lead, &at);
	book_at(b, &at, created, cohort);
	book_count(b, cohort, CUBE_LEADS);
	for (size_t i = 0; i < sizeof(dated) / sizeof(dated[0]); i++) {
		book_at(b, &at, &lead->at[dated[i].at], &p);
		book_count(b, &p, dated[i].measure);
	}
	if (!created->set)
		return;
	if (book_lead_cohort(b, lead) != created)
		book_at(b, &at, book_lead_cohort(b, lead), cohort);
	book_cohort(b, l, lead, cohort);
}

