/* record.c - some columns of a row in few bytes, and back */
#include <stdbool.h>
#include <string.h>

#include <lead/base/cell.h>
#include <lead/base/mem.h>
#include <lead/base/record.h>
#include <lead/base/when.h>

struct record_shape {
	int *columns; /* of the table, by slot */
	struct cell_column **cells;
	size_t n;
	int *slots; /* by table column */
	size_t table_columns;
	int tie, time; /* slots or -1 */
	const unsigned char *viewed; /* the record whose cells are known */
	const unsigned char **viewed_cells;
};

/* The first byte: how the order terms stand behind it. */
enum {
	MICROSECONDS = 1, /* i64 µs, else u32 seconds since 1970 */
	MINOR = 2,        /* u32, else it is 0 */
	TERMS_MAX = 1 + 8 + 4,
};

enum {
	DICTIONARY_MAX = 8192, /* texts a column */
	DICTIONARY_MIN = 16,
	DICTIONARY_TEXT = 512, /* bytes that a text is reckoned at, generously */
};

static uint32_t
dictionary_for(size_t memory, size_t ncolumns)
{
	size_t n = memory / DICTIONARY_TEXT / (ncolumns + 1);

	return n < DICTIONARY_MIN ? DICTIONARY_MIN
	    : n > DICTIONARY_MAX ? DICTIONARY_MAX : (uint32_t)n;
}

struct record_shape *
record_shape_new(const int *columns, size_t n, int tie, size_t table_columns,
    size_t memory)
{
	uint32_t dictionary = dictionary_for(memory, n);
	struct record_shape *s = mem_new(1, sizeof(*s));

	s->columns = mem_new(n + 1, sizeof(*s->columns));
	s->cells = mem_new(n + 1, sizeof(*s->cells));
	s->viewed_cells = mem_new(n + 1, sizeof(*s->viewed_cells));
	s->slots = mem_new(table_columns, sizeof(*s->slots));
	s->table_columns = table_columns;
	memset(s->slots, -1, table_columns * sizeof(*s->slots));
	for (size_t i = 0; i <= n; i++) {
		int col = i < n ? columns[i] : tie;

		if (col < 0 || s->slots[col] >= 0)
			continue;
		s->slots[col] = (int)s->n;
		s->columns[s->n] = col;
		s->cells[s->n++] = cell_column_new(dictionary);
	}
	s->tie = record_slot(s, tie);
	s->time = -1;
	return s;
}

void
record_shape_free(struct record_shape *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		cell_column_free(s->cells[i]);
	mem_free(s->columns);
	mem_free(s->cells);
	mem_free(s->viewed_cells);
	mem_free(s->slots);
	mem_free(s);
}

void
record_keep_time(struct record_shape *s, int col)
{
	s->time = record_slot(s, col);
}

int
record_slot(const struct record_shape *s, int col)
{
	return col >= 0 && (size_t)col < s->table_columns ? s->slots[col] : -1;
}

size_t
record_most(const struct record_shape *s, const struct tsv_block *b, size_t r)
{
	return TERMS_MAX + tsv_row(b, r).len + s->n * CELL_MORE;
}

static unsigned char *
put_terms(unsigned char *to, int64_t at, uint32_t minor)
{
	int64_t seconds = at / WHEN_SECOND;
	bool short_at = seconds * WHEN_SECOND == at && seconds >= 0 &&
	    seconds <= UINT32_MAX;

	*to++ = (unsigned char)((short_at ? 0 : MICROSECONDS) |
	    (minor != 0 ? MINOR : 0));
	if (short_at) {
		uint32_t s = (uint32_t)seconds;

		memcpy(to, &s, sizeof(s));
		to += sizeof(s);
	} else {
		memcpy(to, &at, sizeof(at));
		to += sizeof(at);
	}
	if (minor != 0) {
		memcpy(to, &minor, sizeof(minor));
		to += sizeof(minor);
	}
	return to;
}

