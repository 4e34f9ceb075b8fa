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

/* What ids of a group are numbered: open addressing, in the arena; a few are told
 * apart without a hash. */
enum { FEW = 8 };

/* The column that rows of a group have in common: steps are grouped by the first. */
enum { KEY = 0 };

struct id {
	struct text text;
	ptrdiff_t number;
};

struct ids {
	struct id *v;
	size_t n;
	uint32_t *slot; /* index into v + 1, or 0; NULL: there are few */
	size_t mask;
};

static void
ids_init(struct ids *x, size_t most, struct arena *arena)
{
	size_t size = 2 * FEW;

	*x = (struct ids){ .v = arena_alloc(arena, most * sizeof(*x->v)) };
	if (most <= FEW)
		return;
	while (size < most * 2)
		size *= 2;
	x->slot = arena_new(arena, size, sizeof(*x->slot));
	x->mask = size - 1;
}

/* The number of an id, set aside for it when it is new, unless next is LIFE_NONE. */
static ptrdiff_t
ids_find(struct ids *x, struct text id, ptrdiff_t next)
{
	size_t i = 0;

	if (x->slot == NULL) {
		while (i < x->n && !text_equal(x->v[i].text, id))
			i++;
		if (i < x->n)
			return x->v[i].number;
	} else {
		for (i = hash_text(id).lo & x->mask; x->slot[i] != 0;
		     i = (i + 1) & x->mask)
			if (text_equal(x->v[x->slot[i] - 1].text, id))
				return x->v[x->slot[i] - 1].number;
	}
	if (next == LIFE_NONE)
		return LIFE_NONE;
	x->v[x->n++] = (struct id){ id, next };
	if (x->slot != NULL)
		x->slot[i] = (uint32_t)x->n;
	return next;
}

/* While the rows of a group are read. */
struct reader {
	struct life *life;
	const struct zone *zone;
	struct ids leads, deals;
	bool one_lead;
	size_t blank; /* no deal without id before this one is open */
	size_t early; /* nor is one before this that has no opp */
};

/* What tells the leads of a group apart: nothing where they are its key. */
static struct text
lead_id(const struct reader *r, ptrdiff_t row)
{
	return r->one_lead ? TEXT_NONE : step_text(&r->life->step[row], STEP_LEAD_ID);
}

static struct life_lead *
lead_of(struct reader *r, ptrdiff_t row)
{
	struct life *l = r->life;
	ptrdiff_t n = ids_find(&r->leads, lead_id(r, row), (ptrdiff_t)l->nleads);

	if ((size_t)n == l->nleads)
		l->lead[l->nleads++] = (struct life_lead){ .row = row,
			.id = step_text(&l->step[row], STEP_LEAD_ID),
			.first_own = row, .disqualified_row = LIFE_NONE, .first_touch = LIFE_NONE, .lead_touch = LIFE_NONE,
			.nurture_touch = LIFE_NONE, .first_row = LIFE_NONE };
	l->row[row].lead = n;
	return &l->lead[n];
}

static ptrdiff_t
new_deal(struct life *l, struct text id, ptrdiff_t row)
{
	l->deal[l->ndeals] = (struct life_deal){ .id = id, .row = row, .cells = row,
		.opp_row = LIFE_NONE, .first_row = LIFE_NONE };
	return (ptrdiff_t)l->ndeals++;
}

static ptrdiff_t
deal_of_id(struct reader *r, struct text id, ptrdiff_t row)
{
	struct life *l = r->life;
	ptrdiff_t n = ids_find(&r->deals, id, (ptrdiff_t)l->ndeals);

	return (size_t)n == l->ndeals ? new_deal(l, id, row) : n;
}

/* The earliest open deal without id, or one more; begins: without opp too. */
static ptrdiff_t
deal_of_none(struct reader *r, ptrdiff_t row, bool begins)
{
	struct life *l = r->life;
	size_t *at = begins ? &r->early : &r->blank;

	for (; *at < l->ndeals; ++*at) {
		struct life_deal *d = &l->deal[*at];

		if (d->id.len == 0 && d->outcome == LIFE_OPEN &&
		    !(begins && d->opp.set))
			return (ptrdiff_t)*at;
	}
	return new_deal(l, TEXT_NONE, row);
}

/* The deal of a row; begins: the row is an opp. */
static struct life_deal *
deal_of(struct reader *r, ptrdiff_t row, bool begins)
{
	struct life *l = r->life;
	struct text id = step_text(&l->step[row], STEP_DEAL_ID);
	ptrdiff_t n = id.len != 0 ? deal_of_id(r, id, row) : deal_of_none(r, row, begins);
	struct life_deal *d = &l->deal[n];

	l->row[row].deal = n;
	if (d->outcome == LIFE_OPEN && l->step[row].precision != STEP_UNDATED)
		d->cells = row;
	return d;
}

