/* telling.c - the rows that tell of a journey: its steps, or one line */
#include <lead/base/mem.h>
#include <lead/domain/journey/stepout.h>
#include <lead/domain/journey/telling.h>

struct telling {
	const struct fields *fields;
	const struct journey *journey;
	bool lines;
	struct lifeline line;
	struct stepout_carry *carry;

	const struct journey_step *steps;
	size_t next, n; /* rows */
	char pages[NUM_TEXT];
};

struct telling *
telling_new(const struct fields *fields, const struct journey *journey, bool lines,
    int64_t late_us)
{
	struct telling *t = mem_new(1, sizeof(*t));

	t->fields = fields;
	t->journey = journey;
	t->lines = lines;
	t->carry = stepout_carry_new(fields->carried, fields->ncarried, late_us);
	lifeline_init(&t->line);
	return t;
}

void
telling_free(struct telling *t)
{
	if (t == NULL)
		return;
	lifeline_clear(&t->line);
	stepout_carry_free(t->carry);
	mem_free(t);
}

/* --- columns --- */

/* How many columns stand before the carried ones. */
static size_t
own(const struct telling *t)
{
	return t->lines ? (size_t)LIFELINE_CELLS : (size_t)STEP_COLUMNS;
}

size_t
telling_ncolumns(const struct telling *t)
{
	return own(t) + t->fields->ncarried;
}

struct text
telling_name(const struct telling *t, size_t i, const struct fields_table *table,
    char room[LIFELINE_NAME])
{
	if (i >= own(t))
		return table->name(table->of, t->fields->carried[i - own(t)]);
	return t->lines ? lifeline_name(i, room)
	    : text_of(step_name((enum step_column)i));
}

/* --- rows --- */

bool
telling_begin(struct telling *t, const struct journey_step *steps, size_t n)
{
	t->steps = steps;
	t->next = 0;
	t->n = t->lines && n > 0 ? 1 : n;
	stepout_carry_begin(t->carry, t->journey);
	if (!t->lines || n == 0 ||
	    lifeline_read(&t->line, t->journey, &t->fields->columns, steps, n))
		return true;
	t->n = 0;
	return false;
}

bool
telling_next(struct telling *t, struct arena *a, struct text *cells)
{
	const struct journey_columns *columns = &t->fields->columns;
	const struct journey_step *s;

	if (t->next == t->n)
		return false;
	s = &t->steps[t->next++];
	if (t->lines) {
		lifeline_cells(&t->line, t->journey, columns, a, cells);
		stepout_carry_last(t->carry, cells + LIFELINE_CELLS);
	} else {
		stepout_cells(t->journey, columns, s, cells, t->pages);
		stepout_carry_at(t->carry, s, cells + STEP_COLUMNS);
	}
	return true;
}
