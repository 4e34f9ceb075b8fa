/* suggest_rows.c - the rows of a map for an export, by what it is */
#include <lead/base/mem.h>
#include <lead/domain/import/amount.h>
#include <lead/domain/rules/condition.h>
#include <lead/domain/rules/rules.h>

#include "suggest_state.h"

enum { ROWS_MAX = 1 << 16 };

static const struct text comment = { "# ", 2 };

/* --- texts --- */

void
suggest_rows_add(struct suggest *s, struct text event, struct text column,
    struct text from, struct text as, struct text when)
{
	s->row = mem_grow(s->row, &s->cap, s->nrows + 1, sizeof(*s->row), ROWS_MAX,
	    "rows of a suggested map");
	s->row[s->nrows++] = (struct suggest_row){ { event, column, from, as, when } };
}

struct text
suggest_rows_join(struct suggest *s, struct text a, struct text b)
{
	char *to = arena_alloc(&s->texts, a.len + b.len + 1);

	memcpy(to, a.s, a.len);
	memcpy(to + a.len, b.s, b.len);
	return (struct text){ to, a.len + b.len };
}

/* A line for people. */
static void
add_words(struct suggest *s, struct text words)
{
	suggest_rows_add(s, suggest_rows_join(s, comment, words), TEXT_NONE, TEXT_NONE,
	    TEXT_NONE, TEXT_NONE);
}

/* "Column op value": the column in "" when an operator is in it. */
struct text
suggest_rows_condition(struct suggest *s, const struct suggest_column *c, struct text op,
    struct text value)
{
	struct text rest = c->name, word, name = c->name;
	bool quoted = false;

	while (text_next(&rest, ' ', &word))
		quoted |= condition_is_op(word);
	if (quoted)
		name = suggest_rows_join(s, TEXT("\""),
		    suggest_rows_join(s, name, TEXT("\"")));
	name = suggest_rows_join(s, name, TEXT(" "));
	name = suggest_rows_join(s, name, op);
	if (value.len == 0)
		return name;
	return suggest_rows_join(s, name, suggest_rows_join(s, TEXT(" "), value));
}

/* A pattern of these bytes. */
static struct text
pattern_of(struct suggest *s, struct text t)
{
	char *to = arena_alloc(&s->texts, 3 * t.len);
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++) {
		bool sign = text_find(TEXT("$./"), t.s[i]) >= 0;

		if (sign)
			to[n++] = '[';
		to[n++] = t.s[i];
		if (sign)
			to[n++] = ']';
	}
	return (struct text){ to, n };
}

/* Dashes stand for no value, where a form would refuse them. */
static struct text
unless_dash(struct suggest *s, const struct suggest_column *c, struct text as)
{
	struct text all = TEXT_NONE;

	if (c->ndashes == 0 || text_is(as, "text") ||
	    (c->parens && c->ndashes == 1 && text_is(c->dash[0], "-")))
		return TEXT_NONE;
	for (size_t i = 0; i < c->ndashes; i++)
		all = i == 0 ? c->dash[i] : suggest_rows_join(s, all,
		    suggest_rows_join(s, TEXT(","), c->dash[i]));
	return suggest_rows_condition(s, c,
	    c->ndashes == 1 ? TEXT("!=") : TEXT("!in"), all);
}

/* The values of a column that are none of those wanted, for a person to choose. */
void
suggest_rows_values(struct suggest *s, const struct suggest_column *c, const char *words,
    bool (*wanted)(struct text value))
{
	struct text all = suggest_rows_join(s, text_of(words), c->name), mark = TEXT(": ");

	for (size_t i = 0; i < c->nvalues; i++) {
		if (wanted != NULL && wanted(c->value[i]))
			continue;
		all = suggest_rows_join(s, all, suggest_rows_join(s, mark, c->value[i]));
		mark = TEXT(", ");
	}
	if (c->nvalues == SUGGEST_VALUES_MAX)
		all = suggest_rows_join(s, all, TEXT(", ..."));
	if (text_is(mark, ", "))
		add_words(s, all);
}

