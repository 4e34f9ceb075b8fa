/* spend.c - what the platforms billed, by campaign id; the tables that name
 * the campaigns; the rates of the dollar */
#include "world.h"

#include <stdio.h>
#include <string.h>

/* How a platform exports its days. */
struct platform {
	const char *name, *file, *header;
	void (*row)(struct buf *b, const struct campaign *c, const char *date,
	    const int64_t *figures);
};

/* Cost in cents; conversions as the platform counts them, in hundredths. */
enum { COST, CLICKS, SHOWN, CLAIMED };

enum { CLAIM_CENTS = 9000 }; /* that a hundredth of a conversion is worth, it says */

static void
google_row(struct buf *b, const struct campaign *c, const char *date,
    const int64_t *v)
{
	file_add(b, "%s,%s,", date, c->id);
	file_cell(b, c->title, ",");
	file_add(b, "EUR,%lld,%lld,%lld,", (long long)v[COST] * 10000,
	    (long long)v[CLICKS], (long long)v[SHOWN]);
	file_cents(b, v[CLAIMED]);
	buf_string(b, ",");
	file_cents(b, v[CLAIMED] * CLAIM_CENTS);
	buf_string(b, "\n");
}

static void
meta_row(struct buf *b, const struct campaign *c, const char *date, const int64_t *v)
{
	file_add(b, "%s,%s,", c->id, c->title);
	file_cents(b, v[COST]);
	file_add(b, ",%lld,%lld,%s,%s,%lld,", (long long)v[SHOWN], (long long)v[CLICKS],
	    date, date, (long long)v[CLAIMED] / 100);
	file_cents(b, v[CLAIMED] / 100 * 100 * CLAIM_CENTS);
	buf_string(b, "\r\n");
}

static void
microsoft_row(struct buf *b, const struct campaign *c, const char *date,
    const int64_t *v)
{
	file_add(b, "%s,150175881,%s,%s,EUR,%lld,%lld,", date, c->id, c->title,
	    (long long)v[CLICKS], (long long)v[SHOWN]);
	file_cents(b, v[COST]);
	buf_string(b, "\n");
}

static void
linkedin_row(struct buf *b, const struct campaign *c, const char *date,
    const int64_t *v)
{
	file_add(b, "%s,%s,%s,USD,", date, c->id, c->title);
	file_cents(b, v[COST]);
	file_add(b, ",%lld,%lld\n", (long long)v[SHOWN], (long long)v[CLICKS]);
}

static const struct platform platforms[] = {
	{ "google", "google-ads.csv",
	    "Day,Campaign ID,Campaign,Currency code,Cost micros,Clicks,Impressions,"
	    "Conversions,Conv. value\n", google_row },
	{ "meta", "meta.csv", "Campaign ID,Campaign name,Amount spent (EUR),Impressions,"
	    "Link clicks,Reporting starts,Reporting ends,Purchases,"
	    "Purchases conversion value\r\n", meta_row },
	{ "microsoft", "microsoft.csv", "date,account_id,campaign_id,campaign_name,"
	    "currency_code,clicks,impressions,spend\n", microsoft_row },
	{ "linkedin", "linkedin.csv", "Start Date (in UTC),Campaign ID,Campaign Name,"
	    "Currency,Total Spent,Impressions,Clicks\n", linkedin_row },
};

static void
day_of_campaign(struct buf *b, const struct world *w, const struct platform *p,
    uint32_t at, int64_t day)
{
	const struct campaign *c = &campaigns[at];
	struct dice d = dice_of(w->seed, c->id, (uint64_t)day);
	char date[CALENDAR_TEXT];
	int64_t v[4];

	v[COST] = c->daily_cents * dice_between(&d, 70, 130) / 100;
	v[CLICKS] = v[COST] / c->click_cents;
	v[SHOWN] = v[CLICKS] * dice_between(&d, 20, 60) + dice_below(&d, 20);
	v[CLAIMED] = v[CLICKS] * dice_below(&d, 6);
	p->row(b, c, calendar_put_day(date, day), v);
}

static void
platform(const struct world *w, const struct platform *p)
{
	struct buf b;

	file_begin(&b);
	buf_string(&b, p->header);
	for (int64_t i = 0; i < w->days; i++)
		for (uint32_t c = 0; c < ncampaigns; c++)
			if (strcmp(campaigns[c].platform, p->name) == 0)
				day_of_campaign(&b, w, p, c, w->first_day + i);
	file_write(w, "spend", p->file, &b);
}

/* What no click leads to: the mail tool, a fair, a podcast. */
static void
other_costs(const struct world *w)
{
	char date[CALENDAR_TEXT];
	struct buf b;

	file_begin(&b);
	calendar_put_day(date, w->first_day);
	file_add(&b, "Date;Account;Campaign;Cost;Kind\r\n");
	file_add(&b, "%s;mail-tool;mail-tool;240,00;nurture\r\n", date);
	file_add(&b, "%s;podcast;podcast;1.900,00;ad\r\n", date);
	calendar_put_day(date, w->first_day + w->days / 2);
	file_add(&b, "%s;fair;feria_energia;1.850,50;event\r\n", date);
	file_write(w, "spend", "books.csv", &b);
}

static void
names(const struct world *w)
{
	struct buf b;

	file_begin(&b);
	file_add(&b, "platform\tcampaign_id\tname\tcampaign\tchannel\tkind\ttrackable\n");
	for (uint32_t i = 0; i < ncampaigns; i++)
		if (campaigns[i].mapped)
			file_add(&b, "%s\t%s\t%s\t%s\t%s\t%s\tyes\n",
			    campaigns[i].platform, campaigns[i].id, campaigns[i].title,
			    campaigns[i].name, campaigns[i].channel, campaigns[i].kind);
	for (int i = 1; i <= MAILINGS; i++)
		file_add(&b, "newsletter\tnurture_%d\tNurture %d\tnurture_%d\temail\t"
		    "nurture\tyes\n", i, i, i);
	file_add(&b, "books\tmail-tool\tMail tool\tmail-tool\temail\tnurture\tno\n");
	file_add(&b, "books\tpodcast\tPodcast\tpodcast\taudio\tad\tno\n");
	file_add(&b, "books\tfair\tFeria de la energía\tferia_energia\tevent\tevent\tno\n");
	file_write(w, "", "campaigns.tsv", &b);
}

static void
rates(const struct world *w)
{
	char date[CALENDAR_TEXT];
	struct buf b;

	file_begin(&b);
	file_add(&b, "date\tfrom\tto\trate\n");
	for (int64_t i = 0; i < w->days; i++) {
		int64_t day = w->first_day + i;

		if (calendar_weekday(day) > 5 && i > 0)
			continue;
		file_add(&b, "%s\tUSD\tEUR\t0.%04d\n", calendar_put_day(date, day),
		    (int)rate_of(w, day));
	}
	file_write(w, "", "rates.tsv", &b);
}

int64_t
rate_of(const struct world *w, int64_t day)
{
	struct dice d;

	while (calendar_weekday(day) > 5 && day > w->first_day)
		day--;
	d = dice_of(w->seed, "dollar", (uint64_t)day);
	return dice_between(&d, 8550, 8710);
}

void
spend_write(const struct world *w)
{
	for (size_t i = 0; i < sizeof(platforms) / sizeof(*platforms); i++)
		platform(w, &platforms[i]);
	other_costs(w);
	names(w);
	rates(w);
}
