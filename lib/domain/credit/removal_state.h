/* removal_state.h - what the parts of removal.c share */
#ifndef LEAD_DOMAIN_REMOVAL_STATE_H
#define LEAD_DOMAIN_REMOVAL_STATE_H

#include <stdbool.h>

#include <lead/domain/credit/removal.h>

/* Has the state a channel of low … high - 1? */
static inline bool
removal_holds(const struct removal_chain *c, uint32_t state, uint32_t low, uint32_t high)
{
	const uint32_t *channel = c->channel + (size_t)state * c->order;

	for (uint32_t i = 0; i < c->order; i++)
		if (channel[i] >= low && channel[i] < high)
			return true;
	return false;
}

/*
 * The effects by sweeps over the states (Gauss-Seidel): faster than elimination
 * where states are many and walks short. false: walks are so long that they would
 * take too many, or are not those of whole paths; out is not set.
 */
bool removal_sweep(const struct removal_chain *c, struct removal_effect *out);

#endif
