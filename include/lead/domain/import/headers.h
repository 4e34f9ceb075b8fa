/* headers.h - what do the words of another program's export mean? */
#ifndef LEAD_DOMAIN_HEADERS_H
#define LEAD_DOMAIN_HEADERS_H

#include <lead/domain/rules/sheet.h>

enum { HEADERS_NAME_MAX = 256 };

/* A name or value as the tables write it: small letters, no accents, one blank for
 * marks and between aB, one at each end. What is longer is cut. */
struct headers_name {
	char s[HEADERS_NAME_MAX];
	size_t len;
};

/* A row of lib/rules/headers.tsv: cells of an import map's row. */
struct headers_meaning {
	struct text event, column, as;
	uint64_t rank; /* of two columns that mean the same the lower is likelier */
};

/* The meanings of a column's name, one after the other, the likelier first. */
struct headers {
	struct headers_name name;
	struct sheet sheet;
};

void headers_begin(struct headers *h, struct text name);
bool headers_next(struct headers *h, struct headers_meaning *m);

/* "won", "lost" or nothing: what a value of a stage says, by outcomes.tsv. */
struct text headers_outcome(struct text value);

/* The event that a value of a column of acts is, by acts.tsv, or nothing. */
struct text headers_act(struct text value);

#endif
