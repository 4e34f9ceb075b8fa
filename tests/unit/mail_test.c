/* mail: one message to one recipient, whatever the order and spelling of its rows */
#include <lead/domain/figures/mail.h>

#include "tap.h"

static const char *
add(struct mail *m, const char *time, const char *event, const char *email,
    const char *message, const char *machine)
{
	const struct text field[MAIL_COLUMNS] = { text_of(time), text_of(event),
		text_of(email), text_of(message), text_of(machine), TEXT_NONE,
		TEXT_NONE, TEXT_NONE };
	size_t bad = 0;

	return mail_add(m, field, &bad);
}

#define BIT(act) (1U << (act))

static void
one_message(struct zone *utc)
{
	struct mail *m = mail_new(NULL, utc, INT64_MAX);
	struct mail_piece p, q;

	add(m, "2026-01-02T00:00:00Z", "email_clicked", "Ana@X.example", "m1", "");
	add(m, "2026-01-01T00:00:00Z", "email_clicked", "ana@x.example", "m1", "1");
	add(m, "2026-01-03T00:00:00Z", "email_clicked", "ana@x.example", "m1", "");
	mail_ready(m);
	ok(mail_piece(m, MAIL_NOBODY, 0, &p), "there is one");
	ok(!mail_piece(m, MAIL_NOBODY, 1, &q), "and no other");
	ok(p.at.day == when_day_of(2026, 1, 1), "dated by its first row");
	ok(p.click.day == when_day_of(2026, 1, 2), "first clicked by a person on the 2nd");
	ok(p.click_all.day == when_day_of(2026, 1, 1), "by a machine before");
	ok((p.acts & BIT(MAIL_DELIVERED)) != 0, "a click proves that it arrived");
	ok((p.acts & BIT(MAIL_OPENED)) == 0, "but is no open that was seen");
	ok((p.acts & BIT(MAIL_READ)) != 0, "though it was read");
	mail_free(m);
}

static void
last_word(struct zone *utc)
{
	struct mail *m = mail_new(NULL, utc, INT64_MAX);
	struct mail_consent c[3];
	bool got[3];

	add(m, "2026-01-03T00:00:00Z", "consented", "ana@x.example", "", "");
	add(m, "2026-01-02T00:00:00Z", "unsubscribed", "ana@x.example", "", "");
	add(m, "2026-01-01T00:00:00Z", "consented", "ana@x.example", "", "");
	add(m, "2026-01-01T12:00:00Z", "consented", "ana@x.example", "", "");
	add(m, "2026-01-01T00:00:00Z", "unsubscribed", "ben@x.example", "", "");
	mail_ready(m);
	for (size_t i = 0; i < 3; i++)
		got[i] = mail_consent(m, MAIL_NOBODY, i, &c[i]);
	ok(got[0] && got[1] && got[2], "in, out and in again");
	ok(!c[0].out && c[1].out && !c[2].out, "in the order of time");
	ok(!mail_consent(m, MAIL_NOBODY, 3, &c[0]), "nothing of what changes nothing");
	ok(mail_counts(m).consents == 3, "three rows consented");
	mail_free(m);
}

int
main(void)
{
	struct zone *utc = zone_open("UTC");
	struct mail *none = mail_new(NULL, utc, 0);
	struct mail_piece p;

	one_message(utc);
	last_word(utc);
	ok(add(none, "yesterday", "email_sent", "a@x", "m", "") != NULL, "no time: said so");
	ok(add(none, "2026-01-01T00:00:00Z", "email_sent", "a@x", "m", "") == NULL,
	    "later than as-of: no fault");
	mail_ready(none);
	ok(!mail_piece(none, MAIL_NOBODY, 0, &p), "but not there");
	ok(mail_counts(none).late == 1, "and counted");
	mail_free(none);
	zone_free(utc);
	return tap_end();
}
