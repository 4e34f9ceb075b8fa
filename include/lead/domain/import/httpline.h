/* httpline.h - the words of a request */
#ifndef LEAD_DOMAIN_HTTPLINE_H
#define LEAD_DOMAIN_HTTPLINE_H

#include <stdbool.h>

#include <lead/base/text.h>

/* GET: a method by its letters (RFC 9110 5.6.2, the part that is in use). */
bool httpline_is_method(struct text t);

/* METHOD target HTTP/x: three words and no more; else false. */
bool httpline_split(struct text line, struct text *method, struct text *target);

/* 100 to 599, or 0 when it is no status. */
int httpline_status(struct text t);

/* A target before its ? and behind it. */
struct text httpline_path(struct text target);
struct text httpline_query(struct text target);

/* A picture, style, script, font, film by its end; robots.txt, /.well-known. */
bool httpline_is_static(struct text path);

#endif
