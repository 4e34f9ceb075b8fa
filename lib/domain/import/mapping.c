/* mapping.c - import maps: their text, and how they meet a file's columns */
#include <stdint.h>

#include <lead/base/mem.h>
#include <lead/domain/rules/sheet.h>

#include "mapping_state.h"

enum { SLOTS_MAX = 4096 };

enum { EVENT, COLUMN, FROM, AS, WHEN, COLUMNS };
static const char *const names[COLUMNS] = { "event", "column", "from", "as", "when" };

static const char *const of_events[] = { "event_id", "time", "precision", "event", NULL };
static const char *const of_email[] = { "event_id", "time", "precision", "event", "email",
	"message_id", "campaign", "url", "machine", NULL };
static const char *const of_spend[] = { "date", "platform", "account", "campaign_id",
	"channel", "source", "medium", "campaign", "term", "cost", "currency",
	"impressions", "clicks", "kind", NULL };
static const char *const of_clicks[] = { "date", "platform", "account", "click_id",
	"campaign_id", "campaign", "content", "term", NULL };

static const struct mapping_table tables[] = {
	{ "events", of_events, "time", "value", true },
	{ "email", of_email, "time", "value", true },
	{ "spend", of_spend, "date", "cost", false },
	{ "clicks", of_clicks, "date", "cost", false },
};

/* What is being read, and where it is wrong. */
struct reading {
	struct mapping *m;
	struct sheet sheet;
	size_t column, at; /* of the fault */
	const char *why;
};

static bool
fault(struct reading *r, size_t column, size_t at, const char *why)
{
	r->column = column;
	r->at = at;
	r->why = why;
	return false;
}

/* --- rules --- */

static size_t
add_slot(struct reading *r, struct text from)
{
	struct mapping *m = r->m;


	for (size_t i = 0; i < m->nslots; i++)
		if (text_equal(m->slots[i].from, from))
			return i;
	m->slots = mem_grow(m->slots, &m->slot_cap, m->nslots + 1, sizeof(*m->slots),
	    SLOTS_MAX, "columns of an import map");
	m->slots[m->nslots] = (struct mapping_slot){ from, from, -1, r->sheet.line };
	return m->nslots++;
}

static bool
read_when(struct reading *r, struct mapping_when *when)
{
	struct text whole = r->sheet.cell[WHEN], rest = whole;
	struct condition_error e;
	struct clause c;

	while (clause_next(whole, &rest, &c, &e)) {
		if (when->n == MAPPING_CLAUSES_MAX) {
			condition_free(c.condition);
			return fault(r, WHEN, 0, "too many conditions");
		}
		when->slot[when->n] = add_slot(r, c.column);
		when->condition[when->n++] = c.condition;
	}
	return e.why == NULL || fault(r, WHEN, e.at, e.why);
}

static bool
find_event(struct reading *r, struct text name, int *event)
{
	struct mapping *m = r->m;
	const struct event *known = event_find(name);

	*event = MAPPING_EVERY;
	if (text_is(name, "*"))
		return true;
	if (m->table->events ? known == NULL : !text_is(name, m->table->name))
		return fault(r, EVENT, 0, "not an event of this table");
	for (*event = 0; (size_t)*event < m->nevents; ++*event)
		if (text_equal(m->events[*event].name, name))
			return true;
	if (m->nevents == MAPPING_EVENTS_MAX)
		return fault(r, EVENT, 0, "too many events");
	m->events[m->nevents++] = (struct mapping_event){ name,
		known != NULL && known->kind == EVENT_MILESTONE };
	return true;
}

