/* scoring_doubt.h - what in sound rules can hardly be meant? */
#ifndef LEAD_DOMAIN_SCORING_DOUBT_H
#define LEAD_DOMAIN_SCORING_DOUBT_H

#include <lead/domain/score/scoring.h>

/*
 * Tell report, in order of lines within each kind of doubt: rules that are there
 * twice, that never hold or always do, that are cut by their own cap; classes
 * and steps of a grade which no lead can reach. The bounds take each rule for
 * itself: two rules that exclude each other are both counted. The error's text
 * is valid during the call.
 */
void scoring_doubt(const struct scoring *s, scoring_report *report, void *of);

#endif
