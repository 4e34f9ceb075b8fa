/* funnel_report.c - the figures of all cells, row by row in order */
#include <lead/base/mem.h>

#include "funnel_state.h"

const char *const funnel_columns[FUNNEL_CELLS] = { "period", "dimension", "segment",
	"stage", "kpi", "model", "value", "numerator", "denominator", "n", "order",
	"label" };

/* One row to come. */
struct row {
	struct funnel *f;
	funnel_put *put;
	void *context;
	unsigned covers; /* what credit can tell */
	const uint32_t *cell; /* those of one period, dimension and segment */
	size_t ncells;
};

void
funnel_list(struct buf *b)
{
	const struct funnel_figure *k;

	buf_string(b, "kpi\tunit\tformula\tneeds\n");
	for (size_t i = 0; (k = funnel_figure_at(i)) != NULL; i++) {
		buf_string(b, k->name);
		buf_byte(b, '\t');
		buf_string(b, kpi_unit_name(k->unit));
		buf_byte(b, '\t');
		buf_string(b, k->formula);
		buf_byte(b, '\t');
		if (k->needs != 0)
			buf_string(b, kpi_need_name(k->needs) + strlen("needs "));
		buf_byte(b, '\n');
	}
}

/* --- which rows are there? --- */

static bool
at_stage(const struct funnel *f, const struct funnel_figure *k, int stage)
{
	static const unsigned kinds[] = { [STAGES_OPEN] = FUNNEL_AT_OPEN,
		[STAGES_LOST] = FUNNEL_AT_LOST, [STAGES_WON] = FUNNEL_AT_WON };
	const struct stages_stage *s = &f->stages.v[stage];

	if ((k->shown & kinds[s->kind]) == 0)
		return false;
	if ((k->shown & FUNNEL_NOT_FIRST) != 0 && s->level < 1)
		return false;
	return (k->shown & FUNNEL_NOT_LAST) == 0 || s->level < f->stages.levels - 1;
}

static bool
can_be_had(const struct funnel *f, size_t kpi)
{
	const struct funnel_figure *k = funnel_figure_at(kpi);

	if (f->any_asked && !f->asked[kpi])
		return false;
	return (k->needs & KPI_NEEDS_VALUE) == 0 || f->columns[STEP_VALUE] >= 0;
}

static bool
in_cell(const struct row *r, const struct funnel_figure *k, uint32_t n, int stage)
{
	const struct funnel *f = r->f;
	const struct funnel_cell *c = &f->cell[n];
	const struct breakdown *d = &f->by.v[cube_line(f->book.cube, n).dimension];

	if (c->stage == NULL)
		return false;
	if (d->by_reason || (k->shown & FUNNEL_BY_REASON) != 0)
		return d->by_reason && (k->shown & FUNNEL_BY_REASON) != 0 &&
		    c->stage[stage].sum[k->measure].n > 0;
	if (d->by_credit && (k->credit & r->covers) == 0)
		return false;
	return (k->shown & FUNNEL_ONCE) == 0 || funnel_figure_worst(f, c) == stage;
}

/* --- one row --- */

static struct text
number(char out[NUM_TEXT], bool there, num_wide micros)
{
	return there ? num_put_wide(out, micros) : TEXT_NONE;
}

static void
put_row(const struct row *r, const struct funnel_figure *k, uint32_t n, int stage)
{
	const struct funnel *f = r->f;
	const struct stages_stage *s = &f->stages.v[stage];
	struct cube_line line = cube_line(f->book.cube, n);
	char period[WHEN_TEXT], figure[4][NUM_TEXT], order[NUM_TEXT];
	struct kpi_figure v;
	struct text cell[FUNNEL_CELLS];

	funnel_figure_fill(f, k, &f->cell[n], stage, &v);
	cell[0] = when_put_period(period, f->rules.period,
	    cube_get(f->book.cube, n)->period);
	cell[1] = breakdown_name(&f->by, line.dimension);
	cell[2] = line.segment;
	cell[3] = s->key;
	cell[4] = text_of(k->name);
	cell[5] = line.model_name;
	cell[6] = number(figure[0], v.has_value, v.value);
	cell[7] = number(figure[1], v.has_numerator, v.numerator);
	cell[8] = number(figure[2], v.has_denominator, v.denominator);
	cell[9] = num_put_count(figure[3], v.n);
	cell[10] = num_put_count(order, s->order);
	cell[11] = s->label;
	r->put(r->context, cell);
}

/* --- all rows --- */

static void
put_segment(const struct row *r)
{
	const struct stages *s = &r->f->stages;

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; funnel_figure_at(k) != NULL; k++) {
			const struct funnel_figure *figure = funnel_figure_at(k);

			if (!can_be_had(r->f, k) || !at_stage(r->f, figure, s->by_key[i]))
				continue;
			for (size_t c = 0; c < r->ncells; c++)
				if (in_cell(r, figure, r->cell[c], s->by_key[i]))
					put_row(r, figure, r->cell[c], s->by_key[i]);
		}
}

static bool
stand_together(const struct funnel *f, uint32_t x, uint32_t y)
{
	struct cube_line p = cube_line(f->book.cube, x), q = cube_line(f->book.cube, y);

	return cube_get(f->book.cube, x)->period == cube_get(f->book.cube, y)->period &&
	    text_equal(breakdown_name(&f->by, p.dimension),
	    breakdown_name(&f->by, q.dimension)) &&
	    text_equal(p.segment, q.segment);
}

static void
sort_durations(struct funnel *f)
{
	for (size_t i = 0; i < f->ncells; i++)
		for (size_t k = 0; f->cell[i].stage != NULL && k < f->stages.n; k++) {
			durations_sort(&f->cell[i].stage[k].stays);
			durations_sort(&f->cell[i].stage[k].ages);
		}
}

void
funnel_report(struct funnel *f, funnel_put *put, void *context)
{
	struct row r = { .f = f, .put = put, .context = context };
	struct text names[BREAKDOWN_MAX];
	const uint32_t *cell;
	size_t n, to;

	for (size_t i = 0; i < STAGES_MAX; i++)
		durations_sort(&f->yard[i]);
	if (f->words.table == FUNNEL_STUCK) {
		funnel_stuck_report(f, put, context);
		return;
	}
	if (f->words.table == FUNNEL_FLOW) {
		funnel_flow_report(f, put, context);
		return;
	}
	sort_durations(f);
	for (size_t i = 0; i < f->by.n; i++)
		names[i] = breakdown_name(&f->by, i);
	cell = cube_sort(f->book.cube, names, &n);
	if (n > 0)
		funnel_cell_at(f, (uint32_t)n - 1);
	r.covers = funnel_credit_covers(f);
	for (size_t from = 0; from < n; from = to) {
		for (to = from; to < n && stand_together(f, cell[from], cell[to]); to++)
			;
		r.cell = cell + from;
		r.ncells = to - from;
		put_segment(&r);
	}
}
