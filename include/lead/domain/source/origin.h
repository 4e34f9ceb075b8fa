/* origin.h - what source, medium, campaign and channel do these words mean? */
#ifndef LEAD_DOMAIN_ORIGIN_H
#define LEAD_DOMAIN_ORIGIN_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/source/campaigns.h>
#include <lead/domain/source/channel.h>
#include <lead/domain/source/source.h>
#include <lead/domain/source/utm.h>

/* What a visit's source was taken from. */
enum origin_evidence {
	ORIGIN_CAMPAIGN,
	ORIGIN_CLICK,
	ORIGIN_REFERRER,
	ORIGIN_INTERNAL,
	ORIGIN_NONE,
	ORIGIN_DECLARED,
	ORIGIN_EVIDENCES,
};

/* "campaign" …, for ever; and back, ORIGIN_EVIDENCES when it is none. */
struct text origin_evidence_name(enum origin_evidence e);
enum origin_evidence origin_evidence_find(struct text name);

/* Things worth a count, by value. */
enum origin_flaw {
	ORIGIN_BAD_PERCENT,   /* a % that is no code: left as it is */
	ORIGIN_BAD_UTF8,      /* bytes became U+FFFD */
	ORIGIN_CUT,           /* over VALUE_MAX bytes */
	ORIGIN_PII,           /* an e-mail address was masked */
	ORIGIN_CONTRADICTION, /* a paid click id outweighed the medium */
	ORIGIN_FLAWS,
};

/* Add what value_read() met to counts. */
void origin_count(unsigned flaws, uint64_t counts[ORIGIN_FLAWS]);

struct origin_options {
	const struct channel_rules *rules;
	const struct source_book *sources;
	const struct campaigns *campaigns; /* or NULL */
	struct text no_campaign;           /* stands for a campaign that is not there */
	bool keep_case;
};

struct origins;

/* The parts of o are borrowed and outlive it. */
struct origins *origin_new(const struct origin_options *o);
void origin_free(struct origins *o); /* NULL does nothing */

/* The words as they came. */
struct origin_words {
	struct text source, medium, campaign;
	struct text campaign_id;       /* asks the campaigns table */
	const struct utm_click *click; /* or NULL: fills what is empty */
	struct text click_source;      /* in place of the click's own; or empty */
	enum origin_evidence evidence;
	bool coded;                    /* percent-encoded */
};

enum origin_verdict {
	ORIGIN_GOOD,
	ORIGIN_NUL,   /* a value holds %00 */
	ORIGIN_LIMIT, /* a channel pattern was too hard */
};

enum { ORIGIN_UNKEPT = UINT32_MAX };

struct origin {
	struct text channel, source, medium, campaign; /* fields of lead TSV */
	enum origin_verdict verdict;
	bool unassigned; /* no rule and no table gave the channel */
	bool flawed;     /* some count is not 0 */
	uint32_t number; /* for origin_at(); ORIGIN_UNKEPT when there is none */
	uint64_t count[ORIGIN_FLAWS];
};

/*
 * Borrowed until the next call. Answers are kept by the words, so that patterns
 * and tables are asked once for each; when they are too many all are forgotten.
 * Internal evidence makes the channel internal, whatever the rules.
 */
const struct origin *origin_find(struct origins *o, const struct origin_words *w);

/* A kept answer again, as long as origin_round() says what it said then. */
const struct origin *origin_at(const struct origins *o, uint32_t number);
uint64_t origin_round(const struct origins *o);

#endif
