/* figures_merge.c - rows of other runs' books, added to those of this one */
#include <lead/domain/figures/book_nurture.h>
#include <lead/domain/figures/figures.h>
#include <lead/domain/figures/stock.h>

#define NAME field[PART_NAME]
#define VALUE field[PART_VALUE]

/* --- cells --- */

static const char *
take_sum(struct figures *f, const struct text *field, size_t *bad)
{
	struct cube_sum sum;
	uint32_t cell;
	const char *why;

	*bad = PART_NAME;
	if (!cube_measure_find(NAME, &f->told))
		return "no measure";
	if ((why = summand_sum(field, cube_measure_is_money(f->told), &sum, bad)) != NULL ||
	    (why = summand_cell(&f->summand, field, &cell, bad)) != NULL ||
	    (why = summand_fits(cube_sum_of(cube_get(f->book.cube, cell), f->told), sum,
	    bad)) != NULL)
		return why;
	cube_add_sum(f->book.cube, cell, f->told, sum);
	return NULL;
}

static const char *
take_shown(struct figures *f, const struct text *field, size_t *bad)
{
	uint32_t cell;
	const char *why = summand_cell(&f->summand, field, &cell, bad);

	if (why == NULL)
		cube_get(f->book.cube, cell)->shown = true;
	return why;
}

static const char *
take_times(struct figures *f, const struct text *field, size_t *bad)
{
	enum cube_series series;
	uint32_t cell;
	const char *why;

	*bad = PART_NAME;
	if (!cube_series_find(NAME, &series))
		return "no kind of duration";
	if ((why = summand_cell(&f->summand, field, &cell, bad)) != NULL)
		return why;
	return summand_times(field, &cube_get(f->book.cube, cell)->series[series], bad);
}

/* Of which segment the cell is a share. */
static const char *
take_share(struct figures *f, const struct text *field, size_t *bad)
{
	struct cube *cube = f->book.cube;
	uint32_t cell, whole;
	const struct breakdown *d;
	const char *why = summand_cell(&f->summand, field, &cell, bad);

	if (why != NULL)
		return why;
	d = &f->by.v[cube_line(cube, cell).dimension];
	*bad = SUMMAND_DIMENSION;
	if (!d->by_reason)
		return "not one by reason";
	whole = cube_at(cube, cube_line_of(cube, d->outer, 0, VALUE),
	    cube_get(cube, cell)->period);
	cube_get(cube, cell)->whole = whole;
	return NULL;
}

/* --- stock --- */

static const char *
take_move(struct figures *f, const struct text *field, struct stock_move *m, size_t *bad)
{
	num_wide valued;
	const char *why;

	if ((why = summand_day(&f->summand, field, &m->period, bad)) != NULL ||
	    (why = summand_count(field, SUMMAND_N, &m->deals, bad)) != NULL ||
	    (why = summand_amount(field, SUMMAND_SUM, &m->value, bad)) != NULL)
		return why;
	*bad = PART_VALUE;
	if (!part_whole(VALUE, &valued) || valued > INT32_MAX || valued < -INT32_MAX)
		return "not a number of deals";
	m->valued = (int64_t)valued;
	m->stage = field[SUMMAND_STAGE];
	stock_add(f->book.stock, m);
	return NULL;
}

static const char *
take_stood(struct figures *f, const struct text *field, size_t *bad)
{
	struct stock_move m = { 0 };
	const char *why = summand_line(&f->summand, field, &m.line, bad);

	return why != NULL ? why : take_move(f, field, &m, bad);
}

static const char *
take_closed(struct figures *f, const struct text *field, size_t *bad)
{
	struct stock_move m = { .closed = true };

	return take_move(f, field, &m, bad);
}

/* --- what touches tell of spend, and groups of mail --- */

static const char *
take_joined(struct figures *f, const struct text *field, size_t *bad)
{
	*bad = PART_RECORD;
	if (f->spend == NULL)
		return "there is no spend";
	spend_join_name(f->spend, NAME, VALUE);
	return NULL;
}

static const char *
take_touched(struct figures *f, const struct text *field, size_t *bad)
{
	int64_t n;
	const char *why = summand_count(field, SUMMAND_N, &n, bad);

	if (why != NULL)
		return why;
	*bad = PART_RECORD;
	if (f->spend == NULL)
		return "there is no spend";
	unjoined_add(f->unjoined, NAME, (num_wide)n * NUM_MICROS);
	return NULL;
}

static const char *
take_mailed(struct figures *f, const struct text *field, size_t *bad)
{
	*bad = PART_NAME;
	return f->mail != NULL && book_mail_meet(f->book_mail, NAME) ? NULL
	    : "a lead that another part had: its mail would count twice";
}

/* --- the run --- */

static const char *
take_day(struct figures *f, const struct text *field, size_t *bad)
{
	bool first = text_is(NAME, "first");
	int64_t day;

	*bad = PART_VALUE;
	if (when_parse_day(VALUE, &day) != WHEN_OK)
		return "not a day";
	if (!first)
		book_nurture_day(&f->book, day);
	else if (day < f->book.first_day)
		f->book.first_day = day;
	return NULL;
}

static const char *
take_currency(struct figures *f, const struct text *field, size_t *bad)
{
	return summand_currency(field, &f->book, bad);
}

static uint64_t *
tally(void *f, size_t i, const char **name)
{
	return figures_tally(f, i, name);
}

static const char *
take_count(struct figures *f, const struct text *field, size_t *bad)
{
	return summand_tally(field, tally, f, bad);
}

const char *
figures_merge_row(void *figures, const struct text *field, size_t *bad)
{
	static const struct {
		const char *record;
		const char *(*take)(struct figures *f, const struct text *field,
		    size_t *bad);
	} records[] = {
		{ "sum", take_sum },
		{ "times", take_times },
		{ "shown", take_shown },
		{ "share", take_share },
		{ "stood", take_stood },
		{ "closed", take_closed },
		{ "joined", take_joined },
		{ "touched", take_touched },
		{ "mailed", take_mailed },
		{ "day", take_day },
		{ "currency", take_currency },
		{ "count", take_count },
	};

	*bad = SUMMAND_MODEL;
	if (field[SUMMAND_MODEL].len != 0)
		return "credit is of the whole, not of parts";
	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (text_is(field[PART_RECORD], records[i].record))
			return records[i].take(figures, field, bad);
	*bad = PART_RECORD;
	return "no record of a part";
}
