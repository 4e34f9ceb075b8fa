/* mailing.h - which opens and clicks did a machine make? */
#ifndef LEAD_DOMAIN_MAILING_H
#define LEAD_DOMAIN_MAILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * Mail scanners open and follow what they deliver: an open or click up to 10 s
 * after the delivery of that message to that address, and every click of three
 * different links or more within 2 s, is a machine's.
 */
struct mailing;

struct mailing *mailing_new(void);
void mailing_free(struct mailing *m); /* NULL does nothing */

/*
 * Add a row; its number is how many were added before. event: email_delivered,
 * email_opened, email_clicked; others are never a machine's, nor is a row
 * without address or message. Nothing is kept of the texts but hashes.
 */
void mailing_add(struct mailing *m, int64_t us, struct text event,
    struct text address, struct text message, struct text url);

/* After the last row: judge all; then ask. */
void mailing_judge(struct mailing *m);
bool mailing_is_machine(const struct mailing *m, size_t row);

#endif
