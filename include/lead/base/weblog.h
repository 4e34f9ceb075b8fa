/* weblog.h - the parts of a web server's log line */
#ifndef LEAD_BASE_WEBLOG_H
#define LEAD_BASE_WEBLOG_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

/*
 * A log format as nginx (log_format: $remote_addr … "$request") or Apache
 * (LogFormat: %h … \"%r\") writes it, compiled. Parts bear nginx's names
 * whichever server wrote the format:
 *   remote_addr remote_ident remote_user time_local time_iso8601 msec request
 *   request_method request_uri uri args server_protocol status body_bytes_sent
 *   http_HEADER (lower case, _ for -) cookie_NAME (as written) arg_NAME host …
 *   time_sec time_msec time_usec time:FORMAT (Apache's %{…}t) · others by name
 * "combined", "vcombined", "common" and "main" (the one of nginx packages)
 * name formats of their own.
 */
struct weblog;

enum { WEBLOG_PARTS_MAX = 64 };

/* NULL when it is none: *why are static words, *at the byte of format. */
struct weblog *weblog_new(struct text format, const char **why, size_t *at);
void weblog_free(struct weblog *w); /* NULL does nothing */

size_t weblog_nparts(const struct weblog *w);
struct text weblog_name(const struct weblog *w, size_t part);

/*
 * Cut line into part[0..nparts-1], slices of it, escapes left in (clf.h). false when
 * the line is not of the format: *stuck is the part that did not end where the
 * format says, or nparts when the line goes on after the last.
 */
bool weblog_parse(const struct weblog *w, struct text line, struct text *part,
    size_t *stuck);

#endif
