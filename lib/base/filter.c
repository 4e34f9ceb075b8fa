/* filter.c - the frames every command hangs in: options, rows in, rows out */
#include <stdlib.h>

#include <lead/base/field.h>
#include <lead/base/header.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>

#include "filter_state.h"

/* For the last words at death. */
static struct filter *running;

void
filter_max_reject(struct filter *f, const char *bound)
{
	const char *word = f->request.max_reject != NULL ? f->request.max_reject : bound;

	if (!ledger_parse_bound(text_of(word), &f->ledger.bound))
		diag_die(DIAG_REQUEST, NULL,
		    "--max-reject: %s is neither a number of rows nor a share such as 0.1%%",
		    diag_value(text_of(word)));
}

/* --- begin and end --- */

/* Unfinished output must look unfinished. */
static void
last_words(void)
{
	struct filter *f = running;

	running = NULL;
	if (f == NULL)
		return;
	products_abandon(&f->products);
}

/* The input ends here for a reason. */
static _Noreturn void
die_of_input(const struct tsv_problem *p)
{
	struct diag_at at = { p->file, p->line, p->column };

	diag_die(p->system ? DIAG_REQUEST : DIAG_DATA, &at, "%s", p->words);
}

static void
note(const char *file, const char *words)
{
	diag_warn(&(struct diag_at){ .file = file }, "%s", words);
}

static void
open_input(struct filter *f)
{
	struct tsv_in_options o = {
		.files = f->request.common.files,
		.nfiles = f->request.common.nfiles,
		.columns = f->request.columns,
		.lax_eof = f->request.lax_eof,
		.max_ratio = f->request.max_ratio,
		.note = note,
	};

	f->in = tsv_open(&o);
	if (tsv_opened(f->in) == TSV_FAIL)
		die_of_input(tsv_problem(f->in));
}

static struct out *
create(struct filter *f, const char *path)
{
	struct out *o = products_create(&f->products, path);

	if (o == NULL)
		diag_die_sys(NULL, "%s", products_failed(&f->products));
	return o;
}

struct filter *
filter_begin(const struct filter_spec *spec, void *config, int argc, char *argv[])
{
	struct filter *f;

	io_begin();
	diag_init(spec->name);
	f = mem_new(1, sizeof(*f));
	f->spec = spec;
	request_parse(spec, config, argc, argv, &f->request);
	if (f->request.quiet)
		diag_quiet();
	filter_max_reject(f, spec->max_reject != NULL ? spec->max_reject : "0");
	f->shape = shape_new();
	buf_init(&f->row, TSV_LINE_MAX + HEADER_COLUMNS_MAX, "bytes of a row");
	running = f;
	diag_on_death(last_words);
	if ((spec->uses & FILTER_FOREIGN) == 0)
		open_input(f);
	if (f->request.reject != NULL) {
		f->ledger.rejects = create(f, f->request.reject);
		out_put(f->ledger.rejects, TEXT("file\tline\tcolumn\treason\trecord\n"));
	}
	return f;
}

const struct filter_common *
filter_common(const struct filter *f)
{
	return &f->request.common;
}

struct out *
filter_side(struct filter *f, const char *path, const char *header)
{
	struct out *o = create(f, path);

	out_put(o, text_of(header));
	out_byte(o, '\n');
	return o;
}

void
filter_side_table(struct filter *f, const char *path, const char *header,
    filter_side_row *row, void *of)
{
	struct out *side;
	struct text line;

	if (path == NULL)
		return;
	side = filter_side(f, path, header);
	for (size_t i = 0; row(of, i, &line); i++) {
		out_put(side, line);
		out_end_row(side);
	}
}

/* Whole files take their names, the main table last. */
static void
commit_all(struct filter *f)
{
	if (products_commit_all(&f->products, f->out) != 0)
		diag_die_sys(NULL, "%s", products_failed(&f->products));
	f->out = NULL;
}

