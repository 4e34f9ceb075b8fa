/* suggest.c - what could the map of this export look like? */
#include <lead/base/arena.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/stamp.h>
#include <lead/base/zone.h>
#include <lead/domain/suggest.h>

enum { WORDS_MAX = 256 };

/* Forms that all values of a column so far have; tried in this order. */
static const char *const date_forms[] = { "iso", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y",
	"%d.%m.%Y", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M",
	"%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d.%m.%Y %H:%M", "%d %b %Y", "%b %d, %Y" };
static const char *const iso_forms[] = { "%Y-%m-%d", "%Y-%m-%d %H:%M:%S",
	"%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%z",
	"%Y-%m-%dT%H:%M:%S.%f%z" };
static const struct {
	const char *word;
	struct num_form form;
} money_forms[] = {
	{ "money", { 0, '.', false, false } },
	{ "money:1,234.56", { ',', '.', false, false } },
	{ "money:1.234,56", { '.', ',', false, false } },
	{ "money:1234,56", { 0, ',', false, false } },
};

enum {
	DATES = sizeof(date_forms) / sizeof(date_forms[0]),
	ISOS = sizeof(iso_forms) / sizeof(iso_forms[0]),
	MONIES = sizeof(money_forms) / sizeof(money_forms[0]),
};

/* What a column is, by a piece of its name in small letters; the first holds. */
static const struct {
	const char *piece, *event, *column;
	enum { IS_TEXT, IS_DATE, IS_MONEY, IS_LIST } form;
} meanings[] = {
	{ "refund date", "refund", "time", IS_DATE },
	{ "refund", "refund", "value", IS_MONEY },
	{ "associated contact", "*", "link", IS_LIST },
	{ "modified", "@", "snapshot", IS_DATE },
	{ "updated", "@", "snapshot", IS_DATE },
	{ "create", "lead", "time", IS_DATE },
	{ "opened", "lead", "time", IS_DATE },
	{ "submitted", "lead", "time", IS_DATE },
	{ "close", "won", "time", IS_DATE },
	{ "amount", "won", "value", IS_MONEY },
	{ "revenue", "won", "value", IS_MONEY },
	{ "value", "won", "value", IS_MONEY },
	{ "price", "won", "value", IS_MONEY },
	{ "currency", "*", "currency", IS_TEXT },
	{ "opportunity id", "*", "deal_id", IS_TEXT },
	{ "opportunity_id", "*", "deal_id", IS_TEXT },
	{ "deal id", "*", "deal_id", IS_TEXT },
	{ "deal_id", "*", "deal_id", IS_TEXT },
	{ "account id", "*", "account_id", IS_TEXT },
	{ "account_id", "*", "account_id", IS_TEXT },
	{ "company id", "*", "account_id", IS_TEXT },
	{ "contact id", "*", "crm_id", IS_TEXT },
	{ "contact_id", "*", "crm_id", IS_TEXT },
	{ "lead id", "*", "crm_id", IS_TEXT },
	{ "record id", "*", "crm_id", IS_TEXT },
	{ "mail", "*", "email", IS_TEXT },
	{ "phone", "*", "phone", IS_TEXT },
	{ "mobile", "*", "phone", IS_TEXT },
	{ "visitor", "*", "visitor_id", IS_TEXT },
	{ "cookie", "*", "visitor_id", IS_TEXT },
	{ "source", "*", "source", IS_TEXT },
	{ "campaign", "*", "campaign", IS_TEXT },
	{ "medium", "*", "medium", IS_TEXT },
	{ "owner", "*", "rep", IS_TEXT },
	{ "agent", "*", "rep", IS_TEXT },
	{ "country", "*", "country", IS_TEXT },
	{ "product", "*", "product", IS_TEXT },
	{ "industry", "*", "sector", IS_TEXT },
	{ "sector", "*", "sector", IS_TEXT },
	{ "stage", "*", "stage", IS_TEXT },
	{ "reason", "*", "reason", IS_TEXT },
};

enum { MEANINGS = sizeof(meanings) / sizeof(meanings[0]) };

struct column {
	struct text name;
	bool filled;                          /* a value that is not blank */
	bool not_date[DATES], not_money[MONIES];
};

struct suggest {
	struct column *column;
	size_t n, next;
	int key, stage;   /* columns that look like a record's key, a stage; or -1 */
	bool headed;
	struct zone *utc;
	struct arena names;
	char as[WORDS_MAX], when[WORDS_MAX];
};

/* The first meaning from the one given on that a name has, or MEANINGS. */
static int
meaning_of(struct text name, int from)
{
	char small[WORDS_MAX];
	struct text t = text_lower(small, text_head(name, WORDS_MAX));

	while (from < MEANINGS && text_search(t, text_of(meanings[from].piece)) < 0)
		from++;
	return from;
}

static bool
means(struct text name, const char *column)
{
	int i = meaning_of(name, 0);

	return i < MEANINGS && text_is(text_of(meanings[i].column), column);
}

struct suggest *
suggest_new(const struct text *name, size_t n)
{
	struct suggest *s = mem_new(1, sizeof(*s));

	s->column = mem_new(n, sizeof(*s->column));
	s->n = n;
	s->key = s->stage = -1;
	s->utc = zone_open("UTC");
	for (size_t i = 0; i < n; i++) {
		s->column[i].name = arena_text(&s->names, name[i]);
		if (s->key < 0 && (means(name[i], "deal_id") || means(name[i], "crm_id")))
			s->key = (int)i;
		if (s->stage < 0 && means(name[i], "stage"))
			s->stage = (int)i;
	}
	return s;
}

