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
	struct intake_words words;
	struct census_request request;
	const char *placeholders, *key_file, *conflicts, *exclude, *previous, *log;
	bool plain_ids;
};

#define AT(member) offsetof(struct config, member)

static const struct opt opts[] = {
	{ 0, "keys", "COLS", OPT_TEXT, AT(words.keys),
	    "key columns, strongest first (" IDENTITY_KEYS ")", NULL },
	{ 0, "default-country", "CODE", OPT_TEXT, AT(words.country),
	    "home of phones without country code: ES PT PL UK FR DE IT US", NULL },
	{ 0, "placeholders", "FILE", OPT_TEXT, AT(placeholders),
	    "patterns of values that are nobody, for the built-in ones", NULL },
	{ 0, "key-file", "FILE", OPT_TEXT, AT(key_file),
	    "secret that lead ids are made with (HMAC-SHA-256)", NULL },
	{ 0, "plain-ids", NULL, OPT_FLAG, AT(plain_ids),
	    "ids without a secret: who guesses a key can check it", NULL },
	{ 0, "conflicts", "FILE", OPT_TEXT, AT(conflicts),
	    "list the keys that several leads share", NULL },
	{ 0, "pseudonymise", NULL, OPT_FLAG, AT(request.hide),
	    "show their addresses and phones as HMAC, as lead-mask does", NULL },
	{ 0, "merge-on", "COLS", OPT_TEXT, AT(words.merge_on),
	    "keys of COLS join people whatever else those hold", NULL },
	{ 0, "exclude-edges", "FILE", OPT_TEXT, AT(exclude),
	    "pairs of keys and events that join nobody", NULL },
	{ 0, "max-keys", "N", OPT_COUNT, AT(request.max_keys),
	    "a lead has at most N keys: its weakest edges are cut; 0: any (1000)", NULL },
	{ 0, "previous", "MAP", OPT_TEXT, AT(previous),
	    "leads keep the ids that they have in MAP", NULL },
	{ 0, "log", "FILE", OPT_TEXT, AT(log),
	    "say which row made which ids one", NULL },
	{ 0, "by-domain", NULL, OPT_FLAG, AT(request.by_domain),
	    "a lead without account has its mail domain, if a company's", NULL },
	{ 0, "edges", NULL, OPT_FLAG, AT(request.edges),
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
	struct config config;
	struct intake in;
	struct digest_key *secret;
	int cell[CENSUS_CELLS]; /* of the table out */
};

/* --- what is asked --- */

static void
read_words(struct run *r)
{
	const struct config *c = &r->config;
	struct intake_words w = c->words;
	struct intake_problem p;
	bool good;

	w.placeholders = c->placeholders == NULL ? rules_text("placeholders") :
	    filter_read_file(c->placeholders, LIST_MAX);
	good = intake_init(&r->in, &w, &p);
	if (!good && p.line != 0)
		diag_die(DIAG_REQUEST, &(struct diag_at){ c->placeholders, p.line, NULL },
		    "%zu: %s", p.at, p.why);
	if (!good)
		diag_die(DIAG_REQUEST, NULL, "--%s: %s: %s", p.option, p.why,
		    diag_value(p.word));
	if (c->placeholders != NULL)
		filter_read_free(w.placeholders);
	if (c->exclude != NULL)
		filter_read_asking(c->exclude, intake_apart, &r->in);
}

/* The secret, unless ids may do without. */
static void
open_secret(struct run *r)
{
	const struct config *c = &r->config;
	const char *why;

	if (c->request.hide && c->key_file == NULL)
		diag_die(DIAG_REQUEST, NULL, "--pseudonymise needs --key-file");
	if (c->key_file == NULL && !c->plain_ids && intake_is_personal(&r->in))
		diag_die(DIAG_REQUEST, NULL, "ids of e-mail addresses or phones need "
		    "--key-file (or --plain-ids)");
	if (c->key_file != NULL &&
	    (r->secret = digest_key_open(c->key_file, &why)) == NULL)
		diag_die(DIAG_REQUEST, &(struct diag_at){ .file = c->key_file },
		    "no key file: %s", why);
}

static void
begin(struct run *r, int argc, char *argv[])
{
	struct config *c = &r->config;
	struct text name;

	mem_big_apart();
	r->f = filter_begin(&spec, c, argc, argv);
	c->request.in = &r->in;
	c->request.log = c->log != NULL;
	read_words(r);
	if (!intake_find(&r->in, r->f, filter_column_of))
		diag_die(DIAG_DATA, NULL, "no key column in the header (--keys)");
	r->in.zone = filter_common(r->f)->zone;
	r->in.outside = filter_outside_of;
	r->in.of = r->f;
	intake_begin(&r->in, c->request.edges ? LINKS_EDGES | LINKS_EVENTS :
		c->request.log ? LINKS_EVENTS : 0);
	if (!c->request.edges)
		open_secret(r);
	for (size_t i = 0; (name = census_column(&c->request, i)).len != 0; i++)
		r->cell[i] = filter_add_text(r->f, name);
	filter_start(r->f);
}

/* --- rows in --- */

static void
one_row(struct run *r, const struct tsv_block *b, size_t i)
{
	const struct group_refusal *no = intake_take(&r->in, b, i);

	if (no == NULL)
		filter_use(r->f, 1);
	else
		filter_refuse(r->f, b, i, no);
}

static void
check_memory(const struct run *r)
{
	uint64_t most = filter_common(r->f)->memory;

	if (census_bytes(&r->in, r->config.request.log) > most)
		diag_die(DIAG_REQUEST, NULL,
		    "%" PRIu32 " distinct keys need more than %" PRIu64 " bytes: "
		    "raise -S", keyring_count(r->in.ring), most);
}

/* --- tables out --- */

static void
tell_of_cuts(const struct run *r, const struct census *c)
{
	const struct census_request *q = &r->config.request;
	size_t edges, people = census_cut(c, &edges);

	if (people != 0)
		diag_warn(NULL, "%zu leads of more than %" PRId64 " keys: their %zu weakest "
		    "edges are cut%s", people, q->max_keys, edges,
		    q->log ? "" : " (--log lists them)");
}

static void
write_side(struct run *r, struct census *c, enum census_table t, const char *path)
{
	struct text cell[CENSUS_CELLS];
	struct out *side;
	size_t n;

	if (path == NULL || r->config.request.edges)
		return;
	side = filter_side(r->f, path, census_header(t));
	while ((n = census_row(c, t, cell)) != 0)
		out_row(side, cell, n);
}

static void
write_tables(struct run *r)
{
	struct census_request *q = &r->config.request;
	struct text cell[CENSUS_CELLS];
	struct census *c;
	const char *name;
	uint64_t count;
	size_t n;

	q->secret = r->secret;
	if (r->config.previous != NULL && !q->edges)
		filter_read_asking(r->config.previous, census_previous, q);
	c = census_new(q);
	tell_of_cuts(r, c);
	write_side(r, c, CENSUS_LOG, r->config.log);
	while ((n = census_row(c, CENSUS_OUT, cell)) != 0)
		filter_write_cells(r->f, r->cell, cell, n);
	write_side(r, c, CENSUS_CONFLICTS, r->config.conflicts);
	for (unsigned i = 0; (name = census_count(c, i, &count)) != NULL; i++)
		filter_count(r->f, name, count);
	census_free(c);
}

static int
end(struct run *r)
{
	digest_key_free(r->secret);
	intake_clear(&r->in);
	return filter_end(r->f);
}

int
main(int argc, char *argv[])
{
	struct run r = { .config = { .words.keys = IDENTITY_KEYS,
	    .request.max_keys = 1000 } };
	struct tsv_block b;

	begin(&r, argc, argv);
	while (filter_block(r.f, &b)) {
		for (size_t i = 0; i < b.nrows; i++)
			one_row(&r, &b, i);
		check_memory(&r);
	}
	write_tables(&r);
	return end(&r);
}
