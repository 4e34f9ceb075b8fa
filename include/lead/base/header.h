/* header.h - which columns has the table, and where are they in each file? */
#ifndef LEAD_BASE_HEADER_H
#define LEAD_BASE_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

enum { HEADER_COLUMNS_MAX = 4096 };

/* The united columns of several files, in order of first sight. { 0 } is
 * empty. The names are its own. */
struct header {
	struct text *names;
	size_t ncols, cap;
};

void header_clear(struct header *h);

/* The number of a column, or -1. */
int header_find(const struct header *h, struct text name);

/* Where a file has the table's columns. { 0 } is nowhere. */
struct header_map {
	int *place;   /* table column -> file column or -1; NULL: the same */
	size_t ncols; /* of the file */
};

void header_map_clear(struct header_map *m);

/*
 * Unite the header line of one file (names parted by sep) with the table's and
 * note in *m where its columns are. may_add: names that the table lacks are
 * added to it. NULL, or words: a name that is empty, stands twice, or is new
 * where none may be. The words live until the next call.
 */
const char *header_unite(struct header *h, struct text line, char sep, bool may_add,
    struct header_map *m);

/* m was made when the table had fewer columns: the later ones are not there. */
void header_widen(const struct header *h, struct header_map *m);

#endif
