/* importer.h - what rows does a foreign record become? */
#ifndef LEAD_DOMAIN_IMPORTER_H
#define LEAD_DOMAIN_IMPORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/hit.h>

enum importer_kind {
	IMPORTER_LOG,   /* requests become events */
	IMPORTER_PLAIN, /* rows pass through under normal names */
};

struct importer_rename {
	struct text from, to; /* of columns out */
};

struct importer_options {
	enum importer_kind kind;
	struct hit_options hit;       /* IMPORTER_LOG */
	enum hit_writing writing;
	const struct importer_rename *rename; /* borrowed */
	size_t nrenames;
};

struct importer;

struct importer *importer_new(const struct importer_options *o);
void importer_free(struct importer *im); /* NULL does nothing */

/*
 * The names of the fields to come, borrowed until bound again; columns of the
 * output are added as they are seen, until importer_fix(). NULL, or words; *bad
 * is the name they are about, or empty.
 */
const char *importer_bind(struct importer *im, const struct text *name, size_t n,
    struct text *bad);

/* No more columns now. NULL, or words about a rename that met no column. */
const char *importer_fix(struct importer *im, struct text *bad);

size_t importer_ncolumns(const struct importer *im);
struct text importer_column(const struct importer *im, size_t i);

enum importer_verdict {
	IMPORTER_ROWS,
	IMPORTER_DROPPED, /* by the rule named */
	IMPORTER_BAD,
};

/* Borrowed from the record and im until the next call. */
struct importer_out {
	size_t nrows;       /* to be got by importer_row() */

	const char *rule;   /* IMPORTER_DROPPED: a literal */
	const char *reason; /* IMPORTER_BAD: one word; why: a phrase about value */
	const char *why;
	const char *column; /* or NULL */
	struct text value;
};

/* One record: its fields as bound, and its bytes for the id. */
enum importer_verdict importer_take(struct importer *im, const struct text *field,
    struct text raw, struct importer_out *out);

/*
 * Row i of the record taken: cell[c] is the value of column c; raw[c] says that
 * it needs no escapes. *timed: the row has an instant, *us.
 */
struct importer_row {
	const struct text *cell;
	bool timed;
	int64_t us;
};

void importer_row(struct importer *im, size_t i, struct importer_row *row);

#endif