static bool
is_key(struct text column)
{
	static const char *const keys[] = { "email", "phone", "crm_id", "account_id",
		"deal_id", "visitor_id", "lead_id", "campaign_id" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (text_is(column, keys[i]))
			return true;
	return false;
}

static bool
read_rule(struct reading *r)
{
	const struct text *cell = r->sheet.cell;
	struct mapping *m = r->m;
	struct mapping_rule *rule;
	const char *why;

	if (cell[COLUMN].len == 0)
		return fault(r, COLUMN, 0, "no column");
	if (m->table->events && (text_is(cell[COLUMN], "event_id") ||
	    text_is(cell[COLUMN], "precision") || text_is(cell[COLUMN], "event")))
		return fault(r, COLUMN, 0, "this column is not the map's to set");
	m->rules = mem_grow(m->rules, &m->rule_cap, m->nrules + 1, sizeof(*m->rules),
	    MAPPING_RULES_MAX, "rows of an import map");
	rule = &m->rules[m->nrules];
	*rule = (struct mapping_rule){ .slot = -1, .is_key = is_key(cell[COLUMN]) };
	if ((rule->as = convert_new(cell[AS], &why)) == NULL)
		return fault(r, AS, 0, why);
	m->nrules++;
	if (!find_event(r, cell[EVENT], &rule->event) || !read_when(r, &rule->when))
		return false;
	rule->column = naming_add(&m->columns, cell[COLUMN]);
	if (cell[FROM].len == 0 && !convert_is_const(rule->as))
		return fault(r, FROM, 0, "no column of the export");
	if (rule->column == m->key_column && !convert_is_date(rule->as))
		return fault(r, AS, 0, "a time is read by date:");
	if (!convert_is_const(rule->as))
		rule->slot = (int)add_slot(r, cell[FROM]);
	return true;
}

/* --- settings --- */

static bool
set_zone(struct reading *r)
{
	struct mapping *m = r->m;
	char *name = mem_copy(r->sheet.cell[FROM].s, r->sheet.cell[FROM].len);

	if (m->own_zone == NULL)
		m->own_zone = zone_open(name);
	mem_free(name);
	if (m->own_zone == NULL)
		return fault(r, FROM, 0, "no such time zone");
	m->zone = m->own_zone;
	return true;
}

static bool
set_currency(struct reading *r)
{
	r->m->currency = r->sheet.cell[FROM];
	for (size_t i = 0; i < r->m->currency.len; i++)
		if (r->m->currency.s[i] < 'A' || r->m->currency.s[i] > 'Z')
			r->m->currency.len = 0;
	return r->m->currency.len == 3 ||
	    fault(r, FROM, 0, "not a currency such as EUR");
}

static void
use_table(struct mapping *m, const struct mapping_table *t)
{
	m->table = t;
	naming_clear(&m->columns);
	for (size_t i = 0; t->columns[i] != NULL; i++)
		naming_add(&m->columns, text_of(t->columns[i]));
	m->key_column = (size_t)naming_find(&m->columns, text_of(t->key));
	m->nevents = 0;
	if (!t->events) /* one row a record: it needs no name */
		m->events[m->nevents++] = (struct mapping_event){ text_of(t->name), false };
}

static bool
set_table(struct reading *r)
{
	if (r->m->nrules != 0)
		return fault(r, COLUMN, 0, "this setting stands before the rows");
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (text_is(r->sheet.cell[FROM], tables[i].name)) {
			use_table(r->m, &tables[i]);
			return true;
		}
	return fault(r, FROM, 0, "not events, spend or email");
}

/* from: the key's column; as: modified:COLUMN, "modified:COLUMN as date:FORMAT" */
static bool
set_snapshot(struct reading *r)
{
	struct mapping *m = r->m;
	struct text as = r->sheet.cell[AS], word = TEXT("modified:"), form = TEXT("date");
	struct text column = text_from(as, word.len), between = TEXT(" as date");
	ptrdiff_t at = text_search(column, between);
	const char *why;

	if (at >= 0) {
		form = text_from(column, (size_t)at + strlen(" as "));
		column = text_head(column, (size_t)at);
	}
	if (r->sheet.cell[FROM].len == 0 || !text_starts(as, word) || column.len == 0)
		return fault(r, AS, 0, "a snapshot needs a key and modified:COLUMN");
	m->key_slot = (int)add_slot(r, r->sheet.cell[FROM]);
	m->version_slot = (int)add_slot(r, column);
	convert_free(m->version);
	m->version = convert_new(form, &why);
	return m->version != NULL || fault(r, AS, 0, why);
}

static bool
set_drop(struct reading *r)
{
	struct mapping *m = r->m;
	struct text name = r->sheet.cell[FROM];

	if (name.len == 0 || r->sheet.cell[WHEN].len == 0)
		return fault(r, FROM, 0, "a rule to drop by needs a name and a when");
	if (m->ndrops == MAPPING_DROPS_MAX)
		return fault(r, FROM, 0, "too many rules to drop by");
	m->drops[m->ndrops].name = mem_copy(name.s, name.len);
	return read_when(r, &m->drops[m->ndrops++].when);
}

static bool
read_setting(struct reading *r)
{
	static const struct {
		const char *name;
		bool (*set)(struct reading *);
	} settings[] = {
		{ "zone", set_zone },
		{ "currency", set_currency },
		{ "table", set_table },
		{ "snapshot", set_snapshot },
		{ "drop", set_drop },
	};

	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (text_is(r->sheet.cell[COLUMN], settings[i].name))
			return settings[i].set(r);
	return fault(r, COLUMN, 0, "not zone, currency, table, snapshot or drop");
}

/* --- the whole --- */

/* Rules of each event and column, the event's own before those of every one. */
static void
order_rules(struct mapping *m)
{
	size_t n = 0, place = 0;

	m->order = mem_new(m->nevents * m->nrules + 1, sizeof(*m->order));
	m->start = mem_new(m->nevents * m->columns.n + 1, sizeof(*m->start));
	for (size_t e = 0; e < m->nevents; e++)
		for (size_t c = 0; c < m->columns.n; c++) {
			m->start[place++] = n;
			for (int every = 0; every < 2; every++)
				for (size_t i = 0; i < m->nrules; i++)
					if (m->rules[i].column == c && m->rules[i].event ==
					    (every ? MAPPING_EVERY : (int)e))
						m->order[n++] = i;
		}
	m->start[place] = n;
}

static void
finish(struct mapping *m)
{
	int amount = naming_find(&m->columns, text_of(m->table->amount));

	m->has_amount = amount >= 0;
	m->amount_column = (size_t)amount;
	if (m->has_amount)
		m->currency_column = naming_add(&m->columns, TEXT("currency"));
	order_rules(m);
	m->cells = mem_new(m->nevents * m->columns.n, sizeof(*m->cells));
}

/* Each event must have a time of its own, or of *. */
static const char *
check(const struct mapping *m)
{
	if (m->nevents == 0)
		return "no row names an event: add one such as lead, time, COLUMN, "
		    "date:%d/%m/%Y with tabs between, or the setting @, table, spend";
	for (size_t e = 0; e < m->nevents; e++) {
		size_t at = e * m->columns.n + m->key_column;

		if (m->start[at] == m->start[at + 1])
			return m->table->events ? "an event without a time"
			    : "no row for the date";
	}
	return NULL;
}

/* A blank in the row at fault where a tab should be: no event and no column has one,
 * and no row that has a column to read from ends with it. */
static void
look_for_blanks(struct reading *r)
{
	const struct text *cell = r->sheet.cell;
	bool last = r->column > FROM && cell[AS].len == 0;

	for (size_t c = EVENT; c <= FROM; c++)
		if ((c != FROM || last) && text_find(cell[c], ' ') >= 0) {
			fault(r, c, 0, "a blank where a tab should part the cells");
			return;
		}
}

static bool
read_rows(struct reading *r)
{
	int got;

	while ((got = sheet_next(&r->sheet)) == 1)
		if (text_is(r->sheet.cell[EVENT], "@") ? !read_setting(r) : !read_rule(r)) {
			look_for_blanks(r);
			r->at = sheet_place(&r->sheet, r->column, r->at);
			return false;
		}
	if (got < 0) {
		r->why = r->sheet.why;
		r->at = r->sheet.at;
		return false;
	}
	finish(r->m);
	r->why = check(r->m);
	r->at = r->sheet.line = 0; /* it is about the whole */
	return r->why == NULL;
}

struct mapping *
mapping_new(struct text text, const struct zone *zone, struct mapping_error *error)
{
	struct mapping *m = mem_new(1, sizeof(*m));
	struct reading r = { .m = m };

	m->zone = zone;
	m->key_slot = -1;
	use_table(m, &tables[0]);
	if (sheet_begin(&r.sheet, text, names, COLUMNS)) {
		if (read_rows(&r))
			return m;
	} else {
		r.why = r.sheet.why;
		r.at = r.sheet.at;
	}
	*error = (struct mapping_error){ r.sheet.line, r.at, r.why };
	mapping_free(m);
	return NULL;
}

static void
clear_when(struct mapping_when *w)
{
	for (size_t i = 0; i < w->n; i++)
		condition_free(w->condition[i]);
}

void
mapping_free(struct mapping *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->nrules; i++) {
		convert_free(m->rules[i].as);
		clear_when(&m->rules[i].when);
	}
	for (size_t i = 0; i < m->ndrops; i++) {
		mem_free(m->drops[i].name);
		clear_when(&m->drops[i].when);
	}
	naming_clear(&m->columns);
	convert_free(m->version);
	zone_free(m->own_zone);
	arena_clear(&m->arena);
	mem_free(m->slots);
	mem_free(m->rules);
	mem_free(m->order);
	mem_free(m->start);
	mem_free(m->cells);
	mem_free(m);
}

size_t
mapping_ncolumns(const struct mapping *m)
{
	return m->columns.n;
}

struct text
mapping_column(const struct mapping *m, size_t i)
{
	return m->columns.name[i];
}

size_t
mapping_nslots(const struct mapping *m)
{
	return m->nslots;
}

void
mapping_gather(const struct mapping *m, const struct text *field, struct text *slot)
{
	for (size_t i = 0; i < m->nslots; i++)
		slot[i] = m->slots[i].field >= 0 ? field[m->slots[i].field] : TEXT_NONE;
}

bool
mapping_is_snapshot(const struct mapping *m)
{
	return m->key_slot >= 0;
}
