/* url.h - the parts of a url, and what its query says */
#ifndef LEAD_BASE_URL_H
#define LEAD_BASE_URL_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

enum {
	URL_MAX = 65536,   /* bytes of a url that callers take */
	URL_PARAMS = 1000, /* parameters of a query that are looked at */
	URL_HOST = 256,    /* room for a host; a name has at most 253 */
};

/*
 * Slices of the url as it was written (RFC 3986, with what browsers and logs
 * make of it): nothing is decoded. A part that is not there is empty; query.s
 * and fragment.s are NULL without their ? and #.
 */
struct url {
	struct text scheme;   /* https; empty in //host/x, host.com/x and /x */
	struct text host;     /* without user, password and port; [::1] */
	struct text port;
	struct text path;     /* from its slash on; opaque rest of mailto:x */
	struct text query;    /* behind the first ? */
	struct text fragment; /* behind the first # */
};

/*
 * Any bytes are some url. Text without scheme is a path when it begins with /
 * ? or #, and host and path when what stands before the first slash has a dot
 * or a port (www.example.com/x, localhost:8080), else a path.
 */
void url_split(struct text t, struct url *u);

/*
 * The one spelling of a host in out: lower case, no dot at the end. Empty when
 * the host is empty, longer than 253 bytes, or holds blanks or control bytes.
 * Bytes past ASCII and punycode stay as they are.
 */
struct text url_host(struct text host, char out[URL_HOST]);

/* host without a leading www. */
struct text url_bare(struct text host);

/*
 * The next key=value of a query, both as written; false at the end. Parts
 * between two & that are empty are stepped over; "x" has an empty value.
 */
struct url_param {
	struct text key, value;
};
bool url_next(struct text *query, struct url_param *p);

/* What url_decode() met, or-ed. */
enum url_flaw {
	URL_NUL = 1,         /* %00: the value is no text */
	URL_BAD_PERCENT = 2, /* a % without two hex digits: left as it is */
	URL_BAD_UTF8 = 4,    /* bytes became U+FFFD */
};

/*
 * A value: + is a blank, %XX is decoded once, each run of bytes that is no
 * UTF-8 (Unicode 15, table 3-7: maximal subparts) becomes U+FFFD. to has room
 * for 3 * raw.len bytes; *flaws is or-ed into. Borrows raw instead when there
 * was nothing to do.
 */
struct text url_decode(struct text raw, char *to, unsigned *flaws);

/* As url_decode() for text that was never percent-encoded. */
struct text url_clean(struct text raw, char *to, unsigned *flaws);

/* t cut to at most max bytes, never inside a UTF-8 character. */
struct text url_cut(struct text t, size_t max);

#endif
