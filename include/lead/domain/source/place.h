/* place.h - where does a referrer say that the visitor came from? */
#ifndef LEAD_DOMAIN_PLACE_H
#define LEAD_DOMAIN_PLACE_H

#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/source/hosts.h>
#include <lead/domain/source/referrer.h>

enum place_kind {
	PLACE_NONE,     /* no referrer, or one without a host */
	PLACE_OWN,      /* a page of the site itself */
	PLACE_EXCLUDED, /* a gateway, bank or log-in that visits pass through */
	PLACE_KNOWN,    /* of the referrers table */
	PLACE_OTHER,
};

struct place {
	enum place_kind kind;
	struct text source; /* google, news.example.org; empty for PLACE_NONE */
	struct text medium; /* organic, social …, referral; empty for the first three */
	struct text terms;  /* parameters of its query that hold a search */
	uint32_t note;      /* the caller's, 0 until it writes one */
};

struct places;

/* The three lists are borrowed and outlive it. */
struct places *place_new(const struct referrers *known, const struct hosts *own,
    const struct hosts *excluded);
void place_free(struct places *p); /* NULL does nothing */

/* The place of a referrer as logged; borrowed until the next call. Answers are
 * kept by host with their notes, so that only the first visit from each costs;
 * when they are too many all are forgotten. */
struct place *place_find(struct places *p, struct text referrer);

/* Forget all answers and notes. */
void place_forget(struct places *p);

#endif
