/*
 * lead-mask - hide or forget people in rows
 *
 * in:   any columns
 * out:  the same columns and rows
 * rule: a cell of a key to be hidden becomes 64 hex digits of its normal form;
 *       a row with a key to be forgotten loses all its keys and is of the lead
 *       that the list says
 */
#include <lead/base/field.h>
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/redact.h>

struct config {
	struct redact_words words;
	const char *key_file;
};

#define AT(field) offsetof(struct config, words.field)

static const struct opt opts[] = {
	{ 0, "sha256", "COLS", OPT_TEXT, AT(sha256),
	    "turn these keys into SHA-256, as advertising platforms take them", NULL },
	{ 0, "bare-phones", NULL, OPT_FLAG, AT(bare_phones),
	    "--sha256 of phones without their +, as Meta takes them", NULL },
	{ 0, "pseudonymise", "COLS", OPT_TEXT, AT(pseudonymise),
	    "turn these keys into HMAC-SHA-256 with the secret", NULL },
	{ 0, "key-file", "FILE", OPT_TEXT, offsetof(struct config, key_file),
	    "the secret of --pseudonymise and --forget", NULL },
	{ 0, "default-country", "CODE", OPT_TEXT, AT(country),
	    "home of phones without country code: ES PT PL UK FR DE IT US", NULL },
	{ 0, "forget", "FILE", OPT_TEXT, AT(forget),
	    "blank the keys of rows that have one of FILE", NULL },
	{ 0, "wipe", "COLS", OPT_TEXT, AT(wipe), "blank COLS of such rows too", NULL },
	{ 0, "identity", "MAP", OPT_TEXT, AT(identity),
	    "write whose row it is: the map of lead-identify", NULL },
	{ 0, "tz", "ZONE", OPT_TEXT, AT(tz), "zone of civil days in MAP (UTC)", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-mask",
	.purpose = "hide or forget people in rows",
	.operands = "[FILE ...]",
	.opts = opts,
};

struct run {
	struct config config;
	struct filter *f;
	struct digest_key *secret;
	struct redact *redact;
	int *out; /* cells of the table, one a cell of redact */
	struct redact_cell *cell;
	const struct tsv_block *block;
};

/* --- begin --- */

static void
open_secret(struct run *run)
{
	struct diag_at at = { run->config.key_file, 0, NULL };
	const char *why;

	if (run->config.key_file == NULL)
		return;
	run->secret = digest_key_open(run->config.key_file, &why);
	if (run->secret == NULL)
		diag_die(DIAG_REQUEST, &at, "no key file: %s", why);
}

static void
read_request(struct run *run)
{
	const struct redact_words *w = &run->config.words;
	struct redact_problem p;

	open_secret(run);
	run->redact = redact_new(w, run->secret, &p);
	if (run->redact == NULL && p.word.len != 0)
		diag_die(DIAG_REQUEST, NULL, "--%s: %s: %s", p.option, p.why,
		    diag_value(p.word));
	if (run->redact == NULL)
		diag_die(DIAG_REQUEST, NULL, "--%s %s", p.option, p.why);
	if (w->sha256 == NULL && w->pseudonymise == NULL && w->forget == NULL &&
	    w->identity == NULL && !filter_common(run->f)->header_only)
		diag_warn(NULL, "nothing is hidden without --sha256, --pseudonymise or --forget");
	if (w->forget != NULL)
		filter_read(w->forget, forget_columns, FORGET_COLUMNS, forget_add,
		    redact_forget(run->redact));
	if (w->identity != NULL)
		filter_read(w->identity, identity_columns, IDENTITY_COLUMNS,
		    identity_add, redact_people(run->redact));
}

static void
begin(struct run *run, int argc, char *argv[])
{
	struct text missing;
	size_t n;

	run->f = filter_begin(&spec, &run->config, argc, argv);
	read_request(run);
	if (!redact_bind(run->redact, filter_column_of, run->f, &missing))
		filter_need_text(run->f, missing);
	filter_pass(run->f);
	n = redact_ncells(run->redact);
	run->out = mem_new(n, sizeof(*run->out));
	run->cell = mem_new(n, sizeof(*run->cell));
	for (size_t i = 0; i < n; i++)
		run->out[i] = filter_add_text(run->f, redact_name(run->redact, i));
	filter_start(run->f);
}

/* --- the loop --- */

static struct text
field_of(const void *rows, size_t r, int col)
{
	const struct run *run = rows;

	return tsv_field(run->block, r, col);
}

static struct text
value_of(const void *rows, size_t r, int col)
{
	const struct run *run = rows;
	struct text field = tsv_field(run->block, r, col);

	if (!run->block->escaped || text_find(field, '\\') < 0)
		return field;
	return field_plain(arena_alloc(filter_arena(run->f), field.len), field);
}

static void
one_row(struct run *run, size_t r)
{
	const struct tsv_block *b = run->block;
	struct redact_row row = { { value_of, run, r, filter_arena(run->f) }, field_of,
		TEXT_NONE };
	struct diag_at at;
	int bad;

	if (redact_people(run->redact) != NULL)
		row.row = filter_row(run->f, b, r);
	if (!redact_take(run->redact, &row, run->cell, &bad)) {
		at = filter_at(run->f, b, r, bad);
		filter_reject_record(run->f, &at, "key", "too long for a key, or a "
		    "control byte in it", TEXT_NONE, tsv_row(b, r));
		return;
	}
	for (size_t i = 0; i < redact_ncells(run->redact); i++)
		if (run->cell[i].plain)
			filter_set_value(run->f, run->out[i], run->cell[i].text);
		else
			filter_set(run->f, run->out[i], run->cell[i].text);
	filter_emit(run->f, b, r);
}

int
main(int argc, char *argv[])
{
	struct run run = { .config.words.tz = "UTC" };
	struct tsv_block b;
	const char *name;
	uint64_t n;

	begin(&run, argc, argv);
	run.block = &b;
	while (filter_block(run.f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			one_row(&run, r);
	for (unsigned i = 0; (name = redact_count(run.redact, i, &n)) != NULL; i++)
		filter_count(run.f, name, n);
	redact_free(run.redact);
	digest_key_free(run.secret);
	mem_free(run.out);
	mem_free(run.cell);
	return filter_end(run.f);
}
