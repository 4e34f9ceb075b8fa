/* filter.c - the frames every command hangs in: options, rows in, rows out */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <lead/base/filter.h>
#include <lead/base/given.h>
#include <lead/base/io.h>
#include <lead/base/ledger.h>
#include <lead/base/mem.h>
#include <lead/base/products.h>
#include <lead/base/request.h>
#include <lead/base/shape.h>

enum { PROGRESS_ROWS = 1 << 20 };

struct filter {
	const struct filter_spec *spec;
	struct request request;
	struct ledger ledger;
	struct shape *shape;
	struct tsv_in *in;
	struct products products; /* out and all others */
	struct out *out;
	struct arena arena;   /* reset with each block or group */
	struct tsv_block block; /* of groups that stand together */
	struct group_store *store;
	struct given *given;
	bool gathered;
	uint64_t bytes_foreign, spilled;
};

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
open_input(struct filter *f)
{
	struct tsv_in_options o = {
		.files = f->request.common.files,
		.nfiles = f->request.common.nfiles,
		.columns = f->request.columns,
		.lax_eof = f->request.lax_eof,
		.max_ratio = f->request.max_ratio,
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

/* Whole files take their names, the main table last. */
static void
commit_all(struct filter *f)
{
	if (products_commit_all(&f->products, f->out) != 0)
		diag_die_sys(NULL, "%s", products_failed(&f->products));
	f->out = NULL;
}

/* What was set aside is kept even when the run fails: it is to be looked at. */
static void
commit_rejects(struct filter *f)
{
	struct out *rejects = f->ledger.rejects;

	f->ledger.rejects = NULL;
	if (rejects != NULL && products_commit(&f->products, rejects) != 0)
		diag_die_sys(NULL, "%s", products_failed(&f->products));
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
	request_clear(&f->request);
	mem_free(f);
}

int
filter_end(struct filter *f)
{
	bool sound = ledger_sound(&f->ledger);

	if (!ledger_balanced(&f->ledger))
		diag_die(DIAG_DATA, NULL, "rows do not add up: this is a fault of %s",
		    f->spec->name);
	commit_rejects(f);
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

/* --- columns --- */

int
filter_column(const struct filter *f, const char *name)
{
	return tsv_column(f->in, text_of(name));
}

int
filter_need(const struct filter *f, const char *name)
{
	int col = filter_column(f, name);
	struct diag_at at = { .line = 1,
		.file = io_name(f->request.common.nfiles != 0 ? f->request.common.files[0] : "-") };

	if (col < 0)
		diag_die(DIAG_DATA, &at, "no column '%s' in the header", name);
	return col;
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
	if (!f->request.common.no_header)
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

static void
check_output(const struct filter *f)
{
	if (f->out != NULL && f->out->error != 0) {
		errno = f->out->error;
		diag_die_sys(NULL, "%s", io_out_name(f->out->file));
	}
}

static void
count_in(struct filter *f, uint64_t rows)
{
	uint64_t before = f->ledger.in / PROGRESS_ROWS;

	f->ledger.in += rows;
	if (f->request.progress && f->ledger.in / PROGRESS_ROWS != before)
		diag_warn(NULL, "%llu million rows", (unsigned long long)
		    (f->ledger.in / PROGRESS_ROWS));
}

static void
reject(struct filter *f, const struct diag_at *at, const char *reason, const char *why,
    struct text value, struct text record)
{
	struct ledger *l = &f->ledger;

	if (f->gathered)
		l->used--; /* it was, until it was looked at */
	if (ledger_reject(l, at, reason, why, value, record))
		return;
	commit_rejects(f);
	diag_die(DIAG_DATA, NULL, "%llu of %llu rows are bad, at most %llu may be "
	    "(--max-reject)", (unsigned long long)l->rejected_rows,
	    (unsigned long long)l->in, (unsigned long long)l->bound.rows);
}

static void
reject_line(struct filter *f, const struct tsv_problem *p)
{
	struct diag_at at = { p->file, p->line, p->column };

	count_in(f, 1);
	f->ledger.used += f->gathered;
	reject(f, &at, p->reason, p->words, TEXT_NONE, p->record);
}

bool
filter_block(struct filter *f, struct tsv_block *b)
{
	arena_reset(&f->arena);
	check_output(f);
	for (;;) {
		switch (tsv_next(f->in, b)) {
		case TSV_BLOCK:
			count_in(f, b->nrows);
			return true;
		case TSV_BAD:
			reject_line(f, tsv_problem(f->in));
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
	if (!tsv_is_plain(value))
		value = tsv_escape(arena_alloc(&f->arena, value.len * 2), value);
	shape_set(f->shape, cell, value);
}

void
filter_set_micros(struct filter *f, int cell, num_wide micros)
{
	shape_set(f->shape, cell,
	    num_put_wide(arena_alloc(&f->arena, NUM_TEXT), micros));
}

void
filter_set_count(struct filter *f, int cell, int64_t n)
{
	shape_set(f->shape, cell, num_put_count(arena_alloc(&f->arena, NUM_TEXT), n));
}

void
filter_set_time(struct filter *f, int cell, int64_t us)
{
	shape_set(f->shape, cell, when_put(arena_alloc(&f->arena, WHEN_TEXT), us));
}

void
filter_emit(struct filter *f, const struct tsv_block *b, size_t r)
{
	shape_put(f->shape, f->out, b, r);
	f->ledger.out++;
	f->ledger.used++;
}

void
filter_write(struct filter *f)
{
	shape_put(f->shape, f->out, NULL, 0);
	f->ledger.out++;
}

void
filter_use(struct filter *f, uint64_t n)
{
	f->ledger.used += n;
}

/* --- groups --- */

void
filter_gather_begin(struct filter *f, const int *cols, size_t n, int tie)
{
	struct group_options o = {
		.columns = cols,
		.ncolumns = n,
		.tie = tie,
		.memory = f->request.common.memory,
		.tempdir = f->request.common.tempdir,
		.threads = f->request.common.threads,
		.table_columns = tsv_ncolumns(f->in),
	};

	f->store = group_new(&o);
}

void
filter_gather(struct filter *f, struct text key, int64_t at, uint32_t minor,
    const struct tsv_block *b, size_t r)
{
	if (group_add(f->store, key, at, minor, b, r) != 0)
		diag_die_sys(NULL, "temporary file");
	f->ledger.used++;
}

void
filter_grouped_begin(struct filter *f, int key, const int *cols, size_t n)
{
	f->given = given_new(key, cols, n, tsv_ncolumns(f->in));
}

static _Noreturn void
die_unsorted(const struct filter *f)
{
	struct diag_at at = { f->block.file, given_line(f->given), NULL };

	diag_die(DIAG_DATA, &at, "not sorted by the key: %s stands after %s",
	    diag_value(given_key(f->given)), diag_value(given_key_before(f->given)));
}

static bool
given_group(struct filter *f, struct group *g)
{
	for (;;) {
		switch (given_next(f->given, g)) {
		case GIVEN_GROUP:
			return true;
		case GIVEN_END:
			return false;
		case GIVEN_UNSORTED:
			die_unsorted(f);
		case GIVEN_MORE:
			if (filter_block(f, &f->block)) {
				given_add(f->given, &f->block);
				f->ledger.used += f->block.nrows;
			} else {
				given_end(f->given);
			}
		}
	}
}

bool
filter_group(struct filter *f, struct group *g)
{
	int got;

	arena_reset(&f->arena);
	check_output(f);
	f->gathered = true;
	if (f->given != NULL)
		return given_group(f, g);
	if ((got = group_next(f->store, g)) < 0)
		diag_die_sys(NULL, "temporary file");
	f->spilled = group_spilled(f->store);
	return got > 0;
}

/* --- accounting --- */

struct diag_at
filter_at(const struct filter *f, const struct tsv_block *b, size_t r, int column)
{
	static char name[128];

	name[0] = '\0';
	if (column >= 0) {
		struct text t = tsv_column_name(f->in, (size_t)column);

		snprintf(name, sizeof(name), "%.*s", (int)t.len, t.s);
	}
	return (struct diag_at){ b->file, b->line + r, column >= 0 ? name : NULL };
}

void
filter_reject(struct filter *f, const struct tsv_block *b, size_t r, int column,
    const char *reason, const char *why)
{
	struct diag_at at = filter_at(f, b, r, column);

	reject(f, &at, reason, why, tsv_field(b, r, column), tsv_row(b, r));
}

void
filter_reject_record(struct filter *f, const struct diag_at *at, const char *reason,
    const char *why, struct text value, struct text record)
{
	reject(f, at, reason, why, value, record);
}

void
filter_drop(struct filter *f, const char *rule, uint64_t n)
{
	ledger_drop(&f->ledger, rule, n, f->gathered);
}

void
filter_count(struct filter *f, const char *name, uint64_t n)
{
	ledger_add(&f->ledger.counted, name, n);
}

void
filter_count_in(struct filter *f, uint64_t records, uint64_t bytes)
{
	count_in(f, records);
	f->bytes_foreign += bytes;
	check_output(f);
}

bool
filter_in_time(struct filter *f, int64_t us)
{
	const struct filter_common *c = &f->request.common;
	const char *rule = c->has_as_of && us > c->as_of_us ? "after_as_of"
	    : c->has_since && us < c->since_us ? "before_since"
	    : c->has_until && us >= c->until_us ? "from_until" : NULL;

	if (rule != NULL)
		filter_drop(f, rule, 1);
	return rule == NULL;
}

struct arena *
filter_arena(struct filter *f)
{
	return &f->arena;
}
