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
#include <lead/domain/chain.h>
#include <lead/domain/identity.h>
#include <lead/domain/intake.h>
#include <lead/domain/listing.h>
#include <lead/domain/people.h>
#include <lead/domain/rules.h>

enum { LIST_MAX = 1 << 20 };

struct config {
	const char *keys, *country, *placeholders, *key_file, *conflicts;
	const char *merge_on, *exclude, *previous, *log;
	int64_t max_keys;
	bool plain_ids, edges, by_domain;
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

/* Columns of the tables in and out. */
struct columns {
	unsigned nkeys;
	int key[KEYRING_TYPES_MAX], time, account, alias, event;
	int cell[KEYRING_TYPES_MAX + 4];
};

/* --- begin --- */

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
begin_intake(struct intake *in, const struct config *cfg)
{
	struct text own = { NULL, 0 }, list = rules_text("placeholders");
	struct diag_at at = { cfg->placeholders, 0, NULL };
	struct intake_error e;
	bool good;

	if (cfg->placeholders != NULL)
		list = own = filter_read_file(cfg->placeholders, LIST_MAX);
	good = intake_init(in, text_of(cfg->keys), list, parse_country(cfg->country),
	    &e);
	filter_read_free(own);
	at.line = e.in_list.line;
	if (!good && at.line != 0)
		diag_die(DIAG_REQUEST, &at, "%zu: %s", e.in_list.at, e.why);
	if (!good)
		diag_die(DIAG_REQUEST, NULL, "--keys: %s: %s", e.why,
		    diag_value(e.name));
}

static void
find_columns(struct filter *f, struct intake *in, const struct config *cfg,
    struct columns *c)
{
	bool events = cfg->edges || cfg->log != NULL;

	bool any = false;

