/* unjoined.h - campaigns with spend and no touch, and with touches and no spend */
#ifndef LEAD_DOMAIN_UNJOINED_H
#define LEAD_DOMAIN_UNJOINED_H

#include <lead/base/buf.h>
#include <lead/domain/figures/life.h>
#include <lead/domain/figures/spend.h>

struct unjoined;

/* Memory: the campaigns. */
struct unjoined *unjoined_new(void);
void unjoined_free(struct unjoined *u); /* NULL does nothing */

/* The header of the table, tab between names. */
extern const char *const unjoined_header;

/* The campaigns of a group's touches. */
void unjoined_touches(struct unjoined *u, const struct life *l);

/* The i-th campaign of touches, and how many millionths of them, for a run that
 * merges; false past the last. And those of another run. */
bool unjoined_touched(const struct unjoined *u, size_t i, struct text *campaign,
    num_wide *touches);
void unjoined_add(struct unjoined *u, struct text campaign, num_wide touches);

/* The campaigns of all spend that counts: once, after spend_book(). */
void unjoined_spend(struct unjoined *u, const struct spend *s);

/*
 * Row i of a struct unjoined in byte order, or false past the last: side (spend or
 * touch), platform, campaign_id, campaign, cost, touches, tabs between. Borrowed
 * until the next.
 */
bool unjoined_row(void *unjoined, size_t i, struct text *row);

#endif
