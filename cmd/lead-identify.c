/*
 * lead-identify - which keys are the same person
 *
 * in:   events, or edges that this command wrote: key columns, time, account_id
 * out:  identity: a row for each spelling of each key, with its lead; with
 *       --edges the distinct rows of keys, to be united later
 * rule: a weaker key never joins two people who hold different values of a
 *       stronger single-valued key
 */
#include <inttypes.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/census.h>
#include <lead/domain/identity.h>
#include <lead/domain/rules.h>

enum { LIST_MAX = 1 << 20 };

struct config {
	const char *keys, *country, *placeholders, *key_file, *conflicts;
	const char *merge_on, *exclude, *previous, *log;
	int64_t max_keys;
	bool plain_ids, edges, by_domain, hide;
};

static const struct opt opts[] = {
	{ 0, "keys", "COLS", OPT_TEXT, offsetof(struct config, keys),
	    "key columns, strongest first (" IDENTITY_KEYS ")", NULL },
	{ 0, "default-country", "CODE", OPT_TEXT, offsetof(struct config, country),
	    "home of phones without country code: ES PT PL UK FR DE IT US", NULL },
	{ 0, "placeholders", "FILE", OPT_TEXT, offsetof(struct config, placeholders),
	    "patterns of values that are nobody, for the built-in ones", NULL },
	{ 0, "key-file", "FILE", OPT_TEXT, offsetof(struct config, key_file),
	    "secret that lead ids are made with (HMAC-SHA-256)", NULL },
	{ 0, "plain-ids", NULL, OPT_FLAG, offsetof(struct config, plain_ids),
	    "ids without a secret: who guesses a key can check it", NULL },
	{ 0, "conflicts", "FILE", OPT_TEXT, offsetof(struct config, conflicts),
	    "list the keys that several leads share", NULL },
	{ 0, "pseudonymise", NULL, OPT_FLAG, offsetof(struct config, hide),
	    "show their addresses and phones as HMAC, as lead-mask does", NULL },
	{ 0, "merge-on", "COLS", OPT_TEXT, offsetof(struct config, merge_on),
	    "keys of COLS join people whatever else those hold", NULL },
	{ 0, "exclude-edges", "FILE", OPT_TEXT, offsetof(struct config, exclude),
	    "pairs of keys and events that join nobody", NULL },
	{ 0, "max-keys", "N", OPT_COUNT, offsetof(struct config, max_keys),
	    "a lead has at most N keys: its weakest edges are cut; 0: any (1000)", NULL },
	{ 0, "previous", "MAP", OPT_TEXT, offsetof(struct config, previous),
	    "leads keep the ids that they have in MAP", NULL },
	{ 0, "log", "FILE", OPT_TEXT, offsetof(struct config, log),
	    "say which row made which ids one", NULL },
	{ 0, "by-domain", NULL, OPT_FLAG, offsetof(struct config, by_domain),
	    "a lead without account has its mail domain, if a company's", NULL },
	{ 0, "edges", NULL, OPT_FLAG, offsetof(struct config, edges),
	    "print the distinct rows of keys of this part instead", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-identify",
	.purpose = "which keys are the same person",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_SPILL | FILTER_TIME,
};

struct run {
	struct filter *f;
	const struct config *config;
	struct intake in;
	struct apart *apart;
	struct previous *previous;
	struct digest_key *secret;
	unsigned nkeys, merge_on;
	int key[KEYRING_TYPES_MAX], time, account, alias, event; /* columns in */
	int cell[INTAKE_EDGE_CELLS];                             /* of the table out */
};

/* --- what is asked --- */

static const struct phone_country *
parse_country(const char *code)
{
	const struct phone_country *home = phone_country(text_of(code));

	if (code != NULL && home == NULL)
		diag_die(DIAG_REQUEST, NULL,
		    "--default-country: %s is none of ES PT PL UK FR DE IT US",
		    diag_value(text_of(code)));
	return home;
}

static void
begin_intake(struct run *r)
{
	const struct config *c = r->config;
	struct text own = { NULL, 0 }, list = rules_text("placeholders"), bad;
	struct diag_at at = { c->placeholders, 0, NULL };
	struct intake_error e;
	bool good;

	if (c->placeholders != NULL)
		list = own = filter_read_file(c->placeholders, LIST_MAX);
	good = intake_init(&r->in, text_of(c->keys), list, parse_country(c->country), &e);
	filter_read_free(own);
	at.line = e.in_list.line;
	if (!good && at.line != 0)
		diag_die(DIAG_REQUEST, &at, "%zu: %s", e.in_list.at, e.why);
	if (!good)
		diag_die(DIAG_REQUEST, NULL, "--keys: %s: %s", e.why,
		    diag_value(e.name));
	if (c->merge_on != NULL &&
	    !intake_types(&r->in, text_of(c->merge_on), &r->merge_on, &bad))
		diag_die(DIAG_REQUEST, NULL, "--merge-on: no key column: %s",
		    diag_value(bad));
}

static void
find_columns(struct run *r)
{
	bool any = false, events = r->config->edges || r->config->log != NULL;

	r->nkeys = keyring_ntypes(r->in.ring);
	for (unsigned i = 0; i < r->nkeys; i++) {
		r->key[i] = filter_column_text(r->f, keyring_type_name(r->in.ring, i));
		any |= r->key[i] >= 0;
	}
	if (!any)
		diag_die(DIAG_DATA, NULL, "no key column in the header (--keys)");
	r->time = filter_column(r->f, "time");
	r->account = filter_column(r->f, "account_id");
	r->alias = filter_column(r->f, "alias");
	r->event = filter_column(r->f, "event_id");
	intake_begin(&r->in, (r->account >= 0 ? LINKS_ACCOUNTS : 0) |
		(r->alias >= 0 ? LINKS_TWINS : 0) |
		(events && r->event >= 0 ? LINKS_EVENTS : 0) |
		(r->config->edges ? LINKS_EDGES : 0), filter_common(r->f)->zone);
}

static void
add_columns(struct run *r)
{
	static const char *const beside[] = { "account_id", "alias", "time", "event_id" };

	for (size_t i = 0; i < IDENTITY_COLUMNS && !r->config->edges; i++)
		r->cell[i] = filter_add(r->f, identity_columns[i]);
	if (!r->config->edges)
		return;
	for (unsigned i = 0; i < r->nkeys; i++)
		r->cell[i] = filter_add_text(r->f, keyring_type_name(r->in.ring, i));
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		r->cell[r->nkeys + i] = filter_add(r->f, beside[i]);
}

/* The secret, unless ids may do without. */
static void
open_secret(struct run *r)
{
	struct diag_at at = { r->config->key_file, 0, NULL };
	const char *why;

	if (r->config->hide && r->config->key_file == NULL)
		diag_die(DIAG_REQUEST, NULL, "--pseudonymise needs --key-file");
	if (r->config->key_file != NULL) {
		r->secret = digest_key_open(r->config->key_file, &why);
		if (r->secret == NULL)
			diag_die(DIAG_REQUEST, &at, "no key file: %s", why);
		return;
	}
	for (unsigned i = 0; i < r->nkeys && !r->config->plain_ids; i++)
		if (r->key[i] >= 0 && keyring_type(r->in.ring, i)->personal)
			diag_die(DIAG_REQUEST, NULL,
			    "ids of e-mail addresses or phones need --key-file "
			    "(or --plain-ids)");
}

static void
begin(struct run *r, int argc, char *argv[], struct config *config)
{
	mem_big_apart();
	r->f = filter_begin(&spec, config, argc, argv);
	begin_intake(r);
	if (config->exclude != NULL) {
		r->in.apart = r->apart = apart_new(parse_country(config->country));
		filter_read(config->exclude, apart_columns, APART_COLUMNS, apart_add,
		    r->apart);
	}
	find_columns(r);
	if (!config->edges)
		open_secret(r);
	add_columns(r);
	filter_start(r->f);
}

/* --- rows in --- */

/* The time of a row, LINKS_UNDATED when it has none; false: not to be used. */
static bool
read_time(struct run *r, const struct tsv_block *b, size_t row, int64_t *us)
{
	switch (when_parse(tsv_field(b, row, r->time), us)) {
	case WHEN_OK:
		return filter_in_time(r->f, *us);
	case WHEN_EMPTY:
		*us = LINKS_UNDATED;
		return true;
	case WHEN_BAD:
	case WHEN_GAP:
		break;
	}
	filter_reject(r->f, b, row, r->time, "time", "not a time");
	return false;
}

/* No message shows the value of a key. */
static void
reject_key(struct run *r, const struct tsv_block *b, size_t row, unsigned key,
    const char *reason, const char *why)
{
	struct diag_at at = filter_at(r->f, b, row, r->key[key]);

	filter_reject_record(r->f, &at, reason, why, TEXT_NONE, tsv_row(b, row));
}

static void
one_row(struct run *r, const struct tsv_block *b, size_t i)
{
	struct intake_row row = { .account = tsv_field(b, i, r->account),
		.aliases = tsv_field(b, i, r->alias), .event = tsv_field(b, i, r->event) };
	unsigned bad = 0;

	if (!read_time(r, b, i, &row.us))
		return;
	for (unsigned t = 0; t < r->nkeys; t++)
		row.cell[t] = tsv_field(b, i, r->key[t]);
	switch (intake_row(&r->in, &row, &bad)) {
	case INTAKE_USED:
		filter_use(r->f, 1);
		break;
	case INTAKE_NO_KEY:
		filter_drop(r->f, "no_key", 1);
		break;
	case INTAKE_ANONYMOUS:
		filter_drop(r->f, "anonymous", 1);
		break;
	case INTAKE_BAD:
		reject_key(r, b, i, bad, "key",
		    "too long for a key, or a control byte in it");
		break;
	case INTAKE_LIMIT:
		reject_key(r, b, i, bad, "rule-limit",
		    "too hard for a placeholder pattern");
		break;
	}
}

static void
check_memory(const struct run *r)
{
	uint64_t most = filter_common(r->f)->memory;

	if (census_bytes(&r->in, r->config->log != NULL) > most)
		diag_die(DIAG_REQUEST, NULL,
		    "%" PRIu32 " distinct keys need more than %" PRIu64 " bytes: "
		    "raise -S", keyring_count(r->in.ring), most);
}

/* --- tables out --- */

static void
write_edges(struct run *r)
{
	struct text cell[INTAKE_EDGE_CELLS];
	char time[WHEN_TEXT];
	size_t n = intake_edges(&r->in);

	for (size_t i = 0; i < n; i++)
		filter_write_cells(r->f, r->cell, cell,
		    intake_edge(&r->in, i, cell, time));
}

typedef bool next_row(struct census *c, struct text *cell);

static void
write_side(struct run *r, struct census *c, const char *path, const char *header,
    next_row *next, size_t n)
{
	struct text cell[CENSUS_LOG_CELLS];
	struct out *o;

	if (path == NULL)
		return;
	o = filter_side(r->f, path, header);
	while (next(c, cell)) {
		for (size_t i = 0; i < n; i++) {
			if (i > 0)
				out_byte(o, '\t');
			out_put(o, cell[i]);
		}
		out_end_row(o);
	}
}

static void
tell_of_cuts(const struct run *r, const struct census *c)
{
	size_t edges, people = census_cut(c, &edges);

	if (people != 0)
		diag_warn(NULL, "%zu leads of more than %" PRId64 " keys: their %zu weakest "
		    "edges are cut%s", people, r->config->max_keys, edges,
		    r->config->log == NULL ? " (--log lists them)" : "");
}

static void
write_tables(struct run *r)
{
	const struct config *config = r->config;
	struct census *c;
	struct text cell[CENSUS_MAP_CELLS];
	const char *name;
	uint64_t n;

	if (config->previous != NULL) {
		r->previous = previous_new(r->in.ring);
		filter_read(config->previous, identity_columns, IDENTITY_COLUMNS,
		    previous_add, r->previous);
	}
	c = census_new(&(struct census_request){ &r->in, r->previous, r->secret,
	    filter_common(r->f)->zone, r->merge_on, config->max_keys, config->by_domain,
	    config->log != NULL, config->hide });
	tell_of_cuts(r, c);
	write_side(r, c, config->log, census_log_header, census_log_row,
	    CENSUS_LOG_CELLS);
	while (census_map_row(c, cell))
		filter_write_cells(r->f, r->cell, cell, CENSUS_MAP_CELLS);
	write_side(r, c, config->conflicts, census_conflict_header, census_conflict_row,
	    CENSUS_CONFLICT_CELLS);
	for (unsigned i = 0; (name = census_count(c, i, &n)) != NULL; i++)
		filter_count(r->f, name, n);
	census_free(c);
}

static int
end(struct run *r)
{
	filter_count(r->f, "placeholder", r->in.placeholders);
	filter_count(r->f, "malformed_key", r->in.malformed);
	if (r->apart != NULL)
		filter_count(r->f, "excluded", r->in.excluded);
	digest_key_free(r->secret);
	previous_free(r->previous);
	apart_free(r->apart);
	intake_clear(&r->in);
	return filter_end(r->f);
}

int
main(int argc, char *argv[])
{
	struct config config = { .keys = IDENTITY_KEYS, .max_keys = 1000 };
	struct run r = { .config = &config };
	struct tsv_block b;

	begin(&r, argc, argv, &config);
	while (filter_block(r.f, &b)) {
		for (size_t i = 0; i < b.nrows; i++)
			one_row(&r, &b, i);
		check_memory(&r);
	}
	if (config.edges)
		write_edges(&r);
	else
		write_tables(&r);
	return end(&r);
}
