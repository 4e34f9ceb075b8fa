/* csv.c - the records of a CSV file (RFC 4180), and what a stray quote costs */
#include <csv.h>
#include <inttypes.h>
#include <stdio.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/csv.h>
#include <lead/base/guise.h>
#include <lead/base/lines.h>
#include <lead/base/mem.h>
#include <lead/base/quote.h>
#include <lead/base/utf8.h>

enum { BLOCK = 4096, WORDS = 160, BYTES_MAX = 16 << 20 };

struct csv {
	const struct csv_options *o;
	struct lines *lines;
	struct csv_parser parser;
	char separator;
	/* the record that the parser is making */
	struct buf bytes;      /* its fields, one after the other */
	size_t *end;           /* of field i in bytes */
	size_t nfields, cap;
	bool whole, nul;
	struct text *field;
	struct buf open;       /* its lines so far, when it has several */
	uint64_t open_line, open_offset;
	bool resyncing;
	struct text *name;
	struct arena names;
	size_t ncolumns;
	uint64_t records, blanks;
	struct csv_problem problem, pending; /* pending: after the lines again */
	char words[WORDS];
};

/* --- libcsv --- */

/* libcsv takes a NULL for "no more": a field over the ceiling ends there. */
static void *
capped(void *p, size_t n)
{
	return n <= CSV_FIELD_MAX ? mem_resize(p, n, 1) : NULL;
}

static void
begin_parser(struct csv *c)
{
	csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_realloc_func(&c->parser, capped);
	csv_set_free_func(&c->parser, mem_free);
	csv_set_blk_size(&c->parser, BLOCK);
	csv_set_delim(&c->parser, (unsigned char)c->separator);
}

static void
reset_parser(struct csv *c)
{
	csv_free(&c->parser);
	begin_parser(c);
}

static void
on_field(void *s, size_t n, void *context)
{
	struct csv *c = context;

	if (c->nfields++ >= CSV_COLUMNS_MAX)
		return;
	buf_put(&c->bytes, (struct text){ s, n });
	c->end = mem_grow(c->end, &c->cap, c->nfields, sizeof(*c->end), CSV_COLUMNS_MAX,
	    "columns");
	c->end[c->nfields - 1] = c->bytes.len;
}

static void
on_record(int end, void *context)
{
	(void)end;
	((struct csv *)context)->whole = true;
}

/*
 * Give the parser one line, as the file's last where it has no end. false when
 * its quotes are broken.
 */
static bool
feed(struct csv *c, const struct line *line)
{
	struct text end = line->end;

	c->nul |= text_find(line->text, '\0') >= 0;
	if (csv_parse(&c->parser, line->text.s, line->text.len, on_field, on_record,
	    c) != line->text.len)
		return false;
	if (end.len == 0)
		return csv_fini(&c->parser, on_field, on_record, c) == 0;
	return csv_parse(&c->parser, end.s, end.len, on_field, on_record, c) == end.len;
}

/* --- lines --- */

static enum csv_verdict
bad(struct csv *c, uint64_t line, const char *reason, const char *words,
    struct text record)
{
	c->problem = (struct csv_problem){ line, reason, words, record, false };
	return CSV_BAD;
}

static enum csv_verdict
fail(struct csv *c, uint64_t line, const char *words)
{
	c->problem = (struct csv_problem){ line, "input", words, TEXT_NONE, false };
	return CSV_FAIL;
}

static enum csv_verdict
too_long(struct csv *c, const struct line *line)
{
	size_t separators = 0;

	for (size_t i = 0; i < line->text.len; i++)
		separators += line->text.s[i] == c->separator;
	if (separators >= CSV_COLUMNS_MAX)
		return bad(c, line->number, "columns", "more than 4096 columns",
		    line->text);
	return bad(c, line->number, "long", "a field longer than 1 MiB", line->text);
}

/* The next line; CSV_RECORD when there is one. */
static enum csv_verdict
next_line(struct csv *c, struct line *line)
{
	if (c->pending.reason != NULL && c->open.len == 0 && !lines_has_again(c->lines)) {
		c->problem = c->pending;
		c->pending.reason = NULL;
		return CSV_BAD;
	}
	switch (lines_next(c->lines, line)) {
	case LINES_LINE:
		return CSV_RECORD;
	case LINES_LONG:
		return too_long(c, line);
	case LINES_CUT:
		return bad(c, line->number, "utf8", "the file ends inside a character",
		    line->text);
	case LINES_FAIL:
		c->problem = (struct csv_problem){ lines_number(c->lines), "input",
			lines_error(c->lines), TEXT_NONE, lines_error_is_system(c->lines) };
		return CSV_FAIL;
	case LINES_END:
		break;
	}
	return CSV_END;
}

/* --- records --- */

static void
begin_record(struct csv *c)
{
	c->bytes.len = c->open.len = c->nfields = 0;
	c->whole = c->nul = false;
}

