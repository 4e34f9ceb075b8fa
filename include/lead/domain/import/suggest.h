/* suggest.h - what could the map of this export look like? */
#ifndef LEAD_DOMAIN_SUGGEST_H
#define LEAD_DOMAIN_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

/* Guesses from the names of the columns (headers.h) and the values of records. */
struct suggest;

struct suggest *suggest_new(void);
void suggest_free(struct suggest *s); /* NULL does nothing */

/* The names of a file's columns, copied: those of all files are one table. */
void suggest_bind(struct suggest *s, const struct text *name, size_t n);

/* Look at a record: the values of the names bound last. */
void suggest_look(struct suggest *s, const struct text *field);

/* Cells of a map's row: event column from as when. */
enum { SUGGEST_CELLS = 5 };
extern const char *const suggest_columns[SUGGEST_CELLS];

/* Rows of a skeleton, settings first; false when there are no more. What a person
 * has to decide is a row behind "# ". Texts are borrowed until suggest_free(). No
 * looking after the first row. */
bool suggest_next(struct suggest *s, struct text cell[SUGGEST_CELLS]);

#endif
