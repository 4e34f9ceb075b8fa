/* figures.h - the books of one run of lead-kpi, from rows of steps to a report */
#ifndef LEAD_DOMAIN_FIGURES_H
#define LEAD_DOMAIN_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/group.h>
#include <lead/base/hash.h>
#include <lead/base/part.h>
#include <lead/domain/figures/book_mail.h>
#include <lead/domain/figures/earned.h>
#include <lead/domain/figures/kpi_terms.h>
#include <lead/domain/figures/report.h>
#include <lead/domain/figures/sift.h>
#include <lead/domain/figures/spend.h>
#include <lead/domain/figures/summand.h>
#include <lead/domain/figures/unjoined.h>
#include <lead/domain/journey/step.h>

/* Tables beside the steps, in the order in which they are to be read: all but the
 * last before figures_ask(), which comes after the steps. */
enum figures_side {
	FIGURES_HOURS,
	FIGURES_HOLIDAYS,
	FIGURES_GOALS,
	FIGURES_IDENTITY,
	FIGURES_EMAIL,
	FIGURES_CAMPAIGNS,
	FIGURES_SPEND,
	FIGURES_CREDIT,
	FIGURES_SIDES,
};

/* What a table is read into: columns, those with ? may be absent, and the function
 * that takes a row of them, as filter_read() calls it. */
struct figures_reading {
	const char *const *columns;
	size_t ncolumns;
	const char *(*row)(void *to, const struct text *field, size_t *bad);
	void *to;
	const char *table; /* who writes it, "the map of lead-identify"; or NULL */
};

/* A table on its way in, and the sum of its rows' hashes, which tells it from others
 * whatever their order. */
struct figures_print {
	struct figures_reading to;
	struct hash sum;
	struct buf row;
};

/* All of it is to be read; it does not move between _init() and _clear(). */
struct figures {
	struct book_rules rules;
	struct breakdowns by;
	struct book book;
	struct report_choice choice;
	unsigned needs; /* of the figures that will be shown, and their measures */
	bool wanted[CUBE_MEASURES];
	struct office *office;     /* NULL: no opening hours were read */
	struct goals *goals;       /* likewise, of goals */
	struct spend *spend;       /* NULL: neither it nor campaigns were read */
	bool has_spend;            /* and it was spend */
	struct unjoined *unjoined; /* likewise */
	struct identity *identity; /* NULL: no map was read */
	struct mail *mail;         /* NULL: nor mail */
	struct book_mail *book_mail;
	struct earned earned;
	int columns[STEP_COLUMNS]; /* of the steps table, or -1 */

	struct part *part; /* NULL: none is read or written */
	struct summand summand;      /* its rows, if it has a part */
	enum cube_measure told;      /* by the row above */
	struct figures_print print[FIGURES_SIDES]; /* of tables beside its steps */

	struct sift sift;
	struct arena *arena; /* of the group at hand */
	uint64_t payments, uncovered; /* that cover months, and that do not */
};

/* The steps table: the number of its column of a name, or -1; the name of the first. */
struct figures_table {
	breakdown_column *column;
	const void *of;
	struct text key;
};

/* f is zero but for part and rules, of which the words tell the rest; they are
 * borrowed.
 * False: *p says what is wrong. */
bool figures_init(struct figures *f, const struct kpi_terms_words *w,
    const struct figures_table *t, struct kpi_terms_problem *p);
void figures_clear(struct figures *f);

/* There is such a table: be ready for its rows. */
struct figures_reading figures_side(struct figures *f, enum figures_side side);

/* Once all sides but credit were read: what is asked for, of what can be had. f->earned is ready
 * for credit then. */
bool figures_ask(struct figures *f, const struct kpi_terms_words *w,
    struct kpi_terms_problem *p);

/* One group, into a struct figures: figures_group(), figures_row() of each row in
 * order, NULL when it counts, and figures_close(). The group and the arena are
 * borrowed till then. */
void figures_group(void *figures, const struct group *g, struct arena *a);
const struct group_refusal *figures_row(void *figures, size_t i);
void figures_close(void *figures);

/* --- parts: instead of all groups, or of the table --- */

/* What runs must agree on, and the columns that matter: after figures_ask(), if there
 * is a part. */
void figures_part_rules(const struct figures *f, const struct kpi_terms_words *w);

/* A row of another run's sums (summand.h): a part_take, figures is a struct
 * figures. */
const char *figures_merge_row(void *figures, const struct text *field, size_t *bad);

/* All sums, in the order in which their cells were met. */
void figures_part_put(struct figures *f, part_write *write, void *to);

/* The i-th count that runs add up, and its name; NULL past the last. */
uint64_t *figures_tally(struct figures *f, size_t i, const char **name);

/* --- what comes out --- */

/* All steps and, into f->earned, all credit was read: the table, which the caller
 * frees; f outlives it. */
struct report *figures_report(struct figures *f);

/* A sentence, in out, on what the reader may take amiss; false: there is none. */
enum { FIGURES_DOUBTS = 3, FIGURES_DOUBT = 320 };
bool figures_doubt(const struct figures *f, unsigned i, char out[FIGURES_DOUBT]);

/* The i-th count of what was left aside, and its name; NULL past the last. */
const char *figures_count(const struct figures *f, unsigned i, uint64_t *n);

#endif
