/* census.c - who is who: from the rows of a run to its tables */
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/identity/census.h>
#include <lead/domain/identity/chain.h>
#include <lead/domain/identity/identity.h>
#include <lead/domain/identity/listing.h>
#include <lead/domain/identity/mask.h>
#include <lead/domain/rules/rules.h>

struct census {
	struct census_request q;
	struct domains *domains; /* NULL unless by_domain */
	struct people *people;
	struct roster *roster;
	struct joins cut;
	size_t ncut, ncut_people;
	struct chain *chain;     /* NULL once read, or not asked for */
	struct listing *listing; /* NULL before the map's first row */
	size_t edge, nedges;     /* the next one, of all */
	char time[2][WHEN_TEXT], number[NUM_TEXT], digits[2][MASK_LEN];
};

static void
name_leads(struct census *c)
{
	const struct intake *in = c->q.in;

	c->roster = roster_new(in->ring, in->links, c->people, c->q.secret);
	if (c->q.by_domain) {
		c->domains = domains_new(rules_text("freemail"));
		roster_take_domains(c->roster, c->domains);
	}
	if (c->q.previous != NULL)
		previous_settle(c->q.previous, in->links, c->roster, c->q.secret);
}

struct tsv_taker
census_previous(void *request, struct text header)
{
	struct census_request *q = request;

	(void)header;
	q->previous = previous_new(q->in->ring);
	return (struct tsv_taker){ identity_columns, IDENTITY_COLUMNS, previous_add,
		q->previous };
}

struct census *
census_new(const struct census_request *q)
{
	struct census *c = mem_new(1, sizeof(*c));
	const struct intake *in = q->in;
	uint32_t most = q->max_keys == 0 || q->max_keys > UINT32_MAX ? UINT32_MAX :
	    (uint32_t)q->max_keys;

	c->q = *q;
	if (q->edges) {
		c->nedges = intake_edges(q->in);
		return c;
	}
	keyring_shut(in->ring);
	links_close(in->links);
	c->people = people_new(in->ring, in->links, in->merge_on);
	c->ncut_people = joins_trim(in->ring, in->links, c->people, most,
	    q->log ? &c->cut : NULL, &c->ncut);
	if (!q->log && !links_has_accounts(in->links))
		links_forget_rows(in->links); /* before leads take memory */
	name_leads(c);
	if (q->log)
		c->chain = chain_new(&(struct chain_sources){ in->ring, in->links,
		    c->people, c->roster, q->previous, &c->cut, q->secret });
	links_forget_rows(in->links);
	links_forget_times(in->links);
	return c;
}

void
census_free(struct census *c)
{
	if (c == NULL)
		return;
	chain_free(c->chain);
	listing_free(c->listing);
	joins_clear(&c->cut);
	roster_free(c->roster);
	people_free(c->people);
	domains_free(c->domains);
	previous_free(c->q.previous);
	mem_free(c);
}

/* To solve takes 21 bytes a key, when what it is found by is no longer there; the
 * log a row of the table a key, the joins and what they are made of. */
size_t
census_bytes(const struct intake *in, bool log)
{
	enum { SOLVED = 21, LOGGED = 240 };
	size_t keys = keyring_count(in->ring), solved = keys * SOLVED;
	size_t found = keyring_probe_bytes(in->ring);

	if (log)
		solved += keys * LOGGED;
	return keyring_bytes(in->ring) - found + links_bytes(in->links) +
	    (found > solved ? found : solved);
}

size_t
census_cut(const struct census *c, size_t *edges)
{
	*edges = c->ncut;
	return c->ncut_people;
}

const char *
census_count(const struct census *c, unsigned i, uint64_t *n)
{
	enum { OF_ROWS = 3 }; /* the first ones; the rest is of leads */
	const struct intake *in = c->q.in;
	bool solved = c->people != NULL;
	uint64_t leads = solved ? roster_nleads(c->roster) : 0;
	uint64_t visited = solved ? roster_nvisited(c->roster) : 0;
	const struct { const char *name; uint64_t n; } counts[] = {
		{ "placeholder", in->placeholders },
		{ "malformed_key", in->malformed },
		{ "excluded", in->excluded },
		{ "leads", leads },
		{ "leads_with_visitor", visited },
		{ "leads_without_visitor", leads - visited },
		{ "shared_keys", solved ? people_nshared(c->people) : 0 },
		{ "contested_keys", solved ? people_ncontested(c->people) : 0 },
		{ "cut_edges", c->ncut },
	};

	if (i >= (solved ? sizeof(counts) / sizeof(counts[0]) : (size_t)OF_ROWS))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}

