/* channel.h - which channel do a visit's source, medium and campaign make? */
#ifndef LEAD_DOMAIN_CHANNEL_H
#define LEAD_DOMAIN_CHANNEL_H

#include <lead/base/re.h>
#include <lead/base/text.h>
#include <lead/domain/rules/sheet.h>

/* What a rule may ask about: columns of the rules file beside channel. */
enum channel_input {
	CHANNEL_SOURCE,
	CHANNEL_MEDIUM,
	CHANNEL_CAMPAIGN,
	CHANNEL_CATEGORY, /* of the source: search social video shopping ai */
	CHANNEL_CLICK_ID_TYPE,
	CHANNEL_EVIDENCE,
	CHANNEL_INPUTS,
};

enum { CHANNEL_RULES_MAX = 1000 };

struct channel_rules;

/*
 * Rules from a sheet (sheet.h) of PCRE cells that ignore ASCII case, an empty
 * cell meaning any; rules_text("channels") is GA4's default channel group
 * (support.google.com/analytics/answer/9756891). NULL when it is none: s has
 * line, at and why. Freed with channel_free().
 */
struct channel_rules *channel_new(struct text rules, struct sheet *s);
void channel_free(struct channel_rules *r); /* NULL does nothing */

/*
 * *channel is that of the first rule whose cells all match, "unassigned" when
 * there is none; borrowed from r. RE_YES, or RE_LIMIT when a pattern was too
 * hard: there is no channel then.
 */
enum re_verdict channel_find(const struct channel_rules *r,
    const struct text in[CHANNEL_INPUTS], struct text *channel);

/* Line of the first rule that none can reach since one above it has only
 * empty cells; 0 when there is none. */
uint64_t channel_unreachable(const struct channel_rules *r);

#endif
