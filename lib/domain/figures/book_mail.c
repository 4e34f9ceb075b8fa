/* book_mail.c - in which cells mail counts: those of the lead that it was sent to */
#include <lead/base/mem.h>
#include <lead/domain/figures/book_mail.h>

struct book_mail {
	struct book *book;
	const struct mail *mail;
	bool *done; /* by lead of mail */
};

struct book_mail *
book_mail_new(struct book *b, const struct mail *mail)
{
	struct book_mail *m = mem_new(1, sizeof(*m));

	m->book = b;
	m->mail = mail;
	m->done = mem_new((size_t)mail_leads(mail) + 1, sizeof(*m->done));
	return m;
}

void
book_mail_free(struct book_mail *m)
{
	if (m == NULL)
		return;
	mem_free(m->done);
	mem_free(m);
}

/* Did the group buy in the time after a click? */
static bool
converted(const struct book *b, const struct life *l, const struct life_when *click)
{
	int64_t us;

	for (size_t i = 0; l != NULL && i < l->ndeals; i++)
		if (l->deal[i].outcome == LIFE_WON &&
		    life_span(click, &l->deal[i].closed, &us) && us >= 0 &&
		    us <= b->rules->click_window_us)
			return true;
	return false;
}

/* Bits by enum cube_measure, from CUBE_MAIL_SENT on: what is true of a message. */
static unsigned
measures_of(const struct book *b, const struct life *l, const struct mail_piece *piece)
{
	static const struct {
		enum mail_act act;
		bool all;
		enum cube_measure measure;
	} counts[] = {
		{ MAIL_SENT, true, CUBE_MAIL_SENT },
		{ MAIL_DELIVERED, true, CUBE_MAIL_DELIVERED },
		{ MAIL_BOUNCED, true, CUBE_MAIL_BOUNCED },
		{ MAIL_OPENED, false, CUBE_MAIL_OPENED },
		{ MAIL_CLICKED, false, CUBE_MAIL_CLICKED },
		{ MAIL_READ, false, CUBE_MAIL_READ },
		{ MAIL_UNSUBSCRIBED, false, CUBE_MAIL_UNSUBSCRIBED },
		{ MAIL_COMPLAINED, false, CUBE_MAIL_COMPLAINED },
		{ MAIL_OPENED, true, CUBE_MAIL_OPENED_ALL },
		{ MAIL_CLICKED, true, CUBE_MAIL_CLICKED_ALL },
		{ MAIL_READ, true, CUBE_MAIL_READ_ALL },
	};
	unsigned bits = 0;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		unsigned acts = counts[i].all ? piece->all : piece->acts;

		if ((acts >> counts[i].act & 1) != 0)
			bits |= 1U << (counts[i].measure - CUBE_MAIL_SENT);
	}
	if (converted(b, l, &piece->click))
		bits |= 1U << (CUBE_MAIL_CONVERTED - CUBE_MAIL_SENT);
	if (converted(b, l, &piece->click_all))
		bits |= 1U << (CUBE_MAIL_CONVERTED_ALL - CUBE_MAIL_SENT);
	return bits;
}

/* In the breakdowns by the campaign of the mail itself. */
static void
book_campaign(struct book *b, const struct mail_piece *piece, unsigned measures)
{
	struct text value[BREAKDOWN_NAMES] = { { 0 } };

	for (size_t i = 0; i < b->by->n; i++) {
		const struct breakdown *d = &b->by->v[i];
		uint32_t cell;

		if (!d->by_mail)
			continue;
		value[d->part[0].name] = piece->campaign;
		cell = cube_find(b->cube, piece->at.day, (uint32_t)i, 0,
		    breakdown_of_names(b->by, i, value));
		for (enum cube_measure m = CUBE_MAIL_SENT;
		     m <= CUBE_MAIL_CONVERTED_ALL; m++)
			if ((measures >> (m - CUBE_MAIL_SENT) & 1) != 0)
				cube_add(b->cube, cell, m, NUM_MICROS);
	}
}

static void
book_piece(struct book *b, const struct life *l, const struct book_lines *x,
    const struct mail_piece *piece)
{
	unsigned measures;
	struct book_places p;

	book_at(b, x, &piece->at, &p);
	if (!p.any)
		return;
	measures = measures_of(b, l, piece);
	for (enum cube_measure m = CUBE_MAIL_SENT; m <= CUBE_MAIL_CONVERTED_ALL; m++)
		book_count_if(b, &p, (measures >> (m - CUBE_MAIL_SENT) & 1) != 0, m);
	book_campaign(b, piece, measures);
}

/* The stock needs all that went before --since, but nothing from --until on. */
static void
book_consent(struct book *b, const struct book_lines *x, const struct mail_consent *c)
{
	struct book_places p = { .any = true };
	bool told = book_in_time(b, &c->at);

	if (b->rules->has_until && c->at.day >= b->until_day)
		return;
	book_cells(b, x, c->at.day, &p);
	book_add(b, &p, CUBE_DB, c->out ? -NUM_MICROS : NUM_MICROS);
	book_count_if(b, &p, told, c->out ? CUBE_DB_OUT : CUBE_DB_NEW);
}

/* All that was sent to lead n, who is this one, or nobody known. */
static void
book_recipient(struct book_mail *m, uint32_t n, const struct life *l,
    const struct life_lead *lead)
{
	struct mail_piece piece;
	struct mail_consent consent;
	struct book_lines x;

	book_lines_of_lead(m->book, l, lead, &x);
	for (size_t i = 0; mail_piece(m->mail, n, i, &piece); i++)
		book_piece(m->book, l, &x, &piece);
	for (size_t i = 0; mail_consent(m->mail, n, i, &consent); i++)
		book_consent(m->book, &x, &consent);
}

void
book_mail_life(struct book_mail *m, const struct life *l)
{
	for (size_t i = 0; i < l->nleads; i++) {
		uint32_t n = mail_lead(m->mail, l->lead[i].id);

		if (n == MAIL_NOBODY || m->done[n])
			continue;
		m->done[n] = true;
		book_recipient(m, n, l, &l->lead[i]);
	}
}

bool
book_mail_met(const struct book_mail *m, uint32_t lead)
{
	return m->done[lead];
}

bool
book_mail_meet(struct book_mail *m, struct text lead_id)
{
	uint32_t n = mail_lead(m->mail, lead_id);

	if (n == MAIL_NOBODY || m->done[n])
		return false;
	m->done[n] = true;
	return true;
}

void
book_mail_rest(struct book_mail *m)
{
	for (uint32_t n = 0; n < mail_leads(m->mail); n++)
		if (!m->done[n])
			book_recipient(m, n, NULL, NULL);
	book_recipient(m, MAIL_NOBODY, NULL, NULL);
}
