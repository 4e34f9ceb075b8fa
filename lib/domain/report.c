/* report.c - the figures of all cells, row by row in order */
#include <lead/base/mem.h>
#include <lead/domain/kpi_list.h>
#include <lead/domain/report.h>
#include <lead/domain/wilson.h>

/*
 * Cells of one period, dimension and segment stand together (one a model), and
 * their rows go out figure by figure: that is the order of the columns.
 */
struct report {
	const struct report_choice *choice;
	const struct book *book;
	const uint32_t *cell;
	size_t ncells;
	size_t from, to; /* cells that stand together */
	size_t at, kpi;
	char period[WHEN_TEXT], name[KPI_NAME_LEN];
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

struct report *
report_new(const struct report_choice *choice, const struct book *book)
{
	struct report *r = mem_new(1, sizeof(*r));
	struct text names[BREAKDOWN_MAX];

	r->choice = choice;
	r->book = book;
	for (size_t i = 0; i < book->by->n; i++)
		names[i] = breakdown_name(book->by, i);
	r->cell = cube_sort(book->cube, names, &r->ncells);
	return r;
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

void
report_free(struct report *r)
{
	mem_free(r);
}

/* --- which figures does a cell have? --- */

static bool
is_credited(const struct report_choice *c, const struct kpi *k)
{
	return c->credited != NULL && (k->needs & KPI_CREDIT) != 0 && c->credited[k->a] &&
	    c->credited[k->b] && c->credited[k->less];
}

static bool
is_shown(const struct report *r, size_t kpi, uint32_t cell)
{
	const struct report_choice *c = r->choice;
	const struct kpi *k = kpi_list_at(kpi);
	struct cube_line line = cube_line(r->book->cube, cell);
	const struct breakdown *d = &r->book->by->v[line.dimension];

	if ((c->any && !c->asked[kpi]) || !can_be_had(c, k))
		return false;
	if (!cube_get(r->book->cube, cell)->shown && ((k->needs & KPI_STOCK) == 0 ||
	    cube_get(r->book->cube, cell)->stock == NULL))
		return false;
	if (d->by_reason || (k->needs & KPI_SHARE) != 0)
		return d->by_reason && (k->needs & KPI_SHARE) != 0;
	return !d->by_credit || is_credited(c, k);
}

/* --- the next row --- */

static bool
stand_together(const struct report *r, uint32_t x, uint32_t y)
{
	struct cube_line p = cube_line(r->book->cube, x), q = cube_line(r->book->cube, y);

	return cube_get(r->book->cube, x)->period == cube_get(r->book->cube, y)->period &&
	    text_equal(breakdown_name(r->book->by, p.dimension),
	    breakdown_name(r->book->by, q.dimension)) &&
	    text_equal(p.segment, q.segment);
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
	r->kpi = 0;
	r->at = r->from;
	return true;
}

static struct text
put(char out[NUM_TEXT], bool there, num_wide micros)
{
	return there ? num_put_wide(out, micros) : TEXT_NONE;
}

/* The interval of a proportion; it is of whole things alone. */
static void
fill_interval(struct report *r, const struct kpi *k, const struct kpi_figure *f,
    struct text *cell)
{
	int64_t lo = 0, hi = 0;
	bool there = (k->needs & KPI_PROPORTION) != 0 && f->has_value &&
	    wilson_interval((int64_t)(f->numerator / NUM_MICROS),
	    (int64_t)(f->denominator / NUM_MICROS), &lo, &hi);

	cell[0] = put(r->number[4], there, lo);
	cell[1] = put(r->number[5], there, hi);
}

static void
fill(struct report *r, uint32_t n, struct text cell[REPORT_CELLS])
{
	const struct cube *cube = r->book->cube;
	const struct cube_cell *c = cube_get(cube, n);
	struct cube_line line = cube_line(cube, n);
	const struct breakdown *d = &r->book->by->v[line.dimension];
	const struct kpi *k = kpi_list_at(r->kpi);
	struct kpi_facts facts = { .cell = c, .days = book_days(r->book, c->period),
		.whole = c->whole != CUBE_NONE ? cube_get(cube, c->whole) : NULL };
	struct kpi_figure f = { 0 };

	if ((k->needs & KPI_NEEDS_SPEND) == 0 || d->has_cost)
		k->figure(k, &facts, &f);
	cell[0] = when_put_period(r->period, r->book->rules->period, c->period);
	cell[1] = d->name;
	cell[2] = line.segment;
	cell[3] = kpi_name(k, r->choice->sla, r->name);
	cell[4] = line.model_name;
	cell[5] = put(r->number[0], f.has_value, f.value);
	cell[6] = put(r->number[1], f.has_numerator, f.numerator);
	cell[7] = put(r->number[2], f.has_denominator, f.denominator);
	cell[8] = num_put_count(r->number[3], f.n);
	if (r->choice->interval)
		fill_interval(r, k, &f, cell + 9);
}

bool
report_next(struct report *r, struct text cell[REPORT_CELLS])
{
	for (;;) {
		if (r->at == r->to) {
			r->at = r->from;
			r->kpi++;
		}
		if (r->from == r->to || kpi_list_at(r->kpi) == NULL) {
			if (!next_cells(r))
				return false;
		}
		if (is_shown(r, r->kpi, r->cell[r->at])) {
			fill(r, r->cell[r->at++], cell);
			return true;
		}
		r->at++;
	}
}
