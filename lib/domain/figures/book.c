/* book.c - in which cells a fact of a life counts */
#include <lead/domain/figures/book.h>
#include <lead/domain/figures/book_deal.h>
#include <lead/domain/figures/book_lead.h>
#include <lead/domain/figures/stock.h>

void
book_init(struct book *b, const struct book_rules *rules, struct breakdowns *by)
{
	*b = (struct book){ .rules = rules, .by = by, .cube = cube_new(rules->period),
		.stock = stock_new(), .nurture = nurture_new(),
		.nurture_day = INT64_MAX,
		.first_day = INT64_MAX };
	b->all = cube_line_of(b->cube, 0, 0, TEXT("(all)"));
	b->as_of_day = zone_day(rules->zone, rules->as_of_us);
	if (rules->has_since)
		b->since_day = zone_day(rules->zone, rules->since_us);
	if (rules->has_until)
		b->until_day = zone_day(rules->zone, rules->until_us - 1) + 1;
}

void
book_clear(struct book *b)
{
	stock_free(b->stock);
	nurture_free(b->nurture);
	b->nurture = NULL;
	cube_free(b->cube);
	b->stock = NULL;
	b->cube = NULL;
}

bool
book_currency(struct book *b, struct text code)
{
	if (code.len == 0)
		return true;
	if (b->currency[0] == '\0' && code.len < BOOK_CURRENCY)
		memcpy(b->currency, code.s, code.len);
	return text_is(code, b->currency);
}

/* --- when --- */

bool
book_day(struct book *b, int64_t day)
{
	const struct book_rules *r = b->rules;

	if (day > b->as_of_day || (r->has_since && day < b->since_day) ||
	    (r->has_until && day >= b->until_day))
		return false;
	if (day < b->first_day)
		b->first_day = day;
	return true;
}

/* An undated fact is of all time, and of no shorter period. */
bool
book_in_time(struct book *b, const struct life_when *w)
{
	const struct book_rules *r = b->rules;

	if (!w->set)
		return false;
	if (!w->dated)
		return r->period == WHEN_BY_ALL && !r->has_since && !r->has_until;
	if (!w->day_only && ((r->has_since && w->us < r->since_us) ||
	    (r->has_until && w->us >= r->until_us)))
		return false;
	if (w->day_only)
		return book_day(b, w->day);
	if (w->day < b->first_day)
		b->first_day = w->day;
	return true;
}

int64_t
book_days(const struct book *b, int64_t period)
{
	const struct book_rules *r = b->rules;
	int64_t from = r->period == WHEN_BY_ALL ? b->first_day : period;
	int64_t to = when_period_end(r->period, period);

	if (r->has_since && (from < b->since_day || r->period == WHEN_BY_ALL))
		from = b->since_day;
	if (r->has_until && to > b->until_day)
		to = b->until_day;
	if (to > b->as_of_day + 1)
		to = b->as_of_day + 1;
	return to > from ? to - from : 0;
}

void
book_fill(struct book *b)
{
	const struct book_rules *r = b->rules;
	int64_t last = b->as_of_day;

	if (r->has_until && b->until_day - 1 < last)
		last = b->until_day - 1;
	cube_fill(b->cube, r->has_since ? b->since_day : INT64_MIN, last);
}

/* --- where --- */

static bool
is_plain(const struct breakdown *d)
{
	return !d->by_credit && !d->by_reason;
}

static struct text
segment_of_lead(struct book *b, size_t i, const struct life *l,
    const struct life_lead *lead)
{
	static const struct text unknown[BREAKDOWN_NAMES];

	return lead != NULL ? breakdown_of_lead(b->by, i, l, lead)
			    : breakdown_of_names(b->by, i, unknown);
}

void
book_lines_of_lead(struct book *b, const struct life *l, const struct life_lead *lead,
    struct book_lines *x)
{
	x->line[0] = b->all;
	for (size_t i = 1; i < b->by->n; i++)
		x->line[i] = !is_plain(&b->by->v[i]) ? CUBE_NONE
		    : cube_line_of(b->cube, (uint32_t)i, 0,
		    segment_of_lead(b, i, l, lead));
}

void
book_lines_of_deal(struct book *b, const struct life *l, const struct life_deal *d,
    struct book_lines *x)
{
	x->line[0] = b->all;
	for (size_t i = 1; i < b->by->n; i++)
		x->line[i] = !is_plain(&b->by->v[i]) ? CUBE_NONE
		    : cube_line_of(b->cube, (uint32_t)i, 0,
		    breakdown_of_deal(b->by, i, l, d));
}

void
book_cells(struct book *b, const struct book_lines *x, int64_t day,
    struct book_places *p)
{
	int64_t start = cube_period(b->cube, day);

	p->n = 0;
	p->shown = false;
	for (size_t i = 0; i < b->by->n; i++)
		if (x->line[i] != CUBE_NONE)
			p->all[p->n++] = p->cell[i] = cube_cell(b->cube, x->line[i], start);
}

