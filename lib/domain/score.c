/* score.c - what is this lead worth by the rules, and since when? */
#include <lead/base/dict.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/decay.h>
#include <lead/domain/score.h>

/* A day or value that count>= saw, and when last. */
struct seen {
	struct hash what;
	int64_t us;
};

/* What is known of a rule so far. */
struct state {
	bool met;        /* SCORING_VALUE: the value now meets it */
	uint64_t hits;
	int64_t newest;  /* of the hits */
	int64_t *at;     /* all of them, where points with a cap fade */
	size_t nat, at_cap;
	struct seen *seen; /* the latest rule->count, latest last */
	size_t nseen;
};

struct score {
	const struct scoring *rules;
	const struct zone *zone;
	struct state *states;    /* by rule */
	struct score_part *parts;
	enum condition_verdict *verdicts; /* of the event being added */
	struct text value[SCORING_COLUMNS_MAX]; /* of the lead, now */
	bool fixed[SCORING_COLUMNS_MAX];
	bool seen_any;
	int64_t first_us;        /* of its first event */
	struct dict *names;      /* of events */
	uint32_t **about;        /* by name: rules about it, UINT32_MAX at the end */
	size_t about_cap;
};

static const size_t HITS_MAX = (size_t)1 << 30;
static const uint32_t END = UINT32_MAX;

struct score *
score_new(const struct scoring *rules, const struct zone *zone)
{
	struct score *s = mem_new(1, sizeof(*s));

	s->rules = rules;
	s->zone = zone;
	s->states = mem_new(rules->nrules, sizeof(*s->states));
	s->parts = mem_new(rules->nrules, sizeof(*s->parts));
	s->verdicts = mem_new(rules->nrules, sizeof(*s->verdicts));
	s->names = dict_new();
	for (size_t i = 0; i < rules->nrules; i++)
		if (rules->rules[i].kind == SCORING_COUNT)
			s->states[i].seen = mem_new((size_t)rules->rules[i].count,
			    sizeof(struct seen));
	return s;
}

void
score_free(struct score *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->rules->nrules; i++) {
		mem_free(s->states[i].at);
		mem_free(s->states[i].seen);
	}
	for (uint32_t n = 0; n < dict_count(s->names); n++)
		mem_free(s->about[n]);
	mem_free(s->about);
	dict_free(s->names);
	mem_free(s->states);
	mem_free(s->parts);
	mem_free(s->verdicts);
	mem_free(s);
}

void
score_begin(struct score *s)
{
	for (size_t i = 0; i < s->rules->nrules; i++) {
		struct state *st = &s->states[i];

		st->met = false;
		st->hits = 0;
		st->nat = 0;
		st->nseen = 0;
		/* No column is blank too: !? holds of a lead without events. */
		if (s->rules->rules[i].kind == SCORING_VALUE)
			st->met = condition_test(s->rules->rules[i].condition,
			    TEXT_NONE, 0) == CONDITION_YES;
	}
	for (unsigned c = 0; c < s->rules->ncolumns; c++) {
		s->value[c] = TEXT_NONE;
		s->fixed[c] = false;
	}
	s->seen_any = false;
}

/* --- what an event adds --- */

/* The rules on events of this name, END behind them: found once a name. */
static const uint32_t *
rules_about(struct score *s, struct text event)
{
	uint32_t known = dict_count(s->names), n = dict_add(s->names, event), k = 0;
	uint32_t *about;

	if (n < known)
		return s->about[n];
	s->about = mem_grow(s->about, &s->about_cap, (size_t)n + 1, sizeof(*s->about),
	    END, "event names");
	about = s->about[n] = mem_new(s->rules->nrules + 1, sizeof(*about));
	for (uint32_t i = 0; i < s->rules->nrules; i++)
		if (s->rules->rules[i].kind != SCORING_VALUE &&
		    scoring_is_about(&s->rules->rules[i], event))
			about[k++] = i;
	about[k] = END;
	return about;
}

/* Would rules of value take this one? Their verdicts are noted. */
static bool
try_value(struct score *s, unsigned column, struct text value)
{
	for (size_t i = 0; i < s->rules->nrules; i++) {
		const struct scoring_rule *r = &s->rules->rules[i];

		if (r->kind != SCORING_VALUE || r->column != (int)column)
			continue;
		s->verdicts[i] = condition_test(r->condition, value, 0);
		if (s->verdicts[i] == CONDITION_LIMIT)
			return false;
	}
	return true;
}

static void
take_value(struct score *s, unsigned column, struct text value)
{
	s->value[column] = value;
	for (size_t i = 0; i < s->rules->nrules; i++)
		if (s->rules->rules[i].kind == SCORING_VALUE &&
		    s->rules->rules[i].column == (int)column)
			s->states[i].met = s->verdicts[i] == CONDITION_YES;
}

static bool
is_news(const struct score *s, unsigned column, struct text value)
{
	return value.len != 0 && !s->fixed[column] &&
	    !text_equal(value, s->value[column]);
}

enum condition_verdict
score_set(struct score *s, unsigned column, struct text value)
{
	if (!try_value(s, column, value))
		return CONDITION_LIMIT;
	take_value(s, column, value);
	s->fixed[column] = true;
	return CONDITION_YES;
}

