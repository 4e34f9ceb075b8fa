/* book_deal.h - the facts of a group's deals and refunds */
#ifndef LEAD_DOMAIN_BOOK_DEAL_H
#define LEAD_DOMAIN_BOOK_DEAL_H

#include <lead/domain/figures/book.h>

/* The start of a name (first, lead, contacted, mql, sql, opp), or false. */
bool book_deal_start(struct text name, enum book_start *s);

/* cohort: the places of the earliest lead's; none when any is false. */
void book_deal_facts(struct book *b, const struct life *l,
    struct book_places *cohort);

#endif
