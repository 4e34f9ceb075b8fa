/* settle.h - which steps of a group stay, once all its rows were seen */
#ifndef LEAD_DOMAIN_SETTLE_H
#define LEAD_DOMAIN_SETTLE_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/domain/journey/journey.h>

/*
 * Close the gaps that dropped steps left in s[0..n-1], and drop some more: a
 * stated source where its lead has another touch at or before its first
 * milestone (JOURNEY_FALLBACK), and the middle of a lead's touches where they
 * are more than max_touches: *cut goes up by that. Returns how many stay.
 */
size_t settle_steps(struct journey_step *s, size_t n, size_t npeople,
    const struct journey_rules *r, struct arena *scratch, uint64_t *cut);

#endif
