/* portal.h - which pages are no marketing: log-in, account, help */
#ifndef LEAD_DOMAIN_PORTAL_H
#define LEAD_DOMAIN_PORTAL_H

#include <stdbool.h>

#include <lead/base/text.h>

struct portal;

struct portal *portal_new(void);
void portal_free(struct portal *p); /* NULL does nothing */

/*
 * Items between commas or line feeds, # lines skipped: HOST, HOST/PATH
 * (hosts.h), or /PATH on any host. /log means /log and what lies below, not
 * /login. false: *bad is none of these.
 */
bool portal_add(struct portal *p, struct text list, struct text *bad);

/* Is any item about a host? Then the rows must tell theirs. */
bool portal_needs_host(const struct portal *p);

/* Is the page one of them? host may be empty; page is a path. */
bool portal_has(const struct portal *p, struct text host, struct text page);

#endif
