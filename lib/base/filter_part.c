/* filter_part.c - the frame of --partial and --merge */
#include <lead/base/filter_part.h>
#include <lead/base/mem.h>

#include "filter_state.h"

/* Before the names of columns that the table had which a part is of: they stand in
 * the header alone, so that they are known before the first row. */
static const struct text had = { "in.", 3 }, key = { "key.", 4 };

enum { NAME_MAX = 1 << 20 };

/* Their name in the header; in b. */
static struct text
prefixed(struct buf *b, struct text prefix, struct text name)
{
	b->len = 0;
	buf_put(b, prefix);
	buf_put(b, name);
	return buf_text(b);
}

int
filter_part_column(const void *of, struct text name)
{
	const struct filter *f = of;
	struct buf b;
	int col;

	if (!f->request.common.merge)
		return filter_column_text(f, name);
	buf_init(&b, NAME_MAX, "the name of a column");
	col = filter_column_text(f, prefixed(&b, had, name));
	buf_clear(&b);
	return col;
}

struct text
filter_part_key(const struct filter *f)
{
	if (!f->request.common.merge)
		return filter_column_name(f, 0);
	for (size_t c = 0; c < filter_ncolumns(f); c++) {
		struct text name = filter_column_name(f, (int)c);

		if (text_starts(name, key))
			return text_from(name, key.len);
	}
	return TEXT_NONE;
}

/* --- what runs must agree on --- */

static void
add_time(struct part *p, const char *name, bool given, int64_t us)
{
	char room[WHEN_TEXT];

	part_rule(p, name, given ? when_put(room, us) : TEXT_NONE);
}

static void
add_rules(const struct filter *f, struct part *p)
{
	static const char *const periods[] = {
		[WHEN_BY_DAY] = "day",
		[WHEN_BY_WEEK] = "week",
		[WHEN_BY_MONTH] = "month",
		[WHEN_BY_QUARTER] = "quarter",
		[WHEN_BY_YEAR] = "year",
		[WHEN_BY_ALL] = "all",
	};
	const struct filter_common *c = &f->request.common;

	part_rule(p, "program", text_of(f->spec->name));
	part_rule(p, "version", text_of(LEAD_VERSION));
	part_rule(p, "key", filter_part_key(f));
	add_time(p, "as-of", c->has_as_of, c->as_of_us);
	add_time(p, "since", c->has_since, c->since_us);
	add_time(p, "until", c->has_until, c->until_us);
	part_rule(p, "tz", text_of(c->tz));
	part_rule(p, "period", text_of(periods[c->period]));
}

struct part *
filter_part_open(struct filter_part *p, struct filter *f, const char *const *columns,
    size_t n)
{
	const struct filter_common *c = filter_common(f);

	*p = (struct filter_part){ .f = f, .columns = columns, .n = n };
	if (!c->partial && !c->merge)
		return NULL;
	for (size_t i = 0; c->merge && i < n; i++)
		filter_need_of(f, text_of(columns[i]), "parts that --partial wrote");
	p->part = part_new(n);
	add_rules(f, p->part);
	return p->part;
}

void
filter_part_close(struct filter_part *p)
{
	part_free(p->part);
	p->part = NULL;
}

/* --- rows --- */

bool
filter_part_add(struct filter_part *p)
{
	struct text name;
	struct buf b;

	if (!filter_common(p->f)->partial)
		return false;
	for (size_t i = 0; i < p->n; i++)
		p->cell[i] = filter_add(p->f, p->columns[i]);
	buf_init(&b, NAME_MAX, "the name of a column");
	filter_add_text(p->f, prefixed(&b, key, filter_part_key(p->f)));
	for (size_t i = 0; part_column_at(p->part, i, &name); i++)
		filter_add_text(p->f, prefixed(&b, had, name));
	buf_clear(&b);
	return true;
}

/* Row r of b does not fit. */
static _Noreturn void
die_of(const struct filter_part *p, const struct tsv_block *b, size_t r, size_t bad,
    const char *why)
{
	int col = filter_column(p->f, p->columns[bad]);
	struct diag_at at = filter_at(p->f, b, r, col);

	diag_die(DIAG_DATA, &at, "%s: %s", why, diag_value(tsv_field(b, r, col)));
}

static void
take_block(const struct filter_part *p, const struct tsv_block *b, const int *col)
{
	struct text cell[FILTER_PART_COLUMNS];

	for (size_t r = 0; r < b->nrows; r++) {
		const char *why;
		size_t bad = 0;

		for (size_t i = 0; i < p->n; i++)
			cell[i] = tsv_field(b, r, col[i]);
		if ((why = part_row(p->part, cell, &bad)) != NULL)
			die_of(p, b, r, bad, why);
	}
	filter_use(p->f, b->nrows);
}

static void
read_parts(struct filter_part *p)
{
	int col[FILTER_PART_COLUMNS];
	struct tsv_block b;
	const char *why;

	for (size_t i = 0; i < p->n; i++)
		col[i] = filter_column(p->f, p->columns[i]);
	while (filter_block(p->f, &b))
		take_block(p, &b, col);
	why = part_close(p->part);
	if (why == NULL && part_count(p->part) == 0 && !filter_common(p->f)->partial)
		why = "there is no part to merge";
	if (why != NULL)
		diag_die(DIAG_DATA, NULL, "%s", why);
}

void
filter_part_read(struct filter_part *p, const struct filter_groups *to)
{
	struct group g;

	if (filter_common(p->f)->merge) {
		part_into(p->part, to->merge, to->of);
		read_parts(p);
		return;
	}
	filter_grouped_begin(p->f, 0, NULL, 0);
	while (filter_group(p->f, &g)) {
		if (p->part != NULL)
			part_group(p->part, g.key);
		to->begin(to->of, &g, filter_arena(p->f));
		filter_take_rows(p->f, &g, to->columns, to->ncolumns, to->row, to->of);
		to->end(to->of);
	}
}

void
filter_part_write(void *to, const struct text *cell)
{
	const struct filter_part *p = to;

	filter_write_cells(p->f, p->cell, cell, p->n);
}
