/* import_terms.h - what a run of lead-import is asked, from words to rules */
#ifndef LEAD_DOMAIN_IMPORT_TERMS_H
#define LEAD_DOMAIN_IMPORT_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/foreign.h>
#include <lead/base/zone.h>
#include <lead/domain/import/format.h>

/* Files of rules that are read whole, and the bytes that one may have. */
enum { IMPORT_TERMS_EVENTS, IMPORT_TERMS_INTERNAL, IMPORT_TERMS_MAP, IMPORT_TERMS_FILES };
enum { IMPORT_TERMS_FILE_MAX = 1 << 20 };

/* The words of the command line; none is NULL. */
struct import_terms_words {
	const char *format, *visitor, *drop, *separator;
	const char *file[IMPORT_TERMS_FILES], *rates; /* names of files */
	const char *const *rename; /* nrenames of OLD=NEW */
	size_t nrenames;
	bool email, suggest, resync;
	int charset; /* index into import_terms_charsets */
	int64_t skip_lines;
};

extern const char *const import_terms_charsets[];

/* Rates are created empty: the caller adds them. */
struct import_terms {
	struct foreign_options file;
	struct importer_options o;
	const char *max_reject; /* of the format */
	struct weblog *log;
	bool by_name; /* its format names variables as nginx does */
	struct actions *actions;
	struct ip_set *internal;
	struct rates *rates;
	struct importer_rename *rename;
};

/* What is wrong, and where: "--drop", or a file's name and line. */
struct import_terms_problem {
	const char *where;
	uint64_t line;    /* or 0 */
	char why[256];
	struct text word; /* that it is about, or empty */
};

/*
 * file: what the files named hold. zone: where times are that say no other. Both
 * are borrowed, as are the words. False: *p says what is wrong;
 * import_terms_clear() all the same.
 */
bool import_terms_read(const struct import_terms_words *w,
    const struct text file[IMPORT_TERMS_FILES], const struct zone *zone,
    struct import_terms *t, struct import_terms_problem *p);
void import_terms_clear(struct import_terms *t);

/* All rates were added. False: *p. */
bool import_terms_ready(const struct import_terms_words *w, struct import_terms *t,
    struct import_terms_problem *p);

/*
 * The next name, from *i on, that the log format writes as nginx's and nginx does
 * not know: *p tells. A name of the server's own is no fault, but one mistyped is a
 * column lost. False: there is none.
 */
bool import_terms_doubt(const struct import_terms *t, size_t *i,
    struct import_terms_problem *p);

#endif
