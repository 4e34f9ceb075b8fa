/* visit: gaps, campaigns, referrers, resumed visits */
#include <lead/domain/journey/milestone.h>
#include <lead/domain/journey/portal.h>
#include <lead/domain/journey/visit.h>

#include "tap.h"

enum { MINUTE = 60 };

/* A row of a made-up person: minutes since the start, evidence, campaign. */
struct hit {
	int minute;
	const char *evidence, *campaign;
	enum visit_verdict want;
};

static enum visit_verdict
admit(struct visit *v, const struct visit_rules *r, const struct hit *h)
{
	struct visit_source s = { .evidence = text_of(h->evidence),
		.source = TEXT("google"), .medium = TEXT("cpc"),
		.campaign = text_of(h->campaign) };

	return visit_admit(v, r, (int64_t)h->minute * MINUTE * 1000000, &s);
}

static void
story(const char *name, bool first_source, const struct hit *hits, size_t n)
{
	struct visit_rules r = { INT64_C(30) * MINUTE * 1000000, first_source };
	struct visit v = { 0 };

	for (size_t i = 0; i < n; i++)
		ok(admit(&v, &r, &hits[i]) == hits[i].want, "%s: row %zu", name, i + 1);
}
#define STORY(name, first, ...)                                                  \
	story(name, first, (const struct hit[]){ __VA_ARGS__ },                  \
	    sizeof((const struct hit[]){ __VA_ARGS__ }) / sizeof(struct hit))

static void
deals(void)
{
	struct milestone_book *b = milestone_new();
	const struct event *won = event_find(TEXT("won")), *lost = event_find(TEXT("lost"));
	struct milestone_verdict v;
	uint32_t once = 0;

	v = milestone_admit(b, &once, won, TEXT("d"), 0);
	ok(v.stands && v.undoes == MILESTONE_NOT, "the first won of a deal stands");
	v = milestone_admit(b, &once, won, TEXT("d"), 1);
	ok(!v.stands && v.updates == 0, "the second brings newer cells");
	v = milestone_admit(b, &once, lost, TEXT("d"), 1);
	ok(v.stands && v.undoes == 0, "a lost after it undoes it");
	v = milestone_admit(b, &once, won, TEXT("d"), 2);
	ok(v.stands && v.undoes == 1, "and a won after that the lost");
	v = milestone_admit(b, &once, won, TEXT_NONE, 3);
	ok(v.stands, "a deal without a name counts each row");
	milestone_clear(b);
	v = milestone_admit(b, &once, won, TEXT("d"), 0);
	ok(v.stands && v.updates == MILESTONE_NOT, "another group begins anew");
	milestone_free(b);
}

static void
pages(void)
{
	struct portal *p = portal_new();
	struct text bad;

	ok(portal_add(p, TEXT("/login, /help/\n# no more\nshop.com/account"), &bad),
	    "a list of paths and hosts");
	ok(portal_has(p, TEXT_NONE, TEXT("/login")), "a path is itself");
	ok(portal_has(p, TEXT_NONE, TEXT("/help/me")), "and what lies below");
	ok(!portal_has(p, TEXT_NONE, TEXT("/loginx")), "not what begins alike");
	ok(portal_has(p, TEXT("www.shop.com"), TEXT("/account/1")), "a host's path");
	ok(!portal_has(p, TEXT("blog.com"), TEXT("/account/1")), "not another host's");
	ok(portal_needs_host(p), "hosts are asked for");
	portal_free(p);
}

int
main(void)
{
	STORY("gap", false, { 0, "none", "", VISIT_STARTS },
	    { 30, "none", "", VISIT_GOES_ON }, { 61, "none", "", VISIT_STARTS });
	STORY("campaign", false, { 0, "campaign", "a", VISIT_STARTS },
	    { 1, "click", "a", VISIT_GOES_ON }, { 2, "campaign", "b", VISIT_STARTS },
	    { 3, "referrer", "", VISIT_GOES_ON }, { 4, "none", "", VISIT_GOES_ON });
	STORY("direct takes", false, { 0, "none", "", VISIT_STARTS },
	    { 1, "referrer", "", VISIT_TAKES }, { 2, "referrer", "x", VISIT_GOES_ON },
	    { 3, "campaign", "b", VISIT_STARTS });
	STORY("internal", false, { 0, "internal", "", VISIT_DIRECT },
	    { 1, "campaign", "a", VISIT_TAKES },
	    { 1 + 24 * 60, "internal", "", VISIT_RESUMES },
	    { 2 + 48 * 60, "internal", "", VISIT_DIRECT });
	STORY("first source", true, { 0, "internal", "", VISIT_DIRECT },
	    { 1, "campaign", "a", VISIT_GOES_ON },
	    { 60, "internal", "", VISIT_DIRECT });
	STORY("told by other columns", false, { 0, "", "a", VISIT_STARTS },
	    { 1, "", "b", VISIT_STARTS }, { 2, "", "", VISIT_GOES_ON });
	deals();
	pages();
	return tap_end();
}
