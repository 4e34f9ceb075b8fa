/* removal.h - what the walks of a chain would bring without one of its channels */
#ifndef LEAD_DOMAIN_REMOVAL_H
#define LEAD_DOMAIN_REMOVAL_H

#include <stddef.h>
#include <stdint.h>

enum { REMOVAL_NONE = UINT32_MAX };

/* A state, and how often walks began and ended there. */
struct removal_state {
	double starts, conversions, nulls;
	double value; /* that the conversions brought, together */
};

struct removal_edge {
	uint32_t from, to; /* two states */
	double count;
};

/*
 * A Markov chain with two ends. Each state has order channels at
 * channel[order * state], REMOVAL_NONE in places that it leaves empty.
 */
struct removal_chain {
	uint32_t nstates, nchannels, order;
	const struct removal_state *state;
	const uint32_t *channel;
	const struct removal_edge *edge; /* by from, then to */
	size_t nedges;
};

/* Of one walk, and what parts of these the removal costs. */
struct removal_effect {
	long double conversions; /* the probability that it converts */
	long double value;       /* what it brings on average */
	long double lost, lost_value;
};

/*
 * out[c]: where walks into any state with channel c end in null;
 * out[nchannels]: where nothing is removed. Anderl, Becker, von Wangenheim and
 * Schumann (2016). States are eliminated as Grassmann, Taksar and Heyman (1985)
 * do, without a subtraction; in chains of more than 400 states and short walks
 * they are swept, and the rest is solved for once more. Either way, where long
 * double has 64 bits, to 10^-18: what is printed of it, 15 decimals, is the same.
 * Every state that walks reach must reach an end.
 */
void removal_effects(const struct removal_chain *c, struct removal_effect *out);

#endif
