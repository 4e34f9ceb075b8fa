/* life.c - the leads, deals and refunds of one group of steps */
#include <lead/base/hash.h>
#include <lead/domain/figures/life.h>

/* --- when --- */

struct life_when
life_when(const struct step *s, const struct zone *zone)
{
	struct life_when w = { .set = true, .dated = s->precision != STEP_UNDATED,
		.day_only = s->precision == STEP_DAY, .us = s->at_us };

	if (w.day_only)
		w.day = zone_dated_day(zone, w.us);
	else if (w.dated)
		w.day = zone_day(zone, w.us);
	return w;
}

bool
life_span(const struct life_when *a, const struct life_when *b, int64_t *us)
{
	if (!a->set || !b->set || !a->dated || !b->dated)
		return false;
	*us = a->day_only || b->day_only ? (b->day - a->day) * WHEN_DAY : b->us - a->us;
	return true;
}

/* --- which lead, which deal --- */

/* Numbers of ids within one group: open addressing, in the arena; a few are told
 * apart without a hash. */
enum { FEW = 16 };

struct ids {
	uint32_t *slot; /* number + 1, or 0 */
	size_t mask;
	struct text *id;
	size_t n;
};

static void
ids_init(struct ids *x, size_t most, struct arena *arena)
{
	size_t size = 4;

	while (size < most * 2)
		size *= 2;
	*x = (struct ids){ .slot = arena_new(arena, size, sizeof(*x->slot)),
		.mask = size - 1, .id = arena_new(arena, most + 1, sizeof(*x->id)) };
}

/* The number of id; added when it is new, or LIFE_NONE when not asked to. */
static long
ids_find(struct ids *x, struct text id, bool add)
{
	size_t i;

	for (size_t n = 0; x->mask < FEW && n < x->n; n++)
		if (text_equal(x->id[n], id))
			return (long)n;
	if (x->mask < FEW && !add)
		return LIFE_NONE;
	i = x->mask < FEW ? x->n : hash_text(id).lo & x->mask;
	for (; x->slot[i] != 0; i = (i + 1) & x->mask)
		if (text_equal(x->id[x->slot[i] - 1], id))
			return (long)x->slot[i] - 1;
	if (!add)
		return LIFE_NONE;
	x->id[x->n] = id;
	x->slot[i] = (uint32_t)++x->n;
	return (long)x->n - 1;
}

/* While the rows of a group are read. */
struct reader {
	struct life *life;
	const struct zone *zone;
	struct ids leads, deals;
	size_t *deal; /* by number of the id: index of the deal + 1, or 0 */
	long *lead_of; /* by row: index of its lead, or LIFE_NONE */
	struct arena *arena;
	size_t blank; /* no deal without id before this one is open */
	size_t early; /* nor is one before this that has no opp */
};

static void
chain(struct life *l, long row, long *first, long *last)
{
	l->next[row] = LIFE_NONE;
	if (*first == LIFE_NONE)
		*first = row;
	else
		l->next[*last] = row;
	*last = row;
}

static struct life_lead *
lead_of(struct reader *r, long row)
{
	struct life *l = r->life;
	struct text id = step_text(&l->step[row], STEP_LEAD_ID);
	long n = ids_find(&r->leads, id, true);

	if ((size_t)n == l->nleads)
		l->lead[l->nleads++] = (struct life_lead){ .id = id, .row = row,
			.disqualified_row = LIFE_NONE, .first_touch = LIFE_NONE,
			.lead_touch = LIFE_NONE, .nurture_touch = LIFE_NONE,
			.first_own = LIFE_NONE };
	r->lead_of[row] = n;
	chain(l, row, &l->lead[n].first_own, &l->lead[n].last_own);
	return &l->lead[n];
}

static struct life_deal *
new_deal(struct life *l, struct text id, long row)
{
	l->deal[l->ndeals] = (struct life_deal){ .id = id, .row = row,
		.opp_row = LIFE_NONE, .first_own = LIFE_NONE };
	return &l->deal[l->ndeals++];
}

