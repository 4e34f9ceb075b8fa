/* dedupe.h - which rows repeat */
#ifndef LEAD_DOMAIN_DEDUPE_H
#define LEAD_DOMAIN_DEDUPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/group.h>
#include <lead/base/hash.h>
#include <lead/base/text.h>

/* Which of the rows of one key stays. */
enum dedupe_keep {
	DEDUPE_LEAST,  /* the least in the total order */
	DEDUPE_LATEST, /* the greatest */
	DEDUPE_SEEN,   /* the one read first */
};

/* The time of a row that has none. */
static const int64_t DEDUPE_UNTIMED = INT64_MAX;

/* --- the total order of rows (lead-tsv(5)) --- */

/* Where in a row the columns stand that the order looks at; -1: absent. */
struct dedupe_columns {
	int time, precision, event, event_id;
};

/* column tells the number of a table's column, or -1. */
struct dedupe_columns dedupe_columns_of(
    int (*column)(const void *table, struct text name), const void *table);

/*
 * Does row a stay rather than b? Rows are fields with tabs between them. A row
 * without a sound time gives way to one that has it, whatever keep is. Never
 * both ways round, and for rows of the same bytes neither.
 */
bool dedupe_beats(const struct dedupe_columns *c, enum dedupe_keep keep,
    struct text a, struct text b);

/* --- one row of each key --- */

struct dedupe;

/* Half of memory is for keys (39 to 64 bytes each, 24 MiB at least), half for
 * rows; what is more goes to a nameless file in dir. */
struct dedupe *dedupe_new(const struct dedupe_columns *c, enum dedupe_keep keep,
    size_t memory, const char *dir);
void dedupe_free(struct dedupe *d); /* NULL does nothing */

/* Fetch the place of a key ahead of time. */
void dedupe_prefetch(const struct dedupe *d, struct hash key);

/* A row, the hash of its key and of its bytes. 0; -1 and errno. */
int dedupe_add(struct dedupe *d, struct hash key, struct hash bytes,
    struct text row);

/* The rows that stay, in the order in which they were added: 1; 0 when all
 * were given; -1 and errno. Borrowed until the next call. */
int dedupe_next(struct dedupe *d, struct text *row);

/* Bytes written to the file so far. */
uint64_t dedupe_spilled(const struct dedupe *d);

/* --- as they come --- */

/*
 * Is a row of this key at this time new, in the order in which they are asked?
 * It repeats when the last new one of its key lies less than window_us from it
 * (window_us < 0: however far), or when it has no time. Only for DEDUPE_SEEN,
 * which keeps no rows.
 */
bool dedupe_admit(struct dedupe *d, struct hash key, int64_t at,
    int64_t window_us);

/* --- repeats within a time only --- */

/*
 * Of n rows of one key at ascending times at[0..n-1]: stays[i] is whether row
 * i is no repeat. A row repeats the one that stayed when it lies less than
 * window_us from it; rows are taken from the first, or from the last for
 * DEDUPE_LATEST. DEDUPE_UNTIMED are rows without time: they stand last, and
 * one stays if no other row does.
 */
void dedupe_window(const int64_t *at, size_t n, int64_t window_us,
    enum dedupe_keep keep, bool *stays);

/* The same of the rows of a group, at their group_at(); in the arena. */
const bool *dedupe_group(const struct group *g, int64_t window_us,
    enum dedupe_keep keep, struct arena *a);

#endif
