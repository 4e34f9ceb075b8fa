/* funnel_merge.c - rows of other runs' sums, added to those of this one */
#include "funnel_state.h"

#define NAME field[PART_NAME]
#define VALUE field[PART_VALUE]

/* --- stages --- */

static const char *
stage_of(const struct funnel *f, const struct text *field, int *stage, size_t *bad)
{
	*bad = SUMMAND_STAGE;
	*stage = stages_find(&f->stages, field[SUMMAND_STAGE]);
	return *stage >= 0 ? NULL : "no stage";
}

/* The stage of a cell, both of which are told. */
static const char *
stage_at(struct funnel *f, const struct text *field, struct funnel_stage **at, size_t *bad)
{
	uint32_t cell;
	int stage;
	const char *why = stage_of(f, field, &stage, bad);

	if (why == NULL)
		why = summand_cell(&f->summand, field, &cell, bad);
	if (why == NULL)
		*at = &funnel_cell_at(f, cell)->stage[stage];
	return why;
}

static const char *
add(struct cube_sum *to, const struct text *field, bool money, size_t *bad)
{
	struct cube_sum sum;
	const char *why = summand_sum(field, money, &sum, bad);

	if (why == NULL)
		why = summand_fits(*to, sum, bad);
	if (why != NULL)
		return why;
	to->sum += sum.sum;
	to->n += sum.n;
	return NULL;
}

static const char *
take_sum(struct funnel *f, const struct text *field, size_t *bad)
{
	struct funnel_stage *at;
	const char *why = stage_at(f, field, &at, bad);

	if (why != NULL)
		return why;
	for (enum funnel_measure m = 0; m < FUNNEL_MEASURES; m++)
		if (text_equal(NAME, funnel_measure_name(m)))
			return add(&at->sum[m], field, funnel_measure_is_money(m), bad);
	*bad = PART_NAME;
	return "no measure";
}

static const char *
take_stays(struct funnel *f, const struct text *field, size_t *bad)
{
	struct funnel_stage *at;
	const char *why = stage_at(f, field, &at, bad);

	return why != NULL ? why : summand_times(field, &at->stays, bad);
}

static const char *
take_ages(struct funnel *f, const struct text *field, size_t *bad)
{
	struct funnel_stage *at;
	const char *why = stage_at(f, field, &at, bad);

	return why != NULL ? why : summand_times(field, &at->ages, bad);
}

static const char *
take_yard(struct funnel *f, const struct text *field, size_t *bad)
{
	int stage;
	const char *why = stage_of(f, field, &stage, bad);

	return why != NULL ? why : summand_times(field, &f->yard[stage], bad);
}

/* --- cells --- */

static const char *
take_entered(struct funnel *f, const struct text *field, size_t *bad)
{
	uint32_t cell;
	const char *why = summand_cell(&f->summand, field, &cell, bad);

	return why != NULL ? why
	    : add(&funnel_cell_at(f, cell)->entered, field, false, bad);
}

/* Of which segment the cell is a share. */
static const char *
take_share(struct funnel *f, const struct text *field, size_t *bad)
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
	funnel_cell_at(f, whole);
	funnel_cell_at(f, cell)->whole = whole;
	return NULL;
}

/* --- moves --- */

static bool
place_of(const struct funnel *f, struct text number, int *place)
{
	num_wide n;

	if (!part_whole(number, &n) || n >= (num_wide)f->stages.n || n < PASSAGE_LOST)
		return false;
	*place = (int)n;
	return true;
}

static const char *
flow_at(struct funnel *f, const struct text *field, struct funnel_flow **flow, size_t *bad)
{
	int from, to;
	uint32_t cell;
	const char *why;

	*bad = PART_NAME;
	if (!place_of(f, NAME, &from) || !place_of(f, VALUE, &to))
		return "no places of a move";
	if ((why = summand_cell(&f->summand, field, &cell, bad)) == NULL)
		*flow = funnel_flow_at(f, cell, from, to);
	return why;
}

static const char *
take_move(struct funnel *f, const struct text *field, size_t *bad)
{
	struct funnel_flow *flow;
	int64_t n;
	const char *why = summand_count(field, SUMMAND_N, &n, bad);

	if (why == NULL)
		why = flow_at(f, field, &flow, bad);
	if (why != NULL)
		return why;
	flow->n += n;
	funnel_flow_at(f, flow->cell, flow->from, FUNNEL_ANYWHERE)->n += n;
	return NULL;
}

static const char *
take_moved(struct funnel *f, const struct text *field, size_t *bad)
{
	struct funnel_flow *flow;
	const char *why = flow_at(f, field, &flow, bad);

	return why != NULL ? why : summand_times(field, &flow->stays, bad);
}

/* --- open ones --- */

static const char *
read_times(const struct text *field, struct funnel_deal *d, size_t *bad)
{
	num_wide age;

	*bad = SUMMAND_PERIOD;
	if (when_parse(field[SUMMAND_PERIOD], &d->since.us) != WHEN_OK)
		return "not a time";
	*bad = SUMMAND_TIMES;
	if (!part_whole(field[SUMMAND_TIMES], &age) || age > INT64_MAX || age < INT64_MIN)
		return "not a duration";
	d->age_us = (int64_t)age;
	d->since.set = d->since.dated = true;
	d->since.day_only = field[SUMMAND_N].len != 0;
	*bad = SUMMAND_N;
	return !d->since.day_only ||
	    when_parse_day(field[SUMMAND_N], &d->since.day) == WHEN_OK ? NULL : "not a day";
}

static const char *
take_open(struct funnel *f, const struct text *field, size_t *bad)
{
	struct funnel_deal d = { .has_value = field[SUMMAND_SUM].len != 0 };
	const char *why;

	if ((why = stage_of(f, field, &d.stage, bad)) != NULL ||
	    (why = read_times(field, &d, bad)) != NULL)
		return why;
	*bad = SUMMAND_SUM;
	if (d.has_value && !part_whole(field[SUMMAND_SUM], &d.value))
		return "not an amount";
	d.deal = arena_text(&f->kept, NAME);
	d.lead = arena_text(&f->kept, field[SUMMAND_SEGMENT]);
	d.rep = arena_text(&f->kept, VALUE);
	funnel_stuck_keep(f, &d);
	return NULL;
}

/* --- the run --- */

static const char *
take_currency(struct funnel *f, const struct text *field, size_t *bad)
{
	return summand_currency(field, &f->book, bad);
}

static uint64_t *
tally(void *f, size_t i, const char **name)
{
	return funnel_tally(f, i, name);
}

static const char *
take_count(struct funnel *f, const struct text *field, size_t *bad)
{
	return summand_tally(field, tally, f, bad);
}

const char *
funnel_merge_row(void *funnel, const struct text *field, size_t *bad)
{
	static const struct {
		const char *record;
		const char *(*take)(struct funnel *f, const struct text *field,
		    size_t *bad);
	} records[] = {
		{ "sum", take_sum },
		{ "stays", take_stays },
		{ "ages", take_ages },
		{ "entered", take_entered },
		{ "share", take_share },
		{ "move", take_move },
		{ "moved", take_moved },
		{ "open", take_open },
		{ "yard", take_yard },
		{ "currency", take_currency },
		{ "count", take_count },
	};

	for (size_t i = 0; i < sizeof(records) / sizeof(records[0]); i++)
		if (text_is(field[PART_RECORD], records[i].record))
			return records[i].take(funnel, field, bad);
	*bad = PART_RECORD;
	return "no record of a part";
}
