/* lesson.c - from leads of the past to the table that is written of them */
#include <math.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/habits.h>
#include <lead/domain/lesson.h>

enum { WORDS_BYTES = 1 << 20, HABITS_BYTES = 4 << 20 };
enum { POINTS, EVENT, COLUMN, OP, VALUE, GROUP, CAP, HALF, WHY };

static const char *const rule_columns[] = { "points", "event", "column", "op", "value",
	"group", "cap", "half", "why", NULL };
static const char *const figure_columns[] = { "period", "metric", "value", "n", NULL };

const char *const *
lesson_columns(bool evaluate)
{
	return evaluate ? figure_columns : rule_columns;
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

/* --- behaviour --- */

struct behaviour *
lesson_events(struct lesson *l, struct text header, struct text key)
{
	const struct scoring *s = l->hold.rules;
	struct text column[HABITS_COLUMNS + SCORING_COLUMNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < HABITS_COLUMNS; i++)
		column[n++] = text_of(habits_columns[i]);
	for (unsigned c = 0; s != NULL && c < s->ncolumns; c++)
		if (text_listed(header, '\t', s->columns[c]))
			column[n++] = s->columns[c];
	l->behaviour = behaviour_new(key, column, n);
	return l->behaviour;
}

void
lesson_habits(struct lesson *l, const struct zone *zone)
{
	struct scoring_error e;

	behaviour_ready(l->behaviour);
	if (l->has_rules)
		hold_follow(&l->hold, l->behaviour);
	buf_init(&l->habits_bytes, HABITS_BYTES, "rules that might be");
	if (l->evaluate ||
	    habits_put(&l->habits_bytes, l->behaviour, l->terms.least) == 0)
		return;
	if (hold_init(&l->habits, buf_text(&l->habits_bytes), zone, &e))
		hold_follow(&l->habits, l->behaviour);
}

static const struct scoring_rule *
habit(const struct lesson *l, size_t column)
{
	return &l->habits.rules->rules[column - l->nfeatures];
}

/* What a habit is called among columns: its event and condition. */
static struct text
habit_name(struct lesson *l, const struct scoring_rule *r)
{
	const struct text part[] = { r->event, r->column >= 0 ?
	    l->habits.rules->columns[r->column] : TEXT_NONE, r->op, r->value };
	size_t from = l->words.len;
	struct text t;

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		if (l->words.len != from && part[i].len != 0)
			buf_byte(&l->words, ' ');
		buf_put(&l->words, part[i]);
	}
	t = arena_text(&l->texts, text_from(buf_text(&l->words), from));
	l->words.len = from;
	return t;
}

static void
take_habits(struct lesson *l)
{
	size_t n = l->habits.rules != NULL ? l->habits.rules->nrules : 0;

	l->ncolumns = l->nfeatures + n;
	l->names = mem_resize(l->names, l->ncolumns + 1, sizeof(*l->names));
	l->keep = mem_resize(l->keep, l->ncolumns + 1, sizeof(*l->keep));
	l->field = mem_new(l->ncolumns + 1, sizeof(*l->field));
	for (size_t i = 0; i < n; i++) {
		l->names[l->nfeatures + i] = habit_name(l, &l->habits.rules->rules[i]);
		l->keep[l->nfeatures + i] = true;
	}
}

/* --- features --- */

static void
take(struct lesson *l, struct text name, int column, bool keep)
{
	l->names[l->nfeatures] = name;
	l->column[l->nfeatures] = column;
	l->keep[l->nfeatures++] = keep;
}

/* One list of names: taken, or behind ! marked as left out. */
static bool
read_list(struct lesson *l, const struct fields_table *t, struct text list, bool *out,
    struct text *missing)
{
	struct text name;

	while (text_next(&list, ',', &name)) {
		bool no = text_starts(name, TEXT("!"));
		int c = t->column(t->of, text_from(name, no));

		*missing = text_from(name, no);
		if (c < 0)
			return false;
		if (!no && !out[c])
			take(l, t->name(t->of, c), c, true);
		out[c] = true;
	}
	return true;
}

