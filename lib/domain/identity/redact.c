/* redact.c - what is left of a row when people in it are hidden or forgotten */
#include <lead/base/mem.h>
#include <lead/domain/identity/redact.h>
#include <lead/domain/identity/rowkey.h>

enum { CELLS_MAX = 128 };

/* Why a column is written anew. A column may be several. */
enum {
	HIDDEN = 1, /* --sha256 */
	KEYED = 2,  /* --pseudonymise */
	KEY = 4,    /* one that the list of the forgotten blanks */
	WIPED = 8,
	LEAD = 16,
	LINK = 32,
};

struct cell {
	struct text name;
	unsigned as;
	int col;               /* of the table, or -1 */
	char digits[MASK_LEN]; /* what it is hidden by */
};

struct redact {
	struct redact_words ask;
	struct mask_rule plain_rule, keyed_rule;
	struct cell *cell;
	size_t ncells, cap;
	struct zone *zone;
	struct forget *forget;
	struct identity *people;
	struct rowkey whose;
	uint64_t malformed, forgotten, unlinked;
};

/* --- what is asked --- */

static bool
wrong(struct redact_problem *p, const char *option, const char *why, const char *word)
{
	*p = (struct redact_problem){ option, why, text_of(word) };
	return false;
}

static bool
check(struct redact *r, const struct digest_key *secret, struct redact_problem *p)
{
	const struct redact_words *w = &r->ask;
	const struct phone_country *home = phone_country(text_of(w->country));

	if (w->pseudonymise != NULL && secret == NULL)
		return wrong(p, "pseudonymise", "needs --key-file", NULL);
	if (w->identity != NULL && w->forget != NULL)
		return wrong(p, "identity", "and --forget are two runs", NULL);
	if (w->country != NULL && home == NULL)
		return wrong(p, "default-country", "none of ES PT PL UK FR DE IT US",
		    w->country);
	r->zone = zone_open(w->tz);
	if (r->zone == NULL)
		return wrong(p, "tz", "no such time zone", w->tz);
	r->plain_rule = (struct mask_rule){ home, NULL, w->bare_phones };
	r->keyed_rule = (struct mask_rule){ home, secret, false };
	return true;
}

struct redact *
redact_new(const struct redact_words *w, const struct digest_key *secret,
    struct redact_problem *p)
{
	struct redact *r = mem_new(1, sizeof(*r));

	r->ask = *w;
	if (!check(r, secret, p)) {
		redact_free(r);
		return NULL;
	}
	if (w->forget != NULL)
		r->forget = forget_new(&r->keyed_rule);
	if (w->identity != NULL)
		r->people = identity_new(r->zone);
	return r;
}

void
redact_free(struct redact *r)
{
	if (r == NULL)
		return;
	rowkey_clear(&r->whose);
	identity_free(r->people);
	forget_free(r->forget);
	zone_free(r->zone);
	mem_free(r->cell);
	mem_free(r);
}

struct forget *
redact_forget(struct redact *r)
{
	return r->forget;
}

struct identity *
redact_people(struct redact *r)
{
	return r->people;
}

/* --- columns --- */

/* What is being bound, and the column that it cannot do without. */
struct binding {
	struct redact *r;
	forget_column *column;
	const void *table;
	struct text missing;
};

static void
add_cell(struct binding *b, struct text name, unsigned as)
{
	struct redact *r = b->r;
	size_t i = 0;

	while (i < r->ncells && !text_equal(r->cell[i].name, name))
		i++;
	if (i == r->ncells) {
		r->cell = mem_grow(r->cell, &r->cap, i + 1, sizeof(*r->cell), CELLS_MAX,
		    "columns to change");
		r->cell[r->ncells++] = (struct cell){ .name = name,
			.col = b->column(b->table, name) };
	}
	r->cell[i].as |= as;
}

/* must: else columns that the table has not are passed over. */
static void
add_cells(struct binding *b, const char *names, unsigned as, bool must)
{
	struct text rest = text_of(names), name;

	while (names != NULL && text_next(&rest, ',', &name)) {
		bool there = b->column(b->table, name) >= 0;

		if (there)
			add_cell(b, name, as);
		else if (must && b->missing.len == 0)
			b->missing = name;
	}
}

