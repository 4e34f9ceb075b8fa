/* convert.h - what does a foreign cell say in our own forms? */
#ifndef LEAD_DOMAIN_CONVERT_H
#define LEAD_DOMAIN_CONVERT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/text.h>
#include <lead/base/zone.h>

/*
 * The "as" cell of an import map:
 *   text            trimmed
 *   const:VALUE     VALUE, whatever the cell says
 *   date:F|F|…      formats of stamp.h, or iso (2026-11-02, with a time behind T
 *                   or a blank, with or without offset); @end or @start behind
 *                   one places a date without time in its day; undated, as the
 *                   last, says that a blank is an event of no date. date alone
 *                   is date:iso
 *   money:FORM      a form of amount.h; money alone is 1234.56
 *   count           a whole number; with its marks count:1,234 or count:1.234 or
 *                   count:1 234 or count:1'234
 *   list:S first:S  parts of the cell between S (a byte or "tab"): all of them,
 *                   joined by ; or the first
 */
struct convert;

/* NULL and *why when as is none of these. as is borrowed. */
struct convert *convert_new(struct text as, const char **why);
void convert_free(struct convert *c); /* NULL does nothing */

bool convert_is_date(const struct convert *c);
bool convert_is_const(const struct convert *c);

enum convert_verdict {
	CONVERT_OK,
	CONVERT_EMPTY,
	CONVERT_UNDATED, /* blank, and the map says that this is an event */
	CONVERT_BAD,
};

struct converted {
	struct text text;   /* a date without time is its day, 2026-11-02 */
	struct text currencies; /* codes that an amount's sign may mean; or empty */
	int64_t us;         /* of a date: where in its day is as at_end says */
	bool day;           /* it had no time */
	const char *reason; /* CONVERT_BAD: one word */
	const char *why;    /* a phrase */
};

/*
 * at_end: a date without time is 23:59:59 of its day, not 00:00:00, unless the
 * format says which. is_key: a number that a spreadsheet rounded is no value.
 * Texts are slices of cell or in a.
 */
enum convert_verdict convert_value(const struct convert *c, const struct zone *zone,
    bool at_end, bool is_key, struct text cell, struct arena *a,
    struct converted *out);

#endif