/* --- rows that every kind has --- */

/* A row; of amounts in several currencies one each, the last without a condition:
 * what is none of them is then no blank. */
void
suggest_rows_meaning(struct suggest *s, const struct suggest_column *c,
    const struct headers_meaning *m, struct text event)
{
	struct text as = m->as, next;
	bool money = text_starts(as, TEXT("money"));

	if (!money || !suggest_form_money(s, c, 1, &next)) {
		suggest_rows_add(s, event, m->column, c->name, as, unless_dash(s, c, as));
		return;
	}
	for (size_t i = 0; suggest_form_money(s, c, i, &as); i++) {
		struct text when = unless_dash(s, c, as);

		if (suggest_form_money(s, c, i + 1, &next))
			when = suggest_rows_condition(s, c, TEXT("~"),
			    pattern_of(s, c->sign[i].text));
		suggest_rows_add(s, event, m->column, c->name, as, when);
	}
}

/* Is it a column of our own tables, which means something there? */
static bool
is_ours(struct text name)
{
	struct text rest = rules_text("columns"), line;

	while (text_next(&rest, '\n', &line))
		if (text_equal(text_part(line, '\t', 0), name))
			return true;
	return false;
}

/* A column that means nothing to us passes under its own name. */
void
suggest_rows_carry(struct suggest *s, const struct suggest_column *c)
{
	char *to = arena_alloc(&s->texts, c->name.len + 1);
	struct text name = { to, c->name.len };
	struct text as = suggest_form(s, c, TEXT("day"));

	text_lower(to, c->name);
	for (size_t i = 0; i < c->name.len; i++)
		if (!(to[i] >= 'a' && to[i] <= 'z') && !(to[i] >= '0' && to[i] <= '9') &&
		    (unsigned char)to[i] < 0x80)
			to[i] = '_';
	if (is_ours(name))
		name = suggest_rows_join(s, TEXT("export_"), name);
	suggest_rows_add(s, s->kind == SUGGEST_SPEND ? TEXT("# *") : TEXT("*"), name,
	    c->name, as.len != 0 ? as : TEXT("text"), unless_dash(s, c, as));
}

/* A row for each value of c that the table of acts or outcomes has as name. */
bool
suggest_rows_each(struct suggest *s, const struct suggest_column *c, struct text name,
    struct text (*table)(struct text value), const struct text row[3])
{
	bool any = false;

	for (size_t i = 0; i < c->nvalues; i++)
		if (text_equal(table(c->value[i]), name)) {
			suggest_rows_add(s, row[0], TEXT("time"), row[1], row[2],
			    suggest_rows_condition(s, c, TEXT("="), c->value[i]));
			any = true;
		}
	return any;
}

/* --- the whole --- */

static void
add_snapshot(struct suggest *s, struct text from, struct text form)
{
	struct text as = suggest_rows_join(s, TEXT("modified:"), from);

	if (!text_is(form, "date:iso"))
		as = suggest_rows_join(s, as, suggest_rows_join(s, TEXT(" as "), form));
	suggest_rows_add(s, s->key != NULL ? TEXT("@") : TEXT("# @"), TEXT("snapshot"),
	    s->key != NULL ? s->key->name : TEXT("KEY"), as, TEXT_NONE);
}

static void
add_column(struct suggest *s, const struct suggest_column *c)
{
	struct headers_meaning m;

	if (c->name.len == 0)
		return;
	if (!suggest_kind_meaning(s, c, &m)) {
		if (c != s->time || s->kind == SUGGEST_RECORDS)
			suggest_rows_carry(s, c);
	} else if (s->kind == SUGGEST_SPEND && text_is(m.column, "-")) {
		suggest_rows_carry(s, c);
	} else if (s->kind == SUGGEST_SPEND) {
		suggest_rows_meaning(s, c, &m, TEXT("*"));
	} else if (text_is(m.column, "snapshot")) {
		add_snapshot(s, c->name, m.as);
	} else if (s->kind == SUGGEST_RECORDS) {
		suggest_records_column(s, c, &m);
	} else {
		suggest_events_column(s, c, &m);
	}
}

