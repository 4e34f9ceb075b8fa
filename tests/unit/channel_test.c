/* channel_test.c - which rule gives the channel */
#include <lead/domain/rules/rules.h>
#include <lead/domain/source/channel.h>

#include "tap.h"

static const char *
channel(const struct channel_rules *r, const char *source, const char *medium,
    const char *campaign, const char *category)
{
	static char name[64];
	struct text in[CHANNEL_INPUTS] = { text_of(source), text_of(medium),
		text_of(campaign), text_of(category), TEXT_NONE, TEXT_NONE };
	struct text found;

	if (channel_find(r, in, &found) != RE_YES)
		return "(limit)";
	snprintf(name, sizeof(name), "%.*s", (int)found.len, found.s);
	return name;
}

/* The definitions of the default channel group, one visit each and its edges. */
static const struct {
	const char *source, *medium, *campaign, *category, *want;
} visits[] = {
	{ "(direct)", "(none)", "", "", "direct" },
	{ "(direct)", "(not set)", "", "", "direct" },
	{ "(direct)", "x", "", "", "unassigned" },
	{ "x", "cpc", "a-cross-network-b", "", "cross_network" },
	{ "x", "cpc", "", "shopping", "paid_shopping" },
	{ "x", "cpc", "eshop", "search", "paid_shopping" },
	{ "x", "cpc", "workshop", "search", "paid_search" },
	{ "x", "cpc", "shopping-week", "", "paid_shopping" },
	{ "google", "cpm", "", "search", "paid_search" },
	{ "x", "retargeting", "", "social", "paid_social" },
	{ "x", "paid-anything", "", "video", "paid_video" },
	{ "x", "ppc", "", "", "paid_other" },
	{ "x", "ppcs", "", "", "unassigned" },
	{ "x", "cpm", "", "", "display" },
	{ "x", "interstitial", "", "video", "display" },
	{ "x", "", "shop", "", "organic_shopping" },
	{ "x", "sm", "", "", "organic_social" },
	{ "x", "social network", "", "search", "organic_social" },
	{ "x", "my-video-ad", "", "", "organic_video" },
	{ "x", "organic", "", "", "organic_search" },
	{ "x", "", "", "ai", "ai_assistant" },
	{ "x", "app", "", "", "referral" },
	{ "x", "link", "", "", "referral" },
	{ "e_mail", "x", "", "", "email" },
	{ "x", "e mail", "", "", "email" },
	{ "x", "affiliate", "", "", "affiliates" },
	{ "x", "audio", "", "", "audio" },
	{ "sms", "x", "", "", "sms" },
	{ "x", "web-push", "", "", "mobile_push" },
	{ "x", "pushed", "", "", "unassigned" },
	{ "x", "notifications", "", "", "mobile_push" },
	{ "firebase", "x", "", "", "mobile_push" },
	{ "x", "", "", "", "unassigned" },
};

static void
built_in(void)
{
	struct sheet s;
	struct channel_rules *r = channel_new(rules_text("channels"), &s);

	ok(r != NULL, "the built-in rules are rules");
	ok(channel_unreachable(r) == 0, "each can be reached");
	for (size_t i = 0; i < sizeof(visits) / sizeof(visits[0]); i++)
		is(text_of(channel(r, visits[i].source, visits[i].medium,
		    visits[i].campaign, visits[i].category)), visits[i].want,
		    "%s / %s / %s (%s)", visits[i].source, visits[i].medium,
		    visits[i].campaign, visits[i].category);
	channel_free(r);
}

static void
refusals(void)
{
	static const struct {
		const char *rules;
		unsigned line, at;
	} bad[] = {
		{ "", 0, 1 },
		{ "channel\tmedium\n", 1, 1 },
		{ "channel\tmedium\n\tx\n", 2, 1 },
		{ "channel\tmedium\na\tx\ninternal\ty\n", 3, 1 },
		{ "channel\tmedium\na\tx[\n", 2, 5 },
		{ "medium\tchannel\n(*UTF)x\ta\n", 2, 1 },
	};
	struct sheet s;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(channel_new(text_of(bad[i].rules), &s) == NULL &&
		    s.line == bad[i].line && s.at == bad[i].at,
		    "refused at %u:%u: %s (%u:%zu)", bad[i].line, bad[i].at, s.why,
		    (unsigned)s.line, s.at);
}

static void
own(void)
{
	struct sheet s;
	struct channel_rules *r = channel_new(TEXT("campaign\tchannel\n"
	    "^(a|aa)+$\thard\n\tall\nx\tlate\n"), &s);
	char as[600];

	ok(channel_unreachable(r) == 4, "a rule behind one for all is unreachable");
	is(text_of(channel(r, "", "", "AAA", "")), "hard", "patterns ignore case");
	is(text_of(channel(r, "", "", "b", "")), "all", "a blank cell holds for all");
	memset(as, 'a', sizeof(as));
	memcpy(as + sizeof(as) - 2, "!", 2);
	is(text_of(channel(r, "", "", as, "")), "(limit)",
	    "a pattern too hard gives no channel");
	channel_free(r);
	channel_free(NULL);
}

int
main(void)
{
	built_in();
	refusals();
	own();
	return tap_end();
}
