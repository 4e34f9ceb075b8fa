/*
 * lead-import - read web logs and exports of other programs
 *
 * in:   web logs by their format; CSV, TSV or JSON lines, as they are or by a map
 * out:  events, spend or e-mail rows; or the rows under their own names
 * rule: every record becomes rows, or is rejected, or dropped by a named rule
 */
#include <stddef.h>

#include <lead/base/filter_foreign.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/base/nginx.h>
#include <lead/domain/import/format.h>
#include <lead/domain/import/importer.h>
#include <lead/domain/import/suggest.h>

enum { RULES_MAX = 1 << 20, NAME_SHOWN = 63 };

struct config {
	const char *format, *visitor, *events, *drop, *internal, *map, *rates, *separator;
	struct opt_list rename;
	bool resync, email, suggest;
	int charset;
};

#define AT(member) offsetof(struct config, member)

static const char *const charsets[] = { "utf-8", "latin1", NULL };

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
	{ 0, "map", "FILE", OPT_TEXT, AT(map), "an import map: columns -> events", NULL },
	{ 0, "rates", "FILE", OPT_TEXT, AT(rates),
	    "convert amounts: date, from, to, rate", NULL },
	{ 0, "rename", "OLD=NEW", OPT_LIST, AT(rename), "another name for a column out",
	    NULL },
	{ 0, "email", NULL, OPT_FLAG, AT(email), "mark what machines opened and clicked",
	    NULL },
	{ 0, "suggest", NULL, OPT_FLAG, AT(suggest),
	    "print a skeleton of a map for these files", NULL },
	{ 0, "from", "CHARSET", OPT_CHOICE, AT(charset), "of CSV and TSV (utf-8)",
	    charsets },
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
	struct config cfg;
	struct foreign_options file;
	struct importer_options options;
	struct importer *importer;
	bool started;
	struct suggest *suggest; /* of --suggest */
	/* what the options point to */
	struct weblog *log;
	struct actions *actions;
	struct ip_set *internal;
	struct rates *rates;
	struct importer_rename *renames;
	struct text events_text, map_text;
};

/* --- the request --- */

/* A name of the server's own is no fault, but one mistyped is a column lost. */
static void
check_names(const struct weblog *log)
{
	for (size_t i = 0; i < weblog_nparts(log); i++) {
		struct text name = weblog_name(log, i), near = nginx_near(name);

		if (nginx_knows(name))
			continue;
		diag_warn(NULL, "--format: nginx has no variable of this name: %s%s%s",
		    diag_value(name), near.len != 0 ? "; it has " : "",
		    near.len != 0 ? diag_value(near) : "");
	}
}

static void
choose_format(struct import *in)
{
	struct text word = text_of(in->cfg.format);
	const struct format *format = format_find(word);
	const char *why;
	size_t at;

	in->file.format = format->format;
	in->options.writing = format->writing;
	in->options.kind = in->cfg.map != NULL ? IMPORTER_MAP : format->kind;
	in->options.growing = in->file.format == FOREIGN_JSON;
	filter_max_reject(in->f, format->max_reject);
	if (in->file.format != FOREIGN_LOG)
		return;
	in->file.log = in->log = weblog_new(word, &why, &at);
	if (in->log == NULL)
		diag_die(DIAG_REQUEST, NULL, "--format: byte %zu: %s (csv, tsv, json, w3c, "
		    "combined, vcombined, common, main, or a log format)", at + 1, why);
	if (text_find(word, '$') >= 0)
		check_names(in->log);
}

static char
separator(const char *word)
{
	if (word == NULL || text_is(text_of(word), "tab"))
		return word == NULL ? '\0' : '\t';
	if (word[1] != '\0' || word[0] == '"')
		diag_die(DIAG_REQUEST, NULL, "--separator: %s is not one byte",
		    diag_value(text_of(word)));
	return word[0];
}

static void
read_renames(struct import *in)
{
	const struct opt_list *list = &in->cfg.rename;
	struct importer_rename *r = mem_new(list->n, sizeof(*r));

	for (size_t i = 0; i < list->n; i++) {
		struct text rest = text_of(list->v[i]), from;

		if (!text_next(&rest, '=', &from) || rest.len == 0 || from.len == 0)
			diag_die(DIAG_REQUEST, NULL, "--rename: %s is not OLD=NEW",
			    diag_value(text_of(list->v[i])));
		r[i] = (struct importer_rename){ from, rest };
	}
	in->options.rename = in->renames = r;
	in->options.nrenames = list->n;
}

