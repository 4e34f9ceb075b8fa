/*
 * lead-parse-utm - where did this visit come from
 *
 * in:   url and referrer, or a declared source, medium and campaign; any others
 * out:  the same columns and channel source medium campaign term content
 *       campaign_id click_id click_id_type evidence page
 * rule: the first that answers of campaign parameters, click id, referrer, none
 */
#include <stdlib.h>

#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/rules/rules.h>
#include <lead/domain/source/atlas.h>
#include <lead/domain/source/touch.h>

enum { RULES_MAX = 16 << 20 };

struct config {
	struct opt_list site, exclude;
	const char *rules, *sources, *campaigns, *no_campaign;
	bool print_rules, keep_case, fragment, amp, trust_internal, flaws;
};

#define AT(member) offsetof(struct config, member)

static const struct opt opts[] = {
	{ 0, "site", "HOSTS", OPT_LIST, AT(site),
	    "own hosts, as a.com,.b.com or @FILE: their referrers are internal", NULL },
	{ 0, "exclude-referrer", "HOSTS", OPT_LIST, AT(exclude),
	    "gateways and log-ins, as bank.com/pay or @FILE: internal too", NULL },
	{ 0, "rules", "FILE", OPT_TEXT, AT(rules),
	    "channel rules in place of GA4's default group", NULL },
	{ 0, "print-rules", NULL, OPT_FLAG, AT(print_rules),
	    "print the built-in channel rules, and end", NULL },
	{ 0, "sources", "FILE", OPT_TEXT, AT(sources),
	    "names of sources: alias, name, category, channel", NULL },
	{ 0, "campaigns", "FILE", OPT_TEXT, AT(campaigns),
	    "names of campaigns by platform and campaign_id", NULL },
	{ 0, "no-campaign", "WORD", OPT_TEXT, AT(no_campaign),
	    "the campaign of a visit that has none (empty)", NULL },
	{ 0, "keep-case", NULL, OPT_FLAG, AT(keep_case),
	    "leave source, medium and campaign in the case they came in", NULL },
	{ 0, "fragment", NULL, OPT_FLAG, AT(fragment),
	    "read parameters behind the # too", NULL },
	{ 0, "amp", NULL, OPT_FLAG, AT(amp), "take &amp; in a query for &", NULL },
	{ 0, "trust-internal-utm", NULL, OPT_FLAG, AT(trust_internal),
	    "a campaign counts even when the referrer is an own host", NULL },
	{ 0, "flaws", NULL, OPT_FLAG, AT(flaws), "write what is wrong with a url", NULL },
	{ 0 },
};

/* Everything that the rows are read with. */
struct tables {
	struct text rules, sources; /* the user's, or NULL */
	struct atlas atlas;
	struct campaigns *campaigns;
	struct hosts *own, *excluded;
	struct touch *touch;
};

/* Where things are in the rows. */
struct columns {
	int url, referrer, event;
	int says[TOUCH_COLUMNS]; /* table columns of the names we write, or -1 */
	int cell[TOUCH_COLUMNS];
	int flaws;               /* the cell, or -1 */
	unsigned wanted;         /* bits of the cells that -f leaves in */
};

static void
print_rules(void *config)
{
	const struct config *cfg = config;

	if (cfg->print_rules)
		exit(filter_print("lead-parse-utm", rules_text("channels")));
}

static struct hosts *
read_hosts(const char *option, const struct opt_list *list)
{
	struct hosts *h = hosts_new();
	struct text all = filter_read_list(list), bad;

	if (!hosts_add_list(h, all, &bad))
		diag_die(DIAG_REQUEST, NULL, "--%s: no host: %s", option,
		    diag_value(bad));
	mem_free((char *)all.s);
	mem_free(list->v);
	return h;
}

static void
open_atlas(struct tables *t, const struct config *cfg)
{
	const char *const file[] = { [ATLAS_BUILT_IN] = "built-in tables",
		[ATLAS_RULES] = cfg->rules, [ATLAS_SOURCES] = cfg->sources };
	struct diag_at at = { .file = cfg->rules };
	enum atlas_table which;
	struct sheet s;

	if (cfg->rules != NULL)
		t->rules = filter_read_file(cfg->rules, RULES_MAX);
	if (cfg->sources != NULL)
		t->sources = filter_read_file(cfg->sources, RULES_MAX);
	if (!atlas_open(&t->atlas, t->rules, t->sources, &which, &s)) {
		at = (struct diag_at){ .file = file[which], .line = s.line };
		diag_die(DIAG_REQUEST, &at, "byte %zu: %s", s.at, s.why);
	}
	at.line = channel_unreachable(t->atlas.rules);
	if (at.line != 0)
		diag_warn(&at, "no visit can reach this rule");
}

