/* removal_sweep.c - removal effects of large chains, by sweeps over their states */
#include <string.h>

#include <lead/base/mem.h>

#include "removal_state.h"

/*
 * Paths enter a state as often as they leave it. Where walks into states with a
 * channel end, a part of the passages through the others is lost: of state i
 *
 *     out[i] loss[i] = sum of count[j to i] loss[j],    loss = 1 with the channel
 *
 * so that what is lost is a sum of positive parts, and a rare channel's as exact as
 * a common one's. Channels are solved for LANES at a time, each in a lane of its own.
 */
enum { LANES = 8, SWEEPS_MAX = 500 };

/* How far a solution is off, in passages: of those of the channel's own states
 * before it is put right once, of all walks after that. */
static const double ROUGH = 1e-9, FINE = 1e-20;

struct way {
	uint32_t from;
	double count;
};

struct sweep {
	const struct removal_chain *chain;
	double *out;   /* all that leaves a state */
	double *whole; /* 1 / out */
	size_t *begin; /* ways into state i: begin[i] to begin[i + 1] */
	struct way *way;
	uint8_t *holds;       /* by state: a bit for each lane whose channel it has */
	double (*loss)[LANES], (*base)[LANES], (*more)[LANES];
	double own[LANES];    /* passages of the channel's states */
	long double walks, conversions, value;
};

static void
count_out(struct sweep *s)
{
	const struct removal_chain *c = s->chain;

	for (uint32_t i = 0; i < c->nstates; i++) {
		s->walks += c->state[i].starts;
		s->conversions += c->state[i].conversions;
		s->value += c->state[i].value;
		s->out[i] = c->state[i].conversions + c->state[i].nulls;
	}
	for (size_t e = 0; e < c->nedges; e++) {
		s->out[c->edge[e].from] += c->edge[e].count;
		s->begin[c->edge[e].to + 1]++;
	}
	for (uint32_t i = 0; i < c->nstates; i++) {
		s->whole[i] = s->out[i] > 0 ? 1 / s->out[i] : 0;
		s->begin[i + 1] += s->begin[i];
	}
}

/* Edges by from become ways by to: a way's place is the next of its state's. */
static void
turn_edges(struct sweep *s)
{
	const struct removal_chain *c = s->chain;
	size_t *next = mem_new((size_t)c->nstates + 1, sizeof(*next));

	memcpy(next, s->begin, c->nstates * sizeof(*next));
	for (size_t e = 0; e < c->nedges; e++)
		s->way[next[c->edge[e].to]++] = (struct way){ c->edge[e].from,
			c->edge[e].count };
	mem_free(next);
}

static struct sweep
begin(const struct removal_chain *c)
{
	struct sweep s = { .chain = c };
	size_t n = (size_t)c->nstates + 1;

	s.out = mem_new(n, sizeof(*s.out));
	s.whole = mem_new(n, sizeof(*s.whole));
	s.begin = mem_new(n, sizeof(*s.begin));
	s.way = mem_new(c->nedges + 1, sizeof(*s.way));
	s.holds = mem_new(n, sizeof(*s.holds));
	s.loss = mem_new(n, sizeof(*s.loss));
	s.base = mem_new(n, sizeof(*s.base));
	s.more = mem_new(n, sizeof(*s.more));
	count_out(&s);
	turn_edges(&s);
	return s;
}

static void
end(struct sweep *s)
{
	mem_free(s->out);
	mem_free(s->whole);
	mem_free(s->begin);
	mem_free(s->way);
	mem_free(s->holds);
	mem_free(s->loss);
	mem_free(s->base);
	mem_free(s->more);
}

/* Is every state left as often as it is entered? A table of counts that someone
 * put together need not say so. */
static bool
flows(const struct sweep *s)
{
	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		double in = s->chain->state[i].starts, off;

		for (size_t k = s->begin[i]; k < s->begin[i + 1]; k++)
			in += s->way[k].count;
		off = in - s->out[i];
		if (off > 1e-12 * in || -off > 1e-12 * in)
			return false;
	}
	return true;
}

/* One sweep: x of each state from those before it, `given` where a lane's channel
 * is; in change[], by how many passages. */
static inline __attribute__((always_inline)) void
sweep_once(const struct sweep *s, double (*restrict x)[LANES],
    double (*restrict base)[LANES], double given, double change[LANES])
{
	double sum[LANES], moved[LANES] = { 0 };

	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		unsigned holds = s->holds[i];

		for (int l = 0; l < LANES; l++)
			sum[l] = base[i][l];
		for (size_t k = s->begin[i]; k < s->begin[i + 1]; k++) {
			const double *from = x[s->way[k].from];
			double count = s->way[k].count;

			for (int l = 0; l < LANES; l++)
				sum[l] += from[l] * count;
		}
		for (int l = 0; l < LANES; l++)
			sum[l] *= s->whole[i];
		for (int l = 0; holds != 0; l++, holds >>= 1)
			if (holds & 1)
				sum[l] = given;
		for (int l = 0; l < LANES; l++) {
			double by = (sum[l] - x[i][l]) * s->out[i];

			moved[l] += by < 0 ? -by : by;
			x[i][l] = sum[l];
		}
	}
	memcpy(change, moved, sizeof(moved));
}

