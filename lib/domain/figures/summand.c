/* summand.c - rows of a part: what of each cell is to be added up */
#include <lead/domain/figures/summand.h>

/* A row has so many bytes of durations, or a few more. */
enum { TIMES_ROW = 32 << 10, TIMES_MAX = 2 * TIMES_ROW, AGAIN_MAX = 1 << 30 };

static const num_wide AMOUNT_MAX = (num_wide)1 << 84;
static const int64_t COUNT_MAX = (int64_t)1 << 36;

const char *const summand_columns[SUMMAND_COLUMNS] = {
	[PART_RECORD] = "record",
	[PART_NAME] = "name",
	[PART_VALUE] = "value",
	[SUMMAND_PERIOD] = "period",
	[SUMMAND_DIMENSION] = "dimension",
	[SUMMAND_SEGMENT] = "segment",
	[SUMMAND_MODEL] = "model",
	[SUMMAND_STAGE] = "stage",
	[SUMMAND_SUM] = "sum",
	[SUMMAND_N] = "n",
	[SUMMAND_TIMES] = "times",
};

void
summand_init(struct summand *s, struct part *part, struct cube *cube,
    const struct breakdowns *by, enum when_period period)
{
	*s = (struct summand){ .part = part, .cube = cube, .by = by, .period = period };
	buf_init(&s->times, TIMES_MAX, "durations");
}

void
summand_clear(struct summand *s)
{
	buf_clear(&s->times);
}

/* --- rows out --- */

void
summand_begin(struct summand *s, const char *record, struct text name)
{
	for (size_t i = 0; i < SUMMAND_COLUMNS; i++)
		s->cell[i] = TEXT_NONE;
	s->cell[PART_RECORD] = text_of(record);
	s->cell[PART_NAME] = name;
}

void
summand_place(struct summand *s, int64_t period, const struct cube_line *line)
{
	s->cell[SUMMAND_PERIOD] = when_put_period(s->room[0], s->period, period);
	if (line == NULL)
		return;
	s->cell[SUMMAND_DIMENSION] = breakdown_name(s->by, line->dimension);
	s->cell[SUMMAND_SEGMENT] = line->segment;
	s->cell[SUMMAND_MODEL] = line->model_name;
}

void
summand_number(struct summand *s, enum summand_column c, num_wide n)
{
	s->cell[c] = part_put_whole(s->room[c == SUMMAND_SUM ? 1 : 2], n);
}

void
summand_put(struct summand *s)
{
	part_put(s->part, s->cell);
}

void
summand_put_times(struct summand *s, struct durations *d)
{
	char number[NUM_TEXT];
	size_t same;

	durations_sort(d);
	for (size_t i = 0; i < d->n; i += same) {
		for (same = 1; i + same < d->n && d->us[i + same] == d->us[i]; same++)
			;
		if (s->times.len > 0)
			buf_byte(&s->times, ' ');
		buf_put(&s->times, part_put_whole(number, d->us[i]));
		if (same > 1) {
			buf_byte(&s->times, '*');
			buf_put(&s->times, part_put_whole(number, (num_wide)same));
		}
		if (s->times.len < TIMES_ROW && i + same < d->n)
			continue;
		s->cell[SUMMAND_TIMES] = buf_text(&s->times);
		summand_put(s);
		s->times.len = 0;
	}
}

/* --- rows in --- */

const char *
summand_day(const struct summand *s, const struct text *field, int64_t *start,
    size_t *bad)
{
	struct text name = field[SUMMAND_PERIOD];

	*bad = SUMMAND_PERIOD;
	*start = 0;
	if (s->period == WHEN_BY_ALL)
		return text_is(name, "(all)") ? NULL : "not a period";
	return when_parse_named(name, s->period, start) ? NULL : "not a period";
}

static bool
find_dimension(const struct summand *s, struct text name, uint32_t *dimension)
{
	for (size_t i = 0; i < s->by->n; i++)
		if (text_equal(breakdown_name(s->by, i), name)) {
			*dimension = (uint32_t)i;
			return true;
		}
	return false;
}