static struct life_deal *
deal_of_id(struct reader *r, struct text id, long row)
{
	long n = ids_find(&r->deals, id, true);

	if (r->deal[n] == 0) {
		new_deal(r->life, id, row);
		r->deal[n] = r->life->ndeals;
	}
	return &r->life->deal[r->deal[n] - 1];
}

/* The earliest open deal without id, or one more; begins: without opp too. */
static struct life_deal *
deal_of_none(struct reader *r, long row, bool begins)
{
	struct life *l = r->life;
	size_t *at = begins ? &r->early : &r->blank;

	for (; *at < l->ndeals; ++*at) {
		struct life_deal *d = &l->deal[*at];

		if (d->id.len == 0 && d->outcome == LIFE_OPEN &&
		    !(begins && d->opp.set))
			return d;
	}
	return new_deal(l, TEXT_NONE, row);
}

/* The deal of a row; begins: the row is an opp. */
static struct life_deal *
deal_of(struct reader *r, long row, bool begins)
{
	struct life *l = r->life;
	struct text id = step_text(&l->step[row], STEP_DEAL_ID);
	struct life_deal *d = id.len != 0 ? deal_of_id(r, id, row)
	    : deal_of_none(r, row, begins);

	chain(l, row, &d->first_own, &d->last_own);
	return d;
}

/* --- one row --- */

static void
read_lead_milestone(struct reader *r, long row, enum life_milestone m)
{
	const struct step *s = &r->life->step[row];
	struct life_lead *lead = lead_of(r, row);

	if (lead->at[m].set)
		return;
	lead->at[m] = life_when(s, r->zone);
	if (m == LIFE_DISQUALIFIED)
		lead->disqualified_row = row;
	if (m != LIFE_LEAD)
		return;
	lead->row = row;
	lead->imported = text_equal(step_text(s, STEP_METHOD), TEXT("import"));
	if (r->life->first_lead == LIFE_NONE)
		r->life->first_lead = lead - r->life->lead;
}

static void
read_opp(struct reader *r, long row)
{
	struct life_deal *d = deal_of(r, row, true);

	if (d->opp.set)
		return;
	d->opp = life_when(&r->life->step[row], r->zone);
	d->opp_row = row;
	if (d->outcome == LIFE_OPEN)
		d->row = row;
}

static void
read_outcome(struct reader *r, long row, enum life_outcome outcome)
{
	const struct step *s = &r->life->step[row];
	struct life_deal *d = deal_of(r, row, false);

	d->outcome = outcome;
	d->closed = life_when(s, r->zone);
	d->row = row;
	d->value = outcome == LIFE_WON ? s->value : 0;
}

static void
read_refund(struct reader *r, long row)
{
	struct life *l = r->life;

	l->refund[l->nrefunds++] = (struct life_refund){ .row = row,
		.at = life_when(&l->step[row], r->zone), .value = l->step[row].value };
}

/* A stage that a deal passes through: it is the deal's, and no more. */
static void
read_passing(struct reader *r, long row)
{
	deal_of(r, row, false);
}

static void
read_won(struct reader *r, long row)
{
	read_outcome(r, row, LIFE_WON);
}

static void
read_lost(struct reader *r, long row)
{
	read_outcome(r, row, LIFE_LOST);
}

static void
read_milestone(struct reader *r, long row)
{
	static const char *const of_lead[LIFE_LEAD_MILESTONES] = { [LIFE_LEAD] = "lead",
		[LIFE_CONTACTED] = "contacted", [LIFE_MQL] = "mql", [LIFE_SQL] = "sql",
		[LIFE_DISQUALIFIED] = "disqualified" };
	static const struct {
		const char *event;
		void (*read)(struct reader *r, long row);
	} of_deal[] = {
		{ "meeting", read_passing },
		{ "proposal", read_passing },
		{ "opp", read_opp },
		{ "won", read_won },
		{ "lost", read_lost },
		{ "stage", read_passing },
		{ "refund", read_refund },
	};
	const struct event *event = r->life->step[row].event;
	bool lead = event->once == EVENT_PER_LEAD;

	for (int m = 0; lead && m < LIFE_LEAD_MILESTONES; m++)
		if (strcmp(event->name, of_lead[m]) == 0)
			read_lead_milestone(r, row, (enum life_milestone)m);
	for (size_t i = 0; !lead && i < sizeof(of_deal) / sizeof(of_deal[0]); i++)
		if (strcmp(event->name, of_deal[i].event) == 0)
			of_deal[i].read(r, row);
}

