/* A pipeline's stages: their order, levels and ends; what is refused is in
 * tests/cmd/lead-funnel.bats. */
#include "tap.h"

#include <lead/base/when.h>
#include <lead/domain/funnel/stages.h>

static const char *
add(struct stages *s, const char *key, const char *order, const char *kind,
    const char *days)
{
	const struct text field[STAGES_COLUMNS] = { [STAGES_KEY] = text_of(key),
		[STAGES_LABEL] = TEXT("Same"), [STAGES_ORDER] = text_of(order),
		[STAGES_KIND] = text_of(kind), [STAGES_MAX_DAYS] = text_of(days) };
	size_t bad;

	return stages_add(s, field, &bad);
}

/* Lost stands between in the file; two stages share an order. */
static void
in_order(void)
{
	static const char *const keys[] = { "a", "b", "c", "w", "l" };
	static const int levels[] = { 0, 1, 1, 2, -1 };
	struct stages s = { 0 };

	ok(add(&s, "w", "90", "won", "") == NULL && add(&s, "c", "5", "open", "") == NULL &&
	    add(&s, "l", "3", "lost", "") == NULL && add(&s, "b", "5", "open", "1.5") ==
	    NULL && add(&s, "a", "0", "open", "") == NULL, "five sound rows");
	ok(stages_close(&s) == NULL && s.n == 5 && s.levels == 3, "three levels");
	for (int i = 0; i < 5; i++) {
		is(s.v[i].key, keys[i], "stage %d by order, then key, lost last", i);
		ok(s.v[i].level == levels[i], "its level");
	}
	ok(s.first_of[1] == 1 && s.closing[STAGES_WON] == 3 && s.closing[STAGES_LOST] == 4,
	    "first of a level and of each end");
	ok(s.v[1].max_us == 36 * 3600 * (int64_t)WHEN_SECOND, "a day and a half");
	ok(stages_find(&s, TEXT("c")) == 2 && stages_find(&s, TEXT("Same")) ==
	    STAGES_NONE && stages_find(&s, TEXT("")) == STAGES_NONE, "keys, not labels");
	ok(s.by_key[0] == 0 && s.by_key[3] == 4 && s.by_key[4] == 3, "byte order of keys");
	ok(!s.of_leads, "a is no milestone of leads");
	stages_clear(&s);
}

static void
no_ends(void)
{
	struct stages s = { 0 };

	add(&s, "mql", "1", "open", "");
	ok(stages_close(&s) == NULL && s.closing[STAGES_WON] == STAGES_NONE &&
	    s.closing[STAGES_LOST] == STAGES_NONE, "ends may lack");
	ok(s.of_leads, "mql is a milestone of leads");
	stages_clear(&s);
}

int
main(void)
{
	in_order();
	no_ends();
	return tap_end();
}
