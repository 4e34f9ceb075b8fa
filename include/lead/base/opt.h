/* opt.h - one table per command: parsing, -h and completion read the same */
#ifndef LEAD_BASE_OPT_H
#define LEAD_BASE_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

enum opt_kind {
	OPT_FLAG,   /* bool */
	OPT_TEXT,   /* const char *, borrowed from argv; "" is refused */
	OPT_LIST,   /* struct opt_list; may be given several times */
	OPT_SPAN,   /* int64_t microseconds: 30m, 90d; 0 as well */
	OPT_SIZE,   /* uint64_t bytes: 512M, 1G; or 25% of the machine's memory */
	OPT_COUNT,  /* int64_t, 0 or more */
	OPT_CHOICE, /* int: index into choices */
};

struct opt_list {
	const char **v; /* owned by the table; the strings by argv */
	size_t n;
};

struct opt {
	char letter;      /* 0: no short form */
	const char *word; /* long form, without the dashes */
	const char *arg;  /* what -h calls the value; NULL for OPT_FLAG */
	enum opt_kind kind;
	size_t where;     /* offsetof() into the config of its table */
	const char *help; /* lower case, no full stop, default in () */
	const char *const *choices; /* OPT_CHOICE: ends with NULL */
};

/* An own table and its config; -h prints them under title. */
struct opt_table {
	const char *title;      /* "" for the command's own */
	const struct opt *opts; /* ends at an entry with no word */
	void *config;
};

struct opt_spec {
	const char *name;     /* lead-dedupe */
	const char *purpose;  /* the words after the dash in its .1 */
	const char *operands; /* "[FILE ...]" */
	const struct opt_table *tables;
	size_t ntables;
	const char *version;
};

/*
 * Fill the configs from argv. Returns the index of the first operand
 * (operands stand last after the call: argv is permuted). Prints and ends
 * (exit 0) on -h, --help, -V, --version and --completion; ends with
 * DIAG_REQUEST on a bad option. An option is given once, save OPT_LIST; long
 * names are never abbreviated.
 */
int opt_parse(const struct opt_spec *spec, int argc, char *argv[]);

/* So many percent of the machine's memory, in bytes. */
uint64_t opt_memory_share(int percent);

/* Was this long option given? After opt_parse(). */
bool opt_given(const char *word);

/* Ends with DIAG_REQUEST where it was given without another that it needs. */
void opt_need(const char *word, const char *other);

#endif
