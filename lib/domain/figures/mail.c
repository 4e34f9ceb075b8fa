/* mail.c - what became of each message to each recipient, and who may be written to */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/mail.h>
#include <lead/domain/identity/key.h>

enum { COUNT_MAX = 1 << 28 };

enum { TIME, EVENT, EMAIL, MESSAGE_ID, MACHINE, PRECISION, CAMPAIGN, LEAD_ID };

const char *const mail_columns[MAIL_COLUMNS] = { "time", "event", "email",
	"?message_id", "?machine", "?precision", "?campaign", "?lead_id" };

static const int64_t NEVER = INT64_MAX;

/* When, in 8 bytes: an instant, and in the lowest bit whether it is a day's. */
struct piece {
	uint32_t recipient, campaign;
	uint16_t acts, all;
	int64_t at, click, click_all;
};

struct recipient {
	uint32_t lead; /* of mail's own numbers, or DICT_NONE */
	int64_t since; /* of the row that told the lead */
};

struct consent {
	uint32_t recipient;
	bool out;
	int64_t at;
};

/* Where those of a lead stand in an order: of lead n from[n] to from[n + 1]. */
struct shelf {
	uint32_t *order;
	size_t *from;
};

struct mail {
	const struct identity *map;
	const struct zone *zone;
	int64_t as_of_us;
	size_t email_type; /* of the map, or SIZE_MAX */
	struct map *pairs, *addresses;
	struct dict *campaigns; /* 0 is none */
	struct dict *leads;     /* behind the last comes nobody */
	struct piece *piece;
	struct recipient *recipient;
	struct consent *consent;
	size_t piece_cap, recipient_cap, consent_cap, nconsents;
	struct shelf pieces, consents;
	struct mail_counts counts;
};

/* The number of the map's type email, or that of none. */
static size_t
find_email(const struct identity *map)
{
	size_t i = 0;

	while (map != NULL && i < identity_ntypes(map) &&
	    !text_is(identity_type(map, i), "email"))
		i++;
	return map != NULL && i < identity_ntypes(map) ? i : SIZE_MAX;
}

struct mail *
mail_new(const struct identity *map, const struct zone *zone, int64_t as_of_us)
{
	struct mail *m = mem_new(1, sizeof(*m));

	m->map = map;
	m->zone = zone;
	m->as_of_us = as_of_us;
	m->pairs = map_new();
	m->addresses = map_new();
	m->leads = dict_new();
	m->campaigns = dict_new();
	dict_add(m->campaigns, TEXT_NONE);
	m->email_type = find_email(map);
	return m;
}

static void
shelf_free(struct shelf *s)
{
	mem_free(s->order);
	mem_free(s->from);
}

void
mail_free(struct mail *m)
{
	if (m == NULL)
		return;
	map_free(m->pairs);
	map_free(m->addresses);
	dict_free(m->campaigns);
	dict_free(m->leads);
	mem_free(m->piece);
	mem_free(m->recipient);
	mem_free(m->consent);
	shelf_free(&m->pieces);
	shelf_free(&m->consents);
	mem_free(m);
}

/* --- times --- */

static int64_t
pack(int64_t us, bool day_only)
{
	return us * 2 + day_only;
}

static struct life_when
unpack(const struct mail *m, int64_t at)
{
	struct life_when w = { .set = at != NEVER };

	if (!w.set)
		return w;
	w.dated = true;
	w.day_only = (at & 1) != 0;
	w.us = (at - w.day_only) / 2;
	w.day = w.day_only ? zone_dated_day(m->zone, w.us) : zone_day(m->zone, w.us);
	return w;
}

static void
earliest(int64_t *at, int64_t other)
{
	if (other < *at)
		*at = other;
}

/* --- whose --- */

/* The lead_id that the map gives an address, or empty. */
static struct text
lead_at(const struct mail *m, struct text email, int64_t us)
{
	struct text cell[IDENTITY_TYPES_MAX] = { { 0 } };
	uint32_t n;

	if (m->email_type == SIZE_MAX)
		return TEXT_NONE;
	cell[m->email_type] = email;
	n = identity_find(m->map, cell, true, us, us + IDENTITY_VISIT_US);
	return n != IDENTITY_NONE ? identity_lead_id(m->map, n) : TEXT_NONE;
}

/* The lead of the earliest row that tells one; of two at once the lesser id. */
static void
tell_lead(struct mail *m, struct recipient *r, struct text lead, int64_t us)
{
	if (lead.len == 0 || us > r->since)
		return;
	if (us == r->since && r->lead != DICT_NONE &&
	    text_compare(lead, dict_text(m->leads, r->lead)) >= 0)
		return;
	*r = (struct recipient){ dict_add(m->leads, lead), us };
}

/* An address in its normal form, into room; else the lead that a row without one
 * is of: somebody who was erased. */
