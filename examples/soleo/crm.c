/* crm.c - what the CRM exports in the evening: contacts, deals, stage history
 *
 * With a byte order mark and CR LF; quotes, commas and a line break in cells.
 * A later export shows the same deal with what became of it since.
 */
#include "world.h"

#include <stdio.h>

#define BOM "\xef\xbb\xbf"
#define EOL "\r\n"

static void
write_export(const struct world *w, const char *name, int64_t day, struct buf *b)
{
	char path[CALENDAR_TEXT + 32], date[CALENDAR_TEXT];

	snprintf(path, sizeof(path), "%s-%s.csv", name, calendar_put_day(date, day));
	file_write(w, "crm", path, b);
}

/* A time, or an empty cell while it is still to come. */
static void
when(struct buf *b, int64_t at, int64_t now, const char *after)
{
	char text[CALENDAR_TEXT];

	if (at != 0 && at < now)
		buf_string(b, calendar_put_local(text, at));
	buf_string(b, after);
}

static int64_t
later(int64_t a, int64_t b, int64_t now)
{
	return b < now && b > a ? b : a;
}

/* The newest of a contact's times that has come. */
static int64_t
contact_modified(const struct person *p, int64_t now)
{
	int64_t at = p->lead + 120;

	at = later(at, p->contacted, now);
	at = later(at, p->mql, now);
	at = later(at, p->sql, now);
	return later(at, p->disqualified, now);
}

static void
contact(struct buf *b, const struct world *w, const struct person *p, int64_t now)
{
	char id[VISITOR_TEXT];
	bool stored = p->method == ACT_FORM;

	file_add(b, "%u,%s,", 70001 + p->number, p->first);
	file_cell(b, p->last, ",");
	file_add(b, "%s,%s %s,", p->email, "+34", p->phone + 3);
	file_cell(b, p->company, ",");
	if (p->company[0] != '\0')
		file_add(b, "%u", p->account);
	file_add(b, ",España,%s,%s,%s,", sectors[p->sector], reps[p->rep],
	    stored ? person_visitor(id, w, p, 0) : "");
	when(b, p->lead + 120, now, ",");
	when(b, p->mql, now, ",");
	when(b, p->sql, now, ",");
	when(b, p->disqualified, now, ",");
	file_cell(b, p->disqualified != 0 && p->disqualified < now ?
	    reasons[p->number % 4] : "", ",");
	when(b, contact_modified(p, now), now, ",");
	file_cell(b, p->number % 50 == 7 ? "Llamar por la tarde,\ndice \"urgente\"" : "",
	    EOL);
}

static void
contacts(const struct world *w, int64_t day)
{
	int64_t now = calendar_instant(day + 1, 0);
	struct buf b;

	file_begin(&b);
	file_add(&b, BOM "Record ID,First Name,Last Name,Email,Phone Number,Company Name,"
	    "Associated Company IDs,Country/Region,Sector,Contact owner,Visitor ID,"
	    "Create Date,Became a Marketing Qualified Lead Date,"
	    "Became a Sales Qualified Lead Date,Disqualified Date,"
	    "Disqualified Reason,Last Modified Date,Notes" EOL);
	for (uint32_t i = 0; i < w->npeople; i++)
		if (w->person[i].lead + 120 < now)
			contact(&b, w, &w->person[i], now);
	write_export(w, "contacts", day, &b);
}

static enum deal_state
state_at(const struct deal *d, int64_t now)
{
	return d->closed < now ? d->state : DEAL_OPEN;
}

static void
deal(struct buf *b, const struct person *p, const struct deal *d, int64_t now)
{
	static const char *const stages[] = { "Contract Sent", "Closed Won",
		"Closed Lost" };
	enum deal_state state = state_at(d, now);
	int64_t modified = state != DEAL_OPEN ? d->closed : d->opened;
	bool refunded = state == DEAL_WON && d->refund_at != 0 && d->refund_at < now;

	file_add(b, "%u,", d->id);
	file_cell(b, p->company[0] != '\0' ? p->company : p->last, ",");
	file_add(b, "%s,", stages[state]);
	file_cents(b, d->cents);
	file_add(b, ",%s,", d->dollars ? "USD" : "EUR");
	when(b, d->opened, now, ",");
	when(b, state != DEAL_OPEN ? d->closed : 0, now, ",");
	file_add(b, "%s,%s,%s,%u,", reps[d->rep],
	    d->expansion ? "Existing Business" : "New Business",
	    products[d->product], 70001 + p->number);
	file_cell(b, state == DEAL_LOST ? reasons[d->reason] : "", ",");
	when(b, refunded ? d->refund_at : 0, now, ",");
	if (refunded)
		file_cents(b, -d->refund_cents);
	buf_string(b, ",");
	when(b, refunded ? d->refund_at : modified, now, EOL);
}