/* lead_id is written when there is something to write. */
static void
bind_people(struct binding *b)
{
	static const struct text lead_id = { "lead_id", 7 };
	struct redact *r = b->r;
	bool lead = r->people != NULL;

	if (r->forget != NULL) {
		add_cells(b, IDENTITY_KEYS ",alias", KEY, false);
		forget_bind(r->forget, b->column, b->table);
		add_cells(b, "link", LINK, false);
		lead = b->column(b->table, lead_id) >= 0 || forget_has_leads(r->forget);
	}
	if (r->people != NULL) {
		identity_ready(r->people);
		rowkey_init(&r->whose, b->column, b->table, &lead_id, 1, r->people);
	}
	if (lead)
		add_cell(b, lead_id, LEAD);
}

bool
redact_bind(struct redact *r, forget_column *column, const void *table,
    struct text *missing)
{
	struct binding b = { r, column, table, TEXT_NONE };

	add_cells(&b, r->ask.sha256, HIDDEN, true);
	add_cells(&b, r->ask.pseudonymise, KEYED, true);
	add_cells(&b, r->ask.wipe, WIPED, false);
	bind_people(&b);
	*missing = b.missing;
	return missing->len == 0;
}

size_t
redact_ncells(const struct redact *r)
{
	return r->ncells;
}

struct text
redact_name(const struct redact *r, size_t i)
{
	return r->cell[i].name;
}

/* --- rows --- */

/* The cell as it is shown. No message shows a key. */
static bool
show(struct redact *r, struct cell *c, const struct redact_row *row,
    struct redact_cell *out)
{
	const struct mask_rule *rule = (c->as & KEYED) != 0 ? &r->keyed_rule
	                                                   : &r->plain_rule;
	const struct forget_row *v = &row->values;
	enum key_verdict got;

	*out = (struct redact_cell){ row->field(v->rows, v->row, c->col), false };
	if ((c->as & (HIDDEN | KEYED)) == 0)
		return true;
	out->text = v->cell(v->rows, v->row, c->col);
	got = mask_key(rule, c->name, &out->text, c->digits);
	r->malformed += got == KEY_NOT;
	return got != KEY_LONG && got != KEY_CONTROL;
}

/* Whose row it is by the map, or what it says itself. */
static struct text
lead_of(struct redact *r, struct text own, struct text row)
{
	struct text key;

	if (r->people == NULL || own.len != 0)
		return own;
	key = rowkey_text(&r->whose, row);
	return key.s == row.s ? TEXT_NONE : key; /* a row of nobody is its own key */
}

/* What the list says of the row. */
static void
leave_out(struct redact *r, const struct redact_row *row, struct redact_cell *cell)
{
	struct text lead_id, link;
	enum forget_verdict v = forget_row(r->forget, &row->values, &lead_id, &link);

	if (v == FORGET_NOBODY)
		return;
	r->forgotten += v == FORGET_ROW;
	r->unlinked += v == FORGET_LINK;
	for (size_t i = 0; i < r->ncells; i++) {
		unsigned as = r->cell[i].as;

		if (v == FORGET_ROW && (as & (KEY | WIPED)) != 0)
			cell[i].text = TEXT_NONE;
		if ((as & LINK) != 0)
			cell[i] = (struct redact_cell){ link, true };
		if ((as & LEAD) != 0 && (v == FORGET_ROW || lead_id.len != 0))
			cell[i].text = lead_id;
	}
}

bool
redact_take(struct redact *r, const struct redact_row *row, struct redact_cell *cell,
    int *bad)
{
	for (size_t i = 0; i < r->ncells; i++) {
		if (!show(r, &r->cell[i], row, &cell[i])) {
			*bad = r->cell[i].col;
			return false;
		}
		if ((r->cell[i].as & LEAD) != 0)
			cell[i].text = lead_of(r, cell[i].text, row->row);
	}
	if (r->forget != NULL)
		leave_out(r, row, cell);
	return true;
}

const char *
redact_count(const struct redact *r, unsigned i, uint64_t *n)
{
	const struct {
		const char *name;
		uint64_t n;
	} counts[] = { { "malformed_key", r->malformed }, { "forgotten", r->forgotten },
		{ "unlinked", r->unlinked } };

	if (i == (r->forget != NULL ? 3 : 1))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}