const char *
summand_line(struct summand *s, const struct text *field, uint32_t *line, size_t *bad)
{
	uint32_t dimension, model = cube_model(s->cube, field[SUMMAND_MODEL]);

	*bad = SUMMAND_DIMENSION;
	if (!find_dimension(s, field[SUMMAND_DIMENSION], &dimension))
		return "none of the breakdowns";
	*line = cube_line_of(s->cube, dimension, model, field[SUMMAND_SEGMENT]);
	return NULL;
}

const char *
summand_cell(struct summand *s, const struct text *field, uint32_t *cell, size_t *bad)
{
	int64_t start;
	uint32_t line;
	const char *why = summand_day(s, field, &start, bad);

	if (why == NULL)
		why = summand_line(s, field, &line, bad);
	if (why == NULL)
		*cell = cube_at(s->cube, line, start);
	return why;
}

const char *
summand_amount(const struct text *field, enum summand_column c, num_wide *n, size_t *bad)
{
	*bad = (size_t)c;
	if (!part_whole(field[c], n))
		return "not a whole number";
	return *n <= AMOUNT_MAX && *n >= -AMOUNT_MAX ? NULL : "out of range";
}

const char *
summand_count(const struct text *field, enum summand_column c, int64_t *n, size_t *bad)
{
	num_wide wide;
	const char *why = summand_amount(field, c, &wide, bad);

	*n = 0;
	if (why == NULL && (wide > COUNT_MAX || wide < -COUNT_MAX))
		why = "out of range";
	if (why == NULL)
		*n = (int64_t)wide;
	return why;
}

const char *
summand_sum(const struct text *field, bool money, struct cube_sum *sum, size_t *bad)
{
	const char *why = summand_count(field, SUMMAND_N, &sum->n, bad);
	num_wide each = money ? INT64_MAX : NUM_MICROS, most;

	if (why == NULL)
		why = summand_amount(field, SUMMAND_SUM, &sum->sum, bad);
	if (why != NULL)
		return why;
	most = each * sum->n;
	return sum->sum <= most && sum->sum >= -most ? NULL
	    : "more than so many facts can come to";
}

const char *
summand_fits(struct cube_sum had, struct cube_sum more, size_t *bad)
{
	num_wide sum = had.sum + more.sum;

	*bad = SUMMAND_SUM;
	return sum <= AMOUNT_MAX && sum >= -AMOUNT_MAX && had.n <= COUNT_MAX - more.n
	    ? NULL : "the sum of the parts is out of range";
}

/* One duration of a list, and how often. */
static bool
read_time(struct text item, int64_t *us, int64_t *again)
{
	ptrdiff_t star = text_find(item, '*');
	num_wide n = 1, wide;

	if (star >= 0 && !part_whole(text_from(item, (size_t)star + 1), &n))
		return false;
	if (star >= 0)
		item = text_head(item, (size_t)star);
	if (!part_whole(item, &wide) || wide > INT64_MAX / 4 || wide < -INT64_MAX / 4 ||
	    n < 1 || n > AGAIN_MAX)
		return false;
	*us = (int64_t)wide;
	*again = (int64_t)n;
	return true;
}

const char *
summand_tally(const struct text *field,
    uint64_t *(*tally)(void *of, size_t i, const char **name), void *of, size_t *bad)
{
	const char *name, *why;
	uint64_t *sum;
	int64_t n;

	if ((why = summand_count(field, SUMMAND_N, &n, bad)) != NULL)
		return why;
	if (n < 0)
		return "below zero";
	for (size_t i = 0; (sum = tally(of, i, &name)) != NULL; i++)
		if (text_is(field[PART_NAME], name)) {
			*sum += (uint64_t)n;
			return NULL;
		}
	*bad = PART_NAME;
	return "no such count";
}

const char *
summand_currency(const struct text *field, struct book *book, size_t *bad)
{
	*bad = PART_NAME;
	return book_currency(book, field[PART_NAME]) ? NULL
	    : "another currency than before: convert it when importing";
}

const char *
summand_times(const struct text *field, struct durations *d, size_t *bad)
{
	struct text rest = field[SUMMAND_TIMES], item;
	int64_t us, again;

	*bad = SUMMAND_TIMES;
	while (text_next(&rest, ' ', &item)) {
		if (!read_time(item, &us, &again))
			return "not a list of durations";
		while (again-- > 0)
			durations_add(d, us);
	}
	return NULL;
}
