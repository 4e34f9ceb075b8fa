/* touch.h - where did this visit come from? */
#ifndef LEAD_DOMAIN_TOUCH_H
#define LEAD_DOMAIN_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/source/origin.h>
#include <lead/domain/source/place.h>
#include <lead/domain/source/utm.h>

/* The columns that a row gets, in their order in the table. */
enum touch_column {
	TOUCH_CHANNEL,
	TOUCH_SOURCE,
	TOUCH_MEDIUM,
	TOUCH_CAMPAIGN,
	TOUCH_TERM,
	TOUCH_CONTENT,
	TOUCH_CAMPAIGN_ID,
	TOUCH_CLICK_ID,
	TOUCH_CLICK_ID_TYPE,
	TOUCH_EVIDENCE,
	TOUCH_PAGE,
	TOUCH_COLUMNS,
};

const char *touch_column_name(enum touch_column c);

struct touch_options {
	const struct utm_table *parameters;
	struct origin_options origin;
	const struct referrers *referrers;
	const struct hosts *own, *excluded;
	bool fragment;       /* parameters behind # count too */
	bool amp;            /* &amp; is taken for & */
	bool trust_internal; /* a campaign counts on a page reached from within */
	unsigned wanted;     /* bits 1 << TOUCH_X: others need not be filled */
};

struct touch;

/* The parts of o are borrowed and outlive it. */
struct touch *touch_new(const struct touch_options *o);
void touch_free(struct touch *t); /* NULL does nothing */

/* One row, as fields of lead TSV (escapes as they stand). */
struct touch_row {
	struct text url, referrer;
	bool escaped;      /* a field may hold an escape */
	bool has_event;    /* the table has a column event */
	struct text event;
	/* What the row says of itself; looked at without url and referrer. */
	struct text declared[TOUCH_COLUMNS];
};

enum touch_verdict {
	TOUCH_GOOD,
	TOUCH_LONG,  /* url or referrer over URL_MAX bytes */
	TOUCH_NUL,   /* %00 in a value */
	TOUCH_LIMIT, /* a channel pattern was too hard */
};

/*
 * Fill out with fields of lead TSV, borrowed until the next call; on another
 * verdict than TOUCH_GOOD they are not set.
 *
 * With a url or referrer: the first evidence that answers of campaign, click
 * id, referrer, none; a campaign that came along from a page of the site
 * itself is internal. Without: a row that names a source, medium or campaign
 * keeps it (declared; one that was parsed before keeps its evidence too); else
 * a page view is direct, an offline touch has the channel of its event, and
 * any other row stays as it is.
 */
enum touch_verdict touch_read(struct touch *t, const struct touch_row *row,
    struct text out[TOUCH_COLUMNS]);

/*
 * What was met in the row read last, as a field: names of counts, a blank
 * between. internal_utm stands last, with a = and the campaign (or source) that
 * the link claims, so that it can be found. Empty: nothing. Borrowed until the
 * next call.
 */
struct text touch_flaws(struct touch *t);

/* What was met so far: the i-th count and its name; NULL past the last. */
const char *touch_count(const struct touch *t, unsigned i, uint64_t *n);

#endif
