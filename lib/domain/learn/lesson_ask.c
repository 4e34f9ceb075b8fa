/* lesson_ask.c - what is asked for, from its words */
#include <lead/base/num.h>
#include <lead/domain/learn/lesson.h>

static bool
fail(struct lesson_problem *p, const char *option, const char *why)
{
	*p = (struct lesson_problem){ option, why };
	return false;
}

/* W/T */
static bool
ask_base(struct fit_terms *t, const char *word, struct lesson_problem *p)
{
	struct text rest = text_of(word), won;

	if (word == NULL)
		return true;
	if (t->method != FIT_RATIO)
		return fail(p, "base", "is for --method ratio");
	text_next(&rest, '/', &won);
	if (num_parse_count(won, &t->base_won) != NUM_OK || rest.s == NULL ||
	    num_parse_count(rest, &t->base_total) != NUM_OK || t->base_won == 0 ||
	    t->base_won > t->base_total)
		return fail(p, "base",
		    "is not so many won of so many leads, as in 3/150");
	return true;
}

bool
lesson_ask(struct lesson *l, const struct lesson_words *w, struct lesson_problem *p)
{
	struct fit_terms *t = &l->terms;
	int64_t ridge;

	l->ask = *w;
	l->evaluate = w->evaluate;
	if (w->evaluate != (w->rules != NULL))
		return fail(p, "evaluate", "needs --rules, and they need it");
	if (w->evaluate && w->hold != NULL)
		return fail(p, "hold", "is for learning");
	if (w->give_up_us != 0 && !w->has_as_of)
		return fail(p, "give-up", "needs --as-of");
	t->method = w->ratio ? FIT_RATIO : FIT_LOGIT;
	if (num_parse(text_of(w->ridge), &ridge) != NUM_OK || ridge < 0)
		return fail(p, "ridge", "is no number from 0 on");
	t->ridge = (double)ridge / NUM_MICROS;
	t->max_rules = w->max_rules < 0 ? SIZE_MAX : (size_t)w->max_rules;
	t->least = w->min_rows > 0 ? (uint64_t)w->min_rows : 1;
	if (w->folds == 1 || w->folds > LESSON_FOLDS_MAX)
		return fail(p, "folds", "is none of 2 to 255");
	t->folds = (unsigned)w->folds;
	return ask_base(t, w->base, p);
}

bool
lesson_rules(struct lesson *l, struct text bytes, const struct zone *zone,
    struct scoring_error *error)
{
	if (!hold_init(&l->hold, bytes, zone, error))
		return false;
	l->has_rules = true;
	l->has_odds = hold_odds(&l->hold, &l->odds);
	if (l->evaluate)
		l->evaluation =
		    evaluate_new(l->hold.rules, l->has_odds ? &l->odds : NULL);
	return true;
}
