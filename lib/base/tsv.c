/* tsv.c - lead TSV in blocks of rows (lead-tsv(5)) */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include <lead/base/buf.h>
#include <lead/base/diag.h>
#include <lead/base/gz.h>
#include <lead/base/header.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>
#include <lead/base/near.h>
#include <lead/base/rows.h>
#include <lead/base/tsv.h>

enum { PAD = 64, WHY_MAX = 160 };

/* One operand. Only the current one is open. */
struct file {
	const char *path;
	bool may_add; /* its columns are welcome: it told them first */
	struct text head; /* its header line, owned: no row is like it */
	struct header_map map;
};

struct tsv_in {
	struct tsv_in_options o;
	struct file *files;
	size_t nfiles, at; /* at: the current one */

	struct header header;

	struct gz *gz;     /* of files[at], NULL before it is opened */
	uint64_t line;     /* of the next row */
	uint64_t bytes_in; /* of files already closed */
	struct text rest;  /* bytes of the chunk that are not given out yet */
	bool skipping;     /* inside a line that was too long */
	bool ended;        /* the file has no more bytes */
	struct buf tail;   /* the last line when it has no LF (lax_eof) */

	struct rows rows;  /* the whole lines of rest */

	enum tsv_verdict opened;
	struct tsv_problem problem;
	char why[WHY_MAX];
};

static enum tsv_verdict
problem(struct tsv_in *in, enum tsv_verdict v, const char *reason, const char *words)
{
	in->problem = (struct tsv_problem){
		.file = in->at < in->nfiles ? io_name(in->files[in->at].path) : NULL,
		.line = in->line,
		.reason = reason,
		.words = words,
	};
	return v;
}

static enum tsv_verdict
system_problem(struct tsv_in *in, const char *words, bool is_system)
{
	snprintf(in->why, sizeof(in->why), "%s", words);
	problem(in, TSV_FAIL, "read", in->why);
	in->problem.line = is_system ? 0 : in->line;
	in->problem.system = is_system;
	return TSV_FAIL;
}

/* --- chunks --- */

/*
 * More bytes behind what is left: rest becomes the left bytes and the next
 * chunk, side by side. 1, 0 at the end of the file, -1 on error.
 */
static int
more(struct tsv_in *in)
{
	size_t keep = in->rest.len;
	struct text chunk;
	int got = gz_next(in->gz, keep, &chunk);

	if (got > 0)
		in->rest = (struct text){ chunk.s - keep, chunk.len + keep };
	return got;
}

/* --- headers --- */

/* Of the current file: the line that names the columns, with tabs. */
static void
keep_head(struct tsv_in *in, struct text line, char sep)
{
	struct file *f = &in->files[in->at];
	char *head = mem_copy(line.s, line.len);

	for (size_t i = 0; i < line.len; i++)
		if (head[i] == sep)
			head[i] = '\t';
	mem_free_text(f->head);
	f->head = (struct text){ head, line.len };
	in->rows.header = f->head;
}

static enum tsv_verdict
unite(struct tsv_in *in, struct text line, char sep)
{
	struct file *f = &in->files[in->at];
	const char *why = header_unite(&in->header, line, sep,
	    f->may_add || in->header.ncols == 0, &f->map);

	keep_head(in, line, sep);
	return why != NULL ? problem(in, TSV_FAIL, "header", why) : TSV_BLOCK;
}

/* What may bytes be that are no lead TSV? */
static const char *
not_ours(struct text head)
{
	if (text_starts(head, TEXT("\xff\xfe")) || text_starts(head, TEXT("\xfe\xff")))
		return "UTF-16, not UTF-8";
	if (text_find(head, '\r') >= 0)
		return "lines end in CR: foreign TSV enters by lead-import --format tsv";
	return "not lead TSV";
}

static enum tsv_verdict
header_problem(struct tsv_in *in, struct text line)
{
	if (text_starts(line, TEXT("\xef\xbb\xbf")))
		return problem(in, TSV_FAIL, "header", "begins with a byte order mark: "
		    "foreign TSV enters by lead-import --format tsv");
	if (text_find(line, '\r') >= 0)
		return problem(in, TSV_FAIL, "header", "lines end in CR LF: "
		    "foreign TSV enters by lead-import --format tsv");
	if (text_find(line, '\0') >= 0 || text_find(line, '\\') >= 0)
		return problem(in, TSV_FAIL, "header", not_ours(line));
	return TSV_BLOCK;
}

/* Bytes of rest up to its first LF, more read as needed. 1, 0 no line, -1. */
static int
first_line(struct tsv_in *in, struct text *line)
{
	size_t seen = 0;

	for (;;) {
		ptrdiff_t lf = text_find(text_from(in->rest, seen), '\n');
		int got;

		if (lf >= 0) {
			*line = text_head(in->rest, seen + (size_t)lf);
			return 1;
		}
		seen = in->rest.len;
		if (seen > TSV_LINE_MAX || (got = more(in)) == 0)
			return 0;
		if (got < 0)
			return -1;
	}
}

