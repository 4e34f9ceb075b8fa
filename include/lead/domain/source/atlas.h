/* atlas.h - all tables that tell where visits come from, opened together */
#ifndef LEAD_DOMAIN_ATLAS_H
#define LEAD_DOMAIN_ATLAS_H

#include <lead/base/text.h>
#include <lead/domain/source/channel.h>
#include <lead/domain/source/referrer.h>
#include <lead/domain/source/source.h>
#include <lead/domain/source/utm.h>

struct atlas {
	struct channel_rules *rules;
	struct referrers *referrers;
	struct source_book *sources;
	struct utm_table *parameters;
};

/* Which table a problem is in. */
enum atlas_table {
	ATLAS_BUILT_IN,
	ATLAS_RULES,
	ATLAS_SOURCES,
};

/*
 * The built-in tables, with rules in place of the built-in channel rules and
 * sources (source_load()) before the built-in names; s NULL: none given. The
 * texts must outlive a. False: *which and s say where, *a is cleared.
 */
bool atlas_open(struct atlas *a, struct text rules, struct text sources,
    enum atlas_table *which, struct sheet *s);
void atlas_clear(struct atlas *a);

#endif
