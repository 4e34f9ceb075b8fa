/* funnel_test.c - rows of a part that its writer would not write */
#include "tap.h"

#include <lead/base/zone.h>
#include <lead/domain/funnel/funnel.h>

/* A table of steps that has the column reason alone. */
static int
column(const void *of, struct text name)
{
	(void)of;
	return text_is(name, "reason") ? 0 : -1;
}

static const char *
add_stage(struct stages *s, const char *key, const char *order, const char *kind)
{
	struct text field[STAGES_COLUMNS] = { [STAGES_KEY] = text_of(key),
		[STAGES_ORDER] = text_of(order), [STAGES_KIND] = text_of(kind) };
	size_t bad = 0;

	return stages_add(s, field, &bad);
}

static const char *
merge(struct funnel *f, const char *record, const char *name, const char *dimension,
    const char *stage)
{
	struct text field[SUMMAND_COLUMNS] = { [PART_RECORD] = text_of(record),
		[PART_NAME] = text_of(name), [SUMMAND_PERIOD] = TEXT("2026"),
		[SUMMAND_DIMENSION] = text_of(dimension), [SUMMAND_SEGMENT] = TEXT("price"),
		[SUMMAND_STAGE] = text_of(stage), [SUMMAND_SUM] = TEXT("2000000"),
		[SUMMAND_N] = TEXT("2") };
	size_t bad = 0;

	return funnel_merge_row(f, field, &bad);
}

static int shares;

static void
put(void *context, const struct text *cell)
{
	(void)context;
	if (text_is(cell[4], "lost_share")) {
		shares++;
		is(cell[6], "", "a share of nothing is none");
		is(cell[7], "2", "what it counts stands");
	}
}

int
main(void)
{
	static struct funnel f;
	const struct funnel_words words = { .table = FUNNEL_FIGURES };
	const struct funnel_steps steps = { column, NULL };
	struct funnel_problem p;

	f.rules = (struct book_rules){ .zone = zone_open("UTC"), .period = WHEN_BY_YEAR,
		.as_of_us = 1800000000000000 };
	ok(add_stage(&f.stages, "opp", "1", "open") == NULL &&
	    add_stage(&f.stages, "won", "2", "won") == NULL &&
	    stages_close(&f.stages) == NULL, "two stages");
	ok(funnel_init(&f, &words, &steps, &p), "a funnel");
	is(text_of(merge(&f, "sum", "lost", "reason", "opp")), "", "a sum is taken");
	is(text_of(merge(&f, "sum", "lost", "reason", "nowhere")), "no stage", "of a stage");
	is(text_of(merge(&f, "sum", "lost", "rep", "opp")), "none of the breakdowns",
	    "in a breakdown that was asked for");
	is(text_of(merge(&f, "sum", "found", "reason", "opp")), "no measure", "by its name");
	is(text_of(merge(&f, "share", "", "(all)", "opp")), "not one by reason",
	    "shares are of reasons");
	is(text_of(merge(&f, "thing", "", "reason", "opp")), "no record of a part", "of a part");
	funnel_report(&f, put, NULL);
	ok(shares == 1, "the reason has its row");
	zone_free((struct zone *)(size_t)f.rules.zone);
	funnel_clear(&f);
	return tap_end();
}
