/* step: what a row of steps must be */
#include <lead/domain/journey/step.h>

#include "tap.h"

static const struct step_problem *
parse(const char *kind, const char *precision, const char *time, const char *event,
    const char *value, struct step *s)
{
	struct text col[STEP_COLUMNS];

	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		col[c] = TEXT("never read");
	col[STEP_KIND] = text_of(kind);
	col[STEP_PRECISION] = text_of(precision);
	col[STEP_TIME] = text_of(time);
	col[STEP_EVENT] = text_of(event);
	col[STEP_VALUE] = text_of(value);
	return step_parse(col, s);
}

static void
sound(void)
{
	struct step s;

	ok(parse("touch", "", "1970-01-01T00:00:01Z", "page_view", "", &s) == NULL,
	    "a touch is sound");
	ok(s.kind == STEP_TOUCH && s.precision == STEP_EXACT && s.at_us == 1000000 &&
	    !s.has_value && s.value == 0, "and parsed");
	ok(parse("touch", "second", "1970-01-01T00:00:01Z", "fair", "", &s) == NULL &&
	    s.event == NULL, "a touch may have a name of the user's own");
	ok(parse("milestone", "day", "1970-01-02T00:00:00Z", "won", "-1.5", &s) == NULL &&
	    s.kind == STEP_MILESTONE && s.precision == STEP_DAY && s.has_value &&
	    s.value == -1500000, "a milestone has a value");
	is(text_of(s.event->name), "won", "and is known");
	ok(parse("milestone", "undated", "", "won", "", &s) == NULL &&
	    s.precision == STEP_UNDATED && s.at_us == 0, "an undated row has no time");
}

static void
unsound(void)
{
	static const char now[] = "2026-01-01T00:00:00Z";
	static const struct {
		const char *kind, *precision, *time, *event, *value;
		enum step_column column;
	} cases[] = {
		{ "", "", now, "won", "", STEP_KIND },
		{ "Touch", "", now, "won", "", STEP_KIND },
		{ "touch", "month", now, "page_view", "", STEP_PRECISION },
		{ "touch", "", "", "page_view", "", STEP_TIME },
		{ "touch", "", "2026-02-30T00:00:00Z", "page_view", "", STEP_TIME },
		{ "touch", "undated", now, "page_view", "", STEP_TIME },
		{ "milestone", "", now, "", "", STEP_EVENT },
		{ "milestone", "", now, "page_view", "", STEP_EVENT },
		{ "milestone", "", now, "won", "1,5", STEP_VALUE },
		{ "milestone", "", now, "won", "0.0000001", STEP_VALUE },
		{ "milestone", "", now, "won", "9223372036855", STEP_VALUE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct step s;
		const struct step_problem *p = parse(cases[i].kind, cases[i].precision,
		    cases[i].time, cases[i].event, cases[i].value, &s);

		ok(p != NULL && p->column == cases[i].column, "case %zu is told at %s", i,
		    step_name(cases[i].column));
	}
}

int
main(void)
{
	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		ok(step_find(text_of(step_name(c))) == c, "%s is found", step_name(c));
	ok(step_find(TEXT("rep")) == STEP_COLUMNS, "a carried column is none of them");
	ok(step_of_touch(STEP_CHANNEL) && step_of_touch(STEP_PAGES) &&
	    !step_of_touch(STEP_METHOD) && !step_of_touch(STEP_VALUE),
	    "channel to pages are the touch's");
	sound();
	unsound();
	return tap_end();
}
