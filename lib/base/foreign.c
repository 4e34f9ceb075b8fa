/* foreign.c - the records of a file that is no lead TSV */
#include <errno.h>
#include <stdio.h>

#include <lead/base/buf.h>
#include <lead/base/csv.h>
#include <lead/base/foreign.h>
#include <lead/base/json.h>
#include <lead/base/lines.h>
#include <lead/base/mem.h>

enum { FIELDS_MAX = 4096, NAMES_MAX = 1 << 20, WORDS = 160, NAME_SHOWN = 63 };

typedef enum foreign_verdict next_fn(struct foreign *s, struct foreign_record *r);

struct foreign {
	const struct foreign_options *o;
	struct lines *lines; /* or csv */
	struct csv *csv;
	struct csv_options csv_options;
	struct json *json;
	struct text *name, *field; /* names are slices of bytes, or of csv's, json's */
	size_t nfields, cap, room;
	struct buf bytes;    /* of the names */
	bool named, held;
	struct line line;    /* of JSON */
	uint64_t blanks;
	char words[WORDS];
	struct foreign_problem problem;
};

static enum foreign_verdict
bad(struct foreign *s, const struct line *line, const char *reason, const char *words)
{
	s->problem = (struct foreign_problem){ line->number, reason, words, line->text,
		false };
	return FOREIGN_BAD;
}

static enum foreign_verdict
fail(struct foreign *s, uint64_t line, const char *words)
{
	s->problem = (struct foreign_problem){ line, "input", words, TEXT_NONE, false };
	return FOREIGN_FAIL;
}

/* The next line that holds something. FOREIGN_RECORD when there is one. */
static enum foreign_verdict
next_line(struct foreign *s, struct line *line)
{
	for (;;) {
		switch (lines_next(s->lines, line)) {
		case LINES_END:
			return FOREIGN_END;
		case LINES_LONG:
			return bad(s, line, "long", "longer than 1 MiB");
		case LINES_CUT:
			return bad(s, line, "utf8", "the file ends inside a character");
		case LINES_FAIL:
			s->problem = (struct foreign_problem){ lines_number(s->lines), "input",
				lines_error(s->lines), TEXT_NONE,
				lines_error_is_system(s->lines) };
			return FOREIGN_FAIL;
		case LINES_LINE:
			if (line->text.len == 0) {
				s->blanks++;
				continue;
			}
			if (memchr(line->text.s, '\0', line->text.len) != NULL)
				return bad(s, line, "nul", "a NUL byte");
			return FOREIGN_RECORD;
		}
	}
}

/* --- names --- */

/* Names parted by sep, copied. NULL, or words. */
static const char *
set_names(struct foreign *s, struct text line, char sep)
{
	struct text rest, part;

	s->bytes.len = 0;
	buf_put(&s->bytes, line);
	rest = buf_text(&s->bytes);
	s->nfields = 0;
	while (text_next(&rest, sep, &part)) {
		if (s->nfields == FIELDS_MAX)
			return "more than 4096 columns";
		s->name = mem_grow(s->name, &s->cap, s->nfields + 1, sizeof(*s->name),
		    FIELDS_MAX, "columns");
		s->name[s->nfields++] = text_trim(part);
	}
	s->field = mem_grow(s->field, &s->room, s->nfields, sizeof(*s->field),
	    FIELDS_MAX, "columns");
	s->named = true;
	return NULL;
}

static void
set_log_names(struct foreign *s)
{
	size_t n = weblog_nparts(s->o->log);

	s->name = mem_grow(s->name, &s->cap, n, sizeof(*s->name), FIELDS_MAX, "parts");
	s->field = mem_grow(s->field, &s->room, n, sizeof(*s->field), FIELDS_MAX,
	    "parts");
	for (size_t i = 0; i < n; i++)
		s->name[i] = weblog_name(s->o->log, i);
	s->nfields = n;
	s->named = true;
}

/* --- formats --- */

/* A line that the format does not describe: up to which part it did, and the
 * byte at which the part before ended. */
