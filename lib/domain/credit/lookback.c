/* lookback.c - how old may a touch be, per milestone */
#include <lead/base/when.h>
#include <lead/domain/credit/lookback.h>

/* One part: a span for all milestones, or for the one that it names. */
static const char *
parse_part(struct text part, struct credit_rule *rule)
{
	ptrdiff_t equals = text_find(part, '=');
	struct text span = text_from(part, (size_t)(equals + 1));
	struct text name = text_head(part, equals < 0 ? 0 : (size_t)equals);
	const struct event *e = event_find(name);
	int64_t us = 0;

	if (equals >= 0 && (e == NULL || e->kind != EVENT_MILESTONE))
		return "not a milestone";
	if (!text_is(span, "0") && when_parse_span(span, &us) != WHEN_OK)
		return "not a span of time, as in 90d";
	for (unsigned i = 0; i < CREDIT_EVENTS; i++)
		if (equals < 0 || i == event_rank(name))
			rule[i].lookback_us = us;
	return NULL;
}

/* The bare span first, so that its place among the parts does not matter. */
const char *
lookback_parse(struct text t, struct credit_rule rule[CREDIT_EVENTS], struct text *bad)
{
	for (int named = 0; named <= 1; named++) {
		struct text rest = t;
		const char *why;

		while (text_next(&rest, ',', bad))
			if ((text_find(*bad, '=') >= 0) == named &&
			    (why = parse_part(*bad, rule)) != NULL)
				return why;
	}
	return NULL;
}

static int64_t
half_life(int64_t lookback_us)
{
	if (lookback_us == 0)
		return 30 * WHEN_DAY;
	return lookback_us <= 30 * WHEN_DAY ? 7 * WHEN_DAY : lookback_us / 3;
}

void
lookback_half_lives(struct credit_rule rule[CREDIT_EVENTS], int64_t given_us)
{
	for (unsigned i = 0; i < CREDIT_EVENTS; i++)
		rule[i].half_us = given_us != 0 ? given_us
		    : half_life(rule[i].lookback_us);
}
