/* twin.c - are two neighbouring rows of a group one event? */
#include <lead/domain/journey/twin.h>

static bool
equal(const struct journey *j, size_t row, size_t other, int col)
{
	return text_equal(journey_cell(j, row, col), journey_cell(j, other, col));
}

bool
twin_repeats(const struct journey *j, const struct journey_columns *c, size_t row)
{
	int id = c->step[STEP_EVENT_ID];

	if (row == 0 || journey_at(j, row) != journey_at(j, row - 1) ||
	    !equal(j, row, row - 1, id) || !equal(j, row, row - 1, c->step[STEP_KIND]))
		return false;
	if (journey_cell(j, row, id).len != 0)
		return true;
	for (size_t i = 0; i < c->nkept; i++)
		if (!equal(j, row, row - 1, c->kept[i]))
			return false;
	return true;
}

bool
twin_touch_follows(const struct journey *j, const struct journey_columns *c, size_t row)
{
	int kind = c->step[STEP_KIND];

	return kind >= 0 && row + 1 < journey_rows(j) &&
	    journey_at(j, row) == journey_at(j, row + 1) &&
	    text_is(journey_cell(j, row, kind), "milestone") &&
	    text_is(journey_cell(j, row + 1, kind), "touch") &&
	    equal(j, row, row + 1, c->step[STEP_EVENT_ID]);
}
