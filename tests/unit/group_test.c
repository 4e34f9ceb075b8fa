/* group: groups in key order, rows in the total order, whatever the memory */
#include <stdint.h>
#include <unistd.h>

#include <lead/base/buf.h>
#include <lead/base/group.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/when.h>

#include "tap.h"

enum { KEY, TIME, ID, EVENT, NOTE, COLUMNS, BLOCK = 100 };

/* A table in memory: rows of COLUMNS fields, and blocks over it. */
struct table {
	struct buf bytes;
	size_t nrows;
};

static const int kept[] = { EVENT, ID, TIME, NOTE };
enum { KEPT = sizeof(kept) / sizeof(kept[0]) };

static void
add_row(struct table *t, const char *key, int64_t us, const char *id,
    const char *event, struct text note)
{
	char time[WHEN_TEXT];

	buf_string(&t->bytes, key);
	buf_byte(&t->bytes, '\t');
	if (us != INT64_MAX)
		buf_put(&t->bytes, when_put(time, us));
	buf_byte(&t->bytes, '\t');
	buf_string(&t->bytes, id);
	buf_byte(&t->bytes, '\t');
	buf_string(&t->bytes, event);
	buf_byte(&t->bytes, '\t');
	buf_put(&t->bytes, note);
	buf_byte(&t->bytes, '\n');
	t->nrows++;
}

/* Up to BLOCK rows from byte from on; returns the byte after them. */
static size_t
block_at(const struct table *t, size_t from, struct tsv_block *b)
{
	static uint32_t ends[1 + BLOCK * COLUMNS];
	size_t at = from, n = 1;

	*b = (struct tsv_block){ .base = t->bytes.s + from, .end = ends + 1,
		.ncols = COLUMNS };
	ends[0] = UINT32_MAX;
	while (at < t->bytes.len && b->nrows < BLOCK) {
		if (t->bytes.s[at] == '\t' || t->bytes.s[at] == '\n')
			ends[n++] = (uint32_t)(at - from);
		b->nrows += t->bytes.s[at++] == '\n';
	}
	return at;
}

static uint64_t state;

static uint32_t
below(uint32_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((state >> 33) % n);
}

/* Few times, few ids, few notes: many ties at every place of the order. */
static void
random_rows(struct table *t, size_t n)
{
	static const char *const events[] = { "page_view", "lead", "won", "" };
	char key[64], id[64], note[400];

	for (size_t i = 0; i < n; i++) {
		uint32_t k = below(300);
		int64_t us = (int64_t)below(50) * 700000 - 3000000;
		size_t len = below(20) == 0 ? 50 + below(300) : below(3);

		if (k % 3 == 0)
			snprintf(key, sizeof(key), "%016x", k * 2654435761u);
		else if (k % 3 == 1)
			snprintf(key, sizeof(key), "someone.%u.with.a.long.address."
			    "of.more.than.forty.bytes", k);
		else
			key[hash_put((struct hash){ k, k }, key).len] = '\0';
		if (k == 0)
			key[0] = '\0';
		snprintf(id, sizeof(id), below(2) != 0 ? "%04x" : "id-%u", below(9));
		memset(note, 'a' + (int)below(2), len);
		add_row(t, key, below(30) == 0 ? INT64_MAX : us, id,
		    events[below(4)], (struct text){ note, len });
	}
}

/* The same rows in another order. */
static void
shuffle(const struct table *from, struct table *to)
{
	struct text *rows = mem_new(from->nrows, sizeof(*rows));
	struct text rest = buf_text(&from->bytes), row;

	for (size_t i = 0; i < from->nrows; i++) {
		text_next(&rest, '\n', &row);
		rows[i] = row;
	}
	for (size_t i = from->nrows; i > 1; i--) {
		size_t j = below((uint32_t)i);

		row = rows[i - 1];
		rows[i - 1] = rows[j];
		rows[j] = row;
	}
	for (size_t i = 0; i < from->nrows; i++) {
		buf_put(&to->bytes, rows[i]);
		buf_byte(&to->bytes, '\n');
	}
	to->nrows = from->nrows;
	mem_free(rows);
}

