/* mrr: what is wrong with months, before any group is read */
#include <lead/domain/figures/mrr.h>

#include "tap.h"

/* A payment with that cell in column 0. */
static const struct step_problem *
problem_of(const char *event, const char *months)
{
	const uint32_t end[] = { UINT32_MAX, (uint32_t)strlen(months) };
	const struct tsv_fields row = { .base = months, .end = end + 1 };
	const struct group g = { .nrows = 1, .given = &row };
	int columns[STEP_COLUMNS];
	struct step s = { .kind = STEP_MILESTONE, .event = event_find(text_of(event)),
		.group = &g, .columns = columns };

	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		columns[c] = c == STEP_MONTHS ? 0 : -1;
	return mrr_problem(&s);
}

int
main(void)
{
	ok(problem_of("payment", "12") == NULL, "a year is fine");
	ok(problem_of("payment", "") == NULL, "nothing is said: it covers nothing");
	ok(problem_of("payment", "0") == NULL, "nor does 0");
	ok(problem_of("payment", "1200") == NULL, "a hundred years are the most");
	ok(problem_of("payment", "1201") != NULL, "more is a slip");
	ok(problem_of("payment", "1.5") != NULL, "half a month is no month");
	ok(problem_of("payment", "-1") != NULL, "nor one back");
	ok(problem_of("payment", "99999999999999999999") != NULL, "nor what no count holds");
	ok(problem_of("won", "abc") == NULL, "other rows may say what they like");
	return tap_end();
}
