/* walks.h - how often paths went from which state to which: a Markov chain */
#ifndef LEAD_DOMAIN_WALKS_H
#define LEAD_DOMAIN_WALKS_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/dict.h>
#include <lead/base/num.h>
#include <lead/domain/credit/removal.h>

/*
 * A state is a window of order names that follow each other, equal neighbours
 * being one; a path with fewer names is one short state. Counts are exact, in
 * any one unit, so that their order does not matter.
 */
struct walks;

enum {
	WALKS_ORDER_MAX = 9,
	WALKS_STATES_MAX = 20000,
	WALKS_NONE = REMOVAL_NONE, /* no name */
};

struct walks *walks_new(uint32_t order);
void walks_free(struct walks *w); /* NULL does nothing */

/* What came of a path. */
struct walks_end {
	num_wide conversions, value, nulls;
};

/* Count a path of n > 0 names, all numbers of one dictionary. NULL, or why it
 * cannot be. */
const char *walks_add(struct walks *w, const uint32_t *name, size_t n,
    const struct walks_end *end);

enum walks_kind {
	WALKS_START,      /* began in the state of these names */
	WALKS_STEP,       /* went from one state to the next: a name more */
	WALKS_CONVERSION, /* ended in the state */
	WALKS_NULL,
};

struct walks_count {
	enum walks_kind kind;
	uint32_t name[WALKS_ORDER_MAX + 1];
	size_t n;
	num_wide count, value; /* value: of conversions */
};

/* The counts one by one, as they make another part's walks: the i-th, in any
 * order, or false; and one taken back in: NULL, or why it cannot be. */
bool walks_get(const struct walks *w, size_t i, struct walks_count *c);
const char *walks_put(struct walks *w, const struct walks_count *c);

/* The names of all states in byte order, and what each's removal leaves. */
struct walks_effects {
	uint32_t *name; /* owned */
	size_t n;
	struct removal_effect *without; /* n, then of nothing removed; owned */
};

/* unit: so many of the counts' units are one. */
void walks_effects(const struct walks *w, const struct dict *names, num_wide unit,
    struct walks_effects *out);
void walks_effects_clear(struct walks_effects *e);

#endif
