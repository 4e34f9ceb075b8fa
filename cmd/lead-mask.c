/*
 * lead-mask - hide or forget people in rows
 *
 * in:   any columns
 * out:  the same columns and rows
 * rule: a cell of a key to be hidden becomes 64 hex digits of its normal form;
 *       a row with a key to be forgotten loses all its keys
 */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/domain/identity.h>
#include <lead/domain/mask.h>

enum { CELLS_MAX = 64 };

struct config {
	const char *sha256, *pseudonymise, *key_file, *country, *forget, *wipe;
};

#define AT(field) offsetof(struct config, field)
static const struct opt opts[] = {
	{ 0, "sha256", "COLS", OPT_TEXT, AT(sha256),
	    "turn these keys into SHA-256, as advertising platforms take them", NULL },
	{ 0, "pseudonymise", "COLS", OPT_TEXT, AT(pseudonymise),
	    "turn these keys into HMAC-SHA-256 with the secret", NULL },
	{ 0, "key-file", "FILE", OPT_TEXT, AT(key_file),
	    "the secret of --pseudonymise and --forget", NULL },
	{ 0, "default-country", "CODE", OPT_TEXT, AT(country),
	    "home of phones without country code: ES PT PL UK FR DE IT US", NULL },
	{ 0, "forget", "FILE", OPT_TEXT, AT(forget),
	    "blank the keys of rows that have one of FILE", NULL },
	{ 0, "wipe", "COLS", OPT_TEXT, AT(wipe), "blank COLS of such rows too", NULL },
	{ 0 },
};
#undef AT

static const struct filter_spec spec = {
	.name = "lead-mask",
	.purpose = "hide or forget people in rows",
	.operands = "[FILE ...]",
	.opts = opts,
};

/* A column that is written anew. */
struct cell {
	struct text type;
	int col, out;
	char digits[MASK_LEN];
};

struct cells {
	struct cell v[CELLS_MAX];
	size_t n;
};

struct run {
	struct config config;
	struct filter *f;
	const struct phone_country *home;
	struct digest_key *secret;
	struct mask_rule plain_rule, keyed_rule;
	struct mask_list *forget; /* or NULL */
	struct cells plain, keyed; /* --sha256, --pseudonymise */
	struct cells keys, wipe;   /* of --forget */
	uint64_t malformed, forgotten;
};

/* --- begin --- */

static void
add_cell(struct run *run, struct cells *c, struct text name, bool must)
{
	int col = must ? filter_need_text(run->f, name) : filter_column_text(run->f, name);

	if (col < 0)
		return;
	if (c->n == CELLS_MAX)
		diag_die(DIAG_REQUEST, NULL, "more than %d columns to change", CELLS_MAX);
	c->v[c->n++] = (struct cell){ .type = name, .col = col,
		.out = filter_add_text(run->f, name) };
}

/* Names that a row need not have are passed over. */
static void
add_cells(struct run *run, struct cells *c, const char *names, bool must)
{
	struct text rest = text_of(names), name;

	while (names != NULL && text_next(&rest, ',', &name))
		add_cell(run, c, name, must);
}

static void
open_secret(struct run *run)
{
	struct diag_at at = { run->config.key_file, 0, NULL };
	const char *why;

	if (run->config.key_file == NULL) {
		if (run->config.pseudonymise != NULL)
			diag_die(DIAG_REQUEST, NULL, "--pseudonymise needs --key-file");
		return;
	}
	run->secret = digest_key_open(run->config.key_file, &why);
	if (run->secret == NULL)
		diag_die(DIAG_REQUEST, &at, "no key file: %s", why);
}

static void
open_lists(struct run *run)
{
	const struct config *cfg = &run->config;

	run->home = phone_country(text_of(cfg->country));
	if (cfg->country != NULL && run->home == NULL)
		diag_die(DIAG_REQUEST, NULL,
		    "--default-country: %s is none of ES PT PL UK FR DE IT US",
		    diag_value(text_of(cfg->country)));
	if (cfg->forget == NULL)
		return;
	run->forget = mask_list_new();
	filter_read(cfg->forget, mask_columns, MASK_COLUMNS, mask_list_add, run->forget);
}

