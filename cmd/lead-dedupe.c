/*
 * lead-dedupe - which rows repeat
 *
 * in:   any columns; those of --key
 * out:  the same columns, one row of each key, in the order of the input;
 *       with --window by key and time
 * rule: of rows with one key the least in the total order stays; rows with a
 *       blank key are one only when all their bytes are equal
 */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/rowkey.h>
#include <lead/domain/journey/dedupe.h>
#include <lead/domain/rules/event.h>

struct config {
	int keep; /* enum dedupe_keep */
	int64_t window_us; /* -1: none */
	const char *identity, *tz;
};

static const char *const keeps[] = { "least", "latest", "seen", NULL };
#define AT(field) offsetof(struct config, field)
static const struct opt opts[] = {
	{ 0, "keep", "WHICH", OPT_CHOICE, AT(keep),
	    "least or latest in the order of rows, or the first seen (least)", keeps },
	{ 0, "window", "SPAN", OPT_SPAN, AT(window_us),
	    "a key is new again SPAN after the row that stayed, as in 30m", NULL },
	{ 0, "identity", "MAP", OPT_TEXT, AT(identity),
	    "look up lead_id and account_id of a row by its keys", NULL },
	{ 0, "tz", "ZONE", OPT_TEXT, AT(tz),
	    "zone of the civil days in MAP (UTC)", NULL },
	{ 0 },
};

static const struct filter_spec spec = {
	.name = "lead-dedupe",
	.purpose = "which rows repeat",
	.operands = "[FILE ...]",
	.opts = opts,
	.uses = FILTER_KEY | FILTER_SPILL,
	.key = "event_id",
};

struct run {
	struct config config;
	struct filter *f;
	struct zone *zone;       /* of people */
	struct identity *people; /* or NULL */
	struct rowkey key;
	struct dedupe_columns columns;
	struct dedupe *rows;
};

static void
find_columns(struct run *run)
{
	const struct filter_common *common = filter_common(run->f);

	if (run->config.window_us >= 0 || run->config.keep == DEDUPE_LATEST)
		filter_need(run->f, "time");
	run->columns = dedupe_columns_of(filter_column_of, run->f);
	rowkey_init(&run->key, filter_column_of, run->f, common->key, common->nkey,
	    run->people);
	for (size_t i = 0; i < common->nkey; i++)
		if (run->key.parts[i].from == ROWKEY_CELL)
			filter_need_text(run->f, common->key[i]);
}

static void
read_map(struct run *run)
{
	if (run->config.identity == NULL)
		return;
	run->zone = zone_open(run->config.tz);
	if (run->zone == NULL)
		diag_die(DIAG_REQUEST, NULL, "--tz: no such time zone: %s",
		    diag_value(text_of(run->config.tz)));
	run->people = identity_new(run->zone);
	filter_read(run->config.identity, identity_columns, IDENTITY_COLUMNS,
	    identity_add, run->people);
	identity_ready(run->people);
}

static struct run *
begin(int argc, char *argv[])
{
	struct run *run = mem_new(1, sizeof(*run));

	run->config.window_us = -1;
	run->config.tz = "UTC";
	run->f = filter_begin(&spec, &run->config, argc, argv);
	read_map(run);
	find_columns(run);
	run->rows = dedupe_new(&run->columns, (enum dedupe_keep)run->config.keep,
	    filter_common(run->f)->memory, filter_common(run->f)->tempdir);
	filter_pass(run->f);
	return run;
}

static int
end(struct run *run)
{
	struct filter *f = run->f;

	dedupe_free(run->rows);
	identity_free(run->people);
	zone_free(run->zone);
	rowkey_clear(&run->key);
	mem_free(run);
	return filter_end(f);
}

