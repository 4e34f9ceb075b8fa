/* importer.c - what rows does a foreign record become? */
#include <lead/base/arena.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/import/importer.h>
#include <lead/domain/import/keep.h>
#include <lead/domain/import/logfield.h>
#include <lead/domain/import/naming.h>
#include <lead/domain/import/snapshot.h>

/* Of a web log, in this order; then the log's own names. */
enum { EVENT_ID, TIME, PRECISION, EVENT, VISITOR, URL, REFERRER, AGENT, LOG_COLUMNS };
static const char *const log_columns[LOG_COLUMNS] = { "event_id", "time", "precision",
	"event", "visitor_id", "url", "referrer", "user_agent" };

enum { NOWHERE = -1 };

struct importer {
	struct importer_options o;
	struct naming columns;
	bool fixed;
	int *place;            /* of a field: its column, or NOWHERE */
	size_t nfields, cap;
	struct text *cell;     /* of the row given, one a column */
	struct hits *hits;
	struct hit hit;
	struct importer_record record; /* the one taken */
	char id[HASH_ID_LEN], time[WHEN_TEXT];
	/* by a map */
	struct text *slot;
	struct snapshot *snapshot;
	size_t released;
	struct keep *keep;
	int amount, currency, amount_before, currency_before; /* columns */
	struct arena arena;
};

/* --- begin --- */

static void
begin_log(struct importer *im)
{
	im->hits = hit_new(&im->o.hit);
	for (size_t i = 0; i < LOG_COLUMNS; i++)
		naming_add(&im->columns, text_of(log_columns[i]));
}

/* What an amount was before it was converted: value_orig, cost_orig. */
static void
begin_rates(struct importer *im)
{
	bool value = naming_find(&im->columns, TEXT("value")) >= 0;

	im->amount = naming_find(&im->columns, value ? TEXT("value") : TEXT("cost"));
	im->currency = naming_find(&im->columns, TEXT("currency"));
	if (im->o.rates == NULL || im->amount < 0 || im->currency < 0) {
		im->amount = NOWHERE;
		return;
	}
	im->amount_before = (int)naming_add(&im->columns,
	    value ? TEXT("value_orig") : TEXT("cost_orig"));
	im->currency_before = (int)naming_add(&im->columns, TEXT("currency_orig"));
}

static void
begin_map(struct importer *im)
{
	struct mapping *m = im->o.mapping;
	struct keep_columns c;

	for (size_t i = 0; i < mapping_ncolumns(m); i++)
		naming_add(&im->columns, mapping_column(m, i));
	im->slot = mem_new(mapping_nslots(m), sizeof(*im->slot));
	if (mapping_is_snapshot(m))
		im->snapshot = snapshot_new(mapping_nslots(m));
	begin_rates(im);
	if (!im->o.email)
		return;
	c.email = naming_add(&im->columns, TEXT("email"));
	c.message = naming_add(&im->columns, TEXT("message_id"));
	c.url = naming_add(&im->columns, TEXT("url"));
	c.machine = naming_add(&im->columns, TEXT("machine"));
	c.n = im->columns.n;
	im->keep = keep_new(&c);
}

struct importer *
importer_new(const struct importer_options *o)
{
	struct importer *im = mem_new(1, sizeof(*im));

	im->o = *o;
	im->amount = NOWHERE;
	if (o->kind == IMPORTER_LOG)
		begin_log(im);
	if (o->kind == IMPORTER_MAP)
		begin_map(im);
	return im;
}

void
importer_free(struct importer *im)
{
	if (im == NULL)
		return;
	hit_free(im->hits);
	snapshot_free(im->snapshot);
	keep_free(im->keep);
	naming_clear(&im->columns);
	arena_clear(&im->arena);
	mem_free(im->place);
	mem_free(im->cell);
	mem_free(im->slot);
	mem_free(im);
}

/* --- columns --- */

static void
place_field(struct importer *im, size_t field, int column)
{
	im->place = mem_grow(im->place, &im->cap, field + 1, sizeof(*im->place),
	    NAMING_MAX, "columns");
	im->place[field] = column;
}

/* Two names of one file must not become one. */
static bool
placed(const struct importer *im, size_t fields, int column)
{
	for (size_t i = 0; i < fields; i++)
		if (im->place[i] == column)
			return true;
	return false;
}

static const char *
bind_plain(struct importer *im, const struct text *name, size_t n, struct text *bad)
{
	for (size_t i = 0; i < n; i++) {
		int column = naming_find_foreign(&im->columns, name[i], i + 1);

		*bad = name[i];
		if (column < 0 && im->fixed && !im->o.growing)
			return "a column that the first file has not";
		if (column < 0 && !im->fixed)
			column = (int)naming_add_foreign(&im->columns, name[i], i + 1);
		if (column >= 0 && placed(im, i, column))
			return "a column twice";
		place_field(im, i, column);
	}
	im->nfields = n;
	return NULL;
}

