/* book_lead.h - the facts of one lead: dated, cohort, response */
#ifndef LEAD_DOMAIN_BOOK_LEAD_H
#define LEAD_DOMAIN_BOOK_LEAD_H

#include <lead/domain/figures/book.h>

/* When the cohort of a lead is dated: its lead step, or its first touch. */
const struct life_when *book_lead_cohort(const struct book *b,
    const struct life_lead *lead);

/* All of them; the places of its cohort, if it has a lead step, are left in cohort. */
void book_lead_facts(struct book *b, const struct life *l,
    const struct life_lead *lead, struct book_places *cohort);

#endif
