/* lookback.h - how old may a touch be, per milestone */
#ifndef LEAD_DOMAIN_LOOKBACK_H
#define LEAD_DOMAIN_LOOKBACK_H

#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/credit/credit.h>

/*
 * Read "90d" (all milestones), "lead=30d,won=365d", or both, "0" for no bound,
 * into the rules. Milestones that are not named keep what they had. NULL, or
 * what is wrong, with *bad the part at fault.
 */
const char *lookback_parse(struct text t, struct credit_rule rule[CREDIT_EVENTS],
    struct text *bad);

/*
 * The half-life of each milestone: the one given, or for 0 seven days where the
 * lookback is at most 30 days, thirty where there is none, else a third of it.
 */
void lookback_half_lives(struct credit_rule rule[CREDIT_EVENTS], int64_t given_us);

#endif
