/* domains.h - is this mail domain a company's? */
#ifndef LEAD_DOMAIN_DOMAINS_H
#define LEAD_DOMAIN_DOMAINS_H

#include <stdbool.h>

#include <lead/base/text.h>

struct domains;

/* table: lib/rules/freemail.tsv, a header line, then domains that give mail to
 * anybody; "name.*" is name under every suffix. Borrowed during the call. */
struct domains *domains_new(struct text table);
void domains_free(struct domains *d); /* NULL does nothing */

/* The domain of an address in normal form; empty when it is anybody's. Borrowed
 * from address. */
struct text domains_company(const struct domains *d, struct text address);

#endif