void
book_at(struct book *b, const struct book_lines *x, const struct life_when *w,
    struct book_places *p)
{
	p->any = book_in_time(b, w);
	if (p->any)
		book_cells(b, x, w->day, p);
}

void
book_at_lead(struct book *b, const struct life *l, const struct life_lead *lead,
    const struct life_when *w, struct book_places *p)
{
	struct book_lines x;

	book_lines_of_lead(b, l, lead, &x);
	book_at(b, &x, w, p);
}

void
book_cells_of_deal(struct book *b, const struct life *l, const struct life_deal *d,
    int64_t day, struct book_places *p)
{
	struct book_lines x;

	book_lines_of_deal(b, l, d, &x);
	book_cells(b, &x, day, p);
}

void
book_at_deal(struct book *b, const struct life *l, const struct life_deal *d,
    const struct life_when *w, struct book_places *p)
{
	p->any = book_in_time(b, w);
	if (p->any)
		book_cells_of_deal(b, l, d, w->day, p);
}

static void
at_row(struct book *b, const struct life *l, ptrdiff_t row, const struct life_when *w,
    struct book_places *p)
{
	struct book_lines x;

	for (size_t i = 0; i < b->by->n; i++)
		x.line[i] = !is_plain(&b->by->v[i]) ? CUBE_NONE
		    : cube_line_of(b->cube, (uint32_t)i, 0,
		    breakdown_of_row(b->by, i, l, row));
	book_at(b, &x, w, p);
}

const struct life_deal *
book_at_refund(struct book *b, const struct life *l, const struct life_refund *r,
    struct book_places *p)
{
	if (r->deal == LIFE_NONE) {
		at_row(b, l, r->row, &r->at, p);
		return NULL;
	}
	book_at_deal(b, l, &l->deal[r->deal], &r->at, p);
	return &l->deal[r->deal];
}

/* A fact that nobody will ask for. */
static void
show(struct book *b, struct book_places *p, enum cube_measure m)
{
	bool shown = false;

	for (size_t i = 0; i < p->n; i++)
		shown = cube_show(b->cube, p->all[i], m);
	p->shown = shown;
}

void
book_add(struct book *b, struct book_places *p, enum cube_measure m, int64_t micros)
{
	if (!p->any)
		return;
	if (b->wanted == NULL || b->wanted[m])
		cube_add_each(b->cube, p->all, p->n, m, micros);
	else if (!p->shown)
		show(b, p, m);
}

void
book_time(struct book *b, const struct book_places *p, enum cube_series s, int64_t us)
{
	for (size_t i = 0; p->any && i < p->n; i++)
		cube_time(b->cube, p->all[i], s, us);
}

bool
book_forward(struct book *b, const struct life_when *from, const struct life_when *to,
    int64_t *us)
{
	if (!life_span(from, to, us))
		return false;
	b->negative += *us < 0;
	return *us >= 0;
}

/* --- all facts of a group --- */

static void
count_account(struct book *b, const struct life *l)
{
	const struct life_lead *lead = &l->lead[l->first_lead];
	struct book_places p;

	book_at_lead(b, l, lead, &lead->at[LIFE_LEAD], &p);
	book_count(b, &p, CUBE_ACCOUNTS);
}

void
book_settle(struct book *b)
{
	stock_settle(b->stock, b);
}

/* An ad's touch tells so: it has a campaign, or a number of one, or of a click. */
static bool
is_of_ad(const struct step *s)
{
	return s->kind == STEP_TOUCH && (step_text(s, STEP_CAMPAIGN).len != 0 ||
	    step_text(s, STEP_CAMPAIGN_ID).len != 0 || step_text(s, STEP_CLICK_ID).len != 0);
}

static void
count_touches(struct book *b, const struct life *l)
{
	for (size_t row = 0; row < l->nsteps; row++) {
		struct life_when w = life_when(&l->step[row], b->rules->zone);

		if (!is_of_ad(&l->step[row]) || !book_in_time(b, &w))
			continue;
		for (size_t i = 0; i < b->by->n; i++)
			if (!b->by->v[i].by_reason)
				cube_add(b->cube, cube_find(b->cube, w.day, (uint32_t)i, 0,
				    breakdown_of_touch(b->by, i, l, (ptrdiff_t)row)),
				    CUBE_AD_TOUCHES, NUM_MICROS);
	}
}

void
book_life(struct book *b, const struct life *l)
{
	struct book_places earliest, other;

	earliest.any = false;
	if (b->rules->count_touches)
		count_touches(b, l);
	for (ptrdiff_t i = 0; i < (ptrdiff_t)l->nleads; i++)
		book_lead_facts(b, l, &l->lead[i],
		    i == l->first_lead ? &earliest : &other);
	book_deal_facts(b, l, &earliest);
	if (l->first_lead != LIFE_NONE && b->rules->by_account)
		count_account(b, l);
}
