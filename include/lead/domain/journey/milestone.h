/* milestone.h - which milestone rows of a group count, and which rows they replace */
#ifndef LEAD_DOMAIN_MILESTONE_H
#define LEAD_DOMAIN_MILESTONE_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/rules/event.h>

/* The deals of one group. */
struct milestone_book;

struct milestone_book *milestone_new(void);
void milestone_free(struct milestone_book *b); /* NULL does nothing */

/* Forget all deals: another group begins. */
void milestone_clear(struct milestone_book *b);

enum { MILESTONE_NOT = UINT32_MAX }; /* no step */

/* What a row does to the steps so far. */
struct milestone_verdict {
	bool stands;      /* it is the step whose number was given */
	uint32_t updates; /* the step that it brings newer cells for, or NOT */
	uint32_t undoes;  /* the outcome that it overrules, or NOT */
};

/*
 * Take the next milestone row in order; it would be step number step. once is
 * the lead's set of milestones that come once per lead, kept by the caller,
 * empty at first. The first row per lead stands; the first per deal stands and
 * later ones bring its newest cells, where the deal has a name; others all do.
 * A deal's last of won, lost and disqualified decides: it undoes another that
 * stood before.
 */
struct milestone_verdict milestone_admit(struct milestone_book *b, uint32_t *once,
    const struct event *event, struct text deal_id, uint32_t step);

#endif