static enum tsv_verdict
read_header(struct tsv_in *in)
{
	enum tsv_verdict v;
	struct text line;
	int got = first_line(in, &line);

	if (got < 0)
		return system_problem(in, gz_error(in->gz), gz_error_is_system(in->gz));
	if (got == 0 && text_find(text_head(in->rest, TSV_LINE_MAX), '\r') >= 0)
		return problem(in, TSV_FAIL, "header", not_ours(in->rest));
	if (got == 0)
		return problem(in, TSV_FAIL, "header",
		    in->rest.len == 0 ? "empty: no header line"
		    : in->rest.len > TSV_LINE_MAX ? "a header line longer than 1 MiB"
		    : "cut inside the header line");
	if ((v = header_problem(in, line)) != TSV_BLOCK ||
	    (v = unite(in, line, '\t')) != TSV_BLOCK)
		return v;
	in->rest = text_from(in->rest, line.len + 1);
	in->line = 2;
	if (in->rest.len != 0)
		rows_index(&in->rows, in->rest);
	return TSV_BLOCK;
}

/* --- files --- */

static enum tsv_verdict
open_file(struct tsv_in *in)
{
	struct file *f = &in->files[in->at];

	in->line = 1;
	in->rest = TEXT_NONE;
	rows_clear(&in->rows);
	in->skipping = in->ended = false;
	if ((in->gz = gz_open(f->path, in->o.max_ratio)) == NULL)
		return system_problem(in, strerror(errno), true);
	if (in->o.columns != NULL)
		return unite(in, text_of(in->o.columns), ',');
	return read_header(in);
}

static void
close_file(struct tsv_in *in)
{
	if (in->gz == NULL)
		return;
	if (in->o.note != NULL && gz_note(in->gz) != NULL)
		in->o.note(io_name(in->files[in->at].path), gz_note(in->gz));
	in->bytes_in += gz_bytes_in(in->gz);
	gz_close(in->gz);
	in->gz = NULL;
}

