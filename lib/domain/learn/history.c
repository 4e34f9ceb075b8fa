/* history.c - leads of the past: their values by column, and how each ended */
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/history.h>

enum { ROWS_FIRST = 1024 };

void
history_init(struct history *h, size_t ncolumns)
{
	*h = (struct history){ .ncolumns = ncolumns };
	h->column = mem_new(ncolumns, sizeof(*h->column));
	for (size_t c = 0; c < ncolumns; c++)
		h->column[c].texts = dict_new();
}

void
history_drop(struct history *h, size_t column)
{
	struct history_column *c = &h->column[column];

	dict_free(c->texts);
	mem_free(c->code);
	mem_free(c->value);
	*c = (struct history_column){ 0 };
}

void
history_clear(struct history *h)
{
	for (size_t c = 0; c < h->ncolumns; c++)
		history_drop(h, c);
	mem_free(h->column);
	mem_free(h->row);
	*h = (struct history){ 0 };
}

static bool
is_number(struct text t, int64_t *micros)
{
	if (num_parse(t, micros) != NUM_OK)
		return false;
	if (*micros < HISTORY_LEAST)
		*micros = HISTORY_LEAST; /* cuts are where such numbers are not */
	return true;
}

/* Its numbers are too many to keep each spelling: keep values from now on. */
static void
widen(struct history *h, struct history_column *c)
{
	struct dict *texts = dict_new();
	uint32_t n = dict_count(c->texts);
	int64_t *value = mem_new((size_t)n + 1, sizeof(*value));

	value[0] = HISTORY_BLANK;
	for (uint32_t i = 0; i < n; i++)
		if (!is_number(dict_text(c->texts, i), &value[i + 1]))
			value[i + 1] =
			    HISTORY_TEXT + dict_add(texts, dict_text(c->texts, i));
	c->value = mem_raw(h->cells_cap, sizeof(*c->value));
	for (size_t r = 0; r < h->nrows; r++)
		c->value[r] = value[c->code[r]];
	mem_free(value);
	mem_free(c->code);
	c->code = NULL;
	dict_free(c->texts);
	c->texts = texts;
}

static void
add_value(struct history *h, struct history_column *c, struct text t)
{
	int64_t *to = &c->value[h->nrows];

	if (t.len == 0)
		*to = HISTORY_BLANK;
	else if (!is_number(t, to))
		*to = HISTORY_TEXT + dict_add(c->texts, t);
}

static void
add_code(struct history *h, struct history_column *c, struct text t)
{
	uint32_t n = dict_count(c->texts), code = 0;
	int64_t micros;

	if (t.len != 0)
		code = dict_add(c->texts, t) + 1;
	if (code > n && is_number(t, &micros))
		c->numbers++;
	c->code[h->nrows] = (uint16_t)code;
}

static void
add_cell(struct history *h, size_t column, struct text t)
{
	struct history_column *c = &h->column[column];

	if (c->texts == NULL)
		return;
	if (c->code != NULL && c->numbers >= HISTORY_NUMBERS_MAX)
		widen(h, c);
	if (c->value != NULL)
		add_value(h, c, t);
	else
		add_code(h, c, t);
	if (dict_count(c->texts) >= HISTORY_TEXTS_MAX)
		history_drop(h, column);
}

static void
grow(struct history *h)
{
	h->cells_cap = h->cells_cap != 0 ? 2 * h->cells_cap : ROWS_FIRST;
	for (size_t i = 0; i < h->ncolumns; i++) {
		struct history_column *c = &h->column[i];

		if (c->texts == NULL)
			continue;
		if (c->value != NULL)
			c->value = mem_resize(c->value, h->cells_cap, sizeof(*c->value));
		else
			c->code = mem_resize(c->code, h->cells_cap, sizeof(*c->code));
	}
}

void
history_add(struct history *h, const struct text *field, const struct history_row *row)
{
	if (h->nrows == h->cells_cap)
		grow(h);
	h->row = mem_grow(h->row, &h->row_cap, h->nrows + 1, sizeof(*h->row),
	    SIZE_MAX / 32, "leads of the past");
	for (size_t c = 0; c < h->ncolumns; c++)
		add_cell(h, c, field[c]);
	h->row[h->nrows++] = *row;
	h->won += row->won;
}