static _Noreturn void
die_of_rules(const char *path, uint64_t line, size_t byte, const char *why)
{
	struct diag_at at = { path, line, NULL };

	if (byte == 0)
		diag_die(DIAG_REQUEST, &at, "%s", why);
	diag_die(DIAG_REQUEST, &at, "byte %zu: %s", byte, why);
}

static void
read_requests(struct import *in)
{
	struct hit_options *hit = &in->options.hit;
	struct text bad = TEXT_NONE;
	const char *why = NULL;
	struct action_error e;

	if (in->cfg.visitor != NULL)
		why = visitor_parse(text_of(in->cfg.visitor), &hit->visitor);
	if (why != NULL)
		diag_die(DIAG_REQUEST, NULL, "--visitor: %s", why);
	if (in->cfg.drop != NULL && !hit_parse_drop(text_of(in->cfg.drop), &hit->drop, &bad))
		diag_die(DIAG_REQUEST, NULL,
		    "--drop: %s is not bots, static, errors or internal", diag_value(bad));
	if ((hit->drop & HIT_INTERNAL) != 0 && in->cfg.internal == NULL)
		diag_die(DIAG_REQUEST, NULL, "--drop internal needs --internal FILE");
	if (in->cfg.events != NULL)
		in->events_text = filter_read_file(in->cfg.events, RULES_MAX);
	hit->actions = in->actions = action_new(in->events_text, &e);
	if (in->actions == NULL)
		die_of_rules(in->cfg.events, e.line, e.at, e.why);
}

static void
read_internal(struct import *in)
{
	struct diag_at at = { in->cfg.internal, 0, NULL };
	struct text all = filter_read_file(at.file, RULES_MAX), bad;

	in->options.hit.internal = in->internal = ip_set_new();
	at.line = ip_set_read(in->internal, all, &bad);
	if (at.line != 0)
		diag_die(DIAG_REQUEST, &at, "not an address or network: %s",
		    diag_value(bad));
	mem_free((char *)(uintptr_t)all.s);
}

static void
read_map(struct import *in)
{
	struct mapping_error e;

	in->map_text = filter_read_file(in->cfg.map, RULES_MAX);
	in->options.mapping = mapping_new(in->map_text, filter_common(in->f)->zone, &e);
	if (in->options.mapping == NULL)
		die_of_rules(in->cfg.map, e.line, e.at, e.why);
}

static void
read_rates(struct import *in)
{
	if (in->cfg.map == NULL)
		diag_die(DIAG_REQUEST, NULL, "--rates needs --map");
	in->options.rates = in->rates = rates_new();
	filter_read(in->cfg.rates, rates_columns, RATES_COLUMNS, rates_add, in->rates);
	if (!rates_ready(in->rates))
		diag_die(DIAG_REQUEST, &(struct diag_at){ .file = in->cfg.rates },
		    "two rates of one currency and day");
}

static void
read_request(struct import *in)
{
	const struct filter_common *c = filter_common(in->f);

	in->file = (struct foreign_options){ .columns = c->columns,
		.separator = separator(in->cfg.separator), .resync = in->cfg.resync,
		.latin1 = in->cfg.charset == 1, .max_ratio = c->max_ratio };
	in->options.email = in->cfg.email;
	if (in->cfg.email && in->cfg.map == NULL)
		diag_die(DIAG_REQUEST, NULL, "--email needs --map");
	choose_format(in);
	read_requests(in);
	read_renames(in);
	if (in->cfg.internal != NULL)
		read_internal(in);
	if (in->cfg.map != NULL)
		read_map(in);
	if (in->cfg.rates != NULL)
		read_rates(in);
	in->importer = importer_new(&in->options);
}

static void
forget_request(struct import *in)
{
	importer_free(in->importer);
	mapping_free(in->options.mapping);
	rates_free(in->rates);
	ip_set_free(in->internal);
	action_free(in->actions);
	weblog_free(in->log);
	mem_free(in->renames);
	mem_free(in->cfg.rename.v);
	mem_free((char *)(uintptr_t)in->events_text.s);
	mem_free((char *)(uintptr_t)in->map_text.s);
}

/* --- rows --- */

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
write_row(struct import *in, const struct importer_row *row)
{
	for (size_t c = 0; c < importer_ncolumns(in->importer); c++)
		filter_set_value(in->f, (int)c, row->cell[c]);
	filter_write(in->f);
}

