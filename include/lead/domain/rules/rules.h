/* rules.h - the built-in tables of lib/rules, as they were at build */
#ifndef LEAD_DOMAIN_RULES_H
#define LEAD_DOMAIN_RULES_H

#include <lead/base/text.h>

/* The bytes of lib/rules/NAME.tsv, for ever; s is NULL when there is none. */
struct text rules_text(const char *name);

#endif
