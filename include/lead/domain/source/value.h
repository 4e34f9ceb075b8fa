/* value.h - what does a value that a url or a visitor brought really say? */
#ifndef LEAD_DOMAIN_VALUE_H
#define LEAD_DOMAIN_VALUE_H

#include <lead/base/text.h>

enum {
	VALUE_MAX = 512,              /* bytes that are kept */
	VALUE_RAW_MAX = 65536,        /* bytes that may come in */
	VALUE_FIELD = 2 * VALUE_MAX,  /* room for them as a field */
};

/* How to read it, or-ed. */
enum value_form {
	VALUE_CODED = 1, /* percent-encoded, + for a blank */
	VALUE_LOWER = 2, /* ASCII letters are lowered */
};

/* What was met besides enum url_flaw (url.h), or-ed. */
enum value_flaw {
	VALUE_CUT = 256,  /* more than VALUE_MAX bytes */
	VALUE_PII = 512,  /* an e-mail address stands masked */
};

/*
 * The value without blanks at its ends, in UTF-8, e-mail addresses as "(email)",
 * at most VALUE_MAX bytes. to has room for VALUE_MAX bytes; what comes back is
 * in it or borrowed from raw. flaws are or-ed. Not for two threads.
 */
struct text value_read(struct text raw, unsigned form, char to[VALUE_MAX],
    unsigned *flaws);

/*
 * A path as it was written with e-mail addresses as "(email)", %40 being an @
 * as well; borrowed when there are none, else in to (room bytes; what does not
 * fit is cut).
 */
struct text value_path(struct text path, char *to, size_t room, unsigned *flaws);

#endif
