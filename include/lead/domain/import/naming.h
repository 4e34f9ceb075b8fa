/* naming.h - what are the columns of a foreign table called here? */
#ifndef LEAD_DOMAIN_NAMING_H
#define LEAD_DOMAIN_NAMING_H

#include <stddef.h>

#include <lead/base/text.h>

enum { NAMING_MAX = 4096 };

/* Columns of the output by number. { 0 } has none. */
struct naming {
	struct text *name; /* owned */
	size_t n, cap;
};

void naming_clear(struct naming *w);

/* The number of a column, or -1. */
int naming_find(const struct naming *w, struct text name);

/* The number of a column of this very name, which is added when it is new. */
size_t naming_add(struct naming *w, struct text name);

/*
 * As naming_add() with the name's normal form: ASCII letters small, one _ for
 * each run of blanks and punctuation and none at the ends; a name with nothing
 * else in it is column_N, N being its place (from 1).
 */
size_t naming_add_foreign(struct naming *w, struct text name, size_t place);

/* The number of the column that this would be, or -1. */
int naming_find_foreign(const struct naming *w, struct text name, size_t place);

/* Give a column another name. NULL, or words when another has it. */
const char *naming_rename(struct naming *w, size_t column, struct text to);

#endif
