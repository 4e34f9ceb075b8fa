/* removal_sweep.c - removal effects of large chains, by sweeps over their states */
#include <string.h>

#include <lead/base/mem.h>

#include "removal_state.h"

enum { SWEEPS_MAX = 500 };

static const double NEAR = 1e-14;

struct way {
	uint32_t from;
	double part; /* of the visits of from that go on here */
};

struct sweep {
	const struct removal_chain *chain;
	double walks;
	double *out;   /* all that leaves a state */
	size_t *begin; /* ways into state i: begin[i] to begin[i + 1] */
	struct way *way;
	double *visits, *all; /* of a walk on average: now, and with nothing removed */
	bool *removed;
};

static void
count_out(struct sweep *s)
{
	const struct removal_chain *c = s->chain;

	for (uint32_t i = 0; i < c->nstates; i++) {
		s->walks += c->state[i].starts;
		s->out[i] = c->state[i].conversions + c->state[i].nulls;
	}
	for (size_t e = 0; e < c->nedges; e++) {
		s->out[c->edge[e].from] += c->edge[e].count;
		s->begin[c->edge[e].to + 1]++;
	}
	for (uint32_t i = 0; i < c->nstates; i++)
		s->begin[i + 1] += s->begin[i];
}

/* Edges by from become ways by to: a way's place is the next of its state's. */
static void
turn_edges(struct sweep *s)
{
	const struct removal_chain *c = s->chain;
	size_t *next = mem_new((size_t)c->nstates + 1, sizeof(*next));

	for (uint32_t i = 0; i < c->nstates; i++)
		next[i] = s->begin[i];
	for (size_t e = 0; e < c->nedges; e++) {
		const struct removal_edge *edge = &c->edge[e];

		s->way[next[edge->to]++] = (struct way){ edge->from,
			edge->count / s->out[edge->from] };
	}
	mem_free(next);
}

static struct sweep
begin(const struct removal_chain *c)
{
	struct sweep s = { .chain = c };
	size_t n = (size_t)c->nstates + 1;

	s.out = mem_new(n, sizeof(*s.out));
	s.begin = mem_new(n, sizeof(*s.begin));
	s.way = mem_new(c->nedges + 1, sizeof(*s.way));
	s.visits = mem_new(n, sizeof(*s.visits));
	s.all = mem_new(n, sizeof(*s.all));
	s.removed = mem_new(n, sizeof(*s.removed));
	count_out(&s);
	turn_edges(&s);
	return s;
}

static void
end(struct sweep *s)
{
	mem_free(s->out);
	mem_free(s->begin);
	mem_free(s->way);
	mem_free(s->visits);
	mem_free(s->all);
	mem_free(s->removed);
}

/* Visits from visits, once; by how much they changed. */
static double
once(struct sweep *s)
{
	double change = 0;

	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		double visits = s->chain->state[i].starts / s->walks;

		if (s->removed[i])
			continue;
		for (size_t k = s->begin[i]; k < s->begin[i + 1]; k++)
			visits += s->visits[s->way[k].from] * s->way[k].part;
		change += visits > s->visits[i] ? visits - s->visits[i]
		                                : s->visits[i] - visits;
		s->visits[i] = visits;
	}
	return change;
}

/* A sum of many parts, and what its rounding lost (Kahan 1965). */
struct total {
	double sum, lost;
};

static void
add(struct total *t, double part)
{
	double more = part - t->lost, sum = t->sum + more;

	t->lost = (sum - t->sum) - more;
	t->sum = sum;
}

/* Changes shrink by a steady rate: all that are to come are change * rate /
 * (1 - rate) together. */
static bool
settle(struct sweep *s, struct removal_effect *out)
{
	struct total conversions = { 0, 0 }, value = { 0, 0 };
	double before = 0, change = once(s);
	int n = 1;

	do {
		before = change;
		change = once(s);
	} while (change > 0 && ++n < SWEEPS_MAX &&
	    (change >= before || change * change > NEAR * (before - change)));
	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		const struct removal_state *state = &s->chain->state[i];

		if (s->visits[i] > 0) {
			add(&conversions, s->visits[i] * (state->conversions / s->out[i]));
			add(&value, s->visits[i] * (state->value / s->out[i]));
		}
	}
	*out = (struct removal_effect){ conversions.sum, value.sum };
	return n < SWEEPS_MAX;
}

/* Begin with the visits of the whole chain where they are still to be had. */
static void
take_out(struct sweep *s, uint32_t channel)
{
	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		s->removed[i] = removal_holds(s->chain, i, channel, channel + 1);
		s->visits[i] = s->removed[i] ? 0 : s->all[i];
	}
}

bool
removal_sweep(const struct removal_chain *c, struct removal_effect *out)
{
	struct sweep s = begin(c);
	bool good = settle(&s, &out[c->nchannels]);

	memcpy(s.all, s.visits, c->nstates * sizeof(*s.all));
	for (uint32_t i = 0; i < c->nchannels && good; i++) {
		take_out(&s, i);
		good = settle(&s, &out[i]);
	}
	end(&s);
	return good;
}
