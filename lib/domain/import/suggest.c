/* suggest.c - what could the map of this export look like? */
#include <lead/base/mem.h>
#include <lead/domain/import/headers.h>
#include <lead/domain/rules/condition.h>

#include "suggest_state.h"

enum { ROWS_MAX = 1 << 16, COLUMNS_MAX = 1 << 16 };

const char *const suggest_columns[SUGGEST_CELLS] = { "event", "column", "from", "as",
	"when" };

struct row {
	struct text cell[SUGGEST_CELLS];
};

struct suggest {
	struct suggest_column *column;
	size_t n, column_cap;
	size_t *place; /* the column of each field bound */
	size_t nplaces, place_cap;
	struct zone *utc;
	struct arena texts;
	bool built, spend;
	const struct suggest_column *key, *stage; /* or NULL */
	bool is_dated, has_deal, has_time, has_won, has_amount, has_currency;
	struct row *row;
	size_t nrows, cap, next;
};

struct suggest *
suggest_new(void)
{
	struct suggest *s = mem_new(1, sizeof(*s));

	s->utc = zone_open("UTC");
	return s;
}

void
suggest_free(struct suggest *s)
{
	if (s == NULL)
		return;
	zone_free(s->utc);
	arena_clear(&s->texts);
	mem_free(s->column);
	mem_free(s->place);
	mem_free(s->row);
	mem_free(s);
}

/* --- names and values --- */

static size_t
find_column(const struct suggest *s, struct text name)
{
	size_t i = 0;

	while (i < s->n && !text_equal(s->column[i].name, name))
		i++;
	return i;
}

static void
add_name(struct suggest *s, struct text name)
{
	struct suggest_column *c;
	struct headers_meaning m;
	struct headers h;

	s->column = mem_grow(s->column, &s->column_cap, s->n + 1, sizeof(*s->column),
	    COLUMNS_MAX, "columns");
	c = &s->column[s->n++];
	*c = (struct suggest_column){ .name = arena_text(&s->texts, name) };
	headers_begin(&h, name);
	while (headers_next(&h, &m))
		c->is_stage |= text_is(m.column, "stage");
}

void
suggest_bind(struct suggest *s, const struct text *name, size_t n)
{
	s->place = mem_grow(s->place, &s->place_cap, n, sizeof(*s->place), COLUMNS_MAX,
	    "columns");
	s->nplaces = n;
	for (size_t i = 0; i < n; i++) {
		s->place[i] = find_column(s, text_trim(name[i]));
		if (s->place[i] == s->n)
			add_name(s, text_trim(name[i]));
	}
}

static void
keep_value(struct suggest *s, struct suggest_column *c, struct text t)
{
	for (size_t i = 0; i < c->nvalues; i++)
		if (text_equal(c->value[i], t))
			return;
	if (c->nvalues < SUGGEST_VALUES_MAX)
		c->value[c->nvalues++] = arena_text(&s->texts, t);
}

void
suggest_look(struct suggest *s, const struct text *field)
{
	for (size_t i = 0; i < s->nplaces; i++) {
		struct suggest_column *c = &s->column[s->place[i]];
		struct text t = text_trim(field[i]);

		c->has_blank |= t.len == 0;
		if (t.len == 0)
			continue;
		suggest_form_look(c, t, s->utc);
		if (c->is_stage)
			keep_value(s, c, t);
	}
}

/* --- what a column means --- */

/* The first meaning whose form the values have, of spend or of events. m->as
 * becomes the map's cell. */
static bool
meaning(struct suggest *s, const struct suggest_column *c, bool spend,
    struct headers_meaning *m)
{
	struct headers h;

	headers_begin(&h, c->name);
	while (headers_next(&h, m)) {
		if (text_is(m->event, "spend") != spend)
			continue;
		m->as = suggest_form(c, m->as, &s->texts);
		if (m->as.len != 0)
			return true;
	}
	return false;
}

static const struct suggest_column *
find(struct suggest *s, bool spend, const char *column)
{
	struct headers_meaning m;

	for (size_t i = 0; i < s->n; i++)
		if (meaning(s, &s->column[i], spend, &m) && text_is(m.column, column))
			return &s->column[i];
	return NULL;
}

static bool
has_outcome(const struct suggest_column *c, const char *outcome)
{
	for (size_t i = 0; i < c->nvalues; i++)
		if (text_is(headers_outcome(c->value[i]), outcome))
			return true;
	return false;
}

