/* score_state.h - what is known of a lead, rule by rule: of score*.c alone */
#ifndef LEAD_DOMAIN_SCORE_STATE_H
#define LEAD_DOMAIN_SCORE_STATE_H

#include <lead/base/dict.h>
#include <lead/base/hash.h>
#include <lead/base/num.h>
#include <lead/domain/rules/verdicts.h>
#include <lead/domain/score/score.h>

/* A day or value that count>= saw, and when last. */
struct score_seen {
	struct hash what;
	int64_t us;
};

/* What is known of a rule so far. */
struct score_rule {
	bool met;        /* SCORING_VALUE: the value now meets it */
	uint64_t hits;
	int64_t newest;  /* of the hits */
	int64_t *at;     /* all of them, where points with a cap fade */
	size_t nat, at_cap;
	struct score_seen *seen; /* the latest rule->count, latest last */
	size_t nseen;
	int64_t most;    /* it adds no more than this until its next hit */

	/* of the rules file */
	bool timed;      /* within: its verdict moves with the time */
	uint32_t verdict; /* its condition among its column's */
	int64_t blank;   /* most, of a lead of which nothing is known … */
	bool blank_met;  /* … and met */
	num_wide full;   /* sum of fading weights at which its cap is reached */
};

/* A column of the rules. */
struct score_column {
	struct verdicts *verdicts; /* of its conditions, within apart; or NULL */
	uint32_t *values;          /* SCORING_VALUE rules on it, END behind them */
	size_t nvalues;
	struct text value;         /* of the lead, now */
	bool fixed;                /* … whatever its events say */
	uint64_t looked;           /* event whose field verdicts looks at */
};

static const uint32_t SCORE_END = UINT32_MAX;

struct score {
	const struct scoring *rules;
	const struct zone *zone;
	struct score_rule *states;
	struct score_part *parts;
	enum condition_verdict *said; /* by rule, of the event being added */
	struct score_column columns[SCORING_COLUMNS_MAX];
	unsigned valued[SCORING_COLUMNS_MAX], nvalued; /* those with SCORING_VALUE */
	uint64_t events;         /* added so far, of all leads */
	uint64_t day_of_event;   /* one whose civil day is known … */
	int64_t day;             /* … this */
	bool seen_any;
	int64_t first_us;        /* of the lead's first event */
	struct dict *names;      /* of events */
	uint32_t **about;        /* by name: rules about it, END behind them */
	size_t about_cap;
	uint32_t *fading;        /* rules with a half */
	size_t nfading;
	bool bounded;            /* the bound is kept: all most below */
	int64_t most[SCORING_GROUPS_MAX]; /* sums of the rules' most */
};

/* The rule's state changed by a hit, or by a value: note what it may add. */
void score_points_note(struct score *s, size_t rule);

/* The bound of a lead of which nothing is known. */
void score_points_begin(struct score *s);

#endif
