/* people.c - the cast: each lead's visits, acts, deals */
#include "world.h"

#include <stdio.h>
#include <string.h>

#include <lead/base/mem.h>

static const char *const firsts[][2] = { { "Ana", "ana" }, { "José", "jose" },
	{ "María", "maria" }, { "Iván", "ivan" }, { "Lucía", "lucia" },
	{ "Pau", "pau" }, { "Begoña", "begona" }, { "Raúl", "raul" },
	{ "Elena", "elena" }, { "Jordi", "jordi" }, { "Nerea", "nerea" },
	{ "Sofía", "sofia" }, { "Álvaro", "alvaro" }, { "Carmen", "carmen" },
	{ "Iker", "iker" }, { "Marta", "marta" } };
static const char *const lasts[][2] = { { "García", "garcia" }, { "Muñoz", "munoz" },
	{ "López", "lopez" }, { "Pérez", "perez" }, { "Ibáñez", "ibanez" },
	{ "Ferrer", "ferrer" }, { "Soler", "soler" }, { "Castro", "castro" },
	{ "Ortega", "ortega" }, { "Núñez", "nunez" }, { "Vila", "vila" },
	{ "Romero", "romero" }, { "O'Shea", "oshea" }, { "Serra", "serra" } };
static const char *const trades[][2] = { { "Hotel", "hotel" }, { "Talleres", "talleres" },
	{ "Bodegas", "bodegas" }, { "Panadería", "panaderia" },
	{ "Viveros", "viveros" }, { "Gestoría", "gestoria" } };

enum { FIRSTS = sizeof(firsts) / sizeof(*firsts),
	LASTS = sizeof(lasts) / sizeof(*lasts),
	TRADES = sizeof(trades) / sizeof(*trades), APART = 7 * HOUR };

int64_t
world_end(const struct world *w)
{
	return calendar_instant(w->first_day + w->days, 0);
}

const char *
person_visitor(char out[VISITOR_TEXT], const struct world *w,
    const struct person *p, unsigned device)
{
	struct dice d = dice_of(w->seed, "visitor", p->number * 2ULL + device);

	snprintf(out, VISITOR_TEXT, "%016llx", (unsigned long long)dice_bits(&d));
	return out;
}

int64_t
mailing_at(const struct world *w, uint32_t mailing)
{
	return calendar_instant(w->first_day + 5 + 7 * (int64_t)mailing, 10 * HOUR);
}

/* A person, or a household without a company. */
static void
name(struct person *p, struct dice *d, const struct person *before)
{
	uint32_t f = dice_below(d, FIRSTS), l = dice_below(d, LASTS);
	uint32_t t = dice_below(d, TRADES), owner = dice_below(d, LASTS);
	char domain[40] = "correo.example";

	p->sector = dice_below(d, 5);
	p->account = 50001 + p->number;
	if (before != NULL && before->sector != 0 && dice_permille(d, 250)) {
		p->sector = before->sector;
		p->account = before->account;
		snprintf(p->company, sizeof(p->company), "%s", before->company);
		snprintf(domain, sizeof(domain), "%s", strchr(before->email, '@') + 1);
	} else if (p->sector != 0) {
		snprintf(p->company, sizeof(p->company), "%s %s, S.L.", trades[t][0],
		    lasts[owner][0]);
		snprintf(domain, sizeof(domain), "%s-%s-%u.example", trades[t][1],
		    lasts[owner][1], p->account);
	}
	snprintf(p->first, sizeof(p->first), "%s", firsts[f][0]);
	snprintf(p->last, sizeof(p->last), "%s", lasts[l][0]);
	snprintf(p->email, sizeof(p->email), "%s.%s%u@%s", firsts[f][1], lasts[l][1],
	    p->number, domain);
	snprintf(p->phone, sizeof(p->phone), "+346%08u", 10000000 + p->number * 7);
	p->rep = dice_below(d, 4);
}

static uint8_t
pick_way(struct dice *d, bool first)
{
	uint16_t weight[32];

	for (uint32_t i = 0; i < nways; i++)
		weight[i] = first ? ways[i].first : ways[i].later;
	return (uint8_t)dice_weighted(d, weight, nways);
}

