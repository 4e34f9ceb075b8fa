/* removal.c - what the walks of a chain would bring without one of its channels */
#include <stdlib.h>
#include <string.h>

#include <lead/base/mem.h>

#include "removal_state.h"

enum {
	ENTRIES_MAX = 1 << 28,
	ELIMINATED = 400, /* states: larger chains are swept, if that ends */
};

struct entry {
	uint32_t to;
	long double weight;
};

struct row {
	size_t begin, end; /* of its entries */
	long double conversions, value, nulls;
	long double out; /* all that leaves a row that goes */
};

/*
 * The states that are left, and the start in the last row. A weight is how
 * often the row's walks go there next: in whole walks for the start, in any
 * measure for a state.
 */
struct matrix {
	uint32_t n;      /* states */
	uint32_t *state; /* of the chain */
	struct row *row; /* n + 1 */
	struct entry *entry;
	size_t nentries, cap;
};

struct removal {
	const struct removal_chain *chain;
	struct removal_effect *out;
	long double walks;
	const struct matrix *from, *gone; /* being reduced, and its rows that go */
	long double *sum; /* scratch: one row, spread out; all 0 between uses */
	uint32_t *place; /* scratch: new number of a state */
	uint64_t *cost;  /* scratch */
};

static struct matrix *
matrix_new(uint32_t n)
{
	struct matrix *m = mem_new(1, sizeof(*m));

	m->n = n;
	m->state = mem_new((size_t)n + 1, sizeof(*m->state));
	m->row = mem_new((size_t)n + 1, sizeof(*m->row));
	return m;
}

static void
matrix_free(struct matrix *m)
{
	mem_free(m->state);
	mem_free(m->row);
	mem_free(m->entry);
	mem_free(m);
}

static void
push(struct matrix *m, uint32_t to, long double weight)
{
	if (m->nentries == m->cap)
		m->entry = mem_grow(m->entry, &m->cap, m->nentries + 1,
		    sizeof(*m->entry), ENTRIES_MAX, "transitions of a chain");
	m->entry[m->nentries++] = (struct entry){ to, weight };
}

static struct matrix *
whole(struct removal *r)
{
	const struct removal_chain *c = r->chain;
	struct matrix *m = matrix_new(c->nstates);
	struct row *start = &m->row[c->nstates];
	size_t e = 0;

	for (uint32_t i = 0; i < c->nstates; i++) {
		const struct removal_state *s = &c->state[i];

		m->state[i] = i;
		m->row[i] = (struct row){ m->nentries, 0, s->conversions, s->value,
			s->nulls, 0 };
		for (; e < c->nedges && c->edge[e].from == i; e++)
			push(m, c->edge[e].to, c->edge[e].count);
		m->row[i].end = m->nentries;
	}
	start->begin = m->nentries;
	for (uint32_t i = 0; i < c->nstates; i++)
		if (c->state[i].starts > 0) {
			push(m, i, c->state[i].starts);
			r->walks += c->state[i].starts;
		}
	start->end = m->nentries;
	return m;
}

static int
compare_costs(const void *a, const void *b, void *cost)
{
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const uint64_t *x = cost;

	if (x[i] != x[j])
		return x[i] < x[j] ? -1 : 1;
	return (i > j) - (i < j);
}

/*
 * The rows that go, those first whose going joins few pairs; then the rows that
 * stay and the start. order[] has the old numbers, r->place[] the new ones.
 */
static uint32_t
arrange(struct removal *r, const struct matrix *m, uint32_t low, uint32_t high,
    uint32_t *order)
{
	uint32_t gone = 0, stays;

	memset(r->cost, 0, m->n * sizeof(*r->cost));
	for (size_t i = 0; i < m->nentries; i++)
		r->cost[m->entry[i].to]++;
	for (uint32_t i = 0; i < m->n; i++) {
		r->cost[i] *= m->row[i].end - m->row[i].begin;
		if (!removal_holds(r->chain, m->state[i], low, high))
			order[gone++] = i;
	}
	qsort_r(order, gone, sizeof(*order), compare_costs, r->cost);
	stays = gone;
	for (uint32_t i = 0; i < m->n; i++)
		if (removal_holds(r->chain, m->state[i], low, high))
			order[stays++] = i;
	order[m->n] = m->n;
	for (uint32_t i = 0; i < m->n; i++)
		r->place[order[i]] = i;
	return gone;
}

/* What walks of a row through a state that goes would do is done by the row. */
static void
pass_through(const struct removal *r, uint32_t j, struct row *row)
{
	const struct row *by = &r->gone->row[j];
	const struct entry *e = r->gone->entry;
	long double share = r->sum[j] / by->out;

	r->sum[j] = 0;
	for (size_t i = by->begin; i < by->end; i++)
		r->sum[e[i].to] += share * e[i].weight;
	row->conversions += share * by->conversions;
	row->value += share * by->value;
	row->nulls += share * by->nulls;
}

