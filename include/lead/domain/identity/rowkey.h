/* rowkey.h - the key of a row: its cells, or its person in the identity map */
#ifndef LEAD_DOMAIN_ROWKEY_H
#define LEAD_DOMAIN_ROWKEY_H

#include <stddef.h>

#include <lead/base/buf.h>
#include <lead/domain/identity/identity.h>

/* A column of the key, -1: absent; and what it has from the map where its cell
 * is empty. */
struct rowkey_part {
	int col;
	enum { ROWKEY_CELL, ROWKEY_LEAD, ROWKEY_ACCOUNT } from;
};

struct rowkey {
	struct rowkey_part *parts;
	size_t nparts;
	const struct identity *people; /* or NULL */
	int type_col[IDENTITY_TYPES_MAX]; /* of each identity_type(), or -1 */
	int time_col;
	struct buf key;                /* scratch */
};

/* The number of the table's column of this name, or -1. */
typedef int rowkey_column(const void *table, struct text name);

/*
 * Keys of the columns name[0..n-1]. people (borrowed, or NULL) gives lead_id
 * and account_id to rows whose cell is empty. A part's col is -1 when the
 * table has no such column.
 */
void rowkey_init(struct rowkey *k, rowkey_column *column, const void *table,
    const struct text *name, size_t n, const struct identity *people);
void rowkey_clear(struct rowkey *k);

/* The parts' values in row (the table's fields, tabs between them), tabs between
 * them; of a row where all are empty the row itself, which is no other row's
 * key. Borrowed until the next call. */
struct text rowkey_text(struct rowkey *k, struct text row);

#endif
