/* mail.h - what became of each message to each recipient, and who may be written to */
#ifndef LEAD_DOMAIN_MAIL_H
#define LEAD_DOMAIN_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/figures/life.h>
#include <lead/domain/identity/identity.h>

/* Columns of the table email, in the order that mail_add() takes them. */
enum { MAIL_COLUMNS = 8 };
extern const char *const mail_columns[MAIL_COLUMNS];

/* What happened to a message at one recipient, however often. */
enum mail_act {
	MAIL_SENT, /* and so it was if anything else happened */
	MAIL_DELIVERED, /* likewise if it was opened, clicked or answered */
	MAIL_BOUNCED,
	MAIL_OPENED,
	MAIL_CLICKED,
	MAIL_READ, /* opened or clicked */
	MAIL_UNSUBSCRIBED,
	MAIL_COMPLAINED,
	MAIL_ACTS,
};

/* One message to one recipient. */
struct mail_piece {
	struct life_when at;  /* of its first row */
	struct text campaign; /* or empty */
	unsigned acts, all;   /* bits by enum mail_act; all: machines' as well */
	struct life_when click, click_all; /* the first */
};

/* A recipient that may be written to from then on, or (out) no more. */
struct mail_consent {
	struct life_when at;
	bool out;
};

/* Memory: 75 to 100 bytes a message and recipient, 35 to 60 a recipient, 16 a
 * consent or its end; of texts the names
 * of campaigns and leads alone. */
struct mail;

/* map is ready, or NULL: only rows with a lead_id have a lead then; both are
 * borrowed. Rows later than as_of_us are left out. */
struct mail *mail_new(const struct identity *map, const struct zone *zone,
    int64_t as_of_us);
void mail_free(struct mail *m); /* NULL does nothing */

/*
 * One row; m is a struct mail. Recipients are told apart by the normal form of
 * their address (key.h), one without by lead_id; messages by message_id, else by
 * campaign. NULL, or what is wrong: a filter_read_row.
 */
const char *mail_add(void *m, const struct text *field, size_t *bad);

/* All rows were added: once, before those below. */
void mail_ready(struct mail *m);

/* Leads with mail are numbered from 0 on; a lead without is nobody. */
enum { MAIL_NOBODY = UINT32_MAX };
uint32_t mail_lead(const struct mail *m, struct text lead_id);
uint32_t mail_leads(const struct mail *m);
struct text mail_lead_id(const struct mail *m, uint32_t lead);

/* What was sent to a lead, or to those whose lead nobody knows: piece or consent i,
 * false past the last. The order is nobody's business. */
bool mail_piece(const struct mail *m, uint32_t lead, size_t i, struct mail_piece *p);
bool mail_consent(const struct mail *m, uint32_t lead, size_t i,
    struct mail_consent *c);

struct mail_counts {
	uint64_t rows, late; /* read; left out as later than as-of */
	uint64_t other;      /* not of mail, without address, message or time */
	uint64_t consents;
};
struct mail_counts mail_counts(const struct mail *m);

#endif
