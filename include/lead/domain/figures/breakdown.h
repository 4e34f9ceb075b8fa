/* breakdown.h - by what a figure is broken down, and the names of its segments */
#ifndef LEAD_DOMAIN_BREAKDOWN_H
#define LEAD_DOMAIN_BREAKDOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/buf.h>
#include <lead/domain/figures/band.h>
#include <lead/domain/figures/life.h>

enum {
	BREAKDOWN_MAX = 32,   /* of a run */
	BREAKDOWN_PARTS = 8,  /* columns of one */
	BREAKDOWN_NAMES = 32, /* different columns of all */
};

/* Which touch tells of a lead or deal. */
enum breakdown_set {
	BREAKDOWN_FIRST,
	BREAKDOWN_LEAD,
	BREAKDOWN_WON,
	BREAKDOWN_NURTURE, /* where the breakdowns allow it */
	BREAKDOWN_OWN, /* none: the column of the lead or deal itself */
};

/* The first three as words, for an option's table; NULL ends them. */
extern const char *const breakdown_sets[];

struct breakdown_part {
	enum breakdown_set set;
	bool prefixed; /* the set was named: first_channel */
	bool banded;   /* value_band: the band of column value */
	bool of_spend; /* spend has it: set by spend_book() */
	struct band band;
	int col;     /* of the steps table */
	size_t name; /* index into names: the column without its set */
};

struct breakdown {
	struct text name; /* parts joined by + */
	struct breakdown_part part[BREAKDOWN_PARTS];
	size_t nparts;
	bool by_credit; /* shared over touches: filled from --credit alone */
	bool by_mail;   /* and by_credit: filled from --email alone, by its campaign */
	bool by_reason; /* outer's segments, each by reason of disqualification or loss */
	uint32_t outer; /* when by_reason */
	bool has_cost;  /* spend can be laid on its segments */
	bool allocated; /* by sharing what it lacks */
};

/* v[0] is (all). */
struct breakdowns {
	struct breakdown v[BREAKDOWN_MAX];
	size_t n;
	struct text name[BREAKDOWN_NAMES]; /* bare columns: of spend, of credit */
	size_t nnames;
	int reason_col; /* of the steps table, or -1 */
	enum breakdown_set unprefixed;
	bool credit;    /* unprefixed touch columns are shared by credit */
	bool mail;      /* email_campaign is a breakdown, alone */
	bool nurture;   /* nurture_campaign … are of the first touch of nurturing */
	struct buf segment;
	char room[BAND_TEXT]; /* of a band */
	struct arena arena; /* of column names */
};

/* The table column of a name, or -1. */
typedef int breakdown_column(const void *context, struct text name);

/*
 * No breakdown but (all). unprefixed: the set that channel, source … without
 * a prefix mean. column finds those of the steps table.
 */
void breakdown_init(struct breakdowns *b, enum breakdown_set unprefixed, bool credit,
    breakdown_column *column, const void *context);
void breakdown_clear(struct breakdowns *b);

/* What breakdown_add() says of a column that the table lacks: the input is wrong,
 * not the request. And what is to be said of parts, which tell those they need. */
extern const char breakdown_lacking[], breakdown_lacking_part[];

/*
 * Add one: names with commas between, combined into one. NULL, or what is
 * wrong and *bad the name at fault. spec outlives b.
 */
const char *breakdown_add(struct breakdowns *b, struct text spec,
    breakdown_column *column, const void *context, struct text *bad);

/* The same, for each that was added, by reason of disqualification too. Call
 * once, after all were added; nothing is done without a column reason. */
void breakdown_add_reasons(struct breakdowns *b);

/*
 * The segment of a lead or deal in breakdown i, not one by_credit; borrowed
 * until the next call. A blank is (unknown); in a combination % is %25 and >
 * is %3E within a value.
 */
struct text breakdown_of_lead(struct breakdowns *b, size_t i, const struct life *l,
    const struct life_lead *lead);
struct text breakdown_of_deal(struct breakdowns *b, size_t i, const struct life *l,
    const struct life_deal *deal);

/* Of a row without lead or deal (a refund of an unknown deal). */
struct text breakdown_of_row(struct breakdowns *b, size_t i, const struct life *l,
    ptrdiff_t row);

/* Of cells by name: value[k] is that of column b->name[k]. */
struct text breakdown_of_names(struct breakdowns *b, size_t i,
    const struct text *value);

/* Of a touch by its own cells, whichever touch the breakdown is of otherwise. */
struct text breakdown_of_touch(struct breakdowns *b, size_t i, const struct life *l,
    ptrdiff_t row);

/* own[0..n-1] and behind them the bare columns, as filter_read() takes names: they
 * may be absent, of a table of credit save those of breakdowns that it shares.
 * Owned by b. */
const char *const *breakdown_columns(struct breakdowns *b, const char *const *own,
    size_t n, bool credit);

/* The i-th column of steps that breakdowns are made of, some twice; false past the
 * last. */
bool breakdown_source(const struct breakdowns *b, size_t i, struct text *name);

/* The name of breakdown i as text, "a+b" or "(all)". */
struct text breakdown_name(const struct breakdowns *b, size_t i);

#endif
