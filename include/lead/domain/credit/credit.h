/* credit.h - which touches of a group may earn each of its conversions */
#ifndef LEAD_DOMAIN_CREDIT_H
#define LEAD_DOMAIN_CREDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/zone.h>
#include <lead/domain/credit/model.h>
#include <lead/domain/journey/step.h>

/* Milestones by event_rank(). */
enum { CREDIT_EVENTS = 64 };

/* Per milestone: is its credit asked for, and which touches are too old? */
struct credit_rule {
	bool wanted;
	int64_t lookback_us; /* 0: none is too old */
	int64_t half_us;     /* half-life of time-decay, not 0 */
};

struct credit_options {
	struct credit_rule rule[CREDIT_EVENTS];
	bool from_conversion; /* the lookback counts from it, not from `lead` */
	bool since_last;      /* touches after the previous conversion alone */
	bool acquisition;     /* every won and payment as the first won */
	bool deal_value;      /* milestones before won have their deal's value */
	const struct zone *zone; /* of civil days, borrowed */
};

/* Ask for the credit of a milestone. NULL, or what is wrong with the name. */
const char *credit_want(struct credit_options *o, struct text milestone);

/* A milestone row as the caller read it; texts borrowed until credit_clear(). */
struct credit_milestone {
	const struct event *event;
	enum step_precision precision;
	int64_t at_us, value;
	struct text deal, deal_type, lead;
	uint32_t row;   /* of the group */
	uint32_t above; /* touches above it: credit_milestone() sets it */
};

/* One conversion (or refund) and the touches that may earn it. */
struct credit_conversion {
	const struct credit_milestone *at;
	const struct event *booked; /* a refund is booked under won */
	int64_t conversions;        /* in micros: 1, or 0 for a refund */
	int64_t value;
	bool too_large;             /* a sum of deals that value does not hold */
	const char *odd;            /* worth a count: one word, or NULL */
	struct model_path path;     /* n 0: (unattributed) */
};

/* The touches and milestones of one group. */
struct credit;

struct credit *credit_new(const struct credit_options *o); /* o is borrowed */
void credit_free(struct credit *c); /* NULL does nothing */

/* Forget the group. */
void credit_clear(struct credit *c);

/*
 * The rows of the group in their order. excluded: left out of every path that
 * holds another touch (--exclude-channel). An undated touch is in no path:
 * do not add it. m->above need not be set.
 */
void credit_touch(struct credit *c, const struct model_touch *t, bool excluded);
void credit_milestone(struct credit *c, const struct credit_milestone *m);

/* After the last row: the next conversion in the order of rows; false when
 * there is none. *v is good until the next call. */
bool credit_next(struct credit *c, struct credit_conversion *v);

/* The first dated lead of the group, or NULL. */
const struct credit_milestone *credit_lead(const struct credit *c);

/* The touches of the whole group: what a group without conversion ends in. */
void credit_all(const struct credit *c, struct model_path *p);

#endif
