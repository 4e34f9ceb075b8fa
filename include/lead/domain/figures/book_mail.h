/* book_mail.h - in which cells mail counts: those of the lead that it was sent to */
#ifndef LEAD_DOMAIN_BOOK_MAIL_H
#define LEAD_DOMAIN_BOOK_MAIL_H

#include <lead/domain/figures/book.h>
#include <lead/domain/figures/mail.h>

struct book_mail;

/* Both are borrowed; mail is ready. */
struct book_mail *book_mail_new(struct book *b, const struct mail *mail);
void book_mail_free(struct book_mail *m); /* NULL does nothing */

/* What was sent to the leads of a group; a lead counts in its first group. */
void book_mail_life(struct book_mail *m, const struct life *l);

/* The leads of mail (mail_lead()) that some group had, for a run that merges; and one
 * that a group of another run had: false when it is none of mail's, or was there. */
bool book_mail_met(const struct book_mail *m, uint32_t lead);
bool book_mail_meet(struct book_mail *m, struct text lead_id);

/* After the last group: what was sent to anybody else, in (unknown). */
void book_mail_rest(struct book_mail *m);

#endif
