/* suggest_kind.c - what is an export a list of, and which of its columns means what? */
#include "suggest_state.h"

/* The word of headers.tsv for rows of such files alone. */
static const char *const own[] = { [SUGGEST_RECORDS] = "", [SUGGEST_SPEND] = "spend",
	[SUGGEST_EMAIL] = "email", [SUGGEST_CALLS] = "call",
	[SUGGEST_PAYMENTS] = "payment", [SUGGEST_ACTS] = "" };

enum { KINDS = sizeof(own) / sizeof(own[0]) };

/* --- meanings --- */

static bool
is_general(struct text event)
{
	for (size_t i = 0; i < KINDS; i++)
		if (own[i][0] != '\0' && text_is(event, own[i]))
			return false;
	return true;
}

/* The first meaning whose form the values have: of the kind's own or of all. */
static bool
first_meaning(struct suggest *s, const struct suggest_column *c, const char *kind,
    struct headers_meaning *m)
{
	struct headers h;

	headers_begin(&h, c->name);
	while (headers_next(&h, m)) {
		if (kind != NULL ? !text_is(m->event, kind) : !is_general(m->event))
			continue;
		m->as = suggest_form(s, c, m->as);
		if (m->as.len != 0)
			return true;
	}
	return false;
}

static bool
meaning(struct suggest *s, const struct suggest_column *c, enum suggest_kind kind,
    struct headers_meaning *m)
{
	if (own[kind][0] != '\0' && first_meaning(s, c, own[kind], m))
		return true;
	return kind != SUGGEST_SPEND && first_meaning(s, c, NULL, m);
}

bool
suggest_kind_meaning(struct suggest *s, const struct suggest_column *c,
    struct headers_meaning *m)
{
	return meaning(s, c, s->kind, m);
}

/* The likeliest of the columns with a meaning, the first of equal ones; event: of
 * that event alone, or NULL. */
static const struct suggest_column *
find(struct suggest *s, enum suggest_kind kind, const char *event, const char *column)
{
	const struct suggest_column *found = NULL;
	struct headers_meaning m;
	uint64_t rank = UINT64_MAX;

	for (size_t i = 0; i < s->n; i++)
		if (meaning(s, &s->column[i], kind, &m) && text_is(m.column, column) &&
		    (event == NULL || text_is(m.event, event)) && m.rank < rank) {
			found = &s->column[i];
			rank = m.rank;
		}
	return found;
}

/* --- values --- */

bool
suggest_kind_has(const struct suggest_column *c, const char *outcome)
{
	for (size_t i = 0; i < c->nvalues; i++)
		if (text_is(headers_outcome(c->value[i]), outcome))
			return true;
	return false;
}

static bool
is_mail_act(struct text act)
{
	return text_starts(act, TEXT("email_")) || text_is(act, "unsubscribed") ||
	    text_is(act, "complained");
}

/* Which acts are there among a column's values? One of e-mail alone may be a word of
 * something else: a deal is open too. */
static enum suggest_kind
acts_of(const struct suggest_column *c)
{
	struct text first = TEXT_NONE, act;
	bool two = false;

	for (size_t i = 0; i < c->nvalues && !c->many; i++) {
		act = headers_act(c->value[i]);
		if (act.len == 0 || text_is(act, "payment"))
			continue;
		if (!is_mail_act(act))
			return text_starts(act, TEXT("call_")) ? SUGGEST_CALLS
			                                       : SUGGEST_ACTS;
		two |= first.len != 0 && !text_equal(first, act);
		first = act;
	}
	return two ? SUGGEST_EMAIL : SUGGEST_RECORDS;
}

/* The first column of acts. */
static enum suggest_kind
find_acts(struct suggest *s)
{
	enum suggest_kind kind = SUGGEST_RECORDS;

	for (size_t i = 0; i < s->n && kind == SUGGEST_RECORDS; i++) {
		s->act = &s->column[i];
		if (!suggest_kind_has(s->act, "won"))
			kind = acts_of(s->act);
	}
	if (kind == SUGGEST_RECORDS)
		s->act = NULL;
	return kind;
}

/* Of the columns that may be a stage, that whose values tell what is won. */
static const struct suggest_column *
find_stage(struct suggest *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->column[i].is_stage && suggest_kind_has(&s->column[i], "won"))
			return &s->column[i];
	return find(s, SUGGEST_RECORDS, NULL, "stage");
}