/* A record counts as dropped when all its rows are outside of the times asked. */
static void
write_rows(struct import *in, size_t n)
{
	struct importer_row row = { .timed = false };
	size_t written = 0;

	for (size_t i = 0; i < n; i++) {
		importer_row(in->importer, i, &row);
		if (row.timed && filter_outside(in->f, row.us) != NULL)
			continue;
		write_row(in, &row);
		written++;
	}
	if (written == 0 && row.timed) {
		filter_in_time(in->f, row.us);
		return;
	}
	filter_use(in->f, 1);
	if (written < n)
		filter_count(in->f, "events_outside", n - written);
}

static void
account(struct import *in, enum importer_verdict v, const struct importer_record *r,
    const struct importer_out *out)
{
	struct diag_at at = { r->file, r->line, NULL };
	char column[NAME_SHOWN + 1] = "";

	switch (v) {
	case IMPORTER_ROWS:
		write_rows(in, out->nrows);
		break;
	case IMPORTER_DROPPED:
		filter_drop(in->f, out->rule, 1);
		break;
	case IMPORTER_BAD:
		memcpy(column, out->column.s, text_head(out->column, NAME_SHOWN).len);
		at.column = column[0] != '\0' ? column : NULL;
		filter_reject_record(in->f, &at, out->reason, out->why, out->value, r->raw);
		break;
	case IMPORTER_KEPT:
		filter_use(in->f, 1);
		break;
	case IMPORTER_HELD:
		break;
	}
}

static const char *
bind(void *context, const struct text *name, size_t n, struct text *bad)
{
	struct import *in = context;

	return importer_bind(in->importer, name, n, bad);
}

static const char *
header(void *context, const struct text *name, size_t n, struct text *bad)
{
	struct import *in = context;
	const char *why = bind(context, name, n, bad);

	if (why == NULL && !in->started)
		start(in);
	return why;
}

static void
record(void *context, const char *file, const struct foreign_record *r)
{
	struct import *in = context;
	struct importer_record record = { r->field, r->raw, file, r->line };
	struct importer_out out;

	account(in, importer_take(in->importer, &record, &out), &record, &out);
}

/* What was held until the last record was read. */
static void
release(struct import *in)
{
	struct importer_record record;
	enum importer_verdict v;
	struct importer_out out;
	struct importer_row row;

	while (importer_release(in->importer, &record, &v, &out)) {
		account(in, v, &record, &out);
		arena_reset(filter_arena(in->f));
	}
	if (importer_is_blind(in->importer))
		diag_warn(NULL, "no message_id: opens and clicks of machines cannot be "
		    "told");
	while (importer_last(in->importer, &row)) {
		if (row.timed && filter_outside(in->f, row.us) != NULL)
			filter_count(in->f, "events_outside", 1);
		else
			write_row(in, &row);
		arena_reset(filter_arena(in->f));
	}
}

static void
import(struct import *in)
{
	struct filter_source s = { &in->file, in, bind, record };

	/* tables that pass as they are have one header: that of all */
	if (in->options.kind == IMPORTER_PLAIN && filter_common(in->f)->nfiles > 1)
		filter_foreign_headers(in->f, &s);
	s.header = header;
	filter_foreign(in->f, &s);
	if (!in->started)
		start(in);
	release(in);
}

/* --- a skeleton of a map --- */

static const char *
suggest_header(void *context, const struct text *name, size_t n, struct text *bad)
{
	struct import *in = context;

	(void)bad;
	if (in->suggest == NULL)
		in->suggest = suggest_new(name, n);
	return NULL;
}

static void
suggest_record(void *context, const char *file, const struct foreign_record *r)
{
	struct import *in = context;

	(void)file;
	suggest_look(in->suggest, r->field);
	filter_use(in->f, 1);
}

static void
suggest(struct import *in)
{
	static const char *const columns[SUGGEST_CELLS] = { "event", "column", "from",
		"as", "when" };
	struct filter_source s = { &in->file, in, suggest_header, suggest_record };
	struct text cell[SUGGEST_CELLS];

	filter_foreign(in->f, &s);
	for (size_t c = 0; c < SUGGEST_CELLS; c++)
		filter_add(in->f, columns[c]);
	filter_start(in->f);
	while (in->suggest != NULL && suggest_next(in->suggest, cell)) {
		for (size_t c = 0; c < SUGGEST_CELLS; c++)
			filter_set_value(in->f, (int)c, cell[c]);
		filter_write(in->f);
	}
	suggest_free(in->suggest);
}

int
main(int argc, char *argv[])
{
	struct import in = { .cfg = { .format = "csv" } };
	int status;

	in.f = filter_begin(&spec, &in.cfg, argc, argv);
	read_request(&in);
	if (in.cfg.suggest)
		suggest(&in);
	else
		import(&in);
	status = filter_end(in.f); /* counts by the names of the map's rules */
	forget_request(&in);
	return status;
}
