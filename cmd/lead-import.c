/*
 * lead-import - read web logs and exports of other programs
 *
 * in:   web logs by their format; CSV, TSV or JSON lines, as they are or by a map
 * out:  events, spend or e-mail rows; or the rows under their own names
 * rule: every record becomes rows, or is rejected, or dropped by a named rule
 */
#include <lead/base/filter_foreign.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/import/import_terms.h>

struct config {
	struct import_terms_words words;
	struct opt_list rename;
};

#define AT(member) offsetof(struct config, words.member)
#define FILE_AT(which) AT(file[IMPORT_TERMS_##which])

static const struct opt opts[] = {
	{ 0, "format", "FORMAT", OPT_TEXT, AT(format),
	    "csv, tsv, json, w3c, combined, vcombined, common, or a log format (csv)",
	    NULL },
	{ 0, "visitor", "WHERE", OPT_TEXT, AT(visitor),
	    "visitor_id from ip+ua, cookie:NAME, param:NAME; the first of a list", NULL },
	{ 0, "events", "FILE", OPT_TEXT, FILE_AT(EVENTS),
	    "method, path, status -> event; the rest are page views", NULL },
	{ 0, "drop", "RULES", OPT_TEXT, AT(drop),
	    "leave out bots, static, errors, internal (none)", NULL },
	{ 0, "internal", "FILE", OPT_TEXT, FILE_AT(INTERNAL),
	    "addresses and networks of our own, one a line", NULL },
	{ 0, "map", "FILE", OPT_TEXT, FILE_AT(MAP), "import map: columns -> events", NULL },
	{ 0, "rates", "FILE", OPT_TEXT, AT(rates), "convert: date, from, to, rate", NULL },
	{ 0, "rename", "OLD=NEW", OPT_LIST, offsetof(struct config, rename),
	    "another name for a column out", NULL },
	{ 0, "email", NULL, OPT_FLAG, AT(email), "mark what machines did with mail", NULL },
	{ 0, "suggest", NULL, OPT_FLAG, AT(suggest), "print a map to begin with", NULL },
	{ 0, "from", "CHARSET", OPT_CHOICE, AT(charset), "of CSV and TSV (utf-8)",
	    import_terms_charsets },
	{ 0, "separator", "BYTE", OPT_TEXT, AT(separator),
	    "between the fields of CSV; or tab (told by the header)", NULL },
	{ 0, "skip-lines", "N", OPT_COUNT, AT(skip_lines),
	    "pass over N lines before the header line of CSV (0)", NULL },
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

struct run {
	struct filter *f;
	struct config config;
	struct text file[IMPORT_TERMS_FILES];
	struct import_terms terms;
	struct importer *importer;
	bool started;
};

/* --- what is asked --- */

static _Noreturn void
die_of(const struct import_terms_problem *p)
{
	struct diag_at at = { p->where, p->line, NULL };

	if (p->word.len != 0)
		diag_die(DIAG_REQUEST, &at, "%s: %s", p->why, diag_value(p->word));
	diag_die(DIAG_REQUEST, &at, "%s", p->why);
}

static void
begin(struct run *r)
{
	const struct filter_common *c = filter_common(r->f);
	struct import_terms_words *w = &r->config.words;
	struct import_terms *t = &r->terms;
	struct import_terms_problem p;

	w->rename = r->config.rename.v;
	w->nrenames = r->config.rename.n;
	for (int i = 0; i < IMPORT_TERMS_FILES; i++)
		if (w->file[i] != NULL)
			r->file[i] = filter_read_file(w->file[i], IMPORT_TERMS_FILE_MAX);
	if (!import_terms_read(w, r->file, c->zone, t, &p))
		die_of(&p);
	for (size_t i = 0; import_terms_doubt(t, &i, &p);)
		diag_warn(NULL, "%s: %s: %s", p.where, p.why, diag_value(p.word));
	if (w->rates != NULL)
		filter_read(w->rates, rates_columns, RATES_COLUMNS, rates_add, t->rates);
	if (!import_terms_ready(w, t, &p))
		die_of(&p);
	t->file.columns = c->columns;
	t->file.max_ratio = c->max_ratio;
	filter_max_reject(r->f, t->max_reject);
	r->importer = importer_new(&t->o);
}

/* --- rows --- */

static void
start(struct run *r)
{
	struct text bad;
	const char *why = importer_fix(r->importer, &bad);

	if (why != NULL)
		diag_die(DIAG_REQUEST, NULL, "--rename: %s: %s", why, diag_value(bad));
	for (size_t c = 0; c < importer_ncolumns(r->importer); c++)
		filter_add_text(r->f, importer_column(r->importer, c));
	filter_start(r->f);
	r->started = true;
}

/* Write a row, unless it is outside of the times asked. */
static bool
write_row(struct run *r, const struct importer_row *row)
{
	if (row->timed && filter_outside(r->f, row->us) != NULL)
		return false;
	for (size_t c = 0; c < importer_ncolumns(r->importer); c++)
		filter_set_value(r->f, (int)c, row->cell[c]);
	filter_write(r->f);
	return true;
}

/* A record counts as dropped when all its rows are outside. */
static void
write_rows(struct run *r, size_t n)
{
	struct importer_row row = { .timed = false };
	size_t written = 0;

	for (size_t i = 0; i < n; i++) {
		importer_row(r->importer, i, &row);
		written += write_row(r, &row);
	}
	if (written != 0 && written < n)
		filter_count(r->f, "events_outside", n - written);
	if (written != 0 || filter_in_time(r->f, row.us))
		filter_use(r->f, 1);
}

static void
account(struct run *r, enum importer_verdict v, const struct importer_record *record,
    const struct importer_out *out)
{
	struct diag_at at = { record->file, record->line, out->column };
	struct importer_row row;

	switch (v) {
	case IMPORTER_ROWS:
		write_rows(r, out->nrows);
		break;
	case IMPORTER_DROPPED:
		filter_drop(r->f, out->rule, 1);
		break;
	case IMPORTER_BAD:
		filter_reject_record(r->f, &at, out->reason, out->why, out->value,
		    record->raw);
		break;
	case IMPORTER_KEPT:
		filter_use(r->f, 1);
		break;
	case IMPORTER_HELD:
		break;
	case IMPORTER_LATE:
		importer_row(r->importer, 0, &row);
		if (!write_row(r, &row))
			filter_count(r->f, "events_outside", 1);
		break;
	}
}

static const char *
header(void *run, const struct text *name, size_t n, struct text *bad)
{
	struct run *r = run;

	return importer_bind(r->importer, name, n, bad);
}

static void
one_record(void *run, const char *file, const struct foreign_record *foreign)
{
	struct run *r = run;
	struct importer_record record = { foreign->field, foreign->raw, file,
		foreign->line };
	struct importer_out out;

	if (!r->started)
		start(r);
	account(r, importer_take(r->importer, &record, &out), &record, &out);
}

static void
read_files(struct run *r)
{
	const struct filter_source s = { &r->terms.file, r, header, one_record };

	/* tables that pass as they are have one header: that of all */
	if (r->terms.o.kind == IMPORTER_PLAIN && filter_common(r->f)->nfiles > 1)
		filter_foreign_headers(r->f, &s);
	filter_foreign(r->f, &s);
	if (!r->started)
		start(r);
}

/* What was held until the last record was read. */
static void
release(struct run *r)
{
	struct importer_record record = { .line = 0 };
	enum importer_verdict v;
	struct importer_out out;
	const char *doubt;

	while (importer_release(r->importer, &record, &v, &out)) {
		account(r, v, &record, &out);
		arena_reset(filter_arena(r->f));
	}
	if ((doubt = importer_doubt(r->importer)) != NULL)
		diag_warn(NULL, "%s", doubt);
}

int
main(int argc, char *argv[])
{
	struct run r = { .config.words.format = "csv" };
	int status;

	r.f = filter_begin(&spec, &r.config, argc, argv);
	begin(&r);
	read_files(&r);
	release(&r);
	status = filter_end(r.f); /* counts by the names of the map's rules */
	importer_free(r.importer);
	import_terms_clear(&r.terms);
	for (int i = 0; i < IMPORT_TERMS_FILES; i++)
		filter_read_free(r.file[i]);
	mem_free(r.config.rename.v);
	return status;
}
