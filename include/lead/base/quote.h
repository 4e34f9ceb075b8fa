/* quote.h - what do the quotes of a CSV text enclose? */
#ifndef LEAD_BASE_QUOTE_H
#define LEAD_BASE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

/*
 * The byte of the quote to blame for a record that is none: the first that is
 * not as it should be, or where all are, the one whose field goes on over a
 * line end; 0 when there is no quote.
 */
size_t quote_culprit(struct text record, char separator);

/* That of , ; tab | which stands in a line most often outside of quotes, of
 * equals the one further left in this list; NUL when none does. */
char quote_separator(struct text line);

/* "sep=;", which spreadsheets write in front. */
bool quote_says_separator(struct text line, char *separator);

#endif
