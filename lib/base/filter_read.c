/* filter_read.c - a second table (--identity MAP, --attributes FILE), read whole */
#include <unistd.h>

#include <lead/base/buf.h>
#include <lead/base/diag.h>
#include <lead/base/filter_read.h>
#include <lead/base/gz.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>
#include <lead/base/tsv.h>

enum { HEADER_MAX = 1 << 20, LIST_MAX = 16 << 20 };

static _Noreturn void
die_of(const struct tsv_in *in)
{
	const struct tsv_problem *p = tsv_problem(in);
	struct diag_at at = { p->file, p->line, p->column };

	diag_die(p->system ? DIAG_REQUEST : DIAG_DATA, &at, "%s", p->words);
}

static struct tsv_in *
open_table(const char *path)
{
	const char *files[] = { path };
	struct tsv_in *in = tsv_open(&(struct tsv_in_options){ .files = files,
	    .nfiles = 1 });
	enum tsv_verdict v = tsv_opened(in);

	if (v == TSV_FAIL || v == TSV_BAD)
		die_of(in);
	return in;
}

/* Where each wanted column stands; -1 for one that may be absent and is. */
static void
find_columns(struct tsv_in *in, const struct diag_at *at,
    const struct tsv_taker *taker, int *place, const char *table)
{
	for (size_t i = 0; i < taker->ncolumns; i++) {
		struct text name = text_of(taker->columns[i]);
		bool optional = text_starts(name, TEXT("?"));

		if (optional)
			name = text_from(name, 1);
		place[i] = tsv_column(in, name);
		if (place[i] < 0 && !optional)
			diag_die(DIAG_DATA, at, "no column '%s' in the header%s%s%s",
			    taker->columns[i], tsv_lacking(in, name, table == NULL),
			    table != NULL ? ": this is not " : "",
			    table != NULL ? table : "");
	}
}

static void
give_rows(const struct tsv_block *b, const struct tsv_taker *taker, const int *place,
    struct text *field)
{
	for (size_t r = 0; r < b->nrows; r++) {
		size_t bad = 0;
		const char *why;

		for (size_t i = 0; i < taker->ncolumns; i++)
			field[i] = tsv_field(b, r, place[i]);
		why = taker->row(taker->to, field, &bad);
		if (why != NULL) {
			const char *column = taker->columns[bad];
			struct diag_at at = { b->file, b->line + r,
				column + (column[0] == '?') };

			diag_die(DIAG_DATA, &at, "%s: %s", why,
			    diag_value(field[bad]));
		}
	}
}

/* All rows of the table, which was opened. */
static void
give_table(struct tsv_in *in, const char *path, const struct tsv_taker *taker,
    const char *table)
{
	const struct diag_at at = { path, 1, NULL };
	struct text *field = mem_new(taker->ncolumns, sizeof(*field));
	int *place = mem_new(taker->ncolumns, sizeof(*place));
	struct tsv_block b;
	enum tsv_verdict v;

	find_columns(in, &at, taker, place, table);
	while ((v = tsv_next(in, &b)) == TSV_BLOCK)
		give_rows(&b, taker, place, field);
	if (v != TSV_END)
		die_of(in);
	mem_free(place);
	mem_free(field);
	tsv_close(in);
}

void
filter_read(const char *path, const char *const *columns, size_t n,
    filter_read_row *fn, void *context)
{
	filter_read_of(path, columns, n, fn, context, NULL);
}

void
filter_read_of(const char *path, const char *const *columns, size_t n,
    filter_read_row *fn, void *context, const char *table)
{
	const struct tsv_taker taker = { columns, n, fn, context };

	give_table(open_table(path), path, &taker, table);
}

void
filter_read_asking(const char *path, filter_read_ask *ask, void *context)
{
	struct tsv_in *in = open_table(path);
	struct tsv_taker taker;
	struct buf header;

	buf_init(&header, HEADER_MAX, "the header of a table");
	for (size_t i = 0; i < tsv_ncolumns(in); i++) {
		if (i > 0)
			buf_byte(&header, '\t');
		buf_put(&header, tsv_column_name(in, i));
	}
	taker = ask(context, buf_text(&header));
	buf_clear(&header);
	give_table(in, path, &taker, NULL);
}

struct text
filter_read_file(const char *path, size_t max)
{
	struct diag_at at = { io_name(path), 0, NULL };
	char *to = mem_raw(max + 1, 1);
	int fd = io_open(path);
	ssize_t n = fd < 0 ? -1 : io_read_full(fd, to, max + 1);

	if (n < 0)
		diag_die_sys(&at, "cannot be read");
	if ((size_t)n > max)
		diag_die(DIAG_REQUEST, &at, "more than %zu bytes", max);
	if (fd != STDIN_FILENO)
		close(fd);
	return (struct text){ mem_resize(to, (size_t)n + 1, 1), (size_t)n };
}

void
filter_read_free(struct text file)
{
	/* Its bytes are ours: text says const of what it lends. */
	mem_free_text(file);
}

struct text
filter_read_list(const struct opt_list *list)
{
	struct buf all;

	buf_init(&all, 2 * LIST_MAX, "a list of an option");
	for (size_t i = 0; i < list->n; i++) {
		if (list->v[i][0] == '@') {
			struct text file = filter_read_file(list->v[i] + 1,
			    LIST_MAX);

			buf_put(&all, file);
			mem_free_text(file);
		} else {
			buf_string(&all, list->v[i]);
		}
		buf_byte(&all, '\n');
	}
	return buf_text(&all);
}
