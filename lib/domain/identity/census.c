/* census.c - who is who: from the rows of a run to its tables */
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/identity/census.h>
#include <lead/domain/identity/chain.h>
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
	char time[2][WHEN_TEXT], number[NUM_TEXT], digits[2][MASK_LEN];
};

const char census_log_header[] = "lead_id\trule\tsurviving_id\tmerged_id\tkey_type\t"
				 "with_type\tevent_id\ttime";
const char census_conflict_header[] = "key_type\tkey\tlead_id\theld_type\theld\trows\t"
				      "first_at\tlast_at";

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

struct census *
census_new(const struct census_request *q)
{
	struct census *c = mem_new(1, sizeof(*c));
	const struct intake *in = q->in;
	uint32_t most = q->max_keys == 0 || q->max_keys > UINT32_MAX ? UINT32_MAX :
	    (uint32_t)q->max_keys;

	c->q = *q;
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
	uint64_t leads = roster_nleads(c->roster), visited = roster_nvisited(c->roster);
	const struct { const char *name; uint64_t n; } counts[] = {
		{ "leads", leads },
		{ "leads_with_visitor", visited },
		{ "leads_without_visitor", leads - visited },
		{ "shared_keys", people_nshared(c->people) },
		{ "contested_keys", people_ncontested(c->people) },
		{ "cut_edges", c->ncut },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}

/* --- rows --- */

static struct text
put_time(char *out, int64_t us)
{
	return us == LINKS_UNDATED ? TEXT_NONE : when_put(out, us);
}

bool
census_log_row(struct census *c, struct text *cell)
{
	struct chain_row r;

	if (c->chain == NULL || chain_next(c->chain, &r) == 0)
		return false;
	cell[0] = r.lead_id;
	cell[1] = r.rule;
	cell[2] = r.surviving_id;
	cell[3] = r.merged_id;
	cell[4] = r.key_type;
	cell[5] = r.with_type;
	cell[6] = r.event_id;
	cell[7] = put_time(c->time[0], r.us);
	return true;
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

bool
census_map_row(struct census *c, struct text *cell)
{
	static const char *const rules[] = { [LISTING_OWN] = "", [LISTING_DAY] = "day",
		[LISTING_SHARED] = "shared" };
	struct listing_row r;

	if (listing_next(listing(c), &r) == 0)
		return false;
	cell[0] = r.key_type;
	cell[1] = r.key;
	cell[2] = r.lead_id;
	cell[3] = r.account_id;
	cell[4] = r.rule == LISTING_OWN ? TEXT_NONE : put_time(c->time[0], r.since_us);
	cell[5] = text_of(rules[r.rule]);
	return true;
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

bool
census_conflict_row(struct census *c, struct text *cell)
{
	struct listing_conflict r;

	if (listing_next_conflict(listing(c), &r) == 0)
		return false;
	cell[0] = r.key_type;
	cell[1] = show(c, r.key_type, r.key, c->digits[0]);
	cell[2] = r.lead_id;
	cell[3] = r.held_type;
	cell[4] = show(c, r.held_type, r.held, c->digits[1]);
	cell[5] = num_put_count(c->number, (int64_t)r.rows);
	cell[6] = put_time(c->time[0], r.first_us);
	cell[7] = put_time(c->time[1], r.last_us);
	return true;
}