/* The fields' slices, once nothing moves any more. */
static void
cut_fields(struct csv *c)
{
	const char *bytes = c->bytes.s != NULL ? c->bytes.s : "";
	size_t from = 0;

	for (size_t i = 0; i < c->nfields; i++) {
		c->field[i] = (struct text){ bytes + from, c->end[i] - from };
		from = c->end[i];
	}
}

/* Add a line to those of the open record. */
static void
keep_open(struct csv *c, const struct line *line)
{
	if (c->open.len == 0) {
		c->open_line = line->number;
		c->open_offset = line->offset;
	}
	buf_put(&c->open, line->text);
	buf_put(&c->open, line->end);
}

/* --- a broken quote --- */

static enum csv_verdict
refuse(struct csv *c)
{
	struct text all = buf_text(&c->open);
	struct text before = text_head(all, quote_culprit(all, c->separator));
	uint64_t line = c->open_line, bytes = before.len;

	if (c->o->latin1) /* where a character was a byte */
		bytes = utf8_characters(before);
	for (size_t i = 0; i < before.len; i++)
		line += before.s[i] == '\n';
	snprintf(c->words, sizeof(c->words), "broken quote in record %" PRIu64
	    ", opened at byte %" PRIu64 " (--resync gives up its lines only)",
	    c->records + 1, c->open_offset + bytes + 1);
	return fail(c, line, c->words);
}

/* Give up the first line of the open record; the others are read again. */
static enum csv_verdict
give_up_line(struct csv *c)
{
	struct line first;

	lines_again(c->lines, buf_text(&c->open), c->open_line, c->open_offset);
	lines_next(c->lines, &first);
	reset_parser(c);
	begin_record(c);
	c->resyncing = true;
	return bad(c, first.number, "csv-quote", "broken quote", first.text);
}

static enum csv_verdict
broken(struct csv *c)
{
	return c->o->resync && c->ncolumns != 0 ? give_up_line(c) : refuse(c);
}

/* --- lines to records --- */

/* After a broken quote: a line counts when it is a whole record by itself. */
static enum csv_verdict
alone(struct csv *c, const struct line *line, struct csv_record *r)
{
	if (text_trim(line->text).len == 0) {
		c->blanks++;
		return CSV_END;
	}
	begin_record(c);
	if (!feed(c, line) || !c->whole || c->nfields != c->ncolumns) {
		reset_parser(c);
		return bad(c, line->number, "csv-quote", "broken quote above",
		    line->text);
	}
	c->resyncing = false;
	cut_fields(c);
	*r = (struct csv_record){ c->field, line->text, line->number };
	return c->nul ? bad(c, line->number, "nul", "a NUL byte", line->text)
	    : CSV_RECORD;
}

/* The line ended a record. */
static enum csv_verdict
finish(struct csv *c, const struct line *line, struct csv_record *r)
{
	bool several = c->open.len != 0;
	struct text raw = line->text;
	uint64_t at = line->number;

	if (several) {
		keep_open(c, line);
		if (c->ncolumns != 0 && c->nfields != c->ncolumns)
			return broken(c);
		raw = text_head(buf_text(&c->open), c->open.len - line->end.len);
		at = c->open_line;
	}
	c->records++;
	*r = (struct csv_record){ c->field, raw, at };
	if (c->nul)
		return bad(c, at, "nul", "a NUL byte", raw);
	if (c->nfields > CSV_COLUMNS_MAX)
		return bad(c, at, "columns", "more than 4096 columns", raw);
	if (c->ncolumns != 0 && c->nfields != c->ncolumns)
		return bad(c, at, "columns", "not as many fields as the header", raw);
	cut_fields(c);
	return CSV_RECORD;
}

/* One line more. CSV_END: the record goes on, or there is none. */
static enum csv_verdict
take_line(struct csv *c, const struct line *line, struct csv_record *r)
{
	bool sound;

	if (c->resyncing)
		return alone(c, line, r);
	sound = feed(c, line);
	if (sound && c->whole)
		return finish(c, line, r);
	if (sound && c->open.len == 0 && text_trim(line->text).len == 0) {
		c->blanks++;
		return CSV_END;
	}
	keep_open(c, line);
	if (!sound || c->open.len > CSV_RECORD_MAX)
		return broken(c);
	return CSV_END;
}

enum csv_verdict
csv_next(struct csv *c, struct csv_record *r)
{
	enum csv_verdict v;
	struct line line;

	if (c->problem.system)
		return CSV_FAIL;
	begin_record(c);
	for (;;) {
		v = next_line(c, &line);
		if (v == CSV_BAD && c->open.len != 0)
			c->pending = c->problem;
		if (v != CSV_RECORD && v != CSV_FAIL && c->open.len != 0)
			return broken(c);
		if (v != CSV_RECORD)
			return v;
		v = take_line(c, &line, r);
		if (v != CSV_END)
			return v;
	}
}

/* --- the header --- */