static const char *
bind_log(struct importer *im, const struct text *name, size_t n, struct text *bad)
{
	const char *why = hit_bind(im->hits, im->o.writing, name, n, bad);

	for (size_t i = 0; why == NULL && i < hit_nextras(im->hits); i++)
		place_field(im, i, (int)naming_add_foreign(&im->columns,
		    hit_extra(im->hits, i), i + 1));
	return why;
}

/* Is it a log, or just a table? */
static void
settle_kind(struct importer *im, const struct text *name, size_t n)
{
	struct logfields fields;

	im->o.kind = IMPORTER_PLAIN;
	if (logfield_bind(&fields, name, n) != NULL)
		return;
	im->o.kind = IMPORTER_LOG;
	begin_log(im);
}

const char *
importer_bind(struct importer *im, const struct text *name, size_t n, struct text *bad)
{
	*bad = TEXT_NONE;
	if (im->o.kind == IMPORTER_ANY)
		settle_kind(im, name, n);
	switch (im->o.kind) {
	case IMPORTER_LOG:
		return bind_log(im, name, n, bad);
	case IMPORTER_MAP:
		return mapping_bind(im->o.mapping, name, n, !im->o.growing);
	case IMPORTER_PLAIN:
	case IMPORTER_ANY:
		break;
	}
	return bind_plain(im, name, n, bad);
}

const char *
importer_fix(struct importer *im, struct text *bad)
{
	im->fixed = true;
	im->cell = mem_new(im->columns.n, sizeof(*im->cell));
	for (size_t i = 0; i < im->o.nrenames; i++) {
		const struct importer_rename *r = &im->o.rename[i];
		int column = naming_find(&im->columns, r->from);
		const char *why;

		*bad = r->from;
		if (column < 0)
			return "no such column to rename";
		*bad = r->to;
		why = naming_rename(&im->columns, (size_t)column, r->to);
		if (why != NULL)
			return why;
	}
	return NULL;
}

size_t
importer_ncolumns(const struct importer *im)
{
	return im->columns.n;
}

struct text
importer_column(const struct importer *im, size_t i)
{
	return im->columns.name[i];
}

/* --- records --- */

static enum importer_verdict
take_hit(struct importer *im, struct importer_out *out)
{
	switch (hit_read(im->hits, im->record.field, &im->hit)) {
	case HIT_EVENT:
		out->nrows = im->hit.nevents;
		return IMPORTER_ROWS;
	case HIT_DROPPED:
		out->rule = im->hit.rule;
		return IMPORTER_DROPPED;
	case HIT_BAD:
		break;
	}
	out->reason = im->hit.reason;
	out->why = im->hit.why;
	out->value = im->hit.value;
	return IMPORTER_BAD;
}

/* Values under keys that came too late have no column to go to. */
static enum importer_verdict
take_plain(struct importer *im, struct importer_out *out)
{
	for (size_t i = 0; i < im->nfields; i++)
		if (im->place[i] < 0 && im->record.field[i].len != 0) {
			out->reason = "columns";
			out->why = "a key that the first record has not";
			out->value = im->record.field[i];
			return IMPORTER_BAD;
		}
	return IMPORTER_ROWS;
}

static enum importer_verdict
bad_mapping(const struct mapping_result *r, struct importer_out *out)
{
	out->reason = r->reason;
	out->why = r->why;
	out->column = r->column;
	out->value = r->value;
	return IMPORTER_BAD;
}

/* The amount of a row in the currency of the reports. */
static bool
convert_amount(struct importer *im, struct text *cell, int64_t day,
    struct importer_out *out)
{
	struct text amount = cell[im->amount], currency = cell[im->currency];
	int64_t micros;

	cell[im->amount_before] = cell[im->currency_before] = TEXT_NONE;
	if (amount.len == 0 || currency.len == 0 || num_parse(amount, &micros) != NUM_OK)
		return true;
	out->column = TEXT("currency");
	out->value = currency;
	switch (rates_convert(im->o.rates, currency, day, micros, &micros)) {
	case RATES_SAME:
		return true;
	case RATES_OK:
		break;
	case RATES_NONE:
		out->reason = "currency";
		out->why = "no rate on that day or before";
		return false;
	case RATES_OVERFLOW:
		out->reason = "overflow";
		out->why = "an amount out of range";
		return false;
	}
	cell[im->amount_before] = amount;
	cell[im->currency_before] = currency;
	cell[im->amount] = num_put(arena_alloc(&im->arena, NUM_TEXT), micros);
	cell[im->currency] = rates_to(im->o.rates);
	return true;
}

/* Row i as the map made it, with what we add to it, into im->cell. */
static bool
map_row(struct importer *im, size_t i, struct importer_row *row,
    struct importer_out *out)
{
	struct mapping_row made;
	size_t n = mapping_ncolumns(im->o.mapping);

	mapping_row(im->o.mapping, i, &made);
	memcpy(im->cell, made.cell, n * sizeof(*im->cell));
	for (size_t c = n; c < im->columns.n; c++)
		im->cell[c] = TEXT_NONE;
	*row = (struct importer_row){ im->cell, made.timed, made.us };
	return im->amount < 0 || convert_amount(im, im->cell, made.day, out);
}

