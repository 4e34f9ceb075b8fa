/* filter_read.h - a second table (--identity MAP, --attributes FILE), read whole */
#ifndef LEAD_BASE_FILTER_READ_H
#define LEAD_BASE_FILTER_READ_H

#include <stddef.h>

#include <lead/base/opt.h>
#include <lead/base/text.h>
#include <lead/base/tsv.h>

/*
 * One row: field[i] is the field of columns[i], escapes as they stand, borrowed
 * for the call. NULL when it is good; else what is wrong, for people, and *bad
 * is the index of the column at fault (0 before the call).
 */
typedef const char *filter_read_row(void *context, const struct text *field,
    size_t *bad);

/*
 * Give fn each row of the lead TSV table at path ("-" is standard input), in
 * the order of the file. A name that begins with '?' is a column that may be
 * absent: its fields are empty. Ends the program with a message that names
 * file, line and column: DIAG_REQUEST when the file cannot be read, DIAG_DATA
 * when a column is missing, a line is bad, or fn does not like a row.
 */
void filter_read(const char *path, const char *const *columns, size_t n,
    filter_read_row *fn, void *context);

/* The same of a table that another program writes: words for where a missing column
 * would come from ("the map of lead-identify"), or NULL. */
void filter_read_of(const char *path, const char *const *columns, size_t n,
    filter_read_row *fn, void *context, const char *table);

/* The same of a table whose columns are the user's: ask() is told their names, tab
 * between them, and says who takes the rows. */
typedef struct tsv_taker filter_read_ask(void *context, struct text header);
void filter_read_asking(const char *path, filter_read_ask *ask, void *context);

struct filter;

/*
 * The same with the rows of the input of f, after filter_start(): columns
 * cols[0..n-1] by number, -1 one that is empty. A row that fn does not like is
 * rejected as "figure".
 */
void filter_fold(struct filter *f, const int *cols, size_t n, filter_read_row *fn,
    void *context);

/*
 * All bytes of the file at path (a rules file), given back by filter_read_free().
 * Ends the program, DIAG_REQUEST, when it cannot be read or is above max.
 */
struct text filter_read_file(const char *path, size_t max);
void filter_read_free(struct text file);

/* The values of a list option, a line feed between them; @FILE stands for what
 * is in FILE, as above. Owned by the caller (mem_free). */
struct text filter_read_list(const struct opt_list *list);

#endif
