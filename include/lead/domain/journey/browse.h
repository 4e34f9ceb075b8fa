/* browse.h - is this row a page that somebody looked at? */
#ifndef LEAD_DOMAIN_BROWSE_H
#define LEAD_DOMAIN_BROWSE_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/domain/journey/journey.h>

/*
 * It is when it is a page view, or has a page, whatever its event: a form that
 * was sent is on a page. Where the table has no column page, a row with a
 * channel that was not just declared is one. Rows of mail never are.
 */
bool browse_is_page(const struct journey *j, const struct journey_columns *c,
    size_t row, struct text event);

/* Is the page one of those that are no marketing? */
bool browse_is_portal(const struct journey *j, const struct journey_columns *c,
    const struct portal *p, size_t row);

/* What the row says about where the visit came from. */
struct visit_source browse_source(const struct journey *j,
    const struct journey_columns *c, size_t row);

#endif
