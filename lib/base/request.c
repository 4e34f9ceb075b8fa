/* request.c - what the command line asks of the frame */
#include <limits.h>

#include <lead/base/mem.h>
#include <lead/base/request.h>

enum { THREADS_MAX = 64, MAX_RATIO = 200, MEMORY_PERCENT = 25 };

/* Where the option tables put their values. */
struct words {
	const char *out, *columns_kept, *columns, *reject, *max_reject, *stats;
	bool no_header, progress, quiet, lax_eof, header_only;
	const char *key, *tempdir, *as_of, *since, *until, *tz;
	uint64_t memory;
	int64_t threads, max_ratio;
	bool sorted, partial, merge;
	int period;
};

#define AT(member) offsetof(struct words, member)

static const struct opt every[] = {
	{ 'o', "output", "FILE", OPT_TEXT, AT(out),
	    "write FILE, whole or not at all; *.gz is gzipped (stdout)", NULL },
	{ 'f', "fields", "COLS", OPT_TEXT, AT(columns_kept),
	    "keep only these columns; '!a,b' drops them (all)", NULL },
	{ 'N', "no-header", NULL, OPT_FLAG, AT(no_header),
	    "no header lines in or out; needs --columns", NULL },
	{ 0, "columns", "COLS", OPT_TEXT, AT(columns), "names of the columns in, with -N",
	    NULL },
	{ 0, "header-only", NULL, OPT_FLAG, AT(header_only),
	    "print the header that would be written, and end", NULL },
	{ 0, "lax-eof", NULL, OPT_FLAG, AT(lax_eof),
	    "accept a last line without line feed", NULL },
	{ 0, "max-ratio", "N", OPT_COUNT, AT(max_ratio),
	    "refuse gzip that grows more than N times; 0 never (200)", NULL },
	{ 0, "reject", "FILE", OPT_TEXT, AT(reject), "keep bad rows in FILE, with the reason",
	    NULL },
	{ 0, "max-reject", "N|P%", OPT_TEXT, AT(max_reject),
	    "bad rows allowed before the input is refused", NULL },
	{ 0, "stats", "FILE", OPT_TEXT, AT(stats), "account for all rows in FILE, as JSON",
	    NULL },
	{ 0, "progress", NULL, OPT_FLAG, AT(progress), "say every million rows", NULL },
	{ 'q', "quiet", NULL, OPT_FLAG, AT(quiet), "no warnings", NULL },
	{ 0 },
};

static const struct opt with_key[] = {
	{ 'k', "key", "COLS", OPT_TEXT, AT(key), "the columns of the key", NULL },
	{ 0 },
};

static const struct opt with_spill[] = {
	{ 'S', "memory", "SIZE", OPT_SIZE, AT(memory),
	    "memory before rows go to a temporary file (25%)", NULL },
	{ 'T', "tempdir", "DIR", OPT_TEXT, AT(tempdir), "where that file is (TMPDIR, /tmp)",
	    NULL },
	{ 'j', "threads", "N", OPT_COUNT, AT(threads), "threads for sorting (1)", NULL },
	{ 0 },
};

static const struct opt with_sorted[] = {
	{ 0, "sorted", NULL, OPT_FLAG, AT(sorted),
	    "the input is sorted by the key, then time: constant memory", NULL },
	{ 0 },
};

static const struct opt with_time[] = {
	{ 0, "as-of", "TIME", OPT_TEXT, AT(as_of),
	    "later rows do not exist yet; a day means its end", NULL },
	{ 0, "since", "TIME", OPT_TEXT, AT(since), "leave out earlier rows", NULL },
	{ 0, "until", "TIME", OPT_TEXT, AT(until), "leave out rows at TIME and later", NULL },
	{ 0, "tz", "ZONE", OPT_TEXT, AT(tz), "zone of civil days (UTC)", NULL },
	{ 0 },
};

static const char *const periods[] = { "day", "week", "month", "quarter", "year", "all",
	NULL };

static const struct opt with_period[] = {
	{ 0, "period", "NAME", OPT_CHOICE, AT(period),
	    "day, week, month, quarter, year or all", periods },
	{ 0 },
};

static const struct opt with_parts[] = {
	{ 0, "partial", NULL, OPT_FLAG, AT(partial), "write sums of a part, for --merge",
	    NULL },
	{ 0, "merge", NULL, OPT_FLAG, AT(merge), "read what --partial wrote", NULL },
	{ 0 },
};

#undef AT

static const struct {
	unsigned use;
	const struct opt *opts;
} use_tables[] = {
	{ FILTER_KEY, with_key },
	{ FILTER_SPILL, with_spill },
	{ FILTER_SORTED, with_sorted },
	{ FILTER_TIME | FILTER_AS_OF, with_time },
	{ FILTER_PERIOD, with_period },
	{ FILTER_PARTS, with_parts },
};

enum { USE_TABLES = sizeof(use_tables) / sizeof(use_tables[0]) };