static enum csv_verdict
one_column(struct csv *c, uint64_t line, struct text header)
{
	char other = quote_separator(header);

	if (other == '\0')
		return fail(c, line, "header has 1 column: no , ; tab or | in it "
		    "(--skip-lines passes over lines of title, --format tsv reads "
		    "a single column)");
	snprintf(c->words, sizeof(c->words), "header has 1 column: is it --separator "
	    "%.3s?", other == '\t' ? "tab" : (char[2]){ other, '\0' });
	return fail(c, line, c->words);
}

/* Names from a,b,c or from the fields of the first record. */
static enum csv_verdict
set_names(struct csv *c, const struct text *name, size_t n, uint64_t line)
{
	if (n > CSV_COLUMNS_MAX)
		return fail(c, line, "more than 4096 columns");
	c->name = mem_new(n, sizeof(*c->name));
	for (size_t i = 0; i < n; i++)
		c->name[i] = arena_text(&c->names, text_trim(name[i]));
	c->ncolumns = n;
	return CSV_RECORD;
}

static enum csv_verdict
given_names(struct csv *c)
{
	struct text rest = text_of(c->o->columns), part;
	size_t n = 0;

	while (n <= CSV_COLUMNS_MAX && text_next(&rest, ',', &part))
		c->field[n++] = part;
	return set_names(c, c->field, n, 0);
}

/* The first line that says more than its separator, behind those of a title. */
static enum csv_verdict
first_line(struct csv *c, struct line *line)
{
	for (;;) {
		enum csv_verdict v = next_line(c, line);

		if (v == CSV_BAD)
			return fail(c, line->number, c->problem.words);
		if (v != CSV_RECORD)
			return v;
		if (line->number <= c->o->skip_lines)
			continue;
		if (c->separator == '\0' && line->number == 1 &&
		    quote_says_separator(line->text, &c->separator))
			continue;
		if (text_trim(line->text).len != 0)
			return v;
		c->blanks++;
	}
}

/* Read on until the header, which quotes may spread over lines, is whole. */
static enum csv_verdict
header_record(struct csv *c, struct line *line, struct csv_record *r)
{
	enum csv_verdict v = CSV_RECORD;

	while (v == CSV_RECORD && (v = take_line(c, line, r)) == CSV_END) {
		v = next_line(c, line);
		if (v == CSV_END)
			return broken(c);
	}
	return v == CSV_BAD ? fail(c, c->problem.line, c->problem.words) : v;
}

enum csv_verdict
csv_header(struct csv *c)
{
	struct csv_record r;
	struct line line;
	enum csv_verdict v = first_line(c, &line);

	if (v != CSV_RECORD)
		return v;
	if (c->o->columns == NULL && guise_words(line.text) != NULL)
		return fail(c, line.number, guise_words(line.text));
	if (c->separator == '\0')
		c->separator = quote_separator(line.text);
	if (c->separator == '\0' && c->o->columns == NULL)
		return one_column(c, line.number, line.text);
	csv_set_delim(&c->parser, (unsigned char)c->separator);
	if (c->o->columns != NULL) {
		/* it is a record: read it again as one */
		keep_open(c, &line);
		lines_again(c->lines, buf_text(&c->open), line.number, line.offset);
		begin_record(c);
		return given_names(c);
	}
	begin_record(c);
	v = header_record(c, &line, &r);
	if (v != CSV_RECORD)
		return v;
	return c->nfields == 1 ? one_column(c, r.line, r.raw)
	    : set_names(c, c->field, c->nfields, r.line);
}

struct csv *
csv_open(const char *path, const struct csv_options *o)
{
	struct lines_options lo = { o->latin1 ? LINES_LATIN1 : LINES_UTF8, true,
		o->max_ratio };
	struct lines *lines = lines_open(path, &lo);
	struct csv *c;

	if (lines == NULL)
		return NULL;
	c = mem_new(1, sizeof(*c));
	c->o = o;
	c->lines = lines;
	c->separator = o->separator;
	c->field = mem_new(CSV_COLUMNS_MAX + 1, sizeof(*c->field));
	buf_init(&c->bytes, BYTES_MAX, "a record");
	buf_init(&c->open, BYTES_MAX, "a record");
	begin_parser(c);
	return c;
}

void
csv_close(struct csv *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	lines_close(c->lines);
	buf_clear(&c->bytes);
	buf_clear(&c->open);
	arena_clear(&c->names);
	mem_free(c->end);
	mem_free(c->field);
	mem_free(c->name);
	mem_free(c);
}

size_t
csv_ncolumns(const struct csv *c)
{
	return c->ncolumns;
}

const struct text *
csv_names(const struct csv *c)
{
	return c->name;
}

const struct csv_problem *
csv_problem(const struct csv *c)
{
	return &c->problem;
}

uint64_t
csv_blanks(const struct csv *c)
{
	return c->blanks;
}

const struct lines *
csv_lines(const struct csv *c)
{
	return c->lines;
}