/* --- the whole --- */

/* A lead's own touches: the first, and the last above its lead step. */
static void
find_touches(struct reader *r)
{
	struct life *l = r->life;

	for (long row = 0; row < (long)l->nsteps; row++) {
		const struct step *s = &l->step[row];
		long n;

		if (s->kind != STEP_TOUCH)
			continue;
		if (l->first_touch == LIFE_NONE)
			l->first_touch = row;
		if (l->first_lead != LIFE_NONE && row < l->lead[l->first_lead].row)
			l->lead_touch = row;
		if (l->first_won != LIFE_NONE && row < l->deal[l->first_won].row)
			l->won_touch = row;
		n = r->lead_of[row];
		if (n == LIFE_NONE)
			continue;
		if (l->lead[n].first_touch == LIFE_NONE) {
			l->lead[n].first_touch = row;
			l->lead[n].first = life_when(s, r->zone);
		}
		if (l->lead[n].at[LIFE_LEAD].set && row < l->lead[n].row)
			l->lead[n].lead_touch = row;
	}
}

static enum life_type
type_of(const struct life *l, size_t i)
{
	const struct life_deal *d = &l->deal[i];
	struct text type = life_deal_text(l, d, l->step[d->row].columns[STEP_DEAL_TYPE]);

	if (text_is(type, "new"))
		return LIFE_NEW;
	if (text_is(type, "expansion"))
		return LIFE_EXPANSION;
	if (text_is(type, "renewal"))
		return LIFE_RENEWAL;
	if (l->first_won == LIFE_NONE || (long)i == l->first_won)
		return LIFE_NEW;
	return d->row < l->deal[l->first_won].row ? LIFE_NEW : LIFE_EXPANSION;
}

static long
lead_of_deal(struct reader *r, const struct life_deal *d)
{
	long n = r->lead_of[d->row];

	return n != LIFE_NONE ? n : r->life->first_lead;
}

static void
settle_deals(struct reader *r)
{
	struct life *l = r->life;

	for (size_t i = 0; i < l->ndeals; i++)
		if (l->deal[i].outcome == LIFE_WON && (l->first_won == LIFE_NONE ||
		    l->deal[i].row < l->deal[l->first_won].row))
			l->first_won = (long)i;
	for (size_t i = 0; i < l->ndeals; i++)
		l->deal[i].type = type_of(l, i);
	for (size_t i = 0; i < l->ndeals; i++)
		l->deal[i].lead = lead_of_deal(r, &l->deal[i]);
	for (size_t i = 0; i < l->nrefunds; i++) {
		struct text id = step_text(&l->step[l->refund[i].row], STEP_DEAL_ID);
		long n = id.len != 0 ? ids_find(&r->deals, id, false) : LIFE_NONE;

		l->refund[i].deal = n == LIFE_NONE ? LIFE_NONE : (long)r->deal[n] - 1;
	}
}

/* n rows or numbers, LIFE_NONE all of them. */
static long *
unset_rows(struct reader *r, size_t n)
{
	long *last = arena_new(r->arena, n + 1, sizeof(*last));

	for (size_t i = 0; i < n; i++)
		last[i] = LIFE_NONE;
	return last;
}

/* A row follows the last one of its id, if that has a number: which it was. */
static long
follow(long id, long row, long *last, long *next)
{
	long before = id != LIFE_NONE ? last[id] : LIFE_NONE;

	if (before != LIFE_NONE)
		next[before] = row;
	if (id != LIFE_NONE)
		last[id] = row;
	return before;
}

