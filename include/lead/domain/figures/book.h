/* book.h - in which cells a fact of a life counts */
#ifndef LEAD_DOMAIN_BOOK_H
#define LEAD_DOMAIN_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/zone.h>
#include <lead/domain/figures/breakdown.h>
#include <lead/domain/figures/cube.h>
#include <lead/domain/figures/life.h>
#include <lead/domain/figures/nurture.h>
#include <lead/domain/figures/office.h>

enum { BOOK_STARTS = 8, BOOK_SILENT = 16, BOOK_CURRENCY = 16 };

/* From where days_to_close counts. */
enum book_start {
	BOOK_FROM_FIRST, /* the group's first touch */
	BOOK_FROM_LEAD,  /* its earliest lead; contacted, mql, sql are that lead's */
	BOOK_FROM_CONTACTED,
	BOOK_FROM_MQL,
	BOOK_FROM_SQL,
	BOOK_FROM_OPP, /* the deal's own */
};

/* What was asked. */
struct book_rules {
	const struct zone *zone;
	enum when_period period;
	int64_t as_of_us;
	bool has_since, has_until; /* facts outside are of no period */
	int64_t since_us, until_us;
	int64_t sla_us;
	int64_t grace_days;   /* so late a payment still renews */
	int64_t click_window_us; /* after a click in a mail a sale is its */
	bool cohort_by_first; /* a cohort is dated by first touch, not by lead */
	bool by_account;      /* groups are accounts */
	enum book_start start[BOOK_STARTS];
	size_t nstarts;
	struct text silent[BOOK_SILENT]; /* reasons that mean no response */
	size_t nsilent;
	bool count_touches; /* those of ads, for cost to be shared by */
	struct office *office; /* NULL: no opening hours were told */
};

struct stock;

struct book {
	const struct book_rules *rules;
	struct breakdowns *by;
	struct cube *cube;
	uint32_t all; /* the line of all, breakdown 0 */
	struct stock *stock;    /* of open deals */
	const bool *wanted;     /* by measure, what figures will ask for; NULL: all */
	struct nurture *nurture; /* its campaigns, before the first group */
	int64_t nurture_day;    /* when nurturing began; INT64_MAX: not known */
	int64_t as_of_day, since_day, until_day; /* the same for facts of a day */
	int64_t first_day;      /* of all facts: the first day of all time */
	uint64_t negative;      /* durations that ran backwards: left out */
	uint64_t undated;       /* facts without a date, and so of no period */
	char currency[BOOK_CURRENCY]; /* of all money; "" until known */
};

/* Borrows rules, whose times are set, and by. */
void book_init(struct book *b, const struct book_rules *rules, struct breakdowns *by);
void book_clear(struct book *b);

/* All money is in one currency: the first one told. False: this is another. */
bool book_currency(struct book *b, struct text code);

/* All facts of one group. */
void book_life(struct book *b, const struct life *l);

/* The lines of one lead, deal or lone row in the cube, one for each breakdown that
 * is neither shared by credit nor by reason; CUBE_NONE for those. lead NULL:
 * somebody of whom nothing is known. */
struct book_lines {
	uint32_t line[BREAKDOWN_MAX];
};
void book_lines_of_lead(struct book *b, const struct life *l,
    const struct life_lead *lead, struct book_lines *x);
void book_lines_of_deal(struct book *b, const struct life *l,
    const struct life_deal *d, struct book_lines *x);

/* Where the facts of one lead or deal go: a cell for each breakdown that is
 * neither shared by credit nor by reason. */
struct book_places {
	bool any; /* false: of no period asked for, and nothing is added */
	bool shown; /* a fact was added that shows them: the next need not */
	uint32_t cell[BREAKDOWN_MAX]; /* by breakdown … */
	uint32_t all[BREAKDOWN_MAX];  /* … and the n of them that there are */
	size_t n;
};

/* Is it of a period asked for? An undated fact is of all time alone. */
bool book_in_time(struct book *b, const struct life_when *w);

/* The places of a fact of that time on these lines; those of a civil day, asked
 * for or not. */
void book_at(struct book *b, const struct book_lines *x, const struct life_when *w,
    struct book_places *p);
void book_cells(struct book *b, const struct book_lines *x, int64_t day,
    struct book_places *p);

/* The places of a lead's or a deal's fact of that time; cells_of_deal those of a
 * civil day, asked for or not. A refund's are those of its deal, which is returned,
 * or where that is unknown (NULL) those of its row. */
void book_at_lead(struct book *b, const struct life *l, const struct life_lead *lead,
    const struct life_when *w, struct book_places *p);
void book_at_deal(struct book *b, const struct life *l, const struct life_deal *d,
    const struct life_when *w, struct book_places *p);
const struct life_deal *book_at_refund(struct book *b, const struct life *l,
    const struct life_refund *r, struct book_places *p);
void book_cells_of_deal(struct book *b, const struct life *l,
    const struct life_deal *d, int64_t day, struct book_places *p);

/* Add an amount, one, one if it holds, or a duration. */
void book_add(struct book *b, struct book_places *p, enum cube_measure m,
    int64_t micros);
static inline void
book_count(struct book *b, struct book_places *p, enum cube_measure m)
{
	book_add(b, p, m, NUM_MICROS);
}

static inline void
book_count_if(struct book *b, struct book_places *p, bool holds, enum cube_measure m)
{
	if (holds)
		book_count(b, p, m);
}

void book_time(struct book *b, const struct book_places *p, enum cube_series s,
    int64_t us);

/* The time from one to the other; false when there is none, or it runs
 * backwards, which is counted. */
bool book_forward(struct book *b, const struct life_when *from,
    const struct life_when *to, int64_t *us);

/* What stands, in each period asked for: once, after the last fact. */
void book_fill(struct book *b);

/* Does a civil day count, and if so note it as seen. */
bool book_day(struct book *b, int64_t day);

/* What stands at the end of each period, once all facts are there. */
void book_settle(struct book *b);

/* Civil days of the period that begins on a day, up to as-of and --until. */
int64_t book_days(const struct book *b, int64_t period);

#endif
