/* chains_state.h - what the parts of chains.c share */
#ifndef LEAD_DOMAIN_CHAINS_STATE_H
#define LEAD_DOMAIN_CHAINS_STATE_H

#include <lead/base/buf.h>
#include <lead/base/map.h>
#include <lead/domain/credit/chains.h>

extern const char chains_range[];

struct chain {
	struct text model, milestone; /* in tally and in keys */
	struct walks *walks;
	struct walks_effects effects;
	int64_t *weight, *value_weight; /* of effects; NULL: not computed yet */
	int64_t *by_number;
	bool shared, value_shared; /* has anyone an effect? */
};

struct owed {
	uint32_t chain, slice, tuple;
	num_wide figure[2];
};

struct chains {
	struct tally *tally;
	enum tally_unit unit;
	struct dict *names, *keys; /* keys: "model TAB milestone" */
	const bool *touch;
	size_t nby;
	struct chain *chain;
	size_t cap;
	struct map *map; /* of owed */
	struct owed *owed;
	size_t owed_cap;
	struct buf text, name;
};

#endif