static void
take_rest(struct lesson *l, const struct fields_table *t, int outcome, const bool *out)
{
	for (int c = 0; c < t->ncolumns; c++) {
		struct text name = t->name(t->of, c);

		if (c == outcome || out[c])
			continue;
		if (!fit_is_aside(name)) {
			take(l, name, c, false);
			continue;
		}
		buf_string(&l->aside, l->aside.len != 0 ? ", " :
		    "left out, as ids, instants and what is known later: ");
		buf_put(&l->aside, name);
	}
}

static void
find_missing(struct lesson *l, const struct fields_table *t)
{
	const struct scoring *s = l->hold.rules;

	hold_bind(&l->hold, t);
	l->missing = mem_new(s->ncolumns + 1, sizeof(*l->missing));
	for (unsigned c = 0; c < s->ncolumns; c++)
		if (!hold_has(&l->hold, c))
			l->missing[l->nmissing++] = s->columns[c];
}

bool
lesson_bind(struct lesson *l, const struct fields_table *t, int outcome,
    const struct lesson_list *features, struct text *missing)
{
	size_t n = (size_t)t->ncolumns + 1;
	bool *out = mem_new(n, sizeof(*out)), good = true;

	buf_init(&l->words, WORDS_BYTES, "a line of rules");
	buf_init(&l->aside, WORDS_BYTES, "names of columns");
	l->names = mem_new(n, sizeof(*l->names));
	l->column = mem_new(n, sizeof(*l->column));
	l->keep = mem_new(n, sizeof(*l->keep));
	for (size_t i = 0; i < features->n && good; i++)
		good = read_list(l, t, text_of(features->v[i]), out, missing);
	if (l->nfeatures == 0 && good && !l->evaluate)
		take_rest(l, t, outcome, out);
	mem_free(out);
	if (l->has_rules)
		find_missing(l, t);
	take_habits(l);
	history_init(&l->history, l->ncolumns);
	return good;
}

/* --- leads --- */

static void
add_habits(struct lesson *l, const struct lesson_lead *lead)
{
	struct score_sum sum = hold_sum(&l->habits, lead->row, lead->lead, lead->us);

	for (size_t i = l->nfeatures; i < l->ncolumns; i++)
		l->field[i] = sum.parts[i - l->nfeatures].hits != 0 ? TEXT("holds") :
		    TEXT_NONE;
}

void
lesson_add(struct lesson *l, const struct lesson_lead *lead)
{
	struct history_row row = { lead->won, lead->fold, 0 };
	struct score_sum sum;

	l->leads++;
	if (l->has_rules)
		sum = hold_sum(&l->hold, lead->row, lead->lead, lead->us);
	if (l->evaluate) {
		evaluate_add(l->evaluation, &sum, lead->won,
		    lead->period.name.len != 0 ? &lead->period : NULL);
		return;
	}
	row.held = l->has_rules ? sum.total : 0;
	for (size_t i = 0; i < l->nfeatures; i++)
		l->field[i] = fields_cell(lead->row, l->column[i]);
	if (l->ncolumns != l->nfeatures)
		add_habits(l, lead);
	history_add(&l->history, l->field, &row);
}

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
		buf_put(&l->fit.notes, buf_text(&l->aside));
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

struct text
lesson_notes(const struct lesson *l)
{
	return l->evaluate ? TEXT_NONE : buf_text(&l->fit.notes);
}

/* --- rows out --- */

enum { PART_ODDS, PART_QUALITY, PART_OUT, PART_BEGIN, PART_HELD, PART_RULES };

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
		}
	}
	return false;
}

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
	mem_free(l->keep);
	mem_free(l->field);
	buf_clear(&l->words);
	buf_clear(&l->aside);
	arena_clear(&l->texts);
}