static enum importer_verdict
map_slots(struct importer *im, const struct text *slot, struct importer_out *out)
{
	struct mapping_result result;
	struct importer_row row;

	arena_reset(&im->arena);
	switch (mapping_take(im->o.mapping, slot, im->record.raw, &result)) {
	case MAPPING_BAD:
		return bad_mapping(&result, out);
	case MAPPING_DROPPED:
		out->rule = result.rule;
		return IMPORTER_DROPPED;
	case MAPPING_ROWS:
		break;
	}
	out->nrows = result.nrows;
	for (size_t i = 0; i < result.nrows; i++)
		if (!map_row(im, i, &row, out))
			return IMPORTER_BAD;
	if (im->keep == NULL)
		return IMPORTER_ROWS;
	for (size_t i = 0; i < result.nrows; i++) {
		map_row(im, i, &row, out);
		keep_add(im->keep, row.cell, row.timed, row.us);
	}
	return IMPORTER_KEPT;
}

static enum importer_verdict
hold_version(struct importer *im, struct importer_out *out)
{
	struct snapshot_record r = { im->slot, im->record.raw, im->record.file,
		im->record.line };
	struct mapping_result result;
	struct text key;
	int64_t modified;

	if (mapping_version(im->o.mapping, im->slot, &key, &modified, &result) ==
	    MAPPING_BAD)
		return bad_mapping(&result, out);
	if (!snapshot_add(im->snapshot, key, modified, &r))
		return IMPORTER_HELD;
	out->rule = "superseded";
	return IMPORTER_DROPPED;
}

static enum importer_verdict
take_mapped(struct importer *im, struct importer_out *out)
{
	mapping_gather(im->o.mapping, im->record.field, im->slot);
	return im->snapshot != NULL ? hold_version(im, out) : map_slots(im, im->slot, out);
}

enum importer_verdict
importer_take(struct importer *im, const struct importer_record *r,
    struct importer_out *out)
{
	*out = (struct importer_out){ .nrows = 1 };
	im->record = *r;
	switch (im->o.kind) {
	case IMPORTER_LOG:
		return take_hit(im, out);
	case IMPORTER_MAP:
		return take_mapped(im, out);
	case IMPORTER_PLAIN:
	case IMPORTER_ANY:
		break;
	}
	return take_plain(im, out);
}

bool
importer_release(struct importer *im, struct importer_record *r,
    enum importer_verdict *verdict, struct importer_out *out)
{
	struct snapshot_record held;

	if (im->snapshot == NULL || im->released == snapshot_count(im->snapshot))
		return false;
	if (im->released == 0)
		snapshot_sort(im->snapshot);
	snapshot_get(im->snapshot, im->released++, &held);
	*out = (struct importer_out){ .nrows = 0 };
	*r = (struct importer_record){ held.cell, held.raw, held.file, held.line };
	im->record = *r;
	*verdict = map_slots(im, held.cell, out);
	return true;
}

/* --- rows --- */

static void
hit_row(struct importer *im, size_t i, struct importer_row *row)
{
	const struct hit *hit = &im->hit;
	struct text *cell = im->cell;

	cell[EVENT_ID] = hash_put(hash_fixed_pair(im->record.raw, hit->event[i]), im->id);
	cell[TIME] = when_put(im->time, hit->us);
	cell[PRECISION] = TEXT("second");
	cell[EVENT] = hit->event[i];
	cell[VISITOR] = hit->visitor;
	cell[URL] = hit->url;
	cell[REFERRER] = hit->referrer;
	cell[AGENT] = hit->agent;
	for (size_t e = 0; e < hit_nextras(im->hits); e++)
		if (im->place[e] >= LOG_COLUMNS || hit->extra[e].len != 0)
			cell[im->place[e]] = hit->extra[e];
	row->timed = true;
	row->us = hit->us;
}

static void
plain_row(struct importer *im)
{
	for (size_t c = 0; c < im->columns.n; c++)
		im->cell[c] = TEXT_NONE;
	for (size_t i = 0; i < im->nfields; i++)
		if (im->place[i] >= 0)
			im->cell[im->place[i]] = im->record.field[i];
}

void
importer_row(struct importer *im, size_t i, struct importer_row *row)
{
	struct importer_out unused;

	*row = (struct importer_row){ .cell = im->cell };
	switch (im->o.kind) {
	case IMPORTER_LOG:
		hit_row(im, i, row);
		break;
	case IMPORTER_MAP:
		map_row(im, i, row, &unused);
		break;
	case IMPORTER_PLAIN:
	case IMPORTER_ANY:
		plain_row(im);
		break;
	}
}

bool
importer_is_blind(const struct importer *im)
{
	return im->keep != NULL && keep_is_blind(im->keep);
}

bool
importer_last(struct importer *im, struct importer_row *row)
{
	return im->keep != NULL &&
	    keep_next(im->keep, &row->cell, &row->timed, &row->us);
}
