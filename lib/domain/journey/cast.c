/* cast.c - the people of one group, numbered as they come */
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/journey/cast.h>

struct cast {
	struct text first;
	size_t n, nrows;
	/* Of use from the second person on. */
	struct map *numbers;
	uint32_t *of_row;
	size_t cap;
};

struct cast *
cast_new(void)
{
	struct cast *c = mem_new(1, sizeof(*c));

	c->numbers = map_new();
	return c;
}

void
cast_free(struct cast *c)
{
	if (c == NULL)
		return;
	map_free(c->numbers);
	mem_free(c->of_row);
	mem_free(c);
}

void
cast_clear(struct cast *c, size_t nrows)
{
	if (c->n > 1)
		map_clear(c->numbers);
	c->n = 0;
	c->nrows = nrows;
}

/* All rows so far were of the first person. */
static void
begin_numbers(struct cast *c)
{
	bool added;

	c->of_row = mem_grow(c->of_row, &c->cap, c->nrows, sizeof(*c->of_row),
	    UINT32_MAX, "rows of a group");
	for (size_t i = 0; i < c->nrows; i++)
		c->of_row[i] = 0;
	map_add(c->numbers, hash_text(c->first), &added);
	c->n = 2;
}

uint32_t
cast_add(struct cast *c, size_t row, struct text lead_id)
{
	bool added;

	if (c->n == 0) {
		c->first = lead_id;
		c->n = 1;
	}
	if (c->n == 1 && text_equal(c->first, lead_id))
		return 0;
	if (c->n == 1)
		begin_numbers(c);
	c->of_row[row] = map_add(c->numbers, hash_text(lead_id), &added);
	c->n = map_count(c->numbers);
	return c->of_row[row];
}

size_t
cast_count(const struct cast *c)
{
	return c->n;
}

uint32_t
cast_of(const struct cast *c, size_t row)
{
	return c->n > 1 ? c->of_row[row] : 0;
}