/* Of the columns that may be a stage, that whose values tell what is won. */
static const struct suggest_column *
find_stage(struct suggest *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->column[i].is_stage && has_outcome(&s->column[i], "won"))
			return &s->column[i];
	return find(s, false, "stage");
}

static void
look_around(struct suggest *s)
{
	s->spend = find(s, true, "cost") != NULL && (find(s, true, "clicks") != NULL ||
	    find(s, true, "impressions") != NULL);
	s->has_currency = find(s, s->spend, "currency") != NULL;
	s->has_amount = s->spend || find(s, false, "value") != NULL;
	if (s->spend)
		return;
	s->is_dated = find(s, false, "time") != NULL;
	s->stage = find_stage(s);
	s->key = find(s, false, "deal_id");
	s->has_deal = s->key != NULL;
	if (s->key == NULL)
		s->key = find(s, false, "record_id");
	if (s->key == NULL)
		s->key = find(s, false, "crm_id");
}

/* --- rows --- */

static void
add(struct suggest *s, struct text event, struct text column, struct text from,
    struct text as, struct text when)
{
	s->row = mem_grow(s->row, &s->cap, s->nrows + 1, sizeof(*s->row), ROWS_MAX,
	    "rows of a suggested map");
	s->row[s->nrows++] = (struct row){ { event, column, from, as, when } };
}

static struct text
join(struct suggest *s, struct text a, struct text b)
{
	char *to = arena_alloc(&s->texts, a.len + b.len + 1);

	memcpy(to, a.s, a.len);
	memcpy(to + a.len, b.s, b.len);
	return (struct text){ to, a.len + b.len };
}

/* A column as a condition names it: in "" when an operator is in it. */
static struct text
column_in_when(struct suggest *s, const struct suggest_column *c)
{
	struct text rest = c->name, word;
	bool quoted = false;

	while (text_next(&rest, ' ', &word))
		quoted |= condition_is_op(word);
	return quoted ? join(s, TEXT("\""), join(s, c->name, TEXT("\""))) : c->name;
}

static struct text
stage_is(struct suggest *s, struct text value)
{
	return join(s, column_in_when(s, s->stage), join(s, TEXT(" = "), value));
}

/* A row for each value of the stage that has this outcome. */
static void
add_outcome(struct suggest *s, const char *outcome, struct text from, struct text as)
{
	struct text event = text_of(outcome);
	bool known = from.len != 0 && has_outcome(s->stage, outcome);

	if (from.len == 0)
		from = TEXT("COLUMN");
	if (!known)
		event = join(s, TEXT("# "), event);
	for (size_t i = 0; i < s->stage->nvalues; i++)
		if (text_is(headers_outcome(s->stage->value[i]), outcome))
			add(s, event, TEXT("time"), from, as,
			    stage_is(s, s->stage->value[i]));
	if (!has_outcome(s->stage, outcome))
		add(s, event, TEXT("time"), from, as, stage_is(s, TEXT("VALUE")));
}

/* Those there are, for a person to choose. */
static void
add_values(struct suggest *s)
{
	struct text all = join(s, TEXT("# values of "), s->stage->name);

	for (size_t i = 0; i < s->stage->nvalues; i++)
		all = join(s, all, join(s, i == 0 ? TEXT(": ") : TEXT(", "),
		    s->stage->value[i]));
	if (s->stage->nvalues == SUGGEST_VALUES_MAX)
		all = join(s, all, TEXT(", ..."));
	add(s, all, TEXT_NONE, TEXT_NONE, TEXT_NONE, TEXT_NONE);
}

/* Won and lost when the file is one of deals: by their stage. */
static void
add_end(struct suggest *s, struct text from, struct text as)
{
	if (!has_outcome(s->stage, "won"))
		add_values(s);
	add_outcome(s, "won", from, as);
	add_outcome(s, "lost", from, as);
	s->has_won = true;
}

static void
add_snapshot(struct suggest *s, struct text from, struct text form)
{
	struct text as = join(s, TEXT("modified:"), from);

	if (!text_is(form, "date:iso"))
		as = join(s, as, join(s, TEXT(" as "), form));
	add(s, s->key != NULL ? TEXT("@") : TEXT("# @"), TEXT("snapshot"),
	    s->key != NULL ? s->key->name : TEXT("KEY"), as, TEXT_NONE);
}