static void
write_stats(struct filter *f)
{
	struct ledger_bytes bytes = {
		.in = f->in != NULL ? tsv_bytes_in(f->in) : f->bytes_foreign,
		.out = f->out != NULL ? f->out->bytes : 0,
		.spilled = f->spilled,
	};

	if (f->request.stats != NULL &&
	    ledger_write(&f->ledger, f->spec->name, f->request.stats, &bytes) != 0)
		diag_die_sys(NULL, "%s", f->request.stats);
}

static void
free_filter(struct filter *f)
{
	running = NULL;
	diag_on_death(NULL);
	tsv_close(f->in);
	group_free(f->store);
	given_free(f->given);
	shape_free(f->shape);
	arena_clear(&f->arena);
	buf_clear(&f->row);
	mem_free(f->ends);
	mem_free(f->all);
	request_clear(&f->request);
	mem_free(f);
}

/* An empty table may be right, but it must not come in silence. */
static void
tell_of_nothing(const struct filter *f)
{
	const char *rule = ledger_nothing_used(&f->ledger);

	if (rule != NULL)
		diag_warn(NULL, "no row was used of %llu: %s",
		    (unsigned long long)f->ledger.in, rule);
}

int
filter_end(struct filter *f)
{
	bool sound = ledger_sound(&f->ledger);

	if (!ledger_balanced(&f->ledger))
		diag_die(DIAG_DATA, NULL, "rows do not add up: this is a fault of %s",
		    f->spec->name);
	if (sound)
		tell_of_nothing(f);
	filter_keep_rejects(f);
	if (f->out != NULL)
		out_flush(f->out); /* so that its bytes are counted */
	write_stats(f);
	if (sound)
		commit_all(f);
	else
		last_words();
	free_filter(f);
	return sound ? DIAG_OK : DIAG_DATA;
}

int
filter_print(const char *name, struct text text)
{
	struct out *o = out_create(NULL);

	diag_init(name);
	out_put(o, text);
	if (out_commit(o) != 0)
		diag_die_sys(NULL, "<stdout>");
	return DIAG_OK;
}

void
filter_print_list(const char *name, void (*put)(struct buf *b))
{
	struct buf b;

	buf_init(&b, TSV_LINE_MAX, "a list");
	put(&b);
	exit(filter_print(name, buf_text(&b)));
}

/* --- columns --- */

int
filter_column_text(const struct filter *f, struct text name)
{
	return tsv_column(f->in, name);
}

int
filter_need_of(const struct filter *f, struct text name, const char *table)
{
	int col = filter_column_text(f, name);
	struct diag_at at = { .line = 1,
		.file = io_name(f->request.common.nfiles != 0 ? f->request.common.files[0] : "-") };

	if (col < 0)
		diag_die(DIAG_DATA, &at, "no column '%.*s' in the header%s%s%s",
		    (int)name.len, name.s, tsv_lacking(f->in, name, table == NULL),
		    table != NULL ? ": these are not " : "", table != NULL ? table : "");
	return col;
}

int
filter_need_text(const struct filter *f, struct text name)
{
	return filter_need_of(f, name, NULL);
}

int
filter_column(const struct filter *f, const char *name)
{
	return filter_column_text(f, text_of(name));
}

int
filter_need(const struct filter *f, const char *name)
{
	return filter_need_text(f, text_of(name));
}

size_t
filter_ncolumns(const struct filter *f)
{
	return tsv_ncolumns(f->in);
}

struct text
filter_column_name(const struct filter *f, int col)
{
	return tsv_column_name(f->in, (size_t)col);
}

int
filter_column_of(const void *f, struct text name)
{
	return filter_column_text(f, name);
}

struct text
filter_name_of(const void *f, int col)
{
	return filter_column_name(f, col);
}

void
filter_pass(struct filter *f)
{
	for (size_t c = 0; c < tsv_ncolumns(f->in); c++)
		shape_pass(f->shape, tsv_column_name(f->in, c), (int)c);
}

