/* filter.h - the frames every command hangs in: options, rows in, rows out */
#ifndef LEAD_BASE_FILTER_H
#define LEAD_BASE_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/diag.h>
#include <lead/base/group.h>
#include <lead/base/num.h>
#include <lead/base/opt.h>
#include <lead/base/out.h>
#include <lead/base/tsv.h>
#include <lead/base/when.h>
#include <lead/base/zone.h>

/*
 * Three frames, one shape: filter_begin, columns, filter_start, a loop,
 * filter_end.
 *   rows:   while (filter_block(f, &b)) for each row …
 *   groups: the same loop with filter_gather(), then
 *           while (filter_group(f, &g)) …        (hashed, any input order)
 *           or only while (filter_group(f, &g))  (input grouped by key)
 *   table:  the rows loop folds into the domain's table, which is then
 *           written row by row with filter_set() and filter_write()
 */
struct filter;

/* Options beyond -h -V -o -f -N --columns --reject --max-reject --stats
 * --progress -q --lax-eof --header-only, which every command has. */
enum filter_uses {
	FILTER_KEY = 1,     /* -k COLS */
	FILTER_SPILL = 2,   /* -S SIZE, -T DIR, -j N */
	FILTER_SORTED = 4,  /* --sorted */
	FILTER_TIME = 8,    /* --as-of --since --until --tz */
	FILTER_AS_OF = 16,  /* --as-of must be given */
	FILTER_PERIOD = 32, /* --period */
	FILTER_PARTS = 64,  /* --partial --merge */
	FILTER_FOREIGN = 128, /* operands are no lead TSV: lead-import opens them */
};

struct filter_spec {
	const char *name, *purpose, *operands;
	const struct opt *opts;   /* the command's own, at most 20 */
	unsigned uses;
	const char *key;          /* default of -k */
	enum when_period period;  /* default of --period */
	const char *max_reject;   /* default of --max-reject; NULL: "0" */
	/* Called with the config before anything else is asked for, --as-of too, or
	 * NULL: for options that only print something and end the program. */
	void (*first)(void *config);
};

/* Options of the frame that a command may read. */
struct filter_common {
	const char *const *files; /* operands; nfiles 0: standard input */
	size_t nfiles;
	struct text *key;         /* column names of -k */
	size_t nkey;
	uint64_t memory;          /* -S in bytes */
	const char *tempdir;      /* -T or NULL */
	int threads;              /* -j */
	bool sorted, partial, merge;
	bool header_only, no_header;
	const char *columns;      /* --columns or NULL: for FILTER_FOREIGN */
	unsigned max_ratio;       /* --max-ratio: the same */
	bool has_as_of, has_since, has_until;
	int64_t as_of_us;         /* rows after it do not exist yet */
	int64_t since_us, until_us; /* since <= time < until */
	struct zone *zone;        /* --tz; UTC by default, never NULL */
	const char *tz;           /* its name */
	enum when_period period;
};

/*
 * Parse argv into config (the command's, set to its defaults before) and the
 * frame's options, open the input and read the headers. Ends the program with
 * a message if any of that fails. Call first in main(); io_begin() is inside.
 */
struct filter *filter_begin(const struct filter_spec *spec, void *config,
    int argc, char *argv[]);

const struct filter_common *filter_common(const struct filter *f);

/* The bound on bad rows when --max-reject was not given ("1%", "0.1%+1"): for
 * a command whose default depends on its options. Before the first row. */
void filter_max_reject(struct filter *f, const char *bound);

/* --- columns in --- */

int filter_column(const struct filter *f, const char *name); /* or -1 */
/* The column, or ends with DIAG_DATA: no column 'time' in the header. */
int filter_need(const struct filter *f, const char *name);
int filter_column_text(const struct filter *f, struct text name);
int filter_need_text(const struct filter *f, struct text name);
/* The same; the message says which table has it: "the steps of lead-journey". */
int filter_need_of(const struct filter *f, struct text name, const char *table);
size_t filter_ncolumns(const struct filter *f);
struct text filter_column_name(const struct filter *f, int col);

/* The same for parts of the domain that ask a table for its columns: f is a
 * struct filter. */
int filter_column_of(const void *f, struct text name);
struct text filter_name_of(const void *f, int col);

/* --- the table out: declared before filter_start() --- */

/* All input columns, passed through in place. */
void filter_pass(struct filter *f);

/* A column that the command sets: a new one stands last; one that is passed
 * through already is overwritten in place. Returns its cell. */
int filter_add(struct filter *f, const char *name);
int filter_add_text(struct filter *f, struct text name);

/* Apply -f, write the header; with --header-only ends the program here. */
void filter_start(struct filter *f);

/* Is the cell in the output (after -f)? */
bool filter_wanted(const struct filter *f, int cell);

/* --- rows --- */

/* The next block; false at the end. Bad lines are rejected inside. */
bool filter_block(struct filter *f, struct tsv_block *b);

/* Set a cell of the row to come: bytes that are lead TSV already (fields,
 * numbers), or any value, escaped when it must be. Borrowed until the row is
 * written. A cell not set is empty. */
void filter_set(struct filter *f, int cell, struct text field);
void filter_set_value(struct filter *f, int cell, struct text value);
void filter_set_time(struct filter *f, int cell, int64_t us);

/* A field, for parts of the domain that ask a row for its cells: b is a struct
 * tsv_block. */
struct text filter_cell_of(const void *b, size_t row, int column);

/* Write row r of b with the cells set, then forget the cells. */
void filter_emit(struct filter *f, const struct tsv_block *b, size_t r);

