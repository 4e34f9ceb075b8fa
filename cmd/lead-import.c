/*
 * lead-import - read web logs and exports of other programs
 *
 * in:   web logs by their format; CSV, TSV or JSON lines, as they are or by a map
 * out:  events, or the rows under their own names
 * rule: every record becomes rows, or is rejected, or dropped by a named rule
 */
#include <stddef.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/foreign.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>
#include <lead/domain/importer.h>

enum { RULES_MAX = 1 << 20, RESET_ROWS = 256 };

struct config {
	const char *format, *visitor, *events, *drop, *internal, *from, *separator;
	struct opt_list rename;
	bool resync;
};

#define AT(member) offsetof(struct config, member)

static const struct opt opts[] = {
	{ 0, "format", "FORMAT", OPT_TEXT, AT(format),
	    "csv, tsv, json, w3c, combined, vcombined, common, or a log format (csv)",
	    NULL },
	{ 0, "visitor", "WHERE", OPT_TEXT, AT(visitor),
	    "visitor_id from ip+ua, cookie:NAME, param:NAME; the first of a list", NULL },
	{ 0, "events", "FILE", OPT_TEXT, AT(events),
	    "method, path, status -> event; the rest are page views", NULL },
	{ 0, "drop", "RULES", OPT_TEXT, AT(drop),
	    "leave out bots, static, errors, internal (none)", NULL },
	{ 0, "internal", "FILE", OPT_TEXT, AT(internal),
	    "addresses and networks of our own, one a line", NULL },
	{ 0, "rename", "OLD=NEW", OPT_LIST, AT(rename), "another name for a column out",
	    NULL },
	{ 0, "from", "CHARSET", OPT_TEXT, AT(from), "utf-8 or latin1 (utf-8)", NULL },
	{ 0, "separator", "BYTE", OPT_TEXT, AT(separator),
	    "between the fields of CSV; or tab (told by the header)", NULL },
	{ 0, "resync", NULL, OPT_FLAG, AT(resync),
	    "a broken quote spoils lines of CSV, not the file", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-import",
	.purpose = "read web logs and exports of other programs",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_FOREIGN | FILTER_TIME,
};

/* All that is made from the options. */
struct import {
	struct filter *f;
	struct foreign_options file;
	struct importer_options options;
	struct text events; /* the file, owned */
	struct importer *importer;
	bool started;
	const char *name;   /* of the file being read */
};

/* --- the request --- */

static const struct {
	const char *word;
	enum foreign_format format;
	enum hit_writing writing;
	const char *max_reject;
} formats[] = {
	{ "csv", FOREIGN_CSV, HIT_PLAIN, "0.1%+1" },
	{ "tsv", FOREIGN_TSV, HIT_PLAIN, "0.1%+1" },
	{ "json", FOREIGN_JSON, HIT_PLAIN, "1%" },
	{ "w3c", FOREIGN_W3C, HIT_W3C, "1%" },
};

static void
choose_format(struct import *in, const char *word)
{
	const char *why;
	size_t at;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (text_is(text_of(word), formats[i].word)) {
			in->file.format = formats[i].format;
			in->options.writing = formats[i].writing;
			filter_max_reject(in->f, formats[i].max_reject);
			return;
		}
	in->file.format = FOREIGN_LOG;
	in->options.writing = HIT_ESCAPED;
	filter_max_reject(in->f, "1%");
	in->file.log = weblog_new(text_of(word), &why, &at);
	if (in->file.log == NULL)
		diag_die(DIAG_REQUEST, NULL, "--format: byte %zu: %s", at + 1, why);
}

static char
choose_separator(const char *word)
{
	if (word == NULL || text_is(text_of(word), "tab"))
		return word == NULL ? '\0' : '\t';
	if (word[1] != '\0' || word[0] == '"')
		diag_die(DIAG_REQUEST, NULL, "--separator: %s is not one byte",
		    diag_value(text_of(word)));
	return word[0];
}

static bool
choose_charset(const char *word)
{
	if (word == NULL || text_is(text_of(word), "utf-8"))
		return false;
	if (!text_is(text_of(word), "latin1"))
		diag_die(DIAG_REQUEST, NULL, "--from: %s is neither utf-8 nor latin1",
		    diag_value(text_of(word)));
	return true;
}

static void
read_renames(struct import *in, const struct opt_list *list)
{
	struct importer_rename *r = mem_new(list->n, sizeof(*r));

	for (size_t i = 0; i < list->n; i++) {
		struct text rest = text_of(list->v[i]), from;

		if (!text_next(&rest, '=', &from) || rest.len == 0 || from.len == 0)
			diag_die(DIAG_REQUEST, NULL, "--rename: %s is not OLD=NEW",
			    diag_value(text_of(list->v[i])));
		r[i] = (struct importer_rename){ from, rest };
	}
	in->options.rename = r;
	in->options.nrenames = list->n;
}

static void
read_events(struct import *in, const char *path)
{
	struct action_error e;

	if (path != NULL)
		in->events = filter_read_file(path, RULES_MAX);
	in->options.hit.actions = action_new(in->events, &e);
	if (in->options.hit.actions == NULL)
		diag_die(DIAG_REQUEST, &(struct diag_at){ path, e.line, NULL },
		    "byte %zu: %s", e.at, e.why);
}

static void
read_internal(struct import *in, const char *path)
{
	struct text all = filter_read_file(path, RULES_MAX), rest = all, line;
	struct ip_set *set = ip_set_new();
	struct diag_at at = { path, 0, NULL };

	while (text_next(&rest, '\n', &line)) {
		at.line++;
		line = text_trim(line);
		if (line.len != 0 && line.s[0] != '#' && !ip_set_add(set, line))
			diag_die(DIAG_REQUEST, &at, "not an address or network: %s",
			    diag_value(line));
	}
	in->options.hit.internal = set;
	mem_free((char *)(uintptr_t)all.s);
}

static void
read_request(struct import *in, const struct config *cfg)
{
	const struct filter_common *c = filter_common(in->f);
	struct hit_options *hit = &in->options.hit;
	struct text bad = TEXT_NONE;
	const char *why = NULL;

	in->file = (struct foreign_options){ .columns = c->columns,
		.separator = choose_separator(cfg->separator), .resync = cfg->resync,
		.latin1 = choose_charset(cfg->from), .max_ratio = c->max_ratio };
	choose_format(in, cfg->format);
	if (cfg->visitor != NULL)
		why = visitor_parse(text_of(cfg->visitor), &hit->visitor);
	if (why != NULL)
		diag_die(DIAG_REQUEST, NULL, "--visitor: %s", why);
	if (cfg->drop != NULL && !hit_parse_drop(text_of(cfg->drop), &hit->drop, &bad))
		diag_die(DIAG_REQUEST, NULL,
		    "--drop: %s is not bots, static, errors or internal", diag_value(bad));
	if ((hit->drop & HIT_INTERNAL) != 0 && cfg->internal == NULL)
		diag_die(DIAG_REQUEST, NULL, "--drop internal needs --internal FILE");
	if (cfg->internal != NULL)
		read_internal(in, cfg->internal);
	read_events(in, cfg->events);
	read_renames(in, &cfg->rename);
	in->options.kind = in->file.format == FOREIGN_CSV || in->file.format == FOREIGN_TSV
	    ? IMPORTER_PLAIN : IMPORTER_LOG;
	in->importer = importer_new(&in->options);
}

/* --- records --- */

static void
start(struct import *in)
{
	struct text bad;
	const char *why = importer_fix(in->importer, &bad);

	if (why != NULL)
		diag_die(DIAG_REQUEST, NULL, "--rename: %s: %s", why, diag_value(bad));
	for (size_t c = 0; c < importer_ncolumns(in->importer); c++)
		filter_add_text(in->f, importer_column(in->importer, c));
	filter_start(in->f);
	in->started = true;
}

static void
header(struct import *in, const struct foreign *file)
{
	struct diag_at at = { .file = in->name };
	struct text bad;
	const char *why = importer_bind(in->importer, foreign_names(file),
	    foreign_nfields(file), &bad);

	if (why != NULL && bad.len != 0)
		diag_die(DIAG_DATA, &at, "%s: %s", why, diag_value(bad));
	if (why != NULL)
		diag_die(DIAG_DATA, &at, "%s", why);
	if (!in->started)
		start(in);
}

static void
write_rows(struct import *in, size_t n)
{
	const size_t columns = importer_ncolumns(in->importer);
	struct importer_row row;

	for (size_t i = 0; i < n; i++) {
		importer_row(in->importer, i, &row);
		if (row.timed && i == 0 && !filter_in_time(in->f, row.us))
			return;
		for (size_t c = 0; c < columns; c++)
			filter_set_value(in->f, (int)c, row.cell[c]);
		filter_write(in->f);
	}
	filter_use(in->f, 1);
}

static void
record(struct import *in, const struct foreign_record *r)
{
	struct diag_at at = { in->name, r->line, NULL };
	struct importer_out out;

	filter_count_in(in->f, 1, 0);
	switch (importer_take(in->importer, r->field, r->raw, &out)) {
	case IMPORTER_ROWS:
		write_rows(in, out.nrows);
		break;
	case IMPORTER_DROPPED:
		filter_drop(in->f, out.rule, 1);
		break;
	case IMPORTER_BAD:
		at.column = out.column;
		filter_reject_record(in->f, &at, out.reason, out.why, out.value, r->raw);
		break;
	}
}

static void
bad_record(struct import *in, const struct foreign_problem *p)
{
	struct diag_at at = { in->name, p->line, NULL };

	filter_count_in(in->f, 1, 0);
	filter_reject_record(in->f, &at, p->reason, p->words, TEXT_NONE, p->record);
}

static _Noreturn void
die_of_file(struct import *in, const struct foreign_problem *p)
{
	struct diag_at at = { in->name, p->line, NULL };

	diag_die(p->system ? DIAG_REQUEST : DIAG_DATA, &at, "%s", p->words);
}

static void
one_file(struct import *in, const char *path)
{
	struct foreign *file = foreign_open(path, &in->file);
	struct foreign_record r;
	enum foreign_verdict v;

	in->name = io_name(path);
	if (file == NULL)
		diag_die_sys(NULL, "%s", in->name);
	for (uint64_t n = 1; (v = foreign_next(file, &r)) != FOREIGN_END; n++) {
		if (v == FOREIGN_HEADER)
			header(in, file);
		else if (v == FOREIGN_RECORD)
			record(in, &r);
		else if (v == FOREIGN_BAD)
			bad_record(in, foreign_problem(file));
		else
			die_of_file(in, foreign_problem(file));
		if (n % RESET_ROWS == 0)
			arena_reset(filter_arena(in->f));
	}
	filter_count_in(in->f, 0, foreign_bytes_in(file));
	if (foreign_blanks(file) != 0)
		filter_count(in->f, "blank_lines", foreign_blanks(file));
	foreign_close(file);
}

int
main(int argc, char *argv[])
{
	struct config cfg = { .format = "csv" };
	struct import in = { .events = { NULL, 0 } };
	const struct filter_common *c;

	in.f = filter_begin(&spec, &cfg, argc, argv);
	c = filter_common(in.f);
	read_request(&in, &cfg);
	for (size_t i = 0; i < c->nfiles; i++)
		one_file(&in, c->files[i]);
	if (c->nfiles == 0)
		one_file(&in, "-");
	importer_free(in.importer);
	return filter_end(in.f);
}