static void
open_tables(struct tables *t, const struct config *cfg, const struct columns *c)
{
	struct touch_options o = { .fragment = cfg->fragment, .amp = cfg->amp,
		.trust_internal = cfg->trust_internal, .wanted = c->wanted };

	open_atlas(t, cfg);
	if (cfg->campaigns != NULL) {
		t->campaigns = campaigns_new(t->atlas.sources);
		filter_read(cfg->campaigns, campaigns_columns, CAMPAIGNS_COLUMNS,
		    campaigns_row, t->campaigns);
	}
	t->own = read_hosts("site", &cfg->site);
	t->excluded = read_hosts("exclude-referrer", &cfg->exclude);
	o.parameters = t->atlas.parameters;
	o.referrers = t->atlas.referrers;
	o.own = t->own;
	o.excluded = t->excluded;
	o.origin = (struct origin_options){ t->atlas.rules, t->atlas.sources,
		t->campaigns, text_of(cfg->no_campaign), cfg->keep_case };
	t->touch = touch_new(&o);
}

static void
close_tables(struct tables *t)
{
	touch_free(t->touch);
	hosts_free(t->own);
	hosts_free(t->excluded);
	campaigns_free(t->campaigns);
	atlas_clear(&t->atlas);
	mem_free((char *)t->rules.s);
	mem_free((char *)t->sources.s);
}

static void
find_columns(struct filter *f, struct columns *c, bool flaws)
{
	c->referrer = filter_column(f, "referrer");
	c->event = filter_column(f, "event");
	c->url = filter_column(f, "url");
	filter_pass(f);
	for (enum touch_column i = 0; i < TOUCH_COLUMNS; i++) {
		c->says[i] = filter_column(f, touch_column_name(i));
		c->cell[i] = filter_add(f, touch_column_name(i));
	}
	c->flaws = flaws ? filter_add(f, "flaws") : -1;
	if (c->url < 0 && c->referrer < 0 && c->says[TOUCH_SOURCE] < 0)
		c->url = filter_need(f, "url");
	filter_start(f);
	for (size_t i = 0; i < TOUCH_COLUMNS; i++)
		c->wanted |= (unsigned)filter_wanted(f, c->cell[i]) << i;
}

static const char *const bad[][2] = {
	[TOUCH_LONG] = { "long", "over 64 KiB" },
	[TOUCH_NUL] = { "nul", "a value holds %00" },
	[TOUCH_LIMIT] = { "rule-limit", "too hard for a channel rule" },
};

static void
one_row(struct filter *f, struct touch *touch, const struct columns *c,
    const struct tsv_block *b, size_t r)
{
	struct touch_row row = {
		.url = tsv_field(b, r, c->url),
		.referrer = tsv_field(b, r, c->referrer),
		.escaped = b->escaped,
		.has_event = c->event >= 0,
		.event = tsv_field(b, r, c->event),
	};
	struct text out[TOUCH_COLUMNS];
	enum touch_verdict v;

	if (row.url.len == 0 && row.referrer.len <= 1)
		for (size_t i = 0; i < TOUCH_COLUMNS; i++)
			row.declared[i] = tsv_field(b, r, c->says[i]);
	v = touch_read(touch, &row, out);
	if (v != TOUCH_GOOD) {
		filter_reject(f, b, r, c->url, bad[v][0], bad[v][1]);
		return;
	}
	for (size_t i = 0; i < TOUCH_COLUMNS; i++)
		if ((c->wanted >> i & 1) != 0)
			filter_set(f, c->cell[i], out[i]);
	if (c->flaws >= 0)
		filter_set(f, c->flaws, touch_flaws(touch));
	filter_emit(f, b, r);
}

static void
count_all(struct filter *f, const struct touch *touch)
{
	const char *name;
	uint64_t n;

	for (unsigned i = 0; (name = touch_count(touch, i, &n)) != NULL; i++)
		filter_count(f, name, n);
}

/* Strangers write queries: one with %00 must not end a night, hence 1%. */
static const struct filter_spec spec = {
	.name = "lead-parse-utm",
	.purpose = "where did this visit come from",
	.operands = "[FILE ...]",
	.opts = opts,
	.max_reject = "1%",
	.first = print_rules,
};

int
main(int argc, char *argv[])
{
	struct config cfg = { 0 };
	struct filter *f = filter_begin(&spec, &cfg, argc, argv);
	struct tables t = { 0 };
	struct columns c = { 0 };
	struct tsv_block b;

	find_columns(f, &c, cfg.flaws);
	open_tables(&t, &cfg, &c);
	while (filter_block(f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			one_row(f, t.touch, &c, &b, r);
	count_all(f, t.touch);
	close_tables(&t);
	return filter_end(f);
}
