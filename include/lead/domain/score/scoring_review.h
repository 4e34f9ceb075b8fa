/* scoring_review.h - what in rules is wrong, and what can hardly be meant? */
#ifndef LEAD_DOMAIN_SCORING_REVIEW_H
#define LEAD_DOMAIN_SCORING_REVIEW_H

#include <lead/domain/score/scoring.h>

/*
 * The number of faults in the rules in text. Tell report each of them; then, with
 * 0 as at, what is doubtful in the sound rules, in order of lines within each
 * kind of doubt: rules that are there twice, that never hold or always do, that
 * are cut by their own cap; classes and steps of a grade which no lead can
 * reach. The bounds take each rule for itself: two rules that exclude each other
 * are both counted. The error's text is valid during the call.
 */
uint64_t scoring_review(struct text text, scoring_report *report, void *of);

#endif
