/* diag.h - messages to stderr, and the exit status they lead to */
#ifndef LEAD_BASE_DIAG_H
#define LEAD_BASE_DIAG_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>

/* How a command ends. The numbers are in lead(7): never renumber them. */
enum diag_exit {
	DIAG_OK = 0,      /* every row accounted for */
	DIAG_DATA = 1,    /* the input is wrong, or a check failed */
	DIAG_REQUEST = 2, /* options, rules file, paths, disk or memory */
};

/* Where in the input a message points. NULL or zero leaves a part out. */
struct diag_at {
	const char *file;   /* as the user named it; "<stdin>" for - */
	uint64_t line;      /* 1 is the header row; decompressed */
	const char *column; /* header name, not number */
};

/* Set the name in front of each message. Call first in main(). */
void diag_init(const char *progname);

/* From now on warnings are counted but not shown (-q); deaths still are. */
void diag_quiet(void);

/*
 * Call fn before the program ends by diag_die() or diag_die_sys(): marks the
 * output as cut and removes unfinished files. One at a time; NULL takes it off.
 */
void diag_on_death(void (*fn)(void));

/*
 * Print one line, "prog: file:line: column: text". UTF-8 stands as it is; control
 * characters, those of direction or no width, and bytes that are no UTF-8 come
 * out as \xNN.
 */
void diag_warn(const struct diag_at *at, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Print as diag_warn does, then end with status. Never from lib/domain. */
_Noreturn void diag_die(enum diag_exit status, const struct diag_at *at,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* As diag_die with DIAG_REQUEST, and the words of errno at the end. */
_Noreturn void diag_die_sys(const struct diag_at *at, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * Data for a message: "value" in quotes, cut at 80 bytes. The string lives
 * until the fourth next call: print it with %s in the same call.
 */
const char *diag_value(struct text value);

#endif
