/* spend.c - what was paid for whom to come, laid on the segments of figures */
#include <lead/base/arena.h>
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/book_nurture.h>
#include <lead/domain/figures/kpi.h>
#include <lead/domain/figures/spend.h>
#include <lead/domain/source/campaigns.h>

enum { ROWS_MAX = 1 << 28, PLATFORM_MAX = 256 };

const char *const spend_columns[SPEND_COLUMNS] = {
	[SPEND_DATE] = "date",
	[SPEND_COST] = "cost",
	[SPEND_PLATFORM] = "?platform",
	[SPEND_CAMPAIGN_ID] = "?campaign_id",
	[SPEND_CAMPAIGN] = "?campaign",
	[SPEND_CHANNEL] = "?channel",
	[SPEND_KIND] = "?kind",
	[SPEND_TRACKABLE] = "?trackable",
	[SPEND_CURRENCY] = "?currency",
	[SPEND_IMPRESSIONS] = "?impressions",
	[SPEND_CLICKS] = "?clicks",
};

const char *const spend_campaign_columns[SPEND_CAMPAIGN_COLUMNS] = {
	"platform", "campaign_id", "?campaign", "?channel", "?kind", "?trackable"
};

/* What a kind of cost is part of, beside the cost of all kinds. */
static const struct kind {
	const char *name;
	bool ad, sales, nurture;
} kinds[] = {
	{ "ad", true, true, false },
	{ "nurture", false, true, true },
	{ "event", false, true, false },
	{ "tool", false, false, false },
	{ "staff", false, false, false },
	{ "other", false, false, false },
};

struct row {
	int64_t day, cost, impressions, clicks;
	const struct kind *kind;
	bool untracked; /* in the cost of all kinds alone */
	bool mapped;    /* its campaign's name is the campaigns file's */
	bool counted;
	struct text platform, campaign_id, campaign;
	struct text *value; /* of the breakdowns' columns */
};

struct spend {
	struct book *book;
	const struct text *names; /* of the breakdowns' columns */
	size_t nnames;
	struct campaigns *campaigns;
	struct row *row;
	size_t nrows, cap;
	struct arena texts;
	struct dict *ids;          /* campaign numbers of touches */
	struct text *campaign;     /* by number of the id: the least name */
	size_t campaign_cap;
	struct arena names_arena;
	struct map *days;          /* (cell, day) with ads */
	enum allocate_basis basis;
	struct allocate *allocate; /* NULL: nothing is shared */
	unsigned has;
	struct spend_counts counts;
};

struct spend *
spend_new(struct book *b)
{
	struct spend *s = mem_new(1, sizeof(*s));

	s->book = b;
	s->names = b->by->name;
	s->nnames = b->by->nnames;
	s->campaigns = campaigns_new(NULL);
	s->ids = dict_new();
	s->days = map_new();
	return s;
}

void
spend_free(struct spend *s)
{
	if (s == NULL)
		return;
	campaigns_free(s->campaigns);
	dict_free(s->ids);
	map_free(s->days);
	allocate_free(s->allocate);
	mem_free(s->row);
	mem_free(s->campaign);
	arena_clear(&s->texts);
	arena_clear(&s->names_arena);
	mem_free(s);
}

void
spend_allocate(struct spend *s, enum allocate_basis basis, enum cube_measure by)
{
	s->basis = basis;
	s->allocate = allocate_new(s->book, by);
}

/* --- one row --- */

static const char *
read_amount(struct text t, int64_t *micros)
{
	*micros = 0;
	switch (num_parse(t, micros)) {
	case NUM_OK:
	case NUM_EMPTY:
		return NULL;
	case NUM_BAD:
		return "not an amount";
	case NUM_SCALE:
		return "more than six decimals";
	case NUM_OVERFLOW:
		return "beyond the largest amount";
	}
	return "not an amount";
}

