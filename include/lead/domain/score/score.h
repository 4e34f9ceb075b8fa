/* score.h - what is this lead worth by the rules, and since when? */
#ifndef LEAD_DOMAIN_SCORE_H
#define LEAD_DOMAIN_SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/zone.h>
#include <lead/domain/score/scoring.h>

/*
 * The events of one lead in time order, folded so that the score at the time of
 * the last one, or later, can be asked at any moment.
 *
 * Points of a rule at time t: those of its newest event times 2^(-age/half);
 * with a cap, of all its events, summed in fixed point and rounded once, half
 * away from zero, to a millionth, then cut at the cap. Groups are cut at their
 * caps; the score is their sum.
 */
struct score;

/* rules and zone (of civil days) are borrowed. */
struct score *score_new(const struct scoring *rules, const struct zone *zone);
void score_free(struct score *s);

/* Before the first lead: score_may_reach() will be asked. */
void score_keep_bound(struct score *s);

/* A new lead: nothing is known. */
void score_begin(struct score *s);

/* Its value of a column of the rules, for good: no event changes it. Borrowed
 * until score_begin(). CONDITION_LIMIT: too hard for a pattern, not taken. */
enum condition_verdict score_set(struct score *s, unsigned column, struct text value);

/*
 * One more event: name, instant (timed; else only its values count, and they
 * are older than all), and its fields by column of the rules, all borrowed until
 * score_begin(). Not before the one before. CONDITION_LIMIT: a field was too
 * hard for a pattern, the event counts for nothing.
 */
enum condition_verdict score_add(struct score *s, struct text event, bool timed,
    int64_t us, const struct text *field);

/* Of one rule at the time asked. */
struct score_part {
	uint64_t hits;
	int64_t points; /* micros, after the rule's cap */
};

struct score_sum {
	int64_t total, group[SCORING_GROUPS_MAX]; /* micros, after the caps */
	bool never;
	const struct score_part *parts; /* by rule; valid until the next call */
};

/* At us, which is not before the last event. */
struct score_sum score_at(struct score *s, int64_t us);

/* False: at us, and later until the next event, the score is below total. Much
 * quicker than score_at(); us as there. */
bool score_may_reach(struct score *s, int64_t us, int64_t total);

/* Was there an event that this rule is about? Of all leads so far. */
bool score_saw(const struct score *s, size_t rule);

/* mature, cold or unqualified, by the class lines of the rules. */
enum score_class {
	SCORE_UNQUALIFIED,
	SCORE_COLD,
	SCORE_MATURE,
	SCORE_CUSTOMER, /* the caller's to say */
};

enum score_class score_class(const struct scoring *rules, const struct score_sum *sum);
const char *score_class_name(enum score_class c);

#endif
