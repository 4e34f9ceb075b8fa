/* lookback: spans for all milestones and for one */
#include <lead/base/when.h>
#include <lead/domain/credit/lookback.h>

#include "tap.h"

static int64_t
days(const struct credit_rule *rule, const char *milestone)
{
	return rule[event_rank(text_of(milestone))].lookback_us / WHEN_DAY;
}

int
main(void)
{
	struct credit_rule rule[CREDIT_EVENTS] = { 0 };
	struct text bad;

	ok(event_at(CREDIT_EVENTS - 1) == NULL, "every event has a rule");
	ok(lookback_parse(TEXT("90d"), rule, &bad) == NULL, "one span is fine");
	ok(days(rule, "won") == 90 && days(rule, "lead") == 90, "and is all milestones'");
	ok(lookback_parse(TEXT("won=365d,7d,lead=2w"), rule, &bad) == NULL, "so are three");
	ok(days(rule, "won") == 365 && days(rule, "lead") == 14 && days(rule, "opp") == 7,
	    "a milestone's own comes before that of all, wherever it stands");
	ok(lookback_parse(TEXT("opp=0"), rule, &bad) == NULL && days(rule, "opp") == 0,
	    "0 is no bound");
	ok(lookback_parse(TEXT("won=1d,page_view=1d"), rule, &bad) != NULL,
	    "a touch has no lookback");
	is(bad, "page_view=1d", "the part at fault is told");
	ok(lookback_parse(TEXT("ninety"), rule, &bad) != NULL, "words are no span");
	ok(lookback_parse(TEXT(""), rule, &bad) != NULL, "nor is nothing");

	lookback_parse(TEXT("90d,lead=30d,opp=0"), rule, &bad);
	lookback_half_lives(rule, 0);
	ok(rule[event_rank(TEXT("won"))].half_us == 30 * WHEN_DAY, "a third of 90 days");
	ok(rule[event_rank(TEXT("lead"))].half_us == 7 * WHEN_DAY, "7 days up to 30");
	ok(rule[event_rank(TEXT("opp"))].half_us == 30 * WHEN_DAY, "30 days without bound");
	lookback_half_lives(rule, WHEN_DAY);
	ok(rule[event_rank(TEXT("opp"))].half_us == WHEN_DAY, "unless it is given");
	return tap_end();
}
