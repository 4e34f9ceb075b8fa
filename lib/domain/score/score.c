/* score.c - what is known of a lead, event by event */
#include <lead/base/mem.h>
#include <lead/domain/score/score.h>

#include "score_state.h"

static const size_t HITS_MAX = (size_t)1 << 30;

/* --- the rules, by column --- */

static void
add_condition(struct score *s, uint32_t rule)
{
	const struct scoring_rule *r = &s->rules->rules[rule];
	struct score_column *c;
	size_t cap = 0;

	if (r->condition == NULL)
		return;
	c = &s->columns[r->column];
	if (c->verdicts == NULL)
		c->verdicts = verdicts_new();
	s->states[rule].timed = text_is(r->op, "within");
	if (!s->states[rule].timed)
		s->states[rule].verdict = verdicts_add(c->verdicts, r->condition);
	if (r->kind != SCORING_VALUE)
		return;
	if (c->values == NULL)
		c->values = mem_grow(NULL, &cap, s->rules->nrules + 1,
		    sizeof(*c->values), SCORING_RULES_MAX + 1, "rules of a column");
	c->values[c->nvalues++] = rule;
}

struct score *
score_new(const struct scoring *rules, const struct zone *zone)
{
	struct score *s = mem_new(1, sizeof(*s));

	s->rules = rules;
	s->zone = zone;
	s->states = mem_new(rules->nrules, sizeof(*s->states));
	s->parts = mem_new(rules->nrules, sizeof(*s->parts));
	s->said = mem_new(rules->nrules, sizeof(*s->said));
	s->fading = mem_new(rules->nrules, sizeof(*s->fading));
	s->names = dict_new();
	for (uint32_t i = 0; i < rules->nrules; i++) {
		const struct scoring_rule *r = &rules->rules[i];
		struct score_rule *st = &s->states[i];

		add_condition(s, i);
		if (r->kind == SCORING_COUNT)
			st->seen = mem_new((size_t)r->count, sizeof(*st->seen));
		/* No column is blank too: !? holds of a lead without events. */
		st->blank_met = r->kind == SCORING_VALUE &&
		    condition_test(r->condition, TEXT_NONE, 0) == CONDITION_YES;
		if (r->half_us != 0)
			s->fading[s->nfading++] = i;
		if (r->has_cap && r->half_us != 0)
			st->full = ((num_wide)r->cap << 62) / r->points + 1;
	}
	for (unsigned c = 0; c < rules->ncolumns; c++)
		if (s->columns[c].nvalues != 0)
			s->valued[s->nvalued++] = c;
	score_points_begin(s);
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
	for (unsigned c = 0; c < s->rules->ncolumns; c++) {
		verdicts_free(s->columns[c].verdicts);
		mem_free(s->columns[c].values);
	}
	for (uint32_t n = 0; n < dict_count(s->names); n++)
		mem_free(s->about[n]);
	mem_free(s->about);
	dict_free(s->names);
	mem_free(s->states);
	mem_free(s->parts);
	mem_free(s->said);
	mem_free(s->fading);
	mem_free(s);
}

void
score_begin(struct score *s)
{
	for (size_t i = 0; i < s->rules->nrules; i++) {
		struct score_rule *st = &s->states[i];

		st->met = st->blank_met;
		st->hits = 0;
		st->nat = 0;
		st->nseen = 0;
	}
	for (unsigned c = 0; c < s->rules->ncolumns; c++) {
		s->columns[c].value = TEXT_NONE;
		s->columns[c].fixed = false;
	}
	s->seen_any = false;
	score_points_begin(s);
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
	    SCORE_END, "event names");
	about = s->about[n] = mem_new(s->rules->nrules + 1, sizeof(*about));
	for (uint32_t i = 0; i < s->rules->nrules; i++)
		if (s->rules->rules[i].kind != SCORING_VALUE &&
		    scoring_is_about(&s->rules->rules[i], event))
			about[k++] = i;
	about[k] = SCORE_END;
	return about;
}

/* Does the field of this event meet the rule's condition? */
static enum condition_verdict
ask(struct score *s, uint32_t rule, struct text field, int64_t us)
{
	const struct scoring_rule *r = &s->rules->rules[rule];
	struct score_column *c = &s->columns[r->column];

	if (s->states[rule].timed)
		return condition_test(r->condition, field, us);
	if (c->looked != s->events) {
		verdicts_look(c->verdicts, field);
		c->looked = s->events;
	}
	return verdicts_of(c->verdicts, s->states[rule].verdict);
}