	c->nkeys = keyring_ntypes(in->ring);
	for (unsigned i = 0; i < c->nkeys; i++) {
		struct text name = keyring_type_name(in->ring, i);

		c->key[i] = filter_column_text(f, name);
		any |= c->key[i] >= 0;
	}
	if (!any)
		diag_die(DIAG_DATA, NULL, "no key column in the header (--keys)");
	c->time = filter_column(f, "time");
	c->account = filter_column(f, "account_id");
	c->alias = filter_column(f, "alias");
	c->event = filter_column(f, "event_id");
	intake_begin(in, (c->account >= 0 ? LINKS_ACCOUNTS : 0) |
		(c->alias >= 0 ? LINKS_TWINS : 0) |
		(events && c->event >= 0 ? LINKS_EVENTS : 0) |
		(cfg->edges ? LINKS_EDGES : 0), filter_common(f)->zone);
}

static void
add_columns(struct filter *f, const struct intake *in, bool edges, struct columns *c)
{
	if (!edges) {
		for (size_t i = 0; i < IDENTITY_COLUMNS; i++)
			c->cell[i] = filter_add(f, identity_columns[i]);
		return;
	}
	for (unsigned i = 0; i < c->nkeys; i++)
		c->cell[i] = filter_add_text(f, keyring_type_name(in->ring, i));
	c->cell[c->nkeys] = filter_add(f, "account_id");
	c->cell[c->nkeys + 1] = filter_add(f, "alias");
	c->cell[c->nkeys + 2] = filter_add(f, "time");
	c->cell[c->nkeys + 3] = filter_add(f, "event_id");
}

/* --merge-on: one bit a key type. */
static unsigned
merge_types(const struct intake *in, const struct config *cfg)
{
	struct text names = text_of(cfg->merge_on), name;
	unsigned bits = 0;

	while (cfg->merge_on != NULL && text_next(&names, ',', &name)) {
		unsigned type = intake_type(in, name);

		if (type == KEYRING_NONE)
			diag_die(DIAG_REQUEST, NULL, "--merge-on: no key column: %s",
			    diag_value(name));
		bits |= 1U << type;
	}
	return bits;
}

/* --exclude-edges, or NULL. */
static struct apart *
read_apart(const struct config *cfg)
{
	struct apart *a;

	if (cfg->exclude == NULL)
		return NULL;
	a = apart_new(parse_country(cfg->country));
	filter_read(cfg->exclude, apart_columns, APART_COLUMNS, apart_add, a);
	return a;
}

/* --previous, or NULL. */
static struct previous *
read_previous(const struct intake *in, const struct config *cfg)
{
	struct previous *p;

	if (cfg->previous == NULL)
		return NULL;
	p = previous_new(in->ring);
	filter_read(cfg->previous, identity_columns, IDENTITY_COLUMNS, previous_add, p);
	return p;
}

/* The secret, or NULL where ids may do without. */
static struct digest_key *
open_secret(const struct intake *in, const struct columns *c, const struct config *cfg)
{
	struct diag_at at = { cfg->key_file, 0, NULL };
	struct digest_key *k = NULL;
	const char *why;

	if (cfg->key_file != NULL) {
		k = digest_key_open(cfg->key_file, &why);
		if (k == NULL)
			diag_die(DIAG_REQUEST, &at, "no key file: %s", why);
		return k;
	}
	for (unsigned i = 0; i < c->nkeys && !cfg->plain_ids; i++)
		if (c->key[i] >= 0 && keyring_type(in->ring, i)->personal)
			diag_die(DIAG_REQUEST, NULL,
			    "ids of e-mail addresses or phones need --key-file "
			    "(or --plain-ids)");
	return k;
}

/* --- the loop --- */

/* The time of a row, LINKS_UNDATED when it has none; false: not to be used. */
static bool
read_time(struct filter *f, int column, const struct tsv_block *b, size_t r,
    int64_t *us)
{
	switch (when_parse(tsv_field(b, r, column), us)) {
	case WHEN_OK:
		return filter_in_time(f, *us);
	case WHEN_EMPTY:
		*us = LINKS_UNDATED;
		return true;
	case WHEN_BAD:
	case WHEN_GAP:
		break;
	}
	filter_reject(f, b, r, column, "time", "not a time");
	return false;
}

/* No message shows the value of a key. */
static void
reject_key(struct filter *f, const struct tsv_block *b, size_t r, int column,
    const char *reason, const char *why)
{
	struct diag_at at = filter_at(f, b, r, column);

	filter_reject_record(f, &at, reason, why, TEXT_NONE, tsv_row(b, r));
}

static void
one_row(struct filter *f, struct intake *in, const struct columns *c,
    const struct tsv_block *b, size_t r)
{
	struct intake_row row = { .account = tsv_field(b, r, c->account),
		.aliases = tsv_field(b, r, c->alias), .event = tsv_field(b, r, c->event) };
	unsigned bad = 0;

	if (!read_time(f, c->time, b, r, &row.us))
		return;
	for (unsigned i = 0; i < c->nkeys; i++)
		row.cell[i] = tsv_field(b, r, c->key[i]);
	switch (intake_row(in, &row, &bad)) {
	case INTAKE_USED:
		filter_use(f, 1);
		break;
	case INTAKE_NO_KEY:
		filter_drop(f, "no_key", 1);
		break;
	case INTAKE_ANONYMOUS:
		filter_drop(f, "anonymous", 1);
		break;
	case INTAKE_BAD:
		reject_key(f, b, r, c->key[bad], "key",
		    "too long for a key, or a control byte in it");
		break;
	case INTAKE_LIMIT:
		reject_key(f, b, r, c->key[bad], "rule-limit",
		    "too hard for a placeholder pattern");
		break;
	}
}

static void
check_memory(const struct filter *f, const struct intake *in)
{
	uint64_t most = filter_common(f)->memory;

	if (intake_bytes(in) > most)
		diag_die(DIAG_REQUEST, NULL,
		    "%" PRIu32 " distinct keys need more than %" PRIu64 " bytes: "
		    "raise -S", keyring_count(in->ring), most);
}

/* --- the tables --- */

static void
write_edges(struct filter *f, const struct intake *in, const struct columns *c)
{
	size_t edges = links_edges(in->links);

	for (size_t i = 0; i < edges; i++) {
		struct links_edge e = links_edge(in->links, i);

		for (unsigned t = 0; t < c->nkeys; t++)
			if (e.spelling[t] != KEYRING_NONE)
				filter_set(f, c->cell[t],
				    keyring_text(in->ring, e.spelling[t]));
		filter_set(f, c->cell[c->nkeys], e.account);
		if (e.twin != KEYRING_NONE)
			filter_set(f, c->cell[c->nkeys + 1],
			    keyring_text(in->ring, e.twin));
		if (e.us != LINKS_UNDATED)
			filter_set_time(f, c->cell[c->nkeys + 2], e.us);
		filter_set(f, c->cell[c->nkeys + 3], e.event);
		filter_write(f);
	}
}

static void
write_map(struct filter *f, struct listing *rows, const struct columns *c)
{
	static const char *const rules[] = { "", "day", "shared" };
	struct listing_row row;

	while (listing_next(rows, &row)) {
		filter_set(f, c->cell[0], row.key_type);
		filter_set(f, c->cell[1], row.key);
		filter_set(f, c->cell[2], row.lead_id);
		filter_set(f, c->cell[3], row.account_id);
		if (row.rule != LISTING_OWN)
			filter_set_time(f, c->cell[4], row.since_us);
		filter_set(f, c->cell[5], text_of(rules[row.rule]));
		filter_write(f);
	}
}

static struct text
put_time(char out[WHEN_TEXT], int64_t us)
{
	return us == LINKS_UNDATED ? TEXT_NONE : when_put(out, us);
}

/* A row of a second table. */
static void
put_row(struct out *o, const struct text *cell, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			out_byte(o, '\t');
		out_put(o, cell[i]);
	}
	out_end_row(o);
}

