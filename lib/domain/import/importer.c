/* importer.c - what rows does a foreign record become? */
#include <lead/base/mem.h>
#include <lead/domain/import/logfield.h>

#include "importer_state.h"

/* Of a web log, in this order; then the log's own names. */
enum { EVENT_ID, TIME, PRECISION, EVENT, VISITOR, URL, REFERRER, AGENT, LOG_COLUMNS };
static const char *const log_columns[LOG_COLUMNS] = { "event_id", "time", "precision",
	"event", "visitor_id", "url", "referrer", "user_agent" };

/* --- begin --- */

static void
begin_log(struct importer *im)
{
	im->hits = hit_new(&im->o.hit);
	for (size_t i = 0; i < LOG_COLUMNS; i++)
		naming_add(&im->columns, text_of(log_columns[i]));
}

static void
begin_suggest(struct importer *im)
{
	im->suggest = suggest_new();
	for (size_t i = 0; i < SUGGEST_CELLS; i++)
		naming_add(&im->columns, text_of(suggest_columns[i]));
}

struct importer *
importer_new(const struct importer_options *o)
{
	struct importer *im = mem_new(1, sizeof(*im));

	im->o = *o;
	im->amount = IMPORTER_NOWHERE;
	if (o->kind == IMPORTER_LOG)
		begin_log(im);
	if (o->kind == IMPORTER_MAP)
		importer_map_begin(im);
	if (o->kind == IMPORTER_SUGGEST)
		begin_suggest(im);
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
	suggest_free(im->suggest);
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
	case IMPORTER_SUGGEST:
		suggest_bind(im->suggest, name, n);
		return NULL;
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
		return importer_map_take(im, out);
	case IMPORTER_SUGGEST:
		suggest_look(im->suggest, r->field);
		return IMPORTER_KEPT;
	case IMPORTER_PLAIN:
	case IMPORTER_ANY:
		break;
	}
	return take_plain(im, out);
}

/* The next row that comes at the end. */
static bool
late_row(struct importer *im)
{
	struct importer_row *row = &im->late;

	if (im->suggest != NULL)
		return suggest_next(im->suggest, im->cell);
	return im->keep != NULL &&
	    keep_next(im->keep, &row->cell, &row->timed, &row->us);
}

bool
importer_release(struct importer *im, struct importer_record *r,
    enum importer_verdict *verdict, struct importer_out *out)
{
	*out = (struct importer_out){ .nrows = 0 };
	if (importer_map_release(im, verdict, out)) {
		*r = im->record;
		return true;
	}
	*verdict = IMPORTER_LATE;
	return late_row(im);
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
		if (im->keep != NULL)
			*row = im->late;
		else
			importer_map_row(im, i, row, &unused);
		break;
	case IMPORTER_PLAIN:
	case IMPORTER_ANY:
		plain_row(im);
		break;
	case IMPORTER_SUGGEST: /* the cells are set */
		break;
	}
}

const char *
importer_doubt(const struct importer *im)
{
	return im->keep != NULL && keep_is_blind(im->keep)
	    ? "no message_id: opens and clicks of machines cannot be told" : NULL;
}
