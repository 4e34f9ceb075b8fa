/* curve: AUC and its error by their definitions, lift, chances */
#include <math.h>

#include <lead/domain/learn/curve.h>

#include "tap.h"

enum { LEADS = 60 };

static bool
near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

/* Small scores with many ties, from a fixed sequence. */
static void
make(int seed, int *score, int *won)
{
	unsigned x = (unsigned)seed * 2654435761u + 1;

	for (int i = 0; i < LEADS; i++) {
		x = x * 1103515245u + 12345u;
		score[i] = (int)(x >> 16) % 7;
		x = x * 1103515245u + 12345u;
		won[i] = (int)(x >> 16) % 10 < 2 + score[i];
	}
}

static double
above(int a, int b)
{
	return a > b ? 1 : a == b ? 0.5 : 0;
}

/* DeLong's variance from placements, each by a loop over the other kind. */
static void
by_pairs(const int *score, const int *won, double *auc, double *error)
{
	double m = 0, n = 0, sum[2] = { 0 }, squares[2] = { 0 }, v[2];

	for (int i = 0; i < LEADS; i++)
		*(won[i] ? &m : &n) += 1;
	for (int i = 0; i < LEADS; i++) {
		double place = 0;

		for (int j = 0; j < LEADS; j++)
			if (won[j] != won[i])
				place += won[i] ? above(score[i], score[j]) / n :
				    above(score[j], score[i]) / m;
		sum[won[i]] += place;
		squares[won[i]] += place * place;
	}
	*auc = sum[1] / m;
	v[1] = (squares[1] - m * *auc * *auc) / (m - 1);
	v[0] = (squares[0] - n * *auc * *auc) / (n - 1);
	*error = sqrt(v[1] / m + v[0] / n);
}

static void
order(void)
{
	for (int seed = 1; seed <= 20; seed++) {
		int score[LEADS], won[LEADS];
		struct curve c = { 0 };
		double auc, error, want_auc, want_error;

		make(seed, score, won);
		for (int i = 0; i < LEADS; i++)
			curve_add(&c, score[i] * 1000000, 1, (uint64_t)won[i]);
		curve_close(&c);
		by_pairs(score, won, &want_auc, &want_error);
		ok(curve_auc(&c, &auc, &error) && near(auc, want_auc),
		    "seed %d: the AUC is the share of pairs in order", seed);
		ok(near(error, want_error), "seed %d: its error is DeLong's", seed);
		curve_clear(&c);
	}
}

static void
kinds(void)
{
	struct curve c = { 0 };
	struct curve_odds o = { 0, 1 };
	double auc, error, lift;

	curve_add(&c, 0, 10, 10);
	curve_close(&c);
	ok(!curve_auc(&c, &auc, &error), "no AUC where all won");
	ok(!curve_calibrate(&c, true, &o), "no odds either");
	curve_add(&c, 5000000, 10, 0);
	curve_close(&c);
	o = (struct curve_odds){ 0, 1 };
	ok(!curve_calibrate(&c, true, &o), "nor where points part all");
	ok(curve_lift(&c, &lift) && near(lift, 0), "lift: the best tenth all lost");
	curve_clear(&c);
}

/* 100 leads: 5 of 20 points won 4, 10 of 10 points won 5, 85 of 0 won 1: the tenth
 * is the 5 and half of the 10, so 4 + 2.5 of 10 against 10 of 100. */
static void
lift(void)
{
	struct curve c = { 0 };
	double x;

	curve_add(&c, 20000000, 5, 4);
	curve_add(&c, 10000000, 10, 5);
	curve_add(&c, 0, 85, 1);
	curve_close(&c);
	ok(curve_lift(&c, &x) && near(x, 6.5), "lift: a tie counts in part: %.9f", x);
	curve_clear(&c);
}

/* Two scores: both odds are those of the counts. */
static void
chances(void)
{
	struct curve c = { 0 };
	struct curve_odds o = { 0, 0 };
	struct curve_fitness f;
	struct curve_part part[CURVE_PARTS];

	curve_add(&c, 0, 80, 20);
	curve_add(&c, 10000000, 20, 15);
	curve_close(&c);
	ok(curve_calibrate(&c, true, &o) && near(o.intercept, log(20. / 60)) &&
	    near(o.slope, (log(3) - log(20. / 60)) / 10), "odds of two scores");
	ok(near(curve_chance(&o, 0), 0.25) && near(curve_chance(&o, 10000000), 0.75),
	    "chances are the rates");
	f = curve_fitness(&c, &o);
	ok(near(f.expected, 35) && near(f.ece, 0) && near(f.z, 0), "and fit");
	ok(near(f.brier, (80 * 0.25 * 0.75 + 20 * 0.75 * 0.25) / 100), "Brier's score");
	curve_parts(&c, &o, part);
	ok(part[4].n == 80 && part[9].n == 20 && part[0].n == 0,
	    "leads of one score are in the part where their middle is");
	o = (struct curve_odds){ log(0.5 / 0.5), 0 };
	f = curve_fitness(&c, &o);
	ok(near(f.z, -3) && near(f.ece, (20 + 5) / 100.),
	    "35 of 100 where 50 were expected are three errors off: z %.9f", f.z);
	curve_clear(&c);
}

int
main(void)
{
	order();
	kinds();
	lift();
	chances();
	return tap_end();
}
