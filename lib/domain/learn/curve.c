/* curve.c - how well do points tell who wins? */
#include <math.h>
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/learn/curve.h>

enum { PENDING = 4096, STEPS_MAX = 100 };

static int
by_points(const void *a, const void *b)
{
	int64_t x = ((const struct curve_point *)a)->points;
	int64_t y = ((const struct curve_point *)b)->points;

	return (x > y) - (x < y);
}

void
curve_close(struct curve *c)
{
	size_t to = 0;

	if (c->n != 0)
		qsort(c->point, c->n, sizeof(*c->point), by_points);
	for (size_t i = 0; i < c->n; i++) {
		if (to > 0 && c->point[to - 1].points == c->point[i].points) {
			c->point[to - 1].n += c->point[i].n;
			c->point[to - 1].won += c->point[i].won;
		} else {
			c->point[to++] = c->point[i];
		}
	}
	c->n = c->united = to;
}

void
curve_add(struct curve *c, int64_t points, uint64_t n, uint64_t won)
{
	if (n == 0)
		return;
	if (c->n > 2 * c->united + PENDING)
		curve_close(c);
	c->point = mem_grow(c->point, &c->cap, c->n + 1, sizeof(*c->point), SIZE_MAX / 64,
	    "distinct scores");
	c->point[c->n++] = (struct curve_point){ points, n, won };
}

void
curve_clear(struct curve *c)
{
	mem_free(c->point);
	*c = (struct curve){ 0 };
}

struct curve_total
curve_total(const struct curve *c)
{
	struct curve_total t = { 0, 0 };

	for (size_t i = 0; i < c->n; i++) {
		t.n += c->point[i].n;
		t.won += c->point[i].won;
	}
	return t;
}

/* --- order --- */

/* Mean and sample variance of the placements of one kind of leads. */
static void
spread(double sum, double squares, double n, double *mean, double *variance)
{
	*mean = sum / n;
	*variance = n > 1 ? fmax(0, squares - sum * sum / n) / (n - 1) : 0;
}

bool
curve_auc(const struct curve *c, double *auc, double *error)
{
	struct curve_total t = curve_total(c);
	double won = (double)t.won, lost = (double)(t.n - t.won);
	double below_won = 0, below_lost = 0, sum[2] = { 0 }, squares[2] = { 0 };
	double mean, variance[2];

	*error = 0;
	if (t.won == 0 || t.won == t.n)
		return false;
	for (size_t i = 0; i < c->n; i++) {
		double w = (double)c->point[i].won, l = (double)c->point[i].n - w;
		double above = (below_lost + l / 2) / lost;
		double under = (won - below_won - w / 2) / won;

		sum[0] += w * above;
		squares[0] += w * above * above;
		sum[1] += l * under;
		squares[1] += l * under * under;
		below_won += w;
		below_lost += l;
	}
	spread(sum[1], squares[1], lost, &mean, &variance[1]);
	spread(sum[0], squares[0], won, auc, &variance[0]);
	*error = sqrt(variance[0] / won + variance[1] / lost);
	return true;
}

bool
curve_lift(const struct curve *c, double *lift)
{
	struct curve_total t = curve_total(c);
	double tenth = (double)t.n / 10, left = tenth, won = 0;

	if (t.won == 0)
		return false;
	for (size_t i = c->n; i-- > 0 && left > 0;) {
		double n = (double)c->point[i].n, part = fmin(1, left / n);

		won += part * (double)c->point[i].won;
		left -= part * n;
	}
	*lift = won / tenth / ((double)t.won / (double)t.n);
	return true;
}

/* --- chances --- */

double
curve_chance(const struct curve_odds *o, int64_t points)
{
	return 1 / (1 + exp(-(o->intercept + o->slope * (double)points / NUM_MICROS)));
}

struct sums {
	double g0, g1, h00, h01, h11, loglik;
};

