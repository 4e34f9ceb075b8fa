/* guise.h - is this first line that of another format than CSV? */
#ifndef LEAD_BASE_GUISE_H
#define LEAD_BASE_GUISE_H

#include <lead/base/text.h>

/* Words for people on the format that the line looks like, or NULL: it may
 * well be the header of a CSV. Static. */
const char *guise_words(struct text line);

#endif