static void
deals(const struct world *w, int64_t day)
{
	int64_t now = calendar_instant(day + 1, 0);
	struct buf b;

	file_begin(&b);
	file_add(&b, BOM "Record ID,Deal Name,Deal Stage,Amount,Currency,Create Date,"
	    "Close Date,Deal owner,Deal Type,Product,Associated Contact IDs,"
	    "Closed Lost Reason,Refund Date,Refund Amount,Last Modified Date" EOL);
	for (uint32_t i = 0; i < w->npeople; i++)
		for (uint32_t j = 0; j < w->person[i].ndeals; j++)
			if (w->person[i].deal[j].opened < now)
				deal(&b, &w->person[i], &w->person[i].deal[j], now);
	write_export(w, "deals", day, &b);
}

static void
stage(struct buf *b, const struct person *p, const struct deal *d, const char *key,
    int64_t at, int64_t now)
{
	char text[CALENDAR_TEXT];

	if (at < now)
		file_add(b, "%u,%u,%s,%s" EOL, d->id, 70001 + p->number, key,
		    calendar_put_local(text, at));
}

static void
stages_of(struct buf *b, const struct person *p, const struct deal *d, int64_t now)
{
	int64_t step = (d->closed - d->opened) / 3;

	stage(b, p, d, "appointment", d->opened, now);
	stage(b, p, d, "proposal", d->opened + step, now);
	stage(b, p, d, "contract", d->opened + 2 * step, now);
	if (d->state != DEAL_OPEN)
		stage(b, p, d, d->state == DEAL_WON ? "won" : "lost", d->closed, now);
}

static void
stages(const struct world *w, int64_t day)
{
	int64_t now = calendar_instant(day + 1, 0);
	struct buf b;

	file_begin(&b);
	file_add(&b, BOM "Deal ID,Contact ID,Stage,Date Entered" EOL);
	for (uint32_t i = 0; i < w->npeople; i++)
		for (uint32_t j = 0; j < w->person[i].ndeals; j++)
			stages_of(&b, &w->person[i], &w->person[i].deal[j], now);
	write_export(w, "stages", day, &b);
}

/* Every other roof is kept for a year in advance, or month by month, from two days
 * after the sale; not Ella's, whose path others tell. */
static void
keeping(struct buf *b, const struct person *p, const struct deal *d, int64_t now)
{
	char text[CALENDAR_TEXT];
	unsigned months = p->number % 4 == 0 ? 12 : 1;
	int64_t at = d->closed + 2 * DAY;

	if (d->state != DEAL_WON || d->id == 90000 || p->number % 2 != 0)
		return;
	for (int n = 0; at < now; at += 30 * (int64_t)months * DAY) {
		file_add(b, "%u-%d,%u,", d->id, ++n, 70001 + p->number);
		file_cents(b, (int64_t)months * (1990 + p->number % 7 * 500));
		file_add(b, ",%u,%s" EOL, months, calendar_put_local(text, at));
	}
}

static void
payments(const struct world *w, int64_t day)
{
	int64_t now = calendar_instant(day + 1, 0);
	struct buf b;

	file_begin(&b);
	file_add(&b, BOM "Invoice ID,Contact ID,Amount,Months,Paid" EOL);
	for (uint32_t i = 0; i < w->npeople; i++)
		for (uint32_t j = 0; j < w->person[i].ndeals; j++)
			keeping(&b, &w->person[i], &w->person[i].deal[j], now);
	write_export(w, "payments", day, &b);
}

void
crm_write(const struct world *w, int64_t day)
{
	contacts(w, day);
	deals(w, day);
	stages(w, day);
	payments(w, day);
}