static void
begin(struct run *run, int argc, char *argv[])
{
	const struct config *cfg = &run->config;

	run->f = filter_begin(&spec, &run->config, argc, argv);
	open_secret(run);
	open_lists(run);
	filter_pass(run->f);
	add_cells(run, &run->plain, cfg->sha256, true);
	add_cells(run, &run->keyed, cfg->pseudonymise, true);
	if (run->forget != NULL)
		add_cells(run, &run->keys, IDENTITY_KEYS, false);
	add_cells(run, &run->wipe, cfg->wipe, false);
	run->plain_rule = (struct mask_rule){ run->home, NULL };
	run->keyed_rule = (struct mask_rule){ run->home, run->secret };
	filter_start(run->f);
}

/* --- the loop --- */

/* What a rule makes of a row's cell, in digits. */
static enum key_verdict
digits_of(const struct mask_rule *rule, struct cell *cell, const struct tsv_block *b,
    size_t r, struct text *digits)
{
	char plain[KEY_MAX];
	struct text field = tsv_field(b, r, cell->col);

	*digits = TEXT_NONE;
	if (field.len > sizeof(plain))
		return KEY_LONG;
	*digits = b->escaped ? tsv_plain(plain, field) : field;
	return mask_key(rule, cell->type, digits, cell->digits);
}

/* Hide the cells of one kind; false: the row is rejected. No message shows a
 * key, and --reject keeps the row. */
static bool
hide(struct run *run, struct cells *c, const struct mask_rule *rule,
    const struct tsv_block *b, size_t r)
{
	for (size_t i = 0; i < c->n; i++) {
		struct cell *cell = &c->v[i];
		struct text digits;
		enum key_verdict v = digits_of(rule, cell, b, r, &digits);

		if (v == KEY_LONG || v == KEY_CONTROL) {
			struct diag_at at = filter_at(run->f, b, r, cell->col);

			filter_reject_record(run->f, &at, "key",
			    "too long for a key, or a control byte in it", TEXT_NONE,
			    tsv_row(b, r));
			return false;
		}
		run->malformed += v == KEY_NOT;
		filter_set(run->f, cell->out, digits);
	}
	return true;
}

static bool
is_forgotten(struct run *run, const struct tsv_block *b, size_t r)
{
	for (size_t i = 0; i < run->keys.n; i++) {
		struct cell *cell = &run->keys.v[i];
		struct text digits;

		if (digits_of(&run->keyed_rule, cell, b, r, &digits) == KEY_OK &&
		    mask_list_has(run->forget, cell->type, digits))
			return true;
	}
	return false;
}

static void
copy(struct run *run, const struct cells *c, const struct tsv_block *b, size_t r)
{
	for (size_t i = 0; i < c->n; i++)
		filter_set(run->f, c->v[i].out, tsv_field(b, r, c->v[i].col));
}

static void
blank(struct run *run, const struct cells *c)
{
	for (size_t i = 0; i < c->n; i++)
		filter_set(run->f, c->v[i].out, TEXT_NONE);
}

static void
one_row(struct run *run, const struct tsv_block *b, size_t r)
{
	copy(run, &run->keys, b, r);
	copy(run, &run->wipe, b, r);
	if (!hide(run, &run->plain, &run->plain_rule, b, r) ||
	    !hide(run, &run->keyed, &run->keyed_rule, b, r))
		return;
	if (run->forget != NULL && is_forgotten(run, b, r)) {
		blank(run, &run->keys);
		blank(run, &run->wipe);
		run->forgotten++;
	}
	filter_emit(run->f, b, r);
}

int
main(int argc, char *argv[])
{
	struct run run = { 0 };
	struct tsv_block b;

	begin(&run, argc, argv);
	while (filter_block(run.f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			one_row(&run, &b, r);
	filter_count(run.f, "malformed_key", run.malformed);
	if (run.forget != NULL)
		filter_count(run.f, "forgotten", run.forgotten);
	mask_list_free(run.forget);
	digest_key_free(run.secret);
	return filter_end(run.f);
}
