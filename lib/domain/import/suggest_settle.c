/* suggest_settle.c - which rows of a suggested map can run, and what must be chosen? */
#include <lead/base/buf.h>
#include <lead/domain/import/mapping.h>

#include "suggest_state.h"

enum { EVENT, COLUMN, FROM, AS, WHEN };

enum { MAP_MAX = 64 << 20 };

static bool
is_comment(const struct suggest_row *r)
{
	return text_starts(r->cell[EVENT], TEXT("#"));
}

static bool
is_live(const struct suggest_row *r)
{
	return !is_comment(r) && !text_is(r->cell[EVENT], "@");
}

static void
comment_out(struct suggest *s, struct suggest_row *r)
{
	r->cell[EVENT] = suggest_rows_join(s, TEXT("# "), r->cell[EVENT]);
}

static void
add_words(struct suggest *s, const char *words)
{
	suggest_rows_add(s, suggest_rows_join(s, TEXT("# choose: "), text_of(words)),
	    TEXT_NONE, TEXT_NONE, TEXT_NONE, TEXT_NONE);
}

/* A map has no escapes: what would be one cannot stand in it. */
static bool
is_plain(const struct suggest_row *r)
{
	for (size_t i = 0; i < SUGGEST_CELLS; i++)
		for (size_t k = 0; k < r->cell[i].len; k++)
			if (text_find(TEXT("\t\n\r\\"), r->cell[i].s[k]) >= 0)
				return false;
	return true;
}

static void
put_map(const struct suggest *s, struct buf *b)
{
	for (size_t i = 0; i < SUGGEST_CELLS; i++) {
		buf_string(b, suggest_columns[i]);
		buf_byte(b, i + 1 < SUGGEST_CELLS ? '\t' : '\n');
	}
	for (size_t r = 0; r < s->nrows; r++) {
		bool comment = is_comment(&s->row[r]);

		for (size_t i = 0; i < SUGGEST_CELLS && !comment; i++) {
			buf_put(b, s->row[r].cell[i]);
			buf_string(b, i + 1 < SUGGEST_CELLS ? "\t" : "");
		}
		buf_string(b, comment ? "#\n" : "\n");
	}
}

/* Rows that no map takes, whatever their values are: each is found by reading it. */
static void
settle_faults(struct suggest *s)
{
	struct mapping_error e = { .line = 0 };
	struct mapping *m = NULL;
	struct buf b;

	for (size_t i = 0; i < s->nrows; i++)
		if (!is_comment(&s->row[i]) && !is_plain(&s->row[i]))
			comment_out(s, &s->row[i]);
	do {
		buf_init(&b, MAP_MAX, "bytes of a suggested map");
		put_map(s, &b);
		m = mapping_new(buf_text(&b), s->utc, &e);
		if (m == NULL && e.line > 1)
			comment_out(s, &s->row[e.line - 2]);
		mapping_free(m);
		buf_clear(&b);
	} while (m == NULL && e.line > 1);
}

/* Two columns are one time or amount: the second would stand for its blanks. */
static void
settle_twins(struct suggest *s)
{
	for (size_t i = 1; i < s->nrows; i++) {
		struct suggest_row *r = &s->row[i];
		bool once = text_is(r->cell[COLUMN], "time") ||
		    text_is(r->cell[COLUMN], "date") || text_is(r->cell[COLUMN], "value") ||
		    text_is(r->cell[COLUMN], "cost");

		for (size_t k = 0; k < i && once && is_live(r); k++)
			if (is_live(&s->row[k]) &&
			    text_equal(s->row[k].cell[EVENT], r->cell[EVENT]) &&
			    text_equal(s->row[k].cell[COLUMN], r->cell[COLUMN]) &&
			    !text_equal(s->row[k].cell[FROM], r->cell[FROM]) &&
			    text_equal(s->row[k].cell[WHEN], r->cell[WHEN]))
				comment_out(s, r);
	}
}

/* Is there a row that gives the event its time? event NULL: any event. */
static bool
is_timed(const struct suggest *s, const struct text *event)
{
	const char *key = s->kind == SUGGEST_SPEND ? "date" : "time";

	for (size_t i = 0; i < s->nrows; i++)
		if (is_live(&s->row[i]) && text_is(s->row[i].cell[COLUMN], key) &&
		    (event == NULL || text_equal(s->row[i].cell[EVENT], *event)))
			return true;
	return false;
}

/* Events without a time are none yet; without any key nobody's. */
static void
settle_events(struct suggest *s)
{
	for (size_t i = 0; i < s->nrows; i++) {
		struct suggest_row *r = &s->row[i];

		if (is_live(r) && !text_is(r->cell[EVENT], "*") &&
		    (!s->is_keyed || !is_timed(s, &r->cell[EVENT])))
			comment_out(s, r);
	}
}

/* Rows to choose from: each column of dates as the time. */
static void
add_times(struct suggest *s)
{
	bool spend = s->kind == SUGGEST_SPEND;

	for (size_t i = 0; i < s->n; i++) {
		const struct suggest_column *c = &s->column[i];
		struct text as = suggest_form(s, c, TEXT("day"));

		if (as.len != 0)
			suggest_rows_add(s, spend ? TEXT("# *") : TEXT("# lead"),
			    spend ? TEXT("date") : TEXT("time"), c->name, as, TEXT_NONE);
	}
}

static void
tell_choices(struct suggest *s)
{
	if (s->vague)
		add_words(s, "do dates have the day first (%d/%m/%Y) or the month "
		    "(%m/%d/%Y)? All fit both");
	if (s->kind != SUGGEST_SPEND && !s->is_keyed) {
		add_words(s, "which column is a key (email, phone, crm_id, deal_id, "
		    "visitor_id)? Without one these rows are nobody's");
		return;
	}
	if (is_timed(s, NULL))
		return;
	add_words(s, s->kind == SUGGEST_SPEND ? "which column is the date?"
	    : "which column is the time of which event?");
	add_times(s);
}

void
suggest_settle(struct suggest *s)
{
	settle_faults(s);
	settle_twins(s);
	if (s->kind != SUGGEST_SPEND)
		settle_events(s);
	tell_choices(s);
}
