/* nurture.h - which campaigns nurture leads rather than find them? */
#ifndef LEAD_DOMAIN_NURTURE_H
#define LEAD_DOMAIN_NURTURE_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Names and numbers of campaigns of the kind nurture. */
struct nurture;

struct nurture *nurture_new(void);
void nurture_free(struct nurture *n); /* NULL does nothing */

/* A campaign by its name, its number or both; what is empty is ignored. */
void nurture_add(struct nurture *n, struct text campaign, struct text campaign_id);

/* Is a touch of that campaign one of them? */
bool nurture_has(const struct nurture *n, struct text campaign, struct text campaign_id);

/* How many names and numbers. */
uint32_t nurture_count(const struct nurture *n);

#endif
