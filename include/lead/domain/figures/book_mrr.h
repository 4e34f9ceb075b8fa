/* book_mrr.h - in which cells the recurring revenue of a group stands and moves */
#ifndef LEAD_DOMAIN_BOOK_MRR_H
#define LEAD_DOMAIN_BOOK_MRR_H

#include <lead/domain/figures/book.h>
#include <lead/domain/figures/mrr.h>

/*
 * All movements of a group, in the segment of its first payment: the cell of
 * that row, else of its deal, else of the group's earliest lead. So each
 * movement is in one segment, and they sum to the whole.
 */
void book_mrr(struct book *b, const struct life *l, const struct mrr *m);

#endif
