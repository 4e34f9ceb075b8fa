/* forget.h - is this a row of somebody who is to be forgotten, and whose is it then? */
#ifndef LEAD_DOMAIN_FORGET_H
#define LEAD_DOMAIN_FORGET_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/arena.h>
#include <lead/domain/identity/mask.h>

/*
 * A list of keys, each known only by what mask_key() makes of it, with the lead
 * that its rows are of from then on (or none). It names nobody, so it can be kept
 * for as long as exports bring the person again.
 */
struct forget;

enum { FORGET_TYPES_MAX = 16 };

/* rule: how the list's digests were made; borrowed. */
struct forget *forget_new(const struct mask_rule *rule);
void forget_free(struct forget *f); /* NULL does nothing */

/* A row of the list's table, of forget_columns: a filter_read_row. */
enum { FORGET_COLUMNS = 3 };
extern const char *const forget_columns[FORGET_COLUMNS];
const char *forget_add(void *list, const struct text *field, size_t *bad);

/* Does any key in the list have a lead? */
bool forget_has_leads(const struct forget *f);

/* The number of a table's column of this name, or -1; a row's value of it, without
 * escapes. */
typedef int forget_column(const void *table, struct text name);
typedef struct text forget_cell(const void *rows, size_t row, int column);

/* All of the list was added: find the columns that may hold its keys, those named
 * as their types, alias and link. */
void forget_bind(struct forget *f, forget_column *column, const void *table);

struct forget_row {
	forget_cell *cell;
	const void *rows;
	size_t row;
	struct arena *arena; /* for what is left of a list */
};

enum forget_verdict {
	FORGET_NOBODY,
	FORGET_ROW,  /* one of its keys, or of its aliases, is in the list */
	FORGET_LINK, /* only contacts of its link are */
};

/*
 * What the list says of a row. The strongest key decides: lead_id, crm_id, email,
 * phone, visitor_id, then any other. *lead_id is whose the row is now, empty where
 * the list names none and, of FORGET_LINK, where the row has a key of its own or
 * another contact stands first. *link is what is left of the link.
 */
enum forget_verdict forget_row(const struct forget *f, const struct forget_row *row,
    struct text *lead_id, struct text *link);

#endif
