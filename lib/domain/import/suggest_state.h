/* suggest_state.h - what the parts of suggest.c know of an export */
#ifndef LEAD_DOMAIN_SUGGEST_STATE_H
#define LEAD_DOMAIN_SUGGEST_STATE_H

#include <lead/base/arena.h>
#include <lead/base/zone.h>
#include <lead/domain/import/headers.h>
#include <lead/domain/import/suggest.h>

enum {
	SUGGEST_DATES = 29, /* forms that all values of a column so far have */
	SUGGEST_MONIES = 10,
	SUGGEST_SIGNS_MAX = 8,   /* different currencies of a column */
	SUGGEST_DASHES_MAX = 4,  /* spellings of "-" for no value */
	SUGGEST_VALUES_MAX = 24, /* different values of a column that are kept */
};

/* The sign of a currency, and where amounts have it. */
struct suggest_sign {
	struct text text;
	bool behind, apart;
};

struct suggest_column {
	struct text name;
	bool filled, has_blank; /* some value is not blank; some is */
	bool dotted;            /* one has a point in it */
	bool not_mail, not_date[SUGGEST_DATES], not_money[SUGGEST_MONIES];
	bool parens, bare;      /* amounts: some are in ( ); some have no sign */
	struct suggest_sign sign[SUGGEST_SIGNS_MAX];
	size_t nsigns;
	struct text dash[SUGGEST_DASHES_MAX];
	size_t ndashes;
	bool is_stage;
	struct text value[SUGGEST_VALUES_MAX];
	size_t nvalues;
	bool many;              /* there are others */
};

/* What an export is a list of. */
enum suggest_kind {
	SUGGEST_RECORDS, /* deals or contacts */
	SUGGEST_SPEND,
	SUGGEST_EMAIL,
	SUGGEST_CALLS,
	SUGGEST_PAYMENTS,
	SUGGEST_ACTS,    /* of visitors */
};

struct suggest_row {
	struct text cell[SUGGEST_CELLS];
};

struct suggest {
	struct suggest_column *column;
	size_t n, column_cap;
	size_t *place; /* the column of each field bound */
	size_t nplaces, place_cap;
	struct zone *utc;
	struct arena texts;
	/* what it is, by suggest_kind() */
	enum suggest_kind kind;
	bool month_first, vague;                        /* of its dates */
	const struct suggest_column *key, *stage, *act, *time; /* or NULL */
	const struct suggest_column *currency, *amount, *lost;
	bool has_deal, is_keyed;
	/* the map */
	bool built, has_time, has_won;
	struct suggest_row *row;
	size_t nrows, cap, next;
};

/* --- suggest_form.c --- */

/* Look at a value of the column, trimmed and not blank, kept in a where it must be.
 * utc: any zone. */
void suggest_form_look(struct suggest_column *c, struct text t, const struct zone *utc,
    struct arena *a);

/* What the dates of a column say of the order of day and month: they fit one alone,
 * or both. */
enum suggest_order { SUGGEST_UNTOLD, SUGGEST_DAY_FIRST, SUGGEST_MONTH_FIRST,
	SUGGEST_EITHER };
enum suggest_order suggest_form_order(const struct suggest_column *c);

/* The cell "as" for a column whose meaning wants text, mail, date, day (a date that
 * is no bare number), money, count or anything that a map has; empty when the values
 * are not of it. Of money with several signs that of the first. Made in s->texts. */
struct text suggest_form(struct suggest *s, const struct suggest_column *c,
    struct text wanted);

/* The same of money with its i-th sign; behind the last of them without one, when
 * there are such amounts. false past the last. */
bool suggest_form_money(struct suggest *s, const struct suggest_column *c, size_t i,
    struct text *as);

/* --- suggest_kind.c --- */

/* What is it? Fills what stands below kind. */
void suggest_kind(struct suggest *s);

/* What a column means in such a file, by its name and values; m->as is the map's
 * cell. false: nothing. */
bool suggest_kind_meaning(struct suggest *s, const struct suggest_column *c,
    struct headers_meaning *m);

/* Is one of the kept values that outcome? */
bool suggest_kind_has(const struct suggest_column *c, const char *outcome);

/* --- suggest_rows.c --- */

/* The rows of the map, as they are meant. */
void suggest_rows(struct suggest *s);

void suggest_rows_add(struct suggest *s, struct text event, struct text column,
    struct text from, struct text as, struct text when);

/* A row for a column that means something; of amounts in several currencies one
 * each. Or one that passes under its own name. */
void suggest_rows_meaning(struct suggest *s, const struct suggest_column *c,
    const struct headers_meaning *m, struct text event);
void suggest_rows_carry(struct suggest *s, const struct suggest_column *c);

/* A row { event, from, as } of time for each value of c that the table of acts or
 * outcomes has as name. false: there is none. */
bool suggest_rows_each(struct suggest *s, const struct suggest_column *c,
    struct text name, struct text (*table)(struct text value), const struct text row[3]);

/* A comment of the values of c that are not wanted. */
void suggest_rows_values(struct suggest *s, const struct suggest_column *c,
    const char *words, bool (*wanted)(struct text value));

/* "Column op value" of a when; texts of two joined. */
struct text suggest_rows_condition(struct suggest *s, const struct suggest_column *c,
    struct text op, struct text value);
struct text suggest_rows_join(struct suggest *s, struct text a, struct text b);

/* --- suggest_records.c --- */

void suggest_records_column(struct suggest *s, const struct suggest_column *c,
    struct headers_meaning *m);

/* Won and lost when the file is one of deals: by their stage. from: the column of
 * their time, or empty. */
void suggest_records_end(struct suggest *s, struct text from, struct text as);

/* --- suggest_events.c --- */

void suggest_events(struct suggest *s);
void suggest_events_column(struct suggest *s, const struct suggest_column *c,
    struct headers_meaning *m);

/* --- suggest_settle.c --- */

/* What cannot run as it stands becomes a comment, and what must be chosen is said. */
void suggest_settle(struct suggest *s);

#endif
