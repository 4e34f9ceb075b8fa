/* lesson_bind.c - what is learnt from: columns of the table, and behaviour */
#include <lead/base/mem.h>
#include <lead/domain/learn/habits.h>
#include <lead/domain/learn/lesson.h>

enum { WORDS_BYTES = 1 << 20, HABITS_BYTES = 4 << 20 };

/* --- behaviour --- */

struct tsv_taker
lesson_events(void *lesson, struct text header)
{
	struct lesson *l = lesson;
	struct tsv_taker t = { .row = behaviour_add };
	const struct scoring *s = l->hold.rules;
	struct text column[HABITS_COLUMNS + SCORING_COLUMNS_MAX];
	size_t n = 0;

	for (size_t i = 0; i < HABITS_COLUMNS; i++)
		column[n++] = text_of(habits_columns[i]);
	for (unsigned c = 0; s != NULL && c < s->ncolumns; c++)
		if (text_listed(header, '\t', s->columns[c]))
			column[n++] = s->columns[c];
	l->behaviour = behaviour_new(l->ask.key, column, n);
	t.columns = behaviour_names(l->behaviour, &t.ncolumns);
	t.to = l->behaviour;
	return t;
}

/* All events were read: rules about them that might be learnt. */
static void
find_habits(struct lesson *l)
{
	struct scoring_error e;

	behaviour_ready(l->behaviour);
	if (l->has_rules)
		hold_follow(&l->hold, l->behaviour);
	buf_init(&l->habits_bytes, HABITS_BYTES, "rules that might be");
	if (l->evaluate ||
	    habits_put(&l->habits_bytes, l->behaviour, l->terms.least) == 0)
		return;
	if (hold_init(&l->habits, buf_text(&l->habits_bytes), l->ask.zone, &e))
		hold_follow(&l->habits, l->behaviour);
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
take_rest(struct lesson *l, const struct fields_table *t, const bool *out)
{
	for (int c = 0; c < t->ncolumns; c++) {
		struct text name = t->name(t->of, c);

		if (c == l->outcome || out[c])
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

/* --- columns of a lead --- */

static bool
find(const struct fields_table *t, struct text name, int *column, struct text *missing)
{
	*column = t->column(t->of, name);
	*missing = name;
	return *column >= 0;
}

/* The lead's time: what is named, or the first of two. */
static bool
find_time(struct lesson *l, const struct fields_table *t, struct text *missing)
{
	struct text name = text_of(l->ask.time);
	struct text usual = TEXT("lead_at");

	l->time = -1;
	if (!l->ask.dated)
		return true;
	if (name.len == 0 && t->column(t->of, usual) < 0 &&
	    t->column(t->of, TEXT("time")) >= 0)
		name = TEXT("time");
	else if (name.len == 0)
		name = usual;
	return find(t, name, &l->time, missing);
}

/* Columns of an outcome are no features. */
static bool
find_lost(struct lesson *l, const struct fields_table *t, struct text *missing)
{
	struct text list = text_of(l->ask.lost), name;

	l->lost = mem_new((size_t)t->ncolumns + 1, sizeof(*l->lost));
	while (list.len != 0 && text_next(&list, ',', &name)) {
		int column;

		if (!find(t, name, &column, missing))
			return false;
		if (l->nlost < (size_t)t->ncolumns)
			l->lost[l->nlost++] = column;
	}
	return true;
}

static bool
find_columns(struct lesson *l, const struct fields_table *t, struct text *missing)
{
	l->lead = -1;
	return find(t, text_of(l->ask.outcome), &l->outcome, missing) &&
	    find_time(l, t, missing) && find_lost(l, t, missing) &&
	    (l->behaviour == NULL || find(t, l->ask.key, &l->lead, missing));
}

bool
lesson_bind(struct lesson *l, const struct fields_table *t, struct text *missing)
{
	size_t n = (size_t)t->ncolumns + 1;
	bool *out = mem_new(n, sizeof(*out)), good;

	if (l->behaviour != NULL)
		find_habits(l);
	buf_init(&l->words, WORDS_BYTES, "a line of rules");
	buf_init(&l->aside, WORDS_BYTES, "names of columns");
	l->names = mem_new(n, sizeof(*l->names));
	l->column = mem_new(n, sizeof(*l->column));
	l->keep = mem_new(n, sizeof(*l->keep));
	good = find_columns(l, t, missing);
	for (size_t i = 0; i < l->ask.nfeatures && good; i++)
		good = read_list(l, t, text_of(l->ask.features[i]), out, missing);
	for (size_t i = 0; i < l->nlost && good; i++)
		out[l->lost[i]] = true;
	if (l->nfeatures == 0 && good && !l->evaluate)
		take_rest(l, t, out);
	mem_free(out);
	if (l->has_rules)
		find_missing(l, t);
	take_habits(l);
	history_init(&l->history, l->ncolumns);
	return good;
}