/* --- tables --- */

struct text
census_column(const struct census_request *q, size_t i)
{
	return q->edges ? intake_edge_name(q->in, i) :
	    i < IDENTITY_COLUMNS ? text_of(identity_columns[i]) : TEXT_NONE;
}

const char *
census_header(enum census_table t)
{
	return t == CENSUS_LOG ? "lead_id\trule\tsurviving_id\tmerged_id\tkey_type\t"
				 "with_type\tevent_id\ttime" :
				 "key_type\tkey\tlead_id\theld_type\theld\trows\t"
				 "first_at\tlast_at";
}

static struct text
put_time(char *out, int64_t us)
{
	return us == LINKS_UNDATED ? TEXT_NONE : when_put(out, us);
}

static size_t
edge_row(struct census *c, struct text *cell)
{
	return c->edge < c->nedges ?
	    intake_edge(c->q.in, c->edge++, cell, c->time[0]) : 0;
}

static size_t
log_row(struct census *c, struct text *cell)
{
	struct chain_row r;

	if (c->chain == NULL || chain_next(c->chain, &r) == 0)
		return 0;
	cell[0] = r.lead_id;
	cell[1] = r.rule;
	cell[2] = r.surviving_id;
	cell[3] = r.merged_id;
	cell[4] = r.key_type;
	cell[5] = r.with_type;
	cell[6] = r.event_id;
	cell[7] = put_time(c->time[0], r.us);
	return 8;
}

/* The log is read by now, and its memory the listing's. */
static struct listing *
listing(struct census *c)
{
	if (c->listing == NULL) {
		chain_free(c->chain);
		c->chain = NULL;
		c->listing = listing_new(c->q.in->ring, c->people, c->roster, c->q.in->zone);
	}
	return c->listing;
}

static size_t
map_row(struct census *c, struct text *cell)
{
	static const char *const rules[] = { [LISTING_OWN] = "", [LISTING_DAY] = "day",
		[LISTING_SHARED] = "shared" };
	struct listing_row r;

	if (listing_next(listing(c), &r) == 0)
		return 0;
	cell[0] = r.key_type;
	cell[1] = r.key;
	cell[2] = r.lead_id;
	cell[3] = r.account_id;
	cell[4] = r.rule == LISTING_OWN ? TEXT_NONE : put_time(c->time[0], r.since_us);
	cell[5] = text_of(rules[r.rule]);
	return IDENTITY_COLUMNS;
}

/* A key as it may be shown. */
static struct text
show(const struct census *c, struct text type, struct text key, char *digits)
{
	const struct mask_rule rule = { NULL, c->q.secret, false };

	if (c->q.hide && key_type(type)->personal)
		mask_key(&rule, type, &key, digits);
	return key;
}

static size_t
conflict_row(struct census *c, struct text *cell)
{
	struct listing_conflict r;

	if (listing_next_conflict(listing(c), &r) == 0)
		return 0;
	cell[0] = r.key_type;
	cell[1] = show(c, r.key_type, r.key, c->digits[0]);
	cell[2] = r.lead_id;
	cell[3] = r.held_type;
	cell[4] = show(c, r.held_type, r.held, c->digits[1]);
	cell[5] = num_put_count(c->number, (int64_t)r.rows);
	cell[6] = put_time(c->time[0], r.first_us);
	cell[7] = put_time(c->time[1], r.last_us);
	return 8;
}

size_t
census_row(struct census *c, enum census_table t, struct text cell[CENSUS_CELLS])
{
	switch (t) {
	case CENSUS_LOG:
		return log_row(c, cell);
	case CENSUS_OUT:
		return c->q.edges ? edge_row(c, cell) : map_row(c, cell);
	case CENSUS_CONFLICTS:
		return conflict_row(c, cell);
	}
	return 0;
}