void
record_terms(const unsigned char *from, int64_t *at, uint32_t *minor)
{
	unsigned char how = *from++;
	uint32_t s;

	if (how & MICROSECONDS) {
		memcpy(at, from, sizeof(*at));
		from += sizeof(*at);
	} else {
		memcpy(&s, from, sizeof(s));
		from += sizeof(s);
		*at = (int64_t)s * WHEN_SECOND;
	}
	*minor = 0;
	if (how & MINOR)
		memcpy(minor, from, sizeof(*minor));
}

static const unsigned char *
cells_of(const unsigned char *from)
{
	return from + 1 + (*from & MICROSECONDS ? 8 : 4) + (*from & MINOR ? 4 : 0);
}

/* 2026-11-02T10:15:00Z is what when_put() makes of it again; not so a leap
 * second, nor a fraction that may end in zeros. */
static bool
is_canonical(struct text time)
{
	return time.len == 20 && time.s[17] < '6';
}

unsigned char *
record_put(struct record_shape *s, unsigned char *to, int64_t at, uint32_t minor,
    const struct tsv_block *b, size_t r)
{
	to = put_terms(to, at, minor);
	for (size_t i = 0; i < s->n; i++) {
		struct text t = tsv_field(b, r, s->columns[i]);

		if ((int)i == s->time && is_canonical(t))
			*to++ = CELL_TIME;
		else
			to = cell_put(s->cells[i], to, t);
	}
	return to;
}

static const unsigned char *
skip_cells(const unsigned char *cell, size_t n)
{
	while (n-- > 0)
		cell = cell_end(cell);
	return cell;
}

const unsigned char *
record_end(const struct record_shape *s, const unsigned char *from)
{
	return skip_cells(cells_of(from), s->n);
}

/* Texts of one row are asked for one after the other: find all cells at once. */
static void
view(struct record_shape *s, const unsigned char *from)
{
	const unsigned char *cell = cells_of(from);

	for (size_t i = 0; i < s->n; i++) {
		s->viewed_cells[i] = cell;
		cell = cell_end(cell);
	}
	s->viewed = from;
}

void
record_forget(struct record_shape *s)
{
	s->viewed = NULL;
}

struct text
record_text(struct record_shape *s, const unsigned char *from, int slot,
    struct arena *plain)
{
	char packed[CELL_PLAIN];
	const unsigned char *cell;
	struct text t;
	uint32_t minor;
	int64_t at = 0;

	if (slot < 0)
		return TEXT_NONE;
	if (s->viewed != from)
		view(s, from);
	cell = s->viewed_cells[slot];
	if (*cell == CELL_EMPTY)
		return TEXT_NONE;
	if (*cell == CELL_TIME)
		record_terms(from, &at, &minor);
	t = cell_get(s->cells[slot], cell, at, packed);
	return t.s == packed ? arena_text(plain, t) : t;
}

/* Cells of one column, of rows of one time; spelled alike they are equal. */
static int
compare_cells(const struct cell_column *c, const unsigned char *x,
    const unsigned char *y, int64_t at)
{
	size_t nx = (size_t)(cell_end(x) - x), ny = (size_t)(cell_end(y) - y);
	char px[CELL_PLAIN], py[CELL_PLAIN];

	if (nx == ny && memcmp(x, y, nx) == 0)
		return 0;
	return text_compare(cell_get(c, x, at, px), cell_get(c, y, at, py));
}

int
record_compare(const struct record_shape *s, const unsigned char *x,
    const unsigned char *y)
{
	int64_t at;
	uint32_t minor;
	int c = 0;

	record_terms(x, &at, &minor);
	x = cells_of(x);
	y = cells_of(y);
	if (s->tie >= 0)
		c = compare_cells(s->cells[s->tie], skip_cells(x, (size_t)s->tie),
		    skip_cells(y, (size_t)s->tie), at);
	for (size_t i = 0; c == 0 && i < s->n; i++) {
		c = compare_cells(s->cells[i], x, y, at);
		x = cell_end(x);
		y = cell_end(y);
	}
	return c;
}