static bool
is_regular(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Read the headers of all regular files but the first, which is open. */
static enum tsv_verdict
unite_headers(struct tsv_in *in)
{
	enum tsv_verdict v = TSV_BLOCK;
	struct gz *first = in->gz;
	struct text rest = in->rest;
	uint64_t line = in->line;

	for (in->at = 1; in->at < in->nfiles && v == TSV_BLOCK; in->at++) {
		if (!is_regular(in->files[in->at].path))
			continue;
		in->files[in->at].may_add = true;
		v = open_file(in);
		if (v != TSV_BLOCK)
			break;
		in->files[in->at].may_add = false; /* it told them all */
		gz_close(in->gz);
	}
	if (v != TSV_BLOCK) {
		gz_close(first);
		return v;
	}
	in->at = 0;
	in->gz = first;
	in->rest = rest;
	in->line = line;
	in->rows.header = in->files[0].head;
	rows_clear(&in->rows);
	if (rest.len != 0)
		rows_index(&in->rows, in->rest);
	return v;
}

struct tsv_in *
tsv_open(const struct tsv_in_options *o)
{
	struct tsv_in *in = mem_new(1, sizeof(*in));

	in->o = *o;
	in->nfiles = o->nfiles != 0 ? o->nfiles : 1;
	in->files = mem_new(in->nfiles, sizeof(*in->files));
	for (size_t i = 0; i < in->nfiles; i++)
		in->files[i].path = o->nfiles != 0 ? o->files[i] : "-";
	buf_init(&in->tail, TSV_LINE_MAX + PAD + 1, "last line");
	in->opened = open_file(in);
	if (in->opened == TSV_BLOCK && in->nfiles > 1 && o->columns == NULL)
		in->opened = unite_headers(in);
	if (in->opened == TSV_BLOCK)
		header_widen(&in->header, &in->files[0].map);
	return in;
}

enum tsv_verdict
tsv_opened(const struct tsv_in *in)
{
	return in->opened;
}

size_t
tsv_ncolumns(const struct tsv_in *in)
{
	return in->header.ncols;
}

int
tsv_column(const struct tsv_in *in, struct text name)
{
	return header_find(&in->header, name);
}

struct text
tsv_column_name(const struct tsv_in *in, size_t col)
{
	return in->header.names[col];
}

const char *
tsv_lacking(struct tsv_in *in, struct text name, bool near)
{
	const struct header *h = &in->header;
	int found = near ? near_find(name, h->names, h->ncols) : -1;

	if (h->ncols == 1 && text_find(h->names[0], ',') >= 0)
		return ", nor a tab: CSV enters by lead-import";
	if (h->ncols == 1 && text_find(h->names[0], ' ') >= 0)
		return ", nor a tab: tabs part the cells, not blanks";
	if (found < 0)
		return "";
	snprintf(in->why, sizeof(in->why), " (there is %s)", diag_value(h->names[found]));
	return in->why;
}

const struct tsv_problem *
tsv_problem(const struct tsv_in *in)
{
	return &in->problem;
}

uint64_t
tsv_bytes_in(const struct tsv_in *in)
{
	return in->bytes_in + (in->gz != NULL ? gz_bytes_in(in->gz) : 0);
}

void
tsv_close(struct tsv_in *in)
{
	if (in == NULL)
		return;
	gz_close(in->gz);
	for (size_t i = 0; i < in->nfiles; i++) {
		header_map_clear(&in->files[i].map);
		mem_free_text(in->files[i].head);
	}
	header_clear(&in->header);
	mem_free(in->files);
	rows_free(&in->rows);
	buf_clear(&in->tail);
	mem_free(in);
}

/* --- rows --- */

static enum tsv_verdict
give(struct tsv_in *in, struct tsv_block *b)
{
	const struct file *f = &in->files[in->at];
	struct rows_fault fault;
	size_t n = rows_sound(&in->rows, f->map.ncols, b);

	b->place = f->map.place;
	b->line = in->line;
	b->file = io_name(f->path);
	if (n != 0) {
		in->line += n;
		return TSV_BLOCK;
	}
	rows_skip(&in->rows, f->map.ncols, &fault);
	problem(in, TSV_BAD, fault.reason, fault.words);
	in->problem.record = fault.line;
	in->line++;
	return TSV_BAD;
}

/* Inside a line that is too long: drop bytes up to its LF. */
static void
skip_line(struct tsv_in *in)
{
	ptrdiff_t lf = text_find(in->rest, '\n');

	if (lf < 0) {
		in->rest = TEXT_NONE;
		return;
	}
	in->rest = text_from(in->rest, (size_t)lf + 1);
	in->skipping = false;
}

/* rest has no line feed and is longer than a line may be. */
static enum tsv_verdict
begin_skip(struct tsv_in *in)
{
	problem(in, TSV_BAD, "long", "longer than 1 MiB");
	in->problem.record = text_head(in->rest, TSV_LINE_MAX);
	in->line++;
	in->skipping = true;
	return TSV_BAD;
}

/* The file ended and left bytes behind without a line feed. */
static enum tsv_verdict
last_line(struct tsv_in *in)
{
	struct text line = in->rest;

	if (in->skipping)
		return problem(in, TSV_FAIL, "cut", "cut inside a line longer than 1 MiB");
	if (!in->o.lax_eof || line.s[line.len - 1] == 0x18)
		return problem(in, TSV_FAIL, "cut", line.s[line.len - 1] == 0x18
		    ? "cut: the program that wrote it failed"
		    : "cut: the last line has no line feed (--lax-eof accepts it)");
	in->tail.len = 0;
	buf_put(&in->tail, line);
	buf_byte(&in->tail, '\n');
	memset(buf_room(&in->tail, PAD), 0, PAD);
	in->rest = buf_text(&in->tail);
	rows_index(&in->rows, in->rest);
	in->rest = TEXT_NONE;
	return TSV_BLOCK;
}

/* Make nsep > sep, or say why not. */
static enum tsv_verdict
fill(struct tsv_in *in)
{
	int got;

	if (in->ended)
		return TSV_END;
	if (in->rest.len != 0) /* keep what is behind the last line feed */
		in->rest = text_from(in->rest, rows_end(&in->rows));
	rows_clear(&in->rows);
	if (in->rest.len > TSV_LINE_MAX && !in->skipping)
		return begin_skip(in);
	if (in->skipping)
		in->rest = TEXT_NONE;
	if ((got = more(in)) < 0)
		return system_problem(in, gz_error(in->gz), gz_error_is_system(in->gz));
	if (got > 0) {
		if (in->skipping)
			skip_line(in);
		if (!in->skipping)
			rows_index(&in->rows, in->rest);
		return TSV_BLOCK;
	}
	in->ended = true;
	return in->rest.len != 0 || in->skipping ? last_line(in) : TSV_END;
}

enum tsv_verdict
tsv_next(struct tsv_in *in, struct tsv_block *b)
{
	if (in->opened != TSV_BLOCK)
		return in->opened;
	for (;;) {
		enum tsv_verdict v;

		if (rows_left(&in->rows))
			return give(in, b);
		v = fill(in);
		if (v == TSV_END) {
			close_file(in);
			if (in->at + 1 == in->nfiles)
				return TSV_END;
			in->at++;
			v = open_file(in);
		}
		if (v == TSV_FAIL)
			in->opened = TSV_FAIL;
		if (v != TSV_BLOCK)
			return v;
	}
}
