/* curve.h - how well do points tell who wins? */
#ifndef LEAD_DOMAIN_CURVE_H
#define LEAD_DOMAIN_CURVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Leads by their points; the order in which they come does not matter. */
struct curve_point {
	int64_t points; /* micros */
	uint64_t n, won;
};

struct curve {
	struct curve_point *point;
	size_t n, cap, united; /* the first united are in order, each once */
};

void curve_add(struct curve *c, int64_t points, uint64_t n, uint64_t won);
void curve_clear(struct curve *c);

/* In order of points, each once: before what follows. */
void curve_close(struct curve *c);

struct curve_total {
	uint64_t n, won;
};
struct curve_total curve_total(const struct curve *c);

/*
 * The chance that a lead that won has more points than one that did not, ties by
 * half, and its standard error (DeLong, DeLong, Clarke-Pearson, Biometrics 1988).
 * False without leads of both kinds; *error is then 0, as with a single one.
 */
bool curve_auc(const struct curve *c, double *auc, double *error);

/* The rate of the tenth with most points over that of all; leads of one score
 * that only in part belong to it count in part. False without a won lead. */
bool curve_lift(const struct curve *c, double *lift);

/* Log odds are intercept + slope times points. */
struct curve_odds {
	double intercept, slope; /* of a point, not a millionth */
};
double curve_chance(const struct curve_odds *o, int64_t points);

/* The log likelihood of what happened. */
double curve_loglik(const struct curve *c, const struct curve_odds *o);

/* The odds that these leads have by maximum likelihood; slope is kept when only
 * the intercept is asked for. False when there is none: leads of one kind, or
 * points that part them wholly. */
bool curve_calibrate(const struct curve *c, bool slope, struct curve_odds *o);

/* Ten parts of as many leads, fewest points first; leads of one score are in one
 * part, so that some may be empty. */
enum { CURVE_PARTS = 10 };
struct curve_part {
	uint64_t n, won;
	double expected; /* sum of chances */
	int64_t least;   /* points, micros */
};
void curve_parts(const struct curve *c, const struct curve_odds *o,
    struct curve_part part[CURVE_PARTS]);

/* Against the chances: mean squared error; mean over leads of the distance of
 * rate and mean chance in their tenth; won expected, and how many standard
 * errors the won are off. */
struct curve_fitness {
	double brier, ece, expected, z;
};
struct curve_fitness curve_fitness(const struct curve *c, const struct curve_odds *o);

#endif