/* A whole number, kept in millionths as all sums are. */
static const char *
read_count(struct text t, int64_t *micros)
{
	int64_t n = 0;
	enum num_verdict v = num_parse_count(t, &n);

	*micros = 0;
	if (v != NUM_OK && v != NUM_EMPTY)
		return "not a whole number";
	return __builtin_mul_overflow(n, NUM_MICROS, micros) ? "beyond the largest count"
							      : NULL;
}

static const char *
read_kind(struct text t, struct row *r)
{
	r->kind = &kinds[0];
	if (t.len == 0)
		return NULL;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_is(t, kinds[i].name)) {
			r->kind = &kinds[i];
			return NULL;
		}
	return "none of ad, nurture, event, tool, staff, other";
}

static const char *
read_trackable(struct text t, struct row *r)
{
	r->untracked = text_is(t, "no");
	return t.len == 0 || r->untracked || text_is(t, "yes") ? NULL
							       : "neither yes nor no";
}

/* The first field that does not read. */
static const char *
read_fields(struct spend *s, const struct text *f, struct row *r, size_t *bad)
{
	const char *why = NULL;

#define READ(column, call)                       \
	do {                                     \
		if (why == NULL) {               \
			*bad = (size_t)(column); \
			why = (call);            \
		}                                \
	} while (0)
	READ(SPEND_DATE, when_parse_day(f[SPEND_DATE], &r->day) == WHEN_OK
	    ? NULL : "not a day");
	READ(SPEND_COST, read_amount(f[SPEND_COST], &r->cost));
	READ(SPEND_IMPRESSIONS, read_count(f[SPEND_IMPRESSIONS], &r->impressions));
	READ(SPEND_CLICKS, read_count(f[SPEND_CLICKS], &r->clicks));
	READ(SPEND_KIND, read_kind(f[SPEND_KIND], r));
	READ(SPEND_TRACKABLE, read_trackable(f[SPEND_TRACKABLE], r));
	READ(SPEND_CURRENCY, book_currency(s->book, f[SPEND_CURRENCY])
	    ? NULL : "another currency than before: convert it when importing");
#undef READ
	return why;
}

const char *
spend_campaign(void *context, const struct text *field, size_t *bad)
{
	struct spend *s = context;
	char lower[PLATFORM_MAX];
	struct campaigns_entry e = { field[2], field[3], field[4], field[5] };
	struct row r;
	const char *why = NULL;

	*bad = 4;
	if ((why = read_kind(field[4], &r)) != NULL)
		return why;
	*bad = 5;
	if ((why = read_trackable(field[5], &r)) != NULL)
		return why;
	*bad = 1;
	if (field[1].len == 0)
		return "a campaign without a number";
	if (r.kind->nurture)
		nurture_add(s->book->nurture, field[2], field[1]);
	return campaigns_add(s->campaigns, text_lower(lower,
	    text_head(field[0], sizeof(lower))), field[1], &e)
	    ? NULL : "this platform and number stand above with other words";
}

static const struct campaigns_entry *
entry_of(struct spend *s, const struct text *f)
{
	char lower[PLATFORM_MAX];
	struct text platform = text_head(f[SPEND_PLATFORM], sizeof(lower));
	const struct campaigns_entry *e;

	if (campaigns_count(s->campaigns) == 0 || f[SPEND_CAMPAIGN_ID].len == 0)
		return NULL;
	e = campaigns_find(s->campaigns, text_lower(lower, platform),
	    f[SPEND_CAMPAIGN_ID]);
	s->counts.unmapped += e == NULL;
	return e;
}

/* What the campaigns file says comes before the row's own words. */
static void
map_row(struct spend *s, const struct text *f, struct row *r)
{
	const struct campaigns_entry *e = entry_of(s, f);

	r->mapped = e != NULL && e->campaign.len != 0;
	r->platform = arena_text(&s->texts, f[SPEND_PLATFORM]);
	r->campaign_id = arena_text(&s->texts, f[SPEND_CAMPAIGN_ID]);
	r->campaign = arena_text(&s->texts, r->mapped ? e->campaign : f[SPEND_CAMPAIGN]);
	for (size_t i = 0; i < s->nnames; i++) {
		struct text t = f[SPEND_COLUMNS + i];

		if (r->mapped && text_is(s->names[i], "campaign"))
			t = e->campaign;
		if (e != NULL && text_is(s->names[i], "channel") && e->channel.len != 0)
			t = e->channel;
		r->value[i] = arena_text(&s->texts, t);
	}
	if (e == NULL)
		return;
	if (e->kind.len != 0)
		read_kind(e->kind, r);
	if (e->trackable.len != 0)
		read_trackable(e->trackable, r);
}