static struct text
name_of(const struct text *f, char *room)
{
	struct text normal = f[EMAIL];

	if (f[EMAIL].len == 0)
		return f[LEAD_ID];
	if (key_normal(KEY_EMAIL, NULL, f[EMAIL], room, &normal) != KEY_OK)
		return f[EMAIL];
	return normal;
}

static uint32_t
recipient_of(struct mail *m, const struct text *f, int64_t us)
{
	char room[KEY_MAX + 2];
	struct text name = name_of(f, room), lead;
	bool added;
	uint32_t n = map_add(m->addresses, hash_text(name), &added);

	if (added) {
		m->recipient = mem_grow(m->recipient, &m->recipient_cap, (size_t)n + 1,
		    sizeof(*m->recipient), COUNT_MAX, "recipients");
		m->recipient[n] = (struct recipient){ DICT_NONE, NEVER };
	}
	lead = f[LEAD_ID];
	if (lead.len == 0)
		lead = lead_at(m, f[EMAIL], us);
	if (lead.len == 0)
		lead = lead_at(m, name, us);
	tell_lead(m, &m->recipient[n], lead, us);
	return n;
}

/* --- one row --- */

#define BIT(act) (1U << (act))

/* What an event says of its message; that it is of consent stands beside. */
static const struct event_act {
	const char *event;
	unsigned acts;
} events[] = {
	{ "email_sent", BIT(MAIL_SENT) },
	{ "email_delivered", BIT(MAIL_SENT) | BIT(MAIL_DELIVERED) },
	{ "email_bounced", BIT(MAIL_SENT) | BIT(MAIL_BOUNCED) },
	{ "email_opened", BIT(MAIL_SENT) | BIT(MAIL_DELIVERED) | BIT(MAIL_OPENED) |
	    BIT(MAIL_READ) },
	{ "email_clicked", BIT(MAIL_SENT) | BIT(MAIL_DELIVERED) | BIT(MAIL_CLICKED) |
	    BIT(MAIL_READ) },
	{ "unsubscribed", BIT(MAIL_SENT) | BIT(MAIL_DELIVERED) | BIT(MAIL_UNSUBSCRIBED) },
	{ "complained", BIT(MAIL_SENT) | BIT(MAIL_DELIVERED) | BIT(MAIL_COMPLAINED) },
};

/* What a machine did still proves that the message arrived. */
static const unsigned arrived = BIT(MAIL_SENT) | BIT(MAIL_DELIVERED);

static unsigned
acts_of(struct text event)
{
	for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
		if (text_is(event, events[i].event))
			return events[i].acts;
	return 0;
}

/* Of several names the least. */
static void
tell_campaign(struct mail *m, struct piece *p, struct text campaign)
{
	if (campaign.len != 0 && (p->campaign == 0 ||
	    text_compare(campaign, dict_text(m->campaigns, p->campaign)) < 0))
		p->campaign = dict_add(m->campaigns, campaign);
}

/* What tells a message from others: its id, else its campaign. */
static struct text
message_of(const struct text *f)
{
	return f[MESSAGE_ID].len != 0 ? f[MESSAGE_ID] : f[CAMPAIGN];
}

static void
add_piece(struct mail *m, uint32_t recipient, const struct text *f, unsigned acts,
    int64_t at)
{
	const struct text address = { (const char *)&recipient, sizeof(recipient) };
	bool added, machine = f[MACHINE].len != 0;
	uint32_t n = map_add(m->pairs, hash_pair(address, message_of(f)), &added);
	struct piece *p;

	if (added) {
		m->piece = mem_grow(m->piece, &m->piece_cap, (size_t)n + 1,
		    sizeof(*m->piece), COUNT_MAX, "messages");
		m->piece[n] = (struct piece){ .recipient = recipient, .at = NEVER,
			.click = NEVER, .click_all = NEVER };
	}
	p = &m->piece[n];
	p->all |= (uint16_t)acts;
	p->acts |= (uint16_t)(machine ? acts & arrived : acts);
	earliest(&p->at, at);
	tell_campaign(m, p, f[CAMPAIGN]);
	if ((acts & BIT(MAIL_CLICKED)) == 0)
		return;
	earliest(&p->click_all, at);
	if (!machine)
		earliest(&p->click, at);
}

static void
add_consent(struct mail *m, uint32_t recipient, bool out, int64_t at)
{
	m->consent = mem_grow(m->consent, &m->consent_cap, m->nconsents + 1,
	    sizeof(*m->consent), COUNT_MAX, "consents");
	m->consent[m->nconsents++] = (struct consent){ recipient, out, at };
	m->counts.consents += !out;
}

