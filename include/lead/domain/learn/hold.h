/* hold.h - what do rules that stand already say of a lead? */
#ifndef LEAD_DOMAIN_HOLD_H
#define LEAD_DOMAIN_HOLD_H

#include <lead/base/zone.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/learn/behaviour.h>
#include <lead/domain/learn/curve.h>
#include <lead/domain/score/score.h>

struct hold {
	struct scoring *rules;
	struct score *score;
	int column[SCORING_COLUMNS_MAX]; /* of the table, -1 where it has none */
	const struct behaviour *behaviour; /* or NULL */
	int kept[SCORING_COLUMNS_MAX];   /* of the behaviour, -1 likewise */
	struct text bytes;               /* of the rules, borrowed */
};

/* False and *error when they are none. bytes and zone are borrowed. */
bool hold_init(struct hold *h, struct text bytes, const struct zone *zone,
    struct scoring_error *error);
void hold_clear(struct hold *h);

/* Rules may be about events too: those of b, which is borrowed. */
void hold_follow(struct hold *h, const struct behaviour *b);

/* Find the columns of the rules in the table. */
void hold_bind(struct hold *h, const struct fields_table *t);

/* Has column c of the rules a value anywhere? */
bool hold_has(const struct hold *h, unsigned c);

/* Their sum for a row, which is the lead of that name, at us; valid until the next
 * call. */
struct score_sum hold_sum(struct hold *h, const struct fields_row *r, struct text lead,
    int64_t us);

/*
 * What the comment "# intercept X slope Y" of the rules says: log odds of
 * winning are X + Y times the points. False when there is none.
 */
bool hold_odds(const struct hold *h, struct curve_odds *o);

/* The line of the rules that such a comment is. */
enum { HOLD_ODDS_TEXT = 128 };
struct text hold_put_odds(char out[HOLD_ODDS_TEXT], const struct curve_odds *o);

#endif
