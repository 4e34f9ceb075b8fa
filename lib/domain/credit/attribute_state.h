/* attribute_state.h - what the parts of attribute.c share */
#ifndef LEAD_DOMAIN_ATTRIBUTE_STATE_H
#define LEAD_DOMAIN_ATTRIBUTE_STATE_H

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/domain/credit/attribute.h>
#include <lead/domain/credit/chains.h>
#include <lead/domain/credit/plans.h>

enum {
	ATTRIBUTE_TUPLE = 1 << 20, /* bytes: what a line of the table may have */
	ATTRIBUTE_SHARES = 1 << 23,
};

struct attribute {
	const struct attribute_options *o;
	struct credit *credit;
	struct chains *chains; /* NULL: no model has one */
	bool *touch_column;    /* of --by */
	uint32_t *chain;       /* by model and milestone, or DICT_NONE */
	uint32_t *name;        /* scratch: tuples of a path */
	size_t name_cap;
	struct transform *transform;
	struct arena paths;    /* transformed ones, of the group */
	bool solved;           /* the chains' effects are known */
	const char *trouble;
	struct tally *tally;
	uint32_t *model;      /* numbers in the tally */
	uint32_t nobody;      /* tuple of (unattributed) */
	struct dict *touches; /* tuples of touch columns, where --by mixes both */
	struct buf text;

	const struct group *group;
	struct text wanted_name[CREDIT_EVENTS + 1];
	size_t nwanted;
	bool wanted, met;  /* a milestone asked for: is there one, was it given */
	bool met_one[CREDIT_EVENTS]; /* was this one given */
	bool ended;
	int64_t last_us;   /* of the row above */
	struct group_refusal refusal;

	const struct event *slice_event; /* of slice */
	int64_t slice_day;
	uint32_t slice;

	uint32_t *touch; /* one model's: scratch */
	int64_t *weight, *part, *value;
	int64_t *nothing; /* all 0 */
	struct plans *plans;
	struct attribute_share *share;
	size_t cap;
	uint32_t *cell; /* of the touches of one conversion, once known */
	size_t cell_cap, unknown; /* how many are not */
};

/* The --by fields of a touch, or with a conversion of both; row ATTRIBUTE_OWED
 * stands for a touch that is not known yet. Borrowed until the next. */
enum { ATTRIBUTE_OWED = -1 };
struct text attribute_tuple(struct attribute *a, ptrdiff_t row,
    const struct credit_conversion *v);

/* The slice of the tally of a conversion. */
uint32_t attribute_slice(struct attribute *a, const struct credit_conversion *v);

/* --- attribute_chain.c --- */

/* After the tally and the touches' tuples: the chains, if a model has one. */
void attribute_begin_chains(struct attribute *a);

/* Is the model's credit for this path its chain's to share? */
bool attribute_chained(const struct attribute *a, size_t m, const struct model_path *p);

/* Count the path of a conversion; share what it brought later. NULL, or why it
 * cannot be. */
const char *attribute_walk(struct attribute *a, size_t m,
    const struct credit_conversion *v);

/* Count the path of a group for each milestone that it led not to. */
const char *attribute_lead_nowhere(struct attribute *a);

/* Let model m weigh by the effects of v's chain. */
void attribute_set_effects(struct attribute *a, size_t m,
    const struct credit_conversion *v);

#endif
