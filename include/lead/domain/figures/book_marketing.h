/* book_marketing.h - revenue that marketing brought, and that it had a part in */
#ifndef LEAD_DOMAIN_BOOK_MARKETING_H
#define LEAD_DOMAIN_BOOK_MARKETING_H

#include <lead/domain/figures/book.h>

/*
 * Deals won, and their refunds: sourced when the group's source touch (the one of
 * --lead-source) is of a channel of marketing's (marketing.h); influenced when any
 * such touch lies within 90 days before the deal's opp, or its won where it has
 * none.
 */
void book_marketing(struct book *b, const struct life *l, struct arena *arena);

#endif