const char *
mail_add(void *mail, const struct text *field, size_t *bad)
{
	struct mail *m = mail;
	bool consented = text_is(field[EVENT], "consented");
	bool out = text_is(field[EVENT], "unsubscribed");
	unsigned acts = message_of(field).len != 0 ? acts_of(field[EVENT]) : 0;
	uint32_t recipient;
	int64_t us, at;

	m->counts.rows++;
	if ((field[EMAIL].len == 0 && field[LEAD_ID].len == 0) ||
	    text_is(field[PRECISION], "undated") || (!consented && !out && acts == 0)) {
		m->counts.other++;
		return NULL;
	}
	*bad = TIME;
	if (when_parse(field[TIME], &us) != WHEN_OK)
		return "not a time";
	if (us > m->as_of_us) {
		m->counts.late++;
		return NULL;
	}
	at = pack(us, text_is(field[PRECISION], "day"));
	recipient = recipient_of(m, field, us);
	if (acts != 0)
		add_piece(m, recipient, field, acts, at);
	if (consented || out)
		add_consent(m, recipient, out, at);
	return NULL;
}

/* --- in order --- */

static size_t
lead_of(const struct mail *m, uint32_t recipient)
{
	uint32_t lead = m->recipient[recipient].lead;

	return lead == DICT_NONE ? dict_count(m->leads) : lead;
}

/* By recipient and time; at one time an end comes after a consent. */
static int
by_time(const void *a, const void *b)
{
	const struct consent *x = a, *y = b;

	if (x->recipient != y->recipient)
		return x->recipient < y->recipient ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->out - y->out;
}

/* Only what changes the state of a recipient stays. */
static void
drop_repeats(struct mail *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->nconsents; i++) {
		const struct consent *c = &m->consent[i];
		bool in = n > 0 && m->consent[n - 1].recipient == c->recipient &&
		    !m->consent[n - 1].out;

		if (in == c->out)
			m->consent[n++] = *c;
	}
	m->nconsents = n;
}

/* n things by lead: how many each has, where it begins, and then which. */
static void
fill_shelf(const struct mail *m, struct shelf *s, size_t n,
    uint32_t (*recipient)(const struct mail *m, size_t i))
{
	size_t nleads = dict_count(m->leads);

	s->from = mem_new(nleads + 3, sizeof(*s->from));
	s->order = mem_raw(n + 1, sizeof(*s->order));
	for (size_t i = 0; i < n; i++)
		s->from[lead_of(m, recipient(m, i)) + 2]++;
	for (size_t i = 2; i < nleads + 3; i++)
		s->from[i] += s->from[i - 1];
	for (size_t i = 0; i < n; i++)
		s->order[s->from[lead_of(m, recipient(m, i)) + 1]++] = (uint32_t)i;
}

static uint32_t
recipient_of_piece(const struct mail *m, size_t i)
{
	return m->piece[i].recipient;
}

static uint32_t
recipient_of_consent(const struct mail *m, size_t i)
{
	return m->consent[i].recipient;
}

void
mail_ready(struct mail *m)
{
	if (m->nconsents > 1)
		qsort(m->consent, m->nconsents, sizeof(*m->consent), by_time);
	drop_repeats(m);
	fill_shelf(m, &m->pieces, map_count(m->pairs), recipient_of_piece);
	fill_shelf(m, &m->consents, m->nconsents, recipient_of_consent);
}

/* Number i of a lead's, or false. */
static bool
take(const struct mail *m, const struct shelf *s, uint32_t lead, size_t i, uint32_t *n)
{
	size_t k = lead == MAIL_NOBODY ? dict_count(m->leads) : lead;

	if (s->from[k] + i >= s->from[k + 1])
		return false;
	*n = s->order[s->from[k] + i];
	return true;
}

uint32_t
mail_lead(const struct mail *m, struct text lead_id)
{
	uint32_t n = dict_get(m->leads, lead_id);

	return n == DICT_NONE ? MAIL_NOBODY : n;
}

struct text
mail_lead_id(const struct mail *m, uint32_t lead)
{
	return dict_text(m->leads, lead);
}

uint32_t
mail_leads(const struct mail *m)
{
	return dict_count(m->leads);
}

bool
mail_piece(const struct mail *m, uint32_t lead, size_t i, struct mail_piece *p)
{
	const struct piece *x;
	uint32_t n;

	if (!take(m, &m->pieces, lead, i, &n))
		return false;
	x = &m->piece[n];
	*p = (struct mail_piece){ .at = unpack(m, x->at),
		.campaign = dict_text(m->campaigns, x->campaign), .acts = x->acts, .all = x->all,
		.click = unpack(m, x->click), .click_all = unpack(m, x->click_all) };
	return true;
}

bool
mail_consent(const struct mail *m, uint32_t lead, size_t i, struct mail_consent *c)
{
	uint32_t n;

	if (!take(m, &m->consents, lead, i, &n))
		return false;
	*c = (struct mail_consent){ unpack(m, m->consent[n].at), m->consent[n].out };
	return true;
}

struct mail_counts
mail_counts(const struct mail *m)
{
	return m->counts;
}
