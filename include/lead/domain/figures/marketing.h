/* marketing.h - is this channel marketing's? */
#ifndef LEAD_DOMAIN_MARKETING_H
#define LEAD_DOMAIN_MARKETING_H

#include <stdbool.h>

#include <lead/base/text.h>

/*
 * A channel is marketing's unless the built-in table (lib/rules/marketing.tsv) says
 * no: a company's own channels are what it pays or works for. None is not.
 */
bool marketing_has(struct text channel);

#endif
