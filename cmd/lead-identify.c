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
#include <lead/domain/identity/census.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/rules/rules.h>

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
	struct previous *previous;
	struct digest_key *secret;
	int cell[INTAKE_EDGE_CELLS]; /* of the table out */
};

/* --- what is asked --- */

static void
read_words(struct run *r)
{
	const struct config *c = r->config;
	struct text own = { NULL, 0 };
	struct intake_words w = { c->keys, c->merge_on, c->country,
		rules_text("placeholders") };
	struct diag_at at = { c->placeholders, 0, NULL };
	struct intake_problem p;
	bool good;

	if (c->placeholders != NULL)
		w.placeholders = own = filter_read_file(c->placeholders, LIST_MAX);
	good = intake_init(&r->in, &w, &p);
	filter_read_free(own);
	at.line = p.line;
	if (!good && p.line != 0)
		diag_die(DIAG_REQUEST, &at, "%zu: %s", p.at, p.why);
	if (!good)
		diag_die(DIAG_REQUEST, NULL, "--%s: %s: %s", p.option, p.why,
		    diag_value(p.word));
}

/* The secret, unless ids may do without. */
static void
open_secret(struct run *r)
{
	const struct config *c = r->config;
	struct diag_at at = { c->key_file, 0, NULL };
	const char *why;

	if (c->hide && c->key_file == NULL)
		diag_die(DIAG_REQUEST, NULL, "--pseudonymise needs --key-file");
	if (c->key_file == NULL && !c->plain_ids && intake_is_personal(&r->in))
		diag_die(DIAG_REQUEST, NULL, "ids of e-mail addresses or phones need "
		    "--key-file (or --plain-ids)");
	if (c->key_file == NULL)
		return;
	r->secret = digest_key_open(c->key_file, &why);
	if (r->secret == NULL)
		diag_die(DIAG_REQUEST, &at, "no key file: %s", why);
}

static void
add_columns(struct run *r)
{
	struct text name;

	for (size_t i = 0; i < CENSUS_MAP_CELLS && !r->config->edges; i++)
		r->cell[i] = filter_add(r->f, identity_columns[i]);
	for (size_t i = 0; r->config->edges; i++) {
		name = intake_edge_name(&r->in, i);
		if (name.len == 0)
			break;
		r->cell[i] = filter_add_text(r->f, name);
	}
}

static void
begin(struct run *r, int argc, char *argv[], struct config *config)
{
	mem_big_apart();
	r->f = filter_begin(&spec, config, argc, argv);
	read_words(r);
	if (config->exclude != NULL) {
		r->in.apart = apart_new(r->in.home);
		filter_read(config->exclude, apart_columns, APART_COLUMNS, apart_add,
		    r->in.apart);
	}
	if (!intake_find(&r->in, &(struct intake_table){ filter_column_of, r->f }))
		diag_die(DIAG_DATA, NULL, "no key column in the header (--keys)");
	intake_begin(&r->in, config->edges ? LINKS_EDGES | LINKS_EVENTS :
		config->log != NULL ? LINKS_EVENTS : 0, filter_common(r->f)->zone);
	if (!config->edges)
		open_secret(r);
	add_columns(r);
	filter_start(r->f);
}

/* --- rows in --- */

static void
one_row(struct run *r, const struct tsv_block *b, size_t i)
{
	int64_t us;
	struct intake_answer a = intake_time(&r->in, filter_cell_of, b, i, &us);
	struct diag_at at;

	if (a.reason != NULL) {
		filter_reject(r->f, b, i, a.column, a.reason, a.why);
		return;
	}
	if (us != LINKS_UNDATED && !filter_in_time(r->f, us))
		return;
	a = intake_row(&r->in, filter_cell_of, b, i, us);
	if (a.drop != NULL) {
		filter_drop(r->f, a.drop, 1);
	} else if (a.reason != NULL) { /* no message shows the value of a key */
		at = filter_at(r->f, b, i, a.column);
		filter_reject_record(r->f, &at, a.reason, a.why, TEXT_NONE,
		    tsv_row(b, i));
	} else {
		filter_use(r->f, 1);
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
write_census(struct run *r, struct census *c)
{
	struct text cell[CENSUS_LOG_CELLS];
	const char *name;
	struct out *side;
	uint64_t n;

	if (r->config->log != NULL) {
		side = filter_side(r->f, r->config->log, census_log_header);
		while (census_log_row(c, cell))
			out_row(side, cell, CENSUS_LOG_CELLS);
	}
	while (census_map_row(c, cell))
		filter_write_cells(r->f, r->cell, cell, CENSUS_MAP_CELLS);
	if (r->config->conflicts != NULL) {
		side = filter_side(r->f, r->config->conflicts, census_conflict_header);
		while (census_conflict_row(c, cell))
			out_row(side, cell, CENSUS_CONFLICT_CELLS);
	}
	for (unsigned i = 0; (name = census_count(c, i, &n)) != NULL; i++)
		filter_count(r->f, name, n);
}

static void
write_tables(struct run *r)
{
	const struct config *config = r->config;
	struct census *c;

	if (config->previous != NULL) {
		r->previous = previous_new(r->in.ring);
		filter_read(config->previous, identity_columns, IDENTITY_COLUMNS,
		    previous_add, r->previous);
	}
	c = census_new(&(struct census_request){ .in = &r->in, .previous = r->previous,
	    .secret = r->secret, .max_keys = config->max_keys,
	    .by_domain = config->by_domain, .log = config->log != NULL,
	    .hide = config->hide });
	tell_of_cuts(r, c);
	write_census(r, c);
	census_free(c);
}

static int
end(struct run *r)
{
	filter_count(r->f, "placeholder", r->in.placeholders);
	filter_count(r->f, "malformed_key", r->in.malformed);
	if (r->in.apart != NULL)
		filter_count(r->f, "excluded", r->in.excluded);
	digest_key_free(r->secret);
	previous_free(r->previous);
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