/* Would rules of value take this one? What they said is noted. */
static bool
try_value(struct score *s, unsigned column, struct text value)
{
	const struct score_column *c = &s->columns[column];

	for (size_t i = 0; i < c->nvalues; i++) {
		uint32_t rule = c->values[i];

		s->said[rule] = ask(s, rule, value, 0);
		if (s->said[rule] == CONDITION_LIMIT)
			return false;
	}
	return true;
}

static void
take_value(struct score *s, unsigned column, struct text value)
{
	struct score_column *c = &s->columns[column];

	c->value = value;
	for (size_t i = 0; i < c->nvalues; i++) {
		s->states[c->values[i]].met = s->said[c->values[i]] == CONDITION_YES;
		score_points_note(s, c->values[i]);
	}
}

static bool
is_news(const struct score *s, unsigned column, struct text value)
{
	const struct score_column *c = &s->columns[column];

	return value.len != 0 && !c->fixed &&
	    !text_equal(value, c->value);
}

enum condition_verdict
score_set(struct score *s, unsigned column, struct text value)
{
	s->events++;
	if (!try_value(s, column, value))
		return CONDITION_LIMIT;
	take_value(s, column, value);
	s->columns[column].fixed = true;
	return CONDITION_YES;
}

static bool
try_event(struct score *s, const uint32_t *about, int64_t us, const struct text *field)
{
	for (; *about != SCORE_END; about++) {
		const struct scoring_rule *r = &s->rules->rules[*about];

		s->said[*about] = r->condition == NULL ? CONDITION_YES :
		    ask(s, *about, field[r->column], us);
		if (s->said[*about] == CONDITION_LIMIT)
			return false;
	}
	return true;
}

/* What was seen moves to the end; beyond the count the earliest goes. */
static void
see(const struct scoring_rule *r, struct score_rule *st, struct hash what, int64_t us)
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
	st->seen[st->nseen - 1] = (struct score_seen){ what, us };
}

/* Several rules count the days of one event. */
static int64_t
day_of(struct score *s, int64_t us)
{
	if (s->day_of_event != s->events) {
		s->day = zone_day(s->zone, us);
		s->day_of_event = s->events;
	}
	return s->day;
}

static void
count(struct score *s, const struct scoring_rule *r, struct score_rule *st,
    int64_t us, const struct text *field)
{
	struct hash what = { 0, 0 };

	if (r->column < 0)
		what.hi = (uint64_t)day_of(s, us);
	else if (field[r->column].len != 0)
		what = hash_text(field[r->column]);
	else
		return;
	see(r, st, what, us);
}

static void
hit(struct score *s, uint32_t rule, int64_t us, const struct text *field)
{
	const struct scoring_rule *r = &s->rules->rules[rule];
	struct score_rule *st = &s->states[rule];

	st->hits++;
	st->newest = us;
	if (r->kind == SCORING_COUNT)
		count(s, r, st, us, field);
	if (r->has_cap && r->half_us != 0) {
		st->at = mem_grow(st->at, &st->at_cap, st->nat + 1, sizeof(*st->at),
		    HITS_MAX, "events of one lead");
		st->at[st->nat++] = us;
	}
	score_points_note(s, rule);
}

enum condition_verdict
score_add(struct score *s, struct text event, bool timed, int64_t us,
    const struct text *field)
{
	const uint32_t *about = rules_about(s, event);

	s->events++;
	for (unsigned i = 0; i < s->nvalued; i++) {
		unsigned c = s->valued[i];

		if (is_news(s, c, field[c]) && !try_value(s, c, field[c]))
			return CONDITION_LIMIT;
	}
	if (timed && !try_event(s, about, us, field))
		return CONDITION_LIMIT;
	for (unsigned i = 0; i < s->nvalued; i++)
		if (is_news(s, s->valued[i], field[s->valued[i]]))
			take_value(s, s->valued[i], field[s->valued[i]]);
	if (!timed)
		return CONDITION_YES;
	if (!s->seen_any)
		s->first_us = us;
	s->seen_any = true;
	for (; *about != SCORE_END; about++)
		if (s->said[*about] == CONDITION_YES)
			hit(s, *about, us, field);
	return CONDITION_YES;
}

bool
score_saw(const struct score *s, size_t rule)
{
	for (uint32_t n = 0; n < dict_count(s->names); n++)
		for (const uint32_t *about = s->about[n]; *about != SCORE_END; about++)
			if (*about == rule)
				return true;
	return false;
}
