/* fields.h - where a table of events has what journeys look at */
#ifndef LEAD_DOMAIN_FIELDS_H
#define LEAD_DOMAIN_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/domain/identity/identity.h>
#include <lead/domain/journey/arrange.h>
#include <lead/domain/journey/journey.h>
#include <lead/domain/journey/owner.h>

/* A table: its columns by name and number, any of its rows by cell. */
struct fields_table {
	const void *of;
	int (*column)(const void *of, struct text name); /* or -1 */
	struct text (*name)(const void *of, int column);
	int ncolumns;
};

struct fields {
	struct journey_columns columns;
	int key, link;
	int keys[IDENTITY_TYPES_MAX]; /* by identity_type() */
	size_t nkeys;
	enum owner_by by;
	int *carried, *kept;
	size_t ncarried, nkept;
};

/* key: the column that rows are grouped by; map may be NULL. All columns are
 * carried that no table of ours knows, until fields_carry(). */
void fields_init(struct fields *f, const struct fields_table *t, struct text key,
    const struct identity *map);
void fields_clear(struct fields *f);

/* Carry the columns of this list alone ("none": no column). false: *missing is
 * not in the table. */
bool fields_carry(struct fields *f, const struct fields_table *t, struct text list,
    struct text *missing);

/* Choose what is kept of a row: all of the above; where there is no event_id
 * every column, since rows without one are one when their bytes are. */
void fields_keep(struct fields *f, const struct fields_table *t);

/* A row: cell gives the field of a column, empty for -1. */
struct fields_row {
	struct text (*cell)(const void *from, size_t row, int column);
	const void *from;
	size_t row;
};

static inline struct text
fields_cell(const struct fields_row *r, int column)
{
	return column >= 0 ? r->cell(r->from, r->row, column) : TEXT_NONE;
}

/* Row r of a block; row i of a group. */
struct fields_row fields_of_block(const struct tsv_block *b, size_t r);
struct fields_row fields_of_group(const struct group *g, size_t i);

/* What arrange_read() and owner_group() ask of a row. at is its time. */
struct arrange_row fields_arrange(const struct fields *f, const struct fields_row *r);
void fields_owner(const struct fields *f, const struct fields_row *r, int64_t at,
    int64_t gap_us, struct owner_row *o);

/* Tell whose the rows of jg->g are, times known: in groups of people all are of
 * the key's lead, save in those of a deal without a person. */
void fields_leads(const struct fields *f, const struct owner *o, int64_t gap_us,
    struct arena *a, struct journey_group *jg);

#endif
