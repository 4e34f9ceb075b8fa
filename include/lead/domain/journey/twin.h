/* twin.h - are two neighbouring rows of a group one event? */
#ifndef LEAD_DOMAIN_TWIN_H
#define LEAD_DOMAIN_TWIN_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/domain/journey/journey.h>

/* Is row the one before it once more: one time and event_id, or without an id
 * the same bytes? A touch and a milestone of a steps table are two. */
bool twin_repeats(const struct journey *j, const struct journey_columns *c,
    size_t row);

/* Steps: is row a milestone whose own touch stands behind it, by the order of
 * bytes alone? Then that one is to be read first. */
bool twin_touch_follows(const struct journey *j, const struct journey_columns *c,
    size_t row);

#endif
