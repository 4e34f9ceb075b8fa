/* utm.c - which campaign parameters and click ids does a query carry? */
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/source/utm.h>

enum {
	ROWS_MAX = 120, /* of both tables; bits of utm.seen, less than a rank */
	NAME_MAX = 40,
	SLOTS = 256,
	NO_FIELD = UTM_FIELDS,
};

struct row {
	struct text name;
	uint8_t field; /* or NO_FIELD */
	uint8_t next;  /* of its slot, + 1 */
	uint8_t click; /* utm_click.id, or 0 */
	bool tags;     /* shows by itself that the visit was tagged */
};

struct utm_table {
	struct row row[ROWS_MAX];
	struct utm_click click[ROWS_MAX];
	unsigned n, nclicks;
	uint64_t lengths;    /* bit n: a name has n bytes */
	uint8_t slot[SLOTS]; /* of a name's hash: row + 1 */
};

static const char *const fields[UTM_FIELDS] = { "source", "medium", "campaign", "term",
	"content", "campaign_id" };

/* Case makes no difference: bit 5 of each byte is set. */
static unsigned
slot_of(struct text name)
{
	unsigned first = (unsigned char)name.s[0] | 0x20;
	unsigned middle = (unsigned char)name.s[name.len / 2] | 0x20;
	unsigned last = (unsigned char)name.s[name.len - 1] | 0x20;

	return (first * 7 + middle * 31 + last * 3 + (unsigned)name.len * 41) % SLOTS;
}

static bool
fail(struct sheet *s, size_t column, const char *why)
{
	s->at = sheet_place(s, column, 0);
	s->why = why;
	return false;
}

static bool
add_row(struct utm_table *t, struct sheet *s, struct row what)
{
	struct text name = s->cell[0];
	struct row *row = &t->row[t->n];
	unsigned slot;

	if (name.len == 0 || name.len >= NAME_MAX)
		return fail(s, 0, "a parameter has 1 to 39 bytes");
	if (t->n == ROWS_MAX)
		return fail(s, 0, "too many parameters");
	slot = slot_of(name);
	*row = what;
	row->name = name;
	row->next = t->slot[slot];
	t->slot[slot] = (uint8_t)++t->n;
	t->lengths |= (uint64_t)1 << name.len;
	return true;
}

static unsigned
field_of(struct text column)
{
	unsigned i = 0;

	while (i < UTM_FIELDS && !text_is(column, fields[i]))
		i++;
	return i;
}

static bool
read_parameters(struct utm_table *t, struct text rules, struct sheet *s)
{
	static const char *const columns[] = { "parameter", "column", "when" };
	bool good = sheet_begin(s, rules, columns, 3);
	int next = 0;

	while (good && (next = sheet_next(s)) == 1) {
		unsigned field = field_of(s->cell[1]);
		struct row row = { .field = (uint8_t)field,
			.tags = s->cell[2].len == 0 };

		good = field < UTM_FIELDS || text_is(s->cell[1], "-")
		    ? add_row(t, s, row)
		    : fail(s, 1, "no column that a parameter can fill");
	}
	return good && next == 0;
}

static bool
read_clicks(struct utm_table *t, struct text rules, struct sheet *s)
{
	static const char *const columns[] = { "parameter", "source", "medium", "keep",
		"paid" };
	bool good = sheet_begin(s, rules, columns, 5);
	int next = 0;

	while (good && (next = sheet_next(s)) == 1) {
		bool id = text_is(s->cell[3], "campaign_id");
		struct utm_click *c = &t->click[t->nclicks];
		struct row row = { .field = id ? UTM_CAMPAIGN_ID : NO_FIELD,
			.click = (uint8_t)(t->nclicks + 1) };

		good = add_row(t, s, row);
		if (good)
			*c = (struct utm_click){ s->cell[0], s->cell[1], s->cell[2],
				text_is(s->cell[3], "click_id"),
				text_is(s->cell[4], "yes"), ++t->nclicks };
	}
	return good && next == 0;
}

struct utm_table *
utm_new(struct text parameters, struct text clicks, struct sheet *s)
{
	struct utm_table *t = mem_new(1, sizeof(*t));

	if (read_parameters(t, parameters, s) && read_clicks(t, clicks, s))
		return t;
	utm_free(t);
	return NULL;
}

void
utm_free(struct utm_table *t)
{
	mem_free(t);
}

/* The row of a name, or -1. */
static int
find(const struct utm_table *t, struct text name)
{
	if (name.len == 0 || name.len >= NAME_MAX || (t->lengths >> name.len & 1) == 0)
		return -1;
	for (unsigned i = t->slot[slot_of(name)]; i != 0; i = t->row[i - 1].next)
		if (text_equal(t->row[i - 1].name, name) ||
		    text_same(t->row[i - 1].name, name))
			return (int)i - 1;
	return -1;
}

const struct utm_click *
utm_click_find(const struct utm_table *t, struct text parameter)
{
	int row = find(t, parameter);

	return row >= 0 && t->row[row].click != 0 ? &t->click[t->row[row].click - 1]
						  : NULL;
}

/* A name that may be written with %5F for _. */
static int
find_coded(const struct utm_table *t, struct text name)
{
	char room[9 * NAME_MAX];
	unsigned flaws = 0;
	int row = find(t, name);

	if (row >= 0 || name.len > 3 * NAME_MAX || text_find(name, '%') < 0)
		return row;
	return find(t, url_decode(name, room, &flaws));
}

/* Nothing but blanks, once decoded? */
static bool
is_blank(struct text raw)
{
	char room[96];
	unsigned flaws = 0;

	if (raw.len == 0)
		return true;
	if (raw.s[0] != '+' && raw.s[0] != '%' && raw.s[0] != ' ')
		return false;
	/* A run of blanks longer than the room is taken for a value. */
	return raw.len <= sizeof(room) / 3 &&
	    text_trim(url_decode(raw, room, &flaws)).len == 0;
}

static void
take(const struct utm_table *t, unsigned i, struct text value, struct utm *u)
{
	const struct row *row = &t->row[i];
	uint64_t bit = (uint64_t)1 << (i % 64);

	if (is_blank(value))
		return;
	if ((u->seen[i / 64] & bit) != 0) {
		u->repeated++;
		return;
	}
	u->seen[i / 64] |= bit;
	u->tagged |= row->tags;
	if (row->field != NO_FIELD &&
	    (u->rank[row->field] == 0 || i + 1 < u->rank[row->field])) {
		u->rank[row->field] = (uint8_t)(i + 1);
		u->value[row->field] = value;
	}
	if (row->click != 0 && (u->click == NULL || row->click < u->click->id)) {
		u->click = &t->click[row->click - 1];
		u->click_id = u->click->keep ? value : TEXT_NONE;
	}
}

bool
utm_read(const struct utm_table *t, struct text query, bool amp, struct utm *u)
{
	struct url_param p;
	int row;

	while (url_next(&query, &p)) {
		if (++u->parameters > URL_PARAMS)
			return false;
		row = find_coded(t, p.key);
		if (row < 0 && text_starts(p.key, TEXT("amp;"))) {
			row = find_coded(t, text_from(p.key, 4));
			u->recovered += amp && row >= 0;
			u->lost += !amp && row >= 0;
			row = amp ? row : -1;
		}
		if (row >= 0)
			take(t, (unsigned)row, p.value, u);
	}
	return true;
}
