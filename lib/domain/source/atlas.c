/* atlas.c - all tables that tell where visits come from, opened together */
#include <lead/domain/rules/rules.h>
#include <lead/domain/source/atlas.h>

static bool
open_built_in(struct atlas *a, struct sheet *s)
{
	a->referrers = referrer_new(rules_text("referrers"), s);
	if (a->referrers == NULL)
		return false;
	a->sources = source_new(a->referrers, s);
	if (a->sources == NULL)
		return false;
	a->parameters = utm_new(rules_text("parameters"), rules_text("clicks"), s);
	return a->parameters != NULL;
}

bool
atlas_open(struct atlas *a, struct text rules, struct text sources,
    enum atlas_table *which, struct sheet *s)
{
	bool good;

	*a = (struct atlas){ 0 };
	*which = ATLAS_BUILT_IN;
	good = open_built_in(a, s);
	if (good && sources.s != NULL) {
		*which = ATLAS_SOURCES;
		good = source_load(a->sources, sources, s);
	}
	if (good) {
		*which = ATLAS_RULES;
		a->rules = channel_new(rules.s != NULL ? rules
						       : rules_text("channels"), s);
		good = a->rules != NULL;
	}
	if (!good)
		atlas_clear(a);
	return good;
}

void
atlas_clear(struct atlas *a)
{
	utm_free(a->parameters);
	source_free(a->sources);
	referrer_free(a->referrers);
	channel_free(a->rules);
	*a = (struct atlas){ 0 };
}
