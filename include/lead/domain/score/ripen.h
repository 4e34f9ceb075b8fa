/* ripen.h - when did this lead become mature, and is it a customer? */
#ifndef LEAD_DOMAIN_RIPEN_H
#define LEAD_DOMAIN_RIPEN_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/domain/journey/customer.h>
#include <lead/domain/score/score.h>

/*
 * A lead is an MQL from the first instant of its events at which its class is
 * mature; one without a dated event from as-of. Customers never become one.
 */
enum ripen_asks {
	RIPEN_CLASS, /* what it is at the end, alone: nothing on the way is looked at */
	RIPEN_MQL,   /* since when it is an MQL, too */
	RIPEN_BESTS, /* and its best scores */
};

struct ripen {
	const struct scoring *rules;
	struct score *score; /* for RIPEN_MQL: with its bound kept */
	const struct customer *customers;
	enum ripen_asks asks;
	int64_t window_us; /* of RIPEN_BESTS: start of the window */

	struct text id, account;
	int64_t customer_us; /* since when by its own deals, or CUSTOMER_NEVER */
	bool is_mql; /* with mql_us of RIPEN_MQL */
	int64_t mql_us;
	int64_t before, best; /* greatest score until window_us, and of all:
	                        * RIPEN_BESTS */
	bool timed;
	int64_t last_us;
};

/* The fields above the gap are set; a new lead, of which this is known. Texts
 * are borrowed. */
void ripen_begin(struct ripen *l, struct text id, struct text account,
    int64_t customer_us);

/* One more event, as score_add() takes it; account may be empty. */
enum condition_verdict ripen_add(struct ripen *l, struct text event, bool timed,
    int64_t us, struct text account, const struct text *field);

/* No more events until as_of_us. */
void ripen_end(struct ripen *l, int64_t as_of_us);

/* Its class by a score; customers are outside the three. */
enum score_class ripen_class(const struct ripen *l, const struct score_sum *sum);

#endif
