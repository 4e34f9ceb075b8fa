/* mapping_take.c - a record by its import map */
#include <lead/base/hash.h>
#include <lead/base/when.h>

#include "mapping_state.h"

/* The record being read. */
struct record {
	const struct text *slot;
	struct text raw;
	struct mapping_result *out;
};

static bool
bad(struct record *r, const char *reason, const char *why, struct text column,
    struct text value)
{
	r->out->reason = reason;
	r->out->why = why;
	r->out->column = column;
	r->out->value = value;
	return false;
}

/* Do all conditions hold? false when a pattern was too hard for one. */
static bool
test(const struct mapping *m, const struct mapping_when *w, struct record *r,
    bool *holds)
{
	*holds = true;
	for (size_t i = 0; i < w->n && *holds; i++) {
		struct text t = text_trim(r->slot[w->slot[i]]);

		switch (condition_test(w->condition[i], t, 0)) {
		case CONDITION_YES:
			break;
		case CONDITION_NO:
			*holds = false;
			break;
		case CONDITION_LIMIT:
			return bad(r, "rule-limit", "too hard for a pattern of the map",
			    m->slots[w->slot[i]].shown, t);
		}
	}
	return true;
}

/* The first rule for a column of event e that holds and has a value. */
static bool
find_value(struct mapping *m, size_t e, size_t column, struct record *r,
    enum convert_verdict *verdict, struct converted *value)
{
	const size_t *at = m->start + e * m->columns.n + column;

	*verdict = CONVERT_EMPTY;
	for (size_t i = at[0]; i < at[1] && *verdict == CONVERT_EMPTY; i++) {
		const struct mapping_rule *rule = &m->rules[m->order[i]];
		struct text cell = rule->slot >= 0 ? r->slot[rule->slot] : TEXT_NONE;
		bool holds;

		if (!test(m, &rule->when, r, &holds))
			return false;
		if (!holds)
			continue;
		*verdict = convert_value(rule->as, m->zone, m->events[e].milestone,
		    rule->is_key, cell, &m->arena, value);
		if (*verdict == CONVERT_BAD)
			return bad(r, value->reason, value->why, rule->slot >= 0
			    ? m->slots[rule->slot].shown : TEXT_NONE, cell);
	}
	return true;
}

/* The columns of an event that nobody has to map. */
static void
fill_event(struct mapping *m, size_t e, struct record *r, const struct converted *time,
    struct mapping_row *row)
{
	struct hash id = hash_fixed_pair(r->raw, m->events[e].name);
	char *to = arena_alloc(&m->arena, HASH_ID_LEN);

	row->cell[MAPPING_ID] = hash_put(id, to);
	row->cell[MAPPING_EVENT] = m->events[e].name;
	row->cell[MAPPING_PRECISION] = !row->timed ? TEXT("undated")
	    : time->day ? TEXT("day") : TEXT("second");
	row->cell[MAPPING_TIME] = row->timed
	    ? when_put(arena_alloc(&m->arena, WHEN_TEXT), time->us) : TEXT_NONE;
}

/* A spend row's date is a civil day, whatever its text says more. */
static void
fill_date(struct mapping *m, const struct mapping_row *row)
{
	row->cell[m->key_column] =
	    when_put_day(arena_alloc(&m->arena, WHEN_TEXT), row->day);
}

static bool
is_one_of(struct text code, struct text codes)
{
	struct text one;

	while (text_next(&codes, ',', &one))
		if (text_same(one, code))
			return true;
	return false;
}

/* A code in capitals, as ISO 4217 has them; what is none stays. */
static void
raise_code(struct text *code, struct arena *a)
{
	char *to;

	for (size_t i = 0; i < code->len; i++)
		if (!((code->s[i] | 0x20) >= 'a' && (code->s[i] | 0x20) <= 'z'))
			return;
	if (code->len != 3)
		return;
	to = arena_alloc(a, 3);
	for (size_t i = 0; i < 3; i++)
		to[i] = (char)(code->s[i] & ~0x20);
	code->s = to;
}

/* The currency of a row with an amount: what its column says, else the amount's own
 * sign, else the map. The sign may mean one of codes; empty: it has none. */
static bool
fill_currency(struct mapping *m, struct record *r, struct text codes,
    struct mapping_row *row)
{
	struct text *currency = &row->cell[m->currency_column];