/* Rows that have a deal in common, and rows that have a lead, in order. */
static void
chain_rows(struct reader *r)
{
	struct life *l = r->life;
	long n;
	long *last_of_lead = unset_rows(r, l->nleads), *last = unset_rows(r, r->deals.n);

	for (long row = 0; row < (long)l->nsteps; row++) {
		struct text id = step_text(&l->step[row], STEP_DEAL_ID);

		l->first_of_deal[row] = row;
		l->next_of_deal[row] = l->next_of_lead[row] = LIFE_NONE;
		if (r->lead_of[row] == LIFE_NONE)
			r->lead_of[row] = ids_find(&r->leads,
			    step_text(&l->step[row], STEP_LEAD_ID), false);
		n = r->lead_of[row];
		if (follow(n, row, last_of_lead, l->next_of_lead) == LIFE_NONE &&
		    n != LIFE_NONE)
			l->lead[n].first_row = row;
		if (id.len == 0)
			continue;
		n = follow(ids_find(&r->deals, id, false), row, last, l->next_of_deal);
		if (n != LIFE_NONE)
			l->first_of_deal[row] = l->first_of_deal[n];
	}
}

void
life_read(struct life *l, const struct step *step, size_t n, const struct zone *zone,
    struct arena *arena)
{
	struct reader r = { .life = l, .zone = zone, .arena = arena };
	size_t count[] = { [EVENT_PER_LEAD] = 0, [EVENT_PER_DEAL] = 0,
		[EVENT_EACH_ROW] = 0 }, leads, deals;

	for (size_t i = 0; i < n; i++)
		if (step[i].kind == STEP_MILESTONE)
			count[step[i].event->once]++;
	leads = count[EVENT_PER_LEAD];
	deals = count[EVENT_PER_DEAL] + count[EVENT_EACH_ROW]; /* each stage may name one */
	*l = (struct life){ .step = step, .nsteps = n, .zone = zone, .first_lead = LIFE_NONE,
		.first_won = LIFE_NONE, .first_touch = LIFE_NONE,
		.lead_touch = LIFE_NONE, .won_touch = LIFE_NONE,
		.nurture_touch = LIFE_NONE };
	l->first_of_deal = arena_new(arena, n, sizeof(*l->first_of_deal));
	l->next_of_deal = arena_new(arena, n, sizeof(*l->next_of_deal));
	l->next_of_lead = arena_new(arena, n, sizeof(*l->next_of_lead));
	l->lead = arena_new(arena, leads, sizeof(*l->lead));
	l->deal = arena_new(arena, deals, sizeof(*l->deal));
	l->refund = arena_new(arena, count[EVENT_EACH_ROW], sizeof(*l->refund));
	l->next = arena_new(arena, n, sizeof(*l->next));
	r.deal = arena_new(arena, deals, sizeof(*r.deal));
	r.lead_of = unset_rows(&r, n);
	ids_init(&r.leads, leads, arena);
	ids_init(&r.deals, deals, arena);
	for (size_t i = 0; i < n; i++)
		if (step[i].kind == STEP_MILESTONE)
			read_milestone(&r, (long)i);
	chain_rows(&r);
	settle_deals(&r);
	find_touches(&r);
}

/* --- cells --- */

struct text
life_row_text(const struct life *l, long row, int col)
{
	if (row == LIFE_NONE || col < 0)
		return TEXT_NONE;
	return group_field(l->step[row].group, l->step[row].row, col);
}

struct text
life_lead_text(const struct life *l, const struct life_lead *lead, int col)
{
	struct text t = life_row_text(l, lead->row, col);

	if (col < 0)
		return t;
	for (long i = lead->row; t.len == 0 && (i = l->next_of_lead[i]) != LIFE_NONE;)
		t = life_row_text(l, i, col);
	return t;
}

struct text
life_deal_text(const struct life *l, const struct life_deal *deal, int col)
{
	struct text t = life_row_text(l, deal->row, col);

	if (col < 0 || t.len != 0)
		return t;
	t = life_row_text(l, deal->opp_row, col);
	for (long i = l->first_of_deal[deal->row]; i != LIFE_NONE;
	    i = l->next_of_deal[i]) {
		struct text later = life_row_text(l, i, col);

		t = later.len != 0 ? later : t;
	}
	return t;
}
