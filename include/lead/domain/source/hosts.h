/* hosts.h - is this address one of a list of hosts and paths? */
#ifndef LEAD_DOMAIN_HOSTS_H
#define LEAD_DOMAIN_HOSTS_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

/*
 * An item is HOST or HOST/PATH; a scheme in front is let go. example.com means
 * itself and www.example.com; .example.com (or *.example.com) every host under
 * it as well. /log means /log and what lies below, not /login.
 */
struct hosts;

struct hosts *hosts_new(void);
void hosts_free(struct hosts *h); /* NULL does nothing */

/* Copies item; false when it names no host. */
bool hosts_add(struct hosts *h, struct text item);

/* Items between commas or line feeds; blanks around them go, empty ones and
 * lines that begin with # are skipped. False: *bad is one that is no host. */
bool hosts_add_list(struct hosts *h, struct text list, struct text *bad);

size_t hosts_count(const struct hosts *h);

/* Is it one of them? host as url_host() gives it; with a www. or without. */
bool hosts_has(const struct hosts *h, struct text host, struct text path);

/* Does the answer for this host depend on the path? */
bool hosts_by_path(const struct hosts *h, struct text host);

#endif
