/* lesson_out.c - the rows that tell what was learnt */
#include <math.h>

#include <lead/base/num.h>
#include <lead/domain/learn/lesson.h>

enum { POINTS, EVENT, COLUMN, OP, VALUE, GROUP, CAP, HALF, WHY };

static const char *const rule_columns[] = { "points", "event", "column", "op", "value",
	"group", "cap", "half", "why", NULL };
static const char *const figure_columns[] = { "period", "metric", "value", "n", NULL };

const char *const *
lesson_columns(bool evaluate)
{
	return evaluate ? figure_columns : rule_columns;
}

/* --- comments --- */

static void
put_figure(struct buf *b, const char *words, double x)
{
	char room[NUM_TEXT];

	buf_string(b, words);
	buf_put(b, num_put(room, llround(x * NUM_MICROS)));
}

static void
put_quality(struct buf *b, const char *words, const struct fit_quality *q)
{
	buf_string(b, words);
	if (q->has_auc)
		put_figure(b, "auc ", q->auc);
	if (q->has_auc)
		put_figure(b, " error ", q->error);
	if (!q->has_odds)
		return;
	put_figure(b, " brier ", q->fitness.brier);
	put_figure(b, " ece ", q->fitness.ece);
	put_figure(b, " observed/expected ", (double)q->won / q->fitness.expected);
}

enum { PART_ODDS, PART_QUALITY, PART_OUT, PART_RATIO, PART_BEGIN, PART_HELD, PART_RULES };

static bool
comment(struct lesson *l, struct lesson_row *row)
{
	row->cell[POINTS] = buf_text(&l->words);
	return true;
}

/* Comments in front of the rules: what points mean, and how good they are. */
static bool
next_comment(struct lesson *l, struct lesson_row *row)
{
	const struct fit *f = &l->fit;
	char odds[HOLD_ODDS_TEXT];

	l->words.len = 0;
	while (f->in.n != 0 && l->part < PART_BEGIN) {
		switch (l->part++) {
		case PART_ODDS:
			if (!f->in.has_odds)
				continue;
			buf_put(&l->words, hold_put_odds(odds, &f->in.odds));
			return comment(l, row);
		case PART_QUALITY:
			put_quality(&l->words, "# in sample: ", &f->in);
			return comment(l, row);
		case PART_OUT:
			if (f->terms.folds == 0)
				continue;
			put_quality(&l->words, "# out of sample: ", &f->out);
			return comment(l, row);
		case PART_RATIO:
			if (!f->ratio.has_auc)
				continue;
			put_quality(&l->words, "# out of sample, by ratio: ", &f->ratio);
			return comment(l, row);
		}
	}
	return false;
}

/* --- rules --- */

static bool
next_held(struct lesson *l, struct lesson_row *row)
{
	if (l->part < PART_HELD)
		l->part = l->has_rules && sheet_begin(&l->sheet, l->hold.bytes,
					      rule_columns, LESSON_CELLS)
			      ? PART_HELD
			      : PART_RULES;
	if (l->part != PART_HELD)
		return false;
	if (sheet_next(&l->sheet) != 1) {
		l->part = PART_RULES;
		return false;
	}
	for (size_t i = 0; i < LESSON_CELLS; i++)
		row->cell[i] = l->sheet.cell[i];
	return true;
}

static const struct scoring_rule *
habit(const struct lesson *l, size_t column)
{
	return &l->habits.rules->rules[column - l->nfeatures];
}

static void
put_habit(const struct lesson *l, const struct scoring_rule *r, struct lesson_row *row)
{
	row->cell[EVENT] = r->event;
	if (r->column >= 0)
		row->cell[COLUMN] = l->habits.rules->columns[r->column];
	row->cell[OP] = r->op;
	row->cell[VALUE] = r->value;
	row->cell[GROUP] = TEXT("engage");
}

static bool
next_rule(struct lesson *l, struct lesson_row *row)
{
	const struct fit_rule *r = &l->fit.rule[l->next];
	char room[NUM_TEXT];
	size_t column;

	if (l->next == l->fit.nrules)
		return false;
	column = l->fit.used[r->column];
	l->next++;
	l->words.len = 0;
	buf_put(&l->words, num_put(room, r->points));
	row->cell[POINTS] = buf_text(&l->words);
	row->cell[WHY] = r->why;
	if (column >= l->nfeatures) {
		put_habit(l, habit(l, column), row);
		return true;
	}
	row->cell[COLUMN] = l->names[column];
	row->cell[OP] = text_of(r->op);
	row->cell[VALUE] = r->value;
	row->cell[GROUP] = TEXT("fit");
	return true;
}

static bool
next_figure(struct lesson *l, struct lesson_row *row)
{
	const struct evaluate_row *r = &l->row[l->next];
	char room[NUM_TEXT];

	if (l->next == l->nrows)
		return false;
	l->next++;
	l->words.len = 0;
	buf_put(&l->words, num_put_count(room, (int64_t)r->n));
	*row =
	    (struct lesson_row){ { r->period, r->metric, r->value, buf_text(&l->words) },
		    4, true };
	return true;
}

bool
lesson_next(struct lesson *l, struct lesson_row *row)
{
	*row = (struct lesson_row){ .n = LESSON_CELLS };
	if (l->evaluate)
		return next_figure(l, row);
	return next_comment(l, row) || next_held(l, row) || next_rule(l, row);
}
