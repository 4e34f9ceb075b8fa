/* logfield.h - which part of a request does a log's field hold? */
#ifndef LEAD_DOMAIN_LOGFIELD_H
#define LEAD_DOMAIN_LOGFIELD_H

#include <stddef.h>

#include <lead/base/text.h>

enum logfield {
	LOGFIELD_ADDRESS,
	LOGFIELD_FORWARDED, /* a list of addresses, the visitor's first */
	LOGFIELD_TIME,      /* with its date: as logs, ISO 8601, or epoch seconds */
	LOGFIELD_TIME_MS,   /* epoch, whole numbers */
	LOGFIELD_TIME_US,
	LOGFIELD_DATE,      /* of W3C logs, and then LOGFIELD_TIME has none */
	LOGFIELD_REQUEST,   /* GET /path HTTP/1.1 */
	LOGFIELD_METHOD,
	LOGFIELD_URI,
	LOGFIELD_QUERY,
	LOGFIELD_STATUS,
	LOGFIELD_BYTES,
	LOGFIELD_REFERRER,
	LOGFIELD_AGENT,
	LOGFIELD_HOST,
	LOGFIELD_SCHEME,
	LOGFIELD_COOKIES,   /* the whole header */
	LOGFIELD_PARTS,     /* how many there are */
	LOGFIELD_NAMED,     /* a cookie, parameter, header or note: a column */
	LOGFIELD_OTHER,     /* of no use to us */
};

/*
 * The part that a name stands for: weblog.h's names, W3C extended ones
 * (cs-uri-stem) and the usual ones of JSON logs; ASCII case is ignored.
 * *column is the bare name of LOGFIELD_NAMED (uid of cookie_uid), or name.
 */
enum logfield logfield_of(struct text name, struct text *column);

enum { LOGFIELD_FORMAT_MAX = 128 };

/* Where a log has them. */
struct logfields {
	int part[LOGFIELD_PARTS];              /* number of the field, or -1 */
	char time_format[LOGFIELD_FORMAT_MAX]; /* of time:FORMAT (stamp.h), or "" */
};

/* NULL, or what every log must have and this one has not. */
const char *logfield_bind(struct logfields *f, const struct text *name, size_t n);

/* A part of a line; "-" and a part that the log lacks are empty. */
static inline struct text
logfield_get(const struct logfields *f, const struct text *field, enum logfield part)
{
	struct text t = f->part[part] >= 0 ? field[f->part[part]] : TEXT_NONE;

	return t.len == 1 && t.s[0] == '-' ? TEXT_NONE : t;
}

#endif
