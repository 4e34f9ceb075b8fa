/* quota.h - which cut lets through no more leads than sales can serve? */
#ifndef LEAD_DOMAIN_QUOTA_H
#define LEAD_DOMAIN_QUOTA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * A lead is new at a cut in a window when its best score first reaches the cut
 * in it: the best of before is below, the best of until then is not. Memory: 16
 * bytes a lead that rose in the window.
 */
struct quota;

struct quota *quota_new(void);
void quota_free(struct quota *q);

/* "40/week" or "40"; false when it is neither. */
bool quota_parse(struct text t, size_t *a_week);

/* One lead's best score before the window (INT64_MIN: none) and with it. */
void quota_add(struct quota *q, int64_t before, int64_t best);

/*
 * The least best score at which, and at all above, at most most leads are new;
 * *leads are new at it. false when no lead rose.
 */
bool quota_cut(struct quota *q, size_t most, int64_t *cut, size_t *leads);

#endif