/* The row that r->from has at old, now at place, to the end of `to`, without the
 * states that go before it. */
static void
reduce(struct removal *r, uint32_t old, uint32_t place, struct matrix *to)
{
	uint32_t shift = to == r->gone ? 0 : r->gone->n;
	uint32_t before = place < r->gone->n ? place : r->gone->n;
	struct row row = r->from->row[old];

	for (size_t i = row.begin; i < row.end; i++)
		r->sum[r->place[r->from->entry[i].to]] += r->from->entry[i].weight;
	for (uint32_t j = 0; j < before; j++)
		if (r->sum[j] > 0)
			pass_through(r, j, &row);
	r->sum[place] = 0; /* walks that stay where they are go on from there */
	row.begin = to->nentries;
	row.out = row.conversions + row.nulls;
	for (uint32_t k = before; k < r->from->n; k++)
		if (r->sum[k] > 0) {
			push(to, k - shift, r->sum[k]);
			row.out += r->sum[k];
			r->sum[k] = 0;
		}
	row.end = to->nentries;
	to->row[place - shift] = row;
}

/* m with the states alone that have a channel of low … high - 1; walks through
 * the others go on as they did. */
static struct matrix *
eliminate(struct removal *r, const struct matrix *m, uint32_t low, uint32_t high)
{
	uint32_t *order = mem_new((size_t)m->n + 1, sizeof(*order));
	uint32_t n = arrange(r, m, low, high, order);
	struct matrix *gone = matrix_new(n), *left = matrix_new(m->n - n);

	r->from = m;
	r->gone = gone;
	for (uint32_t i = 0; i < n; i++)
		reduce(r, order[i], i, gone);
	for (uint32_t i = n; i <= m->n; i++) {
		reduce(r, order[i], i, left);
		left->state[i - n] = order[i] < m->n ? m->state[order[i]] : 0;
	}
	matrix_free(gone);
	mem_free(order);
	return left;
}

static struct removal_effect
from_start(const struct removal *r, const struct matrix *m)
{
	const struct row *start = &m->row[m->n];

	return (struct removal_effect){ .conversions = start->conversions / r->walks,
		.value = start->value / r->walks };
}

/*
 * m has the states with a channel of low … high - 1. Where that is one channel,
 * the start's own ends are those of the walks that never meet it. Half of the
 * channels are parted from m before the other half, so that what two removals
 * have in common is computed once. m is freed.
 */
static void
part(struct removal *r, struct matrix *m, uint32_t low, uint32_t high)
{
	uint32_t middle = low + (high - low) / 2;
	struct matrix *half;

	if (high - low == 1) {
		r->out[low] = from_start(r, m);
		matrix_free(m);
		return;
	}
	part(r, eliminate(r, m, low, middle), low, middle);
	half = eliminate(r, m, middle, high);
	matrix_free(m);
	part(r, half, middle, high);
}

/* What part of `with` is gone; a trace of rounding below 0 is 0. */
static long double
part_lost(long double without, long double with)
{
	long double part = with == 0 ? 0 : 1 - without / with;

	return part < 0 && part > -1e-15L ? 0 : part;
}

static void
eliminate_all(const struct removal_chain *c, struct removal_effect *out)
{
	struct removal r = { .chain = c, .out = out };
	struct matrix *m = whole(&r), *none;
	size_t room = (size_t)c->nstates + 1;
	struct removal_effect *all = &out[c->nchannels];

	r.sum = mem_new(room, sizeof(*r.sum));
	r.place = mem_new(room, sizeof(*r.place));
	r.cost = mem_new(room, sizeof(*r.cost));
	none = eliminate(&r, m, 0, 0);
	*all = from_start(&r, none);
	matrix_free(none);
	part(&r, m, 0, c->nchannels);
	for (uint32_t i = 0; i < c->nchannels; i++) {
		out[i].lost = part_lost(out[i].conversions, all->conversions);
		out[i].lost_value = part_lost(out[i].value, all->value);
	}
	mem_free(r.sum);
	mem_free(r.place);
	mem_free(r.cost);
}

void
removal_effects(const struct removal_chain *c, struct removal_effect *out)
{
	bool walked = false;

	memset(out, 0, ((size_t)c->nchannels + 1) * sizeof(*out));
	for (uint32_t i = 0; i < c->nstates; i++)
		walked |= c->state[i].starts > 0;
	if (walked && (c->nstates <= ELIMINATED || !removal_sweep(c, out)))
		eliminate_all(c, out);
}