static void
add_visit(struct person *p, struct visit v)
{
	uint32_t i = p->nvisits;

	if (i == VISITS_MAX)
		return;
	for (uint32_t j = 0; j < i; j++)
		if (v.at < p->visit[j].at + APART && p->visit[j].at < v.at + APART)
			return;
	for (; i > 0 && p->visit[i - 1].at > v.at; i--)
		p->visit[i] = p->visit[i - 1];
	p->visit[i] = v;
	p->nvisits++;
}

static uint8_t
pick_pages(struct dice *d)
{
	return (uint8_t)dice_between(d, 1, 5);
}

/* The visits that lead to the act, last first, then the act itself. */
static void
approach(struct person *p, struct dice *d, const struct world *w)
{
	int64_t day = w->first_day + dice_below(d, (uint32_t)w->days);
	int64_t at = calendar_instant(day, dice_between(d, 8 * HOUR, 20 * HOUR));
	uint32_t n = dice_below(d, 4);
	bool unseen = dice_permille(d, 120);

	p->method = (enum act)dice_weighted(d, (const uint16_t[]){ 62, 13, 25 }, 3);
	p->lead = at;
	if (p->method == ACT_CALL && dice_permille(d, 200))
		return;
	add_visit(p, (struct visit){ at - dice_between(d, 240, 1200),
	    pick_way(d, n == 0), 0, pick_pages(d), (int8_t)p->method });
	for (uint32_t i = 0; i < n; i++) {
		bool first = i == n - 1;

		at -= dice_between(d, 8 * HOUR, 6 * DAY);
		if (at < calendar_instant(w->first_day, HOUR))
			break;
		add_visit(p, (struct visit){ at, pick_way(d, first), first && unseen,
		    pick_pages(d), -1 });
	}
}

static void
nurture(struct person *p, struct dice *d, const struct world *w)
{
	for (uint32_t m = 0; m < MAILINGS; m++) {
		int64_t sent = mailing_at(w, m);
		bool clicks = dice_permille(d, 280);
		int64_t at = sent + dice_between(d, 300, 2 * DAY);
		uint8_t pages = pick_pages(d);

		if (clicks && p->lead + 2 * HOUR < sent && at < world_end(w) - HOUR)
			add_visit(p, (struct visit){ at, (uint8_t)(WAY_MAIL + m), 0,
			    pages, -1 });
	}
	if (dice_permille(d, 350)) {
		int64_t at = p->lead + dice_between(d, 10 * HOUR, 5 * DAY);

		if (at < world_end(w) - 2 * HOUR)
			add_visit(p, (struct visit){ at, pick_way(d, false), 0,
			    pick_pages(d), -1 });
	}
}

static uint32_t
at_most(uint32_t n, uint32_t most)
{
	return n < most ? n : most;
}

static struct deal
bargain(struct dice *d, uint32_t id, uint32_t rep, int64_t opened, uint32_t a)
{
	static const int64_t price[] = { 548000, 981050, 6240000, 489990 };
	struct deal deal = { .id = id, .rep = rep, .opened = opened,
		.product = dice_below(d, 4), .reason = dice_below(d, 4) };

	deal.cents = price[deal.product] + dice_between(d, 0, 90000);
	deal.closed = opened + dice_between(d, DAY, 9 * DAY);
	deal.state = (enum deal_state)dice_weighted(d,
	    (const uint16_t[]){ 150, (uint16_t)at_most(500 * a / 1000, 1500), 350 }, 3);
	deal.dollars = dice_permille(d, 50);
	if (deal.state == DEAL_WON && dice_permille(d, 40)) {
		deal.refund_at = deal.closed + dice_between(d, DAY, 5 * DAY);
		deal.refund_cents = deal.cents / 10;
	}
	return deal;
}

/*
 * How likely this lead is to buy, in permille of a lead without marks: the planted
 * answer of examples/scoring. From the turn on the state pays no more for the roofs
 * of industry.
 */