const char *
spend_add(void *context, const struct text *field, size_t *bad)
{
	struct spend *s = context;
	struct row r = { 0 };
	const char *why = read_fields(s, field, &r, bad);

	if (why != NULL)
		return why;
	r.value = arena_new(&s->texts, s->nnames + 1, sizeof(*r.value));
	map_row(s, field, &r);
	if (r.kind->nurture)
		nurture_add(s->book->nurture, r.campaign, r.campaign_id);
	s->has |= field[SPEND_IMPRESSIONS].len != 0 ? KPI_NEEDS_IMPRESSIONS : 0U;
	s->has |= field[SPEND_CLICKS].len != 0 ? KPI_NEEDS_CLICKS : 0U;
	s->row = mem_grow(s->row, &s->cap, s->nrows + 1, sizeof(*s->row), ROWS_MAX,
	    "rows of spend");
	s->row[s->nrows++] = r;
	s->counts.rows++;
	return NULL;
}

void
spend_join_name(struct spend *s, struct text campaign_id, struct text campaign)
{
	uint32_t n, before = dict_count(s->ids);

	if (campaign_id.len == 0 || campaign.len == 0)
		return;
	n = dict_add(s->ids, campaign_id);
	if (n == before) {
		s->campaign = mem_grow(s->campaign, &s->campaign_cap, (size_t)n + 1,
		    sizeof(*s->campaign), ROWS_MAX, "campaigns");
		s->campaign[n] = arena_text(&s->names_arena, campaign);
	} else if (text_compare(campaign, s->campaign[n]) < 0) {
		s->campaign[n] = arena_text(&s->names_arena, campaign);
	}
}

void
spend_join(struct spend *s, const struct life *l)
{
	for (size_t i = 0; i < l->nsteps; i++)
		if (l->step[i].kind == STEP_TOUCH)
			spend_join_name(s, step_text(&l->step[i], STEP_CAMPAIGN_ID),
			    step_text(&l->step[i], STEP_CAMPAIGN));
}

bool
spend_joined(const struct spend *s, size_t i, struct text *campaign_id,
    struct text *campaign)
{
	if (i >= dict_count(s->ids))
		return false;
	*campaign_id = dict_text(s->ids, (uint32_t)i);
	*campaign = s->campaign[i];
	return true;
}

/* --- all rows, on the cells --- */

/* Spend that no campaigns file names takes the name that touches give its id. */
static void
join_campaign(const struct spend *s, struct row *r)
{
	uint32_t n = dict_get(s->ids, r->campaign_id);

	if (n == MAP_NONE || r->mapped)
		return;
	r->campaign = s->campaign[n];
	for (size_t i = 0; i < s->nnames; i++)
		if (text_is(s->names[i], "campaign"))
			r->value[i] = r->campaign;
}

static void
find_cost(const struct spend *s, struct breakdowns *by)
{
	bool seen[BREAKDOWN_NAMES] = { false };

	for (size_t r = 0; r < s->nrows; r++)
		for (size_t i = 0; i < s->nnames; i++)
			seen[i] |= s->row[r].value[i].len != 0;
	for (size_t i = 0; i < by->n; i++) {
		struct breakdown *d = &by->v[i];

		d->has_cost = !d->by_reason && !d->by_mail;
		for (size_t k = 0; k < d->nparts; k++) {
			d->part[k].of_spend = seen[d->part[k].name];
			d->has_cost &= d->part[k].of_spend;
		}
		d->allocated = !d->has_cost && allocate_can(s->basis, d);
		d->has_cost |= d->allocated;
	}
}