void
suggest_free(struct suggest *s)
{
	if (s == NULL)
		return;
	zone_free(s->utc);
	arena_clear(&s->names);
	mem_free(s->column);
	mem_free(s);
}

/* --- values --- */

static bool
has_form(const struct suggest *s, struct text t, const char *form)
{
	int64_t us;
	bool dated;

	return stamp_parse(t, form, s->utc, &us, &dated) == WHEN_OK;
}

static bool
is_date(const struct suggest *s, struct text t, size_t form)
{
	int64_t us;

	if (form != 0)
		return has_form(s, t, date_forms[form]);
	for (size_t i = 0; i < ISOS; i++)
		if (has_form(s, t, iso_forms[i]))
			return true;
	return when_parse(t, &us) == WHEN_OK;
}

void
suggest_look(struct suggest *s, const struct text *field)
{
	int64_t micros;

	for (size_t i = 0; i < s->n; i++) {
		struct column *c = &s->column[i];
		struct text t = text_trim(field[i]);

		if (t.len == 0)
			continue;
		c->filled = true;
		for (size_t k = 0; k < DATES; k++)
			c->not_date[k] |= !is_date(s, t, k);
		for (size_t k = 0; k < MONIES; k++)
			c->not_money[k] |= num_parse_form(t, &money_forms[k].form,
			    &micros) != NUM_OK;
	}
}

/* --- rows --- */

static struct text
join(char to[WORDS_MAX], struct text a, struct text b)
{
	if (a.len + b.len > WORDS_MAX)
		return a;
	memcpy(to, a.s, a.len);
	memcpy(to + a.len, b.s, b.len);
	return (struct text){ to, a.len + b.len };
}

/* A form that all values had, of day first and month first the former; empty
 * when none has. */
static struct text
date_form(struct suggest *s, const struct column *c)
{
	if (!c->filled)
		return TEXT("date");
	for (size_t k = 0; k < DATES; k++)
		if (!c->not_date[k])
			return join(s->as, TEXT("date:"), text_of(date_forms[k]));
	return TEXT_NONE;
}

static struct text
money_form(const struct column *c)
{
	if (!c->filled)
		return TEXT("money");
	for (size_t k = 0; k < MONIES; k++)
		if (!c->not_money[k])
			return text_of(money_forms[k].word);
	return TEXT_NONE;
}

/* The form of a meaning; empty when the values are not of it. */
static struct text
form_of(struct suggest *s, const struct column *c, int meaning)
{
	switch (meanings[meaning].form) {
	case IS_TEXT:
		break;
	case IS_DATE:
		return date_form(s, c);
	case IS_MONEY:
		return money_form(c);
	case IS_LIST:
		return TEXT("list:;");
	}
	return TEXT("text");
}

/* A column that means nothing to us passes under its own name. */
static void
carried(struct suggest *s, const struct column *c, struct text cell[SUGGEST_CELLS])
{
	size_t n = 0;

	for (size_t i = 0; i < c->name.len && i < WORDS_MAX; i++) {
		char ch;

		text_lower(&ch, (struct text){ c->name.s + i, 1 });
		s->when[n++] = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') ||
		    (unsigned char)ch >= 0x80 ? ch : '_';
	}
	cell[0] = TEXT("*");
	cell[1] = (struct text){ s->when, n };
	cell[3] = c->filled ? date_form(s, c) : TEXT_NONE;
	if (cell[3].len == 0)
		cell[3] = TEXT("text");
}

static void
meant(struct suggest *s, const struct column *c, int meaning,
    struct text cell[SUGGEST_CELLS])
{
	bool deals = s->stage >= 0;

	cell[0] = text_of(meanings[meaning].event);
	cell[1] = text_of(meanings[meaning].column);
	if (deals && text_is(text_of(meanings[meaning].piece), "record id"))
		cell[1] = TEXT("deal_id");
	if (deals && text_is(cell[0], "lead"))
		cell[0] = TEXT("opp");
	if (deals && text_is(cell[0], "won"))
		cell[4] = join(s->when, s->column[s->stage].name, TEXT(" = Closed Won"));
	if (text_is(cell[0], "@")) {
		cell[2] = s->key >= 0 ? s->column[s->key].name : TEXT("KEY");
		cell[3] = join(s->as, TEXT("modified:"), c->name);
	}
}

bool
suggest_next(struct suggest *s, struct text cell[SUGGEST_CELLS])
{
	const struct column *c;
	int meaning;

	for (size_t i = 0; i < SUGGEST_CELLS; i++)
		cell[i] = TEXT_NONE;
	if (!s->headed) {
		s->headed = true;
		cell[0] = TEXT("@");
		cell[1] = TEXT("zone");
		cell[2] = TEXT("UTC");
		return true;
	}
	if (s->next == s->n)
		return false;
	c = &s->column[s->next++];
	cell[2] = c->name;
	meaning = meaning_of(c->name, 0);
	while (meaning < MEANINGS && (cell[3] = form_of(s, c, meaning)).len == 0)
		meaning = meaning_of(c->name, meaning + 1);
	if (meaning < MEANINGS)
		meant(s, c, meaning, cell);
	else
		carried(s, c, cell);
	return true;
}
