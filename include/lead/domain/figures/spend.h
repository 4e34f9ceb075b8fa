/* spend.h - what was paid for whom to come, laid on the segments of figures */
#ifndef LEAD_DOMAIN_SPEND_H
#define LEAD_DOMAIN_SPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/figures/allocate.h>
#include <lead/domain/figures/book.h>

/* Columns of a spend row, in the order that spend_add() takes them; after them
 * come those of the breakdowns, by their bare names. A ? may be absent. */
enum spend_column {
	SPEND_DATE,
	SPEND_COST,
	SPEND_PLATFORM,
	SPEND_CAMPAIGN_ID,
	SPEND_CAMPAIGN,
	SPEND_CHANNEL,
	SPEND_KIND,
	SPEND_TRACKABLE,
	SPEND_CURRENCY,
	SPEND_IMPRESSIONS,
	SPEND_CLICKS,
	SPEND_COLUMNS,
};
extern const char *const spend_columns[SPEND_COLUMNS];

struct spend;

/* For the cells of b, whose breakdowns are all there. Memory: the spend table. */
struct spend *spend_new(struct book *b);

/* What a breakdown lacks is shared, by a measure of its cells: before spend_book(). */
void spend_allocate(struct spend *s, enum allocate_basis basis, enum cube_measure by);
void spend_free(struct spend *s); /* NULL does nothing */

/* Columns of a campaigns row, in the order that spend_campaign() takes them. */
enum { SPEND_CAMPAIGN_COLUMNS = 6 };
extern const char *const spend_campaign_columns[SPEND_CAMPAIGN_COLUMNS];

/* One campaign, before any spend_add(): a filter_read_row on a struct spend. */
const char *spend_campaign(void *s, const struct text *field, size_t *bad);

/*
 * One row: s is a struct spend; field has SPEND_COLUMNS + n texts. NULL, or
 * what is wrong and *bad the index of the field: a filter_read_row.
 */
const char *spend_add(void *s, const struct text *field, size_t *bad);

/* Note the touches that have both a campaign and its number: spend by the
 * number alone then joins the campaign's name (the least, if there are several). */
void spend_join(struct spend *s, const struct life *l);

/* The i-th of them, for a run that merges, false past the last; and one of another
 * run. */
bool spend_joined(const struct spend *s, size_t i, struct text *campaign_id,
    struct text *campaign);
void spend_join_name(struct spend *s, struct text campaign_id, struct text campaign);

/*
 * Lay all rows on the cells, in breakdowns of which each column has a value
 * somewhere in spend or is shared (has_cost is set), once for each of the models 1 to
 * nmodels where credit is shared. Rows after as-of are left out.
 */
void spend_book(struct spend *s, uint32_t nmodels);

/* One row as it was laid, after spend_book(); false past the last. campaign is
 * the name that it joins by; counted: neither too late nor out of the periods. */
struct spend_row {
	struct text platform, campaign_id, campaign;
	int64_t cost;
	bool counted;
};
bool spend_row(const struct spend *s, size_t i, struct spend_row *row);

/* What the table had, for kpi.h: KPI_NEEDS_IMPRESSIONS, KPI_NEEDS_CLICKS. */
unsigned spend_has(const struct spend *s);

/* Rows read, left out as later than as-of or outside --since and --until, and
 * rows with a campaign_id that campaigns does not know. */
struct spend_counts {
	uint64_t rows, outside, unmapped;
	uint64_t nameless;    /* that count, but not in a column of a breakdown … */
	num_wide nameless_cost;
	struct text column;   /* … the first of which is this */
};
struct spend_counts spend_counts(const struct spend *s);

#endif
