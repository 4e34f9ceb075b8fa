/* world.h - the example company Soleo: who came, by which way, what became of it
 *
 * Soleo sells solar roofs in Spain. Everything is drawn from the seed; a person
 * is a pure function of (seed, number), so a world of more leads holds the
 * people of the smaller one.
 */
#ifndef EXAMPLES_SOLEO_WORLD_H
#define EXAMPLES_SOLEO_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/buf.h>

#include "calendar.h"
#include "dice.h"

/* --- the ways to the site and the campaigns behind them: ways.c --- */

struct campaign {
	const char *platform, *id, *name, *title; /* title: the platform's own */
	const char *channel, *kind;
	int64_t daily_cents; /* mean cost of a day, in the platform's currency */
	int64_t click_cents;
	bool mapped;         /* has a line in campaigns.tsv */
};

extern const struct campaign campaigns[];
extern const uint32_t ncampaigns;

struct way {
	const char *channel, *source, *medium, *campaign; /* the truth */
	const char *referrer;
	const char *query;    /* $ is a click id of its own for each visit */
	uint16_t first, later, anonymous; /* how often, by kind of visit */
};

enum {
	WAY_DIRECT = 0,
	WAY_PHONE = 1, /* a call without a visit */
	WAY_MAIL = 2,  /* + mailing */
	MAILINGS = 4,
};

extern const struct way ways[];
extern const uint32_t nways;

/* --- people: people.c --- */

enum act { ACT_FORM, ACT_CHAT, ACT_CALL };

struct visit {
	int64_t at;       /* first page, seconds since 1970 */
	uint8_t way;
	uint8_t device;   /* 1: a device that nobody ever tied to the person */
	uint8_t pages;
	int8_t act;       /* enum act after the last page, or -1 */
};

enum { VISITS_MAX = 12, DEALS_MAX = 2 };

enum deal_state { DEAL_OPEN, DEAL_WON, DEAL_LOST };

struct deal {
	uint32_t id, rep;
	int64_t opened, closed, cents;
	enum deal_state state;
	uint32_t product, reason;
	bool dollars, expansion;
	int64_t refund_at, refund_cents; /* 0: none */
};

/* Instants are 0 when the thing never happened. */
struct person {
	uint32_t number, account, sector, rep;
	char first[24], last[24], email[64], company[48], phone[16];
	enum act method;
	int64_t lead, contacted, mql, sql, disqualified;
	uint32_t nvisits, ndeals;
	struct visit visit[VISITS_MAX];
	struct deal deal[DEALS_MAX];
};

struct world {
	uint64_t seed;
	uint32_t leads;
	int64_t first_day, days;
	int64_t turn_day; /* 0: never: what leads are likely to buy turns */
	const char *out;
	struct person *person; /* npeople of them: the leads, Ella, her colleague */
	uint32_t npeople;
};

/* Everybody, Ella last but one. Freed by people_free(). */
void people_make(struct world *w);
void people_free(struct world *w);

/* The instant just after the last second of the world. */
int64_t world_end(const struct world *w);

/* The first-party id of a device of a person: 16 hexadecimal digits. */
enum { VISITOR_TEXT = 20 };
const char *person_visitor(char out[VISITOR_TEXT], const struct world *w,
    const struct person *p, unsigned device);

/* When a mailing goes out, in days from the first day and seconds. */
int64_t mailing_at(const struct world *w, uint32_t mailing);

/* --- files: file.c --- */

void file_add(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* One CSV cell, quoted when it must be, and what follows it. */
void file_cell(struct buf *b, const char *value, const char *after);

/* Cents as decimal text: 123450 is 1234.50. */
void file_cents(struct buf *b, int64_t cents);

/* An empty buffer for a file. */
void file_begin(struct buf *b);

/* Write b to out/folder/name (gzipped when name ends .gz), then clear it.
 * Folders are made. Ends the program when that fails. */
void file_write(const struct world *w, const char *folder, const char *name,
    struct buf *b);

/* --- what the company's systems hold --- */

/* Ten thousandths of a euro that a dollar cost on a day. */
int64_t rate_of(const struct world *w, int64_t day);

void weblog_write(const struct world *w);   /* logs/access-DATE.log.gz */
void crm_write(const struct world *w, int64_t day); /* crm/…-DATE.csv */
void activity_write(const struct world *w); /* forms, chats, calls, email */
void spend_write(const struct world *w);    /* spend, campaigns, rates */
void truth_write(const struct world *w);    /* truth.tsv */

extern const char *const reps[], *const products[], *const reasons[],
    *const sectors[];

#endif