/* Row r of b as a row of the whole table, whatever columns its file has: all
 * fields, tabs between them. Borrowed until the next call. */
struct text filter_row(struct filter *f, const struct tsv_block *b, size_t r);

/* Write such a row, set aside by the command, with the cells set. */
void filter_emit_row(struct filter *f, struct text row);

/* Write a row of cells alone (columns passed through are empty); the same, of
 * cell[0..n-1] set to field[0..n-1], or to values. */
void filter_write(struct filter *f);
void filter_write_cells(struct filter *f, const int *cell, const struct text *field,
    size_t n);
void filter_write_values(struct filter *f, const int *cell, const struct text *value,
    size_t n);

/* --- groups --- */

/* Before the rows loop: gather columns cols[0..n-1] (table numbers), or all when
 * cols is NULL. The store stays the frame's: for group_keep_time() and
 * group_want(). */
struct group_store *filter_gather_begin(struct filter *f, const int *cols, size_t n,
    int tie);
void filter_gather(struct filter *f, struct text key, int64_t at,
    uint32_t minor, const struct tsv_block *b, size_t r);

/* Given order instead: rows of one value of column key stand together, values
 * ascending in byte order; checked. Before the first filter_group(). Rows keep
 * their order; group_at() and group_minor() are 0, all fields can be had. cols as
 * above: those that tell rows apart. */
void filter_grouped_begin(struct filter *f, int key, const int *cols, size_t n);

/* The next group; false at the end. Borrowed until the next call. */
bool filter_group(struct filter *f, struct group *g);

/* For rows of groups that are written as they came: all input columns, in place
 * (before filter_start(), with no other cell), and row i of a group that has
 * them all. */
void filter_add_columns(struct filter *f);
void filter_write_row(struct filter *f, const struct group *g, size_t i);

/* --- accounting: in = out + rejected + dropped, checked by --stats users --- */

/* Row r of b is bad: kept by --reject, counted under reason (one word), shown
 * with the first ten of its reason. Ends the program past the bound. column:
 * table column or -1. why: a phrase; the value is added to the message. */
void filter_reject(struct filter *f, const struct tsv_block *b, size_t r,
    int column, const char *reason, const char *why);

/* The same for a record that is no TSV row, and for one held in a group. */
void filter_reject_record(struct filter *f, const struct diag_at *at,
    const char *reason, const char *why, struct text value,
    struct text record);

/* n rows were left out by a named rule. rule: a literal. */
void filter_drop(struct filter *f, const char *rule, uint64_t n);

/* Something worth a count that drops nothing. name: a literal. */
void filter_count(struct filter *f, const char *name, uint64_t n);

/* lead-import: a record was read (filter_block counts by itself). */
void filter_count_in(struct filter *f, uint64_t records, uint64_t bytes);

/* Bytes that the command itself wrote to a temporary file, for --stats. */
void filter_count_spilled(struct filter *f, uint64_t bytes);

/* The end of a command whose temporary file failed; errno says how. */
_Noreturn void filter_die_of_spill(const struct filter *f);

/* true when the row's time is inside --as-of, --since, --until; else counted
 * as dropped (after_as_of, before_since, from_until). */
bool filter_in_time(struct filter *f, int64_t us);

/* The name of that rule, or NULL: nothing is counted. */
const char *filter_outside(const struct filter *f, int64_t us);

/* The same for parts of the domain: f is a struct filter. */
const char *filter_outside_of(const void *f, int64_t us);

/* n rows were folded into the table that filter_write() puts out. (Rows
 * emitted, gathered or grouped count by themselves.) */
void filter_use(struct filter *f, uint64_t n);

/* The same for row i of a group: its key and the columns cols[0..n-1] are kept
 * (-1: absent). no tells the fault: cols[no->bad]. */
void filter_reject_grouped(struct filter *f, const struct group *g, size_t i,
    const int *cols, size_t n, const struct group_refusal *no);

/*
 * Ask row() of each row of a group, in order: NULL when it counts. Another is
 * dropped by its rule, or rejected as above.
 */
typedef const struct group_refusal *filter_take(void *of, size_t i);
void filter_take_rows(struct filter *f, const struct group *g, const int *cols,
    size_t n, filter_take *row, void *of);

/* The same of row r of a block, before it is gathered; bad is a table column. Of a
 * refusal that names no column the message does not show the value: it is a key. */
void filter_refuse(struct filter *f, const struct tsv_block *b, size_t r,
    const struct group_refusal *no);

/* Place of row r for messages of the command's own. */
struct diag_at filter_at(const struct filter *f, const struct tsv_block *b,
    size_t r, int column);

/* Per-block and per-group scratch memory: reset by the frame. */
struct arena *filter_arena(struct filter *f);

/* --- second tables out; filter_read.h reads second tables in --- */

/* --conflicts FILE and the like: header given, tab between names. Committed by
 * filter_end(). */
struct out *filter_side(struct filter *f, const char *path,
    const char *header);

/* The same with all rows of it: row() gives the i-th in *line, or false. Without path
 * there is none. */
typedef bool filter_side_row(void *of, size_t i, struct text *line);
void filter_side_table(struct filter *f, const char *path, const char *header,
    filter_side_row *row, void *of);

/* Write what is left, --stats, commit all files; main()'s status. Frees f. */
int filter_end(struct filter *f);

/* Instead of a filter: print text (--list), the program's status. */
int filter_print(const char *name, struct text text);

/* The same of what put() puts, and the end of the program: for a spec's first(). */
_Noreturn void filter_print_list(const char *name, void (*put)(struct buf *b));

#endif
