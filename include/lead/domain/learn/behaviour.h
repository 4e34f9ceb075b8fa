/* behaviour.h - what did a lead do, up to a moment? */
#ifndef LEAD_DOMAIN_BEHAVIOUR_H
#define LEAD_DOMAIN_BEHAVIOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/score/score.h>

/*
 * The events of many leads, 20 bytes each and 4 for each column that is kept. They
 * are in order of time, event and columns, however they came. Events of machines,
 * of no lead and of no time are not kept.
 */
struct behaviour;

enum { BEHAVIOUR_COLUMNS_MAX = 64 };

/* key: the column of the lead. columns: those to keep, n of them, copied. */
struct behaviour *behaviour_new(struct text key, const struct text *columns, size_t n);
void behaviour_free(struct behaviour *b); /* NULL does nothing */

/* What filter_read() is to give to behaviour_add(), a struct behaviour. */
const char *const *behaviour_names(const struct behaviour *b, size_t *n);
const char *behaviour_add(void *behaviour, const struct text *field, size_t *bad);

/* All is read. */
void behaviour_ready(struct behaviour *b);

/* The kept columns, and where one is: -1 nowhere. */
int behaviour_column(const struct behaviour *b, struct text name);

/*
 * Give score what the lead did up to us, and before its first won, lost or
 * disqualified. column[c] is where column c of the rules is kept, or -1. The
 * moment until which it is known: us, or just before that outcome.
 */
int64_t behaviour_play(const struct behaviour *b, struct text lead, int64_t us,
    const int *column, size_t ncolumns, struct score *score);

/* What many leads did: an event, and a value of a kept column or none (-1). */
struct behaviour_habit {
	struct text event, value;
	int column;
	uint64_t leads;
};

/* Those of least leads or more; of a column's values the most frequent of each
 * event, at most most. In byte order; *n of them, mem_free(). */
struct behaviour_habit *behaviour_habits(const struct behaviour *b, uint64_t least,
    size_t most, size_t *n);

#endif
