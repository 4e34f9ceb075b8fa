/* fit.h - which rules, and how many points each, do the leads of the past teach? */
#ifndef LEAD_DOMAIN_FIT_H
#define LEAD_DOMAIN_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/domain/learn/curve.h>
#include <lead/domain/learn/design.h>

enum fit_method {
	FIT_LOGIT, /* ridge logistic; 10 points double the odds */
	FIT_RATIO, /* rate of a level over the rate of all, rounded half up */
};

struct fit_terms {
	enum fit_method method;
	double ridge;
	size_t max_rules;      /* SIZE_MAX: any number */
	uint64_t least;        /* rows of a level that makes a rule */
	int64_t base_won, base_total; /* of the rate of all; 0 of 0: the history's */
	unsigned folds;        /* 0: none; rows bear theirs */
	const struct text *names; /* of the history's columns, borrowed */
	size_t marks;          /* columns from this on are marks: no rule on a blank */
	const bool *keep;      /* by column: though it looks like an id; or NULL */
};

/* It holds of leads at these levels of the column. Texts are the fit's. */
struct fit_rule {
	size_t column;
	uint64_t levels;
	bool texts;     /* else bins of numbers, or blank */
	int64_t points; /* whole, in micros */
	const char *op; /* of condition.h */
	struct text value, why;
	uint64_t n, won;
};

/* How points and outcomes go together. */
struct fit_quality {
	bool has_auc, has_odds;
	double auc, error;
	uint64_t n, won;
	struct curve_odds odds;
	struct curve_fitness fitness; /* with odds */
};

enum fit_verdict {
	FIT_OK,
	FIT_NO_LEADS,   /* none whose outcome is known */
	FIT_ONE_KIND,   /* all won, or all lost */
	FIT_NO_COLUMN,  /* no column has levels */
	FIT_NO_MAXIMUM, /* no convergence: why says where */
};

struct fit {
	struct fit_rule *rule; /* by column; numbers ascending, texts best first */
	size_t nrules;
	struct fit_quality in, out; /* out of sample: with folds */
	struct fit_quality ratio;   /* likewise, of the plain ratios */
	struct buf notes;      /* for people, a line each */
	const char *why;       /* FIT_NO_MAXIMUM: phrase, and at which column */
	size_t at;             /* SIZE_MAX: none */
	size_t nlevels, steps; /* of the model of all levels */

	struct fit_terms terms;
	struct levels *levels; /* by column of the history */
	size_t *used;          /* columns of the design */
	size_t nused;
	struct design design;
	struct arena texts;
};

/* Points that double the odds, and the log odds of one. */
enum { FIT_DOUBLES = 10 };
double fit_slope(void);

/* Learn from h, whose cells are given back. fit_clear() whatever the verdict. */
enum fit_verdict fit_learn(struct fit *f, struct history *h, const struct fit_terms *t);
void fit_clear(struct fit *f);

/*
 * Is a column of that name no feature, unless asked for: an id, an instant, or
 * what is known only after the outcome?
 */
bool fit_is_aside(struct text name);

/* Of touches after the lead: its track record is no sign of it. */
bool fit_is_late(struct text name);

#endif
