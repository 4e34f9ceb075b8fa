/* grading_doubt.c - which rules can none of these rows meet? */
#include <lead/base/buf.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/score/grading.h>

enum { WORDS_MAX = 1024, NAME_SHOWN = 80 };

/* A slip of the pen, likely: name stands in the rule, and nowhere else. */
static void
tell(const struct scoring_rule *r, const char *what, struct text name, const char *so,
    scoring_report *report, void *of)
{
	struct scoring_error e = { .line = r->line };
	struct buf words;

	buf_init(&words, WORDS_MAX, "a doubt about the rules");
	buf_string(&words, what);
	buf_string(&words, " \"");
	buf_put(&words, text_head(name, NAME_SHOWN));
	buf_string(&words, "\": ");
	buf_string(&words, so);
	buf_byte(&words, '\0');
	e.why = words.s;
	report(of, &e);
	buf_clear(&words);
}

void
grading_doubt_columns(const struct grading *g, scoring_report *report, void *of)
{
	const struct scoring *s = g->rules;
	unsigned told = 0; /* columns are numbered as rules first name them */

	for (size_t i = 0; i < s->nrules; i++) {
		unsigned c = (unsigned)s->rules[i].column;

		if (s->rules[i].column < 0 || c < told)
			continue;
		told = c + 1;
		if (g->column[c] < 0 && !profile_has(g->profile, c))
			tell(&s->rules[i], "no column", s->columns[c],
			    "its rules never hold", report, of);
	}
}

static bool
names_known_event(const struct scoring_rule *r)
{
	struct text rest = r->event, name;

	while (text_next(&rest, ',', &name))
		if (event_find(text_trim(name)) != NULL)
			return true;
	return false;
}

void
grading_doubt_events(const struct grading *g, scoring_report *report, void *of)
{
	for (size_t i = 0; g->event >= 0 && i < g->rules->nrules; i++) {
		const struct scoring_rule *r = &g->rules->rules[i];

		if (r->event.len != 0 && !names_known_event(r) && !score_saw(g->score, i))
			tell(r, "no row has event", r->event, "the rule never held", report,
			    of);
	}
}