/* --- one row --- */

static void
read_of_lead(struct reader *r, ptrdiff_t row, int milestone)
{
	const struct step *s = &r->life->step[row];
	struct life_lead *lead = lead_of(r, row);

	if (lead->at[milestone].set)
		return;
	lead->at[milestone] = life_when(s, r->zone);
	if (milestone == LIFE_DISQUALIFIED)
		lead->disqualified_row = row;
	if (milestone != LIFE_LEAD)
		return;
	lead->row = row;
	lead->imported = text_equal(step_text(s, STEP_METHOD), TEXT("import"));
	if (r->life->first_lead == LIFE_NONE)
		r->life->first_lead = lead - r->life->lead;
}

/* A stage that a deal passes through: it is the deal's, and no more. */
static void
read_passing(struct reader *r, ptrdiff_t row, int unused)
{
	(void)unused;
	deal_of(r, row, false);
}

static void
read_opp(struct reader *r, ptrdiff_t row, int unused)
{
	struct life_deal *d = deal_of(r, row, true);

	(void)unused;
	if (d->opp.set)
		return;
	d->opp = life_when(&r->life->step[row], r->zone);
	d->opp_row = row;
	if (d->outcome == LIFE_OPEN)
		d->row = row;
}

static void
read_outcome(struct reader *r, ptrdiff_t row, int outcome)
{
	const struct step *s = &r->life->step[row];
	struct life_deal *d = deal_of(r, row, false);

	d->outcome = (enum life_outcome)outcome;
	d->closed = life_when(s, r->zone);
	d->row = d->cells = row;
	d->value = outcome == LIFE_WON ? s->value : 0;
}

static void
read_refund(struct reader *r, ptrdiff_t row, int unused)
{
	struct life *l = r->life;

	(void)unused;
	l->refund[l->nrefunds++] = (struct life_refund){ .row = row,
		.at = life_when(&l->step[row], r->zone), .value = l->step[row].value };
}

static void
read_milestone(struct reader *r, ptrdiff_t row)
{
	static const struct {
		void (*read)(struct reader *r, ptrdiff_t row, int what);
		int what;
	} kinds[EVENTS] = {
		[EVENT_LEAD] = { read_of_lead, LIFE_LEAD },
		[EVENT_CONTACTED] = { read_of_lead, LIFE_CONTACTED },
		[EVENT_MQL] = { read_of_lead, LIFE_MQL },
		[EVENT_SQL] = { read_of_lead, LIFE_SQL },
		[EVENT_DISQUALIFIED] = { read_of_lead, LIFE_DISQUALIFIED },
		[EVENT_MEETING] = { read_passing, 0 },
		[EVENT_PROPOSAL] = { read_passing, 0 },
		[EVENT_STAGE] = { read_passing, 0 },
		[EVENT_OPP] = { read_opp, 0 },
		[EVENT_WON] = { read_outcome, LIFE_WON },
		[EVENT_LOST] = { read_outcome, LIFE_LOST },
		[EVENT_REFUND] = { read_refund, 0 },
	};
	enum event_rank rank = r->life->step[row].event->rank;

	if (kinds[rank].read != NULL)
		kinds[rank].read(r, row, kinds[rank].what);
}

/* --- the whole --- */

