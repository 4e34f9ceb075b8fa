/* lesson.c - from leads of the past to the table that is written of them */
#include <math.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/lesson.h>

/* The phrase, and the column that it is about. */
static const char *
why_no_maximum(struct lesson *l)
{
	l->words.len = 0;
	buf_string(&l->words, l->fit.why);
	if (l->fit.at != SIZE_MAX) {
		buf_string(&l->words, ": ");
		buf_put(&l->words, l->names[l->fit.at]);
	}
	buf_byte(&l->words, '\0');
	return l->words.s;
}

/* Most of what is told is the fit's. */
static void
note_leads(struct lesson *l)
{
	struct buf *b = &l->fit.notes;
	double all = (double)(l->open + l->leads);
	char room[NUM_TEXT];

	if ((double)l->open > LESSON_OPEN_MOST * all) {
		buf_put(b, num_put_count(room, llround(100 * (double)l->open / all)));
		buf_string(b, " % of the leads are open and left out: those that will "
		    "win are not among them\n");
	}
	buf_put(b, buf_text(&l->aside));
	if (l->fit.nused != 0 && l->fit.why == NULL && l->fit.nrules == 0)
		buf_string(b, "\nno column tells enough: no rules");
}

const char *
lesson_learn(struct lesson *l)
{
	enum fit_verdict verdict;

	if (l->evaluate) {
		l->row = evaluate_rows(l->evaluation, &l->nrows, &l->flags);
		return NULL;
	}
	l->terms.names = l->names;
	l->terms.keep = l->keep;
	l->terms.marks = l->nfeatures;
	verdict = fit_learn(&l->fit, &l->history, &l->terms);
	if (verdict != FIT_NO_LEADS)
		note_leads(l);
	switch (verdict) {
	case FIT_OK:
		if (l->fit.nrules == 0)
			buf_string(&l->fit.notes, "\nno column tells enough: no rules");
		return NULL;
	case FIT_NO_LEADS:
		return NULL;
	case FIT_ONE_KIND:
		return l->history.won != 0 ? "all leads won" : "no lead won";
	case FIT_NO_COLUMN:
		return "no column has a value of enough leads";
	case FIT_NO_MAXIMUM:
		return why_no_maximum(l);
	}
	return NULL;
}

struct text
lesson_notes(const struct lesson *l)
{
	return l->evaluate ? TEXT_NONE : buf_text(&l->fit.notes);
}

void
lesson_clear(struct lesson *l)
{
	evaluate_free(l->evaluation);
	hold_clear(&l->hold);
	hold_clear(&l->habits);
	behaviour_free(l->behaviour);
	buf_clear(&l->habits_bytes);
	history_clear(&l->history);
	fit_clear(&l->fit);
	mem_free(l->missing);
	mem_free(l->names);
	mem_free(l->column);
	mem_free(l->lost);
	mem_free(l->keep);
	mem_free(l->field);
	buf_clear(&l->words);
	buf_clear(&l->aside);
	arena_clear(&l->texts);
}