static int
parse_options(const struct filter_spec *spec, struct words *w, void *config, int argc,
    char *argv[])
{
	struct opt_table tables[USE_TABLES + 2];
	size_t n = 0;
	struct opt_spec o = { .name = spec->name, .purpose = spec->purpose,
		.operands = spec->operands, .tables = tables, .version = LEAD_VERSION };
	const char *title = "options that it shares with other filters, lead(7)";

	if (spec->opts != NULL)
		tables[n++] = (struct opt_table){ "", spec->opts, config };
	for (size_t i = 0; i < USE_TABLES; i++)
		if ((spec->uses & use_tables[i].use) != 0) {
			tables[n++] = (struct opt_table){ title, use_tables[i].opts,
				w };
			title = "";
		}
	tables[n++] = (struct opt_table){ "options of every filter, lead(7)", every,
		w };
	o.ntables = n;
	return opt_parse(&o, argc, argv);
}

static struct text *
split_key(const char *list, size_t *n)
{
	struct text *key = NULL, part;

	*n = 0;
	for (struct text rest = text_of(list); text_next(&rest, ',', &part);) {
		if (part.len == 0)
			diag_die(DIAG_REQUEST, NULL, "--key: an empty column name in %s",
			    diag_value(text_of(list)));
		key = mem_resize(key, *n + 1, sizeof(*key));
		key[(*n)++] = part;
	}
	return key;
}

/* An instant, or a civil day of the zone: its start, or its last instant. */
static bool
set_time(const struct zone *zone, const char *word, const char *value, bool day_end,
    int64_t *us)
{
	struct text t = text_of(value);
	int64_t day;

	if (value == NULL)
		return false;
	if (when_parse(t, us) == WHEN_OK)
		return true;
	if (when_parse_day(t, &day) != WHEN_OK)
		diag_die(DIAG_REQUEST, NULL,
		    "--%s: %s is neither a day (2026-07-31) nor a time "
		    "(2026-07-31T22:00:00Z)", word, diag_value(t));
	*us = day_end ? zone_day_start(zone, day + 1) - 1
	    : zone_day_start(zone, day);
	return true;
}

static void
set_times(const struct filter_spec *spec, const struct words *w, struct filter_common *c)
{
	if ((c->zone = zone_open(w->tz)) == NULL)
		diag_die(DIAG_REQUEST, NULL, "--tz: no time zone of that name here: %s",
		    diag_value(text_of(w->tz)));
	c->has_as_of = set_time(c->zone, "as-of", w->as_of, true, &c->as_of_us);
	c->has_since = set_time(c->zone, "since", w->since, false, &c->since_us);
	c->has_until = set_time(c->zone, "until", w->until, false, &c->until_us);
	if ((spec->uses & FILTER_AS_OF) != 0 && !c->has_as_of)
		diag_die(DIAG_REQUEST, NULL,
		    "--as-of TIME is needed: the clock is never read (-h for help)");
}

static void
set_common(const struct words *w, char *operands[], struct filter_common *c)
{
	c->files = (const char *const *)operands;
	while (operands[c->nfiles] != NULL)
		c->nfiles++;
	if (w->key != NULL)
		c->key = split_key(w->key, &c->nkey);
	c->memory = w->memory;
	c->tempdir = w->tempdir;
	c->threads = (int)w->threads;
	c->sorted = w->sorted;
	c->partial = w->partial;
	c->merge = w->merge;
	c->tz = w->tz;
	c->header_only = w->header_only;
	c->no_header = w->no_header;
	c->columns = w->columns;
	c->max_ratio = (unsigned)w->max_ratio;
	c->period = (enum when_period)w->period;
}

/* Options that do not go together. */
static void
check(const struct filter_spec *spec, const struct words *w)
{
	if (w->threads < 1 || w->threads > THREADS_MAX)
		diag_die(DIAG_REQUEST, NULL, "--threads: 1 to %d", THREADS_MAX);
	if (w->max_ratio > INT_MAX)
		diag_die(DIAG_REQUEST, NULL, "--max-ratio: at most %d", INT_MAX);
	if (w->no_header != (w->columns != NULL) &&
	    (spec->uses & FILTER_FOREIGN) == 0)
		diag_die(DIAG_REQUEST, NULL, "-N and --columns go together");
}

void
request_parse(const struct filter_spec *spec, void *config, int argc, char *argv[],
    struct request *r)
{
	struct words w = { .key = spec->key, .threads = 1, .max_ratio = MAX_RATIO,
		.tz = "UTC", .period = (int)spec->period,
		.memory = opt_memory_share(MEMORY_PERCENT) };
	int first = parse_options(spec, &w, config, argc, argv);

	if (spec->first != NULL)
		spec->first(config);
	check(spec, &w);
	*r = (struct request){ .out = w.out, .fields = w.columns_kept,
		.columns = w.columns, .reject = w.reject, .max_reject = w.max_reject,
		.stats = w.stats, .progress = w.progress, .quiet = w.quiet,
		.lax_eof = w.lax_eof, .max_ratio = (unsigned)w.max_ratio };
	set_common(&w, argv + first, &r->common);
	set_times(spec, &w, &r->common);
}

void
request_clear(struct request *r)
{
	zone_free(r->common.zone);
	mem_free(r->common.key);
	*r = (struct request){ 0 };
}