static struct sums
sum_up(const struct curve *c, const struct curve_odds *o)
{
	struct sums s = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		double x = (double)c->point[i].points / NUM_MICROS;
		double n = (double)c->point[i].n, won = (double)c->point[i].won;
		double eta = o->intercept + o->slope * x;
		double p = 1 / (1 + exp(-eta)), w = n * p * (1 - p);

		s.g0 += won - n * p;
		s.g1 += (won - n * p) * x;
		s.h00 += w;
		s.h01 += w * x;
		s.h11 += w * x * x;
		s.loglik +=
		    won * eta - n * (eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta)));
	}
	return s;
}

double
curve_loglik(const struct curve *c, const struct curve_odds *o)
{
	return sum_up(c, o).loglik;
}

/* A step uphill from *o, halved until it climbs; how far it went, or -1. */
static double
climb(const struct curve *c, const struct sums *at, double d0, double d1,
    struct curve_odds *o)
{
	for (int halvings = 0; halvings < 40; halvings++, d0 /= 2, d1 /= 2) {
		const struct curve_odds next = { o->intercept + d0, o->slope + d1 };

		if (!(sum_up(c, &next).loglik >= at->loglik - 1e-12 * fabs(at->loglik)))
			continue;
		*o = next;
		return fmax(fabs(d0), fabs(d1));
	}
	return -1;
}

bool
curve_calibrate(const struct curve *c, bool slope, struct curve_odds *o)
{
	struct curve_total t = curve_total(c);

	if (t.won == 0 || t.won == t.n)
		return false;
	for (int steps = 0; steps < STEPS_MAX; steps++) {
		struct sums s = sum_up(c, o);
		double det = s.h00 * s.h11 - s.h01 * s.h01, d0, d1 = 0, moved;

		if (!(s.h00 > 0) || (slope && !(det > 1e-12 * s.h00 * s.h11)))
			return false;
		d0 = slope ? (s.h11 * s.g0 - s.h01 * s.g1) / det : s.g0 / s.h00;
		if (slope)
			d1 = (s.h00 * s.g1 - s.h01 * s.g0) / det;
		moved = climb(c, &s, d0, d1, o);
		if (moved < 0)
			return false;
		if (moved < 1e-10)
			return true;
	}
	return false;
}

void
curve_parts(const struct curve *c, const struct curve_odds *o,
    struct curve_part part[CURVE_PARTS])
{
	uint64_t total = curve_total(c).n, below = 0;

	for (size_t k = 0; k < CURVE_PARTS; k++)
		part[k] = (struct curve_part){ 0 };
	for (size_t i = 0; i < c->n; i++) {
		const struct curve_point *p = &c->point[i];
		uint64_t middle = below + p->n / 2; /* where most of its leads are */
		struct curve_part *to = &part[middle * CURVE_PARTS / total];

		if (to->n == 0)
			to->least = p->points;
		to->n += p->n;
		to->won += p->won;
		to->expected += (double)p->n * curve_chance(o, p->points);
		below += p->n;
	}
}

struct curve_fitness
curve_fitness(const struct curve *c, const struct curve_odds *o)
{
	struct curve_fitness f = { 0 };
	struct curve_part part[CURVE_PARTS];
	double n = 0, won = 0, variance = 0;

	for (size_t i = 0; i < c->n; i++) {
		double p = curve_chance(o, c->point[i].points);
		double w = (double)c->point[i].won, all = (double)c->point[i].n;

		n += all;
		won += w;
		f.brier += w * (1 - p) * (1 - p) + (all - w) * p * p;
		f.expected += all * p;
		variance += all * p * (1 - p);
	}
	if (n == 0)
		return f;
	curve_parts(c, o, part);
	for (size_t k = 0; k < CURVE_PARTS; k++)
		f.ece += fabs((double)part[k].won - part[k].expected);
	f.brier /= n;
	f.ece /= n;
	f.z = variance > 0 ? (won - f.expected) / sqrt(variance) : 0;
	return f;
}
