/* apart.h - which keys are not one person, whatever rows say? */
#ifndef LEAD_DOMAIN_APART_H
#define LEAD_DOMAIN_APART_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>
#include <lead/domain/identity/phone.h>

/* Columns of the table, as apart_add() takes them (filter_read.h). */
enum { APART_COLUMNS = 5 };
extern const char *const apart_columns[APART_COLUMNS];

struct apart;

/* Phones are read as home writes them, or NULL. */
struct apart *apart_new(const struct phone_country *home);
void apart_free(struct apart *a); /* NULL does nothing */

/* A row of it names two keys, or an event whose keys are not to be joined, or
 * both: a filter_read_row. */
const char *apart_add(void *apart, const struct text *field, size_t *bad);

/* Was this said of an event, or of two normal forms, in whichever order? */
bool apart_event(const struct apart *a, struct text event);
bool apart_keys(const struct apart *a, struct text type, struct text key,
    struct text with_type, struct text with);

#endif