/* A column that means nothing to us passes under its own name. */
static void
add_carried(struct suggest *s, const struct suggest_column *c)
{
	char *to = arena_alloc(&s->texts, c->name.len + 1);
	struct text as = c->filled ? suggest_form(c, TEXT("date"), &s->texts)
	    : TEXT_NONE;

	text_lower(to, c->name);
	for (size_t i = 0; i < c->name.len; i++)
		if (!(to[i] >= 'a' && to[i] <= 'z') && !(to[i] >= '0' && to[i] <= '9') &&
		    (unsigned char)to[i] < 0x80)
			to[i] = '_';
	add(s, s->spend ? TEXT("# *") : TEXT("*"), (struct text){ to, c->name.len },
	    c->name, as.len != 0 ? as : TEXT("text"), TEXT_NONE);
}

static void
add_time(struct suggest *s, const struct suggest_column *c,
    const struct headers_meaning *m)
{
	bool deals = s->stage != NULL, mixed = s->has_deal && s->key->has_blank;

	if (deals && text_is(m->event, "won")) {
		add_end(s, c->name, m->as);
		return;
	}
	s->has_time = true;
	if (!deals || !text_is(m->event, "lead")) {
		add(s, m->event, m->column, c->name, m->as, TEXT_NONE);
		return;
	}
	add(s, mixed ? TEXT("lead") : TEXT("# lead"), m->column, c->name, m->as,
	    TEXT_NONE);
	add(s, TEXT("opp"), m->column, c->name, m->as,
	    mixed ? join(s, column_in_when(s, s->key), TEXT(" ?")) : TEXT_NONE);
}

static void
add_column(struct suggest *s, const struct suggest_column *c)
{
	struct headers_meaning m;

	if (!meaning(s, c, s->spend, &m)) {
		if (c->name.len != 0)
			add_carried(s, c);
	} else if (s->spend && text_is(m.column, "-")) {
		add_carried(s, c);
	} else if (s->spend) {
		add(s, TEXT("*"), m.column, c->name, m.as, TEXT_NONE);
	} else if (text_is(m.column, "time")) {
		add_time(s, c, &m);
	} else if (text_is(m.column, "snapshot")) {
		add_snapshot(s, c->name, m.as);
	} else {
		if (text_is(m.column, "record_id"))
			m.column = s->stage != NULL && !s->has_deal ? TEXT("deal_id")
								    : TEXT("crm_id");
		if (!s->is_dated && !text_is(m.event, "*"))
			m.event = join(s, TEXT("# "), m.event);
		add(s, m.event, m.column, c->name, m.as, TEXT_NONE);
	}
}

static void
add_settings(struct suggest *s)
{
	add(s, TEXT("# @"), TEXT("zone"), TEXT("Europe/Madrid"), TEXT_NONE, TEXT_NONE);
	if (s->has_amount && !s->has_currency)
		add(s, TEXT("# @"), TEXT("currency"), TEXT("EUR"), TEXT_NONE, TEXT_NONE);
	if (s->spend)
		add(s, TEXT("@"), TEXT("table"), TEXT("spend"), TEXT_NONE, TEXT_NONE);
}

/* What the file does not tell, as rows to be filled in. */
static void
add_missing(struct suggest *s)
{
	if (s->spend) {
		if (find(s, true, "platform") == NULL)
			add(s, TEXT("# *"), TEXT("platform"), TEXT_NONE,
			    TEXT("const:google"), TEXT_NONE);
		add(s, TEXT("*"), TEXT("kind"), TEXT_NONE, TEXT("const:ad"), TEXT_NONE);
		return;
	}
	if (!s->has_time)
		add(s, TEXT("# lead"), TEXT("time"), TEXT("COLUMN"),
		    TEXT("date:%d/%m/%Y"), TEXT_NONE);
	if (s->stage != NULL && !s->has_won)
		add_end(s, TEXT_NONE, TEXT("date:%d/%m/%Y"));
}

static void
build(struct suggest *s)
{
	s->built = true;
	look_around(s);
	add_settings(s);
	for (size_t i = 0; i < s->n; i++)
		add_column(s, &s->column[i]);
	add_missing(s);
}

bool
suggest_next(struct suggest *s, struct text cell[SUGGEST_CELLS])
{
	if (!s->built)
		build(s);
	if (s->next == s->nrows)
		return false;
	memcpy(cell, s->row[s->next++].cell, sizeof(s->row[0].cell));
	return true;
}
