/* scoring_review.c - what in rules is wrong, and what can hardly be meant? */
#include <lead/base/buf.h>
#include <lead/base/num.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/score/scoring_review.h>

enum { WORDS_MAX = 1024 };

struct doubts {
	const struct scoring *s;
	scoring_report *report;
	void *of;
	struct buf words;
};

/* The line's doubt is what stands in words. */
static void
tell(struct doubts *d, uint64_t line)
{
	struct scoring_error e = { .line = line };

	buf_byte(&d->words, '\0');
	e.why = d->words.s;
	d->report(d->of, &e);
	d->words.len = 0;
}

static void
say(struct doubts *d, uint64_t line, const char *why)
{
	buf_string(&d->words, why);
	tell(d, line);
}

static void
say_number(struct doubts *d, uint64_t line, const char *why, int64_t micros)
{
	char room[NUM_TEXT];

	buf_string(&d->words, why);
	buf_put(&d->words, num_put(room, micros));
	tell(d, line);
}

/* --- one rule --- */

static bool
is_same(const struct scoring_rule *a, const struct scoring_rule *b)
{
	return text_equal(a->event, b->event) && a->column == b->column &&
	    text_equal(a->op, b->op) && text_equal(a->value, b->value) &&
	    a->group == b->group;
}

static void
doubt_twice(struct doubts *d, size_t rule)
{
	const struct scoring_rule *r = &d->s->rules[rule];

	for (size_t i = 0; i < rule; i++) {
		if (!is_same(&d->s->rules[i], r))
			continue;
		say_number(d, r->line, "asks what another rule asks already, in line ",
		    (int64_t)d->s->rules[i].line * NUM_MICROS);
		return;
	}
}

static void
doubt_events(struct doubts *d, const struct scoring_rule *r)
{
	struct text rest = r->event, name;

	while (r->event.len != 0 && text_next(&rest, ',', &name)) {
		name = text_trim(name);
		if (event_find(name) != NULL)
			continue;
		buf_string(&d->words, "not an event of lead-tsv(5), holds only if yours: ");
		buf_put(&d->words, text_head(name, 80));
		tell(d, r->line);
	}
}

static void
doubt_rule(struct doubts *d, size_t rule)
{
	const struct scoring_rule *r = &d->s->rules[rule];

	doubt_twice(d, rule);
	doubt_events(d, r);
	if (r->has_cap && (r->cap > 0 ? r->cap < r->points : r->cap > r->points))
		say(d, r->line, "the cap is less than the points of one event");
	if (!r->never && r->points == 0)
		say(d, r->line, "adds nothing");
	if (r->condition != NULL && condition_takes_any(r->condition))
		say(d, r->line, "the pattern matches the empty text: any value meets it, "
		    "or none");
	if (r->condition != NULL && condition_is_bytewise(r->condition))
		say(d, r->line, "neither a number nor a date: compared byte by byte");
}

/* --- all rules --- */

/* The most that a group can be worth, or with sign -1 the least. */
static int64_t
bound(const struct scoring *s, unsigned group, int sign)
{
	const struct scoring_group *g = &s->groups[group];
	int64_t sum = 0;

	for (size_t i = 0; i < s->nrules; i++) {
		const struct scoring_rule *r = &s->rules[i];
		int64_t points = r->has_cap ? r->cap : r->points;

		if (r->group == group && !r->never && (points > 0) == (sign > 0))
			sum += points;
	}
	if (g->has_most && sum > g->most)
		sum = g->most;
	return g->has_least && sum < g->least ? g->least : sum;
}

static int64_t
total_bound(const struct scoring *s, int sign)
{
	int64_t sum = 0;

	for (unsigned g = 0; g < s->ngroups; g++)
		sum += bound(s, g, sign);
	return sum;
}

static bool
has_never(const struct scoring *s)
{
	for (size_t i = 0; i < s->nrules; i++)
		if (s->rules[i].never)
			return true;
	return false;
}

static void
doubt_classes(struct doubts *d)
{
	const struct scoring *s = d->s;
	int64_t most = total_bound(s, 1), least = total_bound(s, -1);

	if (s->has_mature && most < s->mature)
		say_number(d, s->mature_line,
		    "no lead can be mature: all rules together add at most ", most);
	if (s->has_mature && least >= s->mature)
		say_number(d, s->mature_line,
		    "every lead is mature: no score is less than ", least);
	if (s->has_unqualified && least >= s->unqualified && !has_never(s))
		say_number(d, s->unqualified_line,
		    "no lead can be unqualified: no score is less than ", least);
	if (s->has_mature && s->has_unqualified && s->unqualified > s->mature)
		say(d, s->unqualified_line, "below this a lead is unqualified, though "
		    "it may be mature: the greater class counts");
}

static void
doubt_steps(struct doubts *d, unsigned group)
{
	const struct scoring_group *g = &d->s->groups[group];
	int64_t most = bound(d->s, group, 1);

	for (size_t i = 0; i < g->nsteps; i++) {
		if (g->steps[i].least <= most)
			continue;
		buf_string(&d->words, "no lead can have grade ");
		buf_byte(&d->words, g->steps[i].name);
		say_number(d, g->steps_line, ": its group adds at most ", most);
	}
}

static void
doubt_all(const struct scoring *s, scoring_report *report, void *of)
{
	struct doubts d = { .s = s, .report = report, .of = of };

	buf_init(&d.words, WORDS_MAX, "a doubt about the rules");
	for (size_t i = 0; i < s->nrules; i++)
		doubt_rule(&d, i);
	doubt_classes(&d);
	for (unsigned g = 0; g < s->ngroups; g++)
		doubt_steps(&d, g);
	buf_clear(&d.words);
}

/* --- faults --- */

/* They are counted on their way to the report. */
struct faults {
	scoring_report *report;
	void *of;
	uint64_t n;
};

static void
tell_fault(void *of, const struct scoring_error *e)
{
	struct faults *f = of;

	f->n++;
	f->report(f->of, e);
}

uint64_t
scoring_review(struct text text, scoring_report *report, void *of)
{
	struct faults faults = { report, of, 0 };
	struct scoring *s = scoring_check(text, tell_fault, &faults);

	doubt_all(s, report, of);
	scoring_free(s);
	return faults.n;
}
