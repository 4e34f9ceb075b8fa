/* suggest.c - what could the map of this export look like? */
#include <lead/base/mem.h>

#include "suggest_state.h"

enum { COLUMNS_MAX = 1 << 16, VALUE_MAX = 128 };

const char *const suggest_columns[SUGGEST_CELLS] = { "event", "column", "from", "as",
	"when" };

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
	c->many = c->nvalues == SUGGEST_VALUES_MAX || t.len > VALUE_MAX;
	if (!c->many)
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
		suggest_form_look(c, t, s->utc, &s->texts);
		if (!c->many)
			keep_value(s, c, t);
	}
}

/* --- the map --- */

bool
suggest_next(struct suggest *s, struct text cell[SUGGEST_CELLS])
{
	if (!s->built) {
		s->built = true;
		suggest_kind(s);
		suggest_rows(s);
		suggest_settle(s);
	}
	if (s->n == 0 || s->next == s->nrows)
		return false;
	memcpy(cell, s->row[s->next++].cell, sizeof(s->row[0].cell));
	return true;
}
