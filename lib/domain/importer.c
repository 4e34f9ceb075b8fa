/* importer.c - what rows does a foreign record become? */
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/importer.h>
#include <lead/domain/naming.h>

/* Of a web log, in this order; then the log's own names. */
enum { EVENT_ID, TIME, PRECISION, EVENT, VISITOR, URL, REFERRER, AGENT, LOG_COLUMNS };
static const char *const log_columns[LOG_COLUMNS] = { "event_id", "time", "precision",
	"event", "visitor_id", "url", "referrer", "user_agent" };

struct importer {
	struct importer_options o;
	struct naming columns;
	bool fixed;
	size_t *place;         /* of a field: its column */
	size_t nfields, cap;
	struct text *cell;     /* of the row given, one a column */
	struct hits *hits;
	struct hit hit;
	const struct text *field; /* of the record taken, and its bytes */
	struct text raw;
	char id[HASH_ID_LEN], time[WHEN_TEXT];
};

struct importer *
importer_new(const struct importer_options *o)
{
	struct importer *im = mem_new(1, sizeof(*im));

	im->o = *o;
	if (o->kind == IMPORTER_LOG) {
		im->hits = hit_new(&o->hit);
		for (size_t i = 0; i < LOG_COLUMNS; i++)
			naming_add(&im->columns, text_of(log_columns[i]));
	}
	return im;
}

void
importer_free(struct importer *im)
{
	if (im == NULL)
		return;
	hit_free(im->hits);
	naming_clear(&im->columns);
	mem_free(im->place);
	mem_free(im->cell);
	mem_free(im);
}

/* --- columns --- */

static void
place_field(struct importer *im, size_t field, size_t column)
{
	im->place = mem_grow(im->place, &im->cap, field + 1, sizeof(*im->place),
	    NAMING_MAX, "columns");
	im->place[field] = column;
}

/* Two names of one file must not become one. */
static bool
placed(const struct importer *im, size_t fields, size_t column)
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
		size_t before = im->columns.n;
		size_t column = naming_add_foreign(&im->columns, name[i], i + 1);

		*bad = name[i];
		if (im->fixed && im->columns.n != before)
			return "a column that the first records have not";
		if (placed(im, i, column))
			return "a column twice";
		place_field(im, i, column);
	}
	im->nfields = n;
	return NULL;
}

static const char *
bind_log(struct importer *im, const struct text *name, size_t n)
{
	const char *why = hit_bind(im->hits, im->o.writing, name, n);

	for (size_t i = 0; why == NULL && i < hit_nextras(im->hits); i++)
		place_field(im, i, naming_add_foreign(&im->columns,
		    hit_extra(im->hits, i), i + 1));
	return why;
}

const char *
importer_bind(struct importer *im, const struct text *name, size_t n, struct text *bad)
{
	*bad = TEXT_NONE;
	switch (im->o.kind) {
	case IMPORTER_LOG:
		return bind_log(im, name, n);
	case IMPORTER_PLAIN:
		return bind_plain(im, name, n, bad);
	}
	return NULL;
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
	switch (hit_read(im->hits, im->field, &im->hit)) {
	case HIT_EVENT:
		out->nrows = im->hit.nevents;
		return IMPORTER_ROWS;
	case HIT_DROPPED:
		out->rule = im->hit.rule;
		return IMPORTER_DROPPED;
	case HIT_BAD:
		out->reason = im->hit.reason;
		out->why = im->hit.why;
		out->value = im->hit.value;
		return IMPORTER_BAD;
	}
	return IMPORTER_BAD;
}

enum importer_verdict
importer_take(struct importer *im, const struct text *field, struct text raw,
    struct importer_out *out)
{
	*out = (struct importer_out){ .nrows = 1 };
	im->field = field;
	im->raw = raw;
	switch (im->o.kind) {
	case IMPORTER_LOG:
		return take_hit(im, out);
	case IMPORTER_PLAIN:
		break;
	}
	return IMPORTER_ROWS;
}

static void
hit_row(struct importer *im, size_t i, struct importer_row *row)
{
	const struct hit *hit = &im->hit;
	struct text *cell = im->cell;

	cell[EVENT_ID] = hash_put(hash_fixed_pair(im->raw, hit->event[i]), im->id);
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
		im->cell[im->place[i]] = im->field[i];
}

void
importer_row(struct importer *im, size_t i, struct importer_row *row)
{
	*row = (struct importer_row){ .cell = im->cell };
	switch (im->o.kind) {
	case IMPORTER_LOG:
		hit_row(im, i, row);
		break;
	case IMPORTER_PLAIN:
		plain_row(im);
		break;
	}
}
