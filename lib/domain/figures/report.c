/* report.c - the figures of all cells, row by row in order */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/wilson.h>
#include <lead/domain/figures/book_nurture.h>
#include <lead/domain/figures/kpi_figure.h>
#include <lead/domain/figures/kpi_list.h>
#include <lead/domain/figures/report.h>

/* What of a figure a line tells. */
enum aspect {
	ASPECT_FIGURE,
	ASPECT_GOAL,
	ASPECT_ATTAINMENT,
};

/* A line of the report, of which each cell that shows it makes a row. */
struct entry {
	size_t kpi;
	enum aspect aspect;
	char name[KPI_NAME_LEN + 16];
	size_t len; /* of name */
	bool shown[BREAKDOWN_MAX]; /* in this breakdown */
};

/*
 * Cells of one period, dimension and segment stand together (one a model), and
 * their rows go out line by line: that is the order of the columns.
 */
struct report {
	const struct report_choice *choice;
	const struct book *book;
	struct entry *entry; /* in byte order of names */
	size_t nentries, revenue; /* revenue: its number in kpi_list_at() */
	const uint32_t *cell;
	size_t ncells;
	size_t from, to; /* cells that stand together */
	size_t at, line;
	uint32_t dimension; /* theirs */
	char period[WHEN_TEXT];
	char number[6][NUM_TEXT];
};

size_t
report_columns(const struct report_choice *c, const char *name[REPORT_CELLS])
{
	static const char *const always[] = { "period", "dimension", "segment", "kpi",
		"model", "value", "numerator", "denominator", "n" };
	size_t n = sizeof(always) / sizeof(always[0]);

	memcpy(name, always, sizeof(always));
	if (c->interval) {
		name[n++] = "lo";
		name[n++] = "hi";
	}
	if (c->allocate != ALLOCATE_NOT)
		name[n++] = "allocated";
	return n;
}

static bool
can_be_had(const struct report_choice *c, const struct kpi *k)
{
	return (k->needs & KPI_NEEDS & ~c->has) == 0;
}

bool
report_ask(struct report_choice *c, const struct kpi *k)
{
	for (size_t i = 0; kpi_list_at(i) != NULL; i++)
		if (kpi_list_at(i) == k)
			c->asked[i] = c->any = true;
	return can_be_had(c, k);
}

unsigned
report_needs(const struct report_choice *c)
{
	const struct kpi *k;
	unsigned needs = 0;

	for (size_t i = 0; (k = kpi_list_at(i)) != NULL; i++)
		if (can_be_had(c, k) && (!c->any || c->asked[i]))
			needs |= k->needs;
	return needs;
}

/* Figures whose measures stand in their line; others may look at any. */
static bool
is_simple(const struct kpi *k)
{
	static kpi_figure_fn *const simple[] = { kpi_figure_total, kpi_figure_ratio,
		kpi_figure_share, kpi_figure_mean, kpi_figure_median, kpi_figure_p90 };

	for (size_t i = 0; i < sizeof(simple) / sizeof(simple[0]); i++)
		if (k->figure == simple[i])
			return true;
	return false;
}

void
report_measures(const struct report_choice *c, bool wanted[CUBE_MEASURES])
{
	const struct kpi *k;

	memset(wanted, !c->any || c->allocate != ALLOCATE_NOT,
	    CUBE_MEASURES * sizeof(*wanted));
	for (size_t i = 0; c->any && (k = kpi_list_at(i)) != NULL; i++) {
		if (!c->asked[i])
			continue;
		if (!is_simple(k))
			memset(wanted, true, CUBE_MEASURES * sizeof(*wanted));
		wanted[k->a] = wanted[k->b] = wanted[k->less] = true;
	}
}

/* What the input must have, a comma between. */
static void
list_needs(struct buf *b, unsigned needs)
{
	bool first = true;

	for (unsigned bit = 1; (bit & KPI_NEEDS) != 0; bit <<= 1) {
		if ((needs & bit) == 0)
			continue;
		if (!first)
			buf_string(b, ", ");
		buf_string(b, kpi_need_name(bit) + strlen("needs "));
		first = false;
	}
}

void
report_list(struct buf *b)
{
	const struct kpi *k;

	buf_string(b, "kpi\tunit\tbasis\tformula\tneeds\n");
	for (size_t i = 0; (k = kpi_list_at(i)) != NULL; i++) {
		const char *const cell[] = { k->name, kpi_unit_name(k->unit),
			kpi_basis_name(k->basis), k->formula };

		for (size_t c = 0; c < sizeof(cell) / sizeof(cell[0]); c++) {
			buf_string(b, cell[c]);
			buf_byte(b, '\t');
		}
		list_needs(b, k->needs);
		buf_byte(b, '\n');
	}
}

/* --- the lines of a report --- */