static enum foreign_verdict
bad_log(struct foreign *s, const struct line *line, size_t stuck)
{
	bool rest = stuck == s->nfields;
	const struct text *last = stuck != 0 ? &s->field[stuck - 1] : NULL;
	struct text name = text_head(s->name[rest ? stuck - 1 : stuck], NAME_SHOWN);
	size_t at = last != NULL ? (size_t)(last->s + last->len - line->text.s) : 0;

	snprintf(s->words, sizeof(s->words),
	    "not a line of the log format: %s $%.*s, byte %zu",
	    rest ? "goes on after" : "stopped at", (int)name.len, name.s, at + 1);
	return bad(s, line, "log", s->words);
}

static enum foreign_verdict
next_log(struct foreign *s, struct foreign_record *r)
{
	enum foreign_verdict v;
	struct line line;
	size_t stuck;

	if (!s->named) {
		set_log_names(s);
		return FOREIGN_HEADER;
	}
	if ((v = next_line(s, &line)) != FOREIGN_RECORD)
		return v;
	if (!weblog_parse(s->o->log, line.text, s->field, &stuck))
		return bad_log(s, &line, stuck);
	*r = (struct foreign_record){ s->field, line.text, line.number };
	return FOREIGN_RECORD;
}

/* Cut a line at sep. false when the fields are not as many as the names. */
static bool
split(struct foreign *s, struct text line, char sep)
{
	struct text part;
	size_t n = 0;

	while (text_next(&line, sep, &part)) {
		if (n == s->nfields)
			return false;
		s->field[n++] = part;
	}
	return n == s->nfields;
}

/* A directive; FOREIGN_HEADER when it names the fields. */
static enum foreign_verdict
directive(struct foreign *s, const struct line *line)
{
	struct text fields = TEXT("#Fields:");
	const char *words;

	if (!text_starts(line->text, fields))
		return FOREIGN_RECORD;
	words = set_names(s, text_trim(text_from(line->text, fields.len)), ' ');
	return words == NULL ? FOREIGN_HEADER : fail(s, line->number, words);
}

static enum foreign_verdict
next_w3c(struct foreign *s, struct foreign_record *r)
{
	enum foreign_verdict v;
	struct line line;

	for (;;) {
		if ((v = next_line(s, &line)) != FOREIGN_RECORD)
			return v;
		if (line.text.s[0] != '#')
			break;
		s->blanks++;
		if ((v = directive(s, &line)) != FOREIGN_RECORD)
			return v;
	}
	if (!s->named)
		return fail(s, line.number, "no #Fields: line before the first record");
	if (!split(s, line.text, ' '))
		return bad(s, &line, "log", "not as many fields as #Fields: names");
	*r = (struct foreign_record){ s->field, line.text, line.number };
	return FOREIGN_RECORD;
}

static enum foreign_verdict
next_tsv(struct foreign *s, struct foreign_record *r)
{
	bool first = !s->named;
	const char *words;
	enum foreign_verdict v;
	struct line line;

	if (first && s->o->columns != NULL) {
		words = set_names(s, text_of(s->o->columns), ',');
		return words == NULL ? FOREIGN_HEADER : fail(s, 0, words);
	}
	v = next_line(s, &line);
	if (first && v == FOREIGN_END)
		return fail(s, 1, "no header line");
	if (v != FOREIGN_RECORD)
		return v;
	if (first) {
		words = set_names(s, line.text, '\t');
		return words == NULL ? FOREIGN_HEADER : fail(s, line.number, words);
	}
	if (!split(s, line.text, '\t'))
		return bad(s, &line, "columns", "not as many fields as the header");
	*r = (struct foreign_record){ s->field, line.text, line.number };
	return FOREIGN_RECORD;
}

/* A record that brought new keys is held back until they were told. */
static enum foreign_verdict
next_json(struct foreign *s, struct foreign_record *r)
{
	enum foreign_verdict v;
	const char *reason, *words;

	if (!s->held) {
		if ((v = next_line(s, &s->line)) != FOREIGN_RECORD)
			return v;
		if (!json_parse(s->json, s->line.text, &reason, &words))
			return bad(s, &s->line, reason, words);
		s->held = json_nkeys(s->json) != s->nfields;
		s->nfields = json_nkeys(s->json);
		if (s->held)
			return FOREIGN_HEADER;
	}
	s->held = false;
	*r = (struct foreign_record){ json_values(s->json), s->line.text,
		s->line.number };
	return FOREIGN_RECORD;
}