static uint32_t
appetite(const struct world *w, const struct person *p)
{
	/* by sectors[] and enum act */
	static const uint32_t sector[2][5] = { { 600, 1000, 1900, 500, 1500 },
		{ 600, 1000, 300, 500, 1500 } };
	static const uint32_t method[] = { 900, 700, 1500 };
	bool turned = w->turn_day != 0 && p->lead >= calendar_instant(w->turn_day, 0);

	return sector[turned][p->sector] * method[p->method] / 1000;
}

/* What sales made of the lead. */
static void
sell(struct person *p, struct dice *d, uint32_t a)
{
	int64_t at = p->lead;
	struct deal *one = p->deal;

	if (dice_permille(d, 880))
		p->contacted = at + (dice_permille(d, 600) ?
		    dice_between(d, 300, 4 * HOUR) : dice_between(d, 4 * HOUR, 2 * DAY));
	if (!dice_permille(d, at_most(680 * a / 1000, 950)) || p->contacted == 0) {
		if (dice_permille(d, 250))
			p->disqualified = at + dice_between(d, DAY, 4 * DAY);
		return;
	}
	p->mql = at + dice_between(d, HOUR, DAY);
	if (!dice_permille(d, 720))
		return;
	at = p->contacted > p->mql ? p->contacted : p->mql;
	p->sql = at + dice_between(d, HOUR, 2 * DAY);
	if (!dice_permille(d, 860))
		return;
	*one = bargain(d, 90001 + p->number * 2, p->rep,
	    p->sql + dice_between(d, HOUR, 2 * DAY), a);
	p->ndeals = 1;
	if (one->state == DEAL_WON && dice_permille(d, 80)) {
		p->deal[1] = bargain(d, 90002 + p->number * 2, (p->rep + 1) % 4,
		    one->closed + dice_between(d, DAY, 3 * DAY), 1000);
		p->deal[1].expansion = true;
		p->ndeals = 2;
	}
}

/*
 * Ella reads the second mailing, calls 11 minutes later from the office phone,
 * and buys. Her colleague, who asked by the form the week before, has the same
 * phone.
 */
static void
ella(struct world *w, struct person *p)
{
	int64_t mail = mailing_at(w, 1) + 2 * HOUR;
	struct person *other = p + 1;

	*p = (struct person){ .number = w->leads, .account = 50000, .sector = 2,
		.rep = 0, .method = ACT_CALL, .lead = mail + 660,
		.contacted = mail + 660, .mql = mail + HOUR, .sql = mail + DAY };
	snprintf(p->first, sizeof(p->first), "Ella");
	snprintf(p->last, sizeof(p->last), "Ruiz");
	snprintf(p->email, sizeof(p->email), "ella.ruiz@cooperativa-sol.example");
	snprintf(p->company, sizeof(p->company), "Cooperativa \"El Sol\", S. Coop.");
	snprintf(p->phone, sizeof(p->phone), "+34910000111");
	*other = *p;
	add_visit(p, (struct visit){ mail, WAY_MAIL + 1, 0, 2, ACT_CALL });
	p->deal[0] = (struct deal){ .id = 90000, .rep = 0, .opened = mail + 2 * DAY,
		.closed = mail + 4 * DAY, .cents = 6400000, .state = DEAL_WON,
		.product = 2 };
	p->ndeals = 1;
	other->number = w->leads + 1;
	snprintf(other->first, sizeof(other->first), "Darío");
	snprintf(other->email, sizeof(other->email), "dario.ruiz@cooperativa-sol.example");
	other->method = ACT_FORM;
	other->lead = mail - 6 * DAY;
	other->contacted = other->mql = other->sql = 0;
	add_visit(other, (struct visit){ other->lead - 300, WAY_DIRECT, 0, 3, ACT_FORM });
}

void
people_make(struct world *w)
{
	w->npeople = w->leads + 2;
	w->person = mem_new(w->npeople, sizeof(*w->person));
	for (uint32_t i = 0; i < w->leads; i++) {
		struct person *p = &w->person[i];
		struct dice d = dice_of(w->seed, "person", i);

		p->number = i;
		name(p, &d, i > 0 ? p - 1 : NULL);
		approach(p, &d, w);
		nurture(p, &d, w);
		sell(p, &d, appetite(w, p));
	}
	ella(w, &w->person[w->leads]);
}

void
people_free(struct world *w)
{
	mem_free(w->person);
}
