/* book_nurture.h - what nurturing came to: leads that had it, and since when */
#ifndef LEAD_DOMAIN_BOOK_NURTURE_H
#define LEAD_DOMAIN_BOOK_NURTURE_H

#include <lead/domain/figures/book.h>

/*
 * Find the first nurture touch of each lead of a group and of the group: a lead's
 * own touch of a campaign of b->nurture, above the group's first won. Before
 * anything of l is booked; notes when nurturing began.
 */
void book_nurture_find(struct book *b, struct life *l);

/* Its leads, nurtured or not. */
void book_nurture(struct book *b, const struct life *l);

/* Something was done, or paid, to nurture leads on that day. */
void book_nurture_day(struct book *b, int64_t day);

/*
 * Revenue of the line of a cell in the up to three periods before nurturing began,
 * or where nothing tells when, before the cell's own. n is how many of them lie
 * in the run; 0 as well for a cell above that time, and for period all.
 */
struct book_base {
	num_wide sum;
	int64_t n;
};
struct book_base book_base(const struct book *b, uint32_t cell);

#endif