struct how {
	size_t memory;
	int threads;
	bool want_won;
};

static void
add_all(struct group_store *s, const struct table *t)
{
	struct tsv_block b;
	int64_t us;

	for (size_t at = 0; at < t->bytes.len;) {
		at = block_at(t, at, &b);
		for (size_t r = 0; r < b.nrows; r++) {
			if (when_parse(tsv_field(&b, r, TIME), &us) != WHEN_OK)
				us = INT64_MAX;
			if (group_add(s, tsv_field(&b, r, KEY), us,
				us == 0 ? 7 : 0, &b, r) != 0)
				exit(99);
		}
	}
}

/* All that comes out, as text; *spilled and *unwanted as the store says. */
static void
grouped(const struct table *t, struct how how, struct buf *out,
    uint64_t *spilled, uint64_t *unwanted)
{
	struct group_store *s = group_new(&(struct group_options){
	    .columns = kept, .ncolumns = KEPT, .tie = ID, .memory = how.memory,
	    .threads = how.threads, .table_columns = COLUMNS });
	struct group g;
	char number[64];

	buf_init(out, SIZE_MAX / 2, "test output");
	group_keep_time(s, TIME);
	if (how.want_won)
		group_want(s, EVENT, TEXT("won"));
	add_all(s, t);
	while (group_next(s, &g) > 0) {
		for (size_t i = 0; i < g.nrows; i++) {
			buf_put(out, g.key);
			snprintf(number, sizeof(number), "\t%lld %u",
			    (long long)group_at(&g, i), group_minor(&g, i));
			buf_string(out, number);
			for (size_t c = 0; c < KEPT; c++) {
				buf_byte(out, '\t');
				buf_put(out, group_field(&g, i, kept[c]));
			}
			buf_byte(out, '\n');
		}
	}
	*spilled = group_spilled(s);
	*unwanted = group_unwanted(s);
	group_free(s);
}

struct line {
	struct text key, field[COLUMNS];
	int64_t us;
	bool won; /* of the whole group */
};

static int
compare_lines(const void *x, const void *y)
{
	const struct line *a = x, *b = y;
	int c = text_compare(a->field[KEY], b->field[KEY]);
	int minor = (a->us == 0 ? 7 : 0) - (b->us == 0 ? 7 : 0);

	if (c != 0)
		return c;
	if (a->us != b->us)
		return a->us < b->us ? -1 : 1;
	if (minor != 0)
		return minor;
	c = text_compare(a->field[ID], b->field[ID]);
	for (size_t i = 0; c == 0 && i < KEPT; i++)
		c = text_compare(a->field[kept[i]], b->field[kept[i]]);
	return c;
}

/* The definition, on plain texts with qsort(). */
static void
expected(const struct table *t, bool want_won, struct buf *out)
{
	struct line *lines = mem_new(t->nrows, sizeof(*lines));
	struct text rest = buf_text(&t->bytes), row;
	char number[64];

	buf_init(out, SIZE_MAX / 2, "expected output");
	for (size_t i = 0; i < t->nrows; i++) {
		text_next(&rest, '\n', &row);
		for (int c = 0; c < COLUMNS; c++)
			text_next(&row, '\t', &lines[i].field[c]);
		if (when_parse(lines[i].field[TIME], &lines[i].us) != WHEN_OK)
			lines[i].us = INT64_MAX;
	}
	qsort(lines, t->nrows, sizeof(*lines), compare_lines);
	for (size_t i = 0, end; i < t->nrows; i = end) {
		bool won = false;

		for (end = i; end < t->nrows &&
		    text_equal(lines[i].field[KEY], lines[end].field[KEY]); end++)
			won |= text_is(lines[end].field[EVENT], "won");
		for (size_t j = i; j < end && (won || !want_won); j++) {
			buf_put(out, lines[j].field[KEY]);
			snprintf(number, sizeof(number), "\t%lld %u",
			    (long long)lines[j].us, lines[j].us == 0 ? 7u : 0u);
			buf_string(out, number);
			for (size_t c = 0; c < KEPT; c++) {
				buf_byte(out, '\t');
				buf_put(out, lines[j].field[kept[c]]);
			}
			buf_byte(out, '\n');
		}
	}
	mem_free(lines);
}