/* The same arithmetic in wider registers: the bits do not differ. */
#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
sweep_avx2(const struct sweep *s, double (*x)[LANES], double (*base)[LANES],
    double given, double change[LANES])
{
	sweep_once(s, x, base, given, change);
}
#endif

static void
sweep_any(const struct sweep *s, double (*x)[LANES], double (*base)[LANES],
    double given, double change[LANES])
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2")) {
		sweep_avx2(s, x, base, given, change);
		return;
	}
#endif
	sweep_once(s, x, base, given, change);
}

/* Changes shrink by a steady rate: all that are to come are change * rate /
 * (1 - rate) together. */
static bool
is_close(double before, double change, double within)
{
	return change == 0 ||
	    (change < before && change * change <= within * (before - change));
}

static bool
all_close(const double before[LANES], const double change[LANES],
    const double within[LANES])
{
	for (int l = 0; l < LANES; l++)
		if (!is_close(before[l], change[l], within[l]))
			return false;
	return true;
}

static bool
solve(const struct sweep *s, double (*x)[LANES], double given, const double within[LANES])
{
	double before[LANES], change[LANES];
	int n = 1;

	sweep_any(s, x, s->base, given, change);
	do {
		memcpy(before, change, sizeof(before));
		sweep_any(s, x, s->base, given, change);
	} while (++n < SWEEPS_MAX && !all_close(before, change, within));
	return n < SWEEPS_MAX;
}

/* What the solution leaves of the equations, in more digits than it has. */
static void
set_rest(struct sweep *s)
{
	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		long double rest[LANES];

		for (int l = 0; l < LANES; l++)
			rest[l] = -(long double)s->loss[i][l] * s->out[i];
		for (size_t k = s->begin[i]; k < s->begin[i + 1]; k++)
			for (int l = 0; l < LANES; l++)
				rest[l] += (long double)s->loss[s->way[k].from][l] *
				    s->way[k].count;
		for (int l = 0; l < LANES; l++)
			s->base[i][l] = (double)rest[l];
	}
}

/* Lanes for the channels from `first` on. */
static void
load(struct sweep *s, uint32_t first)
{
	size_t bytes = s->chain->nstates * sizeof(*s->loss);

	memset(s->loss, 0, bytes);
	memset(s->base, 0, bytes);
	memset(s->more, 0, bytes);
	memset(s->own, 0, sizeof(s->own));
	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		s->holds[i] = 0;
		for (uint32_t l = 0; l < LANES; l++)
			if (removal_holds(s->chain, i, first + l, first + l + 1)) {
				s->holds[i] |= (uint8_t)(1u << l);
				s->own[l] += s->out[i];
			}
	}
}

static struct removal_effect
effect(const struct sweep *s, int lane)
{
	long double conversions = 0, value = 0;
	const struct removal_state *state = s->chain->state;

	for (uint32_t i = 0; i < s->chain->nstates; i++) {
		long double loss = (long double)s->loss[i][lane] + s->more[i][lane];

		conversions += loss * state[i].conversions;
		value += loss * state[i].value;
	}
	return (struct removal_effect){
		.conversions = (s->conversions - conversions) / s->walks,
		.value = (s->value - value) / s->walks,
		.lost = s->conversions == 0 ? 0 : conversions / s->conversions,
		.lost_value = s->value == 0 ? 0 : value / s->value,
	};
}

static bool
one_lot(struct sweep *s, uint32_t first, struct removal_effect *out)
{
	uint32_t n = s->chain->nchannels - first;
	double within[LANES];

	load(s, first);
	for (int l = 0; l < LANES; l++)
		within[l] = ROUGH * s->own[l];
	if (!solve(s, s->loss, 1, within))
		return false;
	set_rest(s);
	for (int l = 0; l < LANES; l++)
		within[l] = FINE * (double)s->walks;
	if (!solve(s, s->more, 0, within))
		return false;
	for (uint32_t l = 0; l < LANES && l < n; l++)
		out[l] = effect(s, (int)l);
	return true;
}

bool
removal_sweep(const struct removal_chain *c, struct removal_effect *out)
{
	struct sweep s = begin(c);
	bool good = flows(&s);

	out[c->nchannels] = (struct removal_effect){
		.conversions = s.conversions / s.walks, .value = s.value / s.walks };
	for (uint32_t i = 0; i < c->nchannels && good; i += LANES)
		good = one_lot(&s, i, &out[i]);
	end(&s);
	return good;
}
