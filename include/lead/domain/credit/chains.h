/* chains.h - credit by removal from the Markov chains of models and milestones */
#ifndef LEAD_DOMAIN_CHAINS_H
#define LEAD_DOMAIN_CHAINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/credit/tally.h>
#include <lead/domain/credit/walks.h>

/* In the --by columns of touches: credit that the chain has still to share. */
#define CHAINS_OWED "(attributed)"

/* In the same of --removal: nothing was removed. */
#define CHAINS_ALL "(all)"

/*
 * A chain is made of all paths of a milestone, whatever their period, and of
 * those that led to none. What was earned is shared by it at the end.
 */
struct chains;

enum { CHAINS_BY = 64 }; /* --by columns at most */

/* touch[0..nby-1]: is that --by column the touch's? names: the dictionary of
 * the tuples of those columns, tab between them. All is borrowed; credit goes to
 * t, counted in unit. */
struct chains *chains_new(struct tally *t, enum tally_unit unit, struct dict *names,
    const bool *touch, size_t nby);
void chains_free(struct chains *c); /* NULL does nothing */

/* The number of the chain of a model and a milestone. */
uint32_t chains_number(struct chains *c, struct text model, uint32_t order,
    struct text milestone);

/* Count a path of n > 0 touches. NULL, or why it cannot be. */
const char *chains_walk(struct chains *c, uint32_t chain, const uint32_t *name,
    size_t n, const struct walks_end *end);

/* Have figures shared under this slice and tuple of the tally. The tuple has
 * CHAINS_OWED in the columns of touches. */
bool chains_owe(struct chains *c, uint32_t chain, uint32_t slice, uint32_t tuple,
    const num_wide figure[2]);

/*
 * Take a row of --partial back in, of a model of this order: its milestone,
 * period, --by cells and figures. *taken is false for one that is a sum like
 * any other model's. NULL, or what is wrong.
 */
const char *chains_row(struct chains *c, uint32_t order, const struct text *cell,
    const num_wide figure[2], bool *taken);

/* At the end: share what is owed, or put counts and all into the tally for
 * another run to share. NULL, or what is wrong. */
const char *chains_settle(struct chains *c);
const char *chains_part(struct chains *c);

/* The effects by name number, in shares of 2^38, for model_set_effects(); n of
 * them. Borrowed. */
const int64_t *chains_effects(struct chains *c, uint32_t chain, size_t *n);

/* A table of the effects: model, milestone, tuple; four figures in 10^-18: the
 * probability of a conversion without it, the value without it, and the parts of
 * both that it takes away. Owned. */
struct tally *chains_removal(struct chains *c);

#endif