static bool
try_event(struct score *s, const uint32_t *about, int64_t us, const struct text *field)
{
	for (; *about != END; about++) {
		const struct scoring_rule *r = &s->rules->rules[*about];

		s->verdicts[*about] = CONDITION_YES;
		if (r->condition != NULL)
			s->verdicts[*about] =
			    condition_test(r->condition, field[r->column], us);
		if (s->verdicts[*about] == CONDITION_LIMIT)
			return false;
	}
	return true;
}

/* What was seen moves to the end; beyond the count the earliest goes. */
static void
see(const struct scoring_rule *r, struct state *st, struct hash what, int64_t us)
{
	size_t i = 0;

	while (i < st->nseen &&
	    (st->seen[i].what.hi != what.hi || st->seen[i].what.lo != what.lo))
		i++;
	if (i == st->nseen && st->nseen < (size_t)r->count)
		st->nseen++;
	else if (i == st->nseen)
		i = 0;
	memmove(&st->seen[i], &st->seen[i + 1],
	    (st->nseen - i - 1) * sizeof(*st->seen));
	st->seen[st->nseen - 1] = (struct seen){ what, us };
}

static void
count(const struct score *s, const struct scoring_rule *r, struct state *st, int64_t us,
    const struct text *field)
{
	struct hash what = { 0, 0 };

	if (r->column < 0)
		what.hi = (uint64_t)zone_day(s->zone, us);
	else if (field[r->column].len != 0)
		what = hash_text(field[r->column]);
	else
		return;
	see(r, st, what, us);
}

static void
hit(const struct score *s, uint32_t rule, int64_t us, const struct text *field)
{
	const struct scoring_rule *r = &s->rules->rules[rule];
	struct state *st = &s->states[rule];

	st->hits++;
	st->newest = us;
	if (r->kind == SCORING_COUNT)
		count(s, r, st, us, field);
	if (r->has_cap && r->half_us != 0) {
		st->at = mem_grow(st->at, &st->at_cap, st->nat + 1, sizeof(*st->at),
		    HITS_MAX, "events of one lead");
		st->at[st->nat++] = us;
	}
}

enum condition_verdict
score_add(struct score *s, struct text event, bool timed, int64_t us,
    const struct text *field)
{
	const uint32_t *about = rules_about(s, event);

	for (unsigned c = 0; c < s->rules->ncolumns; c++)
		if (is_news(s, c, field[c]) && !try_value(s, c, field[c]))
			return CONDITION_LIMIT;
	if (timed && !try_event(s, about, us, field))
		return CONDITION_LIMIT;
	for (unsigned c = 0; c < s->rules->ncolumns; c++)
		if (is_news(s, c, field[c]))
			take_value(s, c, field[c]);
	if (!timed)
		return CONDITION_YES;
	if (!s->seen_any)
		s->first_us = us;
	s->seen_any = true;
	for (; *about != END; about++)
		if (s->verdicts[*about] == CONDITION_YES)
			hit(s, *about, us, field);
	return CONDITION_YES;
}

/* --- what the rules say at a time --- */

/* points * weight / 2^62, half away from zero. */
static int64_t
fade(int64_t points, num_wide weight)
{
	num_wide half = (num_wide)1 << 61;

	return (int64_t)(((num_wide)points * weight + half) >> 62);
}

/* The newest events count most and reach the cap first: the rest need no look. */
static int64_t
faded_points(const struct scoring_rule *r, const struct state *st, int64_t us)
{
	num_wide weight = 0, full = ((num_wide)r->cap << 62) / r->points + 1;

	for (size_t i = st->nat; i > 0 && weight < full; i--) {
		int64_t w = decay_weight(us - st->at[i - 1], r->half_us);

		if (w == 0)
			break;
		weight += w;
	}
	return weight >= full ? r->cap : fade(r->points, weight);
}

static int64_t
cut(int64_t points, int64_t cap)
{
	return cap >= 0 ? (points < cap ? points : cap) : (points > cap ? points : cap);
}

static int64_t
event_points(const struct scoring_rule *r, const struct state *st, int64_t us)
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
	const struct state *st = &s->states[rule];
	int64_t since;
	bool holds = false;

	switch (r->kind) {
	case SCORING_VALUE:
		holds = st->met;
		if (text_is(r->op, "within"))
			holds = condition_test(r->condition, s->value[r->column], us) ==
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

static void
cap_groups(const struct scoring *rules, struct score_sum *sum)
{
	for (unsigned g = 0; g < rules->ngroups; g++) {
		const struct scoring_group *group = &rules->groups[g];

		if (group->has_most && sum->group[g] > group->most)
			sum->group[g] = group->most;
		if (group->has_least && sum->group[g] < group->least)
			sum->group[g] = group->least;
		sum->total += sum->group[g];
	}
}

struct score_sum
score_at(struct score *s, int64_t us)
{
	struct score_sum sum = { .parts = s->parts };

	for (size_t i = 0; i < s->rules->nrules; i++) {
		const struct scoring_rule *r = &s->rules->rules[i];
		struct score_part *part = &s->parts[i];

		part->hits = hits_at(s, i, us);
		part->points = 0;
		if (part->hits == 0)
			continue;
		sum.never |= r->never;
		part->points = r->kind == SCORING_EVENT ?
		    event_points(r, &s->states[i], us) : r->points;
		sum.group[r->group] += part->points;
	}
	cap_groups(s->rules, &sum);
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
