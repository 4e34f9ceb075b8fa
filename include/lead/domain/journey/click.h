/* click.h - which clicks in mails led to this page? */
#ifndef LEAD_DOMAIN_CLICK_H
#define LEAD_DOMAIN_CLICK_H

#include <stdint.h>

#include <lead/base/text.h>

/*
 * Clicks of the people of one group that wait for the page that they lead to, by
 * campaign. Each is taken once, so a group costs no more than its rows.
 */
struct clicks;

struct clicks *click_new(void);
void click_free(struct clicks *c); /* NULL does nothing */

/* Forget the group. */
void click_clear(struct clicks *c);

/* A click waits; step is the caller's. One without a campaign waits for none. */
void click_wait(struct clicks *c, uint32_t person, struct text campaign, int64_t us,
    uint32_t step);

enum { CLICK_NONE = UINT32_MAX };

/*
 * A page of this person and campaign takes the step of the newest click that waits,
 * as long as there is one at since_us or later; older ones wait no more. Ask with
 * ascending since_us until it is CLICK_NONE.
 */
uint32_t click_take(struct clicks *c, uint32_t person, struct text campaign,
    int64_t since_us);

#endif