static bool
is_credited(const struct report_choice *c, const struct kpi *k)
{
	return c->credited != NULL && (k->needs & KPI_CREDIT) != 0 && c->credited[k->a] &&
	    c->credited[k->b] && c->credited[k->less];
}

static bool
is_of(const struct report_choice *c, const struct kpi *k, const struct breakdown *d)
{
	if (d->by_reason || (k->needs & KPI_SHARE) != 0)
		return d->by_reason && (k->needs & KPI_SHARE) != 0;
	if (d->by_mail)
		return (k->needs & KPI_NEEDS_EMAIL) != 0 &&
		    (k->needs & KPI_NEEDS_CONSENT) == 0;
	return !d->by_credit || is_credited(c, k);
}

static void
add_entry(struct report *r, size_t kpi, enum aspect aspect)
{
	static const char *const endings[] = {
		[ASPECT_FIGURE] = "",
		[ASPECT_GOAL] = "_goal",
		[ASPECT_ATTAINMENT] = "_attainment",
	};
	struct entry *e = &r->entry[r->nentries++];
	const struct kpi *k = kpi_list_at(kpi);
	struct text end = text_of(endings[aspect]), name;

	e->kpi = kpi;
	e->aspect = aspect;
	name = kpi_name(k, r->choice->sla, e->name);
	memmove(e->name, name.s, name.len);
	memcpy(e->name + name.len, end.s, end.len);
	e->len = name.len + end.len;
	for (size_t i = 0; i < r->book->by->n; i++)
		e->shown[i] = is_of(r->choice, k, &r->book->by->v[i]);
}

static int
by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return text_compare((struct text){ x->name, x->len },
	    (struct text){ y->name, y->len });
}

static void
add_entries(struct report *r)
{
	const struct report_choice *c = r->choice;
	const struct kpi *k;

	r->entry = mem_new(3 * REPORT_KPIS, sizeof(*r->entry));
	for (size_t i = 0; (k = kpi_list_at(i)) != NULL; i++) {
		if (text_is(text_of(k->name), "revenue"))
			r->revenue = i;
		if ((c->any && !c->asked[i]) || !can_be_had(c, k))
			continue;
		add_entry(r, i, ASPECT_FIGURE);
		if (!goals_any(c->goals, i))
			continue;
		add_entry(r, i, ASPECT_GOAL);
		add_entry(r, i, ASPECT_ATTAINMENT);
	}
	qsort(r->entry, r->nentries, sizeof(*r->entry), by_name);
}

struct report *
report_new(const struct report_choice *choice, const struct book *book)
{
	struct report *r = mem_new(1, sizeof(*r));
	struct text names[BREAKDOWN_MAX];

	r->choice = choice;
	r->book = book;
	add_entries(r);
	for (size_t i = 0; i < book->by->n; i++)
		names[i] = breakdown_name(book->by, i);
	r->cell = cube_sort(book->cube, names, &r->ncells);
	return r;
}

void
report_free(struct report *r)
{
	mem_free(r->entry);
	mem_free(r);
}

/* --- one cell's row of a line --- */

static struct text
put(char out[NUM_TEXT], bool there, num_wide micros)
{
	return there ? num_put_wide(out, micros) : TEXT_NONE;
}

/* The interval of a proportion; it is of whole things alone. */
static void
fill_interval(struct report *r, const struct entry *e, const struct kpi_figure *f,
    struct text *cell)
{
	bool part = (kpi_list_at(e->kpi)->needs & KPI_PROPORTION) != 0 &&
	    e->aspect == ASPECT_FIGURE && f->has_value;
	int64_t lo = 0, hi = 0;
	bool there = part && wilson_interval((int64_t)(f->numerator / NUM_MICROS),
	    (int64_t)(f->denominator / NUM_MICROS), &lo, &hi);

	cell[0] = put(r->number[4], there, lo);
	cell[1] = put(r->number[5], there, hi);
}

/* What figures of growth compare with. */
static void
add_base(const struct report *r, uint32_t n, struct kpi_facts *f)
{
	static const int64_t a_year[] = {
		[WHEN_BY_DAY] = 365,
		[WHEN_BY_WEEK] = 52,
		[WHEN_BY_MONTH] = 12,
		[WHEN_BY_QUARTER] = 4,
		[WHEN_BY_YEAR] = 1,
		[WHEN_BY_ALL] = 0,
	};
	struct book_base base = book_base(r->book, n);

	f->base = base.sum;
	f->base_n = base.n;
	f->a_year = a_year[r->book->rules->period];
}