static void
check(const struct table *t, struct how how, const char *what)
{
	struct buf got, want;
	uint64_t spilled, unwanted;
	size_t lines = 0;

	grouped(t, how, &got, &spilled, &unwanted);
	expected(t, how.want_won, &want);
	ok(text_equal(buf_text(&got), buf_text(&want)),
	    "%s: groups and rows are in order", what);
	ok((spilled > 0) == (how.memory < 1 << 20),
	    "%s: rows are spilled when memory is small", what);
	for (size_t i = 0; i < got.len; i++)
		lines += got.s[i] == '\n';
	ok(lines + unwanted == t->nrows, "%s: no row is lost", what);
	buf_clear(&got);
	buf_clear(&want);
}

static void
orders(void)
{
	struct table t = { 0 }, other = { 0 };

	buf_init(&t.bytes, SIZE_MAX / 2, "rows");
	buf_init(&other.bytes, SIZE_MAX / 2, "rows");
	random_rows(&t, 30000);
	shuffle(&t, &other);
	check(&t, (struct how){ 1 << 30, 1, false }, "in memory");
	check(&t, (struct how){ 1 << 30, 2, false }, "two threads");
	check(&t, (struct how){ 1 << 30, 4, false }, "four threads");
	check(&other, (struct how){ 1 << 30, 1, false }, "other input order");
	check(&t, (struct how){ 1 << 17, 1, false }, "a few runs");
	check(&t, (struct how){ 1 << 14, 1, false }, "hundreds of runs");
	check(&other, (struct how){ 1 << 15, 4, false }, "all of it");
	check(&t, (struct how){ 1 << 30, 1, true }, "wanted");
	check(&t, (struct how){ 1 << 16, 2, true }, "wanted, spilled");
	check(&other, (struct how){ 1, 1, true }, "no memory at all");
	buf_clear(&t.bytes);
	buf_clear(&other.bytes);
}

/* One lead with very many rows, and a row as long as rows may be. */
static void
giants(void)
{
	struct table t = { 0 };
	char id[16], *note = mem_raw(900000, 1);

	buf_init(&t.bytes, SIZE_MAX / 2, "rows");
	memset(note, 'x', 900000);
	for (uint32_t i = 0; i < 200000; i++) {
		snprintf(id, sizeof(id), "%06x", below(1 << 24));
		add_row(&t, "giant", (int64_t)below(1 << 20) * WHEN_SECOND, id,
		    "page_view", TEXT_NONE);
	}
	add_row(&t, "long", 0, "1", "won", (struct text){ note, 900000 });
	add_row(&t, "long", 0, "0", "won", (struct text){ note, 800000 });
	check(&t, (struct how){ 1 << 30, 1, false }, "a giant");
	check(&t, (struct how){ 1 << 30, 2, false }, "a giant, two threads");
	check(&t, (struct how){ 1 << 19, 1, false }, "a giant, spilled");
	buf_clear(&t.bytes);
	mem_free(note);
}

static void
nothing(void)
{
	struct table t = { 0 };
	struct buf got;
	uint64_t spilled, unwanted;

	buf_init(&t.bytes, 1, "rows");
	grouped(&t, (struct how){ 1 << 20, 2, false }, &got, &spilled, &unwanted);
	ok(got.len == 0, "no rows, no groups");
	buf_clear(&got);
}

int
main(void)
{
	nothing();
	orders();
	giants();
	return tap_end();
}
