/* award.h - the credit of a run: from rows in to the rows of the table out */
#ifndef LEAD_DOMAIN_AWARD_H
#define LEAD_DOMAIN_AWARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/buf.h>
#include <lead/base/group.h>
#include <lead/domain/credit/attribute.h>
#include <lead/domain/credit/terms.h>

/* The table in: its columns, and whether --partial wrote it, and is to be written. */
struct award_table {
	const struct text *name;
	size_t n;
	bool merge, partial;
};

struct award;

/* For the terms, which are borrowed, and to which columns of the table are bound. */
struct award *award_new(struct terms *t, const struct award_table *in);
void award_free(struct award *w); /* NULL does nothing */

/* The i-th column that must be there, before anything else is asked; *table: what
 * kind of table it tells of, or NULL. false past the last. */
bool award_needs(const struct award *w, size_t i, struct text *name,
    const char **table);

/* Has the table no value? Then cells of money out are empty. */
bool award_worthless(const struct award *w);

/* The columns out, left to right. */
const struct text *award_header(const struct award *w, size_t *n);

/* The columns in that are used, by number, some perhaps twice; -1 for one that may
 * be absent and is. Borrowed. */
const int *award_columns(const struct award *w, size_t *n);

/* --- steps: a group at a time --- */

/* Begin a group; g is borrowed until the next. */
void award_group(struct award *w, const struct group *g);

/* Take its row i into a struct award: NULL, or why not (attribute.h). */
const struct group_refusal *award_row(void *award, size_t i);

/* After the rows: the next conversion, which is booked if it can be. */
enum attribute_next award_next(struct award *w, struct credit_conversion *v);

/* After the conversions: the group's next line of --explain-credit. */
bool award_line(struct award *w, struct text *cell);

/* What is wrong with the step of a conversion that is ATTRIBUTE_TOO_LARGE. */
extern const struct step_problem award_too_large;

/* Could rows not be set aside? errno says why. */
bool award_spill_failed(const struct award *w);

/* What else went wrong, for good; or NULL. */
const char *award_trouble(const struct award *w);

/*
 * After the last group: one that is given again, because its lines needed all
 * paths; 1, 0 when there is none, -1 with errno.
 */
int award_again(struct award *w, struct group *g);

/* --- rows of paths, and of sums --- */

/* What sums_row() is given rows with, award_columns() of each; NULL for steps. */
struct sums *award_sums(struct award *w);

/* --- the table out --- */

/* After all rows: NULL, or what is wrong. */
const char *award_settle(struct award *w);

/* Its next row. Borrowed until the next call. */
bool award_next_row(struct award *w, struct text *cell);

/* What is worth a count of its own: the i-th, false past the last. */
struct award_count {
	const char *name;
	uint64_t n;
	const char *words; /* for people, behind the number; or NULL */
};
bool award_count(const struct award *w, unsigned i, struct award_count *c);

/* Bytes set aside in a file. */
uint64_t award_spilled(const struct award *w);

#endif
