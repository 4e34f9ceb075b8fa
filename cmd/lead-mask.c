/*
 * lead-mask - hide or forget people in rows
 *
 * in:   any columns
 * out:  the same columns and rows
 * rule: a cell of a key to be hidden becomes 64 hex digits of its normal form;
 *       a row with a key to be forgotten loses all its keys and is of the lead
 *       that the list says
 */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/domain/identity/forget.h>
#include <lead/domain/identity/rowkey.h>

enum { CELLS_MAX = 64 };

struct config {
	const char *sha256, *pseudonymise, *key_file, *country, *forget, *wipe;
	const char *identity, *tz;
	bool bare_phones;
};

#define AT(field) offsetof(struct config, field)
static const struct opt opts[] = {
	{ 0, "sha256", "COLS", OPT_TEXT, AT(sha256),
	    "turn these keys into SHA-256, as advertising platforms take them", NULL },
	{ 0, "bare-phones", NULL, OPT_FLAG, AT(bare_phones),
	    "--sha256 of phones without their +, as Meta takes them", NULL },
	{ 0, "pseudonymise", "COLS", OPT_TEXT, AT(pseudonymise),
	    "turn these keys into HMAC-SHA-256 with the secret", NULL },
	{ 0, "key-file", "FILE", OPT_TEXT, AT(key_file),
	    "the secret of --pseudonymise and --forget", NULL },
	{ 0, "default-country", "CODE", OPT_TEXT, AT(country),
	    "home of phones without country code: ES PT PL UK FR DE IT US", NULL },
	{ 0, "forget", "FILE", OPT_TEXT, AT(forget),
	    "blank the keys of rows that have one of FILE", NULL },
	{ 0, "wipe", "COLS", OPT_TEXT, AT(wipe), "blank COLS of such rows too", NULL },
	{ 0, "identity", "MAP", OPT_TEXT, AT(identity),
	    "write whose row it is: the map of lead-identify", NULL },
	{ 0, "tz", "ZONE", OPT_TEXT, AT(tz), "zone of the civil days in MAP (UTC)", NULL },
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
	struct forget *forget;     /* or NULL */
	struct cells plain, keyed; /* --sha256, --pseudonymise */
	struct cells keys, wipe;   /* of --forget */
	struct zone *zone;
	struct identity *people;   /* --identity, or NULL */
	struct rowkey whose;
	int lead, link;            /* cells out, or -1 */
	int lead_col, link_col;
	uint64_t malformed, forgotten, unlinked;
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
set_rules(struct run *run)
{
	const struct config *cfg = &run->config;

	if (cfg->identity != NULL && cfg->forget != NULL)
		diag_die(DIAG_REQUEST, NULL, "--identity and --forget are two runs");
	run->home = phone_country(text_of(cfg->country));
	if (cfg->country != NULL && run->home == NULL)
		diag_die(DIAG_REQUEST, NULL,
		    "--default-country: %s is none of ES PT PL UK FR DE IT US",
		    diag_value(text_of(cfg->country)));
	run->plain_rule = (struct mask_rule){ run->home, NULL, cfg->bare_phones };
	run->keyed_rule = (struct mask_rule){ run->home, run->secret, false };
}

static void
read_lists(struct run *run)
{
	const struct config *cfg = &run->config;

	if (cfg->forget != NULL) {
		run->forget = forget_new(&run->keyed_rule);
		filter_read(cfg->forget, forget_columns, FORGET_COLUMNS, forget_add,
		    run->forget);
	}
	if (cfg->identity == NULL)
		return;
	run->zone = zone_open(cfg->tz);
	if (run->zone == NULL)
		diag_die(DIAG_REQUEST, NULL, "--tz: no such time zone: %s",
		    diag_value(text_of(cfg->tz)));
	run->people = identity_new(run->zone);
	filter_read(cfg->identity, identity_columns, IDENTITY_COLUMNS, identity_add,
	    run->people);
	identity_ready(run->people);
}

/* The columns of people: lead_id is written when there is something to write. */
static void
find_people(struct run *run)
{
	static const struct text lead_id = { "lead_id", 7 };

	run->lead_col = filter_column_text(run->f, lead_id);
	run->link_col = filter_column(run->f, "link");
	run->lead = run->link = -1;
	if (run->forget != NULL) {
		add_cells(run, &run->keys, IDENTITY_KEYS ",alias", false);
		forget_bind(run->forget, filter_column_of, run->f);
		if (run->link_col >= 0)
			run->link = filter_add(run->f, "link");
	}
	if (run->people != NULL)
		rowkey_init(&run->whose, filter_column_of, run->f, &lead_id, 1,
		    run->people);
	if (run->people != NULL ||
	    (run->forget != NULL && (run->lead_col >= 0 || forget_has_leads(run->forget))))
		run->lead = filter_add_text(run->f, lead_id);
}

static void
begin(struct run *run, int argc, char *argv[])
{
	const struct config *cfg = &run->config;

	run->f = filter_begin(&spec, &run->config, argc, argv);
	open_secret(run);
	set_rules(run);
	read_lists(run);
	filter_pass(run->f);
	add_cells(run, &run->plain, cfg->sha256, true);
	add_cells(run, &run->keyed, cfg->pseudonymise, true);
	add_cells(run, &run->wipe, cfg->wipe, false);
	find_people(run);
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

/* Whose row it is by the map, or what it says itself. */
static struct text
lead_of(struct run *run, const struct tsv_block *b, size_t r)
{
	struct text own = tsv_field(b, r, run->lead_col), row, key;

	if (run->people == NULL || own.len != 0)
		return own;
	row = filter_row(run->f, b, r);
	key = rowkey_text(&run->whose, row);
	return key.s == row.s ? TEXT_NONE : key; /* a row of nobody is its own key */
}

/* A block whose values somebody asks for. */
struct values {
	const struct tsv_block *b;
	struct arena *arena;
};

static struct text
value_of(const void *values, size_t r, int col)
{
	const struct values *v = values;
	struct text field = tsv_field(v->b, r, col);

	if (!v->b->escaped || text_find(field, '\\') < 0)
		return field;
	return tsv_plain(arena_alloc(v->arena, field.len), field);
}

/* Blank what the list says of the row; lead_id and link are set before. */
static void
forget(struct run *run, const struct tsv_block *b, size_t r)
{
	const struct values values = { b, filter_arena(run->f) };
	const struct forget_row row = { value_of, &values, r, values.arena };
	struct text lead_id, link;

	switch (forget_row(run->forget, &row, &lead_id, &link)) {
	case FORGET_NOBODY:
		return;
	case FORGET_ROW:
		blank(run, &run->keys);
		blank(run, &run->wipe);
		run->forgotten++;
		break;
	case FORGET_LINK:
		run->unlinked++;
		if (lead_id.len == 0)
			lead_id = tsv_field(b, r, run->lead_col);
		break;
	}
	if (run->link >= 0)
		filter_set_value(run->f, run->link, link);
	if (run->lead >= 0)
		filter_set(run->f, run->lead, lead_id);
}

static void
one_row(struct run *run, const struct tsv_block *b, size_t r)
{
	copy(run, &run->keys, b, r);
	copy(run, &run->wipe, b, r);
	if (!hide(run, &run->plain, &run->plain_rule, b, r) ||
	    !hide(run, &run->keyed, &run->keyed_rule, b, r))
		return;
	if (run->lead >= 0)
		filter_set(run->f, run->lead, lead_of(run, b, r));
	if (run->link >= 0)
		filter_set(run->f, run->link, tsv_field(b, r, run->link_col));
	if (run->forget != NULL)
		forget(run, b, r);
	filter_emit(run->f, b, r);
}

static int
end(struct run *run)
{
	filter_count(run->f, "malformed_key", run->malformed);
	if (run->forget != NULL) {
		filter_count(run->f, "forgotten", run->forgotten);
		filter_count(run->f, "unlinked", run->unlinked);
	}
	if (run->people != NULL)
		rowkey_clear(&run->whose);
	identity_free(run->people);
	zone_free(run->zone);
	forget_free(run->forget);
	digest_key_free(run->secret);
	return filter_end(run->f);
}

int
main(int argc, char *argv[])
{
	struct run run = { .config.tz = "UTC" };
	struct tsv_block b;

	begin(&run, argc, argv);
	while (filter_block(run.f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			one_row(&run, &b, r);
	return end(&run);
}
