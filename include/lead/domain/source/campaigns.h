/* campaigns.h - which campaign is this number of an ad platform? */
#ifndef LEAD_DOMAIN_CAMPAIGNS_H
#define LEAD_DOMAIN_CAMPAIGNS_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>
#include <lead/domain/source/source.h>

struct campaigns;

/* What the campaigns table (lead-tsv(5)) says of one; empty where it is silent. */
struct campaigns_entry {
	struct text campaign, channel, kind, trackable;
};

/* names gives platforms their one name (Google Ads -> google) and outlives it;
 * NULL: platforms are taken as they stand. */
struct campaigns *campaigns_new(const struct source_book *names);
void campaigns_free(struct campaigns *c); /* NULL does nothing */

/*
 * Copies all. An empty platform stands for any. False: platform and id were
 * there already with other words.
 */
bool campaigns_add(struct campaigns *c, struct text platform, struct text id,
    const struct campaigns_entry *entry);

enum { CAMPAIGNS_COLUMNS = 6 };

/*
 * For filter_read(): the columns of the table and the taking of one row into
 * the struct campaigns that is its context. NULL, or what is wrong.
 */
extern const char *const campaigns_columns[CAMPAIGNS_COLUMNS];
const char *campaigns_row(void *context, const struct text *field, size_t *bad);

/* That of platform (a source's name) and id, else that of any platform and id,
 * or NULL. */
const struct campaigns_entry *campaigns_find(const struct campaigns *c,
    struct text platform, struct text id);

size_t campaigns_count(const struct campaigns *c);

#endif