/* Was this the first row of ads on that day of the cell? */
static bool
is_new_day(struct spend *s, uint32_t cell, int64_t day)
{
	char key[12];
	bool added;

	memcpy(key, &cell, 4);
	memcpy(key + 4, &day, 8);
	map_add(s->days, hash_text((struct text){ key, sizeof(key) }), &added);
	return added;
}

static void
book_row(struct spend *s, struct cube *cube, uint32_t cell, const struct row *r)
{
	bool ad = r->kind->ad && !r->untracked;

	cube_add(cube, cell, CUBE_COST, r->cost);
	if (r->kind->sales && !r->untracked)
		cube_add(cube, cell, CUBE_COST_SALES, r->cost);
	if (!ad)
		return;
	cube_add(cube, cell, CUBE_COST_ADS, r->cost);
	cube_add(cube, cell, CUBE_IMPRESSIONS, r->impressions);
	cube_add(cube, cell, CUBE_CLICKS, r->clicks);
	if ((r->cost != 0 || r->impressions != 0 || r->clicks != 0) &&
	    is_new_day(s, cell, r->day))
		cube_add(cube, cell, CUBE_AD_DAYS, NUM_MICROS);
}

/* Ads without a name for a column that other rows have. */
static void
count_nameless(struct spend *s, const struct row *r)
{
	const struct breakdowns *by = s->book->by;

	for (size_t i = 0; i < by->n; i++)
		for (size_t k = 0; by->v[i].has_cost && k < by->v[i].nparts; k++) {
			const struct breakdown_part *p = &by->v[i].part[k];

			if (!r->kind->ad || !p->of_spend || r->value[p->name].len != 0)
				continue;
			if (s->counts.nameless++ == 0)
				s->counts.column = s->names[p->name];
			s->counts.nameless_cost += r->cost;
			return;
		}
}

/* One row on one breakdown's cells, or into what is to be shared. */
static void
lay_row(struct spend *s, const struct row *r, size_t i, uint32_t nmodels)
{
	struct book *b = s->book;
	const struct breakdown *d = &b->by->v[i];
	bool ad = r->kind->ad && !r->untracked;
	const int64_t amount[ALLOCATE_SUMS] = { r->cost,
		r->kind->sales && !r->untracked ? r->cost : 0, ad ? r->cost : 0,
		ad ? r->impressions : 0, ad ? r->clicks : 0 };
	struct text segment = breakdown_of_names(b->by, i, r->value);

	if (d->allocated)
		allocate_add(s->allocate, i, r->day, segment, amount);
	for (uint32_t m = d->by_credit; !d->allocated &&
	    m <= (d->by_credit ? nmodels : 0); m++)
		book_row(s, b->cube, cube_find(b->cube, r->day, (uint32_t)i, m, segment), r);
}

void
spend_book(struct spend *s, uint32_t nmodels)
{
	struct book *b = s->book;

	for (size_t r = 0; r < s->nrows; r++)
		join_campaign(s, &s->row[r]);
	find_cost(s, b->by);
	for (size_t r = 0; r < s->nrows; r++) {
		if (s->row[r].kind->nurture && s->row[r].cost != 0)
			book_nurture_day(b, s->row[r].day);
		s->row[r].counted = book_day(b, s->row[r].day);
		if (!s->row[r].counted) {
			s->counts.outside++;
			continue;
		}
		count_nameless(s, &s->row[r]);
		for (size_t i = 0; i < b->by->n; i++)
			if (b->by->v[i].has_cost)
				lay_row(s, &s->row[r], i, nmodels);
	}
	if (s->allocate != NULL)
		allocate_settle(s->allocate, nmodels);
}

bool
spend_row(const struct spend *s, size_t i, struct spend_row *row)
{
	const struct row *r;

	if (i >= s->nrows)
		return false;
	r = &s->row[i];
	*row = (struct spend_row){ r->platform, r->campaign_id, r->campaign, r->cost,
		r->counted };
	return true;
}

unsigned
spend_has(const struct spend *s)
{
	return s->has;
}

struct spend_counts
spend_counts(const struct spend *s)
{
	return s->counts;
}