	raise_code(currency, &m->arena);
	if (row->cell[m->amount_column].len == 0)
		return true;
	if (currency->len == 0 && codes.len != 0 && text_find(codes, ',') < 0)
		*currency = codes;
	if (currency->len == 0)
		*currency = m->currency;
	if (codes.len == 0 || currency->len == 0 || is_one_of(*currency, codes))
		return true;
	return bad(r, "currency", "not the currency of the amount's sign",
	    TEXT("currency"), *currency);
}

static bool
fill_columns(struct mapping *m, size_t e, struct record *r, struct mapping_row *row)
{
	struct text codes = TEXT_NONE;

	for (size_t c = 0; c < m->columns.n; c++) {
		enum convert_verdict v;
		struct converted value;

		row->cell[c] = TEXT_NONE;
		if (c == m->key_column)
			continue;
		if (!find_value(m, e, c, r, &v, &value))
			return false;
		if (v == CONVERT_OK)
			row->cell[c] = value.text;
		if (v == CONVERT_OK && m->has_amount && c == m->amount_column)
			codes = value.currencies;
	}
	return !m->has_amount || fill_currency(m, r, codes, row);
}

/* One event, when its time is there. */
static bool
take_event(struct mapping *m, size_t e, struct record *r)
{
	struct mapping_row *row = &m->rows[m->nrows];
	enum convert_verdict v;
	struct converted time;

	if (!find_value(m, e, m->key_column, r, &v, &time))
		return false;
	if (v == CONVERT_EMPTY)
		return true;
	row->cell = m->cells + m->nrows * m->columns.n;
	row->timed = v == CONVERT_OK;
	row->us = row->timed ? time.us : 0;
	row->day = row->timed ? zone_day(m->zone, time.us) : 0;
	if (!fill_columns(m, e, r, row))
		return false;
	if (m->table->events)
		fill_event(m, e, r, &time, row);
	else if (row->timed)
		fill_date(m, row);
	m->nrows++;
	return true;
}

static enum mapping_verdict
drop_rule(struct mapping *m, struct record *r)
{
	bool holds;

	for (size_t i = 0; i < m->ndrops; i++) {
		if (!test(m, &m->drops[i].when, r, &holds))
			return MAPPING_BAD;
		if (holds) {
			r->out->rule = m->drops[i].name;
			return MAPPING_DROPPED;
		}
	}
	return MAPPING_ROWS;
}

enum mapping_verdict
mapping_take(struct mapping *m, const struct text *slot, struct text raw,
    struct mapping_result *out)
{
	struct record r = { slot, raw, out };
	enum mapping_verdict v;

	*out = (struct mapping_result){ .nrows = 0 };
	arena_reset(&m->arena);
	m->nrows = 0;
	v = drop_rule(m, &r);
	for (size_t e = 0; e < m->nevents && v == MAPPING_ROWS; e++)
		if (!take_event(m, e, &r))
			v = MAPPING_BAD;
	out->nrows = m->nrows;
	if (v == MAPPING_ROWS && m->nrows == 0) {
		out->rule = "no_event";
		v = MAPPING_DROPPED;
	}
	return v;
}

void
mapping_row(struct mapping *m, size_t i, struct mapping_row *row)
{
	*row = m->rows[i];
}

enum mapping_verdict
mapping_version(struct mapping *m, const struct text *slot, struct text *key,
    int64_t *modified, struct mapping_result *out)
{
	struct record r = { slot, TEXT_NONE, out };
	struct converted time;

	*out = (struct mapping_result){ .nrows = 0 };
	arena_reset(&m->arena);
	*key = text_trim(slot[m->key_slot]);
	*modified = INT64_MIN; /* never told: any other is newer */
	switch (convert_value(m->version, m->zone, false, false, slot[m->version_slot],
	    &m->arena, &time)) {
	case CONVERT_OK:
		*modified = time.us;
		break;
	case CONVERT_EMPTY:
	case CONVERT_UNDATED:
		break;
	case CONVERT_BAD:
		bad(&r, time.reason, time.why, m->slots[m->version_slot].shown,
		    slot[m->version_slot]);
		return MAPPING_BAD;
	}
	return MAPPING_ROWS;
}
