/* activity.c - forms, chats, calls and mail, one export a day */
#include "world.h"

#include <stdio.h>
#include <string.h>

/* CR LF, as the exports of most systems end their lines. */
#define EOL "\r\n"

static void
write_daily(const struct world *w, const char *name, int64_t day, struct buf *b)
{
	char path[CALENDAR_TEXT + 32], date[CALENDAR_TEXT];

	snprintf(path, sizeof(path), "%s-%s.csv", name, calendar_put_day(date, day));
	file_write(w, name, path, b);
}

/* The address as people type it: now and then with capitals and blanks. */
static void
typed_email(struct buf *b, const struct person *p)
{
	if (p->number % 9 != 4)
		file_add(b, "%s,", p->email);
	else
		file_add(b, " %c%s ,", p->email[0] - 'a' + 'A', p->email + 1);
}

/* Did the act of the lead happen on the site? */
static bool
by_visit(const struct person *p)
{
	for (uint32_t i = 0; i < p->nvisits; i++)
		if (p->visit[i].act >= 0)
			return true;
	return false;
}

/* Did the person tick that advertisers may be told? */
static bool
consents(const struct world *w, const struct person *p)
{
	struct dice d = dice_of(w->seed, "consent", p->number);

	return dice_permille(&d, 700);
}

static void
forms(const struct world *w, int64_t day)
{
	char at[CALENDAR_TEXT], id[VISITOR_TEXT];
	struct buf b;

	file_begin(&b);
	file_add(&b, "Submission ID,Submitted At,Form,Page URL,Email,Phone,Company,"
	    "Visitor ID,Consent Ads" EOL);
	for (uint32_t i = 0; i < w->npeople; i++) {
		const struct person *p = &w->person[i];

		if (p->method != ACT_FORM || calendar_day_of(p->lead) != day)
			continue;
		file_add(&b, "F%06u,%s,%s,https://www.soleo.example/contacto,",
		    300000 + p->number, calendar_put_local(at, p->lead),
		    p->number % 3 == 0 ? "quote" : "contact");
		typed_email(&b, p);
		file_add(&b, "%s,", p->phone + 3);
		file_cell(&b, p->company, ",");
		file_add(&b, "%s,%s" EOL, person_visitor(id, w, p, 0),
		    consents(w, p) ? "yes" : "no");
	}
	write_daily(w, "forms", day, &b);
}

static void
chats(const struct world *w, int64_t day)
{
	char at[CALENDAR_TEXT], id[VISITOR_TEXT];
	struct buf b;

	file_begin(&b);
	file_add(&b, "Chat ID;Started (UTC);Visitor;Email;Transcript" EOL);
	for (uint32_t i = 0; i < w->npeople; i++) {
		const struct person *p = &w->person[i];

		if (p->method != ACT_CHAT || calendar_day_of(p->lead) != day)
			continue;
		file_add(&b, "C%06u;%s;%s;%s;\"Hola, soy %s.\n¿Cuánto cuesta \"\"%s\"\"?"
		    " Gracias; espero.\"" EOL, 500000 + p->number,
		    calendar_put_utc(at, p->lead), person_visitor(id, w, p, 0),
		    p->email, p->first, products[p->number % 4]);
	}
	write_daily(w, "chats", day, &b);
}

struct call {
	int64_t at;
	bool inbound, visited;
};

static void
call(struct buf *b, const struct world *w, const struct person *p, struct call c)
{
	char at[CALENDAR_TEXT], id[VISITOR_TEXT];
	bool picked = p->number % 3 != 0 || p->number >= w->leads;

	file_add(b, "K%07u%c,%s,%s,%s,Yes,%u,%s,", 7000000 + p->number,
	    c.inbound ? 'i' : 'o', calendar_put_local(at, c.at),
	    c.inbound ? "Inbound" : "Outbound", p->phone, 40 + p->number % 500,
	    c.visited ? person_visitor(id, w, p, 0) : "");
	if (picked)
		file_add(b, "%u", 70001 + p->number);
	buf_string(b, EOL);
}

static void
calls(const struct world *w, int64_t day)
{
	struct buf b;

	file_begin(&b);
	file_add(&b, "Call ID,Start Time,Direction,Customer Phone Number,Answered,"
	    "Duration (seconds),Visitor ID,Contact ID" EOL);
	for (uint32_t i = 0; i < w->npeople; i++) {
		const struct person *p = &w->person[i];

		if (p->method == ACT_CALL && calendar_day_of(p->lead) == day)
			call(&b, w, p, (struct call){ p->lead, true, by_visit(p) });
		if (p->contacted > p->lead && calendar_day_of(p->contacted) == day)
			call(&b, w, p, (struct call){ p->contacted, false, false });
	}
	write_daily(w, "calls", day, &b);
}

struct mail {
	const struct person *p;
	uint32_t mailing;
	int64_t at;
	const char *event, *url;
};

static void
mail_row(struct buf *b, const struct mail *m)
{
	char at[CALENDAR_TEXT];

	file_add(b, "%s,%s,%s,m%u-%06u,nurture_%u,%s" EOL, calendar_put_utc(at, m->at),
	    m->event, m->p->email, m->mailing + 1, m->p->number, m->mailing + 1,
	    m->url);
}

/* What became of one message to one person, in as far as it was on that day. */
static void
message(struct buf *b, const struct world *w, struct mail m, int64_t day)
{
	struct dice d = dice_of(w->seed, "mail", m.p->number * 16ULL + m.mailing);
	int64_t sent = mailing_at(w, m.mailing) + dice_below(&d, 240);
	bool bounced = dice_permille(&d, 25);
	struct mail row[6] = { m, m, m, m, m, m };
	uint32_t n = 0;

	row[n].event = "SENT", row[n++].at = sent;
	row[n].event = bounced ? "BOUNCE" : "DELIVERED", row[n++].at = sent + 4;
	if (!bounced && dice_permille(&d, 250))
		row[n].event = "OPEN", row[n++].at = sent + 8; /* a mail proxy */
	for (uint32_t i = 0; !bounced && i < m.p->nvisits; i++) {
		const struct visit *v = &m.p->visit[i];

		if (v->way != WAY_MAIL + m.mailing)
			continue;
		row[n].event = "OPEN", row[n++].at = v->at - 20;
		row[n].event = "CLICK", row[n].at = v->at - 3;
		row[n++].url = "https://www.soleo.example/blog/ayudas-2026";
	}
	if (!bounced && dice_permille(&d, 12))
		row[n].event = "UNSUBSCRIBE", row[n++].at = sent + 3 * HOUR;
	for (uint32_t i = 0; i < n; i++)
		if (calendar_day_of(row[i].at) == day)
			mail_row(b, &row[i]);
}

static void
email(const struct world *w, int64_t day)
{
	struct buf b;

	file_begin(&b);
	file_add(&b, "Time,Event,Recipient,Message ID,Campaign,URL" EOL);
	for (uint32_t i = 0; i < w->npeople; i++)
		for (uint32_t m = 0; m < MAILINGS; m++) {
			const struct person *p = &w->person[i];
			bool ella = p->number == w->leads && m == 1;

			if (ella || p->lead + 2 * HOUR < mailing_at(w, m))
				message(&b, w, (struct mail){ p, m, 0, "", "" }, day);
		}
	write_daily(w, "email", day, &b);
}

void
activity_write(const struct world *w)
{
	for (int64_t i = 0; i < w->days; i++) {
		forms(w, w->first_day + i);
		chats(w, w->first_day + i);
		calls(w, w->first_day + i);
		email(w, w->first_day + i);
	}
}
