/* joined.c - what does another table say of this lead? */
#include <lead/base/arena.h>
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/domain/score/joined.h>

struct joined {
	struct dict *leads;
	struct arena texts;
	struct text *fields; /* ncolumns a row */
	size_t ncolumns, fields_cap;
};

struct joined *
joined_new(size_t ncolumns)
{
	struct joined *j = mem_new(1, sizeof(*j));

	j->leads = dict_new();
	j->ncolumns = ncolumns;
	return j;
}

void
joined_free(struct joined *j)
{
	if (j == NULL)
		return;
	dict_free(j->leads);
	arena_clear(&j->texts);
	mem_free(j->fields);
	mem_free(j);
}

const char *
joined_add(void *table, const struct text *field, size_t *bad)
{
	struct joined *j = table;
	uint32_t n = dict_count(j->leads);
	size_t at = (size_t)n * j->ncolumns;

	*bad = 0;
	if (field[0].len == 0)
		return "no lead";
	if (dict_add(j->leads, field[0]) != n)
		return "a lead twice";
	if (j->ncolumns == 0)
		return NULL;
	j->fields = mem_grow(j->fields, &j->fields_cap, at + j->ncolumns,
	    sizeof(*j->fields), SIZE_MAX / sizeof(*j->fields), "a table of leads");
	for (size_t i = 0; i < j->ncolumns; i++)
		j->fields[at + i] = arena_text(&j->texts, field[1 + i]);
	return NULL;
}

uint32_t
joined_find(const struct joined *j, struct text lead)
{
	uint32_t n = dict_get(j->leads, lead);

	return n == DICT_NONE ? JOINED_NONE : n;
}

struct text
joined_field(const struct joined *j, uint32_t row, size_t column)
{
	return j->fields[(size_t)row * j->ncolumns + column];
}

uint32_t
joined_count(const struct joined *j)
{
	return dict_count(j->leads);
}