int
filter_add(struct filter *f, const char *name)
{
	return shape_cell(f->shape, text_of(name));
}

int
filter_add_text(struct filter *f, struct text name)
{
	return shape_cell(f->shape, name);
}

void
filter_start(struct filter *f)
{
	struct text missing;

	if (!shape_select(f->shape, text_of(f->request.fields), &missing))
		diag_die(DIAG_REQUEST, NULL, "-f: no column %s in the output",
		    diag_value(missing));
	f->out = create(f, f->request.out);
	if (!f->request.common.no_header || f->request.common.header_only)
		shape_put_header(f->shape, f->out);
	if (f->request.common.header_only) {
		commit_all(f);
		free_filter(f);
		exit(DIAG_OK);
	}
}

bool
filter_wanted(const struct filter *f, int cell)
{
	return shape_wanted(f->shape, cell);
}

/* --- rows --- */

bool
filter_block(struct filter *f, struct tsv_block *b)
{
	arena_reset(&f->arena);
	filter_check_output(f);
	for (;;) {
		switch (tsv_next(f->in, b)) {
		case TSV_BLOCK:
			filter_read_rows(f, b->nrows);
			return true;
		case TSV_BAD:
			filter_reject_line(f, tsv_problem(f->in));
			break;
		case TSV_FAIL:
			die_of_input(tsv_problem(f->in));
		case TSV_END:
			return false;
		}
	}
}

void
filter_set(struct filter *f, int cell, struct text field)
{
	shape_set(f->shape, cell, field);
}

void
filter_set_value(struct filter *f, int cell, struct text value)
{
	if (!field_is_plain(value))
		value = field_put(arena_alloc(&f->arena, value.len * 2), value);
	shape_set(f->shape, cell, value);
}

void
filter_set_time(struct filter *f, int cell, int64_t us)
{
	shape_set(f->shape, cell, when_put(arena_alloc(&f->arena, WHEN_TEXT), us));
}

struct text
filter_cell_of(const void *b, size_t row, int column)
{
	return tsv_field(b, row, column);
}

void
filter_emit(struct filter *f, const struct tsv_block *b, size_t r)
{
	shape_put(f->shape, f->out, b, r);
	f->ledger.out++;
	f->ledger.used++;
}

struct text
filter_row(struct filter *f, const struct tsv_block *b, size_t r)
{
	if (b->place == NULL)
		return tsv_row(b, r);
	f->row.len = 0;
	for (size_t c = 0; c < tsv_ncolumns(f->in); c++) {
		if (c != 0)
			buf_byte(&f->row, '\t');
		buf_put(&f->row, tsv_field(b, r, (int)c));
	}
	return buf_text(&f->row);
}

void
filter_emit_row(struct filter *f, struct text row)
{
	struct tsv_block b = { .base = row.s, .nrows = 1,
		.ncols = tsv_ncolumns(f->in) };
	struct text part;
	size_t n = 0;

	if (f->ends == NULL)
		f->ends = mem_raw(b.ncols + 1, sizeof(*f->ends));
	f->ends[n++] = UINT32_MAX; /* the block's end[-1] */
	for (struct text rest = row; n <= b.ncols && text_next(&rest, '\t', &part);)
		f->ends[n++] = (uint32_t)(part.s + part.len - row.s);
	b.end = f->ends + 1;
	filter_emit(f, &b, 0);
}

void
filter_write(struct filter *f)
{
	shape_put(f->shape, f->out, NULL, 0);
	f->ledger.out++;
}

void
filter_write_cells(struct filter *f, const int *cell, const struct text *field, size_t n)
{
	for (size_t i = 0; i < n; i++)
		filter_set(f, cell[i], field[i]);
	filter_write(f);
}

void
filter_write_values(struct filter *f, const int *cell, const struct text *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		filter_set_value(f, cell[i], value[i]);
	filter_write(f);
}

void
filter_use(struct filter *f, uint64_t n)
{
	f->ledger.used += n;
}