static void
make_figure(const struct report *r, const struct entry *e, uint32_t n,
    struct kpi_figure *f)
{
	const struct cube *cube = r->book->cube;
	const struct cube_cell *c = cube_get(cube, n);
	const struct kpi *k = kpi_list_at(e->kpi);
	struct kpi_facts facts = { .cell = c,
		.days = book_days(r->book, c->period),
		.goal = (k->needs & KPI_NEEDS_GOALS) != 0
		    ? goals_find(r->choice->goals, n, r->revenue) : NULL,
		.whole = c->whole != CUBE_NONE ? cube_get(cube, c->whole) : NULL };

	*f = (struct kpi_figure){ 0 };
	if ((k->needs & KPI_BASE) != 0)
		add_base(r, n, &facts);
	if ((k->needs & KPI_NEEDS_SPEND) == 0 || r->book->by->v[r->dimension].has_cost)
		k->figure(k, &facts, f);
}

/* The goal itself, or what came by it. */
static void
compare(enum aspect aspect, int64_t goal, struct kpi_figure *f)
{
	struct kpi_figure came = *f;
	int64_t share = 0;

	if (aspect == ASPECT_GOAL) {
		*f = (struct kpi_figure){ .has_value = true, .has_numerator = true,
			.value = goal, .numerator = goal, .n = 1 };
		return;
	}
	*f = (struct kpi_figure){ .has_numerator = came.has_value,
		.has_denominator = true, .numerator = came.value, .denominator = goal,
		.n = came.n };
	f->has_value = came.has_value && num_ratio(came.value, goal, &share);
	f->value = share;
}

/* Is there cost in it that was shared? */
static bool
is_allocated(const struct report *r, const struct entry *e)
{
	return e->aspect != ASPECT_GOAL && r->book->by->v[r->dimension].allocated &&
	    (kpi_list_at(e->kpi)->needs & KPI_NEEDS_SPEND) != 0;
}

/* The row of a cell in a line, or false: the cell does not show it. */
static bool
fill(struct report *r, const struct entry *e, uint32_t n, struct text cell[REPORT_CELLS])
{
	const struct cube_cell *c = cube_get(r->book->cube, n);
	const int64_t *goal = goals_find(r->choice->goals, n, e->kpi);
	unsigned needs = kpi_list_at(e->kpi)->needs;
	bool stands = ((needs & KPI_STOCK) != 0 && c->stock != NULL) ||
	    ((needs & KPI_STANDS) != 0 && c->stands);
	struct cube_line line = cube_line(r->book->cube, n);
	struct kpi_figure f;

	if (e->aspect != ASPECT_FIGURE ? goal == NULL
				       : !c->shown && !stands && goal == NULL)
		return false;
	make_figure(r, e, n, &f);
	if (e->aspect != ASPECT_FIGURE)
		compare(e->aspect, *goal, &f);
	cell[0] = when_put_period(r->period, r->book->rules->period, c->period);
	cell[1] = breakdown_name(r->book->by, r->dimension);
	cell[2] = line.segment;
	cell[3] = (struct text){ e->name, e->len };
	cell[4] = line.model_name;
	cell[5] = put(r->number[0], f.has_value, f.value);
	cell[6] = put(r->number[1], f.has_numerator, f.numerator);
	cell[7] = put(r->number[2], f.has_denominator, f.denominator);
	cell[8] = num_put_count(r->number[3], f.n);
	cell += 9;
	if (r->choice->interval) {
		fill_interval(r, e, &f, cell);
		cell += 2;
	}
	cell[0] = is_allocated(r, e) ? text_of(allocate_name(r->choice->allocate))
				     : TEXT_NONE;
	return true;
}

/* --- the next row --- */

static bool
stand_together(const struct report *r, uint32_t x, uint32_t y)
{
	struct cube_line p = cube_line(r->book->cube, x), q = cube_line(r->book->cube, y);

	return cube_get(r->book->cube, x)->period == cube_get(r->book->cube, y)->period &&
	    p.dimension == q.dimension && text_equal(p.segment, q.segment);
}

/* The next cells that stand together. */
static bool
next_cells(struct report *r)
{
	r->from = r->to;
	if (r->from == r->ncells)
		return false;
	while (r->to < r->ncells && stand_together(r, r->cell[r->from], r->cell[r->to]))
		r->to++;
	r->dimension = cube_line(r->book->cube, r->cell[r->from]).dimension;
	r->line = 0;
	r->at = r->from;
	return true;
}

/* Step to the next line that the cells at hand show. */
static bool
next_line(struct report *r)
{
	while (r->line < r->nentries && !r->entry[r->line].shown[r->dimension])
		r->line++;
	return r->line < r->nentries;
}

bool
report_next(struct report *r, struct text cell[REPORT_CELLS])
{
	for (;;) {
		if (r->at == r->to) {
			r->at = r->from;
			r->line++;
		}
		if (r->from == r->to || !next_line(r)) {
			if (!next_cells(r))
				return false;
			continue;
		}
		if (fill(r, &r->entry[r->line], r->cell[r->at++], cell))
			return true;
	}
}
