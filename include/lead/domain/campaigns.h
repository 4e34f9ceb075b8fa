/* campaigns.h - which campaign is this number of an ad platform? */
#ifndef LEAD_DOMAIN_CAMPAIGNS_H
#define LEAD_DOMAIN_CAMPAIGNS_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

struct campaigns;

/* What the campaigns table (lead-tsv(5)) says of one; empty where it is silent. */
struct campaigns_entry {
	struct text campaign, channel, kind, trackable;
};

struct campaigns *campaigns_new(void);
void campaigns_free(struct campaigns *c); /* NULL does nothing */

/*
 * Copies all. An empty platform stands for any. False: platform and id were
 * there already with other words.
 */
bool campaigns_add(struct campaigns *c, struct text platform, struct text id,
    const struct campaigns_entry *entry);

/* That of platform and id, else that of any platform and id, or NULL.
 * platform: the source's name (google, linkedin), in lower case. */
const struct campaigns_entry *campaigns_find(const struct campaigns *c,
    struct text platform, struct text id);

size_t campaigns_count(const struct campaigns *c);

#endif
