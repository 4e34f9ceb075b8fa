/* importer.h - what rows does a foreign record become? */
#ifndef LEAD_DOMAIN_IMPORTER_H
#define LEAD_DOMAIN_IMPORTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/import/hit.h>
#include <lead/domain/import/mapping.h>
#include <lead/domain/import/rates.h>

enum importer_kind {
	IMPORTER_LOG,   /* requests become events */
	IMPORTER_PLAIN, /* rows pass through under normal names */
	IMPORTER_MAP,   /* what an import map says */
	IMPORTER_ANY,   /* LOG when the first names are a log's, else PLAIN */
	IMPORTER_SUGGEST, /* none; at the end those of a map for such files */
};

struct importer_rename {
	struct text from, to; /* of columns out */
};

struct importer_options {
	enum importer_kind kind;
	struct hit_options hit;       /* of logs */
	enum hit_writing writing;
	bool growing;                 /* JSON: keys may come later, or be missing */
	bool email;                   /* mark what machines opened and clicked */
	struct mapping *mapping;      /* IMPORTER_MAP; borrowed, as are the next */
	const struct rates *rates;    /* or NULL */
	const struct importer_rename *rename;
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

/* A record, where it stands, and its bytes for the ids. */
struct importer_record {
	const struct text *field;
	struct text raw;
	const char *file; /* must outlive the importer */
	uint64_t line;
};

enum importer_verdict {
	IMPORTER_ROWS,    /* importer_row() */
	IMPORTER_DROPPED, /* by the rule named */
	IMPORTER_BAD,
	IMPORTER_HELD,    /* not decided: importer_release() after the last */
	IMPORTER_KEPT,    /* its rows come at the end, as the next */
	IMPORTER_LATE,    /* importer_row() 0 of no record: one of those rows */
};

/* Borrowed until the next call. */
struct importer_out {
	size_t nrows;
	const char *rule;   /* IMPORTER_DROPPED */
	const char *reason; /* IMPORTER_BAD: one word; why: a phrase about value */
	const char *why;
	const char *column; /* or NULL */
	struct text value;
};

enum importer_verdict importer_take(struct importer *im,
    const struct importer_record *r, struct importer_out *out);

/* cell[c] is the value of column c. *timed: the row has an instant, us. */
struct importer_row {
	const struct text *cell;
	bool timed;
	int64_t us;
};

/* Row i of the record taken or released. */
void importer_row(struct importer *im, size_t i, struct importer_row *row);

/* After the last record: the next that was held, and what became of it; then the
 * rows that were kept, in the total order. False when there is none left. */
bool importer_release(struct importer *im, struct importer_record *r,
    enum importer_verdict *verdict, struct importer_out *out);

/* After the last record: what the rows cannot tell that was asked of them, in words,
 * or NULL. */
const char *importer_doubt(const struct importer *im);

#endif