static enum foreign_verdict
csv_trouble(struct foreign *s, enum csv_verdict v)
{
	const struct csv_problem *p = csv_problem(s->csv);

	if (v == CSV_END)
		return FOREIGN_END;
	s->problem = (struct foreign_problem){ p->line, p->reason, p->words, p->record,
		p->system };
	return v == CSV_BAD ? FOREIGN_BAD : FOREIGN_FAIL;
}

static enum foreign_verdict
next_csv(struct foreign *s, struct foreign_record *r)
{
	struct csv_record record;
	enum csv_verdict v;

	if (!s->named) {
		if ((v = csv_header(s->csv)) == CSV_END)
			return fail(s, 1, "no header line");
		if (v != CSV_RECORD)
			return csv_trouble(s, v);
		s->named = true;
		s->nfields = csv_ncolumns(s->csv);
		return FOREIGN_HEADER;
	}
	if ((v = csv_next(s->csv, &record)) != CSV_RECORD)
		return csv_trouble(s, v);
	*r = (struct foreign_record){ record.field, record.raw, record.line };
	return FOREIGN_RECORD;
}

/* --- the whole --- */

static const struct {
	next_fn *next;
	bool utf8; /* checked; web logs hold what browsers sent */
} kinds[] = {
	[FOREIGN_LOG] = { next_log, false },
	[FOREIGN_W3C] = { next_w3c, false },
	[FOREIGN_JSON] = { next_json, false },
	[FOREIGN_TSV] = { next_tsv, true },
	[FOREIGN_CSV] = { next_csv, true },
};

/* The reader under the format. false and errno. */
static bool
open_reader(struct foreign *s, const char *path, const struct foreign_options *o)
{
	struct lines_options lo = { .max_ratio = o->max_ratio };

	if (o->format == FOREIGN_CSV) {
		s->csv_options = (struct csv_options){ o->columns, o->separator, o->latin1,
			o->resync, o->max_ratio, o->skip_lines };
		s->csv = csv_open(path, &s->csv_options);
		return s->csv != NULL;
	}
	if (kinds[o->format].utf8)
		lo.charset = o->latin1 ? LINES_LATIN1 : LINES_UTF8;
	s->lines = lines_open(path, &lo);
	if (s->lines != NULL && o->format == FOREIGN_JSON)
		s->json = json_new();
	return s->lines != NULL;
}

struct foreign *
foreign_open(const char *path, const struct foreign_options *o)
{
	struct foreign *s = mem_new(1, sizeof(*s));

	s->o = o;
	buf_init(&s->bytes, NAMES_MAX, "the header line");
	if (open_reader(s, path, o))
		return s;
	foreign_close(s);
	return NULL;
}

void
foreign_close(struct foreign *s)
{
	int saved = errno;

	if (s == NULL)
		return;
	lines_close(s->lines);
	csv_close(s->csv);
	json_free(s->json);
	buf_clear(&s->bytes);
	mem_free(s->name);
	mem_free(s->field);
	mem_free(s);
	errno = saved;
}

enum foreign_verdict
foreign_next(struct foreign *s, struct foreign_record *r)
{
	return kinds[s->o->format].next(s, r);
}

size_t
foreign_nfields(const struct foreign *s)
{
	return s->nfields;
}

const struct text *
foreign_names(const struct foreign *s)
{
	if (s->csv != NULL)
		return csv_names(s->csv);
	return s->json != NULL ? json_names(s->json) : s->name;
}

const struct foreign_problem *
foreign_problem(const struct foreign *s)
{
	return &s->problem;
}

uint64_t
foreign_blanks(const struct foreign *s)
{
	return s->csv != NULL ? csv_blanks(s->csv) : s->blanks;
}

static const struct lines *
lines_of(const struct foreign *s)
{
	return s->csv != NULL ? csv_lines(s->csv) : s->lines;
}

uint64_t
foreign_bytes_in(const struct foreign *s)
{
	return lines_bytes_in(lines_of(s));
}

const char *
foreign_note(const struct foreign *s)
{
	return lines_note(lines_of(s));
}

uint64_t
foreign_arrays(const struct foreign *s)
{
	return s->json != NULL ? json_arrays(s->json) : 0;
}