static void
write_conflicts(struct filter *f, struct listing *rows, const char *path)
{
	struct out *o = filter_side(f, path,
	    "key_type\tkey\tlead_id\theld_type\theld\trows\tfirst_at\tlast_at");
	struct listing_conflict c;

	while (listing_next_conflict(rows, &c)) {
		char n[NUM_TEXT], first[WHEN_TEXT], last[WHEN_TEXT];
		const struct text cell[] = { c.key_type, c.key, c.lead_id, c.held_type,
			c.held, num_put_count(n, (int64_t)c.rows),
			put_time(first, c.first_us), put_time(last, c.last_us) };

		put_row(o, cell, sizeof(cell) / sizeof(cell[0]));
	}
}

static void
write_log(struct filter *f, const struct chain_sources *from, const char *path)
{
	struct out *o = filter_side(f, path, "lead_id\trule\tsurviving_id\tmerged_id\t"
	    "key_type\twith_type\tevent_id\ttime");
	struct chain *chain = chain_new(from);
	struct chain_row r;

	while (chain_next(chain, &r)) {
		char time[WHEN_TEXT];
		const struct text cell[] = { r.lead_id, r.rule, r.surviving_id, r.merged_id,
			r.key_type, r.with_type, r.event_id, put_time(time, r.us) };

		put_row(o, cell, sizeof(cell) / sizeof(cell[0]));
	}
	chain_free(chain);
}

static void
write_tables(struct filter *f, const struct chain_sources *from, const struct columns *c,
    const struct config *cfg)
{
	struct listing *rows = listing_new(from->ring, from->people, from->roster,
	    filter_common(f)->zone);
	uint32_t leads = roster_nleads(from->roster);
	uint32_t visited = roster_nvisited(from->roster);

	write_map(f, rows, c);
	if (cfg->conflicts != NULL)
		write_conflicts(f, rows, cfg->conflicts);
	listing_free(rows);
	if (cfg->log != NULL)
		write_log(f, from, cfg->log);
	filter_count(f, "leads", leads);
	filter_count(f, "leads_with_visitor", visited);
	filter_count(f, "leads_without_visitor", leads - visited);
	filter_count(f, "shared_keys", people_nshared(from->people));
}

static void
tell_of_cuts(struct filter *f, size_t npeople, const struct joins *cut,
    const struct config *cfg)
{
	filter_count(f, "cut_edges", cut->n);
	if (npeople != 0)
		diag_warn(NULL, "%zu leads of more than %" PRId64 " keys: their %zu weakest "
		    "edges are cut%s", npeople, cfg->max_keys, cut->n,
		    cfg->log == NULL ? " (--log lists them)" : "");
}

static void
solve(struct filter *f, struct intake *in, const struct columns *c,
    const struct config *cfg, const struct digest_key *secret)
{
	struct previous *previous = read_previous(in, cfg);
	struct domains *domains = domains_new(rules_text("freemail"));
	struct people *people;
	struct roster *roster;
	struct joins cut;
	uint32_t most;

	keyring_shut(in->ring);
	links_close(in->links);
	people = people_new(in->ring, in->links, merge_types(in, cfg));
	most = cfg->max_keys == 0 || cfg->max_keys > UINT32_MAX ? UINT32_MAX :
	    (uint32_t)cfg->max_keys;
	tell_of_cuts(f, joins_trim(in->ring, in->links, people, most, &cut), &cut, cfg);
	roster = roster_new(in->ring, in->links, people, secret);
	if (cfg->by_domain)
		roster_take_domains(roster, domains);
	if (previous != NULL)
		previous_settle(previous, in->links, roster, secret);
	write_tables(f, &(struct chain_sources){ in->ring, in->links, people, roster,
	    previous, &cut, secret }, c, cfg);
	joins_clear(&cut);
	previous_free(previous);
	roster_free(roster);
	domains_free(domains);
	people_free(people);
}

int
main(int argc, char *argv[])
{
	struct config cfg = { .keys = IDENTITY_KEYS, .max_keys = 1000 };
	struct filter *f = filter_begin(&spec, &cfg, argc, argv);
	struct digest_key *secret = NULL;
	struct apart *apart = read_apart(&cfg);
	struct columns columns;
	struct intake in;
	struct tsv_block b;

	begin_intake(&in, &cfg);
	in.apart = apart;
	merge_types(&in, &cfg);
	find_columns(f, &in, &cfg, &columns);
	if (!cfg.edges)
		secret = open_secret(&in, &columns, &cfg);
	add_columns(f, &in, cfg.edges, &columns);
	filter_start(f);
	while (filter_block(f, &b)) {
		for (size_t r = 0; r < b.nrows; r++)
			one_row(f, &in, &columns, &b, r);
		check_memory(f, &in);
	}
	filter_count(f, "placeholder", in.placeholders);
	filter_count(f, "malformed_key", in.malformed);
	if (cfg.edges)
		write_edges(f, &in, &columns);
	else
		solve(f, &in, &columns, &cfg, secret);
	if (apart != NULL)
		filter_count(f, "excluded", in.excluded);
	digest_key_free(secret);
	apart_free(apart);
	intake_clear(&in);
	return filter_end(f);
}
