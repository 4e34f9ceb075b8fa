/* utm_test.c - parameters and click ids of a query */
#include <lead/domain/rules/rules.h>
#include <lead/domain/source/utm.h>

#include "tap.h"

static struct utm
look(const struct utm_table *t, const char *query)
{
	struct utm u = { .tagged = false };

	utm_read(t, text_of(query), false, &u);
	return u;
}

static void
ranks(const struct utm_table *t)
{
	struct utm u = look(t, "pk_source=p&utm_source=u&mtm_source=m&utm_source=v");

	is(u.value[UTM_SOURCE], "u", "the upper row of the table holds, its first value");
	ok(u.repeated == 1, "a repeat is counted");
	u = look(t, "pk_source=p&mtm_source=m");
	is(u.value[UTM_SOURCE], "m", "whatever comes first in the query");
	u = look(t, "utm_source=&utm_source=%20&pk_source=p");
	is(u.value[UTM_SOURCE], "p", "a blank value is none");
	ok(u.repeated == 0, "and no repeat");
}

static void
tags(const struct utm_table *t)
{
	ok(look(t, "utm_creative_format=x").tagged, "any utm parameter tags");
	ok(!look(t, "campaignid=7").tagged, "a campaign number alone does not");
	ok(!look(t, "utm_source").tagged, "nor does a parameter without value");
	ok(!look(t, "xutm_source=a&utm_sourcex=b&utmsource=c").tagged,
	    "names are whole names");
	ok(look(t, "UTM_SOURCE=a").tagged, "in any case");
	ok(look(t, "utm%5fsource=a").tagged, "coded as well");
	ok(!look(t, "=a&&=&%=").tagged, "odd parts are nothing");
}

static void
clicks(const struct utm_table *t)
{
	struct utm u = look(t, "fbclid=F&msclkid=M&gclid=G");

	is(u.click->parameter, "gclid", "of several click ids the upper row counts");
	is(u.click_id, "G", "with its value");
	ok(!u.tagged && u.click->paid, "it is paid, and no campaign");
	u = look(t, "_hsenc=person&utm_id=1&_hsmi=2");
	is(u.click->parameter, "_hsenc", "HubSpot's");
	is(u.click_id, "", "a person's id is not kept");
	is(u.value[UTM_CAMPAIGN_ID], "1", "utm_id comes before the mail's number");
	is(utm_click_find(t, TEXT("GCLID"))->source, "google", "a click id by its name");
	ok(utm_click_find(t, TEXT("utm_source")) == NULL, "a parameter is none");
	ok(utm_click_find(t, TEXT_NONE) == NULL, "nor is nothing");
}

static void
bounds(const struct utm_table *t)
{
	static char many[3 * 1001];
	struct utm u = { .tagged = false };

	for (size_t i = 0; i < sizeof(many); i += 3)
		memcpy(many + i, "&a=", 3);
	ok(!utm_read(t, (struct text){ many, sizeof(many) }, false, &u),
	    "1001 parameters are too many");
	u = (struct utm){ .tagged = false };
	ok(utm_read(t, (struct text){ many, 3000 }, false, &u), "1000 are not");
	u = (struct utm){ .tagged = false };
	utm_read(t, TEXT("a=b&amp;utm_source=c"), true, &u);
	is(u.value[UTM_SOURCE], "c", "amp; goes when asked");
	ok(u.recovered == 1, "and is counted");
}

int
main(void)
{
	struct sheet s;
	struct utm_table *t = utm_new(rules_text("parameters"), rules_text("clicks"), &s);

	ok(t != NULL, "the built-in tables are sound");
	ranks(t);
	tags(t);
	clicks(t);
	bounds(t);
	utm_free(t);
	ok(utm_new(TEXT("parameter\tcolumn\nx\tcolour\n"), rules_text("clicks"), &s) == NULL &&
	    s.line == 2 && s.at == 3, "a column that no parameter fills is refused");
	return tap_end();
}