/* EUR of "Amount spent (EUR)", or empty. */
static struct text
code_in(struct text name)
{
	struct text rest = name, part;

	while (text_next(&rest, '(', &part)) {
		struct text code = text_head(rest, 3);

		if (code.len == 3 && rest.len > 3 && rest.s[3] == ')' &&
		    amount_currencies(code).len != 0)
			return code;
	}
	return TEXT_NONE;
}

/* The currency of amounts, where neither a column nor their sign tells one. */
static void
add_currency(struct suggest *s)
{
	struct text codes = TEXT_NONE, code = TEXT("EUR"), named;

	if (s->amount == NULL || s->currency != NULL)
		return;
	named = code_in(s->amount->name);
	if (s->amount->nsigns != 0) {
		codes = amount_currencies(s->amount->sign[0].text);
		text_next(&codes, ',', &code);
		if (codes.s == NULL && !s->amount->bare)
			return;
	}
	suggest_rows_add(s, named.len != 0 ? TEXT("@") : TEXT("# @"), TEXT("currency"),
	    named.len != 0 ? named : code, TEXT_NONE, TEXT_NONE);
}

static void
add_settings(struct suggest *s)
{
	suggest_rows_add(s, TEXT("# @"), TEXT("zone"), TEXT("Europe/Madrid"), TEXT_NONE,
	    TEXT_NONE);
	add_currency(s);
	if (s->kind == SUGGEST_SPEND)
		suggest_rows_add(s, TEXT("@"), TEXT("table"), TEXT("spend"), TEXT_NONE,
		    TEXT_NONE);
	if (s->kind == SUGGEST_EMAIL) {
		add_words(s, TEXT("lead-import --email marks what machines opened"));
		suggest_rows_add(s, TEXT("@"), TEXT("table"), TEXT("email"), TEXT_NONE,
		    TEXT_NONE);
	}
}

/* What the file does not tell, as rows to be filled in. */
static void
add_missing(struct suggest *s)
{
	bool platform = false;

	for (size_t i = 0; i < s->nrows; i++)
		platform |= text_is(s->row[i].cell[1], "platform");
	if (s->kind == SUGGEST_SPEND && !platform)
		suggest_rows_add(s, TEXT("# *"), TEXT("platform"), TEXT_NONE,
		    TEXT("const:google"), TEXT_NONE);
	if (s->kind == SUGGEST_SPEND)
		suggest_rows_add(s, TEXT("*"), TEXT("kind"), TEXT_NONE, TEXT("const:ad"),
		    TEXT_NONE);
	if (s->kind == SUGGEST_CALLS)
		suggest_rows_add(s, TEXT("lead"), TEXT("method"), TEXT_NONE,
		    TEXT("const:call"), TEXT_NONE);
	if (s->kind == SUGGEST_SPEND)
		return;
	if (!s->has_time)
		suggest_rows_add(s, TEXT("# lead"), TEXT("time"), TEXT("COLUMN"),
		    TEXT("date:%d/%m/%Y"), TEXT_NONE);
	if (s->stage != NULL && !s->has_won)
		suggest_records_end(s, TEXT_NONE, TEXT("date:%d/%m/%Y"));
}

void
suggest_rows(struct suggest *s)
{
	add_settings(s);
	if (s->kind != SUGGEST_RECORDS && s->kind != SUGGEST_SPEND)
		suggest_events(s);
	for (size_t i = 0; i < s->n; i++)
		add_column(s, &s->column[i]);
	add_missing(s);
}
