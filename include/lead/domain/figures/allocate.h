/* allocate.h - whose is the cost that spend gives to nobody? */
#ifndef LEAD_DOMAIN_ALLOCATE_H
#define LEAD_DOMAIN_ALLOCATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/figures/book.h>

/* By what cost is shared among the segments that spend does not know. */
enum allocate_basis {
	ALLOCATE_NOT,
	ALLOCATE_CREDIT, /* deals as --credit shares them; without won, leads */
	ALLOCATE_LEADS,
	ALLOCATE_CLICKS, /* touches with a campaign or a click id */
};

/* The words of the command line; NULL ends them. */
extern const char *const allocate_words[];

/* One as the report tells it: blank for none. */
const char *allocate_name(enum allocate_basis b);

/* Can a breakdown be shared so? */
bool allocate_can(enum allocate_basis b, const struct breakdown *d);

/* What is shared, each by itself. */
enum { ALLOCATE_SUMS = 5 };
extern const enum cube_measure allocate_measures[ALLOCATE_SUMS];

struct allocate;

/* Shares out on the cells of b by a measure of theirs: CUBE_DEALS, CUBE_LEADS or
 * CUBE_AD_TOUCHES. Memory: a pot for each period and known segment. */
struct allocate *allocate_new(struct book *b, enum cube_measure by);
void allocate_free(struct allocate *a); /* NULL does nothing */

/*
 * An amount of each measure, of one day, for breakdown i; segment is what spend
 * knows of it (breakdown_of_names()). It is shared among the segments of its period
 * that agree with it in each part that spend knows.
 */
void allocate_add(struct allocate *a, size_t i, int64_t day, struct text segment,
    const int64_t amount[ALLOCATE_SUMS]);

/*
 * Share all out, for the models 1 to nmodels where credit is shared: in proportion
 * to the measure, by largest remainder, ties to the segment first in byte order, so
 * that the parts sum to the whole exactly. Without any such segment the whole stands
 * under (unknown).
 */
void allocate_settle(struct allocate *a, uint32_t nmodels);

#endif