/* --- the whole --- */

/* Are dates written with the month first? One date with a 13th tells of all. */
static void
order_dates(struct suggest *s)
{
	bool day = false, month = false, either = false;

	for (size_t i = 0; i < s->n; i++)
		switch (suggest_form_order(&s->column[i])) {
		case SUGGEST_UNTOLD:
			break;
		case SUGGEST_DAY_FIRST:
			day = true;
			break;
		case SUGGEST_MONTH_FIRST:
			month = true;
			break;
		case SUGGEST_EITHER:
			either = true;
			break;
		}
	s->month_first = month && !day;
	s->vague = either && day == month;
}

static bool
is_spend(struct suggest *s)
{
	return find(s, SUGGEST_SPEND, NULL, "cost") != NULL &&
	    (find(s, SUGGEST_SPEND, NULL, "clicks") != NULL ||
	    find(s, SUGGEST_SPEND, NULL, "impressions") != NULL);
}

/* Amounts with a date and a word of payments, and no deal. */
static bool
is_payments(struct suggest *s)
{
	const struct suggest_column *stage = find_stage(s);
	bool named = find(s, SUGGEST_PAYMENTS, "payment", "-") != NULL ||
	    find(s, SUGGEST_PAYMENTS, "payment", "refund") != NULL;

	return named && find(s, SUGGEST_PAYMENTS, "payment", "time") != NULL &&
	    find(s, SUGGEST_PAYMENTS, NULL, "value") != NULL &&
	    find(s, SUGGEST_RECORDS, NULL, "deal_id") == NULL &&
	    (stage == NULL || !suggest_kind_has(stage, "won"));
}

static enum suggest_kind
tell_kind(struct suggest *s)
{
	enum suggest_kind kind = is_spend(s) ? SUGGEST_SPEND : find_acts(s);

	if (kind != SUGGEST_RECORDS)
		return kind;
	if (find(s, SUGGEST_CALLS, "call", "-") != NULL &&
	    find(s, SUGGEST_CALLS, NULL, "phone") != NULL)
		return SUGGEST_CALLS;
	return is_payments(s) ? SUGGEST_PAYMENTS : SUGGEST_RECORDS;
}

/* The column of times: by its name, or because it is the only one of dates. */
static const struct suggest_column *
find_time(struct suggest *s)
{
	const struct suggest_column *c = NULL, *only = NULL;

	if (own[s->kind][0] != '\0')
		c = find(s, s->kind, own[s->kind], "time");
	if (c == NULL)
		c = find(s, s->kind, NULL, "time");
	for (size_t i = 0; i < s->n && c == NULL; i++) {
		if (!s->column[i].filled ||
		    suggest_form(s, &s->column[i], TEXT("date")).len == 0)
			continue;
		if (only != NULL)
			return NULL;
		only = &s->column[i];
	}
	return c != NULL ? c : only;
}

static bool
has_key(struct suggest *s)
{
	static const char *const keys[] = { "email", "phone", "crm_id", "deal_id",
		"account_id", "visitor_id", "record_id" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (find(s, s->kind, NULL, keys[i]) != NULL)
			return true;
	return false;
}

/* The key of a record, and what its stage says of deals. */
static void
look_at_records(struct suggest *s)
{
	s->key = find(s, s->kind, NULL, "deal_id");
	s->has_deal = s->key != NULL;
	if (s->key == NULL)
		s->key = find(s, s->kind, NULL, "record_id");
	if (s->key == NULL)
		s->key = find(s, s->kind, NULL, "crm_id");
	s->lost = find(s, s->kind, "lost", "time");
	s->stage = find_stage(s);
	if (s->stage != NULL && !s->has_deal && s->amount == NULL && s->lost == NULL &&
	    !suggest_kind_has(s->stage, "won") && !suggest_kind_has(s->stage, "lost"))
		s->stage = NULL; /* of a contact */
}

void
suggest_kind(struct suggest *s)
{
	if (s->n == 0)
		return;
	order_dates(s);
	s->kind = tell_kind(s);
	s->currency = find(s, s->kind, NULL, "currency");
	s->amount = find(s, s->kind, NULL, s->kind == SUGGEST_SPEND ? "cost" : "value");
	s->time = find_time(s);
	s->is_keyed = has_key(s);
	if (s->kind == SUGGEST_RECORDS)
		look_at_records(s);
}