/* A lead's own touches: the first, and the last above its lead step. */
static void
find_touches(struct reader *r)
{
	struct life *l = r->life;

	for (ptrdiff_t row = 0; row < (ptrdiff_t)l->nsteps; row++) {
		const struct step *s = &l->step[row];
		ptrdiff_t n;

		if (s->kind != STEP_TOUCH)
			continue;
		if (l->first_touch == LIFE_NONE)
			l->first_touch = row;
		if (l->first_lead != LIFE_NONE && row < l->lead[l->first_lead].row)
			l->lead_touch = row;
		if (l->first_won != LIFE_NONE && row < l->deal[l->first_won].row)
			l->won_touch = row;
		n = l->row[row].lead;
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
	struct text type = life_deal_text(l, d, l->step[d->cells].columns[STEP_DEAL_TYPE]);

	if (text_is(type, "new"))
		return LIFE_NEW;
	if (text_is(type, "expansion"))
		return LIFE_EXPANSION;
	if (text_is(type, "renewal"))
		return LIFE_RENEWAL;
	if (l->first_won == LIFE_NONE || (ptrdiff_t)i == l->first_won)
		return LIFE_NEW;
	return d->row < l->deal[l->first_won].row ? LIFE_NEW : LIFE_EXPANSION;
}

static ptrdiff_t
lead_of_deal(struct reader *r, const struct life_deal *d)
{
	ptrdiff_t n = r->life->row[d->row].lead;

	return n != LIFE_NONE ? n : r->life->first_lead;
}

static void
settle_deals(struct reader *r)
{
	struct life *l = r->life;

	for (size_t i = 0; i < l->ndeals; i++)
		if (l->deal[i].outcome == LIFE_WON && (l->first_won == LIFE_NONE ||
		    l->deal[i].row < l->deal[l->first_won].row))
			l->first_won = (ptrdiff_t)i;
	for (size_t i = 0; i < l->ndeals; i++)
		l->deal[i].type = type_of(l, i);
	for (size_t i = 0; i < l->ndeals; i++)
		l->deal[i].lead = lead_of_deal(r, &l->deal[i]);
	for (size_t i = 0; i < l->nrefunds; i++)
		l->refund[i].deal = l->row[l->refund[i].row].deal;
}

/* A row goes before those of its lead or deal that stand below it. */
static void
chain(ptrdiff_t row, ptrdiff_t *first, ptrdiff_t *next)
{
	*next = *first;
	*first = row;
}

/* All rows by lead and deal: those too that tell nothing of them but cells. */
static void
chain_rows(struct reader *r)
{
	struct life *l = r->life;

	for (ptrdiff_t i = (ptrdiff_t)l->nsteps - 1; i >= 0; i--) {
		struct life_row *row = &l->row[i];
		struct text deal = step_text(&l->step[i], STEP_DEAL_ID);

		if (row->lead == LIFE_NONE)
			row->lead = ids_find(&r->leads, lead_id(r, i), LIFE_NONE);
		if (row->deal == LIFE_NONE && deal.len != 0)
			row->deal = ids_find(&r->deals, deal, LIFE_NONE);
		if (row->lead != LIFE_NONE)
			chain(i, &l->lead[row->lead].first_row, &row->next_of_lead);
		if (row->deal != LIFE_NONE)
			chain(i, &l->deal[row->deal].first_row, &row->next_of_deal);
	}
}

/* Room for as many leads, deals and refunds as there can be. */
static void
make_room(struct reader *r, struct arena *arena)
{
	struct life *l = r->life;
	size_t count[] = { [EVENT_PER_LEAD] = 0, [EVENT_PER_DEAL] = 0,
		[EVENT_EACH_ROW] = 0 }, deals;

	l->row = arena_alloc(arena, l->nsteps * sizeof(*l->row));
	for (size_t i = 0; i < l->nsteps; i++) {
		l->row[i] = (struct life_row){ LIFE_NONE, LIFE_NONE, LIFE_NONE, LIFE_NONE };
		if (l->step[i].kind == STEP_MILESTONE)
			count[l->step[i].event->once]++;
	}
	deals = count[EVENT_PER_DEAL] + count[EVENT_EACH_ROW]; /* each stage may name one */
	l->lead = arena_alloc(arena, count[EVENT_PER_LEAD] * sizeof(*l->lead));
	l->deal = arena_alloc(arena, deals * sizeof(*l->deal));
	l->refund = arena_alloc(arena, count[EVENT_EACH_ROW] * sizeof(*l->refund));
	ids_init(&r->leads, count[EVENT_PER_LEAD], arena);
	ids_init(&r->deals, deals, arena);
}

void
life_read(struct life *l, const struct step *step, size_t n, const struct zone *zone,
    struct arena *arena)
{
	struct reader r = { .life = l, .zone = zone,
		.one_lead = n > 0 && step[0].columns[STEP_LEAD_ID] == KEY };

	*l = (struct life){ .step = step, .nsteps = n, .zone = zone, .first_lead = LIFE_NONE,
		.first_won = LIFE_NONE, .first_touch = LIFE_NONE,
		.lead_touch = LIFE_NONE, .won_touch = LIFE_NONE,
		.nurture_touch = LIFE_NONE };
	make_room(&r, arena);
	for (size_t i = 0; i < n; i++)
		if (step[i].kind == STEP_MILESTONE)
			read_milestone(&r, (ptrdiff_t)i);
	chain_rows(&r);
	settle_deals(&r);
	find_touches(&r);
}

/* --- cells --- */

struct text
life_row_text(const struct life *l, ptrdiff_t row, int col)
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
	for (ptrdiff_t i = lead->row; t.len == 0 && (i = l->row[i].next_of_lead) != LIFE_NONE;)
		t = life_row_text(l, i, col);
	return t;
}

struct text
life_deal_text(const struct life *l, const struct life_deal *deal, int col)
{
	struct text t = life_row_text(l, deal->cells, col);

	if (col < 0 || t.len != 0)
		return t;
	for (ptrdiff_t i = deal->first_row; i != LIFE_NONE; i = l->row[i].next_of_deal) {
		struct text later = life_row_text(l, i, col);

		t = later.len != 0 ? later : t;
	}
	return t;
}
