/* field.h - a value as a field of lead TSV, and back */
#ifndef LEAD_BASE_FIELD_H
#define LEAD_BASE_FIELD_H

#include <stdbool.h>

#include <lead/base/text.h>

/* Would field_put() change nothing? */
bool field_is_plain(struct text value);

/* value as a field: itself where it is one, else in to (twice value.len bytes are
 * enough). */
struct text field_put(char *to, struct text value);

/* What a field says: itself where it has no escapes, else in to (field.len bytes are
 * enough). */
struct text field_plain(char *to, struct text field);

#endif
