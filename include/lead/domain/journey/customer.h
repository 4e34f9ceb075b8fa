/* customer.h - since when has this account been a customer? */
#ifndef LEAD_DOMAIN_CUSTOMER_H
#define LEAD_DOMAIN_CUSTOMER_H

#include <stdint.h>

#include <lead/base/text.h>

/* Accounts with a won deal, and the time of the first. 35 to 56 bytes each. */
struct customer;

#define CUSTOMER_NEVER INT64_MAX /* has not bought */
#define CUSTOMER_EVER INT64_MIN  /* has, nobody knows when */

struct customer *customer_new(void);
void customer_free(struct customer *c); /* NULL does nothing */

/* account (empty: ignored) won a deal at us. */
void customer_add(struct customer *c, struct text account, int64_t us);

/* Since when, or CUSTOMER_NEVER. */
int64_t customer_since(const struct customer *c, struct text account);

#endif
