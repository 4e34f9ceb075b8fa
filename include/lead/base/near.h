/* near.h - which name did somebody mean who wrote another? */
#ifndef LEAD_BASE_NEAR_H
#define LEAD_BASE_NEAR_H

#include <stddef.h>

#include <lead/base/text.h>

/*
 * Which of n names is the nearest to a wrong one, ASCII case ignored: at most a
 * third of its bytes to change (Levenshtein), or one begins the other with four bytes
 * or up to a '_'; the first of equals, or -1. Names longer than 64 bytes are never near.
 */
int near_find(struct text wrong, const struct text *name, size_t n);

#endif
