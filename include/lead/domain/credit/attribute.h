/* attribute.h - the credit of groups of steps, by several models at once */
#ifndef LEAD_DOMAIN_ATTRIBUTE_H
#define LEAD_DOMAIN_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/group.h>
#include <lead/base/when.h>
#include <lead/domain/credit/chains.h>
#include <lead/domain/credit/credit.h>
#include <lead/domain/credit/model.h>
#include <lead/domain/credit/tally.h>
#include <lead/domain/credit/transform.h>
#include <lead/domain/journey/step.h>

/* A --by column: what the touch was, or what the conversion was about. */
struct attribute_by {
	int column; /* of the table */
	bool of_touch;
};

/* Whose time a conversion is booked in; its own where there is no such. */
enum attribute_period_of {
	ATTRIBUTE_OF_CONVERSION,
	ATTRIBUTE_OF_LEAD,  /* the group's first lead */
	ATTRIBUTE_OF_FIRST, /* its first touch */
};

struct attribute_times {
	bool has_as_of, has_since, has_until;
	int64_t as_of_us; /* later rows do not exist */
	int64_t since_us, until_us; /* conversions outside are not booked */
};

/* Borrowed by the attribute. */
struct attribute_options {
	struct credit_options credit;
	struct model **model;
	size_t nmodels;
	const struct attribute_by *by;
	size_t nby;
	int columns[STEP_COLUMNS]; /* table columns, or -1 */
	const struct text *kind;   /* --touch-kinds; nkinds 0: all */
	size_t nkinds;
	const struct text *excluded; /* --exclude-channel */
	size_t nexcluded;
	enum when_period period;
	struct attribute_times times;
	enum transform_kind transform;
	enum attribute_period_of period_of;
	bool paths; /* sums are of paths, not of models */
	bool lines; /* shares are asked for, not sums */
};

/* The text that stands in every --by column of credit without a touch. */
#define ATTRIBUTE_NOBODY "(unattributed)"

/* Is a --by column of this name the touch's? Others are the conversion's. */
bool attribute_of_touch(struct text name);

/* The table columns that sums are made from, some perhaps twice, into cols[]; how
 * many. Room: nby and STEP_COLUMNS. */
size_t attribute_columns(const struct attribute_options *o, int *cols);

/* The columns of the table of sums, left to right; how many. Room: nby and 5. */
size_t attribute_header(bool paths, const struct text *by, size_t nby,
    struct text *name);

/* The same of the table of chains_removal(), where columns of conversions are none. */
size_t attribute_effects_header(const struct text *by, size_t nby, struct text *name);

/* Is this column of such a table one of --by? */
bool attribute_is_by(struct text name);

struct attribute;

struct attribute *attribute_new(const struct attribute_options *o);
void attribute_free(struct attribute *a); /* NULL does nothing */

/* Begin a group; g is borrowed until the next. false: it has no row of a
 * milestone asked for; attribute_row() must check its rows all the same. */
bool attribute_group(struct attribute *a, const struct group *g);

/* Take row i of the group: NULL, or why not. Borrowed until the next call. */
const struct group_refusal *attribute_row(struct attribute *a, size_t i);

enum attribute_next {
	ATTRIBUTE_END,
	ATTRIBUTE_CONVERSION,
	ATTRIBUTE_LEFT_OUT,  /* v's odd says why */
	ATTRIBUTE_TOO_LARGE, /* its deals' sum is no amount: reject the row */
};

/*
 * After the rows: the next conversion, in their order. For paths, a group that
 * has none gives one whose at is NULL: its touches led nowhere.
 */
enum attribute_next attribute_next(struct attribute *a, struct credit_conversion *v);

/* The period a conversion is booked in, in out. */
struct text attribute_period(const struct attribute *a,
    const struct credit_conversion *v, char out[WHEN_TEXT]);

/* What one touch earns. */
struct attribute_share {
	uint32_t touch;      /* index into the path */
	int64_t weight;      /* micros; of one conversion they sum to 1 */
	int64_t conversions; /* micros */
	int64_t value;       /* micros */
};

/*
 * The shares of conversion v by model m, in the order of touches; they sum to
 * v's conversions and value exactly. *n 0: nobody earned it. Borrowed until the
 * next call.
 */
const struct attribute_share *attribute_share(struct attribute *a,
    const struct credit_conversion *v, size_t m, size_t *n);

/* Book v's shares by every model (or its path); for lines, only count the paths
 * that models with chains need. */
void attribute_book(struct attribute *a, const struct credit_conversion *v);

/* What went wrong since the beginning: a sum past its range, a chain with too many
 * states; or NULL. */
const char *attribute_trouble(const struct attribute *a);

/* How many times a half-life was too short for all touches but the last. */
uint64_t attribute_faded(const struct attribute *a);

/* The chains of the models, or NULL: after the last group, to share what they
 * owe into the tally. */
struct chains *attribute_chains(struct attribute *a);

/* Instead: the groups will be given again, for lines by the chains as they are. */
void attribute_solve(struct attribute *a);

/* The sums so far, in micros: model, "milestone TAB period", --by tuple; of
 * paths: conversions, value, nulls by path. */
struct tally *attribute_tally(struct attribute *a);

#endif
