/* score_points.c - what the rules say of a lead at a time, and at most */
#include <lead/base/decay.h>
#include <lead/domain/score/score.h>

#include "score_state.h"

/* points * weight / 2^62, half away from zero. */
static int64_t
fade(int64_t points, num_wide weight)
{
	num_wide half = (num_wide)1 << 61;

	return (int64_t)(((num_wide)points * weight + half) >> 62);
}

/* The newest events count most and reach the cap first: the rest need no look. */
static int64_t
faded_points(const struct scoring_rule *r, const struct score_rule *st, int64_t us)
{
	num_wide weight = 0;

	for (size_t i = st->nat; i > 0 && weight < st->full; i--) {
		int64_t w = decay_weight(us - st->at[i - 1], r->half_us);

		if (w == 0)
			break;
		weight += w;
	}
	return weight >= st->full ? r->cap : fade(r->points, weight);
}

static int64_t
cut(int64_t points, int64_t cap)
{
	return cap >= 0 ? (points < cap ? points : cap) : (points > cap ? points : cap);
}

static int64_t
event_points(const struct scoring_rule *r, const struct score_rule *st, int64_t us)
{
	num_wide points;

	if (!r->has_cap)
		return r->half_us == 0 ? r->points :
		    decay_amount(r->points, us - st->newest, r->half_us);
	if (r->half_us != 0)
		return cut(faded_points(r, st, us), r->cap);
	points = (num_wide)r->points * (num_wide)st->hits;
	if (r->cap >= 0 ? points > r->cap : points < r->cap)
		return r->cap;
	return (int64_t)points;
}

/* Has the rule anything to say at us, and how often? */
static uint64_t
hits_at(const struct score *s, size_t rule, int64_t us)
{
	const struct scoring_rule *r = &s->rules->rules[rule];
	const struct score_rule *st = &s->states[rule];
	int64_t since;
	bool holds = false;

	switch (r->kind) {
	case SCORING_VALUE:
		holds = st->met;
		if (st->timed)
			holds = condition_test(r->condition, s->columns[r->column].value, us) ==
			    CONDITION_YES;
		break;
	case SCORING_EVENT:
		return st->hits;
	case SCORING_COUNT:
		holds = st->nseen == (size_t)r->count &&
		    (r->span_us == 0 || us - st->seen[0].us <= r->span_us);
		break;
	case SCORING_IDLE:
		/* Who never did a thing is silent since the first we know. */
		since = st->hits != 0 ? st->newest : s->first_us;
		holds = (st->hits != 0 || (s->seen_any && r->event.len == 0)) &&
		    us - since >= r->span_us;
		break;
	}
	return holds ? 1 : 0;
}

static int64_t
cut_group(const struct scoring_group *g, int64_t sum)
{
	if (g->has_most && sum > g->most)
		return g->most;
	return g->has_least && sum < g->least ? g->least : sum;
}

/* --- the bound --- */

/* A rule adds to the bound what it may add from now on. */
static void
set_most(struct score *s, size_t rule, int64_t most)
{
	struct score_rule *st = &s->states[rule];

	s->most[s->rules->rules[rule].group] += most - st->most;
	st->most = most;
}

static int64_t
gain(int64_t points)
{
	return points > 0 ? points : 0;
}

/* Each hit adds the points at most; time only takes away. */
static int64_t
most_of(const struct scoring_rule *r, const struct score_rule *st)
{
	switch (r->kind) {
	case SCORING_VALUE:
		return st->timed ? gain(r->points) : st->met ? r->points : 0;
	case SCORING_EVENT:
		return r->has_cap ? cut(st->most + r->points, r->cap) : r->points;
	case SCORING_COUNT:
		if (st->nseen < (size_t)r->count)
			return 0;
		return r->span_us != 0 ? gain(r->points) : r->points;
	case SCORING_IDLE:
		break;
	}
	return gain(r->points);
}

void
score_points_note(struct score *s, size_t rule)
{
	if (s->bounded)
		set_most(s, rule, most_of(&s->rules->rules[rule], &s->states[rule]));
}

void
score_keep_bound(struct score *s)
{
	s->bounded = true;
	score_points_begin(s);
}

void
score_points_begin(struct score *s)
{
	if (!s->bounded)
		return;
	for (unsigned g = 0; g < s->rules->ngroups; g++)
		s->most[g] = 0;
	for (size_t i = 0; i < s->rules->nrules; i++) {
		const struct scoring_rule *r = &s->rules->rules[i];
		struct score_rule *st = &s->states[i];

		st->most = 0;
		if (r->kind == SCORING_VALUE || r->kind == SCORING_IDLE)
			score_points_note(s, i);
	}
}

/* What a rule says now it does not exceed before its next hit. */
static void
learn(struct score *s, size_t rule, int64_t points)
{
	enum scoring_kind kind = s->rules->rules[rule].kind;

	if (kind == SCORING_EVENT || (kind == SCORING_COUNT && points >= 0))
		set_most(s, rule, points);
}

static bool
bound_reaches(const struct score *s, int64_t total)
{
	/* Rounding may move each rule by a millionth. */
	int64_t sum = (int64_t)s->rules->nrules;

	for (unsigned g = 0; g < s->rules->ngroups; g++)
		sum += cut_group(&s->rules->groups[g], s->most[g]);
	return sum >= total;
}

/* Faded points are worked out one rule after the other until they tell. */
bool
score_may_reach(struct score *s, int64_t us, int64_t total)
{
	bool may = bound_reaches(s, total);

	for (size_t i = 0; may && i < s->nfading; i++) {
		uint32_t rule = s->fading[i];

		if (s->states[rule].most <= 0)
			continue;
		set_most(s, rule, event_points(&s->rules->rules[rule],
		    &s->states[rule], us));
		may = bound_reaches(s, total);
	}
	return may;
}

/* --- the sum --- */

struct score_sum
score_at(struct score *s, int64_t us)
{
	struct score_sum sum = { .parts = s->parts };

	for (size_t i = 0; i < s->rules->nrules; i++) {
		const struct scoring_rule *r = &s->rules->rules[i];
		struct score_part *part = &s->parts[i];

		part->hits = hits_at(s, i, us);
		part->points = 0;
		if (part->hits != 0) {
			sum.never |= r->never;
			part->points = r->kind == SCORING_EVENT ?
			    event_points(r, &s->states[i], us) : r->points;
		}
		if (s->bounded)
			learn(s, i, part->points);
		sum.group[r->group] += part->points;
	}
	for (unsigned g = 0; g < s->rules->ngroups; g++) {
		sum.group[g] = cut_group(&s->rules->groups[g], sum.group[g]);
		sum.total += sum.group[g];
	}
	return sum;
}

enum score_class
score_class(const struct scoring *rules, const struct score_sum *sum)
{
	if (sum->never)
		return SCORE_UNQUALIFIED;
	if (rules->has_mature && sum->total >= rules->mature)
		return SCORE_MATURE;
	if (rules->has_unqualified && sum->total < rules->unqualified)
		return SCORE_UNQUALIFIED;
	return SCORE_COLD;
}

const char *
score_class_name(enum score_class c)
{
	static const char *const names[] = {
		[SCORE_UNQUALIFIED] = "unqualified",
		[SCORE_COLD] = "cold",
		[SCORE_MATURE] = "mature",
		[SCORE_CUSTOMER] = "customer",
	};

	return names[c];
}