/* false when the row has a time that is none: it is rejected. */
static bool
time_of(struct run *run, const struct tsv_block *b, size_t r, int64_t *at)
{
	struct text time = tsv_field(b, r, run->columns.time);

	*at = DEDUPE_UNTIMED;
	if (time.len == 0 || when_parse(time, at) == WHEN_OK)
		return true;
	filter_reject(run->f, b, r, run->columns.time, "time", "not a time");
	return false;
}

/* Hashes of the keys of a block, their places being fetched meanwhile. */
static struct hash *
hash_keys(struct run *run, const struct tsv_block *b)
{
	struct hash *keys = arena_alloc(filter_arena(run->f), b->nrows * sizeof(*keys));

	for (size_t r = 0; r < b->nrows; r++) {
		keys[r] = hash_text(rowkey_text(&run->key, filter_row(run->f, b, r)));
		dedupe_prefetch(run->rows, keys[r]);
	}
	return keys;
}

/* --- --keep seen: rows go through as they come --- */

static void
stream_rows(struct run *run)
{
	struct tsv_block b;

	filter_start(run->f);
	while (filter_block(run->f, &b)) {
		struct hash *keys = hash_keys(run, &b);

		for (size_t r = 0; r < b.nrows; r++) {
			int64_t at = DEDUPE_UNTIMED;

			if (run->config.window_us >= 0 && !time_of(run, &b, r, &at))
				continue;
			if (dedupe_admit(run->rows, keys[r], at, run->config.window_us))
				filter_emit(run->f, &b, r);
			else
				filter_drop(run->f, "repeat", 1);
		}
	}
}

/* --- the least or latest row of each key --- */

static void
choose_rows(struct run *run)
{
	uint64_t repeats = 0;
	struct tsv_block b;
	struct text row;
	int got;

	filter_start(run->f);
	while (filter_block(run->f, &b)) {
		struct hash *keys = hash_keys(run, &b);

		for (size_t r = 0; r < b.nrows; r++) {
			row = filter_row(run->f, &b, r);
			if (dedupe_add(run->rows, keys[r], hash_text(row), row) < 0)
				filter_die_of_spill(run->f);
		}
		repeats += b.nrows;
	}
	while ((got = dedupe_next(run->rows, &row)) > 0) {
		filter_emit_row(run->f, row);
		repeats--;
	}
	if (got < 0)
		filter_die_of_spill(run->f);
	filter_drop(run->f, "repeat", repeats);
	filter_count_spilled(run->f, dedupe_spilled(run->rows));
}

/* --- --window: the rows of a key in order of time --- */

static void
gather_row(struct run *run, const struct tsv_block *b, size_t r, int64_t at)
{
	filter_gather(run->f, rowkey_text(&run->key, filter_row(run->f, b, r)), at,
	    event_minor(tsv_field(b, r, run->columns.event),
	    tsv_field(b, r, run->columns.precision)), b, r);
}

static void
gather_rows(struct run *run)
{
	struct tsv_block b;
	int64_t at;

	filter_add_columns(run->f);
	filter_start(run->f);
	filter_gather_begin(run->f, NULL, 0, run->columns.event_id);
	while (filter_block(run->f, &b))
		for (size_t r = 0; r < b.nrows; r++)
			if (time_of(run, &b, r, &at))
				gather_row(run, &b, r, at);
}

static void
window_rows(struct run *run)
{
	struct group g;

	gather_rows(run);
	while (filter_group(run->f, &g)) {
		const bool *stays = dedupe_group(&g, run->config.window_us,
		    (enum dedupe_keep)run->config.keep, filter_arena(run->f));

		for (size_t i = 0; i < g.nrows; i++)
			if (stays[i])
				filter_write_row(run->f, &g, i);
			else
				filter_drop(run->f, "repeat", 1);
	}
}

int
main(int argc, char *argv[])
{
	struct run *run = begin(argc, argv);

	if (run->config.keep == DEDUPE_SEEN)
		stream_rows(run);
	else if (run->config.window_us >= 0)
		window_rows(run);
	else
		choose_rows(run);
	return end(run);
}
