/* bots.h - is this user agent a robot's? */
#ifndef LEAD_DOMAIN_BOTS_H
#define LEAD_DOMAIN_BOTS_H

#include <stdbool.h>

#include <lead/base/text.h>

/* The tokens of lib/rules/bots.tsv, and what was found for agents seen before. */
struct bots;

struct bots *bots_new(void);
void bots_free(struct bots *b); /* NULL does nothing */

/*
 * Does the agent name itself as a program: one of the tokens, and none that
 * excuses it? A blank agent, or "-", is one: browsers always send theirs.
 */
bool bots_is(struct bots *b, struct text agent);

#endif
